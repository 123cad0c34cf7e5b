package utm_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/utm"
)

// linkErrors are the faults of a link.
func linkErrors(t rapid.TB, link string) (all []*utm.LinkError) {
	t.Helper()
	err := utm.ValidateLink(link)
	if err == nil {
		return nil
	}
	for _, each := range err.(interface{ Unwrap() []error }).Unwrap() {
		var fault *utm.LinkError
		if !errors.As(each, &fault) || !errors.Is(each, utm.ErrLink) || !errors.Is(each, utm.ErrInvalid) {
			t.Fatalf("%q: %v is no LinkError", link, each)
		}
		all = append(all, fault)
	}
	return all
}

func TestValidateLink(t *testing.T) {
	t.Parallel()
	const shop, good = "https://shop.example/p", "https://shop.example/p?utm_source=ig&utm_term=pam"
	for _, test := range []struct {
		name, link string
		want       []string // kind, parameter and value of each fault
		repaired   string   // "" where somebody has to decide
	}{
		{"good", good, nil, good},
		{"good, with more", " " + shop + "?a=1&utm_id=7&utm_term=pam#top\n", nil, shop + "?a=1&utm_id=7&utm_term=pam#top"},
		{"good, with an app behind the #", shop + "?utm_term=pam#/app?tab=2", nil, shop + "?utm_term=pam#/app?tab=2"},

		{"twice, the same", good + "&utm_term=pam", []string{"repeated utm_term pam"}, good},
		{"twice, the second empty", good + "&utm_term=", []string{"repeated utm_term pam"}, good},
		{"twice, the first empty", shop + "?utm_term=&utm_term=pam", []string{"repeated utm_term pam"}, shop + "?utm_term=pam"},
		{"twice, different", good + "&utm_source=tt", []string{"repeated utm_source ig"}, ""},
		{"&amp;", shop + "?utm_source=ig&amp;utm_term=pam", []string{"escaped_for_html utm_term pam"}, good},
		{"&amp; in a value", shop + "?utm_campaign=H&amp;M", []string{"unclear  " + shop + "?utm_campaign=H&amp;M"}, ""},
		{"behind #", shop + "#utm_source=ig&utm_term=pam", []string{"behind_hash utm_source ig", "behind_hash utm_term pam"}, good},
		{"behind # and ?", shop + "#reviews?utm_source=ig&utm_term=pam",
			[]string{"behind_hash utm_source ig", "behind_hash utm_term pam"}, good + "#reviews"},
		{"behind an app's #", shop + "#/app?tab=2&utm_term=pam", []string{"behind_hash utm_term pam"}, shop + "?utm_term=pam#/app?tab=2"},
		{"half behind #", shop + "?utm_source=ig#top&utm_term=pam", []string{"behind_hash utm_term pam"}, good + "#top"},
		{"space in a value", shop + "?utm_campaign=summer sale&utm_term=pam",
			[]string{"unencoded utm_campaign summer sale"}, shop + "?utm_campaign=summer%20sale&utm_term=pam"},
		{"umlaut in a value", shop + "?utm_term=jörg", []string{"unencoded utm_term jörg"}, shop + "?utm_term=j%C3%B6rg"},
		{"quotation mark in a value", shop + `?utm_term="pam"`, []string{`unencoded utm_term "pam"`}, shop + "?utm_term=%22pam%22"},
		{"bare percent sign", shop + "?utm_term=50%&utm_source=ig", []string{"unencoded utm_term 50%"}, shop + "?utm_source=ig&utm_term=50%25"},
		{"wrong case", shop + "?UTM_Source=ig&utm_term=pam", []string{"wrong_case UTM_Source ig"}, good},
		{"second ?", shop + "?v=7?utm_source=ig&utm_term=pam", []string{"second_question_mark utm_source ig"},
			shop + "?v=7&utm_source=ig&utm_term=pam"},
		{"no ?", shop + "&utm_source=ig&utm_term=pam", []string{"no_question_mark utm_source ig"}, good},
		{"escaped", shop + "%3Futm_source%3Dig%26utm_term%3Dpam", []string{"escaped_query utm_source ig"}, good},
		{"broken", shop + "?utm_source=ig &\n utm_term=pam", []string{"broken_by_blanks utm_term pam"}, good},
		{"semicolons", shop + "?utm_source=ig;utm_term=pam", []string{"other_separator utm_term pam"}, good},
		{"misspelt", shop + "?utm_souce=ig&utm_term=pam", []string{"misspelt utm_souce ig"}, good},
		{"misspelt, two letters", shop + "?utm_compain=x", []string{"misspelt utm_compain x"}, shop + "?utm_campaign=x"},
		{"misspelt, at the start", shop + "?umt_source=ig&utm_term=pam", []string{"misspelt umt_source ig"}, good},
		{"misspelt, with a dash", shop + "?utm-source=ig&utm_term=pam", []string{"misspelt utm-source ig"}, good},
		{"misspelt, beside the right one", good + "&utm_sorce=tt", []string{"misspelt utm_sorce tt"}, good + "&utm_sorce=tt"},
		{"none of the five", good + "&utm_quelle=x", []string{"misspelt utm_quelle x"}, good + "&utm_quelle=x"},
		{"empty", good + "&utm_content=", []string{"no_value utm_content "}, good},
		{"blank", good + "&utm_content=%20", []string{"no_value utm_content  "}, good},
		{"no value at all", good + "&utm_content", []string{"no_value utm_content "}, good},
		{"no scheme", "shop.example/p?utm_source=ig&utm_term=pam", []string{"no_scheme  shop.example/p?utm_source=ig&utm_term=pam"}, good},
		{"no scheme, with slashes", "//shop.example:80?utm_term=pam",
			[]string{"no_scheme  //shop.example:80?utm_term=pam"}, "https://shop.example:80?utm_term=pam"},
		{"a query", "utm_term=pam", []string{"no_scheme  utm_term=pam"}, ""},
		{"a misspelt query", "utm_tem=pam#x", []string{"no_scheme  utm_tem=pam#x", "misspelt utm_tem pam"}, ""},
		{"another scheme", "mailto:x@shop.example?utm_term=pam", []string{"no_scheme  mailto:x@shop.example?utm_term=pam"}, ""},
		{"no host", "https://?utm_term=pam", []string{"bad_host  https://?utm_term=pam"}, ""},
		{"password", "https://u:p@shop.example?utm_term=pam", []string{"user_info  shop.example"}, ""},
		{"blank in the path", "https://shop.example/a b?utm_term=pam", []string{"blank_inside  https://shop.example/a b?utm_term=pam"}, ""},
		{"not filled in", shop + "?utm_term={influencer}", []string{"bad_value utm_term {influencer}"}, ""},
		{"an ad tool's placeholder", shop + "?utm_term={{ad.name}}", []string{"bad_value utm_term {{ad.name}}"}, ""},
		{"no fields", shop + "?x=1", []string{"no_fields  " + shop + "?x=1"}, shop + "?x=1"},
		{"too general", shop + "?utm_source=ig", []string{"too_general  " + shop + "?utm_source=ig"}, shop + "?utm_source=ig"},
		{"nothing", "", []string{"no_scheme  ", "no_fields  "}, ""},
		{"damaged", shop + "?utm_term=pam&x=\xff", []string{"damaged  " + shop + "?utm_term=pam&x=\xff"}, ""},
		{"several", "shop.example?UTM_Source=ig&amp;utm_tem=pam&utm_content=",
			[]string{"no_scheme  shop.example?UTM_Source=ig&amp;utm_tem=pam&utm_content=",
				"escaped_for_html  shop.example?UTM_Source=ig&amp;utm_tem=pam&utm_content=",
				"wrong_case UTM_Source ig", "misspelt utm_tem pam", "no_value utm_content "}, "https://shop.example?utm_source=ig&utm_term=pam"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, e := range linkErrors(t, test.link) {
				got = append(got, fmt.Sprintf("%s %s %s", e.Kind, e.Parameter, e.Value))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			repaired, certain := utm.Repair(test.link)
			if want := test.repaired; certain != (want != "") || certain && repaired != want {
				t.Errorf("repaired: %q, %v; want %q", repaired, certain, want)
			}
		})
	}
}

