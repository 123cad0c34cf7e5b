package attribution

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

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
			if !g.excluded() || !g.mistyped(d.Unknown) || !g.mistagged() {
				t.Fatal("it was not let come to the end")
			}
		}
		all, bounded := diagnosis{ctx: t.Context(), index: x, order: &o}, diagnosis{ctx: t.Context(), index: x, order: &o}
		var found findings
		all.findings.keep = func(f *Finding) bool {
			found.held = append(found.held, *f)
			return false
		}
		diagnose(&all)
		bounded.findings.keep = func(*Finding) bool {
			if len(bounded.findings.held) > maxHeldFindings {
				t.Fatalf("%d findings are held", len(bounded.findings.held))
			}
			return true
		}
		diagnose(&bounded)
		if diff := cmp.Diff(found.ranked(), bounded.findings.ranked(), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}
