package csvfile_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/sheetimport/csvfile"
)

// Commas in notes, amounts and titles do not decide the delimiter, and nor do headers in one cell. The widths are those
// of the rows.
func TestDelimiter(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		want []int
	}{
		{"Name;Note\nIda;a, b, c, d, e\nMats;f, g, h, i, j, k\n", []int{2, 2, 2}},
		{"Name;Note\nIda;talk about name, fee, campaign, platform\nMats;later\nLea;name, code\n", []int{2, 2, 2, 2}},
		{"Influencer;Plattform;Notiz\nIda;IG;nice, fast, good, cheap\n", []int{3, 3}},
		{"Kampagne;Betrag\nSale;1.234,50\nAutumn;2.000,00\n", []int{2, 2, 2}},
		{"Monat;Budget\n2026-12;1,50\n2027-01;2,50\n", []int{2, 2, 2}},
		{"Kampagne;Budget (EUR, netto)\nSale;1.234,50\n", []int{2, 2}},
		{"Influencer;Plattform;Honorar\nIda;IG;1.234,50\nMats;IG;2.000,00\n", []int{3, 3, 3}},
		{"Campaign\tBudget\nSale, x, y\t1,234.50\nA\t2,000.00\n", []int{2, 2, 2}},
		{"Campaign,Budget\nSale; a; b; c,5\nB; c; d,7\n", []int{2, 2, 2}},
		{"Name|Platform\nIda, a, b|IG\n", []int{2, 2}},
		{"Plan 2026, as agreed, with Mira, and all\nKampagne;Budget\nSale;5\n", []int{1, 2, 2}},
		{"Influencer,Platform,Fee\nIda,IG,1,200\nMats,IG,2,300\nLea,IG,5\n", []int{3, 4, 4, 3}}, // the whole header counts for more
		{"x;y\na, b, c;d\n", []int{2, 2}},
	} {
		table, err := csvfile.New("x.csv", strings.NewReader(tt.text), nil).Read(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, r := range table.Rows {
			got = append(got, len(r.Cells))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.text, diff)
		}
	}
}
