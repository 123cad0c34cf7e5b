package discount_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/discount"
)

func TestNormalize(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, code, want string
	}{
		{"empty", "", ""},
		{"only spaces", " \t\u00a0\u3000", ""},
		{"only invisible", "\u200b\ufeff", ""},
		{"normal already", "pam-10", "pam-10"},
		{"capitals", "PAM10", "pam10"},
		{"space around", "\tPAM10 \n", "pam10"},
		{"inner space and dash count", "PAM -10", "pam -10"},
		{"full width", "ＰＡＭ１０", "pam10"},
		{"ligature", "ﬁt", "fit"},
		{"sharp s", "STRAßE", "strasse"},
		{"capital sharp s", "STRAẞE", "strasse"},
		{"final sigma", "ΣΑΣ", "σασ"},
		{"decomposed umlaut", "MU\u0308LLER", "müller"},
		{"joiner between letter and accent", "MU\u200d\u0308LLER", "müller"},
		{"zero-width space inside", "PAM\u200b10", "pam10"},
		{"byte order mark in front", "\ufeffPAM10", "pam10"},
		{"invisible, then space", "\u200b PAM10 \u200e", "pam10"},
		{"soft hyphen", "PAM\u00ad10", "pam10"},
		{"no-break space inside is a space", "PAM\u00a010", "pam 10"},
		{"emoji with variation selector", "❤\ufe0f10", "❤10"},
		{"Turkish capital i", "İ", "i"},
		{"Turkish capital i taken apart", "I\u0307", "i"},
		{"small i with a dot", "i\u0307", "i"},
		{"a mark below the dot", "i\u0327\u0307", "i\u0327"},
		{"an accent behind the dot", "İ\u0301", "í"},
		{"two dots", "İ\u0307", "i"},
		{"an accent before the dot", "í\u0307", "í\u0307"},
		{"dot of another letter", "ż", "ż"},
		{"Turkish small i without a dot", "ı", "ı"},
		{"Cherokee small letters", "ꭰꮿᏸ", "ᎠᏯᏰ"},
		{"Cherokee capitals", "ᎠᏯᏰ", "ᎠᏯᏰ"},
		{"not UTF-8", "PAM\xff10", "pam\ufffd10"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, discount.Normalize(test.code)); diff != "" {
				t.Errorf("Normalize(%q) (-want +got):\n%s", test.code, diff)
			}
		})
	}
}

func TestNormalizeIsIdempotent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		code := awkwardText(0, 100).Draw(t, "code")
		key := discount.Normalize(code)
		if again := discount.Normalize(key); again != key {
			t.Fatalf("Normalize(%+q) = %+q, and of that %+q", code, key, again)
		}
	})
}

// Every character of the scripts that compose, fold or have compatibility forms,
// on its own, between letters, and after a letter that takes accents.
func TestNormalizeOfEveryCharacter(t *testing.T) {
	t.Parallel()
	for r := range eachCharacter {
		for _, text := range []string{string(r), "x" + string(r) + "y", "A" + string(r) + "\u0345\u0301"} {
			key := discount.Normalize(text)
			if again := discount.Normalize(key); again != key {
				t.Errorf("Normalize(%+q) = %+q, and of that %+q", text, key, again)
			}
		}
	}
}

// Letters that differ only in case have one normal form.
func TestNormalizeFoldsEveryLetter(t *testing.T) {
	t.Parallel()
	for r := range eachCharacter {
		other := unicode.SimpleFold(r)
		if a, b := discount.Normalize(string(r)), discount.Normalize(string(other)); a != b {
			t.Errorf("%U becomes %+q, but %U becomes %+q", r, a, other, b)
		}
	}
}

// The zero-width characters are those that Unicode derives as ignorable.
func TestNormalizeRemovesIgnorableCharacters(t *testing.T) {
	t.Parallel()
	for r := range eachCharacter {
		ignorable := unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Cf, unicode.Variation_Selector) &&
			!unicode.In(r, unicode.White_Space, unicode.Prepended_Concatenation_Mark) &&
			(r < 0xFFF9 || r > 0xFFFB) && (r < 0x13430 || r > 0x13440)
		if removed := discount.Normalize("a"+string(r)+"b") == "ab"; removed != ignorable {
			t.Errorf("%U: removed %t, ignorable %t", r, removed, ignorable)
		}
	}
}

