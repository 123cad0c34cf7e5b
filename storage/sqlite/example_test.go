package sqlite_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// A store is opened once and given to a service, which keeps the rules, and to whoever creates workspaces.
func Example() {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "crm")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)

	store, err := sqlite.Open(ctx, filepath.Join(folder, "crm.db"), nil)
	if err != nil {
		log.Fatal(err)
	}
	defer store.Close()

	shop, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Beauty Shop", Currency: "EUR"})
	if err != nil {
		log.Fatal(err)
	}
	service := crm.New(store, nil)
	err = service.Update(ctx, shop.ID, func(ctx context.Context, w *crm.Work) error {
		for _, name := range []string{"Summer Sale", "Autumn Looks"} {
			if _, err := w.CreateCampaign(ctx, crm.Campaign{Name: name}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	page, err := service.Campaigns(ctx, shop.ID, crm.CampaignFilter{}, crm.ListOptions{Sort: crm.SortName})
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range page.Items {
		fmt.Println(c.Name)
	}
	// Output:
	// Autumn Looks
	// Summer Sale
}

// Errors are told by errors.Is and read well enough to be shown.
func ExampleOpen_refused() {
	_, err := sqlite.Open(context.Background(), ":memory:", nil)
	fmt.Println(err)
	// Output:
	// not valid: database ":memory:": a database needs a file; for one in memory use the package storage/memory
}
