package crm_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/history"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// merge makes one influencer of two as they are stored.
func (s *shop) merge(into, from crm.InfluencerID, take ...string) crm.Merged {
	s.Helper()
	a, b := must(s.crm.Influencer(ctx, s.ws, into))(s), must(s.crm.Influencer(ctx, s.ws, from))(s)
	return must(s.crm.MergeInfluencers(ctx, s.ws, a.At(), b.At(), crm.MergeOptions{Take: take}, ""))(s)
}

func TestMergeFields(t *testing.T) {
	t.Parallel()
	anna, bo, gone := "anna", "bo", "gone" // the responsible members
	type person struct {
		crm.Influencer
		responsible string
	}
	for name, test := range map[string]struct {
		into, from  person
		take        []string
		want        person
		filled      []string
		differences []crm.Difference
	}{
		"what is lacking comes from the other": {
			into: person{Influencer: crm.Influencer{Name: "Pam"}},
			from: person{crm.Influencer{
				Name: "PAM", Phone: "+49 170 1234567", Email: "pam@mail.example", Category: "Beauty", Tags: []string{"vip"},
				Notes: "tall", Custom: map[string]string{"Size": "S"},
			}, anna},
			want: person{crm.Influencer{
				Name: "Pam", Phone: "+49 170 1234567", Email: "pam@mail.example", Category: "Beauty", Tags: []string{"vip"},
				Notes: "tall", Custom: map[string]string{"Size": "S"},
			}, anna},
			filled: []string{"phone", "email", "category", "responsible", "tags", "notes", "custom.Size"},
		},
		"what is there stays": {
			into: person{crm.Influencer{
				Name: "Pam", Phone: "+49 170 1234567", Email: "pam@mail.example", Category: "Beauty", Tags: []string{"vip", "new"},
				Notes: "tall", Custom: map[string]string{"Size": "S", "SIZE": "L", "Shoe": "38"},
			}, anna},
			from: person{crm.Influencer{
				Name: "Pamela", Phone: "+49 170 7654321", Email: "pamela@mail.example", Category: "Hair", Tags: []string{"NEW", "old"},
				Notes: "likes tea", Custom: map[string]string{"Size": "M", "Pet": "cat"},
			}, bo},
			want: person{crm.Influencer{
				Name: "Pam", Phone: "+49 170 1234567", Email: "pam@mail.example", Category: "Beauty", Tags: []string{"vip", "new", "old"},
				Notes: "tall\n\nlikes tea", Custom: map[string]string{"Size": "S", "SIZE": "L", "Shoe": "38", "Pet": "cat"},
			}, anna},
			filled: []string{"tags", "notes", "custom.Pet"},
			differences: []crm.Difference{
				{Field: "name", Kept: "Pam", Left: "Pamela"}, {Field: "phone", Kept: "+49 170 1234567", Left: "+49 170 7654321"},
				{Field: "email", Kept: "pam@mail.example", Left: "pamela@mail.example"}, {Field: "category", Kept: "Beauty", Left: "Hair"},
				{Field: "responsible", Kept: "anna", Left: "bo"}, {Field: "custom.Size", Kept: "S", Left: "M"},
			},
		},
		"what is asked for is taken": {
			into: person{crm.Influencer{Name: "Pam", Phone: "+49 170 1234567", Category: "Beauty", Custom: map[string]string{"Size": "S"}}, anna},
			from: person{crm.Influencer{Name: "PAM", Phone: "+49 170 7654321", Custom: map[string]string{"Size": "M"}}, bo},
			take: []string{"name", "phone", "responsible", "custom.Size", "category", "category"},
			want: person{crm.Influencer{Name: "PAM", Phone: "+49 170 7654321", Category: "Beauty", Custom: map[string]string{"Size": "M"}}, bo},
			differences: []crm.Difference{
				{Field: "name", Kept: "PAM", Left: "Pam"}, {Field: "phone", Kept: "+49 170 7654321", Left: "+49 170 1234567"},
				{Field: "responsible", Kept: "bo", Left: "anna"}, {Field: "custom.Size", Kept: "M", Left: "S"},
			},
		},
		"what is the same is no difference": {
			into: person{crm.Influencer{Name: "Pam", Phone: "+49 170 1234567", Email: "Pam@mail.example", Notes: "Tall",
				Custom: map[string]string{"Size": "S"}}, bo},
			from: person{crm.Influencer{Name: "pam", Phone: "+49 (170) 1234567", Email: "pam@mail.example",
				Notes: "tall", Custom: map[string]string{"size": "s"}}, bo},
			want: person{crm.Influencer{Name: "Pam", Phone: "+49 170 1234567", Email: "Pam@mail.example", Notes: "Tall",
				Custom: map[string]string{"Size": "S"}}, bo},
		},
		"a member who has left takes nobody over": {
			into:        person{Influencer: crm.Influencer{Name: "Pam"}},
			from:        person{crm.Influencer{Name: "Pam"}, gone},
			want:        person{Influencer: crm.Influencer{Name: "Pam"}},
			differences: []crm.Difference{{Field: "responsible", Kept: "", Left: "gone"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			team := map[string]crm.MemberID{"": {}}
			for _, name := range []string{anna, bo, gone} {
				team[name] = s.member(name).ID
			}
			create := func(p person) crm.Influencer {
				p.Responsible = team[p.responsible]
				return must(s.crm.CreateInfluencer(ctx, s.ws, p.Influencer))(t)
			}
			into, from := create(test.into), create(test.from)
			must(s.crm.Archive(ctx, s.ws, must(s.crm.Member(ctx, s.ws, team[gone]))(t).At(), ""))(s)
			head := s.head()
			preview := must(s.crm.DryRun().MergeInfluencers(ctx, s.ws, into.At(), from.At(), crm.MergeOptions{Take: test.take}, ""))(t)
			if s.head() != head {
				t.Error("the preview wrote")
			}
			done := must(s.crm.MergeInfluencers(ctx, s.ws, into.At(), from.At(), crm.MergeOptions{Take: test.take}, ""))(t)
			preview.Done = done.Done
			if diff := cmp.Diff(preview, done, values); diff != "" {
				t.Errorf("(-preview +done):\n%s", diff)
			}
			want := crm.Clone(test.want.Influencer)
			want.ID, want.Version, want.Responsible = into.ID, done.Influencer.Version, team[test.want.responsible]
			want.PhoneE164, want.Times = done.Influencer.PhoneE164, crm.Times{CreatedAt: s.now, ChangedAt: s.now}
			if diff := cmp.Diff(want, done.Influencer, values); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			stored := must(s.crm.Influencer(ctx, s.ws, into.ID))(t)
			if diff := cmp.Diff(stored, done.Influencer, values); diff != "" {
				t.Errorf("(-stored +told):\n%s", diff)
			}
			if diff := cmp.Diff(append([]string{}, test.filled...), done.Filled); diff != "" {
				t.Errorf("filled (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(append([]crm.Difference{}, test.differences...), done.Differences); diff != "" {
				t.Errorf("differences (-want +got):\n%s", diff)
			}
			if done.Gone != (crm.Person{ID: from.ID, Name: from.Name}) {
				t.Errorf("gone: %v", done.Gone)
			}
		})
	}
}

func TestMergeProfiles(t *testing.T) {
	t.Parallel()
	code := func(code string) []discount.Rule { return []discount.Rule{equals(code)} }
	// Profiles are shown as "platform handle link", and what became of from's as "-> n", n counting into's from 0.
	for name, test := range map[string]struct {
		into, from  []crm.Profile
		take        []string
		want        []string
		united      []int // for each of from's profiles, the one of into's; -1 for none
		filled      []string
		differences []crm.Difference
	}{
		"other accounts move": {
			into: []crm.Profile{{Platform: "instagram", Handle: "pam"}},
			from: []crm.Profile{{Platform: "tiktok", Handle: "pam"}, {Platform: "instagram", Handle: "pam2"}},
			want: []string{"instagram pam ", "tiktok pam ", "instagram pam2 "}, united: []int{-1, -1},
		},
		"the same link": {
			into: []crm.Profile{{Platform: "blog", Link: "https://www.pam.example/blog/"}},
			from: []crm.Profile{{Platform: "blog", Link: "http://pam.example/blog?hl=de", Handle: "pam"}},
			want: []string{"blog pam https://www.pam.example/blog/"}, united: []int{0}, filled: []string{"profiles[0].handle"},
		},
		"a link that names the handle": {
			into: []crm.Profile{{Platform: "tiktok"}, {Platform: "instagram", Handle: "pam"}},
			from: []crm.Profile{{Platform: "instagram", Link: "https://instagram.com/Pam/"}},
			want: []string{"tiktok  ", "instagram pam https://instagram.com/Pam/"}, united: []int{1}, filled: []string{"profiles[1].link"},
		},
		"a link to elsewhere names no handle": {
			into: []crm.Profile{{Platform: "instagram", Handle: "pam"}},
			from: []crm.Profile{{Platform: "instagram", Link: "https://linktree.example/pam"}},
			want: []string{"instagram pam ", "instagram  https://linktree.example/pam"}, united: []int{-1},
		},
		"nothing to tell them apart": {
			into: []crm.Profile{{Platform: "tiktok"}}, from: []crm.Profile{{Platform: "tiktok"}, {Platform: "instagram"}},
			want: []string{"tiktok  ", "instagram  "}, united: []int{0, -1},
		},
		"one may be a second account": {
			into: []crm.Profile{{Platform: "tiktok", Handle: "pam"}, {Platform: "youtube"}},
			from: []crm.Profile{{Platform: "tiktok"}, {Platform: "youtube", Link: "https://youtube.com/@pam"}},
			want: []string{"tiktok pam ", "youtube  ", "tiktok  ", "youtube  https://youtube.com/@pam"}, united: []int{-1, -1},
		},
		"two handles are two accounts, whatever the link": {
			into: []crm.Profile{{Platform: "x", Link: "https://shop.example/pam"}},
			from: []crm.Profile{{Platform: "x", Handle: "a", Link: "https://shop.example/pam"},
				{Platform: "x", Handle: "b", Link: "https://shop.example/pam"}},
			want: []string{"x a https://shop.example/pam", "x b https://shop.example/pam"}, united: []int{0, -1},
			filled: []string{"profiles[0].handle"},
		},
		"defaults are united too": {
			into: []crm.Profile{{Platform: "tiktok", Rules: code("PAM10"),
				Followers: &crm.Followers{Count: 100, On: day("2026-01-01")},
				UTM:       template(utm.Params{Term: utm.Of("pam")})}},
			from: []crm.Profile{{Platform: "tiktok", Rules: code("PAM20"), Followers: &crm.Followers{Count: 200},
				UTM: template(utm.Params{Term: utm.Of("p"), Content: utm.Of("")})}},
			take: []string{"profiles[0].followers"},
			want: []string{"tiktok  "}, united: []int{0}, filled: []string{"profiles[0].utm.content"},
			differences: []crm.Difference{
				{Field: "profiles[0].followers", Kept: "200", Left: "100 on 2026-01-01"},
				{Field: "profiles[0].utm.term", Kept: "pam", Left: "p"},
				{Field: "profiles[0].rules", Kept: "equals PAM10", Left: "equals PAM20"},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			into, from := s.influencer("Pam", test.into...), s.influencer("Pam", test.from...)
			done := s.merge(into.ID, from.ID, test.take...)
			got, united := []string{}, []int{}
			for _, p := range done.Influencer.Profiles {
				got = append(got, fmt.Sprint(p.Platform, " ", p.Handle, " ", p.Link))
			}
			for n, p := range done.Profiles {
				if p.ID != from.Profiles[n].ID {
					t.Errorf("profile %d is told of as %s", n, p.ID)
				}
				at := slices.IndexFunc(done.Influencer.Profiles, func(q crm.Profile) bool { return q.ID == p.Into })
				if _, moved := done.Influencer.Profile(p.ID); moved != p.Into.IsZero() {
					t.Errorf("profile %d moved: %t, into %s", n, moved, p.Into)
				}
				united = append(united, at)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.united, united); diff != "" {
				t.Errorf("united (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(append([]string{}, test.filled...), done.Filled); diff != "" {
				t.Errorf("filled (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(append([]crm.Difference{}, test.differences...), done.Differences); diff != "" {
				t.Errorf("differences (-want +got):\n%s", diff)
			}
		})
	}
}

// twins is a shop with one person as two influencers: each has a bare TikTok profile, and cooperations
// in every state.
type twins struct {
	*shop
	summer     crm.Campaign
	pam, other crm.Influencer
	own        crm.Cooperation // of pam
	signed     crm.Cooperation // the others are of the other
	cancelled  crm.Cooperation
	archived   crm.Cooperation
	custom     crm.Cooperation
}

func newTwins(t tester) *twins {
	s := newShop(t)
	w := &twins{shop: s, summer: s.campaign("Summer")}
	w.pam = s.influencer("Pam", crm.Profile{Platform: "tiktok"})
	w.other = s.influencer("Pamela",
		crm.Profile{Platform: "instagram", Handle: "pam", Rules: []discount.Rule{equals("PAM10")}},
		crm.Profile{Platform: "tiktok", Rules: []discount.Rule{equals("PAMTOK")}, UTM: template(utm.Params{Content: utm.Of("{handle}")})})
	instagram, tiktok := w.other.Profiles[0].ID, w.other.Profiles[1].ID
	w.own = s.book(crm.Cooperation{
		Campaign: w.summer.ID, Influencer: w.pam.ID, Profile: w.pam.Profiles[0].ID, Period: days("2026-06-15", ""),
		Rules: []discount.Rule{equals("SUN")},
	})
	w.signed = s.book(crm.Cooperation{
		Campaign: w.summer.ID, Influencer: w.other.ID, Profile: instagram, Status: crm.Signed,
		Period: days("2026-06-01", "2026-06-30"), Cost: eur(100),
	})
	w.cancelled = s.book(crm.Cooperation{
		Campaign: w.summer.ID, Influencer: w.other.ID, Profile: tiktok, Status: crm.Negotiating,
		Period: days("2026-07-01", ""), Cancellation: &crm.Cancellation{On: day("2026-05-01")},
	})
	w.archived = s.book(crm.Cooperation{Campaign: w.summer.ID, Influencer: w.other.ID, Profile: tiktok, Period: days("2026-07-01", "")})
	must(s.crm.Archive(ctx, s.ws, w.archived.At(), ""))(s)
	w.archived = s.cooperation(w.archived.ID)
	w.custom = s.book(crm.Cooperation{Campaign: w.summer.ID, Influencer: w.other.ID, Name: "Pam's reel"})
	return w
}

func TestMergeMovesCooperations(t *testing.T) {
	t.Parallel()
	w := newTwins(t)
	all := []crm.Cooperation{w.signed, w.cancelled, w.archived, w.custom}
	done := w.merge(w.pam.ID, w.other.ID)
	names := []string{"Summer - Pam - Instagram", "Summer - Pam - TikTok - 2026-07-01", "Summer - Pam - TikTok - 2026-07-01 (2)", "Pam's reel"}
	if done.Moved != len(all) || len(done.Cooperations) != len(all) {
		t.Fatalf("%d moved: %v", done.Moved, done.Cooperations)
	}
	tiktok, united := w.other.Profiles[1].ID, w.pam.Profiles[0].ID
	for n, before := range all {
		want := crm.MovedCooperation{ID: before.ID, Name: names[n], Was: before.Name}
		if diff := cmp.Diff(want, done.Cooperations[n]); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		after := w.cooperation(before.ID)
		before.Influencer, before.Name, before.Version = w.pam.ID, names[n], after.Version
		if before.Profile == tiktok {
			before.Profile = united
		}
		for f := range before.UTMOrigins {
			if before.UTMOrigins[f].Profile == tiktok {
				before.UTMOrigins[f].Profile = united
			}
		}
		if before.RulesOrigin.Profile == tiktok {
			before.RulesOrigin.Profile = united
		}
		if diff := cmp.Diff(before, after, values); diff != "" {
			t.Errorf("more than its influencer changed (-want +got):\n%s", diff)
		}
	}
	if got := w.cooperation(w.archived.ID); got.UTMOrigins[utm.Content].Profile != united || got.UTMOrigins[utm.Content].Kind != crm.Pending {
		t.Errorf("origin %v does not follow", got.UTMOrigins[utm.Content])
	}
	if got := w.cooperation(w.own.ID); got.Version != w.own.Version {
		t.Errorf("pam's own cooperation changed: %v", got)
	}
	if _, err := w.crm.Influencer(ctx, w.ws, w.other.ID); err == nil {
		t.Error("the other one is still there")
	}
	for _, c := range must(w.crm.HistoryOf(ctx, w.ws, w.lastUnit(), 0, 10))(t) {
		if c.Reason != `"Pam" and "Pamela" are one` {
			t.Errorf("reason %q", c.Reason)
		}
	}
}

// A name that is right stays, and a taken name goes to all cooperations.
func TestMergeNames(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	summer := s.campaign("Summer")
	a, b := s.influencer("Pam"), s.influencer("Pam")
	own := s.book(crm.Cooperation{Campaign: summer.ID, Influencer: a.ID})
	other := s.book(crm.Cooperation{Campaign: summer.ID, Influencer: b.ID})
	if s.merge(a.ID, b.ID); s.cooperation(other.ID).Name != "Summer - Pam (2)" {
		t.Errorf("named %q", s.cooperation(other.ID).Name)
	}
	c := s.influencer("Pamela")
	late := s.book(crm.Cooperation{Campaign: summer.ID, Influencer: c.ID})
	done := s.merge(a.ID, c.ID, "name")
	names := []string{s.cooperation(own.ID).Name, s.cooperation(other.ID).Name, s.cooperation(late.ID).Name}
	if diff := cmp.Diff([]string{"Summer - Pamela (2)", "Summer - Pamela (3)", "Summer - Pamela"}, names); diff != "" || done.Moved != 1 {
		t.Errorf("%d moved (-want +got):\n%s", done.Moved, diff)
	}
}

// The name that is taken is stored only after the cooperations have got theirs.
func TestMergeNamesAfterTheOther(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	summer := s.campaign("Summer")
	pam, emma := s.influencer("Pam"), s.influencer("Emma")
	own := s.book(crm.Cooperation{Campaign: summer.ID, Influencer: pam.ID})
	other := s.book(crm.Cooperation{Campaign: summer.ID, Influencer: emma.ID})
	s.merge(pam.ID, emma.ID, "name")
	names := []string{s.cooperation(own.ID).Name, s.cooperation(other.ID).Name}
	if diff := cmp.Diff([]string{"Summer - Emma (2)", "Summer - Emma"}, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Two who are one are in each other's way no more; a third one still is.
func TestMergeKeepsTheClaims(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	summer := s.campaign("Summer")
	a, b, third := s.influencer("Pam"), s.influencer("Pam"), s.influencer("Emma")
	for _, i := range []crm.Influencer{a, b} {
		s.load(crm.Cooperation{Campaign: summer.ID, Influencer: i.ID, Status: crm.Signed,
			Period: days("2026-06-01", ""), Rules: []discount.Rule{equals("SUN")}})
	}
	conflicts := func(w *crm.Work, i crm.Influencer) int {
		c := crm.Cooperation{Campaign: summer.ID, Influencer: i.ID, Period: days("2026-06-01", ""), Rules: []discount.Rule{equals("sun")}}
		return len(must(w.CreateCooperation(ctx, c))(t).Conflicts.List)
	}
	s.ok(s.work(func(w *crm.Work) error { // the index is read before the merge
		if n := conflicts(w, a); n != 1 {
			t.Errorf("%d conflicts before the merge", n)
		}
		_, err := w.MergeInfluencers(ctx, a.At(), b.At(), crm.MergeOptions{}, "")
		if n := conflicts(w, a); n != 0 {
			t.Errorf("%d conflicts with oneself", n)
		}
		if n := conflicts(w, third); n != 4 {
			t.Errorf("%d conflicts of a third", n)
		}
		return err
	}))
	s.ok(s.work(func(w *crm.Work) error { // and kept for the next unit
		if n := conflicts(w, third); n != 4 {
			t.Errorf("%d conflicts in the next unit", n)
		}
		return nil
	}))
}

func TestMergeTellsAHistory(t *testing.T) {
	t.Parallel()
	w := newTwins(t)
	names := map[crm.Ref]string{w.pam.Ref(): "Pam"}
	a, b := must(w.crm.Influencer(ctx, w.ws, w.pam.ID))(t), must(w.crm.Influencer(ctx, w.ws, w.other.ID))(t)
	must(w.crm.MergeInfluencers(ctx, w.ws, a.At(), b.At(), crm.MergeOptions{Take: []string{"profiles[0].rules"}}, "the same person"))(t)
	got := []string{}
	for _, c := range must(w.crm.HistoryOf(ctx, w.ws, w.lastUnit(), 0, 10))(t) {
		got = append(got,
			strings.TrimSuffix(strings.TrimPrefix(history.Describe(c, func(r crm.Ref) string { return names[r] }),
				"mira@shop.example "), " (reason: the same person)"))
	}
	want := []string{
		`changed the influencer to "Pam" and changed the name from "Summer - Pamela - Instagram" to "Summer - Pam - Instagram"`,
		`changed the influencer to "Pam", changed the name from "Summer - Pamela - TikTok" to "Summer - Pam - TikTok - 2026-07-01" and changed the profile`,
		`changed the influencer to "Pam", changed the name from "Summer - Pamela - TikTok - 2026-07-01" to "Summer - Pam - TikTok - 2026-07-01 (2)" and changed the profile`,
		`changed the influencer to "Pam"`,
		`deleted the influencer "Pamela"`,
		`changed the profile TikTok and added the profile Instagram @pam`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What two have together may be more than one may have. Then nothing is written, and the unit goes on.
func TestMergeOfTooMuch(t *testing.T) {
	t.Parallel()
	profiles := func(prefix string, n int) (all []crm.Profile) {
		for n := range n {
			all = append(all, crm.Profile{Platform: "x", Handle: fmt.Sprint(prefix, n)})
		}
		return all
	}
	tags := func(prefix string, n int) (all []string) {
		for n := range n {
			all = append(all, fmt.Sprint(prefix, n))
		}
		return all
	}
	fields := func(prefix string, n int) map[string]string {
		all := map[string]string{}
		for _, key := range tags(prefix, n) {
			all[key] = "x"
		}
		return all
	}
	for want, pair := range map[string][2]crm.Influencer{
		`influencer profiles "1001": the two have 1001 profiles together; at most 1000 are allowed, so remove some first`: {{Profiles: profiles("a",
			600)}, {Profiles: profiles("b", 401)}},
		`influencer tags "1001": the two have 1001 tags together; at most 1000 are allowed, so remove some first`: {{Tags: tags("a",
			999)}, {Tags: append(tags("b", 2), "A7")}},
		`influencer custom "201": the two have 201 custom fields together; at most 200 are allowed, so remove some first`: {{Custom: fields("a",
			200)}, {Custom: fields("b", 1)}},
		`influencer notes "20003": the two have 20003 characters of notes together; at most 20000 are allowed, so remove some first`: {
			{Notes: strings.Repeat("a", 20_000)}, {Notes: "b"},
		},
	} {
		s := newShop(t)
		pair[0].Name, pair[1].Name = "Pam", "Pam"
		into, from := must(s.crm.CreateInfluencer(ctx, s.ws, pair[0]))(t), must(s.crm.CreateInfluencer(ctx, s.ws, pair[1]))(t)
		s.book(crm.Cooperation{Campaign: s.campaign("Summer").ID, Influencer: from.ID})
		before := s.states()
		s.ok(s.work(func(u *crm.Work) error {
			if _, err := u.MergeInfluencers(ctx, into.At(), from.At(), crm.MergeOptions{}, ""); err == nil || err.Error() != want {
				t.Errorf("%v, not %s", err, want)
			}
			return nil
		}))
		if diff := cmp.Diff(before, s.states()); diff != "" {
			t.Errorf("(-before +after):\n%s", diff)
		}
	}
}

// BenchmarkMerge merges and drops it. The time for each cooperation stays the same, also where all
// have one code and the claims are in memory.
func BenchmarkMerge(b *testing.B) {
	for _, size := range benchSizes(b, 100, 1_000, 10_000) {
		s := newShop(b)
		summer, pam, other := s.campaign("Summer"), s.influencer("Pam"), s.influencer("Pamela")
		s.ok(s.work(func(w *crm.Work) error {
			for n := range size {
				_, err := w.ImportCooperation(ctx, crm.Cooperation{
					Campaign: summer.ID, Influencer: other.ID, Name: fmt.Sprint("Deal ", n), Status: crm.Signed,
					Period: days("2026-06-01", ""), Rules: []discount.Rule{equals("PAM10")},
				})
				if err != nil {
					return err
				}
			}
			_, err := w.CreateCooperation(ctx, crm.Cooperation{Campaign: summer.ID, Influencer: pam.ID,
				Period: days("2026-06-01", ""), Rules: []discount.Rule{equals("SUN")}})
			return err
		}))
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if done := must(s.crm.DryRun().MergeInfluencers(ctx, s.ws, pam.At(), other.At(), crm.MergeOptions{}, ""))(b); done.Moved != size {
					b.Fatalf("%d moved", done.Moved)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(size), "ns/cooperation")
		})
		s.merge(pam.ID, other.ID)
		unit := s.lastUnit()
		b.Run(fmt.Sprint("undo/", size), func(b *testing.B) {
			for b.Loop() {
				if done := must(s.crm.DryRun().UndoUnit(ctx, s.ws, unit, ""))(b); len(done.Restored) != size {
					b.Fatalf("%d restored, %d kept", len(done.Restored), len(done.Kept))
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(size), "ns/cooperation")
		})
	}
}
