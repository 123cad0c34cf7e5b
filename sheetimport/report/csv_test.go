package report_test

import (
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/sheetimport/report"
)

func TestWriteCSV(t *testing.T) {
	t.Parallel()
	s := memoryShop(t)
	s.bring("Name,Platform,Date,Fee,Status,Notes,Campaign\nIda,IG,2026-06-01,5,signed,,Sun\n")
	plan := s.plan("Name,Platform,Date,Fee,Status,Notes,Campaign\nIda,IG,2026-06-01,6,signed,=1+1,Sun\nIda,IG,2026-06-01,6,signed,=1+1,Sun\nMats,IG,2026-13-01,7,signed,,Sun\n,,,,,,\n")
	var b strings.Builder
	if err := report.WriteCSV(&b, plan, language.English); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, line := range lines {
		if line[3] == "change" {
			line[10] = "id"
		}
		got = append(got, strings.Join(line, "|"))
	}
	want := []string{
		"row|verdict|of|entry|code|column|header|value|message|record|id|field|from|to|sheet",
		"2|updated||change||||||cooperation|id|cost|5.00 EUR|6.00 EUR|plan.csv",
		"2|updated||change||||||cooperation|id|notes||'=1+1|plan.csv",
		"3|duplicate|2||||||||||||plan.csv",
		`4|rejected||problem|not_a_date|C|Date|2026-13-01|"2026-13-01" is not a date: there is no month 13; write it like 2026-06-01||||||plan.csv`,
		"5|skipped|||||||||||||plan.csv",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if err := report.WriteCSV(fullWriter{}, plan, language.English); !errors.Is(err, errFull) {
		t.Errorf("a writer that is full: %v", err)
	}
}

var errFull = errors.New("full")

type fullWriter struct{}

func (fullWriter) Write([]byte) (int, error) { return 0, errFull }
