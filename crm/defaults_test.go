package crm_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// utmText shows UTM fields with their provenance: "summer (inherited)". Unset fields without an
// origin are left out.
func utmText(c crm.Cooperation) map[string]string {
	shown := map[string]string{}
	for _, f := range utm.Fields() {
		value, origin := c.UTM.Get(f), c.UTMOrigins[f]
		switch {
		case !value.IsSet() && origin == (crm.Provenance{}):
		case origin.Profile.IsZero():
			shown[f.String()] = value.String() + " (" + string(origin.Kind) + ")"
		default:
			shown[f.String()] = value.String() + " (" + string(origin.Kind) + " from profile)"
		}
	}
	return shown
}

func rulesText(c crm.Cooperation) []string {
	shown := []string{string(c.RulesOrigin.Kind)}
	for _, r := range c.Rules {
		shown = append(shown, r.String())
	}
	return shown
}

func wantUTM(t *testing.T, c crm.Cooperation, want map[string]string) {
	t.Helper()
	if diff := cmp.Diff(want, utmText(c)); diff != "" {
		t.Errorf("UTM (-want +got):\n%s", diff)
	}
}

func wantRules(t *testing.T, c crm.Cooperation, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, rulesText(c)); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
}

// defaultsShop has a campaign, and an influencer whose first profile has defaults of its own.
func defaultsShop(t *testing.T) (*shop, crm.Campaign, crm.Influencer) {
	t.Helper()
	s := newShop(t)
	i := s.influencer("Jörg Weiß",
		crm.Profile{
			Platform: "Instagram", Handle: "joerg",
			UTM:   template(utm.Params{Medium: utm.Of("paid-social"), Content: utm.Of("{handle}-{month}")}),
			Rules: []discount.Rule{equals("JOERG10")},
		},
		crm.Profile{Platform: "TikTok", Handle: "joergw", UTM: template(utm.Params{Source: utm.Of("tt")}),
			Rules: []discount.Rule{equals("TTJOERG")}},
		crm.Profile{Platform: "Blog"},
	)
	return s, s.campaign("Summer Sale 2026"), i
}

func TestDefaultsAreFilledOnceAtCreation(t *testing.T) {
	t.Parallel()
	s, campaign, i := defaultsShop(t)
	anna := s.member("Anna")
	i.Responsible = anna.ID
	i = must(s.crm.UpdateInfluencer(ctx, s.ws, i, ""))(t)

	c := s.book(crm.Cooperation{
		Campaign: campaign.ID, Influencer: i.ID, Profile: i.Profiles[0].ID, Period: days("2026-06-05", ""),
		UTM: utm.Params{Source: utm.Of("Insta Story"), Term: utm.Of("")},
	})
	wantUTM(t, c, map[string]string{
		"source":   "Insta Story (overridden)", // given > template, never altered
		"medium":   "paid-social (inherited from profile)",
		"campaign": "summer-sale-2026 (inherited)",
		"term":     " (overridden)", // explicitly empty is an override
		"content":  "joerg-2026-06 (inherited from profile)",
	})
	wantRules(t, c, "inherited", "equals JOERG10")
	if c.Responsible != anna.ID {
		t.Errorf("responsible is %s, not the influencer's", c.Responsible)
	}
	if got := c.UTMOrigins[utm.Medium].Profile; got != i.Profiles[0].ID {
		t.Errorf("inherited from %s, not from the profile", got)
	}

	bare := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Rules: []discount.Rule{}})
	wantRules(t, bare, "overridden") // an explicitly empty list too
}

var noProfile = crm.Notice{Field: "profile", Code: "no_profile", Message: sentence.Of(
	`no profile is chosen, so no codes and UTM fields come from those of "Jörg Weiß"; choose the one that it is about`)}