func TestLinkErrorsRead(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]string{
		"https://shop.example/?utm_source=ig&utm_source=tt&utm_term=pam": `invalid link: utm_source "ig": stands there 2 times, of which the first one with a value counts, "ig"; keep one`,
		"https://shop.example/?UTM_Term=pam":                             `invalid link: UTM_Term "pam": has capital letters, with which some tools do not read it; write utm_term`,
		"https://shop.example/?utm_tern=pam":                             `invalid link: utm_tern "pam": is no UTM parameter, so its value is lost; write utm_term`,
		"https://shop.example/?utm_term=a b":                             `invalid link: utm_term "a b": has " " in it, which a link holds only as an escape; write %20`,
		"https://shop.example/?utm_term=5%":                              `invalid link: utm_term "5%": has a % that begins no escape; write %25 for a percent sign`,
		"https://shop.example/?utm_term={x}":                             `invalid link: utm_term "{x}": the placeholder {x} was not filled in; write the value itself`,
		"https://shop.example/?utm_term=pam&utm_source=":                 `invalid link: utm_source "": has no value; write one, or take the parameter out`,
		"https://shop.example/#utm_term=pam":                             `invalid link: utm_term "pam": stands behind a #, where no shop sees it; put the # and what follows it at the end`,
		"https://shop.example/?utm_source=ig&amp;utm_term=pam":           `invalid link: utm_term "pam": stands behind &amp;, which is an & out of the source of a page or mail, so no shop finds it; write &`,
		"https://shop.example/p%3Futm_term%3Dpam":                        `invalid link: utm_term "pam": has escapes around it (%3F, %26 or %3D), so no shop finds it; write ?, & and =`,
		"shop.example?utm_term=pam":                                      `invalid link "shop.example?utm_term=pam": it must begin with https:// or http://`,
	} {
		if got := fmt.Sprint(utm.ValidateLink(link)); got != want {
			t.Errorf("%s\n got %s\nwant %s", link, got, want)
		}
	}
}

