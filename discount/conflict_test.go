package discount_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/discount"
)

func TestCompare(t *testing.T) {
	t.Parallel()
	const (
		equals, contains = discount.Equals, discount.Contains
		starts, ends     = discount.StartsWith, discount.EndsWith
	)
	a40, b40 := strings.Repeat("a", 40), strings.Repeat("b", 40)
	none := discount.Conflict{}
	certain := func(witness string) discount.Conflict {
		return discount.Conflict{Severity: discount.Certain, Witness: witness}
	}
	possible := func(witness string) discount.Conflict {
		return discount.Conflict{Severity: discount.Possible, Witness: witness}
	}
	tests := []struct {
		name string
		a, b discount.Rule
		want discount.Conflict
	}{
		{"the same code", rule(equals, "CR9"), rule(equals, "cr9 "), discount.Conflict{Severity: discount.Blocking, Witness: "cr9"}},
		{"two codes", rule(equals, "CR9"), rule(equals, "CR"), none},
		{"code of a family", rule(contains, "EM"), rule(equals, "EMMA10"), certain("emma10")},
		{"code of no family", rule(contains, "PAM"), rule(equals, "EMMA10"), none},
		{"family in a family", rule(starts, "EM"), rule(starts, "EMMA"), certain("emma")},
		{"the same family", rule(starts, "EM"), rule(starts, "em"), certain("em")},
		{"two families", rule(starts, "EM"), rule(starts, "ME"), none},
		{"two endings", rule(ends, "10"), rule(ends, "15"), none},
		{"ending of an ending", rule(ends, "0"), rule(ends, "10"), certain("10")},
		{"beginning and end", rule(starts, "A"), rule(ends, "B"), possible("ab")},
		{"beginning and the same end", rule(starts, "A"), rule(ends, "A"), certain("a")},
		{"beginning and end that overlap", rule(starts, "EMMA"), rule(ends, "MAX"), possible("emmax")},
		{"end in front of the beginning does not count", rule(starts, "MAX"), rule(ends, "EMMA"), possible("maxemma")},
		{"two pieces", rule(contains, "EMMA"), rule(contains, "MAX"), possible("emmax")},
		{"two pieces, the other way round", rule(contains, "MAX"), rule(contains, "EMMA"), possible("emmax")},
		{"two pieces without overlap", rule(contains, "XX"), rule(contains, "AA"), possible("aaxx")},
		{"beginning and piece", rule(starts, "EMMA"), rule(contains, "MAX"), possible("emmax")},
		{"piece and end", rule(contains, "MAX"), rule(ends, "EMMA"), possible("maxemma")},
		{"piece that has the beginning", rule(contains, "PAMELA"), rule(starts, "PAM"), certain("pamela")},
		{"piece that has the beginning inside", rule(contains, "XPAM"), rule(starts, "PAM"), possible("pamxpam")},
		{"too long together", rule(starts, a40), rule(ends, b40), none},
		{"short enough by the overlap", rule(starts, a40+"bbbbbbbbbbbbbbbb"), rule(ends, "bbbbbbbbbbbbbbbbcccccccc"),
			possible(a40 + "bbbbbbbbbbbbbbbbcccccccc")},
		{"short enough one way round only", rule(contains, a40+"xy"), rule(contains, "xy"+b40[:22]), possible(a40 + "xy" + b40[:22])},
		{"length counts characters, not bytes", rule(starts, strings.Repeat("ä", 32)), rule(ends, strings.Repeat("ö", 32)),
			possible(strings.Repeat("ä", 32) + strings.Repeat("ö", 32))},
		{"letters that are one when normal", rule(starts, "STRASSE"), rule(ends, "ße10"), possible("strasse10")},
		{"inner space at the seam", rule(starts, "a b"), rule(ends, "b a"), possible("a b a")},
		{"looks like a placeholder when glued", rule(starts, "[A"), rule(ends, "B]"), possible("[ab]")},
		{"without pattern", rule(starts, ""), rule(equals, "A"), none},
		{"unknown match", rule("like", "A"), rule(equals, "A"), none},
		{"pattern too short", rule(contains, "A"), rule(equals, "A"), none},
		{"invalid benefit", discount.Rule{Match: equals, Pattern: "A", Benefit: discount.Benefit{Kind: "gift"}}, rule(equals, "A"),
			discount.Conflict{Severity: discount.Blocking, Witness: "a"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, discount.Compare(test.a, test.b)); diff != "" {
				t.Errorf("Compare(a, b) (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.want, discount.Compare(test.b, test.a)); diff != "" {
				t.Errorf("Compare(b, a) (-want +got):\n%s", diff)
			}
		})
	}
}

