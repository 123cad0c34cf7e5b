package attribution_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/utm"
)

func TestLinkOf(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{}, "A 06-01..06-30 utm:campaign=summer&term=pam&content=&source=")
	for _, test := range []struct{ page, want, replaced string }{
		{"https://shop.example", "https://shop.example?utm_campaign=summer&utm_term=pam", ""},
		{" https://shop.example/ ", "https://shop.example/?utm_campaign=summer&utm_term=pam", ""},
		{"https://shop.example/sale/?", "https://shop.example/sale/?utm_campaign=summer&utm_term=pam", ""},
		{"https://shop.example/sale?color=red&size=M+L#top",
			"https://shop.example/sale?color=red&size=M+L&utm_campaign=summer&utm_term=pam#top", ""},
		{"https://shop.example/#/app?tab=2", "https://shop.example/?utm_campaign=summer&utm_term=pam#/app?tab=2", ""},
		{"https://müller.example:8443/straße", "https://müller.example:8443/straße?utm_campaign=summer&utm_term=pam", ""},
		{"https://shop.example/?utm_id=7&utm_team=shop", "https://shop.example/?utm_id=7&utm_team=shop&utm_campaign=summer&utm_term=pam", ""},
		{"https://shop.example/?utm_term=tom&UTM_Content=story&utm_campaign=summer&x=1",
			"https://shop.example/?x=1&utm_campaign=summer&utm_term=pam",
			"utm.term tom → pam, utm.content story →"},
	} {
		got, err := x.LinkOf(crm.CooperationID{15: 'A'}, test.page)
		replaced := fixed(attribution.Replaced(test.page, got))
		if err != nil || got != test.want || replaced != test.replaced {
			t.Errorf("%s\n got %s, %s, %v\nwant %s, %s", test.page, got, replaced, err, test.want, test.replaced)
		}
	}
}

// fixed are fixes as tests write them.
func fixed(fixes []attribution.Fix) string {
	var all []string
	for _, fix := range fixes {
		all = append(all, strings.TrimSpace(fmt.Sprintf("%s %s → %s", fix.Field, fix.From, fix.To)))
	}
	return strings.Join(all, ", ")
}

