package discount_test

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/discount"
)

// pair is two codes, and the comparisons that take them for one.
type pair struct {
	text string // as it stands in the file
	a, b string
	one  map[string]bool
}

// codesInShops reads testdata/codes_in_shops.txt, which says what the columns are.
func codesInShops(t *testing.T) (pairs []pair) {
	t.Helper()
	file, err := os.Open("testdata/codes_in_shops.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := lines.Text()
		if strings.HasPrefix(line, "#") {
			continue
		}
		var codes [2]string
		rest := line
		for n := range codes {
			quoted, err := strconv.QuotedPrefix(rest)
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			codes[n], _ = strconv.Unquote(quoted)
			rest = strings.TrimPrefix(rest[len(quoted):], " ")
		}
		p := pair{strings.TrimSpace(strings.TrimSuffix(line, rest)), codes[0], codes[1], map[string]bool{}}
		for _, comparison := range strings.Fields(rest) {
			p.one[comparison] = true
		}
		pairs = append(pairs, p)
	}
	if len(pairs) != 124 {
		t.Fatalf("%d pairs, want 124", len(pairs))
	}
	return pairs
}

// TestComparisonsAreThoseOfShops holds each comparison against what the databases of its shops say of all pairs. Where
// they differ is written out, or only counted where it is much.
func TestComparisonsAreThoseOfShops(t *testing.T) {
	t.Parallel()
	const hamza, yi = `"ا\u0654حمد10" "احمد10"`, `"ЇЖАК10" "ІЖАК10"`
	pairs := codesInShops(t)
	for _, test := range []struct {
		comparison discount.Comparison
		database   string
		agree      int
		finer      []string // pairs that only the database takes for one
		coarser    []string // pairs that only the comparison takes for one; nil where they are the rest
	}{
		{discount.Exact, "exact", 124, nil, []string{}},
		{discount.WooCommerce, "exact", 124, nil, []string{}},
		{discount.Accents, "1400", 119, []string{yi}, []string{
			`"ANA10" " ANA10"`, `"ANA10\t" "ANA10"`, `"ANA\u316410" "ANA10"`, `"한나10" "\u1112\u1161\u11ab\u1102\u116110"`,
		}},
		{discount.Accents, "icu1", 117, []string{yi}, nil},
		{discount.Accents, "520", 112, []string{hamza}, nil},
		{discount.Accents, "uni", 101, []string{`"𠮷野10" "𡈽野10"`, hamza}, nil},
		{discount.General, "gen", 122, nil, []string{`"ANA10" " ANA10"`, `"ANA10\t" "ANA10"`}}, // shops remove such blanks
	} {
		agree, finer, coarser := 0, []string(nil), []string{}
		for _, p := range pairs {
			redeems := test.comparison.Redeems(p.a, p.b)
			if test.comparison.Redeems(p.b, p.a) != redeems {
				t.Errorf("%s: the order of %s counts", test.comparison, p.text)
			}
			switch {
			case redeems == p.one[test.database]:
				agree++
			case redeems:
				coarser = append(coarser, p.text)
			default:
				finer = append(finer, p.text)
			}
		}
		if agree != test.agree {
			t.Errorf("%s says what %s says of %d pairs, want %d", test.comparison, test.database, agree, test.agree)
		}
		if diff := cmp.Diff(test.finer, finer); diff != "" {
			t.Errorf("%s keeps apart what %s takes for one (-want +got):\n%s", test.comparison, test.database, diff)
		}
		if diff := cmp.Diff(test.coarser, coarser); test.coarser != nil && diff != "" {
			t.Errorf("%s takes for one what %s keeps apart (-want +got):\n%s", test.comparison, test.database, diff)
		}
	}
}

// TestEveryShopsOneCodeIsAConflict: no pair that a database of shops takes for one goes without a conflict, but for the
// three that the comparison does not know.
func TestEveryShopsOneCodeIsAConflict(t *testing.T) {
	t.Parallel()
	for c, databases := range map[discount.Comparison][]string{
		discount.Exact: {"exact", "520", "1400", "icu1"}, discount.WooCommerce: {"exact", "520"},
		discount.Accents: {"exact", "uni", "520", "1400"}, discount.General: {"exact", "gen"},
	} {
		var without []string
		for _, p := range codesInShops(t) {
			a, b := rule(discount.Equals, p.a), rule(discount.Equals, p.b)
			found := c.Compare(a, b)
			if diff := cmp.Diff(found, c.Compare(b, a)); diff != "" {
				t.Errorf("%s: the order of %s counts:\n%s", c, p.text, diff)
			}
			one := slices.ContainsFunc(databases, func(d string) bool { return p.one[d] })
			redeems := c.IsLoose() && (c.Redeems(a.Key(), b.Key()) || c.Redeems(p.a, p.b))
			switch {
			case found.Severity == discount.NoConflict && one:
				without = append(without, p.text)
			case p.one["exact"] != (found.Severity == discount.Blocking && found.Cause == ""),
				!p.one["exact"] && redeems != (found.Severity == discount.Blocking && found.Cause != ""),
				(c.LooseKey(p.a) == c.LooseKey(p.b)) != (found.Severity != discount.NoConflict):
				t.Errorf("%s: %s have the conflict %+v", c, p.text, found)
			}
		}
		want := map[discount.Comparison][]string{
			discount.Exact:       {`"ا\u0654حمد10" "احمد10"`, `"ЇЖАК10" "ІЖАК10"`},
			discount.WooCommerce: {`"ا\u0654حمد10" "احمد10"`},
			discount.Accents:     {`"𠮷野10" "𡈽野10"`, `"ا\u0654حمد10" "احمد10"`, `"ЇЖАК10" "ІЖАК10"`},
		}
		if diff := cmp.Diff(want[c], without); diff != "" {
			t.Errorf("%s: no conflict (-want +got):\n%s", c, diff)
		}
	}
}

