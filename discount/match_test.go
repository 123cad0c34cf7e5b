package discount_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/discount"
)

func TestParseMatch(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]discount.Match{
		"equals": discount.Equals, " Equals\t": discount.Equals, "contains": discount.Contains,
		"starts_with": discount.StartsWith, "starts with": discount.StartsWith, "STARTS  WITH": discount.StartsWith,
		"starts-with": discount.StartsWith, "startsWith": discount.StartsWith,
		"ends_with": discount.EndsWith, "ends with": discount.EndsWith, "ends-with": discount.EndsWith, "endswith": discount.EndsWith,
	} {
		got, err := discount.ParseMatch(text)
		if err != nil || got != want {
			t.Errorf("ParseMatch(%q) = %q, %v, want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"", "like", "starts", "starts_ with", "equalss", "equals x"} {
		_, err := discount.ParseMatch(text)
		checkRuleError(t, err, "match", "use equals, contains, starts_with or ends_with")
	}
}

func TestMatchesAreAllParsed(t *testing.T) {
	t.Parallel()
	var got []discount.Match
	for _, m := range discount.Matches() {
		parsed, err := discount.ParseMatch(string(m))
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, parsed)
	}
	if diff := cmp.Diff(discount.Matches(), got); diff != "" {
		t.Errorf("parsed (-want +got):\n%s", diff)
	}
	if len(got) != 4 {
		t.Errorf("%d matches, want 4", len(got))
	}
}
