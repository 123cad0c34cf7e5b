package crm_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// names are those of all records, for whatWasUndone.
func (s *shop) names() map[crm.Ref]string {
	s.Helper()
	names := map[crm.Ref]string{}
	s.ok(s.crm.View(ctx, s.ws, func(_ context.Context, r crm.Reader) error {
		for _, record := range everyRecord(s, r) {
			names[record.Ref()] = nameOf(record)
		}
		return nil
	}))
	return names
}

// noneDangles ends the test if a cooperation names an influencer or profile that is not there.
func (s *shop) noneDangles() {
	s.Helper()
	s.ok(s.crm.View(ctx, s.ws, func(ctx context.Context, r crm.Reader) error {
		for _, c := range ofKind[crm.Cooperation](everyRecord(s, r)) {
			i := must(r.Influencers().Get(ctx, c.Influencer))(s)
			if _, has := i.Profile(c.Profile); !has && !c.Profile.IsZero() {
				s.Fatalf("%s has a profile that %s has not", c.Name, i.Name)
			}
		}
		return nil
	}))
}

// Each case merges Pamela into Pam, does what happens since, and undoes the merge. Names are those
// before the undo.
func TestUndoMerge(t *testing.T) {
	t.Parallel()
	const noPamela = `influencer "018f8f5e-0000-7000-8000-000000000011": there is no such influencer in this workspace`
	for name, test := range map[string]struct {
		since func(*twins)
		want  []string
		whole bool // everything is as it was before the merge
	}{
		"nothing since": {
			want: []string{
				"recreated influencer Pamela", "restored cooperation Pam's reel", "restored cooperation Summer - Pam - Instagram",
				"restored cooperation Summer - Pam - TikTok - 2026-07-01",
				"restored cooperation Summer - Pam - TikTok - 2026-07-01 (2)", "restored influencer Pam",
			},
			whole: true,
		},
		"other fields": {
			since: func(w *twins) {
				must(w.edit(w.signed.ID, "", func(c *crm.Cooperation) { c.Notes = "call her" }))(w)
				pam := must(w.crm.Influencer(ctx, w.ws, w.pam.ID))(w)
				pam.Notes = "likes tea"
				must(w.crm.UpdateInfluencer(ctx, w.ws, pam, ""))(w)
			},
			want: []string{
				"recreated influencer Pamela", "restored cooperation Pam's reel", "restored cooperation Summer - Pam - Instagram",
				"restored cooperation Summer - Pam - TikTok - 2026-07-01",
				"restored cooperation Summer - Pam - TikTok - 2026-07-01 (2)", "restored influencer Pam",
			},
		},
		"a cooperation that went to somebody else": {
			since: func(w *twins) {
				must(w.edit(w.signed.ID, "", func(c *crm.Cooperation) { c.Influencer, c.Profile = w.influencer("Zoe").ID, crm.ProfileID{} }))(w)
			},
			want: []string{
				"kept cooperation Summer - Zoe: its influencer changed since",
				"recreated influencer Pamela", "restored cooperation Pam's reel",
				"restored cooperation Summer - Pam - TikTok - 2026-07-01",
				"restored cooperation Summer - Pam - TikTok - 2026-07-01 (2)", "restored influencer Pam",
			},
		},
		"a cooperation on a profile of Pam's": {
			since: func(w *twins) { must(w.crm.Archive(ctx, w.ws, w.cooperation(w.cancelled.ID).At(), ""))(w) },
			want: []string{
				"kept cooperation Summer - Pam - TikTok - 2026-07-01: it was archived since; restore it first",
				"recreated influencer Pamela", "restored cooperation Pam's reel", "restored cooperation Summer - Pam - Instagram",
				"restored cooperation Summer - Pam - TikTok - 2026-07-01 (2)", "restored influencer Pam",
			},
		},
		"a cooperation on a profile that moved": {
			since: func(w *twins) { must(w.crm.Archive(ctx, w.ws, w.cooperation(w.signed.ID).At(), ""))(w) },
			want: []string{
				"kept cooperation Pam's reel: " + noPamela,
				"kept cooperation Summer - Pam - Instagram: it was archived since; restore it first",
				"kept cooperation Summer - Pam - TikTok - 2026-07-01 (2): " + noPamela,
				"kept cooperation Summer - Pam - TikTok - 2026-07-01: " + noPamela,
				`kept influencer Pam: profiles "Instagram pam": the cooperation "Summer - Pam - Instagram" uses this profile; give it another one first`,
				`kept influencer Pamela: profiles[0] "Instagram pam": this profile belongs to "Pam" by now`,
			},
		},
		"a profile that changed": {
			since: func(w *twins) {
				pam := must(w.crm.Influencer(ctx, w.ws, w.pam.ID))(w)
				pam.Profiles[1].Link = "https://instagram.com/pam"
				must(w.crm.UpdateInfluencer(ctx, w.ws, pam, ""))(w)
			},
			want: []string{
				"kept cooperation Pam's reel: " + noPamela,
				"kept cooperation Summer - Pam - Instagram: " + noPamela,
				"kept cooperation Summer - Pam - TikTok - 2026-07-01 (2): " + noPamela,
				"kept cooperation Summer - Pam - TikTok - 2026-07-01: " + noPamela,
				"kept influencer Pam: its profiles changed since",
				`kept influencer Pamela: profiles[0] "Instagram pam": this profile belongs to "Pam" by now`,
			},
		},
		"another merge": { // of Pam into somebody else
			since: func(w *twins) { w.merge(w.influencer("Zoe").ID, w.pam.ID) },
			want: []string{
				"kept cooperation Pam's reel: its influencer changed since",
				"kept cooperation Summer - Zoe - Instagram: its influencer changed since",
				"kept cooperation Summer - Zoe - TikTok - 2026-07-01 (2): its influencer changed since",
				"kept cooperation Summer - Zoe - TikTok - 2026-07-01: its influencer changed since",
				"kept influencer Pam: it was deleted since",
				`kept influencer Pamela: profiles[0] "Instagram pam": this profile belongs to "Zoe" by now`,
			},
		},
		"another merge, and its undo": {
			since: func(w *twins) {
				w.merge(w.influencer("Zoe").ID, w.pam.ID)
				must(w.crm.UndoUnit(ctx, w.ws, w.lastUnit(), ""))(w)
			},
			want: []string{
				"recreated influencer Pamela", "restored cooperation Pam's reel", "restored cooperation Summer - Pam - Instagram",
				"restored cooperation Summer - Pam - TikTok - 2026-07-01",
				"restored cooperation Summer - Pam - TikTok - 2026-07-01 (2)", "restored influencer Pam",
			},
		},
		"a code that somebody has taken": {
			since: func(w *twins) {
				must(w.edit(w.signed.ID, "", func(c *crm.Cooperation) { c.Rules = []discount.Rule{equals("PAM11")} }))(w)
				w.load(crm.Cooperation{
					Campaign: w.summer.ID, Influencer: w.pam.ID, Name: "A new one", Status: crm.Signed, Cost: eur(1),
					Period: days("2026-06-30", ""), Rules: []discount.Rule{equals("PAM11")},
				})
			},
			want: []string{ // what is left of the group cannot go back without it
				"kept cooperation Pam's reel: " + noPamela,
				`kept cooperation Summer - Pam - Instagram: rules "pam11": is also a code of "A new one" at the same time; give one of the two another code or other dates`,
				"kept cooperation Summer - Pam - TikTok - 2026-07-01 (2): " + noPamela,
				"kept cooperation Summer - Pam - TikTok - 2026-07-01: " + noPamela,
				`kept influencer Pam: profiles "Instagram pam": the cooperation "Summer - Pam - Instagram" uses this profile; give it another one first`,
				`kept influencer Pamela: profiles[0] "Instagram pam": this profile belongs to "Pam" by now`,
			},
		},
		"a code of Pam's own that it got since": {
			since: func(w *twins) {
				must(w.edit(w.signed.ID, "", func(c *crm.Cooperation) { c.Rules = []discount.Rule{equals("SUN")} }))(w)
			},
			want: []string{
				"kept cooperation Pam's reel: " + noPamela,
				`kept cooperation Summer - Pam - Instagram: rules "sun": is also a code of "Summer - Pam - TikTok" at the same time; give one of the two another code or other dates`,
				"kept cooperation Summer - Pam - TikTok - 2026-07-01 (2): " + noPamela,
				"kept cooperation Summer - Pam - TikTok - 2026-07-01: " + noPamela,
				`kept influencer Pam: profiles "Instagram pam": the cooperation "Summer - Pam - Instagram" uses this profile; give it another one first`,
				`kept influencer Pamela: profiles[0] "Instagram pam": this profile belongs to "Pam" by now`,
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTwins(t)
			before, gone := w.states(), w.other.Ref()
			w.merge(w.pam.ID, w.other.ID)
			unit := w.lastUnit()
			if test.since != nil {
				test.since(w)
			}
			merged, names := w.states(), w.names()
			names[gone] = "Pamela"
			if names[w.pam.Ref()] == "" {
				names[w.pam.Ref()] = "Pam"
			}
			preview := must(w.crm.DryRun().UndoUnit(ctx, w.ws, unit, ""))(t)
			done := must(w.crm.UndoUnit(ctx, w.ws, unit, ""))(t)
			if diff := cmp.Diff(test.want, w.whatWasUndone(done, names)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			preview.Done = done.Done
			if diff := cmp.Diff(preview, done); diff != "" {
				t.Errorf("(-preview +done):\n%s", diff)
			}
			w.noneDangles()
			if diff := cmp.Diff(before, w.states()); test.whole && diff != "" {
				t.Errorf("(-before +after):\n%s", diff)
			}
			if w.lastUnit() == done.Unit {
				again := must(w.crm.UndoUnit(ctx, w.ws, done.Unit, ""))(t)
				if diff := cmp.Diff(merged, w.states()); diff != "" || len(again.Kept) > 0 {
					t.Errorf("undo of the undo kept %v (-merged +got):\n%s", again.Kept, diff)
				}
			}
		})
	}
}

// Several merges in one unit, into somebody who is new in it and on to somebody else, are one undo.
func TestUndoOfManyMerges(t *testing.T) {
	t.Parallel()
	w := newTwins(t)
	zoe := w.influencer("Zoe", crm.Profile{Platform: "tiktok"}, crm.Profile{Platform: "blog", Link: "https://zoe.example"})
	w.book(crm.Cooperation{Campaign: w.summer.ID, Influencer: zoe.ID, Profile: zoe.Profiles[1].ID})
	before := w.states()
	w.ok(w.work(func(u *crm.Work) error {
		fresh, err := u.CreateInfluencer(ctx, crm.Influencer{Name: "Pam & Co", Profiles: []crm.Profile{{Platform: "youtube"}}})
		if err != nil {
			return err
		}
		first, err := u.MergeInfluencers(ctx, fresh.At(), w.other.At(), crm.MergeOptions{}, "")
		if err != nil {
			return err
		}
		second, err := u.MergeInfluencers(ctx, w.pam.At(), first.Influencer.At(), crm.MergeOptions{}, "")
		if err != nil {
			return err
		}
		fresh, err = u.CreateInfluencer(ctx, crm.Influencer{Name: "Everybody"})
		if err != nil {
			return err
		}
		third, err := u.MergeInfluencers(ctx, fresh.At(), second.Influencer.At(), crm.MergeOptions{}, "")
		if err == nil {
			_, err = u.MergeInfluencers(ctx, third.Influencer.At(), zoe.At(), crm.MergeOptions{}, "")
		}
		return err
	}))
	w.noneDangles()
	after := w.states()
	for round, want := range []map[string]map[string]string{before, after, before} {
		done := must(w.crm.UndoUnit(ctx, w.ws, w.lastUnit(), ""))(t)
		if diff := cmp.Diff(want, w.states()); diff != "" || len(done.Kept) > 0 {
			t.Fatalf("undo %d kept %v (-want +got):\n%s", round+1, done.Kept, diff)
		}
	}
}

// A merge of any two influencers leaves no reference behind, keeps every cooperation but for its
// influencer, profile and name, and is undone to the letter, and so is its undo.
func TestUndoOfAnyMerge(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(t)
		n := 0
		for range rapid.IntRange(1, 4).Draw(t, "units before") {
			s.ok(s.work(func(w *crm.Work) error {
				for range rapid.IntRange(1, 12).Draw(t, "things") {
					n++
					if err := muddle(t, w, n); err != nil {
						return err
					}
				}
				return nil
			}))
		}
		var people []crm.Influencer
		s.ok(s.crm.View(ctx, s.ws, func(_ context.Context, r crm.Reader) error {
			people = ofKind[crm.Influencer](everyRecord(t, r))
			return nil
		}))
		active := slices.DeleteFunc(slices.Clone(people), func(i crm.Influencer) bool { return !i.ArchivedOn.IsZero() })
		if len(active) == 0 || len(people) < 2 {
			return
		}
		into, from := rapid.SampledFrom(active).Draw(t, "into"), rapid.SampledFrom(people).Draw(t, "from")
		if into.ID == from.ID {
			return
		}
		before := s.states()
		done := must(s.crm.MergeInfluencers(ctx, s.ws, into.At(), from.At(), crm.MergeOptions{Take: []string{"name"}}, ""))(t)
		s.noneDangles()
		after := s.states()
		if after[from.Ref().String()] != nil || len(after) != len(before)-1 {
			t.Fatalf("%d records of %d", len(after), len(before))
		}
		moved := 0
		for ref, was := range before {
			is := after[ref]
			if was["campaign"] == "" {
				continue
			}
			if was["influencer"] != is["influencer"] {
				moved++
			}
			for _, field := range []string{"campaign", "status", "period", "cost", "spread", "utm", "rules", "cancellation", "archived_on", "imported", "notes", "responsible", "name_mode"} {
				if was[field] != is[field] {
					t.Fatalf("%s of %s was %s and is %s", field, ref, was[field], is[field])
				}
			}
		}
		if moved != done.Moved || len(done.Cooperations) != moved {
			t.Fatalf("%d moved, told of %d", moved, done.Moved)
		}
		for round, want := range []map[string]map[string]string{before, after, before} {
			undone := must(s.crm.UndoUnit(ctx, s.ws, s.lastUnit(), ""))(t)
			if diff := cmp.Diff(want, s.states()); diff != "" || len(undone.Kept) > 0 {
				t.Fatalf("undo %d kept %v (-want +got):\n%s", round+1, undone.Kept, diff)
			}
		}
	})
}
