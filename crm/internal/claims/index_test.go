package claims

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
)

var equal = gocmp.Options{cmpopts.EquateComparable(budget.Date{}), cmpopts.EquateEmpty()}

const firstDay, lastDay = 20_000, 20_040 // Unix days; the last one is past all ends

// cooperation draws the entries of one cooperation, of few people with few ids and with rules that often meet: short
// ones of two letters, and some that are so long that two of them do not fit into one code.
func cooperation() *rapid.Generator[[]Entry] {
	short := rapid.StringOfN(rapid.SampledFrom([]rune("abäø")), 1, 4, -1)
	long := rapid.Custom(func(t *rapid.T) string {
		letters := rapid.SampledFrom([]string{"a", "b", "ab"}).Draw(t, "letters")
		return strings.Repeat(letters, rapid.IntRange(14, 31).Draw(t, "times"))
	})
	return rapid.Custom(func(t *rapid.T) []Entry {
		e := Entry{
			Cooperation: ID{15: byte(rapid.IntRange(1, 9).Draw(t, "cooperation"))},
			Influencer:  ID{0: byte(rapid.IntRange(1, 4).Draw(t, "influencer"))},
		}
		start := int32(rapid.IntRange(firstDay, firstDay+12).Draw(t, "start"))
		e.Days.Start = budget.FromUnixDay(start)
		if rapid.Bool().Draw(t, "ends") {
			e.Days.End = budget.FromUnixDay(start + int32(rapid.IntRange(0, 12).Draw(t, "days")))
		}
		list := []Entry{}
		for n := range rapid.IntRange(1, 4).Draw(t, "rules") {
			e.Kind, e.Key = rapid.SampledFrom(kinds[:]).Draw(t, "kind"), rapid.OneOf(short, short, short, long).Draw(t, "key")
			if n == 3 {
				e.Key = "" // a rule that is not valid claims nothing
			}
			list = append(list, e)
		}
		slices.SortFunc(list, Entry.Compare)
		return withoutRepeats(list)
	})
}

// reference is the entries by cooperation. It compares each entry with each other one.
type reference struct {
	by         map[ID][]Entry
	comparison discount.Comparison
}

func (r reference) all() (all []Entry) {
	for _, entries := range r.by {
		all = append(all, entries...)
	}
	return all
}

// conflicts returns those of one entry with all others, in the order of the others.
func (r reference) conflicts(mine Entry) (certain, possible []Conflict) {
	for _, other := range r.all() {
		if other.Influencer == mine.Influencer || other.Cooperation == mine.Cooperation {
			continue
		}
		c := Conflict{Mine: mine, Other: other, Days: common(mine, other)}
		switch {
		case c.Days.Start.IsZero():
			continue
		case mine.Kind == UTM || other.Kind == UTM:
			if mine.Kind == other.Kind && mine.Key == other.Key {
				c.Severity = discount.Certain
			}
		default:
			c.Severity = r.comparison.Compare(mine.Rule(), other.Rule()).Severity
		}
		switch c.Severity {
		case discount.Possible:
			possible = append(possible, c)
		case discount.Loose, discount.Certain, discount.Blocking:
			certain = append(certain, c)
		}
	}
	slices.SortFunc(possible, func(a, b Conflict) int { return a.Other.Compare(b.Other) })
	return certain, possible
}

// common tries all days.
func common(a, b Entry) (days budget.Period) {
	for n := int32(firstDay); n <= lastDay; n++ {
		d := budget.FromUnixDay(n)
		if !a.Days.Contains(d) || !b.Days.Contains(d) {
			continue
		}
		if days.Start.IsZero() {
			days.Start = d
		}
		if days.End = d; n == lastDay {
			days.End = budget.Date{}
		}
	}
	return days
}

func (r reference) of(mine []Entry) (all Conflicts) {
	for _, e := range mine {
		certain, possible := r.conflicts(e)
		all.Worst = append(all.Worst, certain...)
		all.Possible += len(possible)
	}
	slices.SortFunc(all.Worst, func(a, b Conflict) int {
		return cmp.Or(-cmp.Compare(a.Severity, b.Severity), a.Other.Cooperation.Compare(b.Other.Cooperation),
			-cmp.Compare(b2i(a.Mine.Kind == UTM), b2i(b.Mine.Kind == UTM)), a.Mine.Compare(b.Mine), a.Other.Compare(b.Other))
	})
	all.Total = len(all.Worst)
	return all
}

