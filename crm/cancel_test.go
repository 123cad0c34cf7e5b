package crm_test

import (
	"context"
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
		{"signed, with a fee", crm.Signed, crm.Cancellation{On: day("2026-06-02"), Fee: eur(30), Reason: " ill "},
			crm.Cancellation{On: day("2026-06-02"), Fee: eur(30), Reason: "ill"}, eur(30)},
		{"signed, no fee, today", crm.Signed, crm.Cancellation{}, crm.Cancellation{On: day("2026-05-20"), Reason: "she is ill"}, eur(0)},
		{"a draft", crm.Draft, crm.Cancellation{Fee: eur(30)}, crm.Cancellation{On: day("2026-05-20"), Fee: eur(30),
			Reason: "she is ill"}, eur(0)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			c := s.book(crm.Cooperation{Campaign: s.campaign("Summer").ID, Influencer: s.influencer("Pam").ID,
				Status: test.status, Period: days("2026-06-01", ""), Cost: eur(100)})
			saved := must(s.crm.Cancel(ctx, s.ws, c.ID, c.Version, test.with, "she is ill"))(t).Cooperation
			test.want.Status = test.status
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

// A cancelled cooperation keeps its status, whoever changes it: a draft that was cancelled never books its fee, and a
// signed one never loses it.
func TestCancelledKeepsItsStatus(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ had, other crm.Status }{{crm.Draft, crm.Signed}, {crm.Signed, crm.Draft}, {crm.Negotiating, crm.Signed}} {
		t.Run(string(test.had+" to "+test.other), func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			want := eur(0)
			if test.had == crm.Signed {
				want = eur(30)
			}
			c := s.book(crm.Cooperation{Campaign: s.campaign("Summer").ID, Influencer: s.influencer("Pam").ID,
				Status: test.had, Period: days("2026-06-01", ""), Cost: eur(100)})
			refused := func(how string, err error) {
				t.Helper()
				found := crm.FieldErrors(err)
				if !errors.Is(err, crm.ErrInvalid) || len(found) != 1 || found[0].Field != "status" || found[0].Value != string(test.other) {
					t.Errorf("%s: %v", how, err)
				}
				if got := must(s.crm.Report(ctx, s.ws, nil))(t).Total.Allocated(); s.cooperation(c.ID).Cancellation != nil && got != want {
					t.Errorf("%s: allocated %s, want %s", how, got, want)
				}
			}
			_, err := s.edit(c.ID, "both at once", func(c *crm.Cooperation) {
				c.Status, c.Cancellation = test.other, &crm.Cancellation{On: day("2026-06-02"), Fee: eur(30), Status: test.other}
			})
			refused("with the cancellation", err)
			must(s.crm.Cancel(ctx, s.ws, c.ID, c.Version, crm.Cancellation{Fee: eur(30), Status: test.other}, "ill"))(t)
			_, err = s.edit(c.ID, "after all", func(c *crm.Cooperation) { c.Status = test.other })
			refused("edited", err)
			_, err = s.edit(c.ID, "after all", func(c *crm.Cooperation) { c.Status, c.Cancellation.Status = test.other, test.other })
			refused("both edited", err)
			refused("in bulk", must(s.crm.SetStatus(ctx, s.ws, crm.AnyVersion(c.ID), test.other, "after all"))(t).Results[0].Err)
			refused("by a sheet", s.crm.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
				c := s.cooperation(c.ID)
				c.Status = test.other
				_, err := w.ReimportCooperation(ctx, c, "import")
				return err
			}))
			must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.Notes = "other fields may change" }))(t)
			// Reinstated, it may move again; and both may be said in one save.
			must(s.edit(c.ID, "well again", func(c *crm.Cooperation) { c.Cancellation, c.Status = nil, test.other }))(t)
			if got := s.cooperation(c.ID); got.Status != test.other || got.Cancellation != nil {
				t.Errorf("reinstated as %s, %v", got.Status, got.Cancellation)
			}
		})
	}
}

// Undoing a reinstatement would bring the cancellation back with another status than it had: that stays and is told.
func TestUndoBringsNoCancellationToAnotherStatus(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	c := s.book(crm.Cooperation{Campaign: s.campaign("Summer").ID, Influencer: s.influencer("Pam").ID,
		Status: crm.Signed, Period: days("2026-06-01", ""), Cost: eur(100)})
	c = must(s.crm.Cancel(ctx, s.ws, c.ID, c.Version, crm.Cancellation{Fee: eur(30)}, "ill"))(t).Cooperation
	must(s.crm.Reinstate(ctx, s.ws, c.ID, c.Version, "well again"))(t)
	all := s.changes()
	must(s.edit(c.ID, "not yet", func(c *crm.Cooperation) { c.Status = crm.Draft }))(t)
	undone := must(s.crm.UndoUnit(ctx, s.ws, all[len(all)-1].Unit, "too early"))(t)
	if got := s.cooperation(c.ID); len(undone.Kept) != 1 || got.Cancellation != nil || got.Status != crm.Draft {
		t.Errorf("undone %+v, and the cooperation is %s, %v", undone, got.Status, got.Cancellation)
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
	w.book(crm.Cooperation{Campaign: w.summer.ID, Influencer: w.emma.ID, Status: crm.Signed,
		Period: days("2026-06-05", ""), Cost: eur(1), Rules: []discount.Rule{equals("PAM10")}})
	_, err := w.crm.Reinstate(ctx, w.ws, c.ID, c.Version, "well again")
	const want = `cooperation rules "pam10": is also a code of "Summer Sale - Emma - 2026-06-05" at the same time; give one of the two another code or other dates`
	if !errors.Is(err, crm.ErrInvalid) || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
