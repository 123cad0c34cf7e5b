package crm_test

import (
	"fmt"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

func BenchmarkFold(b *testing.B) {
	for _, name := range []string{"Summer Sale 2026", "Jörg Weiß – Frühling"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				crm.Fold(name)
			}
		})
	}
}

// BenchmarkConflicts looks for the conflicts of one cooperation among those of 10,000 others.
func BenchmarkConflicts(b *testing.B) {
	ids := countIDs()
	cooperation := func(n int) crm.Cooperation {
		c := crm.Cooperation{
			ID: crm.CooperationID(ids()), Influencer: crm.InfluencerID(ids()), Period: days("2026-06-01", "2026-06-30"),
			Rules: []discount.Rule{equals(fmt.Sprint("CODE", n))},
		}
		if n%10 == 0 {
			c.Rules = append(c.Rules, rule(discount.StartsWith, fmt.Sprintf("S%dX", n)))
		}
		return c
	}
	claims := []crm.Claim{}
	for n := range 10_000 {
		claims = append(claims, crm.ClaimsOf(cooperation(n))...)
	}
	index := crm.NewClaimIndex(claims)
	for name, c := range map[string]crm.Cooperation{"equals": cooperation(7), "starts_with": cooperation(20)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if found, _ := index.Conflicts(c, 3); len(found) == 0 {
					b.Fatal("no conflict")
				}
			}
		})
	}
}

func BenchmarkCreateCooperation(b *testing.B) {
	s := newShop(b)
	campaign, pam := s.campaign("Summer"), s.influencer("Pam", crm.Profile{Platform: "Instagram", Handle: "pam"})
	b.ReportAllocs()
	s.ok(s.work(func(w *crm.Work) error {
		for n := 0; b.Loop(); n++ {
			_, err := w.CreateCooperation(ctx, crm.Cooperation{
				Campaign: campaign.ID, Influencer: pam.ID, Profile: pam.Profiles[0].ID, Name: fmt.Sprint("Deal ", n), Period: days("2026-06-01", ""),
			})
			if err != nil {
				return err
			}
		}
		return nil
	}))
}
