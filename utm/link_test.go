package utm_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/utm"
)

func TestParse(t *testing.T) {
	t.Parallel()
	none := utm.Params{}
	source := func(s string) utm.Params { return utm.Params{Source: utm.Of(s)} }
	tests := []struct {
		link string
		want utm.Params
	}{
		{"", none},
		{"hello world", none},
		{"https://shop.example/path", none},
		{"https://shop.example/?utm_source=a&utm_medium=b&utm_campaign=c&utm_term=d&utm_content=e", set("a", "b", "c", "d", "e")},
		{" https://shop.example?x=1&utm_source=a \n", source("a")},
		{"?utm_source=a", source("a")},
		{"utm_source=a&x", source("a")},
		{"shop.example/p?utm_source=a", source("a")},
		{"/p?utm_source=a", source("a")},

		// names
		{"?UTM_Source=a", source("a")},
		{"?utm%5fsource=a", source("a")},
		{"?utm_%C5%BFource=a", none},
		{"?utm_sources=a&autm_source=b&amp;utm_source=c&utm_id=d", none},

		// more than once
		{"?utm_source=a&utm_source=b", source("a")},
		{"?utm_source=&utm_source=b&utm_source=c", source("b")},
		{"?utm_source=&utm_source", source("")},

		// values
		{"?utm_source", source("")},
		{"?utm_source=", source("")},
		{"?utm_source=a+b%20c%2Bd", source("a b c+d")},
		{"?utm_source=%C3%A4%F0%9f%98%80", source("ä😀")},
		{"?utm_source=100%&utm_medium=%zz%4&utm_term=%%41", set("100%", "%zz%4", "-", "%A", "-")},
		{"?utm_source=%E4", source("\xe4")},
		{"?utm_source=a=b?c/d", source("a=b?c/d")},
		{"?utm_source=a;utm_medium=b", source("a;utm_medium=b")},
		{"?utm_source= a ", source(" a")},

		// where the query is
		{"https://shop.example/#?utm_source=a", none},
		{"https://shop.example/?utm_source=a#&utm_medium=b", source("a")},
		{"https://shop.example/utm_source=a", none},
		{"https://shop.example/a=b&utm_source=a", none},
		{"/app?utm_source=a", source("a")}, // the part after a #, as the documentation suggests
		{"ref=https://blog.example/?p=1&utm_source=a", source("a")},
		{"utm_source=a?b", source("a?b")},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, mustParse(t, tt.link)); diff != "" {
			t.Errorf("%q: %s", tt.link, diff)
		}
	}
}

func TestParseIsBounded(t *testing.T) {
	t.Parallel()
	fits := "?utm_source=" + strings.Repeat("x", utm.MaxLinkLen-len("?utm_source="))
	mustParse(t, fits)
	if _, err := utm.Parse(fits + "x"); !errors.Is(err, utm.ErrLink) || !errors.Is(err, utm.ErrInvalid) {
		t.Errorf("got %v, want ErrLink", err)
	}
}

func TestBuild(t *testing.T) {
	t.Parallel()
	p := set("insta", "-", "summer sale", "", "-")
	const q = "utm_source=insta&utm_campaign=summer%20sale&utm_term="
	tests := []struct {
		link string
		p    utm.Params
		want string
	}{
		{"https://shop.example", p, "https://shop.example?" + q},
		{" HTTP://Shop.example:8080/ ", p, "HTTP://Shop.example:8080/?" + q},
		{"https://shop.example/#top", p, "https://shop.example/?" + q + "#top"},
		{"https://shop.example/?", p, "https://shop.example/?" + q},
		{"https://shop.example/?b=2&a=1&b=%zz", p, "https://shop.example/?b=2&a=1&b=%zz&" + q},
		{"https://shop.example/?a=ä+ö[]|{x}&&=&", p, "https://shop.example/?a=ä+ö[]|{x}&&=&&" + q},
		{"https://shop.example/?utm_medium=old&a=1&UTM_CONTENT=old&utm%5Fterm", p, "https://shop.example/?a=1&" + q},
		{"https://shop.example/?utm_id=7#/?utm_source=x", p, "https://shop.example/?utm_id=7&" + q + "#/?utm_source=x"},
		{"https://shop.example/?a=1?b#c#d", p, "https://shop.example/?a=1?b&" + q + "#c#d"},
		{"https://shop.example:8443/100%", p, "https://shop.example:8443/100%?" + q},
		{"https://müller.example/straße", p, "https://müller.example/straße?" + q},

		{"https://shop.example/?utm_source=a#x", utm.Params{}, "https://shop.example/#x"},
		{"https://shop.example/?utm_source=a&b", utm.Params{}, "https://shop.example/?b"},
		{"https://shop.example/?#x", utm.Params{}, "https://shop.example/?#x"},

		{"https://shop.example", set("a&b=c+d?e/f%20g", "-", "-", "-", "ä~"),
			"https://shop.example?utm_source=a%26b%3Dc%2Bd%3Fe%2Ff%2520g&utm_content=%C3%A4~"},
	}
	for _, tt := range tests {
		if got := mustBuild(t, tt.link, tt.p); got != tt.want {
			t.Errorf("%q\n got %s\nwant %s", tt.link, got, tt.want)
		}
	}
}

