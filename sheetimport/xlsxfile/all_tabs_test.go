package xlsxfile_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/sheetimport/xlsxfile"
)

// workbookOf writes a workbook: the name of each tab, and its rows with cells between bars.
func workbookOf(t *testing.T, tabs ...[]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	for n, tab := range tabs {
		if n == 0 {
			if err := f.SetSheetName("Sheet1", tab[0]); err != nil {
				t.Fatal(err)
			}
		} else if _, err := f.NewSheet(tab[0]); err != nil {
			t.Fatal(err)
		}
		for i, row := range tab[1:] {
			cells := strings.Split(row, "|")
			if err := f.SetSheetRow(tab[0], fmt.Sprintf("A%d", i+1), &cells); err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestAllTabs reads workbooks whose tabs belong together.
func TestAllTabs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		tabs  [][]string
		want  []string
		notes string
	}{
		{"a tab for each month", [][]string{
			{"Juni 2026", "Name|Plattform|Honorar", "Ida|IG|100"}, {"Juli 2026", "Name|Plattform|Honorar", "Ben|IG|200",
				"Ida|IG|300"}, {"Notizen", "Anrufen!"},
		}, []string{"1 Name|Plattform|Honorar|Campaign", "2 Ida|IG|100|June 2026", "3 Ben|IG|200|July 2026",
			"4 Ida|IG|300|July 2026"}, "tabs_together tab_begins tabs_left_out"},
		{"a tab for each platform", [][]string{
			{"Instagram", "Creator|Fee|Campaign", "Ida|100|Sale"}, {"TikTok", "Plan", "Creator|Campaign|Fee", "Ben|Sale|200"},
		}, []string{"1 Creator|Fee|Campaign|Platform", "2 Ida|100|Sale|instagram", "3 Ben|200|Sale|tiktok"}, "tabs_together tab_begins"},
		{"a tab for each campaign, with other columns", [][]string{
			{"Summer Sale", "Name|Platform|Fee", "Ida|IG|100"}, {"Black Friday", "Name|Channel|Code|Rate", "Ben|YT|BEN10|200"},
		}, []string{"1 Name|Platform|Fee|Campaign|Code", "2 Ida|IG|100|Summer Sale", "3 Ben|YT|200|Black Friday|BEN10"},
			"tabs_together tab_begins"},
		{"months without a year, whose campaigns come from the dates", [][]string{
			{"June", "Name|Platform|Fee", "Ida|IG|100"}, {"July", "Name|Platform|Fee", "Ben|IG|200"},
		}, []string{"1 Name|Platform|Fee", "2 Ida|IG|100", "3 Ben|IG|200"}, "tabs_together tab_begins"},
		{"one tab", [][]string{{"Tabelle1", "Name|Platform|Fee", "Ida|IG|100"}}, []string{"1 Name|Platform|Fee", "2 Ida|IG|100"}, ""},
		{"a title above, and blank rows", [][]string{
			{"Sheet1", "Our plan", "Name|Platform|Fee", "Ida|IG|100"}, {"Sheet2", "Our plan", "", "Name|Platform|Fee",
				"Ben|IG|200", "", "Cem|IG|300"},
		}, []string{"1 Our plan", "2 Name|Platform|Fee", "3 Ida|IG|100", "4 Ben|IG|200", "5 ||", "6 Cem|IG|300"}, "tabs_together tab_begins"},
		{"cells that stand under no header", [][]string{
			{"Sheet1", "Name|Platform|Campaign", "Ida|IG|Sale||200"}, {"Sheet2", "Name|Platform|Campaign|Fee", "Ben|IG|Sale|7||call him"},
		}, []string{"1 Name|Platform|Campaign|||Fee", "2 Ida|IG|Sale||200", "3 Ben|IG|Sale|||7"},
			"tabs_together tab_begins cells_without_header"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			table, err := xlsxfile.Parse(t.Context(), workbookOf(t, c.tabs...), xlsxfile.Options{Tab: xlsxfile.AllTabs})
			if err != nil {
				t.Fatal(err)
			}
			got := []string{}
			for _, r := range table.Rows {
				var cells []string
				for _, cell := range r.Cells {
					cells = append(cells, cell.Text)
				}
				got = append(got, fmt.Sprintf("%d %s", r.Number, strings.Join(cells, "|")))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			var notes []string
			for _, n := range table.Notes {
				notes = append(notes, n.Code)
			}
			if strings.Join(notes, " ") != c.notes {
				t.Errorf("the notes are %v, want %s", notes, c.notes)
			}
		})
	}
	_, err := xlsxfile.Parse(t.Context(), workbookOf(t, []string{"Notes", "call"}), xlsxfile.Options{Tab: "*"})
	if !errors.Is(err, column.ErrNoHeader) || !errors.Is(err, sheet.ErrUnreadable) {
		t.Errorf("a workbook without headers: %v", err)
	}
}
