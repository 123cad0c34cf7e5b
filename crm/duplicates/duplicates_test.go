package duplicates_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/duplicates"
	"github.com/getklar/influencercrm/storage/memory"
)

// tester is what *testing.T, *testing.B and *rapid.T have in common.
type tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

// shop is a workspace in a store of its own.
type shop struct {
	tester
	crm *crm.Service
	ws  crm.WorkspaceID
}

var ctx = context.Background()

func newShop(t tester) *shop {
	t.Helper()
	store := memory.New(nil)
	w := must(crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Shop", Currency: "EUR"}))(t)
	return &shop{tester: t, crm: crm.New(store, nil), ws: w.ID}
}

// must returns v, or ends the test with err.
func must[T any](v T, err error) func(tester) T {
	return func(t tester) T {
		t.Helper()
		if err != nil {
			t.Fatalf("%v", err)
		}
		return v
	}
}

func (s *shop) ok(err error) {
	s.Helper()
	if err != nil {
		s.Fatalf("%v", err)
	}
}

func (s *shop) influencer(name string) crm.Influencer {
	s.Helper()
	return must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: name}))(s)
}

func (s *shop) find(o duplicates.Options) (found []duplicates.Pair, err error) {
	err = s.crm.View(ctx, s.ws, func(ctx context.Context, r crm.Reader) error {
		found, err = duplicates.Find(ctx, r, o)
		return err
	})
	return found, err
}

func (s *shop) duplicates(o duplicates.Options) []duplicates.Pair {
	s.Helper()
	return must(s.find(o))(s)
}

