package transfer_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/storage/sqlite"
	"github.com/getklar/influencercrm/storage/transfer"
)

// exampleShop is a store with one workspace.
func exampleShop(ctx context.Context) (*memory.Store, crm.WorkspaceID, error) {
	store := memory.New(nil)
	shop, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Klar & Co", Currency: "EUR"})
	if err != nil {
		return nil, shop.ID, err
	}
	_, err = crm.New(store, nil).CreateCampaign(ctx, shop.ID, crm.Campaign{Name: "Summer Sale 2026"})
	return store, shop.ID, err
}

// A workspace moves into a file of SQLite. With postgres.Open instead of sqlite.Open it moves to a server.
func ExampleCopy() {
	ctx := context.Background()
	old, shop, err := exampleShop(ctx)
	if err != nil {
		log.Fatal(err)
	}
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

	result, err := transfer.Copy(ctx, old, store, shop, &transfer.Options{Progress: func(p transfer.Progress) {
		if p.Done == p.Total {
			fmt.Printf("%s: %d of %d\n", p.Step, p.Done, p.Total)
		}
	}})
	if err != nil {
		log.Fatal(err) // call Copy again: it goes on where it stopped
	}
	fmt.Printf("%d campaign, %d changes\n", result.Counts.Campaigns, result.Counts.Changes)
	campaigns, err := crm.New(store, nil).Campaigns(ctx, shop, crm.CampaignFilter{}, crm.ListOptions{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(campaigns.Items[0].Name)
	// Output:
	// writing: 4 of 4
	// verifying: 4 of 4
	// 1 campaign, 2 changes
	// Summer Sale 2026
}

// A backup of one workspace is a compressed file, which is checked before it is put away.
func ExampleExport() {
	ctx := context.Background()
	store, shop, err := exampleShop(ctx)
	if err != nil {
		log.Fatal(err)
	}
	var backup bytes.Buffer // a file, in real life
	compressed := gzip.NewWriter(&backup)
	if _, err := transfer.Export(ctx, store, shop, compressed, nil); err != nil {
		log.Fatal(err)
	}
	if err := compressed.Close(); err != nil {
		log.Fatal(err)
	}

	plain, err := gzip.NewReader(&backup)
	if err != nil {
		log.Fatal(err)
	}
	summary, err := transfer.Check(plain)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(summary.Counts.Campaigns, "campaign, the log ends with change", summary.Head.Seq)
	// Output: 1 campaign, the log ends with change 2
}

// A file is restored after the workspace was deleted by mistake. What is wrong with a file names its line.
func ExampleImport() {
	ctx := context.Background()
	store, shop, err := exampleShop(ctx)
	if err != nil {
		log.Fatal(err)
	}
	var backup bytes.Buffer
	if _, err := transfer.Export(ctx, store, shop, &backup, nil); err != nil {
		log.Fatal(err)
	}
	if _, err := transfer.Import(ctx, store, bytes.NewReader(backup.Bytes()), nil); errors.Is(err, crm.ErrAlreadyExists) {
		fmt.Println("it is still there")
	}
	if err := store.DeleteWorkspace(ctx, shop); err != nil {
		log.Fatal(err)
	}

	damaged := bytes.Replace(backup.Bytes(), []byte("Summer"), []byte("Winter"), 1)
	_, err = transfer.Import(ctx, store, bytes.NewReader(damaged), nil)
	for _, e := range crm.FieldErrors(err) {
		fmt.Println("refused:", e.Field, e.Value)
	}
	result, err := transfer.Import(ctx, store, bytes.NewReader(backup.Bytes()), nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(result.Counts.Campaigns, "campaign is back")
	// Output:
	// it is still there
	// refused: line 6
	// 1 campaign is back
}

// A host leaves out of its lists what is not whole yet.
func ExampleUnfinished() {
	ctx := context.Background()
	old, shop, err := exampleShop(ctx)
	if err != nil {
		log.Fatal(err)
	}
	store := memory.New(nil)
	stopped, stop := context.WithCancel(ctx)
	_, err = transfer.Copy(stopped, old, store, shop, &transfer.Options{EntriesPerUnit: 1, Progress: func(transfer.Progress) { stop() }})
	fmt.Println(err)
	page, err := store.Workspaces(ctx, crm.ListOptions{})
	if err != nil {
		log.Fatal(err)
	}
	for _, w := range page.Items {
		fmt.Println("unfinished:", transfer.Unfinished(w))
	}
	// Output:
	// context canceled
	// unfinished: true
}
