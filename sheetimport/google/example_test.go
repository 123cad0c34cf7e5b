package google_test

import (
	"context"
	"fmt"
	"net/http"
	"os"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/google"
	"github.com/getklar/influencercrm/sheetimport/report"
	"github.com/getklar/influencercrm/storage/memory"
)

// A Google sheet is planned and imported from the link that people copy.
func Example() {
	ctx := context.Background()
	store := memory.New(nil)
	ws, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Klar & Co", Currency: "EUR"})
	if err != nil {
		fmt.Println(err)
		return
	}
	sheet, err := google.Open("https://docs.google.com/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit?gid=0#gid=0",
		&google.Options{
			APIKey:     "AIzaSy…", // or ServiceAccount, or TokenSource
			Name:       "Summer plan",
			HTTPClient: &http.Client{Transport: summerPlan()}, // leave it out: here the example brings the answers with it
		})
	if err != nil {
		fmt.Println(err)
		return
	}
	importer := sheetimport.New(crm.New(store, nil), nil)
	plan, err := importer.Plan(ctx, ws.ID, sheet) // nothing is written
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := report.WriteText(os.Stdout, plan, nil); err != nil {
		fmt.Println(err)
		return
	}
	run, err := importer.Apply(ctx, plan)
	fmt.Println(run.Counts, err)
	// Output:
	// Summer plan: 2 rows
	//   created         2, with 1 campaign, 2 influencers, 2 profiles
	//   note: no column for discount codes and none for UTM fields or links with them was found; the cooperations earn no orders; if there is one, call it "Discount code" or "Tracking link"
	//   note: the sheet has no column for the status of the deal (F "Import status" is what an import wrote); its rows count as signed
	// map[created:2] <nil>
}

// What is wrong with a link, or with the right to read the sheet, is one sentence that says what to do.
func ExampleOpen() {
	_, err := google.Open("https://docs.google.com/spreadsheets/d/e/2PACX-1vTk2cXkqJ3bGqk/pubhtml", &google.Options{APIKey: "AIzaSy…"})
	fmt.Println(err)
	// Output:
	// link "https://docs.google.com/spreadsheets/d/e/2PACX-1vTk2cXkqJ3bG…": is the link of a published copy, which is no sheet; open the sheet and copy the link from the address bar, like https://docs.google.com/spreadsheets/d/…/edit
}

// summerPlan gives the answers of the API for a small sheet.
func summerPlan() http.RoundTripper {
	return &answers{bodies: [][]byte{
		[]byte(`{"properties":{"locale":"en_GB","timeZone":"Europe/Berlin"},
			"sheets":[{"properties":{"sheetId":0,"title":"Plan","sheetType":"GRID","gridProperties":{"rowCount":100,"columnCount":6}}}]}`),
		[]byte(`{"sheets":[{"data":[{"rowData":[
			{"values":[{"formattedValue":"Campaign"},{"formattedValue":"Influencer"},{"formattedValue":"Platform"},{"formattedValue":"Posting date"},{"formattedValue":"Fee"},{"formattedValue":"Import status"}]},
			{"values":[{"formattedValue":"Summer Sale"},{"formattedValue":"Ida Castell"},{"formattedValue":"Instagram"},
				{"formattedValue":"2026-06-01","effectiveValue":{"numberValue":46174},"effectiveFormat":{"numberFormat":{"type":"DATE"}}},{"formattedValue":"1,200.00","effectiveValue":{"numberValue":1200}}]},
			{"values":[{"formattedValue":"Summer Sale"},{"formattedValue":"Mats Lang"},{"formattedValue":"TikTok"},
				{"formattedValue":"2026-06-08","effectiveValue":{"numberValue":46181},"effectiveFormat":{"numberFormat":{"type":"DATE"}}},{"formattedValue":"500.00","effectiveValue":{"numberValue":500}}]}
		]}]}]}`),
	}}
}
