package attribution_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/utm"
)

func TestCheckLinks(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{}, "A 06-01..06-30 utm:campaign=summer&term=pam", "B 06-01..06-30 utm:campaign=summer",
		"C draft 06-01..06-30 utm:term=tom",
		"D 06-01..06-30 utm:source=ig&campaign=winter&term=zoe")
	const shop = "https://shop.example/"
	for _, test := range []struct {
		link     string
		meant    byte
		want     string // text | decision | findings | fixes
		verdict  attribution.LinkVerdict
		repaired string
	}{
		{shop + "?utm_campaign=summer&utm_term=pam", 0, `credits "A" | A utm; B fewer_fields`, attribution.LinkCredits, ""},
		{shop + "?utm_campaign=summer&utm_term=pam", 'A', `credits "A" | A utm; B fewer_fields`, attribution.LinkCredits, ""},
		{shop + "?utm_campaign=summer&utm_term=pam", 'B', `credits "A", and is for "B" | A utm; B fewer_fields`, attribution.LinkOther, ""},
		{shop + "?utm_campaign=Summer&utm_term=emma&color=red#top", 0, `credits "B" | B utm`, attribution.LinkCredits, ""},
		{shop + "?utm_campaign=Summer&utm_term=emma", 'A',
			`credits "B", and is for "A" | B utm | fixes utm.term emma → pam`, attribution.LinkOther, ""},
		{shop + "?utm_campaign=sumer&utm_term=pam", 0,
			`credits nobody: all UTM fields of the link are those of the cooperation but one | nobody | ` +
				`A utm_field: utm.campaign sumer → summer; B utm_field: utm.campaign sumer → summer`, attribution.LinkNobody, ""},
		{shop + "?utm_campaign=autumn&utm_term=pam", 'A',
			`credits nobody: one UTM field of the link has another value than that of the cooperation | nobody | ` +
				`A utm_value: utm.campaign autumn → summer | fixes utm.campaign autumn → summer`, attribution.LinkNobody, ""},
		{shop + "?utm_source=ig&utm_campaign=winter", 0,
			`credits nobody: one UTM field of the link has another value than that of the cooperation | nobody | ` +
				`D utm_value: utm.term  → zoe`, attribution.LinkNobody, ""},
		{shop + "?utm_term=tom", 0,
			`credits nobody: the cooperation is not signed | nobody; C not_signed | C not_signed: status draft → signed`,
			attribution.LinkNobody, ""},
		{shop + "?utm_term=tom", 'C',
			`credits nobody: the cooperation is not signed | nobody; C not_signed | C not_signed: status draft → signed | fixes status draft → signed`,
			attribution.LinkNobody, ""},
		{shop + "?utm_campaign=autumn", 0,
			"credits nobody: no cooperation has its UTM fields, or all but one of them | nobody",
			attribution.LinkNobody, ""},
		{shop, 0, "credits nobody: it has no UTM parameters | nobody", attribution.LinkNobody, ""},
		{shop + "?utm_source=ig", 0,
			"credits nobody: it has none of utm_campaign, utm_term and utm_content, so it fits everybody's visits and credits nobody | nobody",
			attribution.LinkNobody, ""},

		{shop + "?UTM_Campaign=summer&utm_term=pam&utm_content=", 'A', `credits "A" | A utm; B fewer_fields`,
			attribution.LinkCredits, shop + "?utm_campaign=summer&utm_term=pam"},
		{shop + "?utm_campaign=summer&amp;utm_term=pam", 0,
			`is broken: utm_term "pam": stands behind &amp;, which is an & out of the source of a page or mail, so no shop finds it; write &; ` +
				`repaired, it credits "A" | B utm`, attribution.LinkBroken, shop + "?utm_campaign=summer&utm_term=pam"},
		{shop + "#reviews?utm_campaign=summer", 0,
			`is broken: utm_campaign "summer": stands behind a #, where no shop sees it; put the # and what follows it at the end; ` +
				`repaired, it credits "B" | nobody`, attribution.LinkBroken, shop + "?utm_campaign=summer#reviews"},
		{shop + "?utm_compaign=summer", 0,
			`is broken: utm_compaign "summer": is no UTM parameter, so its value is lost; write utm_campaign; repaired, it credits "B" | nobody`,
			attribution.LinkBroken, shop + "?utm_campaign=summer"},
		{shop + "?utm_compaign=sumer", 0,
			`credits nobody: all UTM fields of the link are those of the cooperation but one | nobody | B utm_field: utm.campaign sumer → summer`,
			attribution.LinkNobody, shop + "?utm_campaign=sumer"},
		{shop + "?utm_term=pam&utm_campaign=summer&utm_term=tom", 0,
			`is broken: utm_term "pam": stands there 2 times, of which the first one with a value counts, "pam"; keep one | A utm; B fewer_fields`,
			attribution.LinkBroken, ""},
		{shop + "?utm_term=pam&utm_campaign=summer&utm_term=pam", 0, `credits "A" | A utm; B fewer_fields`,
			attribution.LinkCredits, shop + "?utm_campaign=summer&utm_term=pam"},
		{shop + "?utm_campaign=summer&utm_term={influencer}", 0,
			`is broken: utm_term "{influencer}": the placeholder {influencer} was not filled in; write the value itself | B utm`,
			attribution.LinkBroken, ""},
		{"shop.example?utm_campaign=summer", 0,
			`is broken: it must begin with https:// or http://; repaired, it credits "B" | B utm`,
			attribution.LinkBroken, "https://shop.example?utm_campaign=summer"},
		{"utm_campaign=summer&utm_term=pam", 0,
			`is broken: it must begin with https:// or http:// | A utm; B fewer_fields`, attribution.LinkBroken, ""},
		{shop + strings.Repeat("x", utm.MaxLinkLen), 0,
			"is broken: 8213 bytes are too many; at most 8192 work everywhere | nobody", attribution.LinkBroken, ""},
	} {
		posted := attribution.PostedLink{Link: test.link}
		if test.meant != 0 {
			posted.For[15] = test.meant
		}
		l := must(x.CheckPosted(t.Context(), []attribution.PostedLink{posted}, date("06-10")))[0]
		got := l.Text.String() + " | " + outcome(l.Decision)
		if found := explained(l.Findings); found != "" {
			got += " | " + found
		}
		if len(l.Fixes) > 0 {
			got += " | fixes " + fixed(l.Fixes)
		}
		if diff := cmp.Diff([]string{test.want, string(test.verdict), test.repaired}, []string{got, string(l.Verdict), l.Repaired}); diff != "" {
			t.Errorf("%.80s (-want +got):\n%s", test.link, diff)
		}
	}
	l := must(x.CheckPosted(t.Context(), []attribution.PostedLink{{Link: shop + "?utm_campaign=summer"}}, date("07-01")))[0]
	if got := outcome(l.Decision); got != "nobody; B too_late 1" || l.Text.String() != "credits nobody: 1 day after the last day of the cooperation" {
		t.Errorf("a day later: %s, %s", got, l.Text)
	}
	if got := l.Text.In(language.German); got != "bringt niemandem Bestellungen: 1 Tag nach dem letzten Tag der Kooperation" {
		t.Errorf("in German: %s", got)
	}
}