// A cooperation without a profile is told what it does not get, unless there is nothing to get.
func TestNoProfileIsTold(t *testing.T) {
	t.Parallel()
	s, campaign, i := defaultsShop(t)
	plain := s.influencer("Pam")
	for _, test := range []struct {
		name string
		c    crm.Cooperation
		want []crm.Notice
	}{
		{"codes and fields to get", crm.Cooperation{Influencer: i.ID, UTM: utm.Params{}.With(utm.Source, utm.Of("x"))}, []crm.Notice{noProfile}},
		{"no codes wanted, but fields to get", crm.Cooperation{Influencer: i.ID, Rules: []discount.Rule{},
			UTM: utm.Params{}.With(utm.Source, utm.Of("x"))}, []crm.Notice{noProfile}},
		{"a profile", crm.Cooperation{Influencer: i.ID, Profile: i.Profiles[0].ID, Period: days("2026-06-01", "")}, []crm.Notice{}},
		{"nothing to get", crm.Cooperation{Influencer: plain.ID, UTM: utm.Params{}.With(utm.Source, utm.Of("x"))}, []crm.Notice{}},
	} {
		test.c.Campaign = campaign.ID
		saved := must(s.crm.CreateCooperation(ctx, s.ws, test.c))(t)
		if diff := cmp.Diff(test.want, saved.Notices); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestPendingFieldsFillOnce(t *testing.T) {
	t.Parallel()
	s, campaign, i := defaultsShop(t)
	saved := must(s.crm.CreateCooperation(ctx, s.ws, crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID}))(t)
	wantUTM(t, saved.Cooperation, map[string]string{
		"source":   " (pending)", // {platform}, without a profile
		"medium":   "influencer (inherited)",
		"campaign": "summer-sale-2026 (inherited)",
		"term":     "joerg-weiss (inherited)",
	})
	notice := []crm.Notice{noProfile,
		{Field: "utm.source", Code: "pending",
			Message: sentence.Of("utm_source stays empty until the cooperation has a profile")}}
	if diff := cmp.Diff(notice, saved.Notices); diff != "" {
		t.Errorf("notices (-want +got):\n%s", diff)
	}

	// The profile is set: what is pending and inherited comes from it, but its content needs a start.
	saved = must(s.edit(saved.Cooperation.ID, "", func(c *crm.Cooperation) { c.Profile = i.Profiles[0].ID }))(t)
	wantUTM(t, saved.Cooperation, map[string]string{
		"source":   "instagram (inherited)",
		"medium":   "paid-social (inherited from profile)",
		"campaign": "summer-sale-2026 (inherited)",
		"term":     "joerg-weiss (inherited)",
		"content":  " (pending from profile)",
	})
	wantRules(t, saved.Cooperation, "inherited", "equals JOERG10")

	// The start is set: the last one fills.
	saved = must(s.edit(saved.Cooperation.ID, "", func(c *crm.Cooperation) { c.Period = days("2026-07-01", "") }))(t)
	if got := utmText(saved.Cooperation)["content"]; got != "joerg-2026-07 (inherited from profile)" {
		t.Errorf("content is %s", got)
	}
	// And it fills once: another start leaves it alone.
	saved = must(s.edit(saved.Cooperation.ID, "", func(c *crm.Cooperation) { c.Period = days("2026-09-01", "") }))(t)
	if got := utmText(saved.Cooperation)["content"]; got != "joerg-2026-07 (inherited from profile)" {
		t.Errorf("content is %s after a second start", got)
	}
	if len(saved.Notices) != 0 {
		t.Errorf("notices %v", saved.Notices)
	}
}

func TestAnotherProfileRefillsOnlyWhatWasNotGiven(t *testing.T) {
	t.Parallel()
	s, campaign, i := defaultsShop(t)
	c := s.book(crm.Cooperation{
		Campaign: campaign.ID, Influencer: i.ID, Profile: i.Profiles[0].ID,
		UTM: utm.Params{Campaign: utm.Of("my-own")},
	})
	// A person fills in the pending content and empties the term.
	c = must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.UTM.Content, c.UTM.Term = utm.Of("story"), utm.Of("") }))(t).Cooperation
	c = must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.Profile = i.Profiles[1].ID }))(t).Cooperation
	wantUTM(t, c, map[string]string{
		"source":   "tt (inherited from profile)",
		"medium":   "influencer (inherited)", // the new profile has none
		"campaign": "my-own (overridden)",
		"term":     " (overridden)",
		"content":  "story (overridden)",
	})
	wantRules(t, c, "inherited", "equals TTJOERG")

	c = must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.Profile = i.Profiles[2].ID }))(t).Cooperation
	wantRules(t, c, "") // nothing to inherit there
	c = must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.Rules = []discount.Rule{equals("MINE")} }))(t).Cooperation
	c = must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.Profile = i.Profiles[0].ID }))(t).Cooperation
	wantRules(t, c, "overridden", "equals MINE")
}

func TestAnotherInfluencerRefillsToo(t *testing.T) {
	t.Parallel()
	s, campaign, i := defaultsShop(t)
	emma := s.influencer("Emma")
	c := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID})
	c = must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.Influencer = emma.ID }))(t).Cooperation
	if got := utmText(c)["term"]; got != "emma (inherited)" {
		t.Errorf("the link still credits %s", got)
	}
}

