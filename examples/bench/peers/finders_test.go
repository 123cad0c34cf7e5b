package peers

import (
	"regexp"
	"strings"

	bobusumisu "github.com/BobuSumisu/aho-corasick"
	petar "github.com/petar-dambovaliev/aho-corasick"

	"github.com/getklar/influencercrm/discount"
)

// finder is a way to find the rules that a code satisfies. All fold codes in ASCII; folding Unicode as the index does is no
// task of theirs.
type finder struct {
	name string
	// build returns what counts the rules that a code satisfies.
	build func([]discount.Rule) func(code string) int
	any   bool // it only says whether there is a rule
	rules int  // the most that it can be built for in reasonable time and memory
	work  int  // how much longer it takes for each rule more, compared to a scan; 0 if it hardly does
}

const anyNumber = 1 << 30

// floor is the least that any finder does: to fold the code and look it up among the patterns.
func floor() finder { return finder{name: "map", build: mapFinder, rules: anyNumber} }

func index() finder { return finder{name: "Index", build: indexFinder, rules: anyNumber} }

func peers() []finder {
	return []finder{
		{name: "BobuSumisu", build: bobusumisuFinder, rules: 100_000},
		{name: "petar-dambovaliev", build: petarFinder, rules: anyNumber},
		{name: "scan", build: scanFinder, rules: 100_000, work: 1},
		{name: "regexp", build: regexpFinder, any: true, rules: 10_000, work: 100},
	}
}

// turn is how many of many codes a finder gets in one turn, so that slow ones take seconds and not hours.
func (f finder) turn(rules int, codes []string) []string {
	if f.work == 0 {
		return codes
	}
	return codes[:min(len(codes), max(10, 10_000_000/(rules*f.work)))]
}

func mapFinder(rules []discount.Rule) func(string) int {
	patterns := make(map[string]int, len(rules))
	for n, r := range rules {
		patterns[lower(r.Pattern)] = n
	}
	folded := make([]byte, 0, 64)
	return func(code string) int {
		if _, ok := patterns[string(appendLower(folded, code))]; ok {
			return 1
		}
		return 0
	}
}

func indexFinder(rules []discount.Rule) func(string) int {
	x := discount.NewIndex(rules)
	buffer := make([]int, 0, 64)
	return func(code string) int {
		found, _ := x.AppendMatches(buffer, code, cap(buffer))
		return len(found)
	}
}

// scanFinder tries one rule after the other, the patterns folded beforehand.
func scanFinder(rules []discount.Rule) func(string) int {
	folded := make([]discount.Rule, len(rules))
	for n, r := range rules {
		folded[n] = discount.Rule{Match: r.Match, Pattern: lower(r.Pattern)}
	}
	return func(code string) (count int) {
		code = lower(code)
		for n := range folded {
			if matches(folded[n].Match, code, folded[n].Pattern) {
				count++
			}
		}
		return count
	}
}

func matches(m discount.Match, code, pattern string) bool {
	switch m {
	case discount.Equals:
		return code == pattern
	case discount.StartsWith:
		return strings.HasPrefix(code, pattern)
	case discount.EndsWith:
		return strings.HasSuffix(code, pattern)
	}
	return strings.Contains(code, pattern)
}

// regexpFinder says whether there is any rule: an alternation stops at the first one.
func regexpFinder(rules []discount.Rule) func(string) int {
	all := make([]string, len(rules))
	for n, r := range rules {
		all[n] = regexp.QuoteMeta(lower(r.Pattern))
		if r.Match == discount.Equals || r.Match == discount.StartsWith {
			all[n] = "^" + all[n]
		}
		if r.Match == discount.Equals || r.Match == discount.EndsWith {
			all[n] += "$"
		}
	}
	alternation := regexp.MustCompile(strings.Join(all, "|"))
	return func(code string) int {
		if alternation.MatchString(lower(code)) {
			return 1
		}
		return 0
	}
}

// dictionary is what a search for many texts needs beside the texts: the rules of each.
type dictionary struct {
	texts []string
	rules [][]discount.Match
}

func newDictionary(rules []discount.Rule) *dictionary {
	d, at := &dictionary{}, map[string]int{}
	for _, r := range rules {
		pattern := lower(r.Pattern)
		n, ok := at[pattern]
		if !ok {
			n = len(d.texts)
			at[pattern] = n
			d.texts, d.rules = append(d.texts, pattern), append(d.rules, nil)
		}
		d.rules[n] = append(d.rules[n], r.Match)
	}
	return d
}

// holding counts the rules of a text that hold where it stands in a code of a length. A rule that finds it anywhere counts only
// once for a code: not again.
func (d *dictionary) holding(text, start, end, length int, again bool) (count int) {
	for _, m := range d.rules[text] {
		switch {
		case m == discount.Contains && !again,
			m == discount.Equals && start == 0 && end == length,
			m == discount.StartsWith && start == 0,
			m == discount.EndsWith && end == length:
			count++
		}
	}
	return count
}

// seen are the texts that stand in a code; few do.
type seen []int

func (s *seen) add(text int) (again bool) {
	for _, t := range *s {
		if t == text {
			return true
		}
	}
	*s = append(*s, text)
	return false
}

func bobusumisuFinder(rules []discount.Rule) func(string) int {
	d := newDictionary(rules)
	trie := bobusumisu.NewTrieBuilder().AddStrings(d.texts).Build()
	folded, texts := make([]byte, 0, 64), make(seen, 0, 64)
	return func(code string) (count int) {
		key := appendLower(folded, code)
		texts = texts[:0]
		trie.Walk(key, func(last, n, pattern int64) bool {
			end := int(last) + 1
			count += d.holding(int(pattern), end-int(n), end, len(key), texts.add(int(pattern)))
			return true
		})
		return count
	}
}

// petarFinder uses the module's NFA: its DFA takes a kilobyte and more for each character of a pattern.
func petarFinder(rules []discount.Rule) func(string) int {
	d := newDictionary(rules)
	builder := petar.NewAhoCorasickBuilder(petar.Opts{MatchKind: petar.StandardMatch})
	automaton := builder.Build(d.texts)
	folded, texts := make([]byte, 0, 64), make(seen, 0, 64)
	return func(code string) (count int) {
		key := appendLower(folded, code)
		texts = texts[:0]
		all := automaton.IterOverlappingByte(key)
		for m := all.Next(); m != nil; m = all.Next() {
			count += d.holding(m.Pattern(), m.Start(), m.End(), len(key), texts.add(m.Pattern()))
		}
		return count
	}
}

func lower(code string) string { return string(appendLower(nil, code)) }

// appendLower folds a code in ASCII as cheaply as can be.
func appendLower(to []byte, code string) []byte {
	for i := range len(code) {
		c := code[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		to = append(to, c)
	}
	return to
}