// For all short rules over a small alphabet, Compare agrees with trying all
// codes that are long enough for any two of the patterns side by side.
func TestCompareAgreesWithTryingAllCodes(t *testing.T) {
	t.Parallel()
	t.Run("letters", func(t *testing.T) {
		t.Parallel()
		compareExhaustively(t, []string{"a", "b"}, 4, []string{"a", "b"}, 8)
	})
	t.Run("a dash between", func(t *testing.T) {
		t.Parallel()
		compareExhaustively(t, []string{"a", "b"}, 3, []string{"a", "b", "-"}, 6)
	})
	t.Run("spaces and accents", func(t *testing.T) {
		t.Parallel()
		alphabet := []string{"e", "é", "\u0301", "\u0323", " "}
		compareExhaustively(t, alphabet, 2, alphabet, 5)
	})
	t.Run("Hangul", func(t *testing.T) {
		t.Parallel()
		alphabet := []string{"\u1100", "\u1161", "\u11a8", "가", "각"}
		compareExhaustively(t, alphabet, 2, alphabet, 5)
	})
}

func compareExhaustively(t *testing.T, patternLetters []string, patternLen int, codeLetters []string, codeLen int) {
	var codes []string // shortest first
	for _, text := range allTexts(codeLetters, codeLen) {
		if discount.Normalize(text) == text {
			codes = append(codes, text)
		}
	}
	type candidate struct {
		rule  discount.Rule
		codes []bool // which of the codes it matches
	}
	var candidates []candidate
	for _, pattern := range allTexts(patternLetters, patternLen) {
		for _, match := range discount.Matches() {
			r := rule(match, pattern)
			if r.Validate() != nil || r.Key() != pattern {
				continue
			}
			matched := make([]bool, len(codes))
			for i, code := range codes {
				matched[i] = r.MatchesKey(code)
			}
			candidates = append(candidates, candidate{r, matched})
		}
	}

	for i, a := range candidates {
		for _, b := range candidates[:i+1] {
			shortest := ""
			for j, code := range codes {
				if a.codes[j] && b.codes[j] {
					shortest = code
					break
				}
			}
			want := discount.NoConflict
			switch {
			case shortest == "":
			case a.rule.Match == discount.Equals && b.rule.Match == discount.Equals:
				want = discount.Blocking
			case a.rule.Matches(b.rule.Pattern) || b.rule.Matches(a.rule.Pattern):
				want = discount.Certain
			default:
				want = discount.Possible
			}
			got := discount.Compare(a.rule, b.rule)
			if got.Severity != want || utf8.RuneCountInString(got.Witness) != utf8.RuneCountInString(shortest) {
				t.Fatalf("Compare(%v, %v) = %v %+q, want %v and as short as %+q", a.rule, b.rule, got.Severity, got.Witness, want, shortest)
			}
			if problem := conflictProblem(a.rule, b.rule); problem != "" {
				t.Fatal(problem)
			}
		}
	}
}

// allTexts returns all texts of 1 to n letters, the shortest first.
func allTexts(letters []string, n int) []string {
	var texts []string
	last := []string{""}
	for range n {
		var next []string
		for _, text := range last {
			for _, letter := range letters {
				next = append(next, text+letter)
			}
		}
		texts = append(texts, next...)
		last = next
	}
	return texts
}

// conflictProblem says which promise of Compare is broken for two rules, "" if
// none is.
func conflictProblem(a, b discount.Rule) string {
	got, back := discount.Compare(a, b), discount.Compare(b, a)
	w := got.Witness
	broken := ""
	switch {
	case got != back:
		broken = "depends on the order"
	case (w == "") != (got.Severity == discount.NoConflict):
		broken = "has a severity that does not go with the witness"
	case w == "":
	case a.Validate() != nil || b.Validate() != nil:
		broken = "finds a conflict of an invalid rule"
	case discount.Normalize(w) != w:
		broken = "has a witness that is not normal"
	case utf8.RuneCountInString(w) > discount.MaxCodeLen:
		broken = "has a witness that is too long"
	case !a.Matches(w) || !b.Matches(w):
		broken = "has a witness that does not match both"
	}
	if broken == "" {
		return ""
	}
	text, _ := json.Marshal([]any{a, b, got, back})
	return "the comparison " + broken + ": " + string(text)
}