// TestTheIndexAnswersAsAComparisonOfAllWithAll adds, changes and removes entries in copies of versions, and asks each
// time all versions for the conflicts of a cooperation that may be one of those in the index, with other rules or of
// somebody else by now.
func TestTheIndexAnswersAsAComparisonOfAllWithAll(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := reference{map[ID][]Entry{}, rapid.SampledFrom(discount.Comparisons()).Draw(t, "comparison")}
		for _, entries := range rapid.SliceOfN(cooperation(), 0, 9).Draw(t, "at first") {
			all.by[entries[0].Cooperation] = entries
		}
		hash := New(nil, all.comparison).hash
		if rapid.Bool().Draw(t, "hashes collide") {
			hash = func(_ Kind, key string) uint64 { return uint64(len(key)) % 3 }
		}
		versions := []version{{newIndex(all.all(), all.comparison, hash), all}}
		inner := versions[0].index.suffixes.inner
		inner.searches.Store(rapid.SampledFrom([]int32{0, maxScans - 9, maxScans}).Draw(t, "searches before"))
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			v := rapid.SampledFrom(versions).Draw(t, "version") // not only the latest
			index, all := v.index.Copy(), reference{maps.Clone(v.all.by), v.all.comparison}
			for range rapid.IntRange(1, 3).Draw(t, "changes") {
				mine := cooperation().Draw(t, "cooperation")
				id := mine[0].Cooperation
				if rapid.IntRange(0, 3).Draw(t, "remove") == 0 {
					mine = nil
				}
				all.by[id] = mine
				index.Replace(id, mine)
				if index.Len() != len(all.all()) || !slices.Equal(index.Entries(id), mine) || !index.Has(id, mine) {
					t.Fatalf("%d entries, of the cooperation %v, want %d and %v", index.Len(), index.Entries(id), len(all.all()), mine)
				}
			}
			versions = append(versions, version{index, all})
			for _, v := range versions {
				mine := cooperation().Draw(t, "cooperation")
				checkConflicts(t, v.all, v.index, mine)
				checkBlocking(t, v.all, v.index, mine)
				checkSatisfied(t, v.all, v.index)
				if rapid.Bool().Draw(t, "severities") {
					checkSeverities(t, v.all, v.index)
				}
			}
		}
	})
}

// version is an index with the entries that it should have.
type version struct {
	index *Index
	all   reference
}

// checkBlocking looks for the blocking conflicts that a cooperation did not have with other entries.
func checkBlocking(t *rapid.T, all reference, index *Index, mine []Entry) {
	before := cooperation().Draw(t, "before")
	for n := range before {
		before[n].Cooperation = mine[0].Cooperation
	}
	had := func(c Conflict) bool {
		return slices.ContainsFunc(all.of(before).Worst, func(b Conflict) bool {
			return b.Severity == discount.Blocking && b.Other == c.Other && b.Mine.Key == c.Mine.Key
		})
	}
	want := slices.DeleteFunc(all.of(mine).Worst, func(c Conflict) bool { return c.Severity != discount.Blocking || had(c) })
	limit := rapid.IntRange(0, 3).Draw(t, "limit")
	if limit > 0 {
		want = want[:min(limit, len(want))]
	}
	if diff := gocmp.Diff(want, index.Blocking(mine, before, limit), equal); diff != "" {
		t.Fatalf("newly blocking (-all with all +index):\n%s", diff)
	}
}

func checkConflicts(t *rapid.T, all reference, index *Index, mine []Entry) {
	want := all.of(mine)
	if diff := gocmp.Diff(want, index.Conflicts(mine, 0), equal); diff != "" {
		t.Fatalf("conflicts (-all with all +index):\n%s", diff)
	}
	limit := rapid.IntRange(1, 10).Draw(t, "limit")
	limited := want
	limited.Worst = limited.Worst[:min(limit, len(limited.Worst))]
	if diff := gocmp.Diff(limited, index.Conflicts(mine, limit), equal); diff != "" {
		t.Fatalf("the worst %d conflicts (-all with all +index):\n%s", limit, diff)
	}
	for _, c := range want.Worst {
		if c.Mine.Kind == UTM {
			continue
		}
		proof := all.comparison.Compare(c.Mine.Rule(), c.Other.Rule())
		if c.Witness() != proof.Witness || c.Cause() != proof.Cause {
			t.Fatalf("%q is the witness of %s and %s, and %q the cause; want %+v",
				c.Witness(), c.Mine.Rule(), c.Other.Rule(), c.Cause(), proof)
		}
	}
	for _, e := range mine {
		_, possible := all.conflicts(e)
		listed := min(limit, len(possible))
		got, more := index.Possible(e, limit)
		if diff := gocmp.Diff(possible[:listed], got, equal); diff != "" || more != len(possible)-listed {
			t.Fatalf("possible conflicts of %v, and %d more, want %d (-all +index):\n%s", e, more, len(possible)-listed, diff)
		}
	}
}

