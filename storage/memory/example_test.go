package memory_test

import (
	"context"
	"fmt"
	"log"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/memory"
)

// A store in memory serves a Service and an Admin like any other, until the program ends.
func Example() {
	ctx := context.Background()
	store := memory.New(nil)
	shop, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Klar & Co", Currency: "EUR"})
	if err != nil {
		log.Fatal(err)
	}
	service := crm.New(store, nil)
	if _, err := service.CreateCampaign(ctx, shop.ID, crm.Campaign{Name: "Summer Sale 2026"}); err != nil {
		log.Fatal(err)
	}
	page, err := service.Campaigns(ctx, shop.ID, crm.CampaignFilter{Text: "sale"}, crm.ListOptions{})
	if err != nil {
		log.Fatal(err)
	}
	for _, campaign := range page.Items {
		fmt.Println(campaign.Name)
	}
	// Output: Summer Sale 2026
}