func TestComparisonCompare(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b    string
		exact   string // severity, witness and cause
		accents string
		general string
	}{
		{"RENÉ10", "RENE10", "loose rene10 accent", "blocking rene10 accent", "blocking rene10 accent"},
		{"SØREN10", "SOREN10", "loose soren10 letter", "blocking soren10 letter", "loose soren10 letter"},
		{"ANA١٠", "ANA10", "loose ana10 digit", "blocking ana10 digit", "loose ana10 digit"},
		{"ANÁ١٠", "ANA10", "loose ana10 digit", "blocking ana10 digit", "loose ana10 digit"},
		{"はな10", "ハナ10", "loose はな10 kana", "blocking はな10 kana", "loose はな10 kana"},
		{"ばら10", "はら10", "loose はら10 kana", "blocking はら10 kana", "loose はら10 kana"},
		{"مُحَمَّد", "محمد", "loose محمد mark", "blocking محمد mark", "loose محمد mark"},
		{"ISIL10", "ısıl10", "none", "none", "blocking isil10 letter"},
		{"İREM10", "IREM10", "blocking irem10", "blocking irem10", "blocking irem10"},
		{"PAM10", "PAM-10", "none", "none", "none"},
		{"PASS10", "PAS10", "none", "none", "loose pas10 letter"}, // the former may be PAß10 in the shop
		{"PAß10", "PAS10", "none", "none", "blocking pas10 letter"},
		{"PAß10", "PASS10", "blocking pass10", "blocking pass10", "blocking pass10"},
		{"PAßS10", "PASß10", "blocking passs10", "blocking passs10", "blocking passs10"},
		{"STRAßÉ10", "STRASE10", "none", "none", "blocking strase10 letter"},
		{"SSØß10", "SOS10", "none", "none", "loose sos10 letter"},
		{"PASTA10", "PATA10", "none", "none", "none"},
		{"[style]", "[style]", "none", "none", "none"}, // not valid
	} {
		a, b := rule(discount.Equals, test.a), rule(discount.Equals, test.b)
		for c, want := range map[discount.Comparison]string{
			"": test.exact, discount.Exact: test.exact, discount.WooCommerce: test.exact,
			discount.Accents: test.accents, discount.General: test.general,
		} {
			found := c.Compare(a, b)
			got := strings.TrimSpace(fmt.Sprint(found.Severity, " ", found.Witness, " ", found.Cause))
			if got != want {
				t.Errorf("%q: %s and %s have the conflict %s, want %s", c, test.a, test.b, got, want)
			}
		}
	}
	family := discount.Accents.Compare(rule(discount.StartsWith, "RENÉ"), rule(discount.Equals, "RENE10"))
	if family.Severity != discount.NoConflict {
		t.Errorf("a family of codes is compared loosely: %+v", family)
	}
}

func TestComparisonValidate(t *testing.T) {
	t.Parallel()
	for _, c := range discount.Comparisons() {
		if err := c.Validate(); err != nil {
			t.Error(err)
		}
	}
	checkRuleError(t, discount.Comparison("magento").Validate(), "comparison", "use exact, accents, woocommerce or general")
}

// The keys are those of the collation, which are written otherwise so that a code in ASCII is its own key.
func TestLooseKeysAreThoseOfTheCollation(t *testing.T) {
	t.Parallel()
	collator := collate.New(language.Und, collate.Loose)
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.StringOfN(rapid.SampledFrom([]rune("aáàæeéœßssnñøoıi10١٢はハば-·lł")), 1, 4, -1)
		// The collation does not see control characters, and no code has any.
		texts := awkwardText(1, 6).Filter(func(text string) bool { return !strings.ContainsFunc(text, unicode.IsControl) })
		a := rapid.OneOf(letters, texts).Draw(t, "a")
		b := rapid.OneOf(letters, texts).Draw(t, "b")
		one := collator.CompareString(discount.Normalize(a), discount.Normalize(b)) == 0
		if got := discount.Exact.LooseKey(a) == discount.Exact.LooseKey(b); got != one {
			t.Fatalf("%+q and %+q: one key is %t, one code %t", a, b, got, one)
		}
	})
	for r := range rune(0x80) {
		if code := "a" + string(r); discount.Exact.LooseKey(code) != discount.Normalize(code) {
			t.Errorf("%q has the key %q", code, discount.Exact.LooseKey(code))
		}
	}
}