func TestCheckLinksRefuses(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{}, "A 06-01..06-30 utm:campaign=summer")
	_, tooMany := x.CheckPosted(t.Context(), make([]attribution.PostedLink, attribution.MaxLinks+1), date("06-10"))
	_, noDay := x.CheckPosted(t.Context(), make([]attribution.PostedLink, 1), budget.Date{})
	for field, err := range map[string]error{"links": tooMany, "on": noDay} {
		if e := crm.FieldErrors(err); !errors.Is(err, crm.ErrInvalid) || len(e) != 1 || e[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if all := must(x.CheckLinks(t.Context(), []string{"https://shop.example/?utm_campaign=summer"}, date("06-10"))); len(all) != 1 || all[0].Verdict != attribution.LinkCredits || !all[0].For.IsZero() {
		t.Errorf("a link of which nothing is known: %v", all)
	}
	if _, err := x.CheckPosted(t.Context(), []attribution.PostedLink{{For: crm.CooperationID{15: 'X'}}}, date("06-10")); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("a cooperation that is not there: %v", err)
	}
	if all := must(x.CheckPosted(t.Context(), make([]attribution.PostedLink, attribution.MaxLinks), date("06-10"))); len(all) != attribution.MaxLinks || all[9_999].Verdict != attribution.LinkBroken {
		t.Errorf("the most that are allowed: %d", len(all))
	}
}