func checkSeverities(t *rapid.T, all reference, index *Index) {
	want := map[ID]discount.Severity{}
	for id, entries := range all.by {
		for _, c := range all.of(entries).Worst {
			want[id] = max(want[id], c.Severity)
		}
	}
	got := map[ID]discount.Severity{}
	found, err := index.Severities(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	counts := map[discount.Severity]int{}
	for id, severity := range found.All() {
		got[id] = severity
		for least := discount.Loose; least <= severity; least++ {
			counts[least]++
		}
	}
	for least := discount.Loose; least <= discount.Blocking; least++ {
		if n := found.Len(least); n != counts[least] {
			t.Fatalf("%d are %s or worse, want %d", n, least, counts[least])
		}
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Fatalf("the worst of each (-all with all +index):\n%s", diff)
	}
}

func checkSatisfied(t *rapid.T, all reference, index *Index) {
	short, long := rapid.SampledFrom([]rune("aAbBäÄ")), rapid.SampledFrom([]rune("ab"))
	code := rapid.OneOf(rapid.StringOfN(short, 0, 6, -1), rapid.StringOfN(long, 0, 80, -1)).Draw(t, "code")
	want := []Entry{}
	for _, e := range all.all() {
		if e.Kind != UTM && e.valid() && e.Rule().Matches(code) {
			want = append(want, e)
		}
	}
	slices.SortFunc(want, Entry.Compare)
	if diff := gocmp.Diff(want, index.Satisfied(" "+code), equal); diff != "" {
		t.Fatalf("satisfied by %q (-all +index):\n%s", code, diff)
	}
}

// TestConflictsDoesNotWalkTheIndex takes away the entries of everybody with whom a cooperation has nothing to do:
// whoever looked at one of them would panic.
func TestConflictsDoesNotWalkTheIndex(t *testing.T) {
	t.Parallel()
	entry := func(n int, kind Kind, key string) Entry {
		id := ID{14: byte(n >> 8), 15: byte(n)}
		from := budget.Period{Start: budget.FromUnixDay(firstDay)}
		return Entry{Cooperation: id, Influencer: id, Kind: kind, Key: key, Days: from}
	}
	const others = 5_000
	entries := []Entry{}
	for n := 1; n <= others; n++ {
		code := fmt.Sprintf("x%dx", n)
		entries = append(entries, entry(n, Equals, "code"+code), entry(n, Contains, "c"+code),
			entry(n, StartsWith, "s"+code), entry(n, EndsWith, "e"+code))
	}
	index := New(append(entries, entry(others+1, Equals, "asunb")), discount.Exact)
	index.groups.Scan(func(_ uint64, g *group) bool {
		if g.key != "asunb" {
			g.term = nil
		}
		return true
	})
	for _, test := range []struct {
		kind              Kind
		key               string
		certain, possible int
	}{
		{Equals, "asunb", 1, 0},
		{Contains, "sun", 1, 3 * others},
		{StartsWith, "asun", 1, 2 * others},
		{EndsWith, "sunb", 1, 2 * others},
		{Contains, "sunshine", 0, 3 * others},
	} {
		found := index.Conflicts([]Entry{entry(others+2, test.kind, test.key)}, 0)
		if len(found.Worst) != test.certain || found.Possible != test.possible {
			t.Errorf("%s %s: %d certain and %d possible, want %d and %d",
				test.kind, test.key, len(found.Worst), found.Possible, test.certain, test.possible)
		}
	}
	if found := index.Satisfied("ASUNB"); len(found) != 1 {
		t.Errorf("ASUNB satisfies %d entries, want 1", len(found))
	}
}
