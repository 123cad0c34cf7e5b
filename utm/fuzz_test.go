package utm_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/getklar/influencercrm/utm"
)

func FuzzParse(f *testing.F) {
	for _, link := range []string{
		"", "?", "#", "utm_source", "https://shop.example/?utm_source=a&UTM_medium=%C3%A4+b&utm_term=#x",
		"utm_source=a?b&utm%5fterm=%zz%", "ref=https://x.example/?a=b&utm_content=%E4", "?utm_source=&utm_source=b",
	} {
		f.Add(link)
	}
	f.Fuzz(func(t *testing.T, link string) {
		p, err := utm.Parse(link)
		if err != nil {
			if len(strings.TrimSpace(link)) <= utm.MaxLinkLen || !p.IsZero() {
				t.Fatalf("got %+v, %v", p, err)
			}
			return
		}
		if p.Validate() != nil {
			return
		}
		// What was read can be put on another link and read again.
		built, err := utm.Build("https://shop.example/", p)
		if err != nil {
			return // too long once it is escaped
		}
		if again := mustParse(t, built); again != p {
			t.Fatalf("%q was %+v, became %+v", link, p, again)
		}
	})
}

func FuzzBuild(f *testing.F) {
	f.Add("https://shop.example/?a=1&utm_source=old#top", "insta", "influencer", "summer sale", "-", "")
	f.Add("http://müller.example:80/%zz?&&=&UTM%5Fterm", "-", "-", "-", "-", "-")
	f.Add("https://x/?&UTM%5Fterm", "-", "-", "-", "-", "-")
	f.Add("https://[::1]?", "a&b", "%20", "100%", "夏", "+")
	f.Add("https://x?utm_source", "#", "{campaign}", "\n", "\xff", "}")
	f.Fuzz(func(t *testing.T, link, source, medium, campaign, term, content string) {
		p := set(source, medium, campaign, term, content)
		built, err := utm.Build(link, p)
		if err != nil {
			if built != "" {
				t.Fatalf("got %q beside the error %v", built, err)
			}
			return
		}
		if p.Validate() != nil {
			t.Fatal("bad fields were put on a link")
		}
		if got := mustParse(t, built); got != p {
			t.Fatalf("%q reads as %+v", built, got)
		}
		if again := mustBuild(t, built, p); again != built {
			t.Fatalf("building again gives %q", again)
		}
		if got, want := withoutUTM(built), withoutUTM(strings.TrimSpace(link)); got != want {
			t.Fatalf("the rest of the link became %q, was %q", got, want)
		}
	})
}

func FuzzTemplate(f *testing.F) {
	for _, text := range []string{"{campaign}", "{influencer}-{month}", "{handle}{platform}", "{foo}", "{{month}}", "}{", "x", "", "#", "\xff"} {
		f.Add(text, "Summer Sale 2026")
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		given := utm.Params{Campaign: utm.Of(text)}
		template, err := utm.ParseTemplate(given)
		if err != nil {
			if !template.IsZero() || given.Validate() == nil {
				t.Fatalf("%q: got %+v beside %v", text, template, err)
			}
			return
		}
		for _, vars := range []utm.Vars{{}, {Campaign: name}, {name, name, name, name, name}} {
			p, pending := template.Expand(vars)
			if err := p.Validate(); err != nil {
				t.Fatalf("%q expands to a bad value: %v", text, err)
			}
			if p.Campaign.IsSet() == (len(pending) == 1) {
				t.Fatalf("%q gives %+v, pending %v", text, p, pending)
			}
			if !utm.HasPlaceholder(text) && p != given {
				t.Fatalf("%q changed to %+v", text, p)
			}
		}
	})
}

func FuzzSlug(f *testing.F) {
	for _, name := range []string{"", "Summer Sale 2026", "Jörg Weiß", "a\u0308", "夏 Sale", "Летняя ь", "ﬁ™½", "\xff", "한국어", "हिन्दी", "'x'"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) { checkSlug(t, name) })
}

func FuzzKey(f *testing.F) {
	f.Add("summer sale", "Summer%20Sale")
	f.Add("%E4", "\xe4")
	f.Add("ﬁ", "%EF%AC%81")
	f.Fuzz(func(t *testing.T, a, b string) {
		p, q := utm.Params{Term: utm.Of(a)}, utm.Params{Term: utm.Of(b)}
		bothWays := p.Matches(q, false) && q.Matches(p, false)
		if (utm.Key(p) == utm.Key(q)) != bothWays {
			t.Fatalf("keys %q, %q; matches both ways: %v", utm.Key(p), utm.Key(q), bothWays)
		}
		if !utf8.ValidString(utm.Key(p)) {
			t.Fatalf("the key %q is not text", utm.Key(p))
		}
	})
}
