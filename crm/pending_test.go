package crm_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/storage/soundness"
	"github.com/getklar/influencercrm/utm"
)

// waiting is a shop with one cooperation whose link waits for something.
type waiting struct {
	*shop
	campaign   crm.Campaign
	influencer crm.Influencer
	id         crm.CooperationID
}

// waitFor makes a shop whose template is the content of links.
func waitFor(t *testing.T, template string, campaign string, i crm.Influencer) *waiting {
	t.Helper()
	w := &waiting{shop: newShop(t)}
	w.setWorkspace(func(ws *crm.Workspace) {
		ws.UTM = utm.MustParseTemplate(utm.Params{Campaign: utm.Of("all"), Content: utm.Of(template)})
	})
	w.campaign = w.shop.campaign(campaign)
	w.influencer = must(w.crm.CreateInfluencer(ctx, w.ws, i))(t)
	c := crm.Cooperation{Campaign: w.campaign.ID, Influencer: w.influencer.ID, Period: days("2026-06-01", "")}
	if len(i.Profiles) > 0 {
		c.Profile = w.influencer.Profiles[0].ID
	}
	w.id = w.book(c).ID
	return w
}

// changeInfluencer edits the influencer from the stored state.
func (w *waiting) changeInfluencer(edit func(*crm.Influencer)) {
	w.Helper()
	i := must(w.crm.Influencer(ctx, w.ws, w.influencer.ID))(w)
	edit(&i)
	must(w.crm.UpdateInfluencer(ctx, w.ws, i, "she told us"))(w)
}

func instagram(handle string) []crm.Profile {
	return []crm.Profile{{Platform: "instagram", Handle: handle}}
}

// Whatever call brings what a field waits for fills the field, once and in the same unit of work.
func TestPendingFieldsFillWhateverSetsTheirPart(t *testing.T) {
	t.Parallel()
	setHandle := func(_ *testing.T, w *waiting) {
		w.changeInfluencer(func(i *crm.Influencer) { i.Profiles[0].Handle = "pam.fit" })
	}
	for name, test := range map[string]struct {
		template, campaign string
		influencer         crm.Influencer
		set                func(*testing.T, *waiting)
		want               string
	}{
		"the handle of the profile": {
			"{handle}", "Summer", crm.Influencer{Name: "Pam", Profiles: instagram("")}, setHandle, "pam-fit",
		},
		"a handle with letters": {
			"{handle}", "Summer", crm.Influencer{Name: "Pam", Profiles: instagram("_._")}, setHandle, "pam-fit",
		},
		"of an archived cooperation": {
			"{handle}", "Summer", crm.Influencer{Name: "Pam", Profiles: instagram("")}, func(t *testing.T, w *waiting) {
				must(w.crm.Archive(ctx, w.ws, w.cooperation(w.id).At(), ""))(w)
				setHandle(t, w)
			}, "pam-fit",
		},
		"of one that a person named": {
			"{handle}", "Summer", crm.Influencer{Name: "Pam", Profiles: instagram("")}, func(t *testing.T, w *waiting) {
				must(w.edit(w.id, "", func(c *crm.Cooperation) { c.Name = "Reel" }))(t)
				setHandle(t, w)
			}, "pam-fit",
		},
		"the platform": {
			"{platform}", "Summer", crm.Influencer{Name: "Pam", Profiles: []crm.Profile{{Platform: "★"}}},
			func(_ *testing.T, w *waiting) {
				w.changeInfluencer(func(i *crm.Influencer) { i.Profiles[0].Platform = "TikTok" })
			}, "tiktok",
		},
		"the influencer's name": {
			"{influencer}", "Summer", crm.Influencer{Name: "☀"}, func(_ *testing.T, w *waiting) {
				w.changeInfluencer(func(i *crm.Influencer) { i.Name = "李娜" })
			}, "pzsx02a",
		},
		"the campaign's name": {
			"{campaign}", "???", crm.Influencer{Name: "Pam"}, func(t *testing.T, w *waiting) {
				w.campaign.Name = "Summer?"
				must(w.crm.UpdateCampaign(ctx, w.ws, w.campaign, "it has a name"))(t)
			}, "summer",
		},
		"a merge into one with a handle": {
			"{handle}", "Summer", crm.Influencer{Name: "Pam", Profiles: []crm.Profile{
				{Platform: "instagram", Link: "https://instagram.com/pam.fit"},
			}}, func(t *testing.T, w *waiting) {
				w.merge(w.shop.influencer("Pam", instagram("pam.fit")...).ID, w.influencer.ID)
			}, "pam-fit",
		},
		"a merge that brings the handle": {
			"{handle}", "Summer", crm.Influencer{Name: "Pam", Profiles: []crm.Profile{
				{Platform: "instagram", Link: "https://instagram.com/pam.fit"},
			}}, func(t *testing.T, w *waiting) {
				w.merge(w.influencer.ID, w.shop.influencer("Pam", instagram("pam.fit")...).ID)
			}, "pam-fit",
		},
		"a merge into a name with letters": {
			"{influencer}", "Summer", crm.Influencer{Name: "☀"}, func(t *testing.T, w *waiting) {
				w.merge(w.shop.influencer("Pam").ID, w.influencer.ID)
			}, "pam",
		},
		"the undo of what took the handle away": {
			"{handle}", "Summer", crm.Influencer{Name: "Pam", Profiles: instagram("pam.fit")}, func(t *testing.T, w *waiting) {
				w.changeInfluencer(func(i *crm.Influencer) { i.Profiles[0].Handle = "" })
				gone := w.lastUnit()
				w.id = w.book(crm.Cooperation{Campaign: w.campaign.ID, Influencer: w.influencer.ID, Profile: w.influencer.Profiles[0].ID}).ID
				must(w.crm.UndoUnit(ctx, w.ws, gone, ""))(t)
			}, "pam-fit",
		},
		"the undo of what was given instead": {
			"{handle}", "Summer", crm.Influencer{Name: "Pam", Profiles: instagram("")}, func(t *testing.T, w *waiting) {
				must(w.edit(w.id, "", func(c *crm.Cooperation) { c.UTM.Content = utm.Of("story") }))(t)
				given := w.lastUnit()
				setHandle(t, w)
				must(w.crm.UndoUnit(ctx, w.ws, given, ""))(t)
			}, "pam-fit",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := waitFor(t, test.template, test.campaign, test.influencer)
			test.set(t, w)
			filled, states := w.lastUnit(), w.states()
			w.ok(w.crm.View(ctx, w.ws, soundness.Check))
			if got := utmText(w.cooperation(w.id))["content"]; got != test.want+" (inherited)" {
				t.Errorf("content is %s, want %s", got, test.want)
			}
			told := must(w.crm.HistoryOf(ctx, w.ws, filled, 0, crm.MaxPageSize))(t)
			if !slices.ContainsFunc(told, func(c crm.Change) bool {
				return c.Record == crm.RefTo(w.id) && slices.ContainsFunc(c.Fields, func(f crm.FieldChange) bool { return f.Field == "utm" })
			}) {
				t.Errorf("the log does not tell of it: %+v", told)
			}

			// The undo lets it wait again, and the undo of that fills it again.
			must(w.crm.UndoUnit(ctx, w.ws, filled, ""))(t)
			w.ok(w.crm.View(ctx, w.ws, soundness.Check))
			must(w.crm.UndoUnit(ctx, w.ws, w.lastUnit(), ""))(t)
			if diff := cmp.Diff(states, w.states()); diff != "" {
				t.Errorf("after two undos (-before +after):\n%s", diff)
			}
		})
	}
}

