package sheetimport_test

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/report"
	"github.com/getklar/influencercrm/storage/memory"
)

// A team that still works in its sheet has the same report and the same conflicts: the sheet is the active source, and is
// pulled into records that nobody can change in the CRM.
func ExampleImporter_Pull() {
	ctx := context.Background()
	store := memory.New(nil)
	service := crm.New(store, nil)
	ws, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Klar & Co", Currency: "EUR"})
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := service.ConnectSource(ctx, ws.ID, crm.SheetSource, "", "the team works in its sheet"); err != nil {
		fmt.Println(err)
		return
	}
	if ws, err = service.DisconnectSource(ctx, ws.ID, crm.CRMSource, "not yet"); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("active:", ws.Sources.Active())

	const file = "Campaign,Influencer,Platform,Posting date,Fee,Discount code\n" +
		"Summer Sale,Ida Castell,Instagram,2026-06-01,1200,IDA10\n" +
		"Summer Sale,Mats Lang,TikTok,soon,800,MATS10\n"
	source := csvfile.New("plan.csv", strings.NewReader(file), nil)
	pulled, err := sheetimport.New(service, nil).Pull(ctx, ws.ID, source, memory.New(nil))
	if err != nil {
		fmt.Println(err)
		return
	}
	summary, err := pulled.Service.Report(ctx, ws.ID, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("signed:", summary.Total.Signed)
	for _, row := range pulled.Plan.Rows {
		fmt.Println(report.StatusTexts(pulled.Plan, language.English)[row.Row])
	}
	_, err = pulled.Service.CreateCampaign(ctx, ws.ID, crm.Campaign{Name: "Winter Sale"})
	fmt.Println(err)
	// Output:
	// active: sheet
	// signed: 1200.00 EUR
	// Imported
	// Not imported: Posting date: "soon" is not a date; write it like 2026-06-01
	// not valid: what is pulled from a sheet is read-only; change the sheet and pull it again
}