func TestChangedDefaultsChangeNothingThatExists(t *testing.T) {
	t.Parallel()
	s, campaign, i := defaultsShop(t)
	c := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Profile: i.Profiles[0].ID, Period: days("2026-06-01", "")})
	head := s.head().Seq

	s.setWorkspace(func(w *crm.Workspace) { w.UTM = template(utm.Params{Campaign: utm.Of("all"), Source: utm.Of("all")}) })
	i.Profiles[0].Rules = []discount.Rule{equals("NEW")}
	i.Profiles[0].UTM = utm.Template{}
	i = must(s.crm.UpdateInfluencer(ctx, s.ws, i, ""))(t)
	if diff := cmp.Diff(c, s.cooperation(c.ID), values); diff != "" {
		t.Errorf("changed by a default (-before +after):\n%s", diff)
	}
	if got := s.head().Seq - head; got != 2 {
		t.Errorf("%d changes for two edits", got)
	}
	// An edit of something else does not bring them in either.
	edited := must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.Notes = "call her" }))(t).Cooperation
	wantUTM(t, edited, utmText(c))
	wantRules(t, edited, rulesText(c)...)

	// New ones have them.
	next := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Profile: i.Profiles[0].ID, Period: days("2027-06-01", "")})
	wantUTM(t, next, map[string]string{"source": "all (inherited)", "campaign": "all (inherited)"})
	wantRules(t, next, "inherited", "equals NEW")
}

func TestImportsArePrefilledWithNothing(t *testing.T) {
	t.Parallel()
	s, campaign, i := defaultsShop(t)
	anna := s.member("Anna")
	i.Responsible = anna.ID
	i = must(s.crm.UpdateInfluencer(ctx, s.ws, i, ""))(t)
	c := s.load(crm.Cooperation{
		Campaign: campaign.ID, Influencer: i.ID, Profile: i.Profiles[0].ID, UTM: utm.Params{Source: utm.Of("ig")},
		Imported: &crm.Imported{Key: "row 4", Values: map[string]string{"utm_source": "ig"}},
	})
	wantUTM(t, c, map[string]string{
		"source": "ig (overridden)", "medium": " (overridden)", "campaign": " (overridden)", "term": " (overridden)", "content": " (overridden)",
	})
	wantRules(t, c, "overridden")
	if !c.Responsible.IsZero() {
		t.Errorf("pre-filled: responsible %s", c.Responsible)
	}
	// Nor later, when a profile's defaults would come in.
	c = must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.Profile, c.Period = i.Profiles[1].ID, days("2026-06-01", "") }))(t).Cooperation
	if got := c.UTM; got != (utm.Params{Source: utm.Of("ig")}) {
		t.Errorf("filled later: %v", got)
	}
	wantRules(t, c, "overridden")
}

func TestOnlyAnImportTouchesTheMemoryOfItsRow(t *testing.T) {
	t.Parallel()
	s, campaign, i := defaultsShop(t)
	row := &crm.Imported{Key: "row 4", Values: map[string]string{"cost": "10"}}
	c := s.load(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Imported: row})
	edited := must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.Imported, c.Notes = nil, "x" }))(t).Cooperation
	if diff := cmp.Diff(row, edited.Imported); diff != "" {
		t.Errorf("a person's edit changed it (-want +got):\n%s", diff)
	}
	made := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Imported: row})
	if made.Imported != nil {
		t.Errorf("made by a person and imported as %v", made.Imported)
	}
	edited.Imported.Values["cost"] = "12"
	s.ok(s.crm.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
		_, err := w.ReimportCooperation(ctx, edited, "import")
		return err
	}))
	if got := s.cooperation(c.ID).Imported.Values["cost"]; got != "12" {
		t.Errorf("after another import it says %s", got)
	}
}

func TestRulesAreStoredOnceAndWarnedOf(t *testing.T) {
	t.Parallel()
	s, campaign, i := defaultsShop(t)
	saved := must(s.crm.CreateCooperation(ctx, s.ws, crm.Cooperation{
		Campaign: campaign.ID, Influencer: i.ID, Profile: i.Profiles[0].ID, Period: days("2026-06-01", ""),
		Rules: []discount.Rule{equals(" EM10 "), equals("em10"), rule(discount.Contains, "EM1")},
	}))(t)
	wantRules(t, saved.Cooperation, "overridden", "equals EM10", "contains EM1")
	want := []crm.Notice{{Field: "rules[1]", Code: "pattern_short",
		Message: sentence.Of(`the rule "contains EM1" is short: it matches all codes with that text in them, other people's too; write 4 characters or more`)}}
	if diff := cmp.Diff(want, saved.Notices); diff != "" {
		t.Errorf("notices (-want +got):\n%s", diff)
	}
}
