package sidebyside_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/duplicates"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
)

// BenchmarkInfluencer creates influencers one by one beside those that are there, and checks the form of one for duplicates.
// Builds are compared by running it in each.
func BenchmarkInfluencer(b *testing.B) {
	engines := map[string]func(testing.TB) *host{"sqlite": hostOnSQLite}
	if pgtest.Offered(b) {
		engines["postgres"] = hostOnPostgres
	}
	for _, size := range benchSizes(b, 1_000, 10_000) {
		for engine, open := range engines {
			b.Run(fmt.Sprint(engine, "/", size), func(b *testing.B) {
				s := openShop(b, open(b).store)
				s.update(func(ctx context.Context, w *crm.Work) error {
					for n := range size {
						if _, err := w.CreateInfluencer(ctx, idaCastell(n)); err != nil {
							return err
						}
					}
					return nil
				})
				next := size
				b.Run("create", func(b *testing.B) {
					for b.Loop() {
						if _, err := s.crm.CreateInfluencer(s.ctx, s.ws, idaCastell(next)); err != nil {
							b.Fatal(err)
						}
						next++
					}
				})
				form := idaCastell(size / 2)
				b.Run("duplicates", func(b *testing.B) {
					for b.Loop() {
						s.view(func(ctx context.Context, r crm.Reader) error {
							found, err := duplicates.Find(ctx, r, duplicates.Options{Of: &form})
							if err == nil && len(found) != 1 {
								err = fmt.Errorf("found %d", len(found))
							}
							return err
						})
					}
				})
			})
		}
	}
}

func idaCastell(n int) crm.Influencer {
	return crm.Influencer{
		Name: fmt.Sprint("Ida Castell ", n), Email: fmt.Sprintf("ida.%d@mail.example", n), Phone: fmt.Sprintf("+49 170 %07d", n),
		Category: "Beauty", Tags: []string{"vip"},
		Profiles: []crm.Profile{{Platform: "instagram", Handle: fmt.Sprint("ida.", n), Link: fmt.Sprint("https://www.instagram.com/ida.", n)}},
	}
}
