package sheetimport_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/getklar/influencercrm/sheetimport"
)

// A sheet is read into rows of text, its columns are told by their headers, and then its cells are read.
func Example_read() {
	const file = "Influencer;Plattform;Startdatum;Honorar\n" +
		"Ida Castell;Insta;1. Juni 2026;7.500,00 €\n" +
		"Mats Lang;TikTok;03/04/26;1.200\n"
	sheet, err := sheetimport.CSV("plan.csv", strings.NewReader(file), nil).Read(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	header, err := sheetimport.FindHeader(sheet, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	start, _ := header.Column(sheetimport.FieldStart)
	cost, _ := header.Column(sheetimport.FieldCost)
	var costs []string
	for _, row := range sheet.Rows[header.Row:] {
		costs = append(costs, row.Cell(cost.Index).Text)
	}
	style := sheetimport.DecimalStyleOf(costs)
	for _, row := range sheet.Rows[header.Row:] {
		date, err := sheetimport.ParseDate(row.Cell(start.Index).Text, sheetimport.OrderUnknown)
		if err != nil {
			fmt.Printf("%s%d: %v\n", start.Letter, row.Number, err)
		}
		amount, _, _, err := sheetimport.ParseAmount(row.Cell(cost.Index).Text, style)
		if err != nil {
			fmt.Printf("%s%d: %v\n", cost.Letter, row.Number, err)
		}
		fmt.Printf("row %d: from %q for %s\n", row.Number, date, amount)
	}
	// Output:
	// row 2: from "2026-06-01" for 7500
	// C3: "03/04/26" can be read in two ways (2026-04-03 or 2026-03-04); write it like 2026-06-01, or say how the whole sheet writes dates
	// row 3: from "" for 1200
}

func ExampleCSV() {
	file := strings.NewReader("PK\x03\x04 …")
	_, err := sheetimport.CSV("plan.xlsx", file, nil).Read(context.Background())
	fmt.Println(err)
	fmt.Println(errors.Is(err, sheetimport.ErrUnreadable))
	// Output:
	// "plan.xlsx": the sheet cannot be read: it is an Excel workbook (.xlsx) or another ZIP file, not a CSV file; open it in the spreadsheet program and save it as "CSV UTF-8"
	// true
}

func ExampleFindHeader() {
	const file = "Our plan for the summer\n\nCreator Name *,Channel,Go-live,Fee (USD),Favourite colour\n"
	sheet, err := sheetimport.CSV("plan.csv", strings.NewReader(file), nil).Read(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	header, err := sheetimport.FindHeader(sheet, nil)
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

func ExampleDateOrderOf() {
	order, proof := sheetimport.DateOrderOf([]string{"03/04/26", "28/04/26"})
	date, err := sheetimport.ParseDate("03/04/26", order)
	fmt.Println(order, proof, date, err)
	// Output: day first 28/04/26 2026-04-03 <nil>
}

func ExampleParseAmount() {
	for _, text := range []string{"1'200.-", "$1,234.50", "1.234", "barter"} {
		amount, currency, blank, err := sheetimport.ParseAmount(text, sheetimport.StyleUnknown)
		fmt.Printf("%s|%s|%v|%v\n", amount, currency, blank, err)
	}
	// Output:
	// 1200||false|<nil>
	// 1234.5|USD|false|<nil>
	// 0||false|"1.234" can be read in two ways (1234 or 1.234); write it with two decimals, like 1234.00, or say how the whole sheet writes amounts
	// 0||true|<nil>
}

func ExampleParseCodes() {
	rules, err := sheetimport.ParseCodes("LISA10, enthält PAM")
	fmt.Println(rules, err)
	_, err = sheetimport.ParseCodes("10-Mar")
	fmt.Println(err)
	// Output:
	// [equals LISA10 contains PAM] <nil>
	// "10-Mar" looks like a code that the spreadsheet turned into a date or a number; format the column as text and type the code again
}
