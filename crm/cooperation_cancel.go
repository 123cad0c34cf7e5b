package crm

import "context"

// Cancel takes a cooperation out of the plan, from the version that was read. If it is signed the
// fee takes the place of its cost, on the cancellation's day; a fee that is not set means that there
// is none. A day that is not set is today, and a cancellation without a reason of its own takes the
// reason of the call. One that is cancelled already gets the new cancellation in place of the old.
func (w *Work) Cancel(ctx context.Context, id CooperationID, version int64, cancellation Cancellation, reason string) (Saved, error) {
	c, err := editable(ctx, w.Cooperations(), id, version)
	if err != nil {
		return Saved{}, err
	}
	if cancellation.On.IsZero() {
		if cancellation.On, err = w.today(); err != nil {
			return Saved{}, err
		}
	}
	if Fold(cancellation.Reason) == "" {
		cancellation.Reason = reason
	}
	c.Cancellation = &cancellation
	return w.UpdateCooperation(ctx, c, reason)
}

// Reinstate takes a cancellation back, from the version that was read. The cooperation has its
// status, cost and dates again. If it is signed it must be fit to be signed: it has a start, a cost
// and no discount code that went to somebody else in the meantime.
func (w *Work) Reinstate(ctx context.Context, id CooperationID, version int64, reason string) (Saved, error) {
	c, err := editable(ctx, w.Cooperations(), id, version)
	if err != nil {
		return Saved{}, err
	}
	c.Cancellation = nil
	return w.UpdateCooperation(ctx, c, reason)
}
