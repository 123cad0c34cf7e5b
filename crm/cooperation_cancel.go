package crm

import (
	"context"

	"github.com/getklar/influencercrm/budget"
)

// Cancel takes a cooperation out of the plan, from the version that was read. If it is signed the fee takes the place
// of its cost, on the cancellation's day; a fee that is not set means that there is none. A day that is not set is
// today, and a cancellation without a reason of its own takes the reason of the call. One that is cancelled already
// gets the new cancellation in place of the old. The cooperation keeps the status that it has now until it is reinstated.
func (w *Work) Cancel(ctx context.Context, id CooperationID, version int64, cancellation Cancellation,
	reason string) (Saved, error) {
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

// Reinstate takes a cancellation back, from the version that was read. The cooperation has its status, cost and dates
// again. If it is signed it must be fit to be signed: it has a start, a cost and no discount code that went to somebody
// else in the meantime.
func (w *Work) Reinstate(ctx context.Context, id CooperationID, version int64, reason string) (Saved, error) {
	c, err := editable(ctx, w.Cooperations(), id, version)
	if err != nil {
		return Saved{}, err
	}
	c.Cancellation = nil
	return w.UpdateCooperation(ctx, c, reason)
}

// Cancellation takes a cooperation out of the plan. If it was signed on that day, its fee takes the place of its cost
// on the cancellation's day; otherwise nothing of it remains in the budget.
type Cancellation struct {
	On     budget.Date  `json:"on"`
	Fee    budget.Money `json:"fee,omitzero"`
	Reason string       `json:"reason,omitzero"`
	// Status is the status that the cooperation had when it was cancelled. The cooperation keeps it until it is
	// reinstated, so that a later edit can neither book the fee of a draft nor drop that of a signed one. It follows
	// from the cooperation; what is given is ignored.
	Status Status `json:"status"`
}

// freezeStatus notes the status that a cancelled cooperation keeps: the one it had before the save that cancels it. A
// sheet may say both at once, that a deal was signed and that it was cancelled.
func (c *Cooperation) freezeStatus(before Cooperation, by author) {
	if c.Cancellation == nil {
		return
	}
	cancellation := *c.Cancellation
	switch {
	case before.Cancellation != nil:
		cancellation.Status = before.Cancellation.Status
	case by == byPerson:
		cancellation.Status = before.Status
	default:
		cancellation.Status = c.Status
	}
	c.Cancellation = &cancellation
}

func (c *Cancellation) normalize(p *problems, status Status, currency budget.Currency) {
	if c.Status == "" {
		c.Status = status
	}
	if c.Status != status {
		p.addf("status", string(status), "a cancelled cooperation keeps the status that it had, %s; reinstate it first", c.Status)
	}
	if c.On.IsZero() {
		p.add("cancellation.on", "", "a cancellation needs its day")
	}
	p.day("cancellation.on", c.On)
	p.amount("cancellation.fee", c.Fee, currency, "the currency of the cost")
	p.text("cancellation.reason", &c.Reason, MaxNotes, true)
}
