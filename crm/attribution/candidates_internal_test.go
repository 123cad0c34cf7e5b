package attribution

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

var june = budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-06-30")}

// shared is a workspace of cooperations that all have some claim to an order.
func shared(n int, vary func(n int, c *crm.Cooperation)) Snapshot {
	s := Snapshot{Workspace: crm.Workspace{TimeZone: "Europe/Berlin"}, Cooperations: make([]crm.Cooperation, n)}
	for n := range s.Cooperations {
		c := crm.Cooperation{
			Status: crm.Signed, Period: june, UTM: utm.Params{Campaign: utm.Of("summer")},
			Rules: []discount.Rule{{Match: discount.Equals, Pattern: "PAM10"}},
		}
		binary.BigEndian.PutUint64(c.ID[8:], uint64(n+1))
		c.Influencer[15] = 1
		vary(n, &c)
		s.Cooperations[n] = c
	}
	return s
}

// decideAllClaims is decide that collects the claims by each code and each visit before it ranks them.
func decideAllClaims(x *Index, o *Order) Decision {
	d := Decision{Order: o.ID, Candidates: []Candidate{}}
	var claims []claim
	for at, code := range o.codes() {
		before := len(claims)
		if x.ignored.has(code) {
			d.Ignored = append(d.Ignored, code)
			continue
		}
		x.eachClaim(at, code, func() budget.Date { return x.day(o.At) }, func(c claim) bool { claims = append(claims, c); return true })
		if len(claims) == before {
			d.Unknown = append(d.Unknown, code)
		}
	}
	for _, n := range o.appendVisits(nil) {
		alone := *o
		alone.Touchpoints = o.Touchpoints[n : n+1]
		x.visitClaims(&alone, func(c claim) bool { c.visit = n; claims = append(claims, c); return true })
	}
	slices.SortStableFunc(claims, compareClaims)
	if len(claims) > 0 && claims[0].lost == "" {
		x.credit(&d, o, claims)
	}
	seen := map[side]bool{}
	claims = slices.DeleteFunc(claims, func(c claim) bool { defer func() { seen[c.side()] = true }(); return seen[c.side()] })
	listed := claims[:min(len(claims), MaxCandidates)]
	d.list(o, listed, len(claims)-len(listed))
	return d
}

// What is held of the claims, and which codes and visits are looked up, changes no decision.
func TestBoundedClaimsDecideAsAllDo(t *testing.T) {
	t.Parallel()
	cut := false
	rapid.Check(t, func(t *rapid.T) {
		patterns := rapid.SampledFrom([]discount.Rule{
			{Match: discount.Equals, Pattern: "PAM10"}, {Match: discount.Equals, Pattern: "PÄM10"}, {Match: discount.StartsWith, Pattern: "PAM"},
			{Match: discount.Contains, Pattern: "AM"}, {Match: discount.EndsWith, Pattern: "10"},
		})
		seed := rapid.Uint64().Draw(t, "seed") // of what cooperations differ in, which would take too many draws
		few := rapid.SliceOfN(patterns, 1, 4).Draw(t, "patterns")
		s := shared(rapid.SampledFrom([]int{1, 3, 40, 60, 120, 300}).Draw(t, "cooperations"), func(n int, c *crm.Cooperation) {
			by := func(bits int) int {
				seed = seed*6364136223846793005 + 1442695040888963407
				return int(seed >> (64 - bits))
			}
			c.ID[0] = byte(by(8)) // so that ids are in no order
			c.Status = []crm.Status{crm.Signed, crm.Signed, crm.Signed, crm.Draft}[by(2)]
			c.Period.Start = june.Start.AddDays(by(3))
			c.RulesOrigin.Kind = []crm.ProvenanceKind{crm.Inherited, crm.Overridden}[by(1)]
			if c.Rules = []discount.Rule{few[by(4)%len(few)]}; by(1) == 0 {
				c.Rules = append(c.Rules, few[by(4)%len(few)])
			}
			if by(1) == 0 {
				c.UTM.Term = utm.Of("pam")
			}
		})
		s.Workspace.CodeComparison = rapid.SampledFrom([]discount.Comparison{discount.Exact, discount.Accents}).Draw(t, "comparison")
		s.Workspace.IgnoredCodes = []string{"NEWS10"}
		x, err := NewIndex(s, nil)
		if err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "changed") {
			fresh := shared(400, func(n int, c *crm.Cooperation) { c.ID[1] = 1 }).Cooperations
			if x, err = x.With(s.Cooperations[0], fresh[rapid.IntRange(0, 399).Draw(t, "fresh")]); err != nil {
				t.Fatal(err)
			}
		}
		o := Order{
			ID: "1", At: time.Date(2026, 6, rapid.IntRange(1, 9).Draw(t, "day"), 12, 0, 0, 0, time.UTC), Amount: budget.FromMinor(1, "EUR"),
			Codes: rapid.SliceOfN(rapid.SampledFrom([]string{"PAM10", "pam10", "PAM15", "PÄM10", "NEWS10", "SALE"}), 0, 8).Draw(t, "codes"),
		}
		for range rapid.IntRange(0, 8).Draw(t, "visits") {
			touch := Touchpoint{At: o.At.Add(time.Duration(rapid.IntRange(-30, 4).Draw(t, "hours")) * 6 * time.Hour),
				UTM: utm.Params{Campaign: utm.Of("summer")}}
			if rapid.Bool().Draw(t, "term") {
				touch.UTM.Term = utm.Of("pam")
			}
			o.Touchpoints = append(o.Touchpoints, touch)
		}
		got, err := x.Decide(o)
		if err != nil {
			t.Fatal(err)
		}
		cut = cut || got.More > 0
		want := decideAllClaims(x, &o)
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(budget.Money{}, utm.Value{})); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
	if !cut {
		t.Error("no list was cut")
	}
}

// An order to which all of a workspace have a claim, by each of its codes and visits, takes little memory.
func TestSharedOrdersTakeLittleMemory(t *testing.T) { //nolint:paralleltest // it counts memory
	const n = 5_000
	x, err := NewIndex(shared(n, func(int, *crm.Cooperation) {}), nil)
	if err != nil {
		t.Fatal(err)
	}
	o := Order{ID: "1", At: time.Date(2026, 6, 10, 12, 0, 0, 0, time.UTC)}
	for v := range MaxCodes {
		o.Codes = append(o.Codes, "PAM10")
		o.Touchpoints = append(o.Touchpoints, Touchpoint{
			At: o.At.Add(-time.Duration(v) * time.Hour), UTM: utm.Params{Campaign: utm.Of("summer"), Content: utm.Of(fmt.Sprint(v))},
		})
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	d, err := x.Decide(o)
	if err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 4 {
		t.Errorf("%d MiB", took)
	}
	if want := 2*n - MaxCandidates; d.More != want || !d.Ambiguous || d.By != ByCode {
		t.Errorf("%d more, want %d; ambiguous %t, by %s", d.More, want, d.Ambiguous, d.By)
	}
}

// The end of ctx is seen while one order is decided, and not only between orders.
func TestDecideSeesTheEndOfItsContext(t *testing.T) {
	t.Parallel()
	x, err := NewIndex(shared(claimsPerLook, func(int, *crm.Cooperation) {}), nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	end()
	var d Decision
	o := Order{ID: "1", At: time.Date(2026, 6, 10, 12, 0, 0, 0, time.UTC), Codes: []string{"PAM10"}}
	if _, err := x.decide(ctx, &o, &d); !errors.Is(err, context.Canceled) {
		t.Errorf("%d candidates, %v", len(d.Candidates), err)
	}
}
