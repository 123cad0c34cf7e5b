package sheetimport_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/sheetimport"
)

// A plan in a language has its sentences in that language, as JSON too, and is otherwise the same.
func TestPlanIn(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	plan := s.planWith("Name,Platform,Date,Fee,Budget\nIda,IG,2026-06-01,5,\nMats,IG,2026-02-30,7,\nTotal,,,12,\n",
		"Month,Budget\n2026-06,x\n")
	if diff := cmp.Diff(jsonOf(t, plan), jsonOf(t, plan.In(language.English))); diff != "" {
		t.Errorf("in English (-plan +plan in English):\n%s", diff)
	}
	german := plan.In(language.German)
	for _, pair := range [][2]string{
		{german.Columns[0].Reason.String(), plan.Columns[0].Reason.In(language.German)},
		{german.Notes[0].Text.String(), plan.Notes[0].Text.In(language.German)},
		{german.Rows[1].Problems[0].Message.String(), plan.Rows[1].Problems[0].Message.In(language.German)},
		{german.Rows[2].Notices[0].Message.String(), plan.Rows[2].Notices[0].Message.In(language.German)},
		{german.Budgets[0].Columns[0].Reason.String(), plan.Budgets[0].Columns[0].Reason.In(language.German)},
		{german.Budgets[0].Rows[0].Problems[0].Message.String(), plan.Budgets[0].Rows[0].Problems[0].Message.In(language.German)},
	} {
		if pair[0] != pair[1] || pair[0] == "" {
			t.Errorf("says %q, want %q", pair[0], pair[1])
		}
	}
	if text := jsonOf(t, german); !strings.Contains(text, "der Februar 2026 hat keinen Tag 30") || strings.Contains(text, "has no day 30") {
		t.Errorf("the JSON is not German:\n%s", text)
	}
	if english := jsonOf(t, plan); !strings.Contains(english, "February 2026 has no day 30") {
		t.Error("the plan itself has changed its language")
	}
	if _, err := sheetimport.New(s.service, nil).Apply(s.ctx, german); err == nil || !strings.Contains(err.Error(), "ApplyFile") {
		t.Errorf("applied: error %v, want one that names ApplyFile", err)
	}
}

// What codes take off is said in the language of who reads a plan; patterns stay as they are.
func TestBenefitsInGerman(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"10 % off": "10 % Rabatt", "12.5 % off": "12.5 % Rabatt", "5 off": "5 Rabatt", "free shipping": "freier Versand",
		"equals ANA10 10 % off, starts with BEN free shipping": "ist gleich ANA10 10 % Rabatt, beginnt mit BEN freier Versand",
		"equals GET 10 % off 15 % off":                         "ist gleich GET 10 % off 15 % Rabatt",
		"equals A, B 15 % off":                                 "ist gleich A, B 15 % Rabatt", "something else": "something else", "": "",
	} {
		said := sheetimport.ValueText("percentage", value)
		if got := said.In(language.German); got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
		if got := said.String(); got != value {
			t.Errorf("%q in English: %q", value, got)
		}
	}
}
