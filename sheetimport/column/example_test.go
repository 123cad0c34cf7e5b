package column_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
)

// A sheet is read into rows of text, its columns are told by their headers, and then its cells are read.
func Example() {
	const file = "Influencer;Plattform;Startdatum;Honorar\n" +
		"Ida Castell;Insta;1. Juni 2026;7.500,00 €\n" +
		"Mats Lang;TikTok;03/04/26;1.200\n"
	sheet, err := csvfile.New("plan.csv", strings.NewReader(file), nil).Read(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	header, err := column.FindHeader(sheet, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	start, _ := header.Column(column.Start)
	cost, _ := header.Column(column.Cost)
	var costs []string
	for _, row := range sheet.Rows[header.Row:] {
		costs = append(costs, row.Cell(cost.Index).Text)
	}
	style, _ := cell.DecimalStyleOf(costs)
	for _, row := range sheet.Rows[header.Row:] {
		date, err := cell.ParseDate(row.Cell(start.Index).Text, cell.OrderUnknown)
		if err != nil {
			fmt.Printf("%s%d: %v\n", start.Letter, row.Number, err)
		}
		amount, err := cell.ParseAmount(row.Cell(cost.Index).Text, style, "")
		if err != nil {
			fmt.Printf("%s%d: %v\n", cost.Letter, row.Number, err)
		}
		fmt.Printf("row %d: from %q for %s\n", row.Number, date, amount.Value)
	}
	// Output:
	// row 2: from "2026-06-01" for 7500
	// C3: "03/04/26" can be read in two ways (2026-04-03 or 2026-03-04); write it like 2026-06-01, or say how the whole sheet writes dates
	// row 3: from "" for 1200
}

func ExampleFindHeader() {
	const file = "Our plan for the summer\n\nCreator Name *,Channel,Go-live,Fee (USD),Favourite colour\n"
	sheet, err := csvfile.New("plan.csv", strings.NewReader(file), nil).Read(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	header, err := column.FindHeader(sheet, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("row", header.Row)
	for _, c := range header.Columns {
		fmt.Printf("%s %q: %s, %s, %q\n", c.Letter, c.Header, c.Field, c.Confidence, c.Currency)
	}
	// Output:
	// row 3
	// A "Creator Name *": influencer, exact, ""
	// B "Channel": platform, exact, ""
	// C "Go-live": start, exact, ""
	// D "Fee (USD)": cost, exact, "USD"
	// E "Favourite colour": custom, none, ""
}
