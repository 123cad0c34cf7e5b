package sheetimport_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/xlsxtest"
	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/sheetimport/xlsxfile"
)

// The currency that a workbook shows beside a number is that of the amount, or the row is rejected. It is never the
// workspace's without a word.
func TestXLSXCurrencies(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		format    string
		workspace string // EUR if empty
		want      string
	}{
		{`#,##0.00\ [$Kč-405]`, "", "1234.50 CZK"}, {`[$R$-416]\ #,##0.00`, "", "1234.50 BRL"}, {`[$HK$-C04]#,##0.00`, "", "1234.50 HKD"},
		{`#,##0.00\ [$Ft-40E]`, "", "1234.50 HUF"}, {`#,##0.00\ "CHF inkl. MwSt"`, "", "1234.50 CHF"},
		{`#,##0.00\ [$zł-415]`, "", "1234.50 PLN"},
		{`#,##0.00\ "netto"`, "", "1234.50 EUR"}, {`0.00E+00`, "", "1234.50 EUR"}, {`#,##0.00`, "", "1234.50 EUR"},
		{`[$-407]#,##0.00`, "", "1234.50 EUR"},
		{`#,##0.00\ [$€-407]`, "", "1234.50 EUR"}, {`[$$-409]#,##0.00`, "", "1234.50 USD"},
		{`[$$-1009]#,##0.00`, "", "1234.50 CAD"}, {`"$"#,##0.00`, "", "1234.50 USD"},
		{`"$"#,##0.00`, "CAD", "1234.50 CAD"}, {`[$$-409]#,##0.00`, "CAD", "1234.50 USD"}, {`[$kr-41D]\ #,##0.00`, "", "1234.50 SEK"},
		{`#,##0.00\ "kr"`, "", "!ambiguous_currency"}, {`#,##0.00\ "kr"`, "SEK", "1234.50 SEK"}, {`#,##0.00\ [$kr-414]`, "SEK", "1234.50 NOK"},
		{`[$¥-804]#,##0.00`, "", "1234.50 CNY"}, {`"¥"#,##0.00`, "", "!ambiguous_currency"},
		{`_-* #,##0.00\ [$Kč-405]_-;\-* #,##0.00\ [$Kč-405]_-`, "", "1234.50 CZK"},
		{`#,##0.00\ [$Taler-407]`, "", "!unknown_currency"}, {`"₿"#,##0.00`, "", "!unknown_currency"},
		{`#,##0.00\ "EUR / USD"`, "", "!unknown_currency"},
		{`[>1000]#,##0.00\ [$Kč-405];#,##0.00\ [$€-407]`, "", "1234.50 CZK"}, {`yyyy\-mm\-dd`, "", "!not_an_amount"},
		{`d.m`, "", "!not_an_amount"},
		{`[<1000]#,##0.00" $";#,##0.00" €"`, "USD", "1234.50 EUR"}, {`0.0" k€"`, "", "1234500.00 EUR"}, {`0.0"k"`, "", "1234500.00 EUR"},
		{`0.0" Tsd. €"`, "", "1234500.00 EUR"}, {`0.0" TEUR"`, "", "1234500.00 EUR"}, {`0,"k €"`, "", "1234.50 EUR"},
		{`0" ct"`, "", "!unknown_currency"},
		{`0" x 100 €"`, "", "!unknown_currency"}, {`0"00 €"`, "", "!unknown_currency"},
		{`0"."00`, "", "!unknown_currency"}, {`0" %"`, "", "!unknown_currency"},
		{`0" kn"`, "", "!unknown_currency"}, {`"B/."0`, "", "!unknown_currency"}, {`0" Q"`, "", "!unknown_currency"},
		{`0" Bs"`, "", "!unknown_currency"},
		{`0" 000 €"`, "", "!unknown_currency"}, {`0,"M €"`, "", "!unknown_currency"},
	} {
		data := xlsxtest.Book(t, func(f *excelize.File) {
			xlsxtest.Row(t, f, "Sheet1", 1, "Influencer", "Platform", "Campaign", "Posting date", "Fixed Costs", "Deal status")
			xlsxtest.Row(t, f, "Sheet1", 2, "Ida", "IG", "Sale", "2026-06-01", 1234.5, "signed")
			xlsxtest.Style(t, f, "Sheet1", "E2", test.format)
		})
		s := memoryShop(t, nil)
		if test.workspace != "" {
			ws, err := crm.NewAdmin(s.store, nil).CreateWorkspace(s.ctx, crm.Workspace{Name: "Other", Currency: budget.Currency(test.workspace)})
			if err != nil {
				t.Fatal(err)
			}
			s.ws = ws.ID
		}
		plan, err := s.importer().Plan(s.ctx, s.ws, xlsxfile.New("deals.xlsx", bytes.NewReader(data), nil))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, c := range plan.Rows[0].Changes {
			if c.Field == "cost" {
				got = c.To
			}
		}
		for _, m := range plan.Rows[0].Problems {
			got = "!" + m.Code
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s%v", test.format, diff, plan.Rows[0])
		}
	}
}

