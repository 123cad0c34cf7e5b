package xlsxfile_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/getklar/influencercrm/sheetimport/internal/xlsxtest"
	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/sheetimport/xlsxfile"
)

func readBook(t testing.TB, data []byte, o *xlsxfile.Options) *sheet.Table {
	t.Helper()
	sheet, err := xlsxfile.New("deals.xlsx", bytes.NewReader(data), o).Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

// cellText is a cell as text: what it shows and, after a bar, what lies behind.
func cellText(c sheet.Cell) string {
	if c.Raw == nil {
		return c.Text
	}
	return c.Text + " | " + string(c.Raw.Kind) + " " + c.Raw.Value
}

func TestXLSXCells(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 6, 1, 13, 30, 0, 0, time.UTC)
	for _, test := range []struct {
		value  any
		format string
		want   string
	}{
		{"June 2026", "", "June 2026"},
		{"  Ida ", "", "  Ida "},
		{"46174", "", "46174"},
		{day, "yyyy-mm-dd", "2026-06-01 | date 2026-06-01"},
		{day, "mmmm yyyy", "June 2026 | date 2026-06-01"},
		{day, "d-mmm", "1-Jun | date 2026-06-01"},
		{day, `"am" dd.mm.yy`, "am 01.06.26 | date 2026-06-01"},
		{46174, "[$-407]d. mmmm yyyy", "1. Juni 2026 | date 2026-06-01"},
		{0.5, "h:mm", "12:00"},
		{1.5, "[h]:mm", "36:00"},
		{1234.5, "", "1234.5 | number 1234.5"},
		{1.234, "", "1.234 | number 1.234"},
		{1234.5, "#,##0.00 \"€\"", "1,234.50 € | number 1234.5"},
		{0.1 + 0.2, "", "0.3 | number 0.3"},
		{1e21, "", "1E+21 | number 1000000000000000000000"},
		{1e15, "", "1E+15 | number 1000000000000000"},
		{123456789012345, "", "123456789012345 | number 123456789012345"},
		{1e21, "0", "1000000000000000000000 | number 1000000000000000000000"},
		{0.15, "0%", "15% | percent 0.15"},
		{15, "General", "15 | number 15"},
		{true, "", "TRUE | yes_no true"},
		{false, "", "FALSE | yes_no false"},
		{nil, "yyyy", ""},
	} {
		data := xlsxtest.Book(t, func(f *excelize.File) {
			if err := f.SetCellValue("Sheet1", "A1", test.value); err != nil {
				t.Fatal(err)
			}
			if test.format != "" {
				xlsxtest.Style(t, f, "Sheet1", "A1", test.format)
			}
			xlsxtest.Row(t, f, "Sheet1", 2, "x")
		})
		sheet := readBook(t, data, nil)
		if got := cellText(sheet.Rows[0].Cell(0)); got != test.want {
			t.Errorf("%v as %q: got %q, want %q", test.value, test.format, got, test.want)
		}
	}
}

