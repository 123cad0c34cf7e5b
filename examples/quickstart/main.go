// Command quickstart is the smallest useful program on the library: one shop, one campaign, one influencer, one
// cooperation, one report.
package main

import (
	"context"
	"log"
	"os"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/memory"
)

func main() {
	ctx, store := context.Background(), memory.New(nil) // storage/sqlite and storage/postgres keep it
	service := crm.New(store, nil)
	shop, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Klar & Co", Currency: "EUR"})
	if err != nil {
		log.Fatal(err)
	}
	err = service.Update(ctx, shop.ID, func(ctx context.Context, w *crm.Work) error { // all of it or nothing
		sale, err := w.CreateCampaign(ctx, crm.Campaign{Name: "Summer Sale 2026", Budget: budget.FromMinor(500_000, "EUR")})
		if err != nil {
			return err
		}
		pam, err := w.CreateInfluencer(ctx, crm.Influencer{Name: "Pamela Reif", Profiles: []crm.Profile{{
			Platform: "Instagram", Handle: "@pamela_rf", Rules: []discount.Rule{{Match: discount.Equals, Pattern: "PAM10"}},
		}}})
		if err != nil {
			return err
		}
		days := budget.Period{Start: budget.MustParseDate("2026-06-15"), End: budget.MustParseDate("2026-07-14")}
		_, err = w.CreateCooperation(ctx, crm.Cooperation{ // UTM fields, code and name fill themselves in
			Campaign: sale.ID, Influencer: pam.ID, Profile: pam.Profiles[0].ID, Status: crm.Signed, Period: days,
			Cost: budget.FromMinor(250_000, "EUR"),
		})
		return err
	})
	if err != nil {
		log.Fatal(err)
	}
	report, err := service.Report(ctx, shop.ID, nil)
	if err != nil {
		log.Fatal(err)
	}
	if err := render.Text(os.Stdout, report, nil); err != nil {
		log.Fatal(err)
	}
}
