package sheetimport_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/xlsxtest"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// cellFailure shows a cell's error in short: the code and the readings.
func cellFailure(err error) string {
	out := "!" + cellCode(err)
	if e, ok := errors.AsType[*cell.Error](err); ok && len(e.Readings) > 0 {
		out += " " + strings.Join(e.Readings, " ")
	}
	return out
}

// amountOf shows a reading of an amount: "1234.5 EUR", "blank", or the error.
func amountOf(text string, s cell.DecimalStyle) string {
	a, err := cell.ParseAmount(text, s, "")
	switch {
	case err != nil:
		return cellFailure(err)
	case a.Blank:
		return "blank"
	}
	return strings.TrimSpace(a.Value.String() + " " + string(a.Currency))
}

// Words for no value are blank in every column, with a notice, and never a handle, an identity or a code.
func TestWordsForNoValue(t *testing.T) {
	t.Parallel()
	for _, word := range []string{
		"NA", "n/a", "N.A.", "None", "null", "nil", "nan", "tbd", "TBA", "TBC", "to be confirmed", "pending", "unknown",
		"[tbd]", "(none)", "<NA>",
		"keiner", "keine", "kein", "k.A.", "k. A.", "offen", "noch offen", "unbekannt", "ausstehend", "?", "???", "To-Do",
		"N.N.", "n. n.", "TBD?", "tba ?", "…", "...", "/", "ohne", "missing", "(blank)", "empty", "nv", "n.b.", "zu klären", "keinen", "open",
		"_", "t.b.d.", "T. B. A.", "N N", "n/k", "kommt noch", "noch unbekannt", "placeholder", "steht noch nicht fest", "(not set)",
	} {
		fields := map[string]string{}
		headers := []string{"Handle", "Discount code", "Notes", "utm_source", "Email", "End date", "Category"}
		for _, header := range headers {
			fields[header] = word
		}
		plan := memoryShop(t, nil).plan(full(fields))
		for _, header := range headers {
			if got := outcome(plan, header); got != "?no_value" {
				t.Errorf("%q in %s: got %q, want a notice alone", word, header, got)
			}
		}
	}
	for _, c := range []struct{ header, text, want string }{
		{"Handle", "@none", "?"}, {"Discount code", "*", "!not_a_code"}, {"Notes", "offen ist noch das Briefing",
			"offen ist noch das Briefing"}, {"Notes", "-", ""}, {"utm_source", "-", ""},
		{"Influencer", "tbd", "!name_missing"}, {"Platform", "keine", "!platform_missing"}, {"Posting date", "tbd", "?no_value ?no_dates"},
		{"Campaign", "TBD", "June 2026 ?no_value ?campaign_missing"}, {"Fee", "NA", " ?no_amount"},
		{"Fee", "keine", " ?no_amount"}, {"Fee", "?", " ?no_amount"},
		{"Deal status", "pending", "negotiating"}, {"Deal status", "offen", "!ambiguous_status"}, {"Deal status", "tbd", "signed ?no_value"},
		{"Discount code", "IDA15, tbd", "equals IDA15 ?no_value"}, {"Discount code", "equals NONE", "equals NONE"},
		{"Discount code", "tbd / none", "?no_value"},
		{"Discount code", "IDA15, x", "equals IDA15 ?no_value"}, {"Discount code", "IDA15 / -", "equals IDA15 ?no_value"},
		{"Discount code", "IDA15; 0; free", "equals IDA15 ?no_value"}, {"Discount code", "-", ""}, {"Discount code", "equals x", "equals x"},
		{"Discount code", "XL10", "equals XL10"}, {"Discount code", "FREE10", "equals FREE10"}, {"Profile link", "N.N.", "?no_value"},
		{"Profile link", "n.b.", "?no_value"}, {"Profile link", ".", "?no_value"}, {"Discount %", "none", "?no_value"},
		{"Last touch", "tbd", "no ?not_yes_or_no"},
	} {
		rest := map[string]string{c.header: c.text}
		if c.header == "Posting date" {
			rest["End date"] = ""
		}
		plan := memoryShop(t, nil).plan(full(rest))
		got := outcome(plan, c.header)
		if c.header == "Handle" {
			for _, change := range plan.Rows[0].Changes {
				if change.Field == "profiles" && strings.Contains(change.To, "@none") {
					got = "?"
				}
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q in %s (-want +got):\n%s%v", c.text, c.header, diff, plan.Rows[0])
		}
	}
	for _, word := range []string{"0", "x", "No", "nein", "gratis", "#", "@", ".", "./.", "@tbd", "@n/a", "@?", "xxx", "(no)", "no!", "kostenlos"} {
		plan := memoryShop(t, nil).plan(full(map[string]string{"Handle": word, "Discount code": word}))
		for _, header := range []string{"Handle", "Discount code"} {
			if got := outcome(plan, header); got != "?no_value" {
				t.Errorf("%q in %s: got %q, want a notice alone", word, header, got)
			}
		}
		if plan := memoryShop(t, nil).plan(full(map[string]string{"Influencer": word})); plan.Counts[sheetimport.Rejected] != 1 {
			t.Errorf("%q as the influencer: %v", word, account(plan))
		}
	}
	// Two people whose handles are not known are two people.
	plan := memoryShop(t,
		nil).plan("Campaign,Influencer,Handle,Platform,Posting date,Fee\nSale,Ana,NA,IG,2026-06-01,1\nSale,Ben,NA,IG,2026-06-01,2\n")
	if plan.New.Influencers != 2 {
		t.Errorf("%d influencers, want 2: %v", plan.New.Influencers, account(plan))
	}
}

// A cell that is merged over columns says something in the first of them alone: no code is made of a cost.
func TestCellsMergedAcross(t *testing.T) {
	t.Parallel()
	data := xlsxtest.Book(t, func(f *excelize.File) {
		xlsxtest.Row(t, f, "Sheet1", 1, "Campaign", "Influencer", "Platform", "Posting date", "Fee", "Discount code", "Notes", "Product costs")
		xlsxtest.Row(t, f, "Sheet1", 2, "Sale", "Ida", "IG", "2026-06-01", 900)
		xlsxtest.Row(t, f, "Sheet1", 3, "Sale", "Mats", "IG", "2026-06-01", 100, "MATS10")
		if err := f.MergeCell("Sheet1", "E2", "H2"); err != nil {
			t.Fatal(err)
		}
		style, err := f.NewStyle(&excelize.Style{NumFmt: 4}) // 900.00, which is no code as it was typed
		if err == nil {
			err = f.SetCellStyle("Sheet1", "E2", "H2", style)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	plan := planBook(t, data)
	want := []string{"2 created ?merged_across@F ?merged_across@G ?merged_across@H", "3 created"}
	if diff := cmp.Diff(want, account(plan)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, c := range plan.Rows[0].Changes {
		if c.Record == crm.KindCooperation && (c.Field == "code" || c.Field == "notes" || c.Field == "custom.Product costs") {
			t.Errorf("%s is %q", c.Field, c.To)
		}
	}
}

// An amount in a merged cell counts once; what else is merged holds for all rows of the range.
func TestMergedAmountsCountOnce(t *testing.T) {
	t.Parallel()
	data := xlsxtest.Book(t, func(f *excelize.File) {
		xlsxtest.Row(t, f, "Sheet1", 1, "Campaign", "Influencer", "Platform", "Posting date", "Fee", "Campaign budget",
			"Discount code", "Deal status", "Notes", "Extra fee")
		xlsxtest.Row(t, f, "Sheet1", 2, "Sale", "Ida", "IG", "2026-06-01", 900, 5000, "IDA10", "negotiating", "see mail", "50 €")
		xlsxtest.Row(t, f, "Sheet1", 3, nil, nil, "TikTok", nil, nil, nil, "IDA15")
		xlsxtest.Row(t, f, "Sheet1", 4, nil, "Mats", "IG", nil, nil, nil, "MATS10")
		xlsxtest.Row(t, f, "Sheet1", 5, "Winter", "Lea", "IG", "2026-12-01", "barter", nil, "LEA10", "signed")
		xlsxtest.Row(t, f, "Sheet1", 6, "Winter", "Tom", "IG", "2026-12-01", nil, nil, "TOM10", "signed")
		for _, m := range [][2]string{{"A2", "A4"}, {"B2", "B3"}, {"D2", "D4"}, {"E2", "E4"}, {"F2", "F4"}, {"H2", "H4"}, {"I2", "I4"}, {"J2", "J4"}, {"E5", "E6"}} {
			if err := f.MergeCell("Sheet1", m[0], m[1]); err != nil {
				t.Fatal(err)
			}
		}
	})
	plan := planBook(t, data)
	want := []string{"2 created", "3 created ?merged_amount@E ?merged_amount@F ?merged_amount@J",
		"4 created ?merged_amount@E ?merged_amount@F ?merged_amount@J",
		"5 created ?no_amount@E", "6 created ?no_amount@E"}
	if diff := cmp.Diff(want, account(plan)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for n, want := range []string{"900.00 EUR negotiating see mail 50 €", " negotiating see mail ", " negotiating see mail "} {
		r := plan.Rows[n]
		got := fmt.Sprint(valueOf(r, column.Cost), " ", valueOf(r, column.Status), " ", valueOf(r, column.Notes), " ",
			valueOf(r, "custom.Extra fee"))
		if got != want {
			t.Errorf("row %d: %q, want %q: %v", r.Row, got, want, r.Changes)
		}
	}

	// Rows that are merged whole are one.
	data = xlsxtest.Book(t, func(f *excelize.File) {
		xlsxtest.Row(t, f, "Sheet1", 1, "Campaign", "Influencer", "Platform", "Posting date", "Fee", "Notes")
		xlsxtest.Row(t, f, "Sheet1", 2, "Sale", "Ida", "IG", "2026-06-01", 900)
		xlsxtest.Row(t, f, "Sheet1", 3, nil, nil, nil, nil, nil, "second line")
		for _, m := range [][2]string{{"A2", "A3"}, {"B2", "B3"}, {"C2", "C3"}, {"D2", "D3"}, {"E2", "E3"}} {
			if err := f.MergeCell("Sheet1", m[0], m[1]); err != nil {
				t.Fatal(err)
			}
		}
	})
	plan = planBook(t, data)
	if text := plan.Rows[1].Notices[0].Message.String(); !strings.Contains(text, "counts once, in row 2") {
		t.Errorf("%q", text)
	}
	if got := account(plan); got[1] != "3 duplicate of 2 ?merged_amount@E" {
		t.Errorf("%q", got)
	}
}

// threeFormats are the styles of a workbook: numbers without a format, dates, and numbers with two decimals.
const threeFormats = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>
	<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="2" applyNumberFormat="1"/></cellXfs></styleSheet>`

// formulaBook is a workbook with one deal, whose cells are as given; it may ask to be calculated anew.
func formulaBook(t *testing.T, cells map[string]string, stale bool) []byte {
	t.Helper()
	headers := []string{"Campaign", "Influencer", "Platform", "Handle", "Posting date", "Fee", "Discount code",
		"Last touch", "Notes", "Profile link", "Colour"}
	values := []string{"Sale", "Ida", "IG", "@ida", "2026-06-15", "500", "IDA10", "yes", "note", "", "red"}
	text := func(s string) string { return `<c t="inlineStr"><is><t>` + s + `</t></is></c>` }
	head, line := "", ""
	for n, h := range headers {
		head += text(h)
		if cell, ok := cells[h]; ok {
			line += cell
		} else {
			line += text(values[n])
		}
	}
	data := xlsxtest.Book(t, func(f *excelize.File) { xlsxtest.Row(t, f, "Sheet1", 1, "x") })
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	data = xlsxtest.Edited(t, data, "xl/worksheets/sheet1.xml",
		`<worksheet `+main+`><sheetData><row>`+head+`</row><row>`+line+`</row></sheetData></worksheet>`)
	if stale {
		data = xlsxtest.Edited(t, data, "xl/workbook.xml", `<workbook `+main+` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
			<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets><calcPr fullCalcOnLoad="1"/></workbook>`)
	}
	return data
}

// A formula whose result the file does not hold is told as that. It is never a 0 and never a blank cell.
func TestFormulasWithoutResult(t *testing.T) {
	t.Parallel()
	missing := []string{`<c><f>A1</f></c>`, `<c><f>A1</f><v></v></c>`, `<c><f>A1</f><v/></c>`,
		`<c t="str"><f>A1</f></c>`, `<c><f t="shared" si="0"/></c>`}
	zeros := append([]string{`<c><f>A1</f><v>0</v></c>`, `<c t="n"><f>A1</f><v>0</v></c>`, `<c t="str"><f>A1</f><v></v></c>`}, missing...)
	for header, want := range map[string]string{
		"Influencer": "!formula_without_result", "Platform": "!formula_without_result",
		"Posting date": "!formula_without_result", "Fee": "!formula_without_result",
		"Discount code": "!formula_without_result", "Last touch": "no ?formula_without_result",
		"Notes": "?formula_without_result", "Handle": "?formula_without_result",
		"Colour": "?formula_without_result",
	} {
		for _, stale := range []bool{false, true} {
			for _, cell := range map[bool][]string{false: missing, true: zeros}[stale] {
				plan := planBook(t, formulaBook(t, map[string]string{header: cell}, stale))
				if got := outcome(plan, header); got != want {
					t.Errorf("%s %s, to be calculated anew %v: got %q, want %q: %v", header, cell, stale, got, want, plan.Rows[0])
				}
			}
		}
	}
	for _, c := range []struct {
		header, cell string
		stale        bool
		want         string
	}{
		{"Fee", `<c><f>A1</f><v>0</v></c>`, false, "0.00 EUR ?formula_zero"}, {"Fee", `<c><v>0</v></c>`, false, "0.00 EUR"},
		{"Influencer", `<c><f>A1</f><v>0</v></c>`, false, "!name_missing"}, {"Influencer", `<c><f>A1</f><v>0.0</v></c>`, false, "!name_missing"},
		{"Platform", `<c><f>A1</f><v>0</v></c>`, false, "!platform_missing"}, {"Handle", `<c><f>A1</f><v>0</v></c>`, false, "?formula_zero"},
		{"Discount code", `<c><f>A1</f><v>0</v></c>`, false, "?formula_zero"},
		{"Discount code", `<c s="1"><f>A1</f><v>0</v></c>`, false, "?formula_zero"},
		{"Discount code", `<c s="2"><f>A1</f><v>0</v></c>`, false, "?formula_zero"},
		{"Influencer", `<c s="1"><f>A1</f><v>0</v></c>`, false, "!name_missing"},
		{"Campaign", `<c><f>A1</f><v>0</v></c>`, false, "June 2026 ?formula_zero ?campaign_missing"},
		{"Notes", `<c><f>A1</f><v>0</v></c>`, false, "?formula_zero"},
		{"Profile link", `<c><f>A1</f><v>0</v></c>`, false, "?formula_zero"}, {"Posting date", `<c><f>A1</f><v>0</v></c>`, false, "!not_a_date"},
		{"Last touch", `<c><f>A1</f><v>0</v></c>`, false, "no"}, {"Discount code", `<c><f>A1</f><v>7</v></c>`, false,
			"equals 7"}, {"Notes", `<c><v>0</v></c>`, false, "0"},
		{"Fee", `<c t="str"><f>A1</f><v>0</v></c>`, true, "!formula_without_result"},
		{"Discount code", `<c t="str"><f>A1</f><v>0</v></c>`, true, "!formula_without_result"},
		{"Fee", `<c t="str"><f>A1</f><v>0</v></c>`, false, "0.00 EUR"}, {"Fee", `<c><v>0</v></c>`, true, "0.00 EUR"},
		{"Fee", `<c><f>A1</f><v>7.5</v></c>`, true, "7.50 EUR"},
		{"Notes", `<c t="str"><f>A1</f><v></v></c>`, false, ""}, {"Notes", `<c t="str"><f>A1</f><v>so</v></c>`, true,
			"so"}, {"Last touch", `<c t="b"><f>A1</f><v>1</v></c>`, true, "yes"},
		{"Influencer", `<c><f>HYPERLINK("https://instagram.com/ida","Ida")</f><v>0</v></c>`, true, ""},
	} {
		data := xlsxtest.Edited(t, formulaBook(t, map[string]string{c.header: c.cell}, c.stale), "xl/styles.xml", threeFormats)
		plan := planBook(t, data)
		if got := outcome(plan, c.header); got != c.want {
			t.Errorf("%s %s: got %q, want %q: %v", c.header, c.cell, got, c.want, plan.Rows[0])
		}
	}
	if m := planBook(t, formulaBook(t, map[string]string{"Fee": `<c><f>1000+234.5</f></c>`},
		false)).Rows[0].Problems[0]; m.Value != "=1000+234.5" ||
		m.Message.String() != "holds a formula without a stored result; open the file in a spreadsheet program and save it" {
		t.Errorf("%+v", m)
	}
}

// A workbook says in several ways that the results it stores are not to be trusted.
func TestStaleWorkbooks(t *testing.T) {
	t.Parallel()
	for attributes, want := range map[string]string{
		`fullCalcOnLoad="true"`: "!formula_without_result", `forceFullCalc="1"`: "!formula_without_result",
		`calcCompleted="0"`:     "!formula_without_result",
		`calcCompleted="false"`: "!formula_without_result",
		`calcCompleted="1" forceFullCalc="0" fullCalcOnLoad="0"`: "0.00 EUR ?formula_zero",
		`calcId="191029"`: "0.00 EUR ?formula_zero",
	} {
		data := formulaBook(t, map[string]string{"Fee": `<c><f>A1</f><v>0</v></c>`}, false)
		data = xlsxtest.Edited(t, data, "xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
			xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets><calcPr `+attributes+`/></workbook>`)
		if got := outcome(planBook(t, data), "Fee"); got != want {
			t.Errorf("%s: got %q, want %q", attributes, got, want)
		}
	}
}

// The other results of an array formula are as unknown as the first.
func TestArrayFormulasWithoutResult(t *testing.T) {
	t.Parallel()
	data := formulaBook(t, nil, true)
	data = xlsxtest.Edited(t, data, "xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
		<row><c><f t="array" ref="A1:A3">X</f><v>0</v></c></row><row><c><v>0</v></c></row><row><c><v>0</v></c></row><row><c><v>0</v></c></row></sheetData></worksheet>`)
	var got []string
	for _, r := range readBook(t, data, nil).Rows {
		got = append(got, cellText(r.Cells[0]))
	}
	if diff := cmp.Diff([]string{"=X | pending X", "=X | pending X", "=X | pending X", "0 | number 0"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	data = xlsxtest.Edited(t, data, "xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
		<row><c><f t="array" ref="A1:A3">X</f><v>5</v></c></row><row><c><v>0</v></c></row><row><c><v>7</v></c></row><row><c><v>0</v></c></row></sheetData></worksheet>`)
	var zeros []bool
	for _, r := range readBook(t, data, nil).Rows {
		zeros = append(zeros, r.Cells[0].ZeroFormula)
	}
	if diff := cmp.Diff([]bool{false, true, false, false}, zeros); diff != "" {
		t.Errorf("the results that are 0 (-want +got):\n%s", diff)
	}
}

// A text that leads somewhere is read as the address in a column of links, and as itself elsewhere.
func TestLinksBehindTexts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ header, shown, link, want string }{
		{"Profile link", "Profil", "https://www.instagram.com/ida", "Instagram @ida https://www.instagram.com/ida"},
		{"Profile link", "instagram.com/ida", "https://elsewhere.example/x", "Instagram @ida https://instagram.com/ida"},
		{"Handle", "Profil", "https://www.instagram.com/other", "Instagram @other"},
		{"Handle", "@ida", "https://www.instagram.com/other", "Instagram @ida"},
		{"Profile link", "Profil", "mailto:ida@example.com", "Instagram @ida"},
	} {
		data := xlsxtest.Book(t, func(f *excelize.File) {
			xlsxtest.Row(t, f, "Sheet1", 1, "Campaign", "Influencer", "Platform", "Handle", "Posting date", "Fee", "Profile link")
			xlsxtest.Row(t, f, "Sheet1", 2, "Sale", "Ida", "IG", "@ida", "2026-06-01", 5)
			cell := map[string]string{"Profile link": "G2", "Handle": "D2"}[c.header]
			if err := f.SetCellValue("Sheet1", cell, c.shown); err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellHyperLink("Sheet1", cell, c.link, "External"); err != nil {
				t.Fatal(err)
			}
		})
		plan := planBook(t, data)
		if got := valueOf(plan.Rows[0], "profiles"); got != c.want && !profileIs(plan, c.want) {
			t.Errorf("%s %q to %s: %v, want %q", c.header, c.shown, c.link, plan.Rows[0].Changes, c.want)
		}
	}
	plan := planBook(t,
		formulaBook(t,
			map[string]string{"Profile link": `<c t="str"><f>HYPERLINK("https://www.instagram.com/ida","Profil")</f><v>Profil</v></c>`}, false))
	if !profileIs(plan, "Instagram @ida https://www.instagram.com/ida") {
		t.Errorf("a formula: %v", plan.Rows[0].Changes)
	}
}

func profileIs(p *sheetimport.Plan, want string) bool {
	for _, c := range p.Rows[0].Changes {
		if c.Field == "profiles" {
			return c.To == want
		}
	}
	return false
}

// A text cell holds the code as it was typed; in a CSV nobody can tell.
func TestTextCodes(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"1E5", "MAY-20", "3E15", "10/12", "1.10", "1.6.2026"} {
		data := xlsxtest.Book(t, func(f *excelize.File) {
			xlsxtest.Row(t, f, "Sheet1", 1, "Campaign", "Influencer", "Platform", "Posting date", "Fee", "Discount code")
			xlsxtest.Row(t, f, "Sheet1", 2, "Sale", "Ida", "IG", "2026-06-01", 5, code)
		})
		if got := outcome(planBook(t, data), "Discount code"); got != "equals "+code {
			t.Errorf("%q in a text cell: %q", code, got)
		}
		if got := outcome(memoryShop(t, nil).plan(full(map[string]string{"Discount code": code})), "Discount code"); got != "!damaged_code" {
			t.Errorf("%q in a CSV: %q", code, got)
		}
	}
}

