package sheetimport_test

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/report"
	"github.com/getklar/influencercrm/storage/memory"
)

// A sheet is planned, shown and imported.
func Example() {
	ctx := context.Background()
	store := memory.New(nil)
	ws, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Klar & Co", Currency: "EUR"})
	if err != nil {
		fmt.Println(err)
		return
	}
	const file = "Campaign,Influencer,Handle,Platform,Posting date,Fee,Discount code\n" +
		"Summer Sale,Ida Castell,@ida,Instagram,2026-06-01,1200,IDA10\n" +
		"Summer Sale,Ida Castell,@ida,TikTok,2026-06-08,800,IDA10\n" +
		",Mats Lang,@mats,YouTube,2026-07-01,500,MATS10\n"
	importer := sheetimport.New(crm.New(store, nil), nil)

	plan, err := importer.Plan(ctx, ws.ID, csvfile.New("plan.csv", strings.NewReader(file), nil)) // nothing is written
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := report.WriteText(os.Stdout, plan, nil); err != nil {
		fmt.Println(err)
		return
	}
	run, err := importer.Apply(ctx, plan) // all of it or nothing
	fmt.Println(run.Counts, err)

	// The same sheet again changes nothing.
	plan, err = importer.Plan(ctx, ws.ID, csvfile.New("plan.csv", strings.NewReader(file), nil))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(plan.Counts)
	// Output:
	// plan.csv: 3 rows
	//   created         3, with 2 campaigns, 2 influencers, 3 profiles
	//   note: the sheet has no column for the status; its rows count as signed
	//   row 4 in A "Campaign": the row names no campaign; it goes to "July 2026"
	// map[created:3] <nil>
	// map[unchanged:3]
}

// A row that cannot be read is rejected with the cell, what is wrong and what would be right. The others come in.
func ExampleImporter_Plan() {
	ctx := context.Background()
	store := memory.New(nil)
	ws, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Klar & Co", Currency: "EUR"})
	if err != nil {
		fmt.Println(err)
		return
	}
	const file = "Campaign,Influencer,Platform,Posting date,Fee\n" +
		"Summer Sale,Ida Castell,Instagram,03/04/26,1200\n" +
		"Summer Sale,Mats Lang,TikTok,2026-06-08,800\n"
	plan, err := sheetimport.New(crm.New(store, nil), nil).Plan(ctx, ws.ID, csvfile.New("plan.csv", strings.NewReader(file), nil))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range plan.Rows {
		fmt.Println(row.Row, row.Verdict)
		for _, p := range row.Problems {
			fmt.Printf("  %s%d %s: %s\n", p.Column, row.Row, p.Code, p.Message)
		}
	}
	// Output:
	// 2 rejected
	//   D2 ambiguous_date: "03/04/26" can be read in two ways (2026-04-03 or 2026-03-04); write it like 2026-06-01, or say how the whole sheet writes dates
	// 3 created
}