func TestValidateLinkIsBounded(t *testing.T) {
	t.Parallel()
	if got := linkErrors(t, "https://shop.example/?utm_term=pam"+strings.Repeat("&utm_x=1", 500)); len(got) != 20 {
		t.Errorf("%d faults are listed", len(got))
	}
	long := "https://shop.example/?utm_term=" + strings.Repeat("x", utm.MaxLinkLen)
	if got := linkErrors(t, long); len(got) != 1 || got[0].Kind != utm.TooLong || len(got[0].Value) > 300 {
		t.Errorf("too long: %v", got)
	}
	if _, certain := utm.Repair(long); certain {
		t.Error("a link that is too long was repaired")
	}
}

// damages are what happens to links on their way, each with the defect that it is.
var damages = []struct {
	kind   utm.Defect
	damage func(link string) string
}{
	{utm.EscapedForHTML, func(link string) string { return strings.ReplaceAll(link, "&utm_", "&amp;utm_") }},
	{utm.SecondQuestionMark, func(link string) string { return strings.Replace(link, "&utm_", "?utm_", 1) }},
	{utm.OtherSeparator, func(link string) string { return strings.ReplaceAll(link, "&utm_", ";utm_") }},
	{utm.BrokenByBlanks, func(link string) string { return strings.ReplaceAll(link, "&utm_", " &utm_") }},
	{utm.BehindHash, func(link string) string { return strings.Replace(link, "?", "#", 1) }},
	{utm.WrongCase, func(link string) string { return strings.ReplaceAll(link, "utm_", "UTM_") }},
	{utm.Misspelt, func(link string) string { return strings.ReplaceAll(link, "utm_", "umt_") }},
	{utm.NoScheme, func(link string) string { return strings.TrimPrefix(link, "https://") }},
	{utm.Repeated, func(link string) string { return link + "&" + link[strings.LastIndex(link, "utm_"):] }},
	{utm.NoValue, func(link string) string { return link + "&utm_content=" }},
}

