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

// A store is opened once; a unit of work writes, another one reads.
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

	ws := crm.Workspace{ID: id[crm.Workspace](1), Version: 1, Name: "Beauty Shop", Currency: "EUR", TimeZone: "Europe/Berlin"}
	if err := store.CreateWorkspace(ctx, ws, nil); err != nil {
		log.Fatal(err)
	}
	err = store.Update(ctx, ws.ID, func(ctx context.Context, tx crm.Tx) error {
		return tx.Insert(ctx,
			crm.Campaign{ID: id[crm.Campaign](1), Version: 1, Name: "Summer Sale"},
			crm.Campaign{ID: id[crm.Campaign](2), Version: 1, Name: "Autumn Looks"})
	})
	if err != nil {
		log.Fatal(err)
	}
	err = store.View(ctx, ws.ID, func(ctx context.Context, r crm.Reader) error {
		page, err := r.Campaigns().List(ctx, crm.CampaignFilter{}, crm.ListOptions{Sort: crm.SortName})
		for _, c := range page.Items {
			fmt.Println(c.Name)
		}
		return err
	})
	if err != nil {
		log.Fatal(err)
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
