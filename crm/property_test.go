package crm_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/soundness"
	"github.com/getklar/influencercrm/utm"
)

func TestFoldAndCleanAreIdempotent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(),
			rapid.StringOf(rapid.SampledFrom([]rune(" \t\u200b\u00ad\u0301aÅßﷺẛ̣ſİꮿ\u3164\ufeff")))).Draw(t, "text")
		for name, form := range map[string]func(string) string{"Fold": crm.Fold, "Clean": crm.Clean} {
			once := form(text)
			if twice := form(once); twice != once {
				t.Fatalf("%s(%q) is %q, and of that %q", name, text, once, twice)
			}
		}
		if crm.Fold(crm.Clean(text)) != crm.Fold(text) {
			t.Fatalf("cleaning %q makes another name of it", text)
		}
	})
}

func TestPagesNeitherSkipNorRepeat(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(t)
		names := rapid.SliceOfNDistinct(rapid.OneOf(
			rapid.StringMatching(`[a-zA-ZÄß<>&"]{1,8}`),
			rapid.SampledFrom([]string{"ﷺ", "a\u0301", "日本", "e\u2009f"}),
		), 0, 12, crm.Fold).Draw(t, "names")
		s.ok(s.work(func(w *crm.Work) error {
			for _, name := range names {
				if _, err := w.CreateCampaign(ctx, crm.Campaign{Name: name}); err != nil {
					return err
				}
			}
			return nil
		}))
		o := crm.ListOptions{
			Size: rapid.IntRange(1, 5).Draw(t, "size"),
			Sort: rapid.SampledFrom([]crm.Sort{crm.SortCreated, crm.SortName, crm.SortStart}).Draw(t, "sort"),
			Desc: rapid.Bool().Draw(t, "desc"),
		}
		var got []crm.Campaign
		for {
			page := must(s.crm.Campaigns(ctx, s.ws, crm.CampaignFilter{}, o))(t)
			got = append(got, page.Items...)
			if page.Next == "" {
				break
			}
			o.Token = page.Next
		}
		whole := must(s.crm.Campaigns(ctx, s.ws, crm.CampaignFilter{}, crm.ListOptions{Size: crm.MaxPageSize, Sort: o.Sort, Desc: o.Desc}))(t)
		if len(whole.Items) != len(names) || whole.Next != "" {
			t.Fatalf("%d of %d in one page", len(whole.Items), len(names))
		}
		for n, c := range whole.Items {
			if n >= len(got) || got[n].ID != c.ID {
				t.Fatalf("page by page item %d differs: %v, whole %v", n, got, whole.Items)
			}
		}
	})
}

// story does random things in a shop: creates, edits, archives, deletes.
type story struct {
	*shop
	t            *rapid.T
	campaigns    []crm.Campaign
	influencers  []crm.Influencer
	cooperations []crm.CooperationID
}

func newStory(t *rapid.T) *story {
	s := &story{shop: newShop(t), t: t}
	s.campaigns = []crm.Campaign{s.campaign("Summer"), s.campaign("Autumn")}
	s.influencers = []crm.Influencer{
		s.influencer("Pam", crm.Profile{Platform: "Instagram", Handle: "pam", Rules: []discount.Rule{equals("PAM")},
			UTM: template(utm.Params{Content: utm.Of("{handle}")})}),
		s.influencer("Emma", crm.Profile{Platform: "TikTok"}, crm.Profile{Platform: "Blog", Handle: "emma"}),
	}
	return s
}

func (s *story) cooperationLike(c crm.Cooperation) crm.Cooperation {
	i := rapid.SampledFrom(s.influencers).Draw(s.t, "influencer")
	c.Campaign, c.Influencer = rapid.SampledFrom(s.campaigns).Draw(s.t, "campaign").ID, i.ID
	if c.Profile = (crm.ProfileID{}); rapid.Bool().Draw(s.t, "has a profile") {
		c.Profile = rapid.SampledFrom(i.Profiles).Draw(s.t, "profile").ID
	}
	c.Status = rapid.SampledFrom([]crm.Status{crm.Draft, crm.Negotiating, crm.Signed}).Draw(s.t, "status")
	c.Cost, c.Period = budget.Money{}, budget.Period{}
	if rapid.Bool().Draw(s.t, "has a cost") {
		c.Cost = eur(rapid.Int64Range(0, 1_000_000_00).Draw(s.t, "cost"))
	}
	if rapid.Bool().Draw(s.t, "has a start") {
		c.Period.Start = day("2026-01-01").AddDays(rapid.IntRange(0, 700).Draw(s.t, "start"))
	}
	if rapid.Bool().Draw(s.t, "has an end") {
		c.Period.End = day("2027-12-31").AddDays(rapid.IntRange(0, 400).Draw(s.t, "end"))
	}
	c.Spread = rapid.SampledFrom([]budget.Spread{"", budget.ByDay, budget.OnStart, budget.OnEnd}).Draw(s.t, "spread")
	if c.Cancellation = nil; rapid.IntRange(0, 4).Draw(s.t, "cancelled") == 0 {
		c.Cancellation = &crm.Cancellation{On: day("2026-08-15"), Fee: eur(rapid.Int64Range(0, 10_000).Draw(s.t, "fee"))}
	}
	c.Notes = rapid.SampledFrom([]string{"", "<a & b>", "wide\u2028line", "日本"}).Draw(s.t, "notes")
	return c
}

