package crm

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

var dates = cmpopts.EquateComparable(budget.Date{})

const firstDay, lastDay = 20_000, 20_060 // Unix days; the last one is far past all ends and tails

// claimants draws cooperations of few people with few ids and rules that often meet: short ones of two
// letters, and some that are so long that two of them do not fit into one code.
func claimants() *rapid.Generator[Cooperation] {
	short := rapid.StringOfN(rapid.SampledFrom([]rune("abäø")), 1, 4, -1)
	long := rapid.Custom(func(t *rapid.T) string {
		return strings.Repeat(rapid.SampledFrom([]string{"a", "b", "ab"}).Draw(t, "letters"), rapid.IntRange(14, 31).Draw(t, "times"))
	})
	date := func(t *rapid.T, name string, from int) budget.Date {
		return budget.FromUnixDay(int32(from + rapid.IntRange(0, 12).Draw(t, name)))
	}
	return rapid.Custom(func(t *rapid.T) Cooperation {
		c := Cooperation{
			ID:         CooperationID(uuid.UUID{15: byte(rapid.IntRange(1, 9).Draw(t, "id"))}),
			Influencer: InfluencerID(uuid.UUID{15: byte(rapid.IntRange(1, 4).Draw(t, "influencer"))}),
		}
		c.Period.Start = date(t, "start", firstDay)
		start := int(c.Period.Start.UnixDay())
		if rapid.Bool().Draw(t, "ends") {
			c.Period.End = date(t, "end", start)
		}
		if rapid.IntRange(0, 3).Draw(t, "archived") == 0 {
			c.ArchivedOn = date(t, "archived on", start)
		}
		for range rapid.IntRange(0, 3).Draw(t, "rules") {
			rule := discount.Rule{
				Match:   rapid.SampledFrom(discount.Matches()).Draw(t, "match"),
				Pattern: rapid.OneOf(short, short, short, long).Draw(t, "pattern"),
			}
			same := func(r discount.Rule) bool { return r.Match == rule.Match && r.Key() == rule.Key() }
			if !slices.ContainsFunc(c.Rules, same) {
				c.Rules = append(c.Rules, rule)
			}
		}
		if rapid.IntRange(0, 4).Draw(t, "has utm") == 0 {
			c.UTM.Campaign = utm.Of(short.Draw(t, "utm"))
		}
		return c
	})
}

// reference holds each claim of a cooperation against each other claim.
type reference struct {
	claims map[CooperationID][]Claim
	claimSettings
}

func (r reference) conflicts(mine Claim) (certain, possible []Conflict) {
	for _, claims := range r.claims {
		for _, other := range claims {
			if other.Influencer == mine.Influencer || other.Cooperation == mine.Cooperation || (mine.Kind == ClaimUTM) != (other.Kind == ClaimUTM) {
				continue
			}
			common := r.common(mine, other)
			if common.Start.IsZero() {
				continue
			}
			found := Conflict{Kind: mine.Kind, Other: other.Cooperation, OtherInfluencer: other.Influencer, During: common}
			if mine.Kind == ClaimUTM {
				if found.Severity = discount.Certain; mine.Key == other.Key {
					certain = append(certain, found)
				}
				continue
			}
			proof := r.comparison.Compare(mine.Rule(), other.Rule())
			found.Severity, found.Witness, found.Cause = proof.Severity, proof.Witness, proof.Cause
			found.Rule, found.OtherRule = mine.Rule().String(), other.Rule().String()
			switch proof.Severity {
			case discount.NoConflict:
			case discount.Possible:
				possible = append(possible, found)
			default:
				certain = append(certain, found)
			}
		}
	}
	return certain, possible
}

// common tries all days.
func (r reference) common(a, b Claim) (common budget.Period) {
	live := func(c Claim, d budget.Date) bool {
		return !d.Before(c.From) && (c.To.IsZero() || !d.After(c.To.AddDays(r.tailDays))) && (c.Until.IsZero() || !d.After(c.Until))
	}
	for n := int32(firstDay); n <= lastDay; n++ {
		d := budget.FromUnixDay(n)
		if !live(a, d) || !live(b, d) {
			continue
		}
		if common.Start.IsZero() {
			common.Start = d
		}
		if common.End = d; n == lastDay {
			common.End = budget.Date{}
		}
	}
	return common
}

func (r reference) of(c Cooperation) Conflicts {
	found := Conflicts{List: []Conflict{}}
	for _, mine := range ClaimsOf(c) {
		certain, possible := r.conflicts(mine)
		found.List = append(found.List, certain...)
		found.Possible += len(possible)
	}
	slices.SortFunc(found.List, func(a, b Conflict) int {
		return cmp.Or(-cmp.Compare(a.Severity, b.Severity), a.Other.Compare(b.Other), cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.OtherRule, b.OtherRule))
	})
	return found
}