// What one code redeems is found by its loose key, so that an index by loose keys misses no conflict.
func TestWhatRedeemsHasOneLooseKey(t *testing.T) {
	t.Parallel()
	byKey := map[discount.Comparison]map[string]rune{}
	for r := range eachCharacter {
		key := discount.Normalize(string(r))
		for _, c := range discount.Comparisons() {
			if byKey[c] == nil {
				byKey[c] = map[string]rune{}
			}
			first, there := byKey[c][c.Key(key)]
			if !there {
				byKey[c][c.Key(key)] = r
			} else if c.LooseKey(string(first)) != c.LooseKey(string(r)) {
				t.Errorf("%s: %U redeems %U, and has another loose key", c, r, first)
			}
		}
	}
}

// A conflict is found of two codes just if one redeems the other or some shop takes them for one, also where only their normal
// forms are known, as a store keeps them, and ß cannot be seen.
func TestCompareIsRedeemsOfAllPairs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		codes := rapid.SliceOfN(rapid.StringOfN(rapid.SampledFrom([]rune("aáæßẞsSśıiIøO1١")), 1, 4, -1), 2, 12).Draw(t, "codes")
		c := rapid.SampledFrom(discount.Comparisons()).Draw(t, "comparison")
		for n, a := range codes {
			for _, b := range codes[:n] {
				typed := c.Compare(rule(discount.Equals, a), rule(discount.Equals, b))
				stored := c.Compare(rule(discount.Equals, discount.Normalize(a)), rule(discount.Equals, discount.Normalize(b)))
				redeems := discount.Normalize(a) == discount.Normalize(b) ||
					c.IsLoose() && (c.Redeems(a, b) || c.Redeems(discount.Normalize(a), discount.Normalize(b)))
				if (typed.Severity == discount.Blocking) != redeems {
					t.Fatalf("%s: %q redeems %q: %t; conflict %+v", c, a, b, redeems, typed)
				}
				one := c.LooseKey(a) == c.LooseKey(b)
				if one != (typed.Severity != discount.NoConflict) || one != (stored.Severity != discount.NoConflict) || redeems && !one {
					t.Fatalf("%s: %q and %q have one loose key: %t; redeems: %t; conflicts %+v and %+v", c, a, b, one, redeems, typed, stored)
				}
			}
		}
	})
}

func FuzzComparison(f *testing.F) {
	for _, code := range []string{"RENÉ10", "STRASSE", "ısıl", "İ\u0301", "\xff", "𠮷野10", "ANA١٠", "\u1112\u1161\u11ab", "ば゛"} {
		f.Add(code, "RENE10")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, c := range discount.Comparisons() {
			if key := discount.Normalize(a); c.LooseKey(key) != c.LooseKey(a) {
				t.Errorf("%s: the loose key of %+q is not that of its normal form", c, a)
			}
			if !c.Redeems(a, a) {
				t.Errorf("%s: %+q does not redeem itself", c, a)
			}
			x, y := rule(discount.Equals, a), rule(discount.Equals, b)
			found := c.Compare(x, y)
			if found != c.Compare(y, x) || found.Severity < discount.Compare(x, y).Severity {
				t.Errorf("%s: %+q and %+q have the conflict %+v", c, a, b, found)
			}
			if (found.Cause == "") != (found.Severity == discount.NoConflict || x.Key() == y.Key()) {
				t.Errorf("%s: %+q and %+q have the cause %q", c, a, b, found.Cause)
			}
		}
	})
}

func BenchmarkLooseKey(b *testing.B) {
	for _, code := range []string{"RENE10", "RENÉ10"} {
		b.Run(code, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				discount.Accents.LooseKey(code)
			}
		})
	}
}

// AppendKey appends what Key returns.
func TestAppendKey(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom(nil, asciiRange))).Draw(t, "code")
		for _, c := range discount.Comparisons() {
			if got, want := string(c.AppendKey([]byte("x"), code)), "x"+c.Key(code); got != want {
				t.Fatalf("%s: %q has the key %q, appended %q", c, code, want, got)
			}
		}
	})
}

var asciiRange = &unicode.RangeTable{R16: []unicode.Range16{{Hi: unicode.MaxASCII, Stride: 1}}, LatinOffset: 1}
