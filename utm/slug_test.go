package utm_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/utm"
)

func TestSlug(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, want string }{
		{"", ""},
		{"Summer Sale 2026", "summer-sale-2026"},
		{"2026-06", "2026-06"},
		{"  --Hello,   World!-- ", "hello-world"},
		{"anna_banana.b", "anna-banana-b"},
		{"@emma", "emma"},
		{"Emma's Café", "emmas-cafe"},
		{"Emma’s 50 % & more", "emmas-50-more"},
		{"Nike™ Run", "nike-run"},

		{"Ärger Öl Übung Straße GROẞ", "aerger-oel-uebung-strasse-gross"},
		{"a\u0308o\u0308u\u0308", "aeoeue"}, // decomposed, as files from a Mac have them
		{"Æsir Søren Ångström Þór", "aesir-soren-angstroem-thor"},
		{"Łukasz Đặng Çelik İstanbul Iğdır", "lukasz-dang-celik-istanbul-igdir"},
		{"ﬁne ＦＵＬＬ ① Ⅻ ½", "fine-full-1-xii-1-2"},

		{"Αθήνα Ελλάς", "athina-ellas"},
		{"Летняя распродажа Юлия", "letnyaya-rasprodazha-yuliya"},
		{"Объявление", "obyavlenie"},
		{"Київ Љубав", "kiyiv-ljubav"},

		// the sample strings of RFC 3492, 7.1, and others
		{"他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"},
		{"ドメイン名例", "eckwd4c7cu47r2wf"},
		{"3年B組金八先生", "3b-ww4c5e180e575a65lsy2b"},
		{"夏 Sale 2026", "0rs-sale-2026"},
		{"ليهمابتكلموشعربي؟", "mgbcah9ar9a4efegftvvn"},
		{"Ь", "11a"}, // silent beside other letters, but never an empty slug

		{"!!!", ""},
		{"😀 🎉", ""},
		{"\u0308\u0301", ""},
		{"\xff\xfe", ""},
		{"a\xffb", "a-b"},
	}
	for _, tt := range tests {
		if got := utm.Slug(tt.name); got != tt.want {
			t.Errorf("Slug(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestSlugIsBounded(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		strings.Repeat("x", 100_000),
		strings.Repeat("x ", 100_000),
		strings.Repeat("夏", 100_000),
		strings.Repeat("夏 ", 100_000),
		strings.Repeat("ь", 100_000),
		strings.Repeat("\u0301", 100_000) + "x",
	} {
		if got := utm.Slug(name); got == "" || len(got) > utm.MaxValueLen || utm.Slug(got) != got {
			t.Errorf("a long name became %q", got)
		}
	}
}

var slugForm = regexp.MustCompile(`^([a-z0-9]+(-[a-z0-9]+)*)?$`)

// checkSlug holds what is true of every slug.
func checkSlug(t rapid.TB, name string) {
	t.Helper()
	slug := utm.Slug(name)
	if !slugForm.MatchString(slug) || len(slug) > utm.MaxValueLen {
		t.Fatalf("Slug(%q) = %q", name, slug)
	}
	if again := utm.Slug(slug); again != slug {
		t.Fatalf("the slug of %q is %q", slug, again)
	}
	// A ™ is a symbol and no letters, although it normalises to two.
	name = norm.NFKC.String(strings.NewReplacer("™", " ", "℠", " ").Replace(name))
	hasLetter := strings.ContainsFunc(name, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	if hasLetter && slug == "" {
		t.Fatalf("Slug(%q) is empty", name)
	}
}

func TestSlugProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) { checkSlug(t, rapid.String().Draw(t, "name")) })
}

func TestSlugOfEveryLetter(t *testing.T) {
	t.Parallel()
	step := rune(1)
	for r := rune(0); r <= unicode.MaxRune; r += step {
		if r >= '㐀' {
			step = 11 // mostly ideographs from here on, which are all alike
		}
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			checkSlug(t, string(r))
		}
	}
}

func TestSlugKeepsForeignWordsApart(t *testing.T) {
	t.Parallel()
	word := rapid.StringOfN(rapid.RuneFrom([]rune("夏冬春秋セールا가")), 1, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		if a != b && utm.Slug(a) == utm.Slug(b) {
			t.Fatalf("%q and %q are both %q", a, b, utm.Slug(a))
		}
	})
}
