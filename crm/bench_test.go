package crm_test

import (
	"fmt"
	"os"
	"runtime"
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

// benchCooperation has a code of its own; one in ten has a pattern too, of each kind in turn. All are
// live at once.
func benchCooperation(n int) crm.Cooperation {
	id := uuid.UUID{0: 1, 12: byte(n >> 24), 13: byte(n >> 16), 14: byte(n >> 8), 15: byte(n)}
	c := crm.Cooperation{
		ID: crm.CooperationID(id), Influencer: crm.InfluencerID(id), Period: days("2026-06-01", "2026-06-30"),
		Rules: []discount.Rule{equals(fmt.Sprint("CODE", n))},
	}
	switch n % 30 {
	case 0:
		c.Rules = append(c.Rules, rule(discount.StartsWith, fmt.Sprintf("S%dX", n)))
	case 10:
		c.Rules = append(c.Rules, rule(discount.Contains, fmt.Sprintf("C%dX", n)))
	case 20:
		c.Rules = append(c.Rules, rule(discount.EndsWith, fmt.Sprintf("E%dX", n)))
	}
	return c
}

func benchClaims(size int) []crm.Claim {
	claims := []crm.Claim{}
	for n := range size {
		claims = append(claims, crm.ClaimsOf(benchCooperation(n))...)
	}
	return claims
}

// BenchmarkConflicts looks for the conflicts of one cooperation, which has the rule of another one, among
// those of many. The time does not grow with them.
func BenchmarkConflicts(b *testing.B) {
	for _, size := range benchSizes(b, 1_000, 10_000, 100_000) {
		index := crm.NewClaimIndex(benchClaims(size), crm.Workspace{TailDays: 3})
		for _, each := range []struct {
			name string
			n    int
		}{{"equals", 7}, {"starts_with", 30}, {"contains", 40}, {"ends_with", 50}} {
			mine := benchCooperation(size + 7)
			mine.Rules = append(mine.Rules, benchCooperation(each.n).Rules...)
			b.Run(fmt.Sprintf("%s/%d", each.name, size), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if found := index.Conflicts(mine); len(found.List) == 0 {
						b.Fatal("no conflict")
					}
				}
			})
		}
	}
}

// BenchmarkSaveWithPattern saves a cooperation with a pattern among many: the check, the index that follows,
// and what the store in memory takes.
func BenchmarkSaveWithPattern(b *testing.B) {
	for _, size := range benchSizes(b, 1_000, 10_000, 100_000) {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			s, deal := benchShop(b, size)
			for n := 0; b.Loop(); n++ {
				resave(s, deal, n)
			}
		})
	}
}

// BenchmarkConflictReport reads the first page of the conflicts after such a save, when all that are in
// conflict are looked for anew.
func BenchmarkConflictReport(b *testing.B) {
	for _, size := range benchSizes(b, 1_000, 10_000, 100_000) {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			s, deal := benchShop(b, size)
			for n := 0; b.Loop(); n++ {
				resave(s, deal, n)
				if page := must(s.crm.Conflicts(ctx, s.ws, crm.ConflictFilter{}, crm.ListOptions{}))(s); len(page.Items) == 0 {
					b.Fatal("no conflict")
				}
			}
		})
	}
}

// benchShop has as many cooperations as benchClaims, of a thousand influencers, and one deal more.
func benchShop(b *testing.B, size int) (s *shop, deal crm.CooperationID) {
	b.Helper()
	s = newShop(b)
	campaign, people := s.campaign("Summer"), []crm.Influencer{}
	s.ok(s.work(func(w *crm.Work) error {
		for n := range 1_000 {
			people = append(people, must(w.CreateInfluencer(ctx, crm.Influencer{Name: fmt.Sprint("Ida ", n)}))(b))
		}
		for n := range size {
			c := benchCooperation(n)
			c.ID, c.Campaign, c.Influencer, c.Name = crm.CooperationID{}, campaign.ID, people[n%len(people)].ID, fmt.Sprint("Deal ", n)
			must(w.ImportCooperation(ctx, c))(b)
		}
		return nil
	}))
	deal = s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: s.influencer("Pam").ID, Period: days("2026-06-01", "2026-06-30")}).ID
	return s, deal
}

// resave gives a cooperation another pattern, that of a certain conflict.
func resave(s *shop, deal crm.CooperationID, n int) {
	saved := must(s.edit(deal, "", func(c *crm.Cooperation) {
		c.Rules = []discount.Rule{rule(discount.Contains, []string{"E50X", "C40X"}[n%2])}
	}))(s)
	if len(saved.Conflicts.List) == 0 {
		s.Fatalf("no conflict")
	}
}

// BenchmarkClaimIndex makes the index of all claims of a workspace, which a save needs once. It also
// tells how much memory one takes.
func BenchmarkClaimIndex(b *testing.B) {
	for _, size := range benchSizes(b, 1_000, 10_000, 100_000) {
		claims := benchClaims(size)
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			b.ReportAllocs()
			before, index := heap(), (*crm.ClaimIndex)(nil)
			for b.Loop() {
				index = crm.NewClaimIndex(claims, crm.Workspace{TailDays: 3})
			}
			b.ReportMetric(float64(heap()-before)/float64(len(claims)), "bytes/rule")
			runtime.KeepAlive(index)
		})
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
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
