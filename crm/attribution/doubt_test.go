package attribution_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
)

func TestDoubts(t *testing.T) {
	t.Parallel()
	const june, visit = "06-01..06-30", " @06-09T12:00 term=b"
	for _, test := range []struct {
		name  string
		deals []string
		order string
		want  string
	}{
		{"a mistyped code of another", []string{"A " + june + " =PAM10", "B " + june + " utm:term=b"},
			"06-10T12:00 PAM15" + visit, "A letter: rules  → equals PAM15"},
		{"a code of another that has ended", []string{"A 06-01..06-08 =PAM10", "B " + june + " utm:term=b"},
			"06-10T12:00 PAM10" + visit, "A too_late 2: period.end 2026-06-08 → 2026-06-10"},
		{"a mistyped code of one's own", []string{"B " + june + " =PAM10 utm:term=b"}, "06-10T12:00 PAM15" + visit, ""},
		{"no code", []string{"A " + june + " =PAM10", "B " + june + " utm:term=b"}, "06-10T12:00" + visit, ""},
		{"credited by a code", []string{"A " + june + " =PAM10", "B " + june + " =PAM15 utm:term=b"}, "06-10T12:00 PAM15" + visit, ""},
		{"credited to nobody", []string{"A " + june + " =PAM10"}, "06-10T12:00 PAM15" + visit, ""},
	} {
		if diff := cmp.Diff(test.want, explained(must(index(t, crm.Workspace{}, test.deals...).Doubts(t.Context(), order(test.order))))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// A doubt that is followed gives the order to a code.
func TestEveryDoubtCredits(t *testing.T) {
	t.Parallel()
	word, doubted := rapid.SampledFrom([]string{"PAM10", "PAM15", "PMA10", "PAMIO", "PAM-10", "PAM10-DE", "EMMA15"}), false
	rapid.Check(t, func(t *rapid.T) {
		deals := []string{"Z 06-01..06-30 utm:term=z"}
		for n := range rapid.IntRange(1, 4).Draw(t, "deals") {
			deals = append(deals, fmt.Sprintf("%c %s %s =%s", 'A'+n, rapid.SampledFrom([]string{"signed", "draft", "cancelled"}).Draw(t, "state"),
				rapid.SampledFrom([]string{"06-01..06-30", "05-01..05-31", "07-01.."}).Draw(t, "days"), word.Draw(t, "code")))
		}
		s, o := snapshot(crm.Workspace{}, deals), order("06-10T12:00 "+word.Draw(t, "typed")+" @06-09T10:00 term=z")
		for _, f := range must(must(attribution.NewIndex(s, nil)).Doubts(t.Context(), o)) {
			doubted = true
			better, link := mended(s, f, o)
			d := must(must(attribution.NewIndex(better, nil)).Decide(link))
			if d.By != attribution.ByCode || !slices.ContainsFunc(d.Candidates, func(c attribution.Candidate) bool {
				return c.Cooperation == f.Cooperation && c.By == attribution.ByCode && !excluding[c.Lost]
			}) {
				t.Fatalf("%s: %s", explained([]attribution.Finding{f}), outcome(d))
			}
		}
	})
	if !doubted {
		t.Error("nothing was doubted")
	}
}