func TestLinkOfRefuses(t *testing.T) {
	t.Parallel()
	s := snapshot(crm.Workspace{}, []string{"A 06-01..06-30 utm:campaign=summer", "B 06-01..06-30 utm:source=ig",
		"C 06-01..06-30 utm:campaign=summer", "D utm:campaign={x}&term=a#b"})
	s.Cooperations[2].UTMOrigins[utm.Source] = crm.Provenance{Kind: crm.Pending, Template: "{platform}"}
	s.Cooperations[2].UTMOrigins[utm.Term] = crm.Provenance{Kind: crm.Pending, Template: "{handle}"}
	x := must(attribution.NewIndex(s, nil))
	const pending = "waits for what its placeholders stand for, so a link would lack it; complete the cooperation, or enter the field by hand"
	for _, test := range []struct {
		cooperation byte
		page        string
		want        []string // field, value and problem of each error
	}{
		{'A', "shop.example", []string{`page "shop.example": it must begin with https:// or http://`}},
		{'A', "", []string{`page "": it must begin with https:// or http://`}},
		{'A', "ftp://shop.example", []string{`page "ftp://shop.example": it must begin with https:// or http://`}},
		{'A', "https://", []string{`page "https://": "" is not the name of a website`}},
		{'A', "https://shop.example:99999", []string{`page "https://shop.example:99999": "shop.example:99999" is not the name of a website`}},
		{'A', "https://shop.example/a b",
			[]string{`page "https://shop.example/a b": a link holds no spaces, line breaks or control characters, this one has U+0020; write %20 for a space`}},
		{'A', "https://pam:secret@shop.example",
			[]string{`page "https://pam:secret@shop.example": it has a user name or a password in front of the @, which everybody would see; leave it out`}},
		{'A', "https://shop.example/#utm_term=tom",
			[]string{`page "https://shop.example/#utm_term=tom": utm_term "tom": stands behind a #, where no shop sees it; put the # and what follows it at the end`}},
		{'A', "https://shop.example/&utm_term=tom",
			[]string{`page "https://shop.example/&utm_term=tom": utm_term "tom": stands in a link without a ?, so it is a part of the address; write ? in front of the first parameter`}},
		{'A', "https://shop.example/" + strings.Repeat("x", utm.MaxLinkLen),
			[]string{`page "https://shop.example/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…": 8213 bytes are too many; at most 8192 work everywhere`}},
		{'B', "https://shop.example", []string{`utm "": a link needs one of utm_campaign, utm_term and utm_content; set one in the cooperation`}},
		{'C', "https://shop.example", []string{`utm.source "{platform}": ` + pending, `utm.term "{handle}": ` + pending}},
		{'D', "https://shop.example",
			[]string{`utm.campaign "{x}": the placeholder {x} was not filled in; write the value itself`,
				`utm.term "a#b": a # cuts off the rest of the link; leave it out`}},
	} {
		_, err := x.LinkOf(crm.CooperationID{15: test.cooperation}, test.page)
		var got []string
		for _, e := range crm.FieldErrors(err) {
			if !errors.Is(e, crm.ErrInvalid) || e.Record.Kind != crm.KindCooperation || e.Code() == "" {
				t.Errorf("%.80s: %#v", test.page, e)
			}
			got = append(got, fmt.Sprintf("%s %q: %s", e.Field, e.Value, e.Problem))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%c, %.80s: (-want +got):\n%s", test.cooperation, test.page, diff)
		}
	}
	_, nobody := x.LinkOf(crm.CooperationID{15: 'X'}, "https://shop.example")
	_, nobodys := x.LinkFixes(crm.CooperationID{15: 'X'}, "https://shop.example")
	if !errors.Is(nobody, crm.ErrNotFound) || !errors.Is(nobodys, crm.ErrNotFound) {
		t.Errorf("%v, %v", nobody, nobodys)
	}
	_, long := x.LinkFixes(crm.CooperationID{15: 'A'}, "https://shop.example/"+strings.Repeat("x", utm.MaxLinkLen))
	if e := crm.FieldErrors(long); !errors.Is(long, crm.ErrInvalid) || len(e) != 1 || e[0].Field != "link" {
		t.Errorf("%v", long)
	}
	_, german := x.LinkOf(crm.CooperationID{15: 'A'}, "https://shop.example/#utm_term=tom")
	if want := `Kooperation page „https://shop.example/#utm_term=tom“: utm_term „tom“: steht hinter einem #, wo kein Shop ihn sieht; das # mit dem, was ihm folgt, ans Ende setzen`; crm.Explain(german, language.German) != want {
		t.Errorf("%s", crm.Explain(german, language.German))
	}
}

// The difference of a pasted link to the record, with what was lost on its way found again.
func TestLinkFixes(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{}, "A 06-01..06-30 utm:campaign=Summer&term=pam&content=")
	for link, want := range map[string]string{
		"https://shop.example/?utm_campaign=summer+sale&utm_term=PAM":          "utm.campaign summer sale → Summer",
		"https://shop.example/?utm_campaign=summer&utm_term=PAM&utm_content=x": "",
		"https://shop.example/?utm_campaign=summer&amp;utm_term=pam":           "",
		"https://shop.example/?utm_campaign=summer#utm_term=pem":               "utm.term pem → pam",
		"https://shop.example/?utm_campaign=summer&utm_term=pam&utm_term=emma": "",
		"https://shop.example/?utm_compaign=sumer&utm_source=ig":               "utm.campaign sumer → Summer, utm.term  → pam",
		"https://shop.example":              "utm.campaign  → Summer, utm.term  → pam",
		"?utm_campaign=summer&utm_term=tom": "utm.term tom → pam",
	} {
		if got := fixed(must(x.LinkFixes(crm.CooperationID{15: 'A'}, link))); got != want {
			t.Errorf("%s: %q, want %q", link, got, want)
		}
	}
}

// pages are addresses of shops, among them some that no link can be made of.
func pages() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{
		"https://shop.example", "http://shop.example/", "https://shop.example/?q=1&utm_term=old#top",
		"https://müller.example:8443/straße/", "https://shop.example/a?b=c?d&e#/f?g=h",
		"https://shop.example/?utm_team=x&UTM_CONTENT=old", "https://shop.example/?next=%2Fsale%3Futm_term%3Dtom",
		"shop.example", "https://pam@shop.example", "https://shop.example/#utm_source=ig",
		"https://shop.example/?a=1&amp;utm_source=x", "https://shop.example/a b", "mailto:pam@shop.example", "",
	})
}