func TestComparePromises(t *testing.T) {
	t.Parallel()
	rules := rapid.Custom(func(t *rapid.T) discount.Rule {
		pattern := rapid.OneOf(awkwardText(1, 4), awkwardText(1, discount.MaxCodeLen), rapid.StringMatching(`[ab]{1,64}`))
		return rule(rapid.SampledFrom(discount.Matches()).Draw(t, "match"), pattern.Draw(t, "pattern"))
	})
	rapid.Check(t, func(t *rapid.T) {
		if problem := conflictProblem(rules.Draw(t, "a"), rules.Draw(t, "b")); problem != "" {
			t.Fatal(problem)
		}
	})
}

// NoConflict is a proof: two rules made to match a code of up to 64 awkward
// characters are never reported as free of conflict.
func TestCompareFindsKnownConflicts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		code := discount.Normalize(awkwardText(1, discount.MaxCodeLen).Draw(t, "code"))
		runes := []rune(code)
		if len(runes) == 0 || len(runes) > discount.MaxCodeLen {
			return
		}
		cut := func(label string) discount.Rule {
			from := rapid.IntRange(0, len(runes)-1).Draw(t, label+" from")
			to := rapid.IntRange(from+1, len(runes)).Draw(t, label+" to")
			match := discount.Contains
			switch {
			case from == 0 && to == len(runes):
				match = discount.Equals
			case from == 0:
				match = discount.StartsWith
			case to == len(runes):
				match = discount.EndsWith
			}
			return rule(match, string(runes[from:to]))
		}
		a, b := cut("a"), cut("b")
		if a.Validate() != nil || b.Validate() != nil || !a.Matches(code) || !b.Matches(code) {
			return // cut apart in the wrong place, or trimmed
		}
		if discount.Compare(a, b).Severity == discount.NoConflict {
			t.Fatalf("%v and %v both match %+q, but do not conflict", a, b, code)
		}
	})
}

// What the proof in Compare's comment rests on: a character that may begin a
// pattern leaves alone whatever stands before it.
func TestPatternsGlueToNormalForms(t *testing.T) {
	t.Parallel()
	for r := range eachCharacter {
		back := rule(discount.EndsWith, string(r))
		if back.Validate() != nil {
			continue
		}
		for _, front := range []string{"e\u0338", "\u1100", "가", "か", "\u09c7", "í\u0307"} {
			if glued := front + back.Key(); discount.Normalize(glued) != glued {
				t.Errorf("%+q + %+q is not normal", front, back.Key())
			}
		}
	}
}

func TestSeverityText(t *testing.T) {
	t.Parallel()
	all := []discount.Severity{discount.NoConflict, discount.Loose, discount.Possible, discount.Certain, discount.Blocking}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(`["none","loose","possible","certain","blocking"]`, string(text)); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
	var back []discount.Severity
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(all, back); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}

	unknown := discount.Severity(9)
	if got := unknown.String(); got != "severity(9)" {
		t.Errorf("String() = %q", got)
	}
	_, err = unknown.MarshalText()
	checkRuleError(t, err, "severity", "not known")
	checkRuleError(t, unknown.UnmarshalText([]byte("bad")), "severity", "use none, loose, possible")
}

func BenchmarkCompare(b *testing.B) {
	long := strings.Repeat("ab", 16)
	for _, bench := range []struct {
		name string
		a, b discount.Rule
	}{
		{"equals", rule(discount.Equals, "EMMA10"), rule(discount.Equals, "PAM10")},
		{"certain", rule(discount.Contains, "emma"), rule(discount.Equals, "emma10")},
		{"possible", rule(discount.Contains, "emma"), rule(discount.Contains, "max10")},
		{"long", rule(discount.Contains, long+"x"), rule(discount.Contains, long+"y")},
		{"umlaut", rule(discount.StartsWith, "MÜLLER"), rule(discount.EndsWith, "Ärmel")},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				discount.Compare(bench.a, bench.b)
			}
		})
	}
}

// Whether two rules can only possibly conflict is a matter of their matches, unless their patterns are
// too long for one code.
func TestCanGlue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pattern := rapid.StringOfN(rapid.SampledFrom([]rune("abä")), 2, discount.MaxCodeLen/2, -1)
		match := rapid.SampledFrom(discount.Matches())
		a := rule(match.Draw(t, "match of a"), pattern.Draw(t, "a"))
		b := rule(match.Draw(t, "match of b"), pattern.Draw(t, "b"))
		severity := discount.Compare(a, b).Severity
		if glue := discount.CanGlue(a.Match, b.Match); glue && severity == discount.NoConflict || !glue && severity == discount.Possible {
			t.Fatalf("%s, %s: %s, and CanGlue is %v", a, b, severity, glue)
		}
	})
}