// Line breaks have one form whatever the file; digits beyond the fifteenth are those of a binary number.
func TestLineBreaksAndNoise(t *testing.T) {
	t.Parallel()
	plan := planBook(t, formulaBook(t, map[string]string{"Notes": `<c t="inlineStr"><is><t>first_x000D_&#10;second</t></is></c>`}, false))
	if got := valueOf(plan.Rows[0], column.Notes); got != "first\nsecond" {
		t.Errorf("notes %q", got)
	}
	for text, want := range map[string]string{
		"0.30000000000000004": "0.3", "1200.1000000000001": "1200.1", "1200,1000000000001 €": "1200.1 EUR",
		"999.9999999999999": "1000", "0.12345": "0.1235",
		"1999.9999999999998": "2000", "12345678901234567890": "!too_large", "1234567890123.4567": "1234567890123.4567",
	} {
		if got := amountOf(text, cell.StyleUnknown); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// cellText is a cell as text: what it shows and, after a bar, what lies behind.
func cellText(c sheet.Cell) string {
	if c.Raw == nil {
		return c.Text
	}
	return c.Text + " | " + string(c.Raw.Kind) + " " + c.Raw.Value
}

// An amount in merged cells whose first row does not come in is lost, and the other rows say so.
func TestMergedAmountLost(t *testing.T) {
	t.Parallel()
	data := xlsxtest.Book(t, func(f *excelize.File) {
		xlsxtest.Row(t, f, "Sheet1", 1, "Campaign", "Influencer", "Platform", "Posting date", "Fee", "Deal status")
		xlsxtest.Row(t, f, "Sheet1", 2, "Sale", "Ida", "IG", "someday", 900, "signed")
		xlsxtest.Row(t, f, "Sheet1", 3, "Sale", "Mats", "IG", "2026-06-01", nil, "signed")
		if err := f.MergeCell("Sheet1", "E2", "E3"); err != nil {
			t.Fatal(err)
		}
	})
	plan := planBook(t, data)
	if got := account(plan)[1]; got != "3 created ?merged_amount_lost@E" || !strings.Contains(plan.Rows[1].Notices[0].Message.String(), "belongs to row 2, which is rejected") {
		t.Errorf("%q %v", got, plan.Rows[1])
	}
}

// A date, a yes or no, or a number that is shown in another way than it was typed is no code, no name and no handle.
func TestDamagedNames(t *testing.T) {
	t.Parallel()
	const styles = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="170" formatCode="0E+00"/></numFmts>
		<cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="170" applyNumberFormat="1"/><xf numFmtId="11" applyNumberFormat="1"/>
		<xf numFmtId="9" applyNumberFormat="1"/></cellXfs></styleSheet>`
	for _, stored := range []string{
		`<c t="b"><v>1</v></c>`, `<c t="b"><v>0</v></c>`, `<c s="1"><v>46091</v></c>`, `<c t="d"><v>2026-03-10</v></c>`,
		`<c s="2"><v>100000</v></c>`,
		`<c s="3"><v>100000</v></c>`, `<c s="4"><v>0.15</v></c>`, `<c><v>1.5</v></c>`, `<c><v>1E+21</v></c>`,
	} {
		for header, want := range map[string]string{"Discount code": "!damaged_code", "Influencer": "!damaged_name", "Handle": "?damaged_handle"} {
			data := xlsxtest.Edited(t, formulaBook(t, map[string]string{header: stored}, false), "xl/styles.xml", styles)
			if got := outcome(planBook(t, data), header); got != want {
				t.Errorf("%s in %s: got %q, want %q", stored, header, got, want)
			}
		}
	}
	for header, want := range map[string]string{"Discount code": "equals 100000", "Influencer": "", "Handle": ""} {
		if got := outcome(planBook(t, formulaBook(t, map[string]string{header: `<c><v>100000</v></c>`}, false)), header); got != want {
			t.Errorf("a plain number in %s: got %q, want %q", header, got, want)
		}
	}
	data := xlsxtest.Edited(t,
		formulaBook(t, map[string]string{"Fee": `<c s="2"><v>100000</v></c>`, "Colour": `<c s="2"><v>7</v></c>`},
			false), "xl/styles.xml", styles)
	if plan := planBook(t, data); outcome(plan, "Fee") != "100000.00 EUR" || valueOf(plan.Rows[0], "custom.Colour") != "7E+00" {
		t.Errorf("%v", plan.Rows[0])
	}
}
