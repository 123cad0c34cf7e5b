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

func TestAnyMoveBetweenStatuses(t *testing.T) {
	t.Parallel()
	all := []crm.Status{crm.Draft, crm.Negotiating, crm.Signed}
	for _, from := range all {
		for _, to := range all {
			t.Run(string(from+" to "+to), func(t *testing.T) {
				t.Parallel()
				s := newShop(t)
				c := s.book(crm.Cooperation{
					Campaign: s.campaign("Summer").ID, Influencer: s.influencer("Pam").ID, Status: from,
					Period: days("2026-06-01", ""), Cost: eur(0),
				})
				saved, err := s.edit(c.ID, "she wrote", func(c *crm.Cooperation) { c.Status = to })
				if err != nil || saved.Cooperation.Status != to {
					t.Errorf("%v, %s", err, saved.Cooperation.Status)
				}
			})
		}
	}
}

func TestEverythingThatKeepsOneFromSigningIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	_, err := s.crm.CreateCooperation(ctx, s.ws, crm.Cooperation{Campaign: s.campaign("Summer").ID,
		Influencer: s.influencer("Pam").ID, Status: crm.Signed})
	fields := []string{}
	for _, e := range crm.FieldErrors(err) {
		fields = append(fields, e.Field)
	}
	if diff := cmp.Diff([]string{"period.start", "cost"}, fields); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestASignedImportMayStayBrokenButNotBreakFurther(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign, pam, emma := s.campaign("Summer"), s.influencer("Pam"), s.influencer("Emma")
	s.load(crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID, Status: crm.Signed,
		Period: days("2026-06-01", ""), Cost: eur(1), Rules: []discount.Rule{equals("SUN"), equals("MOON")}})
	broken := s.load(crm.Cooperation{Campaign: campaign.ID, Influencer: emma.ID, Status: crm.Signed,
		Period: days("2026-06-10", ""), Rules: []discount.Rule{equals("sun")}})
	id := broken.ID
	saved := must(s.edit(id, "", func(c *crm.Cooperation) { c.Notes = "no cost, and Pam's code, but that is how it came" }))(t)
	if found := saved.Conflicts.List; len(found) != 1 || found[0].Severity != discount.Blocking {
		t.Fatalf("conflicts %v", found)
	}

	for name, change := range map[string]func(*crm.Cooperation){
		"another code of Pam's": func(c *crm.Cooperation) { c.Rules = append(c.Rules, equals("MOON")) },
		"no start":              func(c *crm.Cooperation) { c.Period = budget.Period{} },
	} {
		if _, err := s.edit(id, "", change); len(crm.FieldErrors(err)) != 1 || !errors.Is(err, crm.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}

	// Mended things may not break again, and once it is no longer signed the conditions are back.
	must(s.edit(id, "", func(c *crm.Cooperation) { c.Cost = eur(0) }))(t)
	if _, err := s.edit(id, "", func(c *crm.Cooperation) { c.Cost = budget.Money{} }); err == nil {
		t.Error("the cost went away again")
	}
	must(s.edit(id, "not yet", func(c *crm.Cooperation) { c.Status = crm.Draft }))(t)
	if _, err := s.edit(id, "", func(c *crm.Cooperation) { c.Status = crm.Signed }); err == nil {
		t.Error("signed by a person with Pam's code")
	}
	// A sheet still may.
	c := s.cooperation(id)
	c.Status = crm.Signed
	s.ok(s.crm.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
		_, err := w.ReimportCooperation(ctx, c, "import")
		return err
	}))
}

func TestCancellation(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign, pam, emma := s.campaign("Summer"), s.influencer("Pam"), s.influencer("Emma")
	c := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID, Status: crm.Signed,
		Period: days("2026-06-01", ""), Cost: eur(100), Rules: []discount.Rule{equals("SUN")}})
	must(s.edit(c.ID, "", func(c *crm.Cooperation) {
		c.Cancellation = &crm.Cancellation{On: day("2026-06-02"), Fee: eur(30), Reason: " ill "}
	}))(t)
	if got := s.cooperation(c.ID).Cancellation.Reason; got != "ill" {
		t.Errorf("reason %q", got)
	}
	// The code is free for somebody else, so the cancellation cannot be taken back.
	s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: emma.ID, Status: crm.Signed,
		Period: days("2026-06-05", ""), Cost: eur(1), Rules: []discount.Rule{equals("SUN")}})
	if _, err := s.edit(c.ID, "", func(c *crm.Cooperation) { c.Cancellation = nil }); !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("taken back: %v", err)
	}
	report := must(s.crm.Report(ctx, s.ws, nil))(t)
	if got := report.Total.Signed; got != eur(31) {
		t.Errorf("signed %s, not the fee of 0.30 and the new cost of 0.01", got)
	}
}