// A link that was built has no faults. Damaged, it has the fault of the damage, and its repair is the link that it was.
func TestDamagedLinksAreRepaired(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.StringMatching(`[a-zA-Z0-9äß夏 &=+%'!-]{0,6}[a-z0-9]`)
		p := utm.Params{Source: utm.Of(value.Draw(t, "source")), Campaign: utm.Of(value.Draw(t, "campaign")), Term: utm.Of(value.Draw(t, "term"))}
		link := mustBuild(t, rapid.SampledFrom([]string{"https://shop.example", "https://müller.example:8443/a/b"}).Draw(t, "page"), p)
		if faults := linkErrors(t, link); faults != nil {
			t.Fatalf("%s: %v", link, faults)
		}
		if got, certain := utm.Repair(link); got != link || !certain {
			t.Fatalf("%s was repaired: %s", link, got)
		}
		d := rapid.SampledFrom(damages).Draw(t, "damage")
		damaged := d.damage(link)
		faults := linkErrors(t, damaged)
		if len(faults) == 0 || faults[0].Kind != d.kind {
			t.Fatalf("%s: %v, want %s", damaged, faults, d.kind)
		}
		if got, certain := utm.Repair(damaged); got != link || !certain {
			t.Fatalf("%s\nrepaired %s, %v\n    want %s", damaged, got, certain, link)
		}
	})
}

func FuzzValidateLink(f *testing.F) {
	for _, link := range []string{
		"", "https://shop.example/?utm_source=a&utm_source=b",
		"https://x.example/?UTM_Term=a b&amp;utm_souce=%zz#utm_content=c", "utm_tem=a#utm_term=b",
		"https://u:p@x.example?utm_term={x}", "//x.example#a?b&utm_term=c", "x.example/%3Futm_term%3Da;utm_source=",
		"https://x/?a#b?utm_campaign=c", "0.0aaaa#00%3Futm_term%3D0 utm_AAAAAA=", "http://%!", "\xff?utm_term=\xff",
	} {
		f.Add(link)
	}
	f.Fuzz(func(t *testing.T, link string) {
		faults := linkErrors(t, link)
		if len(faults) > 20 {
			t.Fatalf("%d faults", len(faults))
		}
		for _, e := range faults {
			if e.Problem == "" || e.Format == "" || strings.Contains(e.Problem, "%!") && !strings.Contains(link, "%!") || len([]rune(e.Value)) > 61 {
				t.Fatalf("%q: %#v", link, e)
			}
		}
		repaired, certain := utm.Repair(link)
		if len(faults) == 0 && (!certain || repaired != strings.TrimSpace(link)) {
			t.Fatalf("%q has no faults and was repaired: %q, %v", link, repaired, certain)
		}
		if !certain {
			if repaired != strings.TrimSpace(link) {
				t.Fatalf("%q became %q, which is not certain", link, repaired)
			}
			return
		}
		if again, _ := utm.Repair(repaired); again != repaired {
			t.Fatalf("%q was repaired to %q, and that to %q", link, repaired, again)
		}
		for _, e := range linkErrors(t, repaired) { // what is left is not mended by writing it in another way
			if e.Kind != utm.Misspelt && e.Kind != utm.NoFields && e.Kind != utm.TooGeneral {
				t.Fatalf("%q was repaired to %q, which has %v", link, repaired, e)
			}
		}
	})
}

// A link out of an ad tool, and the one that was meant.
func ExampleValidateLink() {
	link := "shop.example/sale?utm_souce=instagram&amp;utm_term=pam"
	fmt.Println(utm.ValidateLink(link))
	fmt.Println(utm.Repair(link))
	// Output:
	// invalid link "shop.example/sale?utm_souce=instagram&amp;utm_term=pam": it must begin with https:// or http://
	// invalid link: utm_term "pam": stands behind &amp;, which is an & out of the source of a page or mail, so no shop finds it; write &
	// invalid link: utm_souce "instagram": is no UTM parameter, so its value is lost; write utm_source
	// https://shop.example/sale?utm_source=instagram&utm_term=pam true
}
