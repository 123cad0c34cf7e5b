package utm_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/utm"
)

func TestMend(t *testing.T) {
	t.Parallel()
	const good = "https://shop.example/p?utm_source=ig&utm_medium=inf&utm_term=ana"
	for _, test := range []struct{ link, want, defects string }{
		{good, good, "[]"}, {"  " + good + "\n", good, "[]"}, {"", "", "[]"},
		{"https://shop.example/p?a=1?b=2", "https://shop.example/p?a=1?b=2", "[]"},
		{"https://shop.example/p?utm_source=ig&amp;utm_medium=inf&amp;utm_term=ana", good, "[escaped_for_html]"},
		{"https://shop.example/p?utm_source=ig&#038;utm_medium=inf&#038;utm_term=ana", good, "[escaped_for_html]"},
		{"https://shop.example/p?utm_source=ig&#38;utm_medium=inf&#x26;utm_term=ana", good, "[escaped_for_html]"},
		{"https://shop.example/p?utm_source=ig&amp;amp;utm_medium=inf&AMP;utm_term=ana", good, "[escaped_for_html]"},
		{"?utm_source=ig&amp;utm_medium=inf", "?utm_source=ig&utm_medium=inf", "[escaped_for_html]"},
		{"https://shop.example/p?variant=7?utm_source=ig&utm_medium=inf",
			"https://shop.example/p?variant=7&utm_source=ig&utm_medium=inf", "[second_question_mark]"},
		{"https://shop.example/p?utm_source=ig?utm_medium=inf?utm_term=ana", good, "[second_question_mark]"},
		{"https://shop.example/p??utm_source=ig&utm_medium=inf", "https://shop.example/p?utm_source=ig&utm_medium=inf", "[second_question_mark]"},
		{"https://shop.example/discount/ANA10?redirect=/p?utm_source=ig&utm_medium=inf",
			"https://shop.example/discount/ANA10?redirect=/p&utm_source=ig&utm_medium=inf", "[second_question_mark]"},
		{"https://shop.example/p%3Futm_source=ig&utm_medium=inf&utm_term=ana", good, "[escaped_query]"},
		{"https://shop.example/p%3Futm_source%3Dig%26utm_medium%3Dinf%26utm_term%3Dana", good, "[escaped_query]"},
		{"https://shop.example/p%253Futm_source%253Dig%2526utm_medium%253Dinf%2526utm_term%253Dana", good, "[escaped_query]"},
		{"https://shop.example/p?utm_source%3Dig&utm_medium%3Dinf&utm_term%3Dana", good, "[escaped_query]"},
		{"https://shop.example/p&utm_source=ig&utm_medium=inf&utm_term=ana", good, "[no_question_mark]"},
		{"https://shop.example/p&utm_source=ig?utm_medium=inf&utm_term=ana", good, "[no_question_mark second_question_mark]"},
		{"https://shop.example/p#utm_source=ig&utm_medium=inf", "https://shop.example/p#utm_source=ig&utm_medium=inf", "[]"},
		{"https://shop.example/p?utm_source=ig;utm_medium=inf;utm_term=ana", good, "[other_separator]"},
		{"https://shop.example/p?utm_source=ig & utm_medium=inf\n&utm_term=ana", good, "[broken_by_blanks]"},
		{"https://shop.example/p\n?utm_source=ig\nutm_medium=inf utm_term=ana", good, "[broken_by_blanks]"},
		{"https://shop.example/p?utm_source=ig utm_medium=inf\n\tutm_term=ana", good, "[broken_by_blanks]"},
		{"https://shop.example/p utm_source=ig utm_medium=inf", "https://shop.example/p utm_source=ig utm_medium=inf", "[]"},
		{"https://shop.example/p?utm_source=a b utm_medium=inf", "https://shop.example/p?utm_source=a b utm_medium=inf", "[]"},
		{"https://shop.example/p?utm_source=ig&utm_campaign=H&amp;M", "https://shop.example/p?utm_source=ig&utm_campaign=H&amp;M", "[unclear]"},
		{"https://shop.example/p?utm_campaign=what?&utm_source=ig", "https://shop.example/p?utm_campaign=what?&utm_source=ig", "[]"},
		{"https://shop.example/p?x=1&amp;utm_source=ig?utm_medium=inf",
			"https://shop.example/p?x=1&utm_source=ig&utm_medium=inf", "[escaped_for_html second_question_mark]"},
		{"https://shop.example/p?next=%2Fa%3Fb%3D1&utm_source=ig", "https://shop.example/p?next=%2Fa%3Fb%3D1&utm_source=ig", "[]"},
		{"https://shop.example/p?next=%2Fa%3Futm_source%3Dx&utm_source=ig",
			"https://shop.example/p?next=%2Fa%3Futm_source%3Dx&utm_source=ig", "[unclear]"},
		{"https://shop.example/discount/ANA10?redirect=%2Fp%3Futm_source%3Dig%26utm_medium%3Dinf",
			"https://shop.example/discount/ANA10?redirect=%2Fp&utm_source=ig&utm_medium=inf",
			"[escaped_query second_question_mark]"},
	} {
		got, defects := utm.Mend(test.link)
		if got != test.want || fmt.Sprint(defects) != test.defects {
			t.Errorf("Mend(%q) = %q, %v; want %q, %s", test.link, got, defects, test.want, test.defects)
		}
	}
}

// A link that was built well is not touched, whatever its values, and mending it twice is mending it once.
func TestMendLeavesGoodLinks(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.StringMatching(`[a-z0-9 &?=;#%+äß-]{1,12}`)
		p := utm.Params{Source: utm.Of(value.Draw(t, "source")), Medium: utm.Of(value.Draw(t, "medium")), Term: utm.Of(value.Draw(t, "term"))}
		link, err := utm.Build("https://shop.example/p?x=1", p)
		if err != nil {
			return
		}
		mended, defects := utm.Mend(link)
		if mended != link || len(defects) > 0 {
			t.Fatalf("Mend(%q) = %q, %v", link, mended, defects)
		}
		broken := strings.ReplaceAll(link, "&", "&amp;")
		mended, _ = utm.Mend(broken)
		want, _ := utm.Parse(link)
		got, _ := utm.Parse(mended)
		if got != want {
			t.Fatalf("Mend(%q) = %q, which says %v; want %v", broken, mended, got, want)
		}
		if again, _ := utm.Mend(mended); again != mended {
			t.Fatalf("mended twice: %q, then %q", mended, again)
		}
	})
}

func TestUnknown(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]string{
		"https://shop.example/p?utm_source=a&utm_medum=b&utm-term=c&utm_id=7": "[utm_medum utm-term]",
		"?utm_source=a&utmcampaign=b":                                         "[utmcampaign]", "https://shop.example/p?x=1": "[]",
		"?UTM_Source=a&utm_sourc=b": "[utm_sourc]", "?utmost=1": "[utmost]", "?utm_source_platform=x": "[]",
	} {
		if got := fmt.Sprint(utm.Unknown(link)); got != want {
			t.Errorf("Unknown(%q) = %s, want %s", link, got, want)
		}
	}
}
