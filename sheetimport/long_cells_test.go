package sheetimport_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/report"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// A cell or header that is as long as a sheet allows is cut in what is told of it, be it a refusal, a remark or a note.
func TestLongCellsInMessages(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 50_000)
	for _, text := range []string{
		"Influencer,Platform,Fee " + long + ",Note\nIda,IG,1,#REF!\n" + long + "," + long + "," + long + "," + long + "\n",
		"Name,Platform,Campaign,Status,Posting date,End date,Code,Fee,Currency,Followers,Email,Responsible\nIda,IG" +
			strings.Repeat(","+long, 10) + "\n",
		"Name,Platform," + long + "\nIda,IG,#REF!\n",
		"Name,Platform,Fee (paid " + strings.Repeat("y", 900) + ")\nIda,IG,1\n",
		"Campaign,Budget," + long + "\n" + long + "," + long + "," + long + "\nSale,5,a\nSale,5,b\nTotal " + long + ",5,c\n",
		"Campaign,Budget\n" + long[:150] + ",5\nTotal " + long[:150] + ",5\n",
		"Campaign,Budget " + strings.Repeat("used ", 180) + "\nSale,1\n", "Campaign," + long + "\nSale,1\n", long + "\n" + long + "\n",
		"Campaign,Budget (" + strings.Repeat("y", 900) + "),Budget\nSale,1,2\n", "Month,Budget\n" + long + "," + long + "\n",
	} {
		s := memoryShop(t, nil)
		plan, err := s.importer().Plan(s.ctx, s.ws, sources(text)[0])
		if err != nil {
			if !errors.Is(err, sheet.ErrUnreadable) || len(err.Error()) > 1_500 {
				t.Errorf("%.60q: an error of %d bytes: %.100v", text, len(err.Error()), err)
			}
			continue
		}
		var told strings.Builder
		if err := report.WriteText(&told, plan, &report.TextOptions{All: true}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(told.String()) {
			if len(line) > 1_000 {
				t.Errorf("%.60q: a line of %d bytes: %.200s", text, len(line), line)
			}
		}
		rows := plan.Rows
		for _, b := range plan.Budgets {
			rows = append(rows, b.Rows...)
		}
		for _, row := range rows {
			for _, m := range append(append([]sheetimport.Remark{}, row.Problems...), row.Notices...) {
				if len(m.Header) > 100 || len(m.Value) > 300 || len(m.Message.String()) > 1_000 {
					t.Errorf("%.60q: %s in %d bytes: %.200s", text, m.Code, len(m.Header)+len(m.Value)+len(m.Message.String()), m.Message)
				}
			}
		}
	}
}
