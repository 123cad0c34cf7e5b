package sheetimport_test

import (
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/export"
)

// With a semicolon amounts have a decimal comma, as German Excel expects, and the sheet comes back unchanged.
func TestExportForGermanExcel(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	s.bring("Campaign,Influencer,Handle,Platform,Posting date,Fee,Discount code,Followers\n" +
		"Summer,Ana Ruiz,@ana,Instagram,2026-06-01,2500.50,ANA10,1500\nSummer,Ben Okoro,@ben,TikTok,2026-06-02,10.12,BEN10,\n")
	var b strings.Builder
	if _, err := export.CSV(s.ctx, s.service, s.ws, crm.CooperationFilter{}, &b, &export.Options{Comma: ';', BOM: true}); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	for _, want := range []string{";2500,50;", ";10,12;", "1500"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if strings.Contains(text, "2500.50") {
		t.Errorf("a decimal point in\n%s", text)
	}
	before := s.contents()
	if again := s.bring(text); again.Counts[sheetimport.Unchanged] != 2 || s.contents().Head != before.Head {
		t.Errorf("the export comes back as %q", account(again))
	}
}
