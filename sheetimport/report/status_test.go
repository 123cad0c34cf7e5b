package report_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/report"
)

func TestStatusTexts(t *testing.T) {
	t.Parallel()
	const header = "Influencer,Platform,Campaign,Posting Date,End Date,Fixed Costs,Followers,Discount Code\n"
	s := memoryShop(t)
	first := s.bring(header +
		"Pam,Instagram,Summer,2026-06-01,2026-06-30,100,12000,PAM\n" +
		"Liv,Instagram,,2026-06-01,2026-06-30,100,many,LIV\n" +
		"Pam,Instagram,Summer,2026-06-01,2026-06-30,100,12000,PAM\n" +
		"Pam,Instagram,Summer,2026-06-01,2026-06-30,200,12000,PAM\n" +
		",,,,,,,\n" +
		"Total,,,,,400,,\n" +
		",Instagram,Summer,2026-02-30,2026-06-30,100,,X\n")
	want := map[int]string{
		2: "Imported",
		3: `Imported: Followers: "many" is not a whole number; write it in digits, like 88139; the cell is left out · Campaign: the row names no campaign; it goes to "June 2026"`,
		4: "Not imported: same as row 2",
		5: `Not imported: Fixed Costs "200": row 2 is the same cooperation with 100.00 EUR here; remove the row that is wrong, or give them different dates or UTM fields if both are right`,
		6: "",
		7: "Not imported: a line of totals, not a cooperation",
		8: `Not imported: Influencer: the influencer's name is missing; every row needs it · Posting Date: "2026-02-30" is not a date: February 2026 has no day 30; write it like 2026-06-01`,
	}
	if diff := cmp.Diff(want, report.StatusTexts(first, language.English)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	s.editAll(func(c *crm.Cooperation) {
		if strings.Contains(c.Name, "Pam") {
			c.Cost = budget.FromMinor(150_00, "EUR")
		}
	})
	again := s.bring(header +
		"Pam,Instagram,Summer,2026-06-01,2026-06-30,300,12000,PAM\n" +
		"Liv,Instagram,June 2026,2026-06-01,2026-06-30,250,,LIV\n")
	want = map[int]string{
		2: `Imported before, and changed here and in the CRM: Fixed Costs "300.00 EUR": the sheet changed this from 100.00 EUR, and the CRM to 150.00 EUR; the CRM's value is kept`,
		3: "Imported, with the changes of this row",
	}
	if diff := cmp.Diff(want, report.StatusTexts(again, language.English)); diff != "" {
		t.Errorf("again (-want +got):\n%s", diff)
	}
}

// A status fits into a cell, whatever stands in the sheet, and is no formula.
// What an import in pieces has left is not imported, and the texts say why.
func TestRowsThatWereLeft(t *testing.T) {
	t.Parallel()
	plan := memoryShop(t).plan("Influencer,Platform,Posting Date\nPam,Instagram,2026-06-01\nLiv,Instagram,2026-06-01\n")
	plan.Rows[1].Verdict, plan.Rows[1].Changes = sheetimport.Open, nil
	plan.Rows[1].Problems = []sheetimport.Remark{{Code: "changed_meanwhile",
		Message: sentence.Of("somebody changed the influencer while the import went on")}}
	plan.Counts = map[sheetimport.Verdict]int{sheetimport.Created: 1, sheetimport.Open: 1}
	if got := report.StatusTexts(plan, language.English)[3]; got != "Not imported: somebody changed the influencer while the import went on" {
		t.Errorf("the status is %q", got)
	}
	var text strings.Builder
	if err := report.WriteText(&text, plan, nil); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"  open            1\n", "  row 3 open: somebody changed the influencer while the import went on\n"} {
		if !strings.Contains(text.String(), line) {
			t.Errorf("the text lacks %q:\n%s", line, &text)
		}
	}
}

func TestStatusTextsAreShort(t *testing.T) {
	t.Parallel()
	s := memoryShop(t)
	wide := "=1+1\x07" + strings.Repeat("ä", 5_000)
	plan := s.plan("Influencer,Platform,Posting Date,\"Followers (" + wide + ")\"\n=1+1,Instagram,\"" + wide + "\",x\n")
	for row, text := range report.StatusTexts(plan, language.English) {
		if n := utf8.RuneCountInString(text); n > 500 || strings.ContainsAny(text, "\x07\n") || !strings.HasPrefix(text, "Not imported") {
			t.Errorf("row %d has %d characters: %q", row, n, text)
		}
	}
}