func TestBuildRefusesBadInput(t *testing.T) {
	t.Parallel()
	tests := []struct {
		link, want string
	}{
		{"", `invalid link "": it must begin with https:// or http://`},
		{"shop.example", `invalid link "shop.example": it must begin with https:// or http://`},
		{"ftp://shop.example", `invalid link "ftp://shop.example": it must begin with https:// or http://`},
		{"javascript://x", `invalid link "javascript://x": it must begin with https:// or http://`},
		{"https:///path", `invalid link "https:///path": "" is not the name of a website`},
		{"https://:80", `invalid link "https://:80": ":80" is not the name of a website`},
		{"https://shop.example:port/", `invalid link "https://shop.example:port/": "shop.example:port" is not the name of a website`},
		{"https://shop.example:65536/", `invalid link "https://shop.example:65536/": "shop.example:65536" is not the name of a website`},
		{"https://shop.example:0/", `invalid link "https://shop.example:0/": "shop.example:0" is not the name of a website`},
		{"https://pam:secret@shop.example/",
			`invalid link "shop.example": it has a user name or a password in front of the @, which everybody would see; leave it out`},
		{"https://pam@shop.example",
			`invalid link "shop.example": it has a user name or a password in front of the @, which everybody would see; leave it out`},
		{`https://a.example\@b.example`, `invalid link "https://a.example\\@b.example": "a.example\\@b.example" is not the name of a website`},
		{"https://shop.example/a b",
			`invalid link "https://shop.example/a b": a link holds no spaces, line breaks or control characters, this one has U+0020; write %20 for a space`},
		{"https://shop.example/\x00",
			`invalid link "https://shop.example/\x00": a link holds no spaces, line breaks or control characters, this one has U+0000; write %20 for a space`},
		{"https://shop.example/\xff", `invalid link "https://shop.example/\xff": the text is damaged (not UTF-8); copy it again`},
	}
	for _, tt := range tests {
		got, err := utm.Build(tt.link, utm.Params{})
		if err == nil || err.Error() != tt.want || got != "" {
			t.Errorf("%q\n got %q, %v\nwant %s", tt.link, got, err, tt.want)
		}
		if !errors.Is(err, utm.ErrLink) || !errors.Is(err, utm.ErrInvalid) {
			t.Errorf("%q: not an ErrLink", tt.link)
		}
	}

	_, err := utm.Build("https://shop.example", set("a#b", "-", "{campaign}", "-", "-"))
	if !errors.Is(err, utm.ErrInvalid) || errors.Is(err, utm.ErrLink) || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("bad fields give %v", err)
	}
}

func TestBuildIsBounded(t *testing.T) {
	t.Parallel()
	const start = "https://shop.example/"
	longest := start + strings.Repeat("x", utm.MaxLinkLen-len(start))
	if got := mustBuild(t, longest, utm.Params{}); got != longest {
		t.Error("the longest link was changed")
	}
	for _, link := range []string{longest + "x", longest} {
		if _, err := utm.Build(link, set("a", "-", "-", "-", "-")); !errors.Is(err, utm.ErrLink) {
			t.Errorf("got %v, want ErrLink", err)
		}
	}
}

func TestBuildAndParseAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		link, p := anyLink().Draw(t, "link"), anyParams().Draw(t, "p")
		built := mustBuild(t, link, p)
		if got := mustParse(t, built); got != p {
			t.Fatalf("%s reads as %+v", built, got)
		}
		if again := mustBuild(t, built, p); again != built {
			t.Fatalf("building again gives %s", again)
		}
		if got, want := withoutUTM(built), withoutUTM(link); got != want {
			t.Fatalf("the rest of the link became %s, was %s", got, want)
		}
		detour := mustBuild(t, mustBuild(t, link, anyParams().Draw(t, "other")), p)
		if withoutUTM(detour) != withoutUTM(built) || mustParse(t, detour) != p {
			t.Fatalf("replacing other fields gives %s instead of %s", detour, built)
		}
	})
}
