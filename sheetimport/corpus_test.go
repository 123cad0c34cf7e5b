package sheetimport_test

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/export"
	"github.com/getklar/influencercrm/sheetimport/internal/xlsxtest"
	"github.com/getklar/influencercrm/sheetimport/report"
	"github.com/getklar/influencercrm/sheetimport/sheetfile"
)

// specimen is a sheet of the corpus: what stands in it, how its file is written, and what has to become of its rows.
// The files are in testdata/corpus; CRM_CORPUS=write makes them anew.
type specimen struct {
	file string
	as   func(*testing.T, specimen) []byte
	rows [][]string
	// verdicts are those of the rows below the header, in their order, by their first letters.
	verdicts string
	notices  []string // codes that some row must have
	edit     func(*testing.T, *excelize.File)
}

// corpus is sheets of many kinds, as teams keep them. Each verdict was thought over by hand.
var corpus = []specimen{
	{file: "klar-template.csv", as: commas, verdicts: "ccd", rows: [][]string{
		{"Campaign or month", "Full name", "", "", "First day"}, {"Campaign & partner details"},
		{"Campaign Name", "Influencer/Affiliate Name", "Handle", "Platform", "Posting Date", "End Date", "utm_source",
			"utm_medium", "utm_campaign", "utm_term", "utm_content", "Discount Code", "Add Attribution Last Touch",
			"Fixed Costs", "Status"},
		{"June 2026", "Pamela Reif", "@pamela_rf", "Instagram", "2026-06-01", "2026-06-30", "instagram", "influencer",
			"june", "pam", "", "PAM10", "yes", "2500.00", "imported"},
		{"June 2026", "Pamela Reif", "@pamela_rf", "TikTok", "2026-06-15", "", "", "", "", "", "", "PAM10", "no", "", ""},
		{"June 2026", "Pamela Reif", "@pamela_rf", "Instagram", "2026-06-01", "2026-06-30", "instagram", "influencer",
			"june", "pam", "", "PAM10", "yes", "2500.00", ""},
	}},
	{file: "german-excel.csv", as: windows1252, verdicts: "cccr", rows: [][]string{
		{"Kampagne", "Künstlername", "Plattform", "Postingdatum", "Enddatum", "Honorar", "Rabattcode", "Status"},
		{"Sommer", "Jörg Weiß", "Instagram", "1.6.2026", "30.06.26", "1.234,50 €", "JÖRG10", "gebucht"},
		{"Sommer", "Änne Öz", "TikTok", "15. Juni 2026", "", "800,-", "ÄNNE", "in Verhandlung"},
		{"Sommer", "Max", "YouTube", "02.07.2026", "", "k. A.", "", "geplant"},
		{"Sommer", "Mia", "Instagram", "31.06.2026", "", "100,00", "", "gebucht"},
	}},
	{file: "unicode-text.txt", as: utf16Tabs, verdicts: "cc", rows: [][]string{
		{"Creator", "Platform", "Go-live date", "Fee", "Deal status"},
		{"愛子 🎬", "YouTube", "2026-07-01", "1,200.00 EUR", "confirmed"},
		{"Zoë", "Twitch", "2026-07-02", "300 EUR", "draft"},
	}},
	{file: "pipes.csv", as: separated('|'), verdicts: "cs", rows: [][]string{
		{"Name", "Channel", "Start date", "Cost", "Status"},
		{"Ida", "Podcast", "2026-05-05", "99.90", "signed"}, {"", "", "", "", ""},
	}},
	{file: "bom-crlf.csv", as: withBOM, verdicts: "c", rows: [][]string{
		{"Name", "Platform", "Date", "Fee", "Status", "Notes"}, {"Ida", "IG", "2026-05-05", "5", "signed", "line one\nline two"},
	}},
	{file: "american-dates.csv", as: commas, verdicts: "ccc", notices: []string{"read_by_column"}, rows: [][]string{
		{"Creator Name", "Platform", "Post date", "Fee ($)", "Stage"},
		{"Ann", "Instagram", "06/15/2026", "$500", "signed"}, {"Bob", "TikTok", "03/04/2026", "$1,250.00",
			"contract sent"}, {"Cy", "X", "12/31/26", "$75.50", "idea"},
	}},
	{file: "ambiguous.csv", as: commas, verdicts: "rrc", rows: [][]string{
		{"Name", "Platform", "Date", "Fee", "Status"},
		{"Ida", "IG", "03/04/26", "100", "signed"}, {"Mats", "IG", "2026-05-01", "1.234", "signed"},
		{"Pam", "IG", "2026-05-02", "100.00", "signed"},
	}},
	{file: "swiss.csv", as: separated(';'), verdicts: "cr", rows: [][]string{
		{"Partner", "Kanal", "von", "bis", "Betrag", "Währung", "Kooperationsstatus"},
		{"Vreni", "Instagram", "01.09.2026", "30.09.2026", "1'200.-", "CHF", "bestätigt"},
		{"Urs", "Blog", "01.10.2026", "", "500-700", "CHF", "bestätigt"},
	}},
	{file: "codes.csv", as: commas, verdicts: "cccccr", rows: [][]string{
		{"Influencer", "Platform", "Posting date", "Fee", "Discount codes", "Status"},
		{"A", "IG", "2026-06-01", "1", "CR9, CR10", "signed"}, {"B", "IG", "2026-06-01", "1", "contains PAM", "draft"},
		{"C", "IG", "2026-06-01", "1", "LEA*", "draft"},
		{"D", "IG", "2026-06-01", "1", "*SUN*", "draft"}, {"E", "IG", "2026-06-01", "1", "MIA1\nMIA2 / MIA3", "signed"},
		{"F", "IG", "2026-06-01", "1", "*", "signed"},
	}},
	{file: "tracking-links.csv", as: commas, verdicts: "cc", notices: []string{"link_differs"}, rows: [][]string{
		{"Influencer", "Platform", "Posting date", "Fee", "Tracking link", "utm_term", "Status"},
		{"Ida", "IG", "2026-06-01", "1", "https://shop.example/?utm_source=instagram&utm_campaign=sun%20shine&utm_term=ida", "", "signed"},
		{"Mats", "IG", "2026-06-01", "1", "https://shop.example/?utm_source=instagram&utm_campaign=sun&utm_term=mats", "matze", "signed"},
	}},
	{file: "cancelled.csv", as: commas, verdicts: "cccr", rows: [][]string{
		{"Influencer", "Plattform", "Startdatum", "Kosten", "Status"},
		{"Ida", "IG", "2026-06-01", "100", "abgesagt"}, {"Mats", "IG", "2026-06-02", "100", "storniert"},
		{"Lea", "IG", "2026-06-03", "100", "unterschrieben"}, {"Pam", "IG", "2026-06-04", "100", "vielleicht"},
	}},
	{file: "totals-and-blanks.csv", as: commas, verdicts: "csscss", rows: [][]string{
		{"Name", "Platform", "Date", "Cost", "Status"},
		{"Ida", "IG", "2026-06-01", "100", "signed"}, {"", "", "", "", ""}, {"Subtotal", "", "", "100", ""},
		{"Mats", "IG", "2026-06-02", "50", "signed"}, {"", "", "", "", ""}, {"Total", "", "", "150", ""},
	}},
	{file: "same-rows.csv", as: commas, verdicts: "cdxc", rows: [][]string{
		{"Campaign", "Name", "Platform", "Date", "Cost", "Code", "Status"},
		{"Sun", "Ida", "IG", "2026-06-01", "100", "IDA", "signed"}, {"Sun", "Ida", "IG", "2026-06-01", "100", "IDA",
			"signed"}, {"Sun", "Ida", "IG", "2026-06-01", "120", "IDA", "signed"},
		{"Sun", "Ida", "IG", "2026-07-01", "120", "IDA", "signed"},
	}},
	{file: "missing.csv", as: commas, verdicts: "rrc", rows: [][]string{
		{"Name", "Platform", "Date", "Cost", "Status"},
		{"", "IG", "2026-06-01", "100", "signed"}, {"Ida", "", "2026-06-01", "100", "signed"}, {"Mats", "IG", "", "", ""},
	}},
	{file: "upfluence.csv", as: commas, verdicts: "cc", rows: [][]string{
		{"profile_name", "platform", "media_url", "first_name", "email", "phone_number", "followers", "publish date", "fee", "status"},
		{"Ida Castell", "instagram", "https://www.instagram.com/ida.castell", "", "ida@mail.example", "+49 170 1",
			"12.500", "2026-06-01", "300", "signed"},
		{"Mats Moe", "tiktok", "", "", "mats@mail.example", "", "120k", "2026-06-02", "", "contacted"},
	}},
	{file: "first-and-last-name.csv", as: commas, verdicts: "cr", rows: [][]string{
		{"First name", "Last name", "Instagram ID", "Social network", "Publish date", "Agreed fee", "Deal stage"},
		{"Ida", "Castell", "@ida", "Instagram", "2026-06-01", "500", "done"}, {"", "", "@mats", "Instagram", "2026-06-01", "500", "done"},
	}},
	{file: "handles-only.csv", as: commas, verdicts: "cc", notices: []string{"name_from_handle"}, rows: [][]string{
		{"Handle", "Network", "Live date", "Rate", "Collab status"}, {"@ida", "TT", "2026-06-01", "5", "live"},
		{"mats", "YT", "2026-06-02", "6", "posted"},
	}},
	{file: "custom-columns.csv", as: commas, verdicts: "c", rows: [][]string{
		{"Name", "Platform", "Date", "Fee", "Status", "Shirt size", "Briefing"},
		{"Ida", "IG", "2026-06-01", "5", "signed", "M", "=HYPERLINK(\"x\")"},
	}},
	{file: "stray-quote.csv",
		as: raw("Name,Platform,Date,Fee,Status\nIda,IG,2026-06-01,5,signed\n\"Mats\" M,IG,2026-06-02,5,signed\nPam,IG,2026-06-03,5,signed\n"), verdicts: "crc"},
	{file: "ragged.csv",
		as: raw("Name,Platform,Date,Fee,Status\nIda,IG,2026-06-01,5,signed\nMats,IG\nPam,IG,2026-06-03,1,200.00,signed\n"), verdicts: "ccr"},
	{file: "formula-errors.csv", as: commas, verdicts: "rc", rows: [][]string{
		{"Name", "Platform", "Date", "Fee", "Status", "Followers"}, {"Ida", "IG", "2026-06-01", "#REF!", "signed", "1"},
		{"Mats", "IG", "2026-06-01", "5", "signed", "#N/A"},
	}},
	{file: "typed.xlsx", as: workbook, verdicts: "ccr", rows: [][]string{
		{"Campaign", "Influencer", "Platform", "Posting Date", "Fixed Costs", "Discount Code", "Status"},
		{"Sun", "Ida", "IG", "", "", "IDA10", "signed"}, {"", "Mats", "TikTok", "", "", "MATS", "signed"},
		{"Sun", "Lea", "IG", "", "", "", "signed"},
	}, edit: func(t *testing.T, f *excelize.File) {
		for cell, value := range map[string]any{"D2": 46174, "E2": 1.234, "D3": 46175, "E3": 1000, "A3": 46204, "D4": 46176, "E4": 5, "F4": 46091} {
			if err := f.SetCellValue("Sheet1", cell, value); err != nil {
				t.Fatal(err)
			}
		}
		for cell, format := range map[string]string{"D2": "m/d/yy", "E2": "0.000", "D3": "dd.mm.yyyy", "E3": "#,##0.00 \"€\"", "A3": "mmmm yyyy", "D4": "yyyy-mm-dd", "F4": "d-mmm"} {
			xlsxtest.Style(t, f, "Sheet1", cell, format)
		}
		if err := f.SetCellValue("Sheet1", "E2", 1234); err != nil {
			t.Fatal(err)
		}
	}},
	{file: "merged-and-hidden.xlsx", as: workbook, verdicts: "ccs", rows: [][]string{
		{"Campaign", "Influencer", "Platform", "Posting Date", "Fixed Costs", "Status"},
		{"Sun", "Ida", "IG", "2026-06-01", "100", "signed"}, {"", "Mats", "IG", "2026-06-02", "200", "signed"}, {"Total", "", "", "", "300", ""},
	}, edit: func(t *testing.T, f *excelize.File) {
		if err := f.MergeCell("Sheet1", "A2", "A3"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetRowVisible("Sheet1", 3, false); err != nil {
			t.Fatal(err)
		}
	}},
	{file: "two-tabs.xlsx", as: workbook, verdicts: "c", rows: [][]string{{"How to use this workbook"}},
		edit: func(t *testing.T, f *excelize.File) {
			if _, err := f.NewSheet("Deals 2026"); err != nil {
				t.Fatal(err)
			}
			xlsxtest.Row(t, f, "Deals 2026", 1, "Name", "Plattform", "Datum", "Gage", "Status")
			xlsxtest.Row(t, f, "Deals 2026", 2, "Ida", "Insta", "1. Juni 2026", 500, "Vertrag unterzeichnet")
		}},
	{file: "formulas.xlsx", as: workbook, verdicts: "rc", rows: [][]string{
		{"Name", "Platform", "Date", "Fee", "Status"}, {"Ida", "IG", "2026-06-01", "", "signed"}, {"Mats", "IG", "2026-06-02", "7", "signed"},
	}, edit: func(t *testing.T, f *excelize.File) {
		if err := f.SetCellFormula("Sheet1", "D2", "1/0"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStr("Sheet1", "D2", "#DIV/0!"); err != nil {
			t.Fatal(err)
		}
	}},
	{file: "agency-de.tsv", as: separated('\t'), verdicts: "cc", rows: [][]string{
		{"Projekt", "Vorname", "Nachname", "Profilname", "Netzwerk", "Veröffentlichung", "Laufzeitende", "Vergütung",
			"Gutscheincode", "Rabatt in %", "Vertragsstatus", "Zuständig", "Bemerkung"},
		{"Herbst", "Ida", "Castell", "@ida", "Insta Reels", "01.09.2026", "30.09.2026", "2.500,00 EUR", "IDA15", "15 %",
			"unterzeichnet", "Mira", "Produkt geht vorab raus"},
		{"Herbst", "Mats", "Moe", "", "YouTube Shorts", "5. Sept. 2026", "", "barter", "MATS", "", "verhandelt", "Mira", ""},
	}},
}

func commas(t *testing.T, s specimen) []byte { return separated(',')(t, s) }

func separated(comma rune) func(*testing.T, specimen) []byte {
	return func(t *testing.T, s specimen) []byte {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma = comma
		if err := w.WriteAll(s.rows); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
}

func raw(text string) func(*testing.T, specimen) []byte {
	return func(*testing.T, specimen) []byte { return []byte(text) }
}

func windows1252(t *testing.T, s specimen) []byte {
	data, err := charmap.Windows1252.NewEncoder().Bytes(separated(';')(t, s))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func utf16Tabs(t *testing.T, s specimen) []byte {
	return inUTF16(string(separated('\t')(t, s)), binary.LittleEndian)
}

func withBOM(t *testing.T, s specimen) []byte {
	return []byte("\uFEFF" + strings.ReplaceAll(string(commas(t, s)), "\n", "\r\n"))
}

func workbook(t *testing.T, s specimen) []byte {
	return xlsxtest.Book(t, func(f *excelize.File) {
		for n, cells := range s.rows {
			values := make([]any, len(cells))
			for i, c := range cells {
				values[i] = c
			}
			xlsxtest.Row(t, f, "Sheet1", n+1, values...)
		}
		if s.edit != nil {
			s.edit(t, f)
		}
	})
}

// letters are the verdicts of a specimen in one letter each.
var letters = map[sheetimport.Verdict]string{
	sheetimport.Created: "c", sheetimport.Updated: "u", sheetimport.Unchanged: "=", sheetimport.Duplicate: "d",
	sheetimport.Conflict: "x", sheetimport.Skipped: "s", sheetimport.Rejected: "r",
}

func verdictsOf(p *sheetimport.Plan) string {
	var b strings.Builder
	for _, r := range p.Rows {
		b.WriteString(letters[r.Verdict])
	}
	return b.String()
}

func (s *shop) planFile(data []byte, name string) *sheetimport.Plan {
	s.t.Helper()
	plan, err := s.importer().Plan(s.ctx, s.ws, sheetfile.New(name, bytes.NewReader(data), nil))
	if err != nil {
		s.t.Fatal(err)
	}
	return plan
}

func (s *shop) exported() string {
	s.t.Helper()
	var b strings.Builder
	if _, err := export.CSV(s.ctx, s.service, s.ws, crm.CooperationFilter{}, &b, nil); err != nil {
		s.t.Fatal(err)
	}
	return b.String()
}

// Each sheet of the corpus has the verdicts that are right; the counts add up; what is applied is what was planned; the
// second time nothing changes; and the undo leaves what was there before.
func TestCorpus(t *testing.T) {
	t.Parallel()
	if len(corpus) < 25 {
		t.Errorf("there are %d sheets", len(corpus))
	}
	for _, one := range corpus {
		t.Run(one.file, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join("testdata", "corpus", one.file)
			if os.Getenv("CRM_CORPUS") == "write" {
				if err := os.WriteFile(path, one.as(t, one), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			s := memoryShop(t, nil)
			before := s.exported()
			plan := s.planFile(data, one.file)
			if got := verdictsOf(plan); got != one.verdicts {
				var b strings.Builder
				if err := report.WriteText(&b, plan, nil); err != nil {
					t.Fatal(err)
				}
				t.Fatalf("verdicts %s, want %s\n%s", got, one.verdicts, &b)
			}
			sum, codes := 0, map[string]bool{}
			for _, n := range plan.Counts {
				sum += n
			}
			for _, r := range plan.Rows {
				for _, m := range r.Notices {
					codes[m.Code] = true
				}
			}
			if sum != len(plan.Rows) {
				t.Errorf("the counts add up to %d of %d rows", sum, len(plan.Rows))
			}
			for _, code := range one.notices {
				if !codes[code] {
					t.Errorf("no row has the notice %s, but %v", code, codes)
				}
			}
			run, err := s.importer().Apply(s.ctx, plan)
			if err != nil {
				t.Fatal(err)
			}
			for verdict, n := range plan.Counts {
				if run.Counts[string(verdict)] != n {
					t.Errorf("%d rows were planned as %s, and %d applied", n, verdict, run.Counts[string(verdict)])
				}
			}
			after := s.contents()
			again := s.planFile(data, one.file)
			if got, want := verdictsOf(again), strings.ReplaceAll(one.verdicts, "c", "="); got != want {
				t.Errorf("the second time: verdicts %s, want %s", got, want)
			}
			second, err := s.importer().Apply(s.ctx, again)
			if err != nil {
				t.Fatal(err)
			}
			now := s.contents()
			now.Runs = after.Runs
			if d := cmp.Diff(after, now, exactly...); d != "" {
				t.Errorf("the second time (-before +after):\n%s", d)
			}
			for _, id := range []crm.ImportRunID{second.ID, run.ID} {
				done, err := s.service.UndoImport(s.ctx, s.ws, id, "")
				if err != nil || len(done.Kept) > 0 {
					t.Errorf("undo: %v, kept %v", err, done.Kept)
				}
			}
			if d := cmp.Diff(before, s.exported()); d != "" {
				t.Errorf("after the undo (-before +after):\n%s", d)
			}
		})
	}
}
