// go run write.go, in a module of its own: excelize and the two versions of tealeg/xlsx.
package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	tealeg1 "github.com/tealeg/xlsx"
	tealeg3 "github.com/tealeg/xlsx/v3"
	"github.com/xuri/excelize/v2"
)

func day(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC)
}

var rows = [][]any{
	{"Campaign", "Influencer", "Platform", "Posting date", "End date", "Fee", "Discount code", "Last touch", "Notes"},
	{"Sale", "Ana Ruiz", "Instagram", day(6, 15), day(7, 14), 1234.5, "1E5", "yes", "first\nsecond"},
	{"Sale", "Jörg Weiß", "TikTok", day(6, 16), day(7, 15), 2500.0, "MAY-20", "no", `5" & <b>`},
	{"Sale", "Lea Blum", "Twitch", day(6, 17), day(7, 16), 0.1, "LEA10", "yes", "by hand"},
}

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
	excelizeFiles()
	tealegFiles()
	f := must(os.Create("go-csv-" + strings.TrimPrefix(runtime.Version(), "go") + ".csv"))
	w := csv.NewWriter(f)
	for _, r := range rows {
		var texts []string
		for _, v := range r {
			if t, ok := v.(time.Time); ok {
				v = t.Format(time.DateOnly)
			}
			texts = append(texts, fmt.Sprint(v))
		}
		check(w.Write(texts))
	}
	w.Flush()
	check(w.Error())
}

func excelizeFiles() {
	name := "excelize%s-" + version("github.com/xuri/excelize/v2") + ".xlsx"
	f := excelize.NewFile()
	for n, r := range rows {
		check(f.SetSheetRow("Sheet1", fmt.Sprint("A", n+1), &r))
	}
	check(f.SaveAs(fmt.Sprintf(name, "")))
	f = excelize.NewFile()
	s := must(f.NewStreamWriter("Sheet1"))
	for n, r := range rows {
		check(s.SetRow(fmt.Sprint("A", n+1), r))
	}
	check(s.Flush())
	check(f.SaveAs(fmt.Sprintf(name, "-stream")))
}

func tealegFiles() {
	one := tealeg1.NewFile()
	sheet1 := must(one.AddSheet("Plan"))
	three := tealeg3.NewFile()
	sheet3 := must(three.AddSheet("Plan"))
	for _, r := range rows {
		row1, row3 := sheet1.AddRow(), sheet3.AddRow()
		for _, v := range r {
			row1.AddCell().SetValue(v)
			row3.AddCell().SetValue(v)
		}
	}
	check(one.Save("tealeg-xlsx-" + version("github.com/tealeg/xlsx") + ".xlsx"))
	check(three.Save("tealeg-xlsx-" + version("github.com/tealeg/xlsx/v3") + ".xlsx"))
	book := tealeg1.NewFile()
	sheet := must(book.AddSheet("Plan"))
	for _, r := range rows {
		row := sheet.AddRow()
		for _, v := range r {
			switch c := row.AddCell(); v := v.(type) {
			case time.Time:
				c.SetDate(v)
			case float64:
				c.SetFloatWithFormat(v, "#,##0.00 [$€-407]")
			default:
				c.SetString(fmt.Sprint(v))
			}
		}
	}
	check(book.Save("tealeg-xlsx-formats-" + version("github.com/tealeg/xlsx") + ".xlsx"))
	f := must(os.Create("tealeg-xlsx-stream-" + version("github.com/tealeg/xlsx") + ".xlsx"))
	b := tealeg1.NewStreamFileBuilder(f)
	var head []string
	for _, v := range rows[0] {
		head = append(head, v.(string))
	}
	check(b.AddSheet("Plan", head, nil))
	stream := must(b.Build())
	for _, r := range rows[1:] {
		var texts []string
		for _, v := range r {
			if t, ok := v.(time.Time); ok {
				v = t.Format(time.DateOnly)
			}
			texts = append(texts, fmt.Sprint(v))
		}
		check(stream.Write(texts))
	}
	check(stream.Close())
}