func readBook(t testing.TB, data []byte, o *xlsxfile.Options) *sheet.Table {
	t.Helper()
	sheet, err := xlsxfile.New("deals.xlsx", bytes.NewReader(data), o).Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

// What a column of text shows is its text; what a column of dates or amounts holds has one reading.
func TestXLSXPlan(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	plan, err := s.importer().Plan(s.ctx, s.ws, xlsxfile.New("deals.xlsx", bytes.NewReader(xlsxtest.Deals(t)), nil))
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
	data := xlsxtest.Book(t, func(f *excelize.File) {
		xlsxtest.Row(t, f, "Sheet1", 1, "Name", "Platform", "Date", "Fee", "Status", "Code")
		xlsxtest.Row(t, f, "Sheet1", 2, "Ida", "IG", 46174, 5, "signed")
		xlsxtest.Style(t, f, "Sheet1", "C2", "m/d/yyyy")
		xlsxtest.Row(t, f, "Sheet1", 3, "Mats", "IG", "21/06/2026", 5, "signed")
	})
	plan, err := s.importer().Plan(s.ctx, s.ws, xlsxfile.New("deals.xlsx", bytes.NewReader(data), nil))
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Notes) != 1 || plan.Notes[0].Code != "dates_may_be_swapped" || !strings.Contains(plan.Notes[0].Text.String(), `column C "Date"`) || plan.Counts[sheetimport.Created] != 2 {
		t.Errorf("notes %v, counts %v", plan.Notes, plan.Counts)
	}
}

// planBook plans a workbook in a fresh workspace in EUR.
func planBook(t *testing.T, data []byte) *sheetimport.Plan {
	t.Helper()
	s := memoryShop(t, nil)
	plan, err := s.importer().Plan(s.ctx, s.ws, xlsxfile.New("deals.xlsx", bytes.NewReader(data), nil))
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
		data := xlsxtest.Book(t, func(f *excelize.File) {
			xlsxtest.Row(t, f, "Sheet1", 1, "Influencer", "Platform", "Campaign", "Posting date", "Fee", "Deal status")
			xlsxtest.Row(t, f, "Sheet1", 2, "Ida", "IG", "Sale", 46180, 12.5, "signed")
			xlsxtest.Style(t, f, "Sheet1", "D2", "dd/mm/yyyy")
			xlsxtest.Style(t, f, "Sheet1", "E2", "0.00")
			xlsxtest.Row(t, f, "Sheet1", 3, "Mats", "IG", "Sale", test.date, test.cost, "signed")
			xlsxtest.Style(t, f, "Sheet1", "D3", "dd/mm/yyyy")
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
	data := xlsxtest.Book(t, func(f *excelize.File) { xlsxtest.Row(t, f, "Sheet1", 1, "x") })
	for _, test := range []struct{ name, rows, want string }{
		{"none has any",
			`<row><c t="inlineStr"><is><t>a</t></is></c><c><v>1</v></c></row><row/><row><c t="inlineStr"><is><t>b</t></is></c><c><v>2</v></c></row><row></row><row><c><v>3</v></c></row>`,
			"1:a,1 2: 3:b,2 4: 5:3"},
		{"some rows have",
			`<row r="2"><c><v>1</v></c></row><row/><row><c><v>2</v></c></row><row r="7"><c><v>3</v></c></row><row><c><v>4</v></c></row>`,
			"1: 2:1 3: 4:2 5: 6: 7:3 8:4"},
		{"some cells have",
			`<row r="1"><c><v>1</v></c><c r="D1"><v>4</v></c><c><v>5</v></c></row><row><c r="B2"><v>2</v></c><c/><c><v>4</v></c></row>`,
			"1:1,,,4,5 2:,2,,4"},
		{"only cells have",
			`<row><c r="A2"><v>1</v></c></row><row><c r="A5" t="inlineStr"><is><t>a</t></is></c></row><row><c/><c r="B6"><v>2</v></c></row><row r="8"><c><v>3</v></c></row><row><c r="A9"><v>4</v></c></row></sheetData><mergeCells><mergeCell ref="A5:A6"/></mergeCells><sheetData>`,
			"1: 2:1 3: 4: 5:a 6:a,2 7: 8:3 9:4"},
		{"a format alone", `<row><c s="0"/></row><row><c/><c><v>2</v></c></row>`, "1: 2:,2"},
		{"merged and hidden",
			`<row/><row hidden="1"><c t="inlineStr"><is><t>a</t></is></c></row><row><c/><c><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells><sheetData>`,
			"1: 2h:a 3:a,2"},
	} {
		sheet := readBook(t, xlsxtest.Edited(t, data, "xl/worksheets/sheet1.xml",
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
	plan := planBook(t, xlsxtest.Edited(t, data, "xl/worksheets/sheet1.xml",
		`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`+rows+`</sheetData></worksheet>`))
	want := []string{"2 skipped", "3 created", "4 skipped", "5 created"}
	if diff := cmp.Diff(want, account(plan)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for at, cost := range map[int]string{1: "1234.50 EUR", 3: "777.00 EUR"} {
		if got := valueOf(plan.Rows[at], column.Cost); got != cost {
			t.Errorf("row %d costs %q, want %q", plan.Rows[at].Row, got, cost)
		}
	}
}
