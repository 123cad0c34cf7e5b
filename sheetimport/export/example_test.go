package export_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/export"
	"github.com/getklar/influencercrm/storage/memory"
)

// A team takes its cooperations out as a sheet, changes a cell there and brings the sheet back.
func ExampleCSV() {
	ctx := context.Background()
	store := memory.New(nil)
	ws, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Klar & Co", Currency: "EUR"})
	if err != nil {
		fmt.Println(err)
		return
	}
	service := crm.New(store, nil)
	campaign, _ := service.CreateCampaign(ctx, ws.ID, crm.Campaign{Name: "Summer Sale"})
	ida, _ := service.CreateInfluencer(ctx, ws.ID, crm.Influencer{Name: "Ida Castell"})
	if _, err := service.CreateCooperation(ctx, ws.ID, crm.Cooperation{Campaign: campaign.ID, Influencer: ida.ID, Notes: "=a draft"}); err != nil {
		fmt.Println(err)
		return
	}

	var sheet bytes.Buffer
	done, err := export.CSV(ctx, service, ws.ID, crm.CooperationFilter{}, &sheet, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(done.Rows, "row, the note in it:", strings.Contains(sheet.String(), ",'=a draft,"))

	importer := sheetimport.New(service, nil)
	for _, text := range []string{sheet.String(), strings.Replace(sheet.String(), "'=a draft", "call her", 1)} {
		plan, err := importer.Plan(ctx, ws.ID, csvfile.New("export.csv", strings.NewReader(text), nil))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(plan.Counts)
		for _, c := range plan.Rows[0].Changes {
			fmt.Printf("%s: %q, was %q\n", c.Field, c.To, c.From)
		}
	}
	// Output:
	// 1 row, the note in it: true
	// map[unchanged:1]
	// map[updated:1]
	// notes: "call her", was "=a draft"
}