func linkValues() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"", "", " ", "summer", "Summer Sale", "pam&co", "50%", "ü", "a=b", "x?y", "%20", "utm_term=tom", "夏"})
}

// The link of any cooperation to any page credits the cooperation, or an error says why there is none.
func TestLinksCredit(t *testing.T) {
	t.Parallel()
	made := 0
	rapid.Check(t, func(t *rapid.T) {
		s := snapshot(crm.Workspace{}, nil)
		taken := map[string]bool{}
		for n := range rapid.IntRange(1, 4).Draw(t, "cooperations") {
			c := deal(string(rune('A'+n)) + " 06-01..06-30")
			for _, f := range utm.Fields() {
				if v := linkValues().Draw(t, "value"); v != "" {
					c.UTM = c.UTM.With(f, utm.Of(v))
				} else if rapid.IntRange(0, 9).Draw(t, "pending") == 0 {
					c.UTMOrigins[f] = crm.Provenance{Kind: crm.Pending, Template: "{handle}"}
				}
			}
			if key := utm.Key(c.UTM); !taken[key] { // whose link is whose could not be told
				taken[key] = true
				s.Cooperations = append(s.Cooperations, c)
			}
		}
		x := must(attribution.NewIndex(s, nil))
		c := rapid.SampledFrom(s.Cooperations).Draw(t, "cooperation")
		page := pages().Draw(t, "page")
		link, err := x.LinkOf(c.ID, page)
		if err != nil {
			fields := crm.FieldErrors(err)
			if !errors.Is(err, crm.ErrInvalid) || len(fields) == 0 || fields[0].Field == "" || fields[0].Code() == "" || link != "" {
				t.Fatalf("%s: %v", page, err)
			}
			return
		}
		made++
		l := must(x.CheckPosted(t.Context(), []attribution.PostedLink{{link, c.ID}}, date("06-10")))[0]
		if l.Verdict != attribution.LinkCredits || l.Decision.Cooperation != c.ID || l.Decision.Ambiguous || l.Text.IsZero() {
			t.Fatalf("%s: %s %s %v", link, l.Text, outcome(l.Decision), l.Faults)
		}
		if fixes := must(x.LinkFixes(c.ID, link)); len(fixes) != 0 {
			t.Fatalf("%s: %v", link, fixes)
		}
	})
	if made == 0 {
		t.Error("no link was made")
	}
}

// A link that is mended as LinkFixes says credits the cooperation.
func TestLinkFixesCredit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := deal("A 06-01..06-30")
		var wrong utm.Params
		for _, f := range utm.Fields() {
			if v := linkValues().Draw(t, "value"); v != "" {
				c.UTM = c.UTM.With(f, utm.Of(v))
			}
			if v := linkValues().Draw(t, "wrong value"); v != "" {
				wrong = wrong.With(f, utm.Of(v))
			}
		}
		if !c.UTM.Usable() {
			t.Skip("no set for a link")
		}
		s := snapshot(crm.Workspace{}, nil)
		s.Cooperations = []crm.Cooperation{c}
		x := must(attribution.NewIndex(s, &attribution.Options{StrictUTM: rapid.Bool().Draw(t, "strict")}))
		link := must(utm.Build("https://shop.example/", wrong))
		if repaired, certain := utm.Repair(link); certain { // leaves blank fields out
			wrong = must(utm.Parse(repaired))
		}
		for _, fix := range must(x.LinkFixes(c.ID, link)) {
			field := must(utm.ParseField(strings.TrimPrefix(fix.Field, "utm.")))
			if wrong.Get(field).String() != fix.From {
				t.Fatalf("%v of %s", fix, link)
			}
			wrong = wrong.With(field, utm.Of(fix.To))
		}
		mended := must(utm.Build("https://shop.example/", wrong))
		if l := must(x.CheckPosted(t.Context(), []attribution.PostedLink{{mended, c.ID}}, date("06-10")))[0]; l.Decision.Cooperation != c.ID {
			t.Fatalf("%s: %s", mended, l.Text)
		}
	})
}