func TestXLSXFormulas(t *testing.T) {
	t.Parallel()
	data := xlsxtest.Book(t, func(f *excelize.File) { xlsxtest.Row(t, f, "Sheet1", 1, "x") })
	data = xlsxtest.Edited(t, data, "xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
		<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>
		<c r="D1" t="inlineStr"><is><t>in line</t></is></c><c r="E1" t="d"><v>2026-06-01T00:00:00</v></c></row></sheetData></worksheet>`)
	var got []string
	for _, c := range readBook(t, data, nil).Rows[0].Cells {
		got = append(got, cellText(c))
	}
	want := []string{"2 | number 2", "#DIV/0! | error #DIV/0!", "ab", "in line", got[4]}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if !strings.HasSuffix(got[4], " | date 2026-06-01") {
		t.Errorf("a date in ISO form: %q", got[4])
	}
}

func TestXLSX1904(t *testing.T) {
	t.Parallel()
	data := xlsxtest.Book(t, func(f *excelize.File) {
		yes := true
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			t.Fatal(err)
		}
		xlsxtest.Row(t, f, "Sheet1", 1, 46174-1462)
		xlsxtest.Style(t, f, "Sheet1", "A1", "yyyy-mm-dd")
	})
	if got := cellText(readBook(t, data, nil).Rows[0].Cell(0)); !strings.HasSuffix(got, "| date 2026-06-01") {
		t.Errorf("got %q", got)
	}
}

// The first days of Excel's calendar are one off, because it has a 29 February 1900.
func TestXLSXFirstDays(t *testing.T) {
	t.Parallel()
	for serial, want := range map[int]string{1: "1900-01-01", 59: "1900-02-28", 60: "", 61: "1900-03-01", 109939: "2200-12-31", 109940: ""} {
		data := xlsxtest.Book(t, func(f *excelize.File) {
			xlsxtest.Row(t, f, "Sheet1", 1, serial)
			xlsxtest.Style(t, f, "Sheet1", "A1", "yyyy-mm-dd")
		})
		raw := readBook(t, data, nil).Rows[0].Cell(0).Raw
		if got := raw; want == "" && got != nil || want != "" && (got == nil || got.Value != want) {
			t.Errorf("day %d is %v, want %q", serial, raw, want)
		}
	}
}

func TestXLSXRowsAndMerges(t *testing.T) {
	t.Parallel()
	data := xlsxtest.Book(t, func(f *excelize.File) {
		xlsxtest.Row(t, f, "Sheet1", 2, "Name", "Platform")
		xlsxtest.Row(t, f, "Sheet1", 5, "Ida", "IG", 500)
		xlsxtest.Row(t, f, "Sheet1", 6)
		xlsxtest.Row(t, f, "Sheet1", 7, nil, "TikTok")
		xlsxtest.Style(t, f, "Sheet1", "A40", "0%") // a format is no content
		err := errors.Join(f.MergeCell("Sheet1", "A5", "A7"), f.SetRowVisible("Sheet1", 7, false))
		if err != nil {
			t.Fatal(err)
		}
	})
	sheet := readBook(t, data, nil)
	var got []string
	for _, r := range sheet.Rows {
		line := fmt.Sprint(r.Number, " ", r.Hidden)
		for _, c := range r.Cells {
			line += " [" + cellText(c) + "]"
		}
		got = append(got, line)
	}
	want := []string{"1 false", "2 false [Name] [Platform]", "3 false", "4 false",
		"5 false [Ida] [IG] [500 | number 500]", "6 false [Ida]", "7 true [Ida] [TikTok]"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("rows (-want +got):\n%s", d)
	}
	if len(sheet.Notes) != 1 || sheet.Notes[0].Text.String() != "row 7 hidden in the sheet and read like the others" {
		t.Errorf("notes %v", sheet.Notes)
	}
}

func TestXLSXTabs(t *testing.T) {
	t.Parallel()
	data := xlsxtest.Book(t, func(f *excelize.File) {
		for _, name := range []string{"Old", "Deals", "More deals"} {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
		}
		xlsxtest.Row(t, f, "Sheet1", 1, "Notes on how to use this")
		for _, name := range []string{"Old", "Deals", "More deals"} {
			xlsxtest.Row(t, f, name, 1, "Name", "Platform")
			xlsxtest.Row(t, f, name, 2, name, "IG")
		}
		if err := f.SetSheetVisible("Old", false); err != nil {
			t.Fatal(err)
		}
	})
	table := readBook(t, data, nil)
	note := `the workbook has the tabs "Sheet1", "Deals", "More deals"; "Deals" is read, the first with a header`
	if got := table.Rows[1].Cell(0).Text; got != "Deals" || len(table.Notes) != 1 || table.Notes[0].Text.String() != note {
		t.Errorf("the tab %q is read, with the notes %v", got, table.Notes)
	}
	for _, name := range []string{"more deals", "Old"} {
		if got := readBook(t, data, &xlsxfile.Options{Tab: name}).Rows[1].Cell(0).Text; !strings.EqualFold(got, name) {
			t.Errorf("of the tab %q %q is read", name, got)
		}
	}
	_, err := xlsxfile.New("deals.xlsx", bytes.NewReader(data), &xlsxfile.Options{Tab: "None"}).Read(t.Context())
	if !errors.Is(err, sheet.ErrUnreadable) || !strings.Contains(err.Error(), `there is no tab "None"; the tabs are "Sheet1", "Deals", "More deals"`) {
		t.Errorf("got error %v", err)
	}
}

// Hostile and wrong files give one sentence, before they take much memory.
func TestXLSXHostile(t *testing.T) {
	t.Parallel()
	good := xlsxtest.Deals(t)
	const sheet1, main = "xl/worksheets/sheet1.xml", `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"nothing", nil, "it is empty"},
		{"a text", []byte("Name,Platform\n"), "it is a text and not an Excel workbook"},
		{"a web page", []byte("<!DOCTYPE html><table>"), "a web page"},
		{"an old workbook", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Workbook"), "an old Excel workbook (.xls)"},
		{"a password",
			[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"), "has a password"},
		{"a half", good[:len(good)/2], "damaged or was not copied whole"},
		{"another ZIP", xlsxtest.Zipped(t, map[string]string{"content.xml": "<x/>"}), "a ZIP file, but no Excel workbook"},
		{"a bomb", xlsxtest.Edited(t, good, sheet1, "<worksheet><sheetData>"+strings.Repeat(" ", 9<<20)), "unpacked it is larger than"},
		{"a bomb in a picture", xlsxtest.Edited(t, good, "xl/media/image1.png", strings.Repeat("\x00", 9<<20)), "unpacked it is larger than"},
		{"entities",
			xlsxtest.Edited(t, good, sheet1,
				`<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet `+main+`><sheetData><row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>`), "damaged"},
		{"a cell far below",
			xlsxtest.Edited(t, good, sheet1,
				`<worksheet `+main+`><sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>`),
			"row 1048576 has a cell"},
		{"rows out of order",
			xlsxtest.Edited(t, good, sheet1,
				`<worksheet `+main+`><sheetData><row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`), "damaged"},
		{"a cell of another row",
			xlsxtest.Edited(t, good, sheet1,
				`<worksheet `+main+`><sheetData><row r="2"><c r="A3"><v>1</v></c></row></sheetData></worksheet>`),
			"the cell A3 stands in row 2 of the file"},
		{"cells of two rows",
			xlsxtest.Edited(t, good, sheet1,
				`<worksheet `+main+`><sheetData><row><c r="A3"><v>1</v></c><c r="B4"><v>1</v></c></row></sheetData></worksheet>`),
			"the cell B4 stands in row 3 of the file"},
		{"a row of cells again",
			xlsxtest.Edited(t, good, sheet1,
				`<worksheet `+main+`><sheetData><row r="3"><c r="A3"><v>1</v></c></row><row><c r="A3"><v>1</v></c></row></sheetData></worksheet>`), "damaged"},
		{"no XML", xlsxtest.Edited(t, good, sheet1, "\x00\x01\x02"), "damaged"},
		{"cut XML", xlsxtest.Edited(t, good, sheet1, `<worksheet `+main+`><sheetData><row r="1"><c r="A1"`), "damaged"},
		{"no tabs", xlsxtest.Edited(t, good, "xl/workbook.xml", `<workbook `+main+`></workbook>`), "no visible tab"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := xlsxfile.New("deals.xlsx", bytes.NewReader(test.data),
				&xlsxfile.Options{Limits: sheet.Limits{Unpacked: 8 << 20}}).Read(context.Background())
			runtime.ReadMemStats(&after)
			if !errors.Is(err, sheet.ErrUnreadable) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one that says %q", err, test.want)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 256<<20 {
				t.Errorf("%d MiB were allocated", used>>20)
			}
		})
	}
}

