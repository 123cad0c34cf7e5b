package crm

import (
	"context"

	"github.com/getklar/influencercrm/discount"
)

// signable lists what keeps a cooperation from being signed: no start date, no cost (zero must be
// said), a discount code that another influencer has at the same time.
func signable(c Cooperation, conflicts []Conflict) *problems {
	p := &problems{record: c.Ref()}
	if c.Status != Signed || c.Cancellation != nil {
		return p
	}
	if c.Period.Start.IsZero() {
		p.add("period.start", "", "a signed cooperation needs its start date")
	}
	if !c.Cost.IsSet() {
		p.add("cost", "", "a signed cooperation needs its cost; enter 0 if there is none")
	}
	for _, conflict := range conflicts {
		if conflict.Severity == discount.Blocking {
			p.addf("rules", conflict.Witness, "is also a code of %q at the same time; give one of the two another code or other dates", conflict.OtherName)
		}
	}
	return p
}

// checkSigning enforces the conditions for being signed on a move into it and on an edit of a
// signed cooperation that newly breaks one. Imported ones may have broken them all along.
// The conflicts are those of the state after the edit.
func (w *Work) checkSigning(ctx context.Context, before, after Cooperation, conflicts []Conflict) error {
	broken := signable(after, conflicts)
	if len(broken.list) == 0 || before.Status != Signed || before.Cancellation != nil {
		return broken.result()
	}
	conflictsBefore, err := w.conflictsOf(ctx, before)
	if err != nil {
		return err
	}
	old := map[string]bool{}
	for _, err := range signable(before, conflictsBefore.List).list {
		old[err.Error()] = true
	}
	newly := &problems{}
	for _, err := range broken.list {
		if !old[err.Error()] {
			newly.list = append(newly.list, err)
		}
	}
	return newly.result()
}

// checkLeaving asks for a reason where a signed cooperation is signed no more.
func checkLeaving(before, after Cooperation, reason string) error {
	if before.Status == Signed && after.Status != Signed && Fold(reason) == "" {
		return &Error{Family: ErrInvalid, Record: after.Ref(), Field: "reason", Problem: "say why this signed cooperation goes back to " + string(after.Status)}
	}
	return nil
}
