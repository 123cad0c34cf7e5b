package crm_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

// Two people who save what both have read: the second is refused with what to do, and nothing of the first is lost.
func TestTwoPeopleOneRecord(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	one := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Ana Ruiz"}))(t)
	mira, tom := one, one
	mira.Notes, tom.Category = "brief sent", "food"
	must(s.crm.UpdateInfluencer(ctx, s.ws, mira, ""))(t)
	_, err := s.crm.UpdateInfluencer(ctx, s.ws, tom, "")
	if !errors.Is(err, crm.ErrConflict) || !strings.Contains(err.Error(), "read it again") {
		t.Errorf("the second save: %v", err)
	}
	again := must(s.crm.Influencer(ctx, s.ws, one.ID))(t)
	again.Category = "food"
	must(s.crm.UpdateInfluencer(ctx, s.ws, again, ""))(t)
	if now := must(s.crm.Influencer(ctx, s.ws, one.ID))(t); now.Notes != "brief sent" || now.Category != "food" {
		t.Errorf("%q, %q", now.Notes, now.Category)
	}
}

// A merge unites tags, notes, custom fields and profiles, fills blanks, and shows what cannot both stay.
func TestMergeKeepsEverything(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	into := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Ana Ruiz", Phone: "+49 170 1234567",
		Tags: []string{"food"}, Notes: "likes tea",
		Custom: map[string]string{"Size": "M"}, Profiles: []crm.Profile{{Platform: "instagram", Handle: "ana"}}}))(t)
	from := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Ana R.", Phone: "+49 171 7654321",
		Email: "ana@mail.example", Tags: []string{"travel"},
		Notes: "no gluten", Custom: map[string]string{"Size": "L", "Shoe": "39"},
		Profiles: []crm.Profile{{Platform: "tiktok", Handle: "ana.tt"}}}))(t)
	done := must(s.crm.MergeInfluencers(ctx, s.ws, into.At(), from.At(), crm.MergeOptions{Take: []string{"custom.Size"}}, ""))(t)
	var fields []string
	for _, d := range done.Differences {
		fields = append(fields, d.Field)
	}
	if !strings.Contains(strings.Join(fields, " "), "phone") {
		t.Errorf("differences in %v", fields)
	}
	i := done.Influencer
	if diff := cmp.Diff([]string{"ana@mail.example", "food travel", "39", "L", "+49 170 1234567"},
		[]string{i.Email, strings.Join(i.Tags, " "), i.Custom["Shoe"], i.Custom["Size"], i.Phone}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(i.Profiles) != 2 || !strings.Contains(i.Notes, "likes tea") || !strings.Contains(i.Notes, "no gluten") {
		t.Errorf("%d profiles, notes %q", len(i.Profiles), i.Notes)
	}
}
