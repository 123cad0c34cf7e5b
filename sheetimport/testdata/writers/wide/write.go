// go run write.go, in a module of its own: excelize and tealeg/xlsx 3.
package main

import (
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/tealeg/xlsx/v3"
	"github.com/xuri/excelize/v2"
)

type (
	link    struct{ text, url string }
	formula struct {
		text  string
		value any
	}
)

func day(month time.Month, day, hour, minute int) time.Time {
	return time.Date(2026, month, day, hour, minute, 0, 0, time.UTC)
}

var rows = [][]any{
	{"Influencer", "Platform", "Campaign", "Profile link", "Posting date", "End date", "Fee", "Discount code",
		"Discount %", "Last touch", "Phone", "Notes"},
	{"Ana 🌸 Müller", "Instagram", "Sale", link{"Profil", "https://www.instagram.com/ana.mueller"}, day(6, 15, 9, 30), day(7, 14, 0, 0),
		1234.5, "0012", 0.15, true, "+49 170 1234567", "first\nsecond"},
	{"Jörg Weiß", "TikTok", nil, link{"https://www.tiktok.com/@joerg", "https://www.tiktok.com/@joerg"}, day(6, 16, 0, 0), day(7, 15, 0, 0),
		formula{"1000*2.5", 2500.0}, "JOERG10", 0.1, false, nil, formula{`"a"&"b"`, "ab"}},
	{"Lea Blum", "Twitch", "Sale", nil, day(6, 17, 0, 0), day(7, 16, 0, 0), formula{"5*5", nil}, "LEA10", nil, true, "+43 1 234", "x"},
}

var formats = map[int]string{4: "dd.mm.yyyy hh:mm", 5: "yyyy-mm-dd", 6: "#,##0.00 [$€-407]", 8: "0%"}

func version(module string) string {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if m.Path == module {
			return strings.TrimPrefix(m.Version, "v")
		}
	}
	return ""
}

func must[T any](v T, err error) T {
	check(err)
	return v
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	f := excelize.NewFile()
	for n, r := range rows {
		for i, v := range r {
			cell := must(excelize.CoordinatesToCellName(i+1, n+1))
			switch v := v.(type) {
			case link:
				check(f.SetCellValue("Sheet1", cell, v.text))
				check(f.SetCellHyperLink("Sheet1", cell, v.url, "External"))
			case formula:
				check(f.SetCellValue("Sheet1", cell, v.value))
				if _, ok := v.value.(string); !ok { // of a text its number among the shared ones would be stored
					check(f.SetCellFormula("Sheet1", cell, v.text))
				}
			default:
				check(f.SetCellValue("Sheet1", cell, v))
			}
			if format, ok := formats[i]; ok && n > 0 {
				check(f.SetCellStyle("Sheet1", cell, cell, must(f.NewStyle(&excelize.Style{CustomNumFmt: &format}))))
			}
		}
	}
	check(f.MergeCell("Sheet1", "C2", "C3"))
	check(f.SaveAs("excelize-" + version("github.com/xuri/excelize/v2") + ".xlsx"))

	book := xlsx.NewFile()
	sheet := must(book.AddSheet("Plan"))
	for n, r := range rows {
		row := sheet.AddRow()
		for i, v := range r {
			cell := row.AddCell()
			switch v := v.(type) {
			case nil:
			case link:
				cell.SetHyperlink(v.url, v.text, "")
			case formula:
				if s, ok := v.value.(string); ok {
					cell.SetStringFormula(v.text)
					cell.Value = s
				} else {
					cell.SetFormula(v.text)
					if v.value != nil {
						cell.Value = fmt.Sprint(v.value)
					}
				}
			default:
				cell.SetValue(v)
			}
			if format, ok := formats[i]; ok && n > 0 {
				cell.SetFormat(format)
			}
			if n == 1 && i == 2 {
				cell.Merge(0, 1)
			}
		}
	}
	check(book.Save("tealeg-xlsx-" + version("github.com/tealeg/xlsx/v3") + ".xlsx"))
}
