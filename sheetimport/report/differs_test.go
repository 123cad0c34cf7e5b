package report_test

import (
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/sheetimport/report"
)

// A repeated row that differs in some column says so wherever it is told, because it may be a cooperation of its own.
func TestRepeatedRowsThatDiffer(t *testing.T) {
	t.Parallel()
	p := memoryShop(t).plan("Influencer,Platform,Format,Posting Date\nAna,Instagram,Story,2026-06-01\nAna,Instagram,Reel,2026-06-01\n")
	var b strings.Builder
	if err := report.WriteText(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	const want = `row 3 duplicate in C "Format" "Reel": row 2 is the same cooperation by name`
	if !strings.Contains(b.String(), want) {
		t.Errorf("the text has no %s:\n%s", want, b.String())
	}
	if got := report.StatusTexts(p, language.English)[3]; !strings.Contains(got, "Story") {
		t.Errorf("the status is %q", got)
	}
}