// TestTheIndexFindsWhatAComparisonOfAllWithAllFinds adds, changes and removes claims, and asks each
// time for all conflicts of a cooperation that may be one of those in the index, with other rules or of
// somebody else by now.
func TestTheIndexFindsWhatAComparisonOfAllWithAllFinds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ws := Workspace{
			TailDays:       rapid.IntRange(0, 5).Draw(t, "tail days"),
			CodeComparison: rapid.SampledFrom(append(discount.Comparisons(), "")).Draw(t, "comparison"),
		}
		all := reference{map[CooperationID][]Claim{}, ws.claimSettings()}
		given := []Claim{}
		for _, c := range rapid.SliceOfNDistinct(claimants(), 0, 9, func(c Cooperation) CooperationID { return c.ID }).Draw(t, "at first") {
			all.claims[c.ID] = ClaimsOf(c)
			given = append(given, ClaimsOf(c)...)
		}
		index := NewClaimIndex(given, ws)
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			c := claimants().Draw(t, "cooperation")
			want := all.of(c)
			if diff := gocmp.Diff(want, index.Conflicts(c), dates); diff != "" {
				t.Fatalf("conflicts (-all with all +index):\n%s", diff)
			}
			for _, mine := range ClaimsOf(c) {
				checkPossible(t, all, index, mine)
			}
			worst := map[CooperationID]discount.Severity{}
			for id, claims := range all.claims {
				for _, mine := range claims {
					certain, _ := all.conflicts(mine)
					for _, found := range certain {
						worst[id] = max(worst[id], found.Severity)
					}
				}
			}
			got := map[CooperationID]discount.Severity{}
			found, err := indexOf(index).Severities(context.Background())
			for id, severity := range found.All() {
				got[CooperationID(id)] = severity
			}
			if diff := gocmp.Diff(worst, got); diff != "" || err != nil {
				t.Fatalf("in conflict (-all with all +index): %v\n%s", err, diff)
			}
			all.claims[c.ID] = ClaimsOf(c)
			if rapid.IntRange(0, 3).Draw(t, "remove") == 0 {
				all.claims[c.ID] = nil
			}
			index = index.copy()
			index.replace(c.ID, all.claims[c.ID])
		}
	})
}

func checkPossible(t *rapid.T, all reference, index *ClaimIndex, mine Claim) {
	_, want := all.conflicts(mine)
	slices.SortFunc(want, func(a, b Conflict) int {
		return cmp.Or(a.Other.Compare(b.Other), cmp.Compare(a.OtherRule, b.OtherRule))
	})
	limit := rapid.IntRange(1, 10).Draw(t, "limit")
	list, more := index.possible(mine, limit)
	listed := min(limit, len(want))
	if diff := gocmp.Diff(want[:listed], list, dates, cmpopts.EquateEmpty()); diff != "" || more != len(want)-listed {
		t.Fatalf("possible conflicts of %s, and %d more, want %d (-all with all +index):\n%s", mine.Rule(), more, len(want)-listed, diff)
	}
}

// TestConflictsAreListedUpToABound: of many, the worst are kept.
func TestConflictsAreListedUpToABound(t *testing.T) {
	t.Parallel()
	claims := []Claim{}
	cooperation := func(n int, rules ...discount.Rule) Cooperation {
		id := uuid.UUID{14: byte(n >> 8), 15: byte(n)}
		return Cooperation{ID: CooperationID(id), Influencer: InfluencerID(id),
			Period: budget.Period{Start: budget.FromUnixDay(firstDay)}, Rules: rules}
	}
	const blocking, all = 7, 1_000
	for n := range all {
		code := "sun"
		if n < all-blocking {
			code += strconv.Itoa(n)
		}
		claims = append(claims, ClaimsOf(cooperation(n+1, discount.Rule{Match: discount.Equals, Pattern: code}))...)
	}
	found := NewClaimIndex(claims, Workspace{}).Conflicts(cooperation(all+1,
		discount.Rule{Match: discount.Equals, Pattern: "SUN"},
		discount.Rule{Match: discount.StartsWith, Pattern: "SUN"}))
	// Each of the blocking ones is a certain one with the pattern as well.
	if len(found.List) != maxConflicts || found.More != all+blocking-maxConflicts {
		t.Fatalf("%d listed and %d more", len(found.List), found.More)
	}
	for n, c := range found.List {
		want := CooperationID(uuid.UUID{15: byte(n - blocking + 1)})
		if n < blocking {
			want = cooperation(all - blocking + n + 1).ID
		}
		if (c.Severity == discount.Blocking) != (n < blocking) || c.Other != want {
			t.Errorf("at %d: %s with %s, want %s", n, c.Severity, c.Other, want)
		}
	}
}
