package google_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/google"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

func TestCells(t *testing.T) {
	t.Parallel()
	raw := func(text string, kind sheet.RawKind, value string) sheet.Cell {
		return sheet.Cell{Text: text, Raw: &sheet.RawValue{Kind: kind, Value: value}}
	}
	for name, c := range map[string]struct {
		cell fakeCell
		want sheet.Cell
	}{
		"a text":           {text("=1+1"), sheet.Cell{Text: "=1+1"}},
		"a text of digits": {text("007"), sheet.Cell{Text: "007"}},
		"a text with a line through it": {fakeCell{shown: "Ida", value: text("Ida").value, struck: true},
			sheet.Cell{Text: "Ida", Struck: true}},
		"a number without format": {number("1200", "1200", ""), raw("1200", sheet.RawNumber, "1200")},
		"an amount":               {number("1234.5", "1.234,50 €", "CURRENCY"), raw("1.234,50 €", sheet.RawNumber, "1234.5")},
		"an amount in a currency": {
			fakeCell{shown: "$1,234.50", value: number("1234.5", "", "").value, format: "CURRENCY", pattern: `[$$-en-CA]#,##0.00`},
			sheet.Cell{Text: "$1,234.50", Raw: &sheet.RawValue{Kind: sheet.RawNumber, Value: "1234.5", Currency: "CAD"}},
		},
		"a text with a link": {
			fakeCell{shown: "Profil", value: text("Profil").value, link: "https://www.instagram.com/ida"},
			raw("Profil", sheet.RawLink, "https://www.instagram.com/ida"),
		},
		"an address with its own link": {
			fakeCell{shown: "https://a.example", value: text("https://a.example").value, link: "https://a.example"},
			sheet.Cell{Text: "https://a.example"},
		},
		"a text that leads to no page": {
			fakeCell{shown: "Ida", value: text("Ida").value, link: "mailto:ida@example.com"},
			sheet.Cell{Text: "Ida"},
		},
		"a computed number": {number("840.33613445378151", "840,34 €", "CURRENCY"),
			raw("840,34 €", sheet.RawNumber, "840.336134453782")},
		"noise of a binary number": {number("0.30000000000000004", "0,30", "NUMBER"), raw("0,30", sheet.RawNumber, "0.3")},
		"below zero":               {number("-0.10", "-0,10", "NUMBER"), raw("-0,10", sheet.RawNumber, "-0.1")},
		"more digits than a float": {number("12345678901234567890.123456789", "1,23E+19", "SCIENTIFIC"),
			raw("1,23E+19", sheet.RawNumber, "12345678901234600000")},
		"a small exponent":       {number("1.5E-7", "0.00", "NUMBER"), raw("0.00", sheet.RawNumber, "0.00000015")},
		"a large exponent":       {number("1e+20", "1E+20", "SCIENTIFIC"), raw("1E+20", sheet.RawNumber, "100000000000000000000")},
		"an exponent of no cell": {number("1e999999999", "huge", "NUMBER"), sheet.Cell{Text: "huge"}},
		"a percentage":           {number("0.15", "15%", "PERCENT"), raw("15%", sheet.RawPercent, "0.15")},
		"a date":                 {number("46174", "01.06.2026", "DATE"), raw("01.06.2026", sheet.RawDate, "2026-06-01")},
		"a month that is a date": {number("46174", "June 2026", "DATE"), raw("June 2026", sheet.RawDate, "2026-06-01")},
		"a date with a time": {number("46174.979166666664", "2026-06-01 23:30", "DATE_TIME"),
			sheet.Cell{Text: "2026-06-01 23:30", Raw: &sheet.RawValue{Kind: sheet.RawDate,
				Value: "2026-06-01", Minute: 1410}}},
		"the first day":               {number("2", "1900-01-01", "DATE"), raw("1900-01-01", sheet.RawDate, "1900-01-01")},
		"a date out of all calendars": {number("-700000", "-17-06-05", "DATE"), raw("-17-06-05", sheet.RawNumber, "-700000")},
		"a date out of all integers":  {number("1e300", "########", "DATE"), sheet.Cell{Text: "########"}},
		"a time of day":               {number("0.5", "12:00", "TIME"), raw("12:00", sheet.RawNumber, "0.5")},
		"a ticked box":                {yesNo(true, "TRUE"), raw("TRUE", sheet.RawYesNo, "true")},
		"a box in German":             {yesNo(false, "FALSCH"), raw("FALSCH", sheet.RawYesNo, "false")},
		"a lost reference":            {failed("REF", "#REF!"), raw("#REF!", sheet.RawError, "#REF!")},
		"a value that is missing":     {failed("N_A", "#N/A"), raw("#N/A", sheet.RawError, "#N/A")},
		"a division by zero":          {failed("DIVIDE_BY_ZERO", "#DIV/0!"), raw("#DIV/0!", sheet.RawError, "#DIV/0!")},
		"a name that is not known":    {failed("NAME", "#NAME?"), raw("#NAME?", sheet.RawError, "#NAME?")},
		"an error that shows nothing": {failed("NUM", ""), raw("#NUM!", sheet.RawError, "#NUM!")},
		"not computed yet":            {failed("LOADING", "Loading..."), raw("Loading...", sheet.RawError, "Loading...")},
		"an error of the future":      {failed("SPILL", "#SPILL!"), raw("#SPILL!", sheet.RawError, "#ERROR!")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, &fakeTab{title: "Plan", rows: [][]fakeCell{{c.cell}}})
			table := f.read(nil)
			if diff := cmp.Diff([]sheet.Row{{Number: 1, Cells: []sheet.Cell{c.want}}}, table.Rows); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestFormulaErrorsAreReadAsSuch: what the API calls an error is one for the import too.
func TestFormulaErrorsAreReadAsSuch(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"ERROR", "NULL_VALUE", "DIVIDE_BY_ZERO", "VALUE", "REF", "NAME", "NUM", "N_A", "LOADING"} {
		f := newFake(t, &fakeTab{title: "Plan", rows: [][]fakeCell{{failed(kind, "")}}})
		_, err := cell.ParseText(f.read(nil).Rows[0].Cell(0).Text)
		var bad *cell.Error
		if !errors.As(err, &bad) || bad.Code != "formula_error" {
			t.Errorf("%s: err = %v, want a formula_error", kind, err)
		}
	}
}

func TestRows(t *testing.T) {
	t.Parallel()
	plan := tab(7, "Plan", headers(), []string{"Ida", "IG"}, nil, []string{"", "", "", "", ""},
		[]string{"", "TikTok", "", ""}, []string{"Mats", "\u00a0", " "}, nil, nil)
	plan.hiddenRows, plan.filteredRows = map[int]bool{2: true, 3: true}, map[int]bool{5: true}
	f := newFake(t, plan)
	f.locale, f.zone = "de_DE", "Europe/Berlin"
	want := &sheet.Table{Name: "influencers", Tab: "Plan", Locale: "de-DE", Zone: "Europe/Berlin", Grid: true, Rows: []sheet.Row{
		{Number: 1, Cells: cells(headers()...)},
		{Number: 2, Cells: cells("Ida", "IG", "", "", ""), Hidden: true},
		{Number: 3, Cells: cells("", "", "", "", "")},
		{Number: 4, Cells: cells("", "", "", "", "")},
		{Number: 5, Cells: cells("", "TikTok", "", "", ""), Hidden: true},
		{Number: 6, Cells: cells("Mats", "", "", "", "")},
	}}
	if diff := cmp.Diff(want, f.read(&google.Options{Name: "influencers"})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func cells(texts ...string) []sheet.Cell {
	var all []sheet.Cell
	for _, s := range texts {
		all = append(all, sheet.Cell{Text: s})
	}
	return all
}

func TestLocaleAndZone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ locale, zone, wantLocale, wantZone string }{
		{"en_GB", "Europe/London", "en-GB", "Europe/London"},
		{"de", "Etc/GMT", "de", "Etc/GMT"},
		{"pt_BR", "America/Sao_Paulo", "pt-BR", "America/Sao_Paulo"},
		{"", "", "", ""},
		{"what is this", "GMT-07:00", "", ""},
	} {
		f := newFake(t, tab(0, "Plan", []string{"x"}))
		f.locale, f.zone = c.locale, c.zone
		if s := f.read(nil); s.Locale != c.wantLocale || s.Zone != c.wantZone {
			t.Errorf("%q, %q: read as %q, %q", c.locale, c.zone, s.Locale, s.Zone)
		}
	}
}

func TestMergedRanges(t *testing.T) {
	t.Parallel()
	merge := func(startRow, endRow, startColumn, endColumn int) map[string]any {
		m := map[string]any{"sheetId": 7, "endRowIndex": endRow, "endColumnIndex": endColumn}
		if startRow > 0 {
			m["startRowIndex"] = startRow // 0 is left out, as in every answer of the API
		}
		if startColumn > 0 {
			m["startColumnIndex"] = startColumn
		}
		return m
	}
	for name, c := range map[string]struct {
		rows   [][]string
		merges []map[string]any
		want   [][]string
	}{
		"down": {
			[][]string{{"Sale", "Ida"}, {"", "Mats"}, {"", "Lea"}, {"Winter", "Tom"}}, []map[string]any{merge(0, 3, 0, 1)},
			[][]string{{"Sale", "Ida"}, {"Sale", "Mats"}, {"Sale", "Lea"}, {"Winter", "Tom"}},
		},
		"across and down": {
			[][]string{{"a", "b", "c"}, {"", "x"}, {"y"}}, []map[string]any{merge(1, 3, 1, 3)},
			[][]string{{"a", "b", "c"}, {"", "x", "x"}, {"y", "x", "x"}},
		},
		"wider and longer than the table": {
			[][]string{{"Our plan"}, {"a", "b"}, {"1", "2"}}, []map[string]any{merge(0, 1, 0, 26), merge(2, 900, 0, 1)},
			[][]string{{"Our plan", "Our plan"}, {"a", "b"}, {"1", "2"}},
		},
		"over a blank row": {
			[][]string{{"Sale", "Ida"}, nil, {"", "Lea"}}, []map[string]any{merge(0, 3, 0, 1)},
			[][]string{{"Sale", "Ida"}, {"Sale", ""}, {"Sale", "Lea"}},
		},
		"blank": {
			[][]string{{"", "b"}, {"1", "2"}}, []map[string]any{merge(0, 2, 0, 1)},
			[][]string{{"", "b"}, {"1", "2"}},
		},
		"nowhere": {
			[][]string{{"a"}}, []map[string]any{merge(50, 60, 0, 5), merge(0, 1, 7, 9)},
			[][]string{{"a"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan := tab(7, "Plan", c.rows...)
			plan.merges = c.merges
			if diff := cmp.Diff(c.want, shown(newFake(t, plan).read(nil))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestANoteBesideTheTable does not make its row one with too many cells.
func TestANoteBesideTheTable(t *testing.T) {
	t.Parallel()
	sheet := newFake(t, tab(0, "Plan", []string{"Influencer", "Platform"}, []string{"Ida", "IG"},
		[]string{"Mats", "IG", "", "", "call him"})).read(nil)
	header, err := column.FindHeader(sheet, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range sheet.Rows {
		if err := header.Check(row); err != nil {
			t.Errorf("row %d: %v", row.Number, err)
		}
	}
}

func TestLargeSheetsAreReadInBlocks(t *testing.T) {
	t.Parallel()
	many := &fakeTab{title: "Ida's plan", rowCount: 8000} // of 26 columns
	for n := range 4003 {
		many.rows = append(many.rows, []fakeCell{text(fmt.Sprint("row ", n+1))})
	}
	f := newFake(t, many)
	sheet := f.read(nil)
	want := []string{"'Ida''s plan'!1:3846", "'Ida''s plan'!3847:7692", "'Ida''s plan'!7693:8000"}
	if diff := cmp.Diff(want, f.asked()); diff != "" {
		t.Errorf("ranges (-want +got):\n%s", diff)
	}
	if len(sheet.Rows) != len(many.rows) {
		t.Errorf("%d rows, want %d", len(sheet.Rows), len(many.rows))
	}
	for i, r := range sheet.Rows {
		if want := fmt.Sprint("row ", i+1); r.Number != i+1 || r.Cell(0).Text != want {
			t.Fatalf("row %d holds %q, want number %d and %q", r.Number, r.Cell(0).Text, i+1, want)
		}
	}

	for _, c := range []struct {
		rows, columns int
		want          []string
	}{
		{9, 18_278, []string{"'Plan'!1:5", "'Plan'!6:9"}},
		{12_000, 2, []string{"'Plan'!1:10000", "'Plan'!10001:12000"}},
		{1, 200_000, []string{"'Plan'!1:1"}},
	} {
		f := newFake(t, &fakeTab{title: "Plan", rowCount: c.rows, columnCount: c.columns, rows: texts([]string{"a"})})
		f.read(nil)
		if diff := cmp.Diff(c.want, f.asked()); diff != "" {
			t.Errorf("ranges of %d rows and %d columns (-want +got):\n%s", c.rows, c.columns, diff)
		}
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	rows := [][]string{{"Influencer", "Platform", "Fee"}, {"Ida", "IG", "100"}, {"Mats", "IG", "100"}}
	for name, c := range map[string]struct {
		limits sheet.Limits
		want   string
	}{
		"as many as there are": {sheet.Limits{Rows: 3, Columns: 3, CellLen: 10}, ""},
		"rows":                 {sheet.Limits{Rows: 2}, "it is too large: it has more than 2 rows"},
		"bytes of an answer":   {sheet.Limits{Bytes: 300}, "it is too large: an answer has more than 300 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, tab(0, "Plan", rows...))
			_, err := f.open(documentID, &google.Options{Limits: &c.limits}).Read(t.Context())
			checkError(t, err, c.want)
			if c.want != "" && !errors.Is(err, sheet.ErrTooLarge) {
				t.Errorf("err = %v, want ErrTooLarge", err)
			}
			if f.count() > 2 {
				t.Errorf("%d requests: what is too large must not be asked for again", f.count())
			}
		})
	}
	t.Run("text of merged cells", func(t *testing.T) {
		t.Parallel()
		plan := tab(0, "Plan", append([][]string{{strings.Repeat("x", 500)}}, slices.Repeat([][]string{{"", "x"}}, 60)...)...)
		plan.merges = []map[string]any{{"endRowIndex": 61, "endColumnIndex": 1}}
		_, err := newFake(t, plan).open(documentID, &google.Options{Limits: &sheet.Limits{Bytes: 15_000}}).Read(t.Context())
		checkError(t, err, "it is too large: its cells have more than 14 KB of text")
	})
	t.Run("rows over a limit", func(t *testing.T) {
		t.Parallel()
		f := newFake(t, tab(0, "Plan", []string{"a", "b"}, []string{"1", "", "stray"}, []string{"far too long"}, []string{"3", "4"}))
		sheet := f.read(&google.Options{Limits: &sheet.Limits{Columns: 2, CellLen: 11}})
		var codes []string
		for _, r := range sheet.Rows {
			code := ""
			var bad *cell.Error
			if errors.As(r.Err, &bad) {
				code = bad.Code
			}
			codes = append(codes, code)
		}
		if diff := cmp.Diff([]string{"", "too_many_columns", "cell_too_long", ""}, codes); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestTabs(t *testing.T) {
	t.Parallel()
	const link = "https://docs.google.com/spreadsheets/d/" + documentID + "/edit"
	notes := tab(3, "Notes", []string{"call Ida"})
	plan := tab(11, "Plan '26", headers(), []string{"Ida", "IG"})
	old := tab(12, "Old", headers(), []string{"Mats", "IG"})
	hidden := tab(13, "Hidden", headers(), []string{"Lea", "IG"})
	hidden.hidden = true
	chart := &fakeTab{id: 14, title: "Chart", kind: "OBJECT"}
	var crowd []*fakeTab
	for n := range 21 {
		crowd = append(crowd, tab(n, fmt.Sprint("Tab ", n), headers()))
	}
	for name, c := range map[string]struct {
		tabs []*fakeTab
		link string
		tab  string
		want string // the first cell of the second row, or the error
		err  bool
	}{
		"the gid of the link":      {tabs: []*fakeTab{notes, plan, old}, link: link + "?gid=12#gid=12", want: "Mats"},
		"the name":                 {tabs: []*fakeTab{notes, plan, old}, tab: "Plan '26", want: "Ida"},
		"the name beats the gid":   {tabs: []*fakeTab{notes, plan, old}, link: link + "#gid=12", tab: "Plan '26", want: "Ida"},
		"the one with headers":     {tabs: []*fakeTab{notes, chart, plan, hidden}, want: "Ida"},
		"a hidden one by its name": {tabs: []*fakeTab{notes, plan, hidden}, tab: "Hidden", want: "Lea"},
		"two with headers": {tabs: []*fakeTab{notes, plan, old},
			want: `several of its tabs have the headers, "Plan '26", "Old"; name the one to read`, err: true},
		"none with headers": {tabs: []*fakeTab{notes, tab(4, "More", []string{"a"})},
			want: `none of its tabs "Notes", "More" has headers`, err: true},
		"a name that is not there": {tabs: []*fakeTab{notes, plan}, tab: "plan",
			want: `it has no tab "plan"; its tabs are "Notes", "Plan '26"`, err: true},
		"a gid that is not there": {tabs: []*fakeTab{notes, plan}, link: link + "#gid=99",
			want: "no tab with the gid 99 of the link", err: true},
		"a chart":                      {tabs: []*fakeTab{plan, chart}, tab: "Chart", want: `its tab "Chart" has no cells`, err: true},
		"nothing but a chart":          {tabs: []*fakeTab{chart}, want: "no visible tab with cells", err: true},
		"too many to look for":         {tabs: crowd, want: "it has 21 tabs; name the one to read", err: true},
		"one of many too many to list": {tabs: crowd, tab: "?", want: `"Tab 9", and 11 more`, err: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := c.link
			if at == "" {
				at = documentID
			}
			sheet, err := newFake(t, c.tabs...).open(at, &google.Options{Tab: c.tab}).Read(t.Context())
			if c.err {
				checkError(t, err, c.want)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := sheet.Rows[1].Cell(0).Text; got != c.want {
				t.Errorf("read the tab with %q, want %q", got, c.want)
			}
		})
	}
	table := newFake(t, notes, plan).read(nil)
	want := []sheet.Note{{Code: "tab_found", Text: sentence.Of(`read from the tab "Plan '26", the only one with the headers`)}}
	if diff := cmp.Diff(want, table.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	_, err := newFake(t, notes, tab(4, "More", []string{"a"})).open(documentID, nil).Read(t.Context())
	if !errors.Is(err, column.ErrNoHeader) {
		t.Errorf("err = %v, want ErrNoHeader", err)
	}
}

// checkError compares an error of Read with a part of its text; none is wanted for "".
func checkError(t *testing.T, err error, want string) {
	t.Helper()
	if want == "" {
		if err != nil {
			t.Errorf("err = %v, want none", err)
		}
		return
	}
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("err = %v, want %q", err, want)
		return
	}
	if !errors.Is(err, sheet.ErrUnreadable) || errors.Is(err, crm.ErrInvalid) {
		t.Errorf("err = %v is not of the family ErrUnreadable alone", err)
	}
}
