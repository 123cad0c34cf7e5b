package storagetest_test

import (
	"context"
	"fmt"
	"log"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// counted is a backend that stands on another one and counts the units of work that were written.
type counted struct {
	storagetest.Backend
	written func()
}

// Update implements crm.Store.
func (c counted) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	err := c.Backend.Update(ctx, ws, fn)
	if err == nil {
		c.written()
	}
	return err
}

// openCounted is the Factory of its test, which is one line:
//
//	func TestConformance(t *testing.T) { storagetest.Run(t, openCounted, nil) }
func openCounted(*testing.T) storagetest.Backend {
	return counted{Backend: memory.New(nil), written: func() {}}
}

// What wraps a store is a store, and is proved by the same suite. The suite itself runs in a test;
// this is the backend that such a test hands it, at work.
func Example_backend() {
	ctx := context.Background()
	units := 0
	store := counted{Backend: memory.New(nil), written: func() { units++ }}
	shop, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Klar & Co", Currency: "EUR"})
	if err != nil {
		log.Fatal(err)
	}
	service := crm.New(store, nil)
	for _, name := range []string{"Summer Sale", "Autumn Looks", "SUMMER SALE"} {
		if _, err := service.CreateCampaign(ctx, shop.ID, crm.Campaign{Name: name}); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(units, "units of work written")
	// Output:
	// campaign name "SUMMER SALE": there is a campaign "Summer Sale" already; choose another name
	// 2 units of work written
}
