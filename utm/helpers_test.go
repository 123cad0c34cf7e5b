package utm_test

import (
	"strings"
	"unicode"

	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/utm"
)

// set makes Params of field texts; "-" leaves a field unset.
func set(source, medium, campaign, term, content string) utm.Params {
	var p utm.Params
	for i, text := range []string{source, medium, campaign, term, content} {
		if text != "-" {
			p = p.With(utm.Field(i), utm.Of(text))
		}
	}
	return p
}

func mustBuild(t rapid.TB, link string, p utm.Params) string {
	t.Helper()
	built, err := utm.Build(link, p)
	if err != nil {
		t.Fatalf("Build(%q, %+v): %v", link, p, err)
	}
	return built
}

func mustParse(t rapid.TB, link string) utm.Params {
	t.Helper()
	p, err := utm.Parse(link)
	if err != nil {
		t.Fatalf("Parse(%q): %v", link, err)
	}
	return p
}

// withoutUTM returns a link with the UTM parameters cut out of its query, so that two links can be compared
// in everything else.
func withoutUTM(link string) string {
	rest, fragment, hasFragment := strings.Cut(link, "#")
	base, query, _ := strings.Cut(rest, "?")
	var kept []string
	for _, pair := range strings.Split(query, "&") {
		if query != "" && !isUTM(pair) {
			kept = append(kept, pair)
		}
	}
	out := base
	if rest := strings.Join(kept, "&"); rest != "" { // a bare ? says no more than none
		out += "?" + rest
	}
	if hasFragment {
		out += "#" + fragment
	}
	return out
}

func isUTM(pair string) bool {
	p, err := utm.Parse("?" + pair)
	return err == nil && !p.IsZero()
}

// anyValue generates unset, empty, plain and odd but valid values.
func anyValue() *rapid.Generator[utm.Value] {
	letters := []rune("abzAZ019 -_.~%&=+?/;:@!$'()*,[]|\\^\"<>äßé夏😀\u00a0")
	return rapid.OneOf(
		rapid.Just(utm.Value{}),
		rapid.Just(utm.Of("")),
		rapid.SampledFrom([]utm.Value{utm.Of("summer sale"), utm.Of("summer%20sale"), utm.Of("100%"), utm.Of("%zz%4"), utm.Of(" x ")}),
		rapid.Map(rapid.StringOfN(rapid.RuneFrom(letters), 0, 20, -1), utm.Of),
	)
}

func anyParams() *rapid.Generator[utm.Params] {
	return rapid.Custom(func(t *rapid.T) utm.Params {
		var p utm.Params
		for _, f := range utm.Fields() {
			p = p.With(f, anyValue().Draw(t, f.String()))
		}
		return p
	})
}

// anyLink generates http(s) links with odd but legal queries, UTM fields among them.
func anyLink() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		link := rapid.SampledFrom([]string{"https://shop.example", "HTTP://shop.example:8080", "https://müller.example",
			"https://shop.example:443", "https://[::1]:80"}).Draw(t, "site")
		link += rapid.SampledFrom([]string{"", "/", "/a/b=c&utm_source=path", "/%zz/ä"}).Draw(t, "path")
		if rapid.Bool().Draw(t, "query?") {
			pairs := rapid.SliceOfN(rapid.SampledFrom([]string{
				"", "a", "a=", "a=1", "a=2", "a=%zz", "b[]=ä", "=", "=x", "u=https://x.example/?y=1", "amp;utm_term=q", "q=a+b%20c",
				"utm_id=7", "utm_source=old", "UTM_Medium=old", "utm%5Fterm=old", "utm_content", "utm_campaign=", "utm_campaign=a=b?c",
			}), 0, 8).Draw(t, "pairs")
			link += "?" + strings.Join(pairs, "&")
		}
		return link + rapid.SampledFrom([]string{"", "#", "#top", "#/app?utm_source=behind&x#y"}).Draw(t, "fragment")
	})
}

// reword returns the value in another writing that compares as equal.
func reword(t *rapid.T, v utm.Value) utm.Value {
	if !v.IsSet() {
		return utm.Of("")
	}
	var b strings.Builder
	b.WriteString(rapid.SampledFrom([]string{"", " ", "%20", "\t"}).Draw(t, "before"))
	for _, r := range v.String() {
		switch rapid.IntRange(0, 2).Draw(t, "how") {
		case 0:
			b.WriteRune(unicode.ToUpper(r))
		case 1:
			for _, c := range []byte(string(r)) {
				b.WriteString("%" + strings.ToUpper(string("0123456789abcdef"[c>>4])) + string("0123456789abcdef"[c&15]))
			}
		default:
			b.WriteRune(r)
		}
	}
	b.WriteString(rapid.SampledFrom([]string{"", " ", "\u00a0"}).Draw(t, "after"))
	return utm.Of(b.String())
}
