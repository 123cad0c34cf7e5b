package crm_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

func TestCancelAndReinstate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		status crm.Status
		with   crm.Cancellation
		want   crm.Cancellation
		plan   budget.Money // signed, afterwards
	}{
		{"signed, with a fee", crm.Signed, crm.Cancellation{On: day("2026-06-02"), Fee: eur(30), Reason: " ill "}, crm.Cancellation{On: day("2026-06-02"), Fee: eur(30), Reason: "ill"}, eur(30)},
		{"signed, no fee, today", crm.Signed, crm.Cancellation{}, crm.Cancellation{On: day("2026-05-20"), Reason: "she is ill"}, eur(0)},
		{"a draft", crm.Draft, crm.Cancellation{Fee: eur(30)}, crm.Cancellation{On: day("2026-05-20"), Fee: eur(30), Reason: "she is ill"}, eur(0)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			c := s.book(crm.Cooperation{Campaign: s.campaign("Summer").ID, Influencer: s.influencer("Pam").ID, Status: test.status, Period: days("2026-06-01", ""), Cost: eur(100)})
			saved := must(s.crm.Cancel(ctx, s.ws, c.ID, c.Version, test.with, "she is ill"))(t).Cooperation
			if diff := cmp.Diff(&test.want, saved.Cancellation, values); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if got := must(s.crm.Report(ctx, s.ws, nil))(t).Total; got.Signed != test.plan || got.Allocated() != test.plan {
				t.Errorf("signed %s, allocated %s, want %s", got.Signed, got.Allocated(), test.plan)
			}
			if all := s.changes(); all[len(all)-1].Reason != "she is ill" {
				t.Errorf("the log gives the reason %q", all[len(all)-1].Reason)
			}
			if _, err := s.crm.Cancel(ctx, s.ws, c.ID, c.Version, test.with, ""); !errors.Is(err, crm.ErrConflict) {
				t.Errorf("from a stale version: %v", err)
			}
			// A second one takes the place of the first.
			saved = must(s.crm.Cancel(ctx, s.ws, c.ID, saved.Version, crm.Cancellation{Fee: eur(5)}, "a fee after all"))(t).Cooperation
			if saved.Cancellation.Fee != eur(5) || saved.Cancellation.Reason != "a fee after all" {
				t.Errorf("cancelled again: %+v", saved.Cancellation)
			}
			saved = must(s.crm.Reinstate(ctx, s.ws, c.ID, saved.Version, "well again"))(t).Cooperation
			if saved.Cancellation != nil || saved.Status != test.status {
				t.Errorf("reinstated as %+v", saved)
			}
			if got := must(s.crm.Report(ctx, s.ws, nil))(t).Total.Allocated(); got != eur(100) {
				t.Errorf("reinstated, allocated %s", got)
			}
			if again := must(s.crm.Reinstate(ctx, s.ws, c.ID, saved.Version, ""))(t).Cooperation; again.Version != saved.Version {
				t.Error("reinstated twice")
			}
		})
	}
}

func TestACancellationThatCannotBe(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	for want, c := range map[string]crm.Cancellation{
		`cooperation cancellation.fee "1.00 USD": must be in EUR, the currency of the cost`:           {Fee: budget.FromMinor(100, "USD")},
		`cooperation cancellation.fee "-1.00 EUR": must not be negative`:                              {Fee: eur(-100)},
		`cooperation cancellation.on "1026-06-02": is outside the years 1900 to 2200; check the year`: {On: day("2026-06-01").AddDays(-365243 + 1)},
	} {
		if _, err := w.crm.Cancel(ctx, w.ws, w.deal.ID, w.deal.Version, c, ""); !errors.Is(err, crm.ErrInvalid) || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := w.crm.Cancel(ctx, w.ws, w.shelved.ID, 2, crm.Cancellation{}, ""); !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("archived: %v", err)
	}
	if _, err := w.crm.Reinstate(ctx, w.ws, crm.CooperationID(nobody), 1, ""); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("nobody's: %v", err)
	}
}

func TestReinstatedMeansFitToBeSigned(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	c := must(w.crm.Cancel(ctx, w.ws, w.deal.ID, w.deal.Version, crm.Cancellation{}, "ill"))(t).Cooperation
	// Her code goes to somebody else.
	w.book(crm.Cooperation{Campaign: w.summer.ID, Influencer: w.emma.ID, Status: crm.Signed, Period: days("2026-06-05", ""), Cost: eur(1), Rules: []discount.Rule{equals("PAM10")}})
	_, err := w.crm.Reinstate(ctx, w.ws, c.ID, c.Version, "well again")
	const want = `cooperation rules "pam10": is also a code of "Summer Sale - Emma - 2026-06-05" at the same time; give one of the two another code or other dates`
	if !errors.Is(err, crm.ErrInvalid) || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