// A cell far to the right costs its row, not the sheet.
func TestXLSXFarColumn(t *testing.T) {
	t.Parallel()
	data := xlsxtest.Book(t, func(f *excelize.File) {
		xlsxtest.Row(t, f, "Sheet1", 1, "Name", "Platform")
		if err := f.SetCellValue("Sheet1", "XFD2", "far"); err != nil {
			t.Fatal(err)
		}
		xlsxtest.Row(t, f, "Sheet1", 3, "Ida", "IG")
	})
	sheet := readBook(t, data, nil)
	if err := sheet.Rows[1].Err; err == nil || !strings.Contains(err.Error(), "column XFD") {
		t.Errorf("row 2: %v", err)
	}
	if got := sheet.Rows[2].Cell(0).Text; got != "Ida" {
		t.Errorf("row 3 begins with %q", got)
	}
}

func FuzzXLSX(f *testing.F) {
	good := xlsxtest.Deals(f)
	f.Add(good)
	f.Add(xlsxtest.Edited(f, good, "xl/worksheets/sheet1.xml",
		`<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>1E5</v></c></row></sheetData><mergeCells><mergeCell ref="A1:C9"/></mergeCells></worksheet>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := sheet.Limits{Unpacked: 4 << 20, Rows: 200, Columns: 50}
		table, err := xlsxfile.New("x.xlsx", bytes.NewReader(data), &xlsxfile.Options{Limits: limits}).Read(t.Context())
		if err != nil {
			if !errors.Is(err, sheet.ErrUnreadable) {
				t.Fatalf("%v is not of the family %v", err, sheet.ErrUnreadable)
			}
			return
		}
		for n, r := range table.Rows {
			if r.Number != n+1 || len(r.Cells) > limits.Columns {
				t.Fatalf("row %d has the number %d and %d cells", n+1, r.Number, len(r.Cells))
			}
		}
	})
}

// The formats that a workbook names by number alone have the currency of the standard.
func TestBuiltinCurrencies(t *testing.T) {
	t.Parallel()
	styles := `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>`
	cells := ""
	ids := []int{2, 4, 5, 6, 7, 8, 37, 38, 39, 40, 41, 42, 43, 44}
	for i, id := range ids {
		styles += fmt.Sprintf(`<xf numFmtId="%d" applyNumberFormat="1"/>`, id)
		cells += fmt.Sprintf(`<c s="%d"><v>5</v></c>`, i)
	}
	data := xlsxtest.Book(t, func(f *excelize.File) { xlsxtest.Row(t, f, "Sheet1", 1, "x") })
	data = xlsxtest.Edited(t, data, "xl/styles.xml", styles+`</cellXfs></styleSheet>`)
	data = xlsxtest.Edited(t, data, "xl/worksheets/sheet1.xml",
		`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>`+cells+`</row></sheetData></worksheet>`)
	table, err := xlsxfile.New("deals.xlsx", bytes.NewReader(data), nil).Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		want := ""
		if id >= 5 && id <= 8 || id == 42 || id == 44 {
			want = "$"
		}
		if got := table.Rows[0].Cell(i).Raw; got == nil || got.Currency != want {
			t.Errorf("format %d: %+v, want the currency %q", id, got, want)
		}
	}
}

// Tabs that name one part share its copy, so that a small file stays small.
func TestTabsOfOnePart(t *testing.T) {
	t.Parallel()
	const tabs = 255
	noise := make([]byte, 1<<20) // which does not pack
	if _, err := rand.NewChaCha8([32]byte{}).Read(noise); err != nil {
		t.Fatal(err)
	}
	parts := packageParts()
	list := ""
	for n := range tabs {
		list += fmt.Sprintf(`<sheet name="Plan %d" sheetId="%d" r:id="rId1"/>`, n+1, n+1)
	}
	replacing(`<sheet name="Plan" sheetId="1" r:id="rId1"/>`, list,
		"</sheetData>", "</sheetData><!-- "+base64.StdEncoding.EncodeToString(noise)+" -->")(parts)
	data := xlsxtest.Zipped(t, parts)
	plain, err := xlsxfile.Plain(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(plain) > 2*len(data) {
		t.Errorf("a file of %d bytes is handed on as one of %d", len(data), len(plain))
	}
	in, err := zip.NewReader(bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		t.Fatal(err)
	}
	sheets := 0
	for _, f := range in.File {
		if strings.HasPrefix(f.Name, "xl/worksheets/") {
			sheets++
		}
	}
	if sheets != 1 {
		t.Errorf("the part is copied %d times", sheets)
	}
	for _, tab := range []string{"Plan 1", "Plan 2", fmt.Sprintf("Plan %d", tabs)} {
		var got []string
		for _, c := range readBook(t, data, &xlsxfile.Options{Tab: tab}).Rows[0].Cells {
			got = append(got, cellText(c))
		}
		if diff := cmp.Diff("Ana; 06-15-26 | date 2026-06-15; 12.50 € | number 12.5; Lea", strings.Join(got, "; ")); diff != "" {
			t.Errorf("the tab %s (-want +got):\n%s", tab, diff)
		}
	}
}

// Parts that share their packed bytes, as those of a bomb do, are more than the file that they come from.
func TestPartsOfTheSameBytes(t *testing.T) {
	t.Parallel()
	data := xlsxtest.Zipped(t, packageParts())
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	end := bytes.LastIndex(data, []byte("PK\x05\x06"))
	start := int(binary.LittleEndian.Uint32(data[end+16:]))
	directory := data[start:end]
	const times = 20
	bomb := append(slices.Clone(data[:start]), bytes.Repeat(directory, times)...)
	bomb = append(bomb, data[end:]...)
	end = len(bomb) - (len(data) - end)
	for at := 8; at <= 10; at += 2 {
		binary.LittleEndian.PutUint16(bomb[end+at:], uint16(len(in.File)*times))
	}
	binary.LittleEndian.PutUint32(bomb[end+12:], uint32(len(directory)*times))
	_, err = xlsxfile.Parse(t.Context(), bomb, xlsxfile.Options{})
	if !errors.Is(err, sheet.ErrUnreadable) || !strings.Contains(err.Error(), "the file is damaged") {
		t.Errorf("got error %v", err)
	}
}

// A list of formats that is too large to stand in memory is an error, and no list that ends early.
func TestLargeFormats(t *testing.T) {
	t.Parallel()
	long := strings.Repeat(" ", 16<<20)
	for name, edit := range map[string]func(map[string]string){
		"in the list":      replacing("</cellXfs>", "</cellXfs>"+long),
		"behind the list":  replacing("</styleSheet>", "</styleSheet>"+long),
		"the list of tabs": replacing("</sheets>", long+"</sheets>"),
	} {
		parts := packageParts()
		edit(parts)
		_, err := xlsxfile.Parse(t.Context(), xlsxtest.Zipped(t, parts), xlsxfile.Options{})
		if !errors.Is(err, sheet.ErrTooLarge) || !strings.Contains(err.Error(), "inside the file is larger than 16 M") {
			t.Errorf("%s: got error %v", name, err)
		}
	}
}

// excelize knows no conditions: it takes the first section of a format, and the second for a value below zero. What it shows
// is kept where that is the right one.
func TestConditionalFormats(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		format string
		value  float64
		want   string
	}{
		{`[<0.1]0.0%;0%`, 0.05, "5.0% | percent 0.05"},
		{`[<0.1]0.0%;0%`, 0.15, "15% | percent 0.15"},
		{`[<0.1]0.0%;0%`, 0.1234, "12.34% | percent 0.1234"},
		{`[<0.1]0.0%;0%`, -0.05, "-5% | percent -0.05"},
		{`0%;[<0]-0%`, -0.05, "-5% | percent -0.05"},
		{`[>=0]0.00%`, 0.15, "15.00% | percent 0.15"},
		{`[<1]0%;0.00`, 0.5, "50% | percent 0.5"},
		{`[<1]0%;0.00`, 5, "5 | number 5"},
		{`[>=1]0.00;0%`, 0.5, "50% | percent 0.5"},
		{`[>=1000]#,##0.00" €"`, 1234.5, "1,234.50 € | number 1234.5 EUR"},
		{`[>=1000]#,##0.00" €"`, 5, "5 | number 5 #"}, // which nothing shows
		{`[>=1000]#,##0.00" €";0.00`, 1234.5, "1,234.50 € | number 1234.5 EUR"},
		{`[>=1000]#,##0.00" €";0.00`, 5, "5 | number 5 ? EUR"},
		{`[>=1000]#,##0.00" €";0.00`, -5, "-5 | number -5 ? EUR"},
		{`[<0]-0.00;0.00`, 12.5, "12.5 | number 12.5"},
		{`[<0]-0.00;0.00`, -12.5, "-12.5 | number -12.5"},
		{`[>=0]0.00;(0.00)`, 12.5, "12.50 | number 12.5"},
		{`[>=0]0.00;(0.00)`, -12.5, "(12.50) | number -12.5"},
		{`[>=0]0.00;[Red]-0.00`, -12.5, "-12.50 | number -12.5"},
		{`[>0]0.00;[<0]-0.00;0`, 0, "0 | number 0"},
		{`[>0]0.00;[<0]-0.00;0`, 12.5, "12.50 | number 12.5"},
		{`[>=1]0.00;[>=0.5]0.0;0`, 0.75, "0.75 | number 0.75"},
		{`[=1]"yes";[=0]"no";0`, 0, "0 | number 0 no"},
		{`[>=1000]0.0,"k";0`, 1500, "1.5k | number 1500"},
		{`[>100]0.0;@`, 200, "200.0 | number 200"},
	} {
		data := xlsxtest.Book(t, func(f *excelize.File) {
			xlsxtest.Row(t, f, "Sheet1", 1, test.value)
			xlsxtest.Style(t, f, "Sheet1", "A1", test.format)
			xlsxtest.Row(t, f, "Sheet1", 2, "x")
		})
		c := readBook(t, data, nil).Rows[0].Cell(0)
		got := cellText(c)
		if c.Raw != nil && c.Raw.Currency != "" {
			got += " " + c.Raw.Currency
		}
		if got != test.want {
			t.Errorf("%v as %q: got %q, want %q", test.value, test.format, got, test.want)
		}
	}
}
