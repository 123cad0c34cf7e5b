package sheetimport_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/storage/memory"
)

// A large sheet is imported in pieces, between which others write, and is undone as one. The account in the run says what
// became of each row.
func ExampleImporter_Apply_inPieces() {
	ctx := context.Background()
	store := memory.New(nil)
	ws, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Klar & Co", Currency: "EUR"})
	if err != nil {
		fmt.Println(err)
		return
	}
	service := crm.New(store, nil)
	importer := sheetimport.New(service, &sheetimport.Options{RowsPerUnit: 2}) // for example; 500 is better
	plan, err := importer.Plan(ctx, ws.ID, csvfile.New("plan.csv", strings.NewReader("Influencer,Platform,Posting date\n"+
		"Ida Castell,Instagram,2026-06-01\nMats Lang,YouTube,2026-06-08\nLea Sommer,TikTok,2026-06-15\n"), nil))
	if err != nil {
		fmt.Println(err)
		return
	}
	run, err := importer.Apply(ctx, plan)
	if err != nil { // the pieces before stay: import the sheet again to go on, or undo the run
		fmt.Println(run.Counts, err)
		return
	}
	fmt.Println(run.Counts, "in", len(run.Units), "units of work")
	var account sheetimport.Plan
	if err := json.Unmarshal(run.Plan, &account); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("row", account.Rows[2].Row, "is", account.Rows[2].Verdict)

	undone, err := service.UndoImport(ctx, ws.ID, run.ID, "the wrong sheet")
	fmt.Println(len(undone.Deleted), "records are gone", err)
	// Output:
	// map[created:3] in 2 units of work
	// row 4 is created
	// 7 records are gone <nil>
}
