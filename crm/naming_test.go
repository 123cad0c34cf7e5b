package crm_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

func TestAutoNames(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign := s.campaign("Summer Sale")
	pam := s.influencer("Pam", crm.Profile{Platform: "IG", Handle: "pam"})
	with := func(profile bool, start string) crm.Cooperation {
		c := crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID, Period: days(start, "")}
		if profile {
			c.Profile = pam.Profiles[0].ID
		}
		return s.book(c)
	}
	got := []string{}
	for _, c := range []crm.Cooperation{
		with(true, ""), with(false, ""), with(true, "2026-06-01"), with(true, "2026-06-01"), with(true, "2026-06-01"),
		with(false, ""), with(true, "2026-07-01"),
	} {
		if c.NameMode != crm.NameAuto {
			t.Errorf("%q is named %s", c.Name, c.NameMode)
		}
		got = append(got, c.Name)
	}
	want := []string{
		"Summer Sale - Pam - Instagram",
		"Summer Sale - Pam",
		"Summer Sale - Pam - Instagram - 2026-06-01",
		"Summer Sale - Pam - Instagram - 2026-06-01 (2)",
		"Summer Sale - Pam - Instagram - 2026-06-01 (3)",
		"Summer Sale - Pam (2)", // no start date to tell it by
		"Summer Sale - Pam - Instagram - 2026-07-01",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCustomNames(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign, pam := s.campaign("Summer"), s.influencer("Pam")
	c := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID, Name: " The big one ", NameMode: crm.NameAuto})
	if c.Name != "The big one" || c.NameMode != crm.NameCustom {
		t.Errorf("given: %q, %s", c.Name, c.NameMode)
	}
	pam.Name = "Pamela"
	must(s.crm.UpdateInfluencer(ctx, s.ws, pam, ""))(t)
	if c = s.cooperation(c.ID); c.Name != "The big one" || c.Version != 1 {
		t.Errorf("renamed with the influencer: %q at version %d", c.Name, c.Version)
	}
	c = must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.Name = "" }))(t).Cooperation
	if c.Name != "Summer - Pamela" || c.NameMode != crm.NameAuto {
		t.Errorf("cleared: %q, %s", c.Name, c.NameMode)
	}
	c = must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.Name = "Mine" }))(t).Cooperation
	if c.NameMode != crm.NameCustom {
		t.Errorf("named by a person: %s", c.NameMode)
	}
	// Two custom names may be equal: names are never keys.
	if twin := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID, Name: "Mine"}); twin.Name != "Mine" {
		t.Errorf("the second is %q", twin.Name)
	}
}

func TestRenamesCascadeInOneUnit(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign := s.campaign("Summer")
	pam := s.influencer("Pam", crm.Profile{Platform: "Vine"}, crm.Profile{Platform: "tiktok"})
	first := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID, Profile: pam.Profiles[0].ID})
	second := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID, Profile: pam.Profiles[0].ID, Period: days("2026-06-01", "")})
	other := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID, Profile: pam.Profiles[1].ID})
	shelved := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID})
	must(s.crm.Archive(ctx, s.ws, shelved.At(), ""))(s)

	names := func() []string {
		all := []string{}
		for _, c := range []crm.Cooperation{first, second, other, shelved} {
			all = append(all, s.cooperation(c.ID).Name)
		}
		return all
	}
	step := func(want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, names()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		all := s.changes()
		last := all[len(all)-1]
		if last.Record.Kind != crm.KindCooperation || last.Reason != "brand wish" || last.Unit != all[len(all)-2].Unit {
			t.Errorf("the last change is %+v", last)
		}
	}

	campaign.Name = "Autumn"
	campaign = must(s.crm.UpdateCampaign(ctx, s.ws, campaign, "brand wish"))(t)
	step("Autumn - Pam - vine", "Autumn - Pam - vine - 2026-06-01", "Autumn - Pam - TikTok", "Autumn - Pam")

	pam.Name = "Pamela"
	pam = must(s.crm.UpdateInfluencer(ctx, s.ws, pam, "brand wish"))(t)
	step("Autumn - Pamela - vine", "Autumn - Pamela - vine - 2026-06-01", "Autumn - Pamela - TikTok", "Autumn - Pamela")

	pam.Profiles[0].Platform = "YouTube"
	must(s.crm.UpdateInfluencer(ctx, s.ws, pam, "brand wish"))(t)
	step("Autumn - Pamela - YouTube", "Autumn - Pamela - YouTube - 2026-06-01", "Autumn - Pamela - TikTok", "Autumn - Pamela")

	// A change of something else renames nothing.
	before := s.head().Seq
	campaign.Notes = "x"
	must(s.crm.UpdateCampaign(ctx, s.ws, campaign, ""))(t)
	if got := s.head().Seq - before; got != 1 {
		t.Errorf("%d changes for new notes", got)
	}
}

func TestANameThatIsRightStays(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign, pam := s.campaign("Summer"), s.influencer("Pam")
	first := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID})
	second := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID})
	must(s.crm.Delete(ctx, s.ws, first.At(), ""))(s)
	second = must(s.edit(second.ID, "", func(c *crm.Cooperation) { c.Notes = "x" }))(t).Cooperation
	if second.Name != "Summer - Pam (2)" {
		t.Errorf("new notes renamed it to %q", second.Name)
	}
}

func TestTheLongestAutoNameCanBeEditedAndListed(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	long := func(letter string) string { return strings.Repeat(letter, crm.MaxName) }
	campaign := s.campaign(long("𠀀"))
	i := s.influencer(long("<"), crm.Profile{Platform: strings.Repeat("p", 100)})
	for range 2 {
		c := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Profile: i.Profiles[0].ID, Period: days("2026-06-01", "")})
		must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.Notes = "x" }))(t)
	}
	o := crm.ListOptions{Size: 1, Sort: crm.SortName}
	o.Token = must(s.crm.Cooperations(ctx, s.ws, crm.CooperationFilter{}, o))(t).Next
	if page := must(s.crm.Cooperations(ctx, s.ws, crm.CooperationFilter{}, o))(t); len(page.Items) != 1 || page.Next != "" {
		t.Errorf("the second page has %d items", len(page.Items))
	}
}

// A unit of work that renames and changes its mind leaves the names that there were.
func TestNumbersAfterARenameAndBack(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	summer, pam := s.campaign("Summer"), s.influencer("Pam")
	var before []string
	for range 5 {
		before = append(before, s.book(crm.Cooperation{Campaign: summer.ID, Influencer: pam.ID}).Name)
	}
	s.ok(s.work(func(w *crm.Work) (err error) {
		for _, name := range []string{"Autumn", "Summer"} {
			summer.Name = name
			if summer, err = w.UpdateCampaign(ctx, summer, ""); err != nil {
				return err
			}
		}
		return nil
	}))
	var after []string
	for _, c := range must(s.crm.Cooperations(ctx, s.ws, crm.CooperationFilter{}, crm.ListOptions{}))(t).Items {
		after = append(after, c.Name)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}