// What every fourth cooperation shares explains no link of nobody, and what two share explains it.
func TestNearestIsNotEverybody(t *testing.T) {
	t.Parallel()
	s := snapshot(crm.Workspace{}, nil)
	for n := range 40 {
		c := deal("A 06-01..06-30")
		c.ID[14], c.ID[15] = 1, byte(n)
		c.UTM = utm.Params{Source: utm.Of("ig"), Campaign: utm.Of(fmt.Sprintf("campaign-%d%[1]d%[1]d", n%4)),
			Term: utm.Of(fmt.Sprintf("person-%d-%d", n, n*n*7919))}
		if n < 2 {
			c.UTM.Campaign = utm.Of("a-few")
		}
		s.Cooperations = append(s.Cooperations, c)
	}
	x := must(attribution.NewIndex(s, nil))
	for link, want := range map[string]int{
		"https://shop.example/?utm_source=ig&utm_campaign=campaign-333&utm_term=somebody":        10,
		"https://shop.example/?utm_source=ig&utm_campaign=a-few&utm_term=somebody":               2,
		"https://shop.example/?utm_source=ig&utm_campaign=sale&utm_term=person-7-388031":         1,
		"https://shop.example/?utm_source=tt&utm_campaign=campaign-333&utm_term=person-7-388031": 1,
		"https://shop.example/?utm_source=tt&utm_campaign=campaign-333&utm_term=somebody":        0,
	} {
		l := must(x.CheckPosted(t.Context(), []attribution.PostedLink{{Link: link}}, date("06-10")))[0]
		if len(l.Findings) != want {
			t.Errorf("%s: %d findings, want %d: %s", link, len(l.Findings), want, explained(l.Findings))
		}
	}
	for n := range 3 { // now more than MaxFindings share the campaign
		c := s.Cooperations[3]
		c.ID[13], c.UTM.Term = byte(n+1), utm.Of(fmt.Sprintf("more-%d%[1]d%[1]d", n))
		s.Cooperations = append(s.Cooperations, c)
	}
	x = must(attribution.NewIndex(s, nil))
	if l := must(x.CheckPosted(t.Context(), []attribution.PostedLink{{Link: "https://shop.example/?utm_source=ig&utm_campaign=campaign-333&utm_term=somebody"}}, date("06-10")))[0]; len(l.Findings) != 0 {
		t.Errorf("all of a campaign: %s", explained(l.Findings))
	}
}

// Every finding of a link, applied, has the visits credited; and so have the fixes towards the cooperation that it is for.
func TestEveryFixOfALinkCredits(t *testing.T) {
	t.Parallel()
	sets := rapid.SampledFrom([]string{"campaign=summer&term=pam", "campaign=summer&term=pan", "campaign=sumer",
		"source=ig&campaign=summer&term=emma", "term=pam", "campaign=winter&term=PAM", "source=ig"})
	days := rapid.SampledFrom([]string{"06-01..06-30", "06-12..06-20", "05-01..05-31", "07-01..", ""})
	state := rapid.SampledFrom([]string{"", "", "draft", "cancelled", "archived:06-05"})
	explainedAny := false
	rapid.Check(t, func(t *rapid.T) {
		var deals []string
		for n := range rapid.IntRange(1, 5).Draw(t, "deals") {
			deals = append(deals, fmt.Sprintf("%c %s %s utm:%s", 'A'+n, state.Draw(t, "state"), days.Draw(t, "days"), sets.Draw(t, "utm")))
		}
		s, options := snapshot(crm.Workspace{}, deals), &attribution.Options{StrictUTM: rapid.Bool().Draw(t, "strict")}
		touch := params(sets.Draw(t, "touch"))
		posted := attribution.PostedLink{Link: must(utm.Build("https://shop.example/", touch)),
			For: rapid.SampledFrom(s.Cooperations).Draw(t, "for").ID}
		l := must(must(attribution.NewIndex(s, options)).CheckPosted(t.Context(), []attribution.PostedLink{posted}, date("06-10")))[0]
		fits := func(f attribution.Finding) bool {
			better, visit := mended(s, f, attribution.Order{At: at("06-10T12:00"), Touchpoints: []attribution.Touchpoint{{UTM: touch}}})
			d := must(must(attribution.NewIndex(better, options)).Decide(visit))
			return !d.Cooperation.IsZero() && slices.ContainsFunc(d.Candidates, func(c attribution.Candidate) bool {
				return c.Cooperation == f.Cooperation && !excluding[c.Lost]
			})
		}
		for _, f := range l.Findings {
			explainedAny = true
			if !fits(f) {
				t.Fatalf("%s: %s", posted.Link, explained([]attribution.Finding{f}))
			}
		}
		if len(l.Fixes) > 0 && !fits(attribution.Finding{Cooperation: l.For, Fixes: l.Fixes}) {
			t.Fatalf("%s: %s", posted.Link, fixed(l.Fixes))
		}
	})
	if !explainedAny {
		t.Error("no link was explained")
	}
}