// step does one thing. What the rules refuse has no effect, which is a part of what is tested.
func (s *story) step() {
	switch do := rapid.IntRange(0, 9).Draw(s.t, "step"); {
	case do < 4 || len(s.cooperations) == 0:
		var saved crm.Saved
		err := s.work(func(w *crm.Work) (err error) {
			if c := s.cooperationLike(crm.Cooperation{}); do == 0 {
				c.Imported = &crm.Imported{Key: "row", Values: map[string]string{"cost": "1"}}
				saved.Cooperation, err = w.ImportCooperation(ctx, c)
			} else {
				saved, err = w.CreateCooperation(ctx, c)
			}
			return err
		})
		if err == nil {
			s.cooperations = append(s.cooperations, saved.Cooperation.ID)
		}
	case do < 7:
		_, _ = s.edit(rapid.SampledFrom(s.cooperations).Draw(s.t, "edited"), "because", func(c *crm.Cooperation) { *c = s.cooperationLike(*c) })
	case do == 7:
		n := rapid.IntRange(0, len(s.campaigns)-1).Draw(s.t, "renamed")
		s.campaigns[n].Name += "!"
		s.campaigns[n] = must(s.crm.UpdateCampaign(ctx, s.ws, s.campaigns[n], ""))(s)
	case do == 8:
		n := rapid.IntRange(0, len(s.influencers)-1).Draw(s.t, "moved")
		i := crm.Clone(s.influencers[n])
		i.Profiles[0].Platform, i.Tags = rapid.SampledFrom([]string{"x", "youtube", "threads"}).Draw(s.t, "platform"),
			append(i.Tags, fmt.Sprint("tag ", len(i.Tags)))
		s.influencers[n] = must(s.crm.UpdateInfluencer(ctx, s.ws, i, ""))(s)
	default:
		c := s.cooperation(rapid.SampledFrom(s.cooperations).Draw(s.t, "put away"))
		switch {
		case !c.ArchivedOn.IsZero():
			_, _ = s.crm.Restore(ctx, s.ws, c.At(), "")
		case c.Status == crm.Draft:
			must(s.crm.Delete(ctx, s.ws, c.At(), ""))(s)
			for n, id := range s.cooperations {
				if id == c.ID {
					s.cooperations = append(s.cooperations[:n:n], s.cooperations[n+1:]...)
					break
				}
			}
		default:
			must(s.crm.Archive(ctx, s.ws, c.At(), ""))(s)
		}
	}
}

// fields is a record as JSON, field by field, without what identifies it.
func fields(t tester, r crm.Record) map[string]string {
	doc := must(json.Marshal(r))(t)
	raw := map[string]json.RawMessage{}
	if err := json.Unmarshal(doc, &raw); err != nil {
		t.Fatalf("%v", err)
	}
	all := map[string]string{}
	for name, value := range raw {
		if !slices.Contains([]string{"id", "version", "created_at", "changed_at"}, name) {
			all[name] = string(value)
		}
	}
	return all
}

func TestAShopNeverContradictsItself(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newStory(t)
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			s.step()
		}
		s.ok(s.crm.View(ctx, s.ws, soundness.Check))
	})
}

// records is everything that the log tells of.
func (s *shop) records() []crm.Record {
	all := []crm.Record{s.workspace()}
	whole := crm.ListOptions{Size: crm.MaxPageSize}
	for _, c := range must(s.crm.Campaigns(ctx, s.ws, crm.CampaignFilter{Archive: crm.ActiveOrNot}, whole))(s).Items {
		all = append(all, c)
	}
	for _, i := range must(s.crm.Influencers(ctx, s.ws, crm.InfluencerFilter{Archive: crm.ActiveOrNot}, whole))(s).Items {
		all = append(all, i)
	}
	for _, c := range must(s.crm.Cooperations(ctx, s.ws, crm.CooperationFilter{Archive: crm.ActiveOrNot}, whole))(s).Items {
		all = append(all, c)
	}
	return all
}
