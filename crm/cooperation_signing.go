package crm

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/discount"
)

// signingProblems lists what keeps a cooperation from being signed: no start date, no cost (zero must be given), or a
// discount code that another influencer has at the same time. about has a comparable key for each problem, because the
// same problem can have different words before and after an edit.
func signingProblems(c Cooperation, conflicts []Conflict) (problems *problems, about []any) {
	p := newProblems(c)
	if c.Status != Signed {
		return p, nil
	}
	if c.Period.Start.IsZero() {
		p.add("period.start", "", "a signed cooperation needs its start date")
		about = append(about, "start")
	}
	if !c.Cost.IsSet() {
		p.add("cost", "", "a signed cooperation needs its cost; enter 0 if there is none")
		about = append(about, "cost")
	}
	for _, conflict := range conflicts {
		if conflict.Severity == discount.Blocking {
			p.addf("rules", conflict.Witness, "is also a code of %q at the same time; give one of the two another code or other dates", conflict.OtherName)
			p.last().Conflict = &conflict
			about = append(about, blockingCode{conflict.Other, conflict.Witness})
		}
	}
	return p, about
}

// blockingCode is a code of another cooperation.
type blockingCode struct {
	other CooperationID
	code  string
}

// checkSigning enforces the conditions for being signed when a cooperation becomes signed and when an edit of a signed
// one breaks one of them. Imported cooperations may break them already, and one that is being cancelled need not meet
// them. The conflicts are those of the state after the edit.
func (w *Work) checkSigning(ctx context.Context, before, after Cooperation, conflicts []Conflict) error {
	broken, about := signingProblems(after, conflicts)
	switch {
	case len(broken.list) == 0, before.Status == Signed && after.Cancellation != nil:
		return nil
	case before.Status != Signed || before.Cancellation != nil:
		return broken.result()
	}
	conflictsBefore, _, err := w.conflictsOf(ctx, before)
	if err != nil {
		return err
	}
	_, old := signingProblems(before, conflictsBefore)
	newly := newProblems(after)
	for n, err := range broken.list {
		if !slices.Contains(old, about[n]) {
			newly.list = append(newly.list, err)
		}
	}
	return newly.result()
}

// checkUnsigning requires a reason for an edit after which a signed cooperation is not signed.
func checkUnsigning(before, after Cooperation, reason string) error {
	if before.Status == Signed && after.Status != Signed && Fold(reason) == "" {
		return &Error{Family: ErrInvalid, Record: after.Ref(), Field: "reason",
			Problem: "say why this signed cooperation goes back to " + string(after.Status)}
	}
	return nil
}