func FuzzCheckLinks(f *testing.F) {
	for _, link := range []string{
		"https://shop.example/?utm_term=pam", "#utm_term=pam", "?utm_term=%zz&utm_term=pam#",
		"https://x/?a#b?utm_campaign=c", "shop.example?utm_tem=pam", "https://x/?utm_term=pom&amp;utm_source=a",
	} {
		f.Add(link)
	}
	x := index(f, crm.Workspace{}, "A 06-01..06-30 utm:term=pam", "B draft 06-01..06-30 utm:source=ig&term=tom")
	f.Fuzz(func(t *testing.T, link string) {
		l := must(x.CheckPosted(t.Context(), []attribution.PostedLink{{Link: link, For: crm.CooperationID{15: 'A'}}}, date("06-10")))[0]
		credited := !l.Decision.Cooperation.IsZero()
		if want := (utm.Params{Term: utm.Of("pam")}).Matches(l.UTM, false); credited != want {
			t.Fatalf("%q: %s", link, outcome(l.Decision))
		}
		if l.Text.IsZero() || l.Text.In(language.German) == l.Text.String() && l.Verdict != attribution.LinkCredits {
			t.Fatalf("%q: %q in German too", link, l.Text)
		}
		switch l.Verdict {
		case attribution.LinkCredits:
			if !credited {
				t.Fatalf("%q: %s", link, l.Text)
			}
		case attribution.LinkNobody:
			if credited {
				t.Fatalf("%q: %s", link, l.Text)
			}
		case attribution.LinkBroken:
			if len(l.Faults) == 0 {
				t.Fatalf("%q: broken by nothing", link)
			}
		default:
			t.Fatalf("%q: %s", link, l.Verdict)
		}
	})
}

// A link for a post, checked as it was posted.
func ExampleIndex_CheckPosted() {
	x := indexOf(crm.Workspace{}, []string{"A 06-01..06-30 utm:campaign=summer&term=pam"})
	pams := crm.CooperationID{15: 'A'}
	const page = "https://shop.example/sale?utm_term=tom"
	link, err := x.LinkOf(pams, page)
	if err != nil {
		panic(err)
	}
	fmt.Println(link)
	for _, fix := range attribution.Replaced(page, link) {
		fmt.Printf("%s: %s → %s\n", fix.Field, fix.From, fix.To)
	}
	checked, err := x.CheckPosted(context.Background(), []attribution.PostedLink{
		{Link: "https://shop.example/sale?utm_campaign=summer&utm_term=pam", For: pams},
		{Link: "https://shop.example/sale?utm_campaign=sumer&utm_term=pam", For: pams},
		{Link: "https://shop.example/sale?utm_campaign=summer&amp;utm_term=pam"},
	}, date("06-10"))
	if err != nil {
		panic(err)
	}
	for _, l := range checked {
		fmt.Println(l.Text)
		for _, fix := range l.Fixes {
			fmt.Printf("- %s: %s → %s\n", fix.Field, fix.From, fix.To)
		}
	}
	// Output:
	// https://shop.example/sale?utm_campaign=summer&utm_term=pam
	// utm.term: tom → pam
	// credits "A"
	// credits nobody: all UTM fields of the link are those of the cooperation but one
	// - utm.campaign: sumer → summer
	// is broken: utm_term "pam": stands behind &amp;, which is an & out of the source of a page or mail, so no shop finds it; write &; repaired, it credits "A"
}

// A link that credits nobody may be one of a cooperation of the other data source, which the index does not have.
func TestCheckLinksOfTheOtherSource(t *testing.T) {
	t.Parallel()
	other := index(t, crm.Workspace{}, "B 06-01..06-30 utm:campaign=summer&term=pam")
	active := snapshot(crm.Workspace{}, []string{"A 06-01..06-30 utm:campaign=summer&term=tom"})
	x := must(attribution.NewIndex(active, &attribution.Options{Other: other}))
	l := must(x.CheckLinks(t.Context(), []string{"https://shop.example/?utm_campaign=summer&utm_term=pam"}, date("06-10")))[0]
	want := "B other_source: source sheet → crm; A utm_value: utm.term pam → tom"
	if diff := cmp.Diff(want, explained(l.Findings)); diff != "" || l.Verdict != attribution.LinkNobody {
		t.Errorf("%s (-want +got):\n%s", l.Verdict, diff)
	}
}
