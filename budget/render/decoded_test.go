package render_test

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
)

// A report that a client has from JSON is written and drawn from its lines, all of it but what needs the items.
func TestDecodedReports(t *testing.T) {
	t.Parallel()
	for name, p := range svgCases() {
		if name == "large amounts" {
			continue // JSON takes no sums that large
		}
		r, err := budget.New(p)
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var decoded budget.Report
		if err := json.Unmarshal(data, &decoded); err != nil {
			t.Fatal(err)
		}
		var want, got strings.Builder
		if err := render.SVG(&want, r, nil); err != nil {
			t.Fatal(err)
		}
		if err := render.SVG(&got, &decoded, nil); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), got.String()); diff != "" {
			t.Errorf("%s (-report +decoded):\n%s", name, diff)
		}
		if err := render.Markdown(io.Discard, &decoded, nil); err != nil {
			t.Error(err)
		}
	}
	for _, chart := range []render.Chart{render.ChartMonths, render.ChartCampaigns, render.ChartYear, "pie"} {
		if err := render.SVG(io.Discard, &budget.Report{}, &render.SVGOptions{Charts: []render.Chart{chart}}); err != nil {
			t.Error(err)
		}
	}
}
