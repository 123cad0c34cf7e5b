package pages

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
)

func TestDays(t *testing.T) {
	t.Parallel()
	day := budget.MustParseDate
	periods := []budget.Period{
		{}, {Start: day("2026-06-01")}, {End: day("2026-06-14")}, {Start: day("2026-06-01"), End: day("2026-06-01")},
		{Start: day("2026-06-01"), End: day("2026-07-14")}, {Start: day("2026-12-20"), End: day("2027-01-01")},
	}
	want := map[language.Tag][]string{
		language.English: {"no dates", "from 1 Jun 2026", "until 14 Jun 2026", "1 Jun 2026", "1 Jun – 14 Jul 2026",
			"20 Dec 2026 – 1 Jan 2027"},
		language.German: {"ohne Zeitraum", "ab 01.06.2026", "bis 14.06.2026", "01.06.2026", "01.06. – 14.07.2026",
			"20.12.2026 – 01.01.2027"},
	}
	got := map[language.Tag][]string{}
	for lang := range want {
		f := newFace(lang)
		for _, p := range periods {
			got[lang] = append(got[lang], f.days(p))
		}
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(language.Tag{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A bar is as long as what it stands for, whatever the amounts, and never longer than the whole.
func TestBar(t *testing.T) {
	t.Parallel()
	f := newFace(language.English)
	line := func(budgeted, signed, negotiating, draft int64) budget.Line {
		l := budget.Line{Amounts: budget.Amounts{
			Signed: budget.FromMinor(signed, "EUR"), Negotiating: budget.FromMinor(negotiating, "EUR"), Draft: budget.FromMinor(draft, "EUR"),
		}}
		l.Covered = l.Amounts
		if budgeted >= 0 {
			l.Budget = budget.FromMinor(budgeted, "EUR")
		}
		return l
	}
	for name, test := range map[string]struct {
		line budget.Line
		want bar
	}{
		"nothing": {line(-1, 0, 0, 0), bar{}},
		"within":  {line(1000, 250, 250, 0), bar{Parts: []barPart{{"signed", 0, 250}, {"negotiating", 250, 250}}, Budget: 1000}},
		"over": {line(500, 500, 250, 250),
			bar{Parts: []barPart{{"signed", 0, 500}, {"negotiating", 500, 250}, {"draft", 750, 250}},
				Budget: 500, Over: true}},
		"without": {line(-1, 10, 0, 30), bar{Parts: []barPart{{"signed", 0, 250}, {"draft", 250, 750}}}},
		"largest": {line(budget.MaxMinor, 4*budget.MaxMinor, 0, 0), bar{Parts: []barPart{{"signed", 0, 1000}}, Budget: 250, Over: true}},
		"refund":  {line(100, -50, 50, 0), bar{Parts: []barPart{{"negotiating", 0, 500}}, Budget: 1000}},
	} {
		got := f.bar(test.line)
		got.Label = ""
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
