package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm/web"
)

// refusals are requests that are answered with a status, a field and a code.
type refusals []struct{ method, path, body, want string }

func (all refusals) check(t *testing.T) {
	t.Helper()
	p := newProcess(t, filepath.Join(t.TempDir(), "crm.db"), setup{})
	for _, test := range all {
		answer := p.call(test.method, test.path, http.Header{"Content-Type": {"application/json"}}, strings.NewReader(test.body))
		var problem web.Problem
		if err := json.Unmarshal([]byte(answer.body), &problem); err != nil {
			t.Errorf("%s %s: %v: %s", test.method, test.path, err, answer.body)
			continue
		}
		field := ""
		if len(problem.Errors) > 0 {
			field = problem.Errors[0].Field
		}
		if got := fmt.Sprint(answer.status, " ", field, " ", problem.Code); got != test.want {
			t.Errorf("%s %s %s: %s, want %s", test.method, test.path, test.body, got, test.want)
		}
	}
}

func TestPlanningRefusesBadOptions(t *testing.T) {
	t.Parallel()
	var all refusals
	for _, path := range []string{"GET /report", "GET /summary", "GET /alerts", "GET /fits?month=2026-06", "GET /plan-accuracy/2020-01", "POST /what-if"} {
		method, path, _ := strings.Cut(path, " ")
		for query, want := range map[string]string{
			"spread=zz": "422 spread unknown_spread", "campaigns=Winter": "422 campaigns not_an_id",
			"influencers=foo": "422 influencers not_an_id", "responsibles=x": "422 responsibles not_an_id",
			"stages=sold": "422 stages unknown_status", "from=2026-06&to=2026-05": "422 to ends_before_start",
		} {
			join := "?"
			if strings.Contains(path, "?") {
				join = "&"
			}
			all = append(all, struct{ method, path, body, want string }{method, path + join + query, `{"scenarios":[]}`, want})
		}
	}
	all.check(t)
}

// Costs and fees of a scenario are refused as those of a save are.
func TestWhatIfRefusesWhatSavesRefuse(t *testing.T) {
	t.Parallel()
	const id = "018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f"
	what := func(change string) string { return `{"scenarios":[[` + change + `]]}` }
	refusals{
		{"POST", "/what-if", what(`{"op":"reprice","item":"` + id + `","cost":{"amount":"-1.00","currency":"EUR"}}`),
			"422 scenarios[0][0].cost negative"},
		{"POST", "/what-if",
			what(`{"op":"cancel","item":"` + id + `","on":"2026-06-01","fee":{"amount":"-1.00","currency":"EUR"}}`),
			"422 scenarios[0][0].fee negative"},
		{"POST", "/what-if", what(`{"op":"cancel","item":"` + id + `"}`), "422 scenarios[0][0].on cancellation_day_missing"},
		{"POST", "/what-if",
			what(`{"op":"month_budget","month":"2026-06","budget":{"amount":"1.00","currency":"USD"}}`),
			"422 scenarios[0][0].budget wrong_currency"},
	}.check(t)
}

// What would select nothing, or stand for something else, is refused and not answered with zeros.
func TestListsRefuseWhatSelectsNothing(t *testing.T) {
	t.Parallel()
	const id = "018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f"
	refusals{
		{"GET", "/changes?id=" + id, "", "422 kind not_a_kind_of_log"},
		{"GET", "/changes?kind=zz", "", "422 kind not_a_kind_of_log"},
		{"GET", "/changes?kind=zz&id=" + id, "", "422 kind not_a_kind_of_log"},
		{"GET", "/changes?kind=campaign", "", "422 id not_an_id"},
		{"GET", "/fits", "", "422 campaign parameter_missing"},
		{"GET", "/fits?campaign=" + id, "", "404 id not_in_workspace"},
		{"GET", "/alerts?within=-1", "", "422 within negative"},
		{"GET", "/alerts?limit=-1", "", "422 limit negative"},
		{"GET", "/cooperations?during.start=2026-06-02&during.end=2026-06-01", "", "422 during.end ends_before_start"},
		{"GET", "/cooperations/totals?during.start=2026-06-02&during.end=2026-06-01", "", "422 during.end ends_before_start"},
	}.check(t)
}