// eachCharacter yields the characters outside of the large blocks that are all
// alike: Han, Hangul syllables, cuneiform, hieroglyphs, pictures, private use.
func eachCharacter(yield func(rune) bool) {
	blocks := []struct{ first, last rune }{
		{0, 0x33FF}, {0xA000, 0xAC40}, {0xF900, 0x11FFF}, {0x16E00, 0x16FFF}, {0x1BC00, 0x1BCFF},
		{0x1D000, 0x1F2FF}, {0x2F800, 0x2F810}, {0xE0000, 0xE01FF},
	}
	for _, block := range blocks {
		for r := block.first; r <= block.last; r++ {
			if !yield(r) {
				return
			}
		}
	}
}

func TestNormalizeDoesNotAllocate(t *testing.T) {
	code := "pam-10"
	if n := testing.AllocsPerRun(100, func() { discount.Normalize(code) }); n != 0 {
		t.Errorf("Normalize(%q) allocates %v times", code, n)
	}
}

func TestValidateCode(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ä", discount.MaxCodeLen)
	tests := []struct {
		name, code string
		problem    string // "" for a valid code
	}{
		{"plain", "PAM10", ""},
		{"inner space", "PAM 10", ""},
		{"space around", " PAM10\n", ""},
		{"one character", "X", ""},
		{"64 characters", long, ""},
		{"one bracket", "PAM[10", ""},
		{"brackets the wrong way round", "PAM]10[", ""},
		{"begins with an accent", "\u0301A", ""},
		{"empty", "", "empty"},
		{"only spaces", "  ", "empty"},
		{"only invisible", "\u200b", "empty"},
		{"65 characters", long + "x", "has 65 characters"},
		{"long when written out", strings.Repeat("ﷺ", 4), "written out"},
		{"not UTF-8", "PAM\xff", "could not be read"},
		{"lost characters", "M\ufffdLLER", "could not be read"},
		{"line break", "PAM\n10", "line break"},
		{"line separator", "PAM\u202810", "line break"},
		{"NUL", "PAM\x00", "control character"},
		{"placeholder", "PAM[style name]", "placeholder [style name]"},
		{"placeholder in braces", "{influencer}10", "placeholder {influencer}"},
		{"empty placeholder", "PAM{}", "placeholder {}"},
		{"full-width placeholder", "PAM［x］", "placeholder [x]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			err := discount.ValidateCode(test.code)
			if test.problem == "" {
				if err != nil {
					t.Fatalf("ValidateCode(%q): %v", test.code, err)
				}
				return
			}
			checkRuleError(t, err, "code", test.problem)
		})
	}
}

func TestHasPlaceholder(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"PAM10": false, "[style name]": true, "a{b}c": true, "]a[": false, "[a}": false, "": false, "{[x]": true,
	} {
		if got := discount.HasPlaceholder(code); got != want {
			t.Errorf("HasPlaceholder(%q) = %t, want %t", code, got, want)
		}
	}
}

// checkRuleError fails unless err is a RuleError of the field, with the text in
// its problem.
func checkRuleError(t *testing.T, err error, field, problem string) {
	t.Helper()
	if !errors.Is(err, discount.ErrInvalid) {
		t.Fatalf("error %v does not match ErrInvalid", err)
	}
	var ruleErr *discount.RuleError
	if !errors.As(err, &ruleErr) {
		t.Fatalf("error %v is not a *RuleError", err)
	}
	if ruleErr.Field != field || !strings.Contains(ruleErr.Problem, problem) {
		t.Errorf("error %q: want field %q and a problem with %q", err, field, problem)
	}
	if n := utf8.RuneCountInString(err.Error()); n > 500 {
		t.Errorf("error of %d characters", n)
	}
}

// awkwardText generates texts of characters that normalising changes, moves or
// removes, among a few plain ones.
func awkwardText(minRunes, maxRunes int) *rapid.Generator[string] {
	awkward := []rune("aAbB10-* \t\u00a0\u200b\u200d\u034f\u00ad\ufe0f\u0301\u0308\u0323\u0327\u0345\u0338´¨ßẞſİıΣςσÅﬁﷺ" +
		"\u1100\u1161\u11a8가각\u3099かﾞｶᾳᾼΐΰ\u0dca\u0dcf\u0dd9\u09be\u09c7ᎠꭰⅣ①㌀[]{}\"❤")
	return rapid.StringOfN(rapid.OneOf(rapid.SampledFrom(awkward), rapid.Rune()), minRunes, maxRunes, -1)
}

func BenchmarkNormalize(b *testing.B) {
	for _, bench := range []struct{ name, code string }{
		{"normal", "pam-10-summer"},
		{"capitals", "PAM-10-SUMMER"},
		{"umlaut", "MÜLLER10"},
		{"full width", "ＰＡＭ１０"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				discount.Normalize(bench.code)
			}
		})
	}
}
