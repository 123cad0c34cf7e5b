package sheetimport_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/getklar/influencercrm/sheetimport"
)

// book makes a workbook, which edit fills.
func book(t testing.TB, edit func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	edit(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// row writes cells into a row of a tab.
func row(t testing.TB, f *excelize.File, tab string, n int, cells ...any) {
	t.Helper()
	if err := f.SetSheetRow(tab, fmt.Sprint("A", n), &cells); err != nil {
		t.Fatal(err)
	}
}

// style gives a cell a number format.
func style(t testing.TB, f *excelize.File, tab, cell, format string) {
	t.Helper()
	id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err == nil {
		err = f.SetCellStyle(tab, cell, cell, id)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func readBook(t testing.TB, data []byte, o *sheetimport.XLSXOptions) *sheetimport.Sheet {
	t.Helper()
	sheet, err := sheetimport.XLSX("deals.xlsx", bytes.NewReader(data), o).Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

// cellText is a cell as text: what it shows and, after a bar, what lies behind.
func cellText(c sheetimport.Cell) string {
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
		data := book(t, func(f *excelize.File) {
			if err := f.SetCellValue("Sheet1", "A1", test.value); err != nil {
				t.Fatal(err)
			}
			if test.format != "" {
				style(t, f, "Sheet1", "A1", test.format)
			}
			row(t, f, "Sheet1", 2, "x")
		})
		sheet := readBook(t, data, nil)
		if got := cellText(sheet.Rows[0].Cell(0)); got != test.want {
			t.Errorf("%v as %q: got %q, want %q", test.value, test.format, got, test.want)
		}
	}
}

func TestXLSXFormulas(t *testing.T) {
	t.Parallel()
	data := book(t, func(f *excelize.File) { row(t, f, "Sheet1", 1, "x") })
	data = edited(t, data, "xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
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

// edited is a workbook with another text for one of its parts.
func edited(t testing.TB, data []byte, part, text string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		if f.Name == part {
			continue
		}
		if err := out.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	w, err := out.Create(part)
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err := errors.Join(err, out.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestXLSX1904(t *testing.T) {
	t.Parallel()
	data := book(t, func(f *excelize.File) {
		yes := true
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			t.Fatal(err)
		}
		row(t, f, "Sheet1", 1, 46174-1462)
		style(t, f, "Sheet1", "A1", "yyyy-mm-dd")
	})
	if got := cellText(readBook(t, data, nil).Rows[0].Cell(0)); !strings.HasSuffix(got, "| date 2026-06-01") {
		t.Errorf("got %q", got)
	}
}

// The first days of Excel's calendar are one off, because it has a 29 February 1900.
func TestXLSXFirstDays(t *testing.T) {
	t.Parallel()
	for serial, want := range map[int]string{1: "1900-01-01", 59: "1900-02-28", 60: "", 61: "1900-03-01", 109939: "2200-12-31", 109940: ""} {
		data := book(t, func(f *excelize.File) {
			row(t, f, "Sheet1", 1, serial)
			style(t, f, "Sheet1", "A1", "yyyy-mm-dd")
		})
		raw := readBook(t, data, nil).Rows[0].Cell(0).Raw
		if got := raw; want == "" && got != nil || want != "" && (got == nil || got.Value != want) {
			t.Errorf("day %d is %v, want %q", serial, raw, want)
		}
	}
}

func TestXLSXRowsAndMerges(t *testing.T) {
	t.Parallel()
	data := book(t, func(f *excelize.File) {
		row(t, f, "Sheet1", 2, "Name", "Platform")
		row(t, f, "Sheet1", 5, "Ida", "IG", 500)
		row(t, f, "Sheet1", 6)
		row(t, f, "Sheet1", 7, nil, "TikTok")
		style(t, f, "Sheet1", "A40", "0%") // a format is no content
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
	want := []string{"1 false", "2 false [Name] [Platform]", "3 false", "4 false", "5 false [Ida] [IG] [500 | number 500]", "6 false [Ida]", "7 true [Ida] [TikTok]"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("rows (-want +got):\n%s", d)
	}
	if len(sheet.Notes) != 1 || sheet.Notes[0].Text != "row 7 hidden in the sheet and read like the others" {
		t.Errorf("notes %v", sheet.Notes)
	}
}

func TestXLSXTabs(t *testing.T) {
	t.Parallel()
	data := book(t, func(f *excelize.File) {
		for _, name := range []string{"Old", "Deals", "More deals"} {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
		}
		row(t, f, "Sheet1", 1, "Notes on how to use this")
		for _, name := range []string{"Old", "Deals", "More deals"} {
			row(t, f, name, 1, "Name", "Platform")
			row(t, f, name, 2, name, "IG")
		}
		if err := f.SetSheetVisible("Old", false); err != nil {
			t.Fatal(err)
		}
	})
	sheet := readBook(t, data, nil)
	note := `the workbook has the tabs "Sheet1", "Deals", "More deals"; "Deals" is read, the first with a header`
	if got := sheet.Rows[1].Cell(0).Text; got != "Deals" || len(sheet.Notes) != 1 || sheet.Notes[0].Text != note {
		t.Errorf("the tab %q is read, with the notes %v", got, sheet.Notes)
	}
	for _, name := range []string{"more deals", "Old"} {
		if got := readBook(t, data, &sheetimport.XLSXOptions{Tab: name}).Rows[1].Cell(0).Text; !strings.EqualFold(got, name) {
			t.Errorf("of the tab %q %q is read", name, got)
		}
	}
	_, err := sheetimport.XLSX("deals.xlsx", bytes.NewReader(data), &sheetimport.XLSXOptions{Tab: "None"}).Read(t.Context())
	if !errors.Is(err, sheetimport.ErrUnreadable) || !strings.Contains(err.Error(), `there is no tab "None"; the tabs are "Sheet1", "Deals", "More deals"`) {
		t.Errorf("got error %v", err)
	}
}

// deals is a workbook with a Klar-like sheet.
func deals(t testing.TB) []byte {
	t.Helper()
	return book(t, func(f *excelize.File) {
		row(t, f, "Sheet1", 1, "Campaign", "Influencer", "Platform", "Posting Date", "Fixed Costs", "Discount Code", "Discount %", "Last touch", "Status")
		row(t, f, "Sheet1", 2, 46174, "Ida", "IG", 46174, 1.5, "IDA10", 0.15, true, "signed")
		style(t, f, "Sheet1", "A2", "mmmm yyyy")
		style(t, f, "Sheet1", "D2", "m/d/yy")
		style(t, f, "Sheet1", "E2", "#,##0.00 [$USD]")
		style(t, f, "Sheet1", "G2", "0%")
		row(t, f, "Sheet1", 3, "Summer", "Mats", "TikTok", 46175, 1234, 46091, nil, false, "signed")
		style(t, f, "Sheet1", "D3", "yyyy-mm-dd")
		style(t, f, "Sheet1", "F3", "d-mmm")
	})
}

// What a column of text shows is its text; what a column of dates or amounts holds has one reading.
func TestXLSXPlan(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	plan, err := s.importer().Plan(s.ctx, s.ws, sheetimport.XLSX("deals.xlsx", bytes.NewReader(deals(t)), nil))
	if err != nil {
		t.Fatal(err)
	}
	first, second := plan.Rows[0], plan.Rows[1]
	got := map[string]string{}
	for _, c := range first.Changes {
		got[c.Field] = c.To
	}
	for field, want := range map[string]string{"start": "2026-06-01", "cost": "1.50 USD", "last_touch": "yes"} {
		if got[field] != want {
			t.Errorf("%s is %q, want %q", field, got[field], want)
		}
	}
	if _, err := s.importer().Apply(s.ctx, plan); err != nil {
		t.Fatal(err)
	}
	if campaigns := s.contents().Campaigns; len(campaigns) != 1 || campaigns[0].Name != "June 2026" {
		t.Errorf("campaigns %v", campaigns)
	}
	if first.Verdict != sheetimport.Created || len(first.Problems) > 0 {
		t.Errorf("row 2: %s %v", first.Verdict, first.Problems)
	}
	if second.Verdict != sheetimport.Rejected || len(second.Problems) != 1 || second.Problems[0].Code != "damaged_code" {
		t.Errorf("row 3, whose code is a date: %s %v", second.Verdict, second.Problems)
	}
}

// Dates beside texts that look like dates are a sign that some were misread when they were typed.
func TestXLSXMixedDates(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	data := book(t, func(f *excelize.File) {
		row(t, f, "Sheet1", 1, "Name", "Platform", "Date", "Fee", "Status")
		row(t, f, "Sheet1", 2, "Ida", "IG", 46174, 5, "signed")
		style(t, f, "Sheet1", "C2", "m/d/yyyy")
		row(t, f, "Sheet1", 3, "Mats", "IG", "21/06/2026", 5, "signed")
	})
	plan, err := s.importer().Plan(s.ctx, s.ws, sheetimport.XLSX("deals.xlsx", bytes.NewReader(data), nil))
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Notes) != 1 || plan.Notes[0].Code != "dates_may_be_swapped" || !strings.Contains(plan.Notes[0].Text, `column C "Date"`) || plan.Counts[sheetimport.Created] != 2 {
		t.Errorf("notes %v, counts %v", plan.Notes, plan.Counts)
	}
}

// zipped is a ZIP file of parts.
func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range parts {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Hostile and wrong files give one sentence, before they take much memory.
func TestXLSXHostile(t *testing.T) {
	t.Parallel()
	good := deals(t)
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
		{"a password", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"), "has a password"},
		{"a half", good[:len(good)/2], "damaged or was not copied whole"},
		{"another ZIP", zipped(t, map[string]string{"content.xml": "<x/>"}), "a ZIP file, but no Excel workbook"},
		{"a bomb", edited(t, good, sheet1, "<worksheet><sheetData>"+strings.Repeat(" ", 9<<20)), "unpacked it has more than"},
		{"a bomb in a picture", edited(t, good, "xl/media/image1.png", strings.Repeat("\x00", 9<<20)), "unpacked it has more than"},
		{"entities", edited(t, good, sheet1, `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet `+main+`><sheetData><row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>`), "damaged"},
		{"a cell far below", edited(t, good, sheet1, `<worksheet `+main+`><sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>`), "row 1048576 has a cell"},
		{"rows out of order", edited(t, good, sheet1, `<worksheet `+main+`><sheetData><row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`), "damaged"},
		{"no XML", edited(t, good, sheet1, "\x00\x01\x02"), "damaged"},
		{"cut XML", edited(t, good, sheet1, `<worksheet `+main+`><sheetData><row r="1"><c r="A1"`), "damaged"},
		{"no tabs", edited(t, good, "xl/workbook.xml", `<workbook `+main+`></workbook>`), "no visible tab"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := sheetimport.XLSX("deals.xlsx", bytes.NewReader(test.data), &sheetimport.XLSXOptions{Limits: sheetimport.Limits{Unpacked: 8 << 20}}).Read(context.Background())
			runtime.ReadMemStats(&after)
			if !errors.Is(err, sheetimport.ErrUnreadable) || !strings.Contains(err.Error(), test.want) {
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
	data := book(t, func(f *excelize.File) {
		row(t, f, "Sheet1", 1, "Name", "Platform")
		if err := f.SetCellValue("Sheet1", "XFD2", "far"); err != nil {
			t.Fatal(err)
		}
		row(t, f, "Sheet1", 3, "Ida", "IG")
	})
	sheet := readBook(t, data, nil)
	if err := sheet.Rows[1].Err; err == nil || !strings.Contains(err.Error(), "column XFD") {
		t.Errorf("row 2: %v", err)
	}
	if got := sheet.Rows[2].Cell(0).Text; got != "Ida" {
		t.Errorf("row 3 begins with %q", got)
	}
}

// A file is read for what it is, whatever it is called.
func TestFile(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{"deals.csv": deals(t), "deals.xlsx": []byte("Campaign,Influencer\nSummer,Ida\n")} {
		sheet, err := sheetimport.File(name, bytes.NewReader(data), nil).Read(t.Context())
		if err != nil || sheet.Name != name || sheet.Rows[0].Cell(1).Text != "Influencer" {
			t.Errorf("%s: %v", name, err)
		}
	}
	source := sheetimport.File("x.csv", strings.NewReader("a"), nil)
	if source.Name() != "x.csv" {
		t.Errorf("the source is called %q", source.Name())
	}
	_, first := source.Read(t.Context())
	if _, again := source.Read(t.Context()); first != nil || again == nil || !strings.Contains(again.Error(), "open it again") {
		t.Errorf("read twice: %v, %v", first, again)
	}
}

func FuzzXLSX(f *testing.F) {
	good := deals(f)
	f.Add(good)
	f.Add(edited(f, good, "xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>1E5</v></c></row></sheetData><mergeCells><mergeCell ref="A1:C9"/></mergeCells></worksheet>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := sheetimport.Limits{Unpacked: 4 << 20, Rows: 200, Columns: 50}
		sheet, err := sheetimport.XLSX("x.xlsx", bytes.NewReader(data), &sheetimport.XLSXOptions{Limits: limits}).Read(t.Context())
		if err != nil {
			if !errors.Is(err, sheetimport.ErrUnreadable) {
				t.Fatalf("%v is not of the family %v", err, sheetimport.ErrUnreadable)
			}
			return
		}
		for n, r := range sheet.Rows {
			if r.Number != n+1 || len(r.Cells) > limits.Columns {
				t.Fatalf("row %d has the number %d and %d cells", n+1, r.Number, len(r.Cells))
			}
		}
	})
}

// planBook plans a workbook in a fresh workspace in EUR.
func planBook(t *testing.T, data []byte) *sheetimport.Plan {
	t.Helper()
	s := memoryShop(t, nil)
	plan, err := s.importer().Plan(s.ctx, s.ws, sheetimport.XLSX("deals.xlsx", bytes.NewReader(data), nil))
	if err != nil {
		t.Fatal(err)
	}
	checkCounts(t, plan)
	return plan
}

// A number or date cell is exact and says nothing of how texts in its column are written.
func TestXLSXNumbersProveNothingAboutTexts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name       string
		cost, date any
		want       []string
	}{
		{"texts with two readings", "1.500", "03/04/2026", []string{"2 created", "3 rejected !ambiguous_date@D !ambiguous_amount@E"}},
		{"texts that prove themselves", "1.500,00", "13/04/2026", []string{"2 created", "3 created"}},
		{"exact cells", 1500, 46174, []string{"2 created", "3 created"}},
	} {
		data := book(t, func(f *excelize.File) {
			row(t, f, "Sheet1", 1, "Influencer", "Platform", "Campaign", "Posting date", "Fee", "Deal status")
			row(t, f, "Sheet1", 2, "Ida", "IG", "Sale", 46180, 12.5, "signed")
			style(t, f, "Sheet1", "D2", "dd/mm/yyyy")
			style(t, f, "Sheet1", "E2", "0.00")
			row(t, f, "Sheet1", 3, "Mats", "IG", "Sale", test.date, test.cost, "signed")
			style(t, f, "Sheet1", "D3", "dd/mm/yyyy")
		})
		if diff := cmp.Diff(test.want, account(planBook(t, data))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// Rows and cells may lack their references; such a one follows the one before it.
func TestXLSXWithoutReferences(t *testing.T) {
	t.Parallel()
	const text = `<c t="inlineStr"><is><t>%s</t></is></c>`
	data := book(t, func(f *excelize.File) { row(t, f, "Sheet1", 1, "x") })
	for _, test := range []struct{ name, rows, want string }{
		{"none has any", `<row><c t="inlineStr"><is><t>a</t></is></c><c><v>1</v></c></row><row/><row><c t="inlineStr"><is><t>b</t></is></c><c><v>2</v></c></row><row></row><row><c><v>3</v></c></row>`,
			"1:a,1 2: 3:b,2 4: 5:3"},
		{"some rows have", `<row r="2"><c><v>1</v></c></row><row/><row><c><v>2</v></c></row><row r="7"><c><v>3</v></c></row><row><c><v>4</v></c></row>`,
			"1: 2:1 3: 4:2 5: 6: 7:3 8:4"},
		{"some cells have", `<row r="1"><c><v>1</v></c><c r="D1"><v>4</v></c><c><v>5</v></c></row><row><c r="B2"><v>2</v></c><c/><c><v>4</v></c></row>`,
			"1:1,,,4,5 2:,2,,4"},
		{"a format alone", `<row><c s="0"/></row><row><c/><c><v>2</v></c></row>`, "1: 2:,2"},
		{"merged and hidden", `<row/><row hidden="1"><c t="inlineStr"><is><t>a</t></is></c></row><row><c/><c><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells><sheetData>`,
			"1: 2h:a 3:a,2"},
	} {
		sheet := readBook(t, edited(t, data, "xl/worksheets/sheet1.xml",
			`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`+test.rows+`</sheetData></worksheet>`), nil)
		var got []string
		for _, r := range sheet.Rows {
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, c.Text)
			}
			got = append(got, fmt.Sprint(r.Number, map[bool]string{true: "h"}[r.Hidden], ":", strings.Join(cells, ",")))
		}
		if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}

	var cells string
	for _, h := range []string{"Influencer", "Platform", "Campaign", "Posting date", "Fee"} {
		cells += fmt.Sprintf(text, h)
	}
	rows := "<row>" + cells + "</row><row/>"
	for _, deal := range [][2]string{{"2026-06-15", "1234.5"}, {"2026-06-27", "777"}} {
		rows += "<row>"
		for _, s := range []string{"Ana", "IG", "Sale", deal[0]} {
			rows += fmt.Sprintf(text, s)
		}
		rows += "<c><v>" + deal[1] + "</v></c></row><row></row>"
	}
	plan := planBook(t, edited(t, data, "xl/worksheets/sheet1.xml",
		`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`+rows+`</sheetData></worksheet>`))
	want := []string{"2 skipped", "3 created", "4 skipped", "5 created"}
	if diff := cmp.Diff(want, account(plan)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for at, cost := range map[int]string{1: "1234.50 EUR", 3: "777.00 EUR"} {
		if got := valueOf(plan.Rows[at], sheetimport.FieldCost); got != cost {
			t.Errorf("row %d costs %q, want %q", plan.Rows[at].Row, got, cost)
		}
	}
}
