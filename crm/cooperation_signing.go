package crm

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
)

// signingProblems lists what keeps a cooperation from being signed: no start date, no cost (zero must be given), or a
// discount code that another influencer has at the same time, or one that the shop takes for it.
func signingProblems(c Cooperation, conflicts []Conflict) *problems {
	p := newProblems(c)
	if c.Status != Signed {
		return p
	}
	if c.Period.Start.IsZero() {
		p.add("period.start", "", "a signed cooperation needs its start date")
	}
	if !c.Cost.IsSet() {
		p.add("cost", "", "a signed cooperation needs its cost; enter 0 if there is none")
	}
	for _, conflict := range conflicts {
		if conflict.Severity != discount.Blocking || len(p.list) >= MaxProblems {
			continue
		}
		if conflict.Cause != "" {
			p.addf("rules", codeOfRule(conflict.Rule),
				"is to this shop the code %q of %q at the same time: they differ only by %s; give one of the two another code or other dates",
				codeOfRule(conflict.OtherRule), conflict.OtherName, CauseText(conflict.Cause))
		} else {
			p.addf("rules", conflict.Witness,
				"is also a code of %q at the same time; give one of the two another code or other dates",
				conflict.OtherName)
		}
		p.last().Conflict = &conflict
	}
	return p
}

// checkSigning enforces the conditions for being signed when a cooperation becomes signed and when an edit of a signed
// one breaks one of them. Imported cooperations may break them already, and one that is being cancelled need not meet
// them. The conflicts are the worst of the state after the edit. Of conflicting codes at most a hundred are told.
func (w *Work) checkSigning(ctx context.Context, before, after Cooperation, conflicts []Conflict) error {
	broken := signingProblems(after, conflicts)
	switch {
	case len(broken.list) == 0, before.Status == Signed && after.Cancellation != nil:
		return nil
	case before.Status != Signed || before.Cancellation != nil:
		return broken.result()
	}
	newly, err := w.newlyBlocking(ctx, before, after)
	if err != nil {
		return err
	}
	broken = signingProblems(after, newly)
	old := signingProblems(before, nil)
	broken.list = slices.DeleteFunc(broken.list, func(err error) bool {
		field := FieldErrors(err)
		return len(field) == 1 && field[0].Conflict == nil && slices.ContainsFunc(old.list, func(o error) bool {
			return FieldErrors(o)[0].Field == field[0].Field
		})
	})
	return broken.result()
}

// checkUnsigning requires a reason for an edit after which a signed cooperation is not signed.
func checkUnsigning(before, after Cooperation, reason string) error {
	if before.Status == Signed && after.Status != Signed && Fold(reason) == "" {
		return &Error{Family: ErrInvalid, Record: after.Ref(), Field: "reason",
			Problem: sentence.Of("say why this signed cooperation goes back to %s", after.Status)}
	}
	return nil
}