// A field fills once: what comes later does not change it.
func TestFilledFieldsStay(t *testing.T) {
	t.Parallel()
	w := waitFor(t, "{handle}", "Summer", crm.Influencer{Name: "Pam", Profiles: instagram("")})
	for _, handle := range []string{"pam.fit", "", "pam.new"} {
		w.changeInfluencer(func(i *crm.Influencer) { i.Profiles[0].Handle = handle })
	}
	wantUTM(t, w.cooperation(w.id), map[string]string{"campaign": "all (inherited)", "content": "pam-fit (inherited)"})
}

// A notice says what each pending field waits for, and which name cannot be a part of a link.
func TestPendingNotices(t *testing.T) {
	t.Parallel()
	const noSlug = `utm_content stays empty, because the %s %q has no letter or digit for a link; change it or enter utm_content by hand`
	for name, test := range map[string]struct {
		template, campaign string
		influencer         crm.Influencer
		undated            bool
		want               []string
	}{
		"nothing":                    {"{influencer}-{platform}", "Summer", crm.Influencer{Name: "Pam", Profiles: instagram("")}, false, nil},
		"letters that ASCII has not": {"{influencer}-{handle}", "夏", crm.Influencer{Name: "李娜", Profiles: instagram("李娜")}, false, nil},
		"a profile": {"{platform}-{handle}-{influencer}", "Summer", crm.Influencer{Name: "Pam"}, true,
			[]string{"utm_content stays empty until the cooperation has a profile"}},
		"a handle": {"{handle}", "Summer", crm.Influencer{Name: "Pam", Profiles: instagram("")}, true,
			[]string{"utm_content stays empty until its profile has a handle"}},
		"two things": {"{handle}-{month}", "Summer", crm.Influencer{Name: "Pam"}, true,
			[]string{"utm_content stays empty until the cooperation has a profile",
				"utm_content stays empty until the cooperation has a start date"}},
		"a name that is no word": {"{influencer}-{month}", "Summer", crm.Influencer{Name: "☀ ☀"}, true,
			[]string{fmt.Sprintf(noSlug, "influencer", "☀ ☀"), "utm_content stays empty until the cooperation has a start date"}},
		"a handle that is no word": {"{campaign}-{handle}", "???", crm.Influencer{Name: "Pam", Profiles: instagram("__")}, false,
			[]string{fmt.Sprintf(noSlug, "campaign", "???"), fmt.Sprintf(noSlug, "handle", "__")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := waitFor(t, test.template, test.campaign, test.influencer)
			saved := must(w.edit(w.id, "", func(c *crm.Cooperation) {
				if c.Notes = "seen"; test.undated {
					c.Period.Start = budget.Date{}
				}
			}))(t)
			want := []crm.Notice{}
			for _, message := range test.want {
				want = append(want, crm.Notice{Field: "utm.content", Code: "pending", Message: sentence.Of(message)})
			}
			if diff := cmp.Diff(want, saved.Notices); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
