package claims

import (
	"cmp"
	"fmt"
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
	short := rapid.StringOfN(rapid.SampledFrom([]rune("abä")), 1, 4, -1)
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
		return list
	})
}

// reference is the entries by cooperation. It compares each entry with each other one.
type reference map[ID][]Entry

func (r reference) all() (all []Entry) {
	for _, entries := range r {
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
			c.Severity = discount.Compare(mine.Rule(), other.Rule()).Severity
		}
		switch c.Severity {
		case discount.Possible:
			possible = append(possible, c)
		case discount.Certain, discount.Blocking:
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

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestTheIndexAnswersAsAComparisonOfAllWithAll adds, changes and removes entries, and asks each time for the conflicts
// of a cooperation that may be one of those in the index, with other rules or of somebody else by now.
func TestTheIndexAnswersAsAComparisonOfAllWithAll(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := reference{}
		for _, entries := range rapid.SliceOfN(cooperation(), 0, 9).Draw(t, "at first") {
			all[entries[0].Cooperation] = entries
		}
		index := New(all.all())
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			mine := cooperation().Draw(t, "cooperation")
			checkConflicts(t, all, index, mine)
			checkWorst(t, all, index)
			checkSatisfied(t, all, index)
			checkOverlay(t, all, index, mine)
			id := mine[0].Cooperation
			if rapid.IntRange(0, 3).Draw(t, "remove") == 0 {
				mine = nil
			}
			all[id] = mine
			index.Replace(id, mine)
			if index.Len() != len(all.all()) || !slices.Equal(index.Entries(id), mine) {
				t.Fatalf("%d entries, of the cooperation %v, want %d and %v", index.Len(), index.Entries(id), len(all.all()), mine)
			}
		}
	})
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
		if code := c.Witness(); c.Mine.Kind != UTM && (!c.Mine.Rule().Matches(code) || !c.Other.Rule().Matches(code)) {
			t.Fatalf("%q is no witness of %s and %s", code, c.Mine.Rule(), c.Other.Rule())
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

func checkWorst(t *rapid.T, all reference, index *Index) {
	want := map[ID]discount.Severity{}
	for id, entries := range all {
		if len(entries) > 0 {
			want[id] = discount.NoConflict
		}
		for _, c := range all.of(entries).Worst {
			want[id] = max(want[id], c.Severity)
		}
	}
	got := map[ID]discount.Severity{}
	for id, severity := range index.Worst() {
		got[id] = severity
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

// checkOverlay replaces the entries of some cooperations on top of the index, some of them twice, and back.
func checkOverlay(t *rapid.T, all reference, index *Index, mine []Entry) {
	overlay, now := NewOverlay(), reference{}
	for id, entries := range all {
		now[id] = entries
	}
	for _, entries := range rapid.SliceOfN(cooperation(), 0, 3).Draw(t, "replaced") {
		id := entries[0].Cooperation
		switch rapid.IntRange(0, 3).Draw(t, "replaced by") {
		case 0:
			entries = nil
		case 1:
			entries = all[id]
		}
		now[id] = entries
		overlay.Replace(index, id, entries)
		if got := overlay.Entries(index, id); !slices.Equal(got, entries) {
			t.Fatalf("the overlay has %v, want %v", got, entries)
		}
	}
	if diff := gocmp.Diff(now.of(mine), overlay.Conflicts(index, mine), equal); diff != "" {
		t.Fatalf("conflicts (-all with all +overlay):\n%s", diff)
	}
	if id := mine[0].Cooperation; !slices.Equal(overlay.Entries(index, id), now[id]) {
		t.Fatalf("the overlay has %v, want %v", overlay.Entries(index, id), now[id])
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
	index := New(append(entries, entry(others+1, Equals, "asunb")))
	for _, groups := range index.groups {
		for _, g := range groups {
			if g.key != "asunb" {
				g.entries = make([]*Entry, len(g.entries))
			}
		}
	}
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
