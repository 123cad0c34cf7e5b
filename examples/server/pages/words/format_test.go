package words

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
		s := In(lang)
		for _, p := range periods {
			got[lang] = append(got[lang], s.Days(p))
		}
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(language.Tag{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
