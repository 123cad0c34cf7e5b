package attribution

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// bestOf are the findings that are listed of all those that a diagnosis came to, in their order.
func bestOf(all []Finding) []Finding {
	kept, seen := []Finding{}, map[seenFinding]int{}
	for _, f := range all {
		n, twice := seen[f.seen()]
		switch {
		case !twice:
			seen[f.seen()] = len(kept)
			kept = append(kept, f)
		case kept[n].Kind == f.Kind && len(kept[n].Fixes) == len(f.Fixes) && f.Rule.String() < kept[n].Rule.String():
			kept[n] = f
		}
	}
	slices.SortStableFunc(kept, compareFindings)
	return kept[:min(len(kept), MaxFindings)]
}

// A diagnosis lists the best findings of an order to which hundreds have some claim, and holds no more than a few of them.
func TestFindingsAreBounded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		s := shared(300, func(_ int, c *crm.Cooperation) {
			c.Status = []crm.Status{crm.Draft, crm.Negotiating, crm.Signed}[random.IntN(3)]
			c.Period.Start = june.Start.AddDays(random.IntN(60) - 30)
			c.Period.End = c.Period.Start.AddDays(random.IntN(20))
			c.Rules = nil
			for range 1 + random.IntN(2) {
				c.Rules = append(c.Rules, discount.Rule{
					Match:   []discount.Match{discount.Equals, discount.StartsWith, discount.Contains}[random.IntN(3)],
					Pattern: []string{"PAM10", "PAM1", "PAM15", "PÄM10"}[random.IntN(4)],
				})
			}
			c.UTM = utm.Params{Campaign: utm.Of([]string{"summer", "sumer"}[random.IntN(2)]), Term: utm.Of([]string{"pam", "tom"}[random.IntN(2)])}
		})
		x, err := NewIndex(s, nil)
		if err != nil {
			t.Fatal(err)
		}
		o := Order{
			At:          time.Date(2026, 6, 11, 12, 0, 0, 0, time.UTC),
			Codes:       rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"PAM10", "PAM15", "PAM1O", "pam-10"}), 1, 3, rapid.ID).Draw(t, "codes"),
			Touchpoints: []Touchpoint{{UTM: utm.Params{Campaign: utm.Of("summer"), Term: utm.Of("pam")}}},
		}
		var d Decision
		x.codeClaims(&o, &d, func(claim) bool { return true })
		diagnose := func(g *diagnosis) {
			g.excluded()
			g.mistyped(d.Unknown)
			g.mistagged()
		}
		all, bounded := newDiagnosis(x, &o), newDiagnosis(x, &o)
		var found []Finding
		all.skip = func(f *Finding) bool {
			found = append(found, *f)
			return true
		}
		diagnose(all)
		bounded.skip = func(*Finding) bool {
			if len(bounded.found) > maxFound || len(bounded.seen) > maxFound {
				t.Fatalf("%d findings are held", len(bounded.found))
			}
			return false
		}
		diagnose(bounded)
		if diff := cmp.Diff(bestOf(found), bounded.ranked()); diff != "" {
			t.Fatalf("of %d findings (-want +got):\n%s", len(found), diff)
		}
	})
}
