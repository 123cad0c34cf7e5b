package attribution

import (
	"context"
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

// What is held while explanations are collected changes nothing in those that are listed.
func TestBoundedFindingsAreTheBest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.Custom(func(t *rapid.T) Finding {
			return Finding{
				Kind: rapid.SampledFrom([]FindingKind{FindingKind(TooLate), FindingKind(discount.Letter),
					FindingKind(discount.Accent)}).Draw(t, "kind"),
				Cooperation: crm.CooperationID{15: byte(rapid.IntRange(0, 60).Draw(t, "cooperation"))},
				Code:        rapid.SampledFrom([]string{"PAM15", "pam15", "PAM12"}).Draw(t, "code"),
				Rule:        discount.Rule{Match: discount.Equals, Pattern: rapid.SampledFrom([]string{"PAM10", "PAM11"}).Draw(t, "rule")},
				Days:        rapid.IntRange(0, 3).Draw(t, "days"),
				Fixes:       make([]Fix, rapid.IntRange(1, 3).Draw(t, "fixes")),
			}
		})
		all := rapid.SliceOfN(some, 0, 200).Draw(t, "findings")
		var bounded findings
		for _, f := range all {
			bounded.add(f)
			if len(bounded.held) >= maxHeldFindings {
				t.Fatalf("%d are held", len(bounded.held))
			}
		}
		want := (&findings{held: slices.Clone(all)}).ranked()
		if diff := cmp.Diff(want, append([]Finding{}, bounded.ranked()...)); diff != "" {
			t.Fatalf("(-all at once +bounded):\n%s", diff)
		}
	})
}

// nearMisses are n cooperations whose codes are one letter off PAM_10, most of them with a code of their own.
func nearMisses(n int) Snapshot {
	return shared(n, func(n int, c *crm.Cooperation) {
		c.Rules[0].Pattern = fmt.Sprintf("PAM%c10", 0x4E00+n%20_000) // letters of which there are enough
		c.UTM.Term = utm.Of(fmt.Sprint("pam", n))
	})
}

// An order that is a near miss of tens of thousands of cooperations takes little memory, in whichever way it misses them.
func TestNearMissesTakeLittleMemory(t *testing.T) { //nolint:paralleltest // it counts memory
	const n = 10_000
	noon := time.Date(2026, 6, 10, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name     string
		snapshot Snapshot
		order    Order
		kind     FindingKind
	}{
		{"one letter off many codes", nearMisses(5 * n), Order{Codes: []string{"PAM_10"}}, FindingKind(discount.Letter)},
		{"one letter off one code of many", shared(n, func(int, *crm.Cooperation) {}), Order{Codes: []string{"PAM15"}},
			FindingKind(discount.Letter)},
		{"too late for many", shared(n, func(_ int, c *crm.Cooperation) { c.Period.End = budget.MustParseDate("2026-06-02") }),
			Order{Codes: []string{"PAM10"}}, FindingKind(TooLate)},
		{"one field off a set of many", shared(n, func(int, *crm.Cooperation) {}),
			Order{Touchpoints: []Touchpoint{{At: noon.Add(-time.Hour), UTM: utm.Params{Campaign: utm.Of("sumer")}}}}, UTMField},
	} {
		x, err := NewIndex(test.snapshot, nil)
		if err != nil {
			t.Fatal(err)
		}
		test.order.ID, test.order.At = "1", noon
		diagnose := func(ctx context.Context) []Finding {
			found, err := x.Diagnose(ctx, test.order)
			if err != nil {
				t.Fatal(err)
			}
			return found
		}
		diagnose(t.Context()) // makes what all need
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		most := uint64(0)
		found := diagnose(sampled{t.Context(), func() {
			runtime.GC()
			runtime.ReadMemStats(&after)
			most = max(most, after.HeapAlloc-min(before.HeapAlloc, after.HeapAlloc))
		}})
		if len(found) != MaxFindings || found[0].Kind != test.kind || found[0].Cooperation != test.snapshot.Cooperations[0].ID {
			t.Errorf("%s: %+v", test.name, found)
		}
		if most > 1<<20 {
			t.Errorf("%s: %d bytes are held", test.name, most)
		}
	}
}

// sampled is a context that does something whenever its end is asked for.
type sampled struct {
	context.Context
	look func()
}

func (s sampled) Err() error {
	s.look()
	return s.Context.Err()
}

// The end of ctx is seen while one order is explained.
func TestDiagnoseSeesTheEndOfItsContext(t *testing.T) {
	t.Parallel()
	x, err := NewIndex(shared(2*claimsPerLook, func(_ int, c *crm.Cooperation) {
		if c.ID[15]%2 == 0 {
			c.Rules[0].Pattern, c.Influencer[15] = "EMMA20", 2
		}
	}), nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	end()
	noon := time.Date(2026, 6, 10, 12, 0, 0, 0, time.UTC)
	visit := []Touchpoint{{At: noon.Add(-time.Hour), UTM: utm.Params{Campaign: utm.Of("summer")}}}
	if found, err := x.Diagnose(ctx, Order{At: noon, Codes: []string{"PAM15"}}); !errors.Is(err, context.Canceled) {
		t.Errorf("Diagnose: %d findings, %v", len(found), err)
	}
	if found, err := x.Doubts(ctx, Order{At: noon, Codes: []string{"EMMA21"}, Touchpoints: visit}); !errors.Is(err, context.Canceled) {
		t.Errorf("Doubts: %d findings, %v", len(found), err)
	}
	if links, err := x.CheckLinks(ctx, []string{"https://shop.example/?utm_campaign=summer"}, budget.MustParseDate("2026-06-10")); !errors.Is(err, context.Canceled) {
		t.Errorf("CheckLinks: %d links, %v", len(links), err)
	}
}
