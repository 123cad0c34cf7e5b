package crm_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/google/uuid"
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

// BenchmarkConflicts looks for the conflicts of one cooperation among those of many others. For a
// whole code the time does not grow with them; a pattern is held against every rule.
func BenchmarkConflicts(b *testing.B) {
	cooperation := func(n int) crm.Cooperation {
		id := uuid.UUID{0: 1, 12: byte(n >> 24), 13: byte(n >> 16), 14: byte(n >> 8), 15: byte(n)}
		c := crm.Cooperation{
			ID: crm.CooperationID(id), Influencer: crm.InfluencerID(id), Period: days("2026-06-01", "2026-06-30"),
			Rules: []discount.Rule{equals(fmt.Sprint("CODE", n))},
		}
		if n%10 == 0 {
			c.Rules = append(c.Rules, rule(discount.StartsWith, fmt.Sprintf("S%dX", n)))
		}
		return c
	}
	for _, size := range benchSizes(b, 1_000, 10_000, 100_000) {
		claims := []crm.Claim{}
		for n := range size {
			claims = append(claims, crm.ClaimsOf(cooperation(n))...)
		}
		index := crm.NewClaimIndex(claims)
		for _, each := range []struct {
			name string
			n    int
		}{{"equals", 7}, {"starts_with", 20}} {
			mine := cooperation(size + each.n)
			mine.Rules = append(mine.Rules, cooperation(each.n).Rules...)
			b.Run(fmt.Sprintf("%s/%d", each.name, size), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if found, _ := index.Conflicts(mine, 3); len(found) == 0 {
						b.Fatal("no conflict")
					}
				}
			})
		}
	}
}

// benchSizes leaves out the sizes above CRM_BENCH_MAX, 10,000 if that is not set.
func benchSizes(b *testing.B, sizes ...int) []int {
	b.Helper()
	most := 10_000
	if text := os.Getenv("CRM_BENCH_MAX"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			b.Fatalf("CRM_BENCH_MAX: %v", err)
		}
		most = n
	}
	return slices.DeleteFunc(sizes, func(n int) bool { return n > most })
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