// told shows duplicates as "90 A ~ B" and their reasons.
func told(found []duplicates.Pair) [][]string {
	all := [][]string{}
	for _, d := range found {
		lines := []string{fmt.Sprintf("%d %s ~ %s", d.Score, d.A.Name, d.B.Name)}
		for _, r := range d.Reasons {
			lines = append(lines, fmt.Sprintf("%+d %s", r.Points, r))
		}
		all = append(all, lines)
	}
	return all
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	profile := func(platform, handle, link string) crm.Profile {
		return crm.Profile{Platform: platform, Handle: handle, Link: link}
	}
	person := func(name string, profiles ...crm.Profile) crm.Influencer {
		return crm.Influencer{Name: name, Profiles: profiles}
	}
	for name, test := range map[string]struct {
		people []crm.Influencer
		want   [][]string
	}{
		"nothing shared": {people: []crm.Influencer{person("Pam", profile("x", "pam", "")), person("Emma", profile("x", "emma", ""))}},
		"nothing to share": {people: []crm.Influencer{
			{Name: "A", Profiles: []crm.Profile{{Platform: "x"}}}, {Name: "B", Profiles: []crm.Profile{{Platform: "x"}}},
		}},
		"the same handle elsewhere": {
			people: []crm.Influencer{person("Pam", profile("instagram", "Pam.Style", "")), person("P. Miller", profile("tiktok", "pam.style", ""))},
			want:   [][]string{{"60 Pam ~ P. Miller", "+60 the same handle: pam.style"}},
		},
		"a handle but for its separators": {
			people: []crm.Influencer{person("Pam", profile("instagram", "pam.style", "")),
				person("P. Miller", profile("instagram", "pam_style-", ""))},
			want: [][]string{{"45 Pam ~ P. Miller", "+45 similar handles: pamstyle"}},
		},
		"separators alone are a handle": {
			people: []crm.Influencer{person("Pam", profile("instagram", "___", "")), person("Bo", profile("tiktok", "...", ""))},
		},
		"the same account, once by its link": {
			people: []crm.Influencer{person("Pam", profile("instagram", "pam", "")),
				person("P. Miller", profile("instagram", "", "https://www.instagram.com/pam/"))},
			want: [][]string{{"95 Pam ~ P. Miller", "+95 the same account: @pam on Instagram"}},
		},
		"the same link": {
			people: []crm.Influencer{person("Pam", profile("blog", "", "https://www.Pam.example/Me/?ref=1")),
				person("P. Miller", profile("website", "", "http://pam.example/me"))},
			want: [][]string{{"85 Pam ~ P. Miller", "+85 the same link: pam.example/me"}},
		},
		"email and phone": {
			people: []crm.Influencer{
				{Name: "Pam", Email: "Pam@mail.example", Phone: "+49 170 1234567"},
				{Name: "P. Miller", Email: "pam@MAIL.example", Phone: "+49 (170) 1234567"},
			},
			want: [][]string{{"94 Pam ~ P. Miller", "+75 the same phone number: +491701234567", "+75 the same email address: pam@mail.example"}},
		},
		"names": {
			people: []crm.Influencer{person("Anna Müller"), person("anna  MÜLLER"), person("Mueller, Anna"),
				person("Muller Anna"), person("Anna Maria Müller")},
			want: [][]string{
				{"40 Anna Müller ~ anna  MÜLLER", "+40 the same name: anna müller"},
				{"25 Anna Müller ~ Mueller, Anna", "+25 similar names: anna mueller"},
				{"25 Anna Müller ~ Muller Anna", "+25 similar names: anna muller"},
				{"25 anna  MÜLLER ~ Mueller, Anna", "+25 similar names: anna mueller"},
				{"25 anna  MÜLLER ~ Muller Anna", "+25 similar names: anna muller"},
			},
		},
		"a name without letters": {people: []crm.Influencer{person("🌸"), person("🌸🌸"), person("🌸")},
			want: [][]string{{"40 🌸 ~ 🌸", "+40 the same name: 🌸"}}},
		"a name alone, with other handles, is another person": {
			people: []crm.Influencer{person("Pam", profile("instagram", "pam.one", ""), profile("x", "pp", "")),
				person("Pam", profile("instagram", "pam.two", ""))},
		},
		"a name, with handles on other platforms": {
			people: []crm.Influencer{person("Pam", profile("instagram", "pam.one", "")),
				person("Pam", profile("x", "pam.two", ""), profile("instagram", "", ""))},
			want: [][]string{{"40 Pam ~ Pam", "+40 the same name: pam"}},
		},
		"other handles speak against it": {
			people: []crm.Influencer{
				{Name: "Pam", Email: "pam@mail.example", Profiles: []crm.Profile{profile("instagram", "pam", "")}},
				{Name: "Pam", Email: "pam@mail.example", Profiles: []crm.Profile{profile("instagram", "pam.private", "")}},
			},
			want: [][]string{{"65 Pam ~ Pam", "+75 the same email address: pam@mail.example", "+40 the same name: pam",
				"-20 different handles: @pam and @pam.private on Instagram"}},
		},
		"one of two accounts is enough": {
			people: []crm.Influencer{
				person("Pam", profile("instagram", "a", ""), profile("instagram", "pam.b", "")),
				person("Pam", profile("instagram", "c", ""), profile("instagram", "pam-b", "")),
			},
			want: [][]string{{"67 Pam ~ Pam", "+45 similar handles: pamb", "+40 the same name: pam"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			for _, i := range test.people {
				must(s.crm.CreateInfluencer(ctx, s.ws, i))(t)
			}
			if diff := cmp.Diff(append([][]string{}, test.want...), told(s.duplicates(duplicates.Options{}))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What too many share says nothing, and the rest of what they are still counts.
func TestDuplicatesOfWhatManyShare(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	for n := range duplicates.MaxSharing {
		must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: fmt.Sprint("Person ", n), Email: "agency@mail.example"}))(t)
	}
	pairs := duplicates.MaxSharing * (duplicates.MaxSharing - 1) / 2
	if found := s.duplicates(duplicates.Options{}); len(found) != pairs {
		t.Errorf("%d of %d pairs", len(found), pairs)
	}
	must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Person 3", Email: "agency@mail.example"}))(t)
	want := [][]string{{"40 Person 3 ~ Person 3", "+40 the same name: person 3"}}
	if diff := cmp.Diff(want, told(s.duplicates(duplicates.Options{}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDuplicateOptions(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	pam := must(s.crm.CreateInfluencer(ctx, s.ws,
		crm.Influencer{Name: "Pam", Profiles: []crm.Profile{{Platform: "instagram", Handle: "pam"}}}))(t)
	before := must(s.crm.Changes(ctx, s.ws, 0, crm.MaxPageSize))(t)
	s.influencer("Emma")
	s.influencer("emma")
	old := s.influencer("PAM")
	must(s.crm.Archive(ctx, s.ws, old.At(), ""))(s)
	emmas := []string{"40 Emma ~ emma", "+40 the same name: emma"}
	form := crm.Influencer{Name: " pam", Email: "pam@",
		Profiles: []crm.Profile{{Platform: "IG", Handle: "https://instagram.com/Pam"}, {Platform: "", Handle: "a b"}}}
	for name, test := range map[string]struct {
		options duplicates.Options
		want    [][]string
	}{
		"the archived ones are left out": {duplicates.Options{}, [][]string{emmas}},
		"unless they are asked for": {duplicates.Options{Archive: crm.ActiveOrNot},
			[][]string{{"40 Pam ~ PAM", "+40 the same name: pam"}, emmas}},
		"the best": {duplicates.Options{Archive: crm.ActiveOrNot, Limit: 1},
			[][]string{{"40 Pam ~ PAM", "+40 the same name: pam"}}},
		"of one": {duplicates.Options{Archive: crm.ActiveOrNot, Of: &pam},
			[][]string{{"40 Pam ~ PAM", "+40 the same name: pam"}}},
		"of the later one": {duplicates.Options{Of: &old}, [][]string{{"40 PAM ~ Pam", "+40 the same name: pam"}}},
		"of one that is not saved": {duplicates.Options{Of: &form}, [][]string{
			{"97 pam ~ Pam", "+95 the same account: @pam on Instagram", "+40 the same name: pam"},
		}},
		"of nobody like that": {duplicates.Options{Of: &crm.Influencer{Name: "Zoe"}}, [][]string{}},
	} {
		if diff := cmp.Diff(test.want, told(s.duplicates(test.options))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if form.Name != " pam" || form.Profiles[0].Platform != "IG" {
		t.Errorf("the form was changed: %v", form)
	}
	s.ok(s.crm.AsOf(ctx, s.ws, before[len(before)-1].Seq, func(ctx context.Context, past crm.Reader) error {
		found, err := duplicates.Find(ctx, past, duplicates.Options{Archive: crm.ActiveOrNot})
		if len(found) != 0 {
			t.Errorf("in the past: %v", told(found))
		}
		return err
	}))
	for want, o := range map[string]duplicates.Options{
		`limit "1001": must be between 1 and 1000`: {Limit: 1_001},
		`limit "-1": must be between 1 and 1000`:   {Limit: -1},
		`influencer archive "some": selects nothing; use archived or all, or leave it out for what is not archived`: {Archive: "some"},
		`influencer profiles "1001": an influencer has at most 1000 profiles`: {Of: &crm.Influencer{Name: "Pam",
			Profiles: make([]crm.Profile, 1_001)}},
	} {
		_, err := s.find(o)
		if !errors.Is(err, crm.ErrInvalid) || err.Error() != want {
			t.Errorf("%v, not %s", err, want)
		}
	}
}

// The pairs of all are those of each, every pair once, in a total order.
func TestDuplicatesOfAllAndOfEach(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(t)
		people := []crm.Influencer{}
		s.ok(s.crm.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
			for n := range rapid.IntRange(0, 12).Draw(t, "people") {
				i := crm.Influencer{
					Name:  rapid.SampledFrom([]string{"Pam", "PAM", "Pam Lee", "Lee, Pam", "Zoë", "Zoe"}).Draw(t, "name"),
					Email: rapid.SampledFrom([]string{"", "", "a@mail.example", "B@mail.example"}).Draw(t, "email"),
				}
				for range rapid.IntRange(0, 2).Draw(t, "profiles") {
					i.Profiles = append(i.Profiles, crm.Profile{
						Platform: rapid.SampledFrom([]string{"instagram", "tiktok", fmt.Sprint("p", n)}).Draw(t, "platform"),
						Handle:   rapid.SampledFrom([]string{"", "pam", "p.am", "zoe", fmt.Sprint("h", n)}).Draw(t, "handle"),
						Link:     rapid.SampledFrom([]string{"", "https://pam.example", "http://www.pam.example/"}).Draw(t, "link"),
					})
				}
				if i, err := w.CreateInfluencer(ctx, i); err == nil {
					people = append(people, i)
				}
			}
			return nil
		}))
		all := s.duplicates(duplicates.Options{Limit: crm.MaxPageSize})
		if diff := cmp.Diff(all, s.duplicates(duplicates.Options{Limit: crm.MaxPageSize})); diff != "" {
			t.Fatalf("not the same twice:\n%s", diff)
		}
		type pair [2]crm.InfluencerID
		of := map[pair]duplicates.Pair{}
		for n, d := range all {
			if d.A.ID.Compare(d.B.ID) >= 0 || d.Score < 1 || d.Score > 100 || len(d.Reasons) == 0 || n > 0 && all[n-1].Score < d.Score {
				t.Fatalf("%d: %+v", n, d)
			}
			of[pair{d.A.ID, d.B.ID}] = d
		}
		if len(of) != len(all) {
			t.Fatalf("%d pairs in %d", len(of), len(all))
		}
		seen := 0
		for _, i := range people {
			for _, d := range s.duplicates(duplicates.Options{Of: &i, Limit: crm.MaxPageSize}) {
				if d.A.ID != i.ID {
					t.Fatalf("%v of %v", d, i.ID)
				}
				same, ok := of[pair{d.A.ID, d.B.ID}]
				if !ok {
					same, ok = of[pair{d.B.ID, d.A.ID}]
				}
				if seen++; !ok || same.Score != d.Score {
					t.Fatalf("%+v of one, %+v of all", d, same)
				}
			}
		}
		if seen != 2*len(all) {
			t.Fatalf("%d of each, %d of all", seen, len(all))
		}
	})
}

// BenchmarkDuplicates looks for duplicates among influencers of whom every tenth is there twice and
// all share a category, a hundred an agency's email. The time for each influencer stays the same.
func BenchmarkDuplicates(b *testing.B) {
	for _, size := range []int{1_000, 10_000} {
		s := newShop(b)
		s.ok(s.crm.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
			for n := range size {
				person := n - n%10/9 // the last of ten is the one before
				i := crm.Influencer{Name: fmt.Sprint("Person ", person), Category: "Beauty", Email: fmt.Sprintf("agency%d@mail.example", n/100)}
				i.Profiles = []crm.Profile{{Platform: []string{"instagram", "tiktok"}[n%10/9], Handle: fmt.Sprint("person", person)}}
				if _, err := w.CreateInfluencer(ctx, i); err != nil {
					return err
				}
			}
			return nil
		}))
		for name, options := range map[string]duplicates.Options{"all": {}, "of one": {Of: &crm.Influencer{Name: "Person 8"}}} {
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if len(s.duplicates(options)) == 0 {
						b.Fatal("no duplicates")
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(size), "ns/influencer")
			})
		}
	}
}

// Every kind of reason is said in both languages, and has the code of its kind.
func TestReasonInGerman(t *testing.T) {
	t.Parallel()
	want := map[duplicates.Kind]string{
		duplicates.SameAccount: "dasselbe Konto: x", duplicates.SameLink: "derselbe Link: x",
		duplicates.SamePhone: "dieselbe Telefonnummer: x", duplicates.SameEmail: "dieselbe E-Mail-Adresse: x",
		duplicates.SameHandle: "derselbe Handle: x", duplicates.SimilarHandle: "ähnliche Handles: x",
		duplicates.SameName: "derselbe Name: x", duplicates.SimilarName: "ähnliche Namen: x",
		duplicates.OtherHandle: "verschiedene Handles: x",
	}
	for kind, said := range want {
		r := duplicates.Reason{Kind: kind, Value: "x"}
		if got := r.In(language.German); got != said || r.Sentence().Code() != string(kind) {
			t.Errorf("%s is said as %q with the code %q, want %q", kind, got, r.Sentence().Code(), said)
		}
	}
}
