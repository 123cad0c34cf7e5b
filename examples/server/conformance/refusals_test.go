package conformance

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm/web"
)

// stranger is an id that nothing has.
const stranger = "018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f"

// Bad requests are refused with the status and the fields that say what is wrong, and change nothing.
func TestRefusals(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	other := "/v1/workspaces/" + c.do(201, "POST", "/v1/workspaces", `{"name":"Other","currency":"EUR"}`).text("id")
	c.ws = "/v1/workspaces/" + c.do(201, "POST", "/v1/workspaces", `{"name":"Shop","currency":"EUR"}`).text("id")
	campaign := c.do(201, "POST", "campaigns", `{"name":"Summer"}`).text("id")
	pam := c.do(201, "POST", "influencers", `{"name":"Pam"}`).text("id")
	cooperation := c.do(201, "POST", "cooperations", fmt.Sprintf(`{"campaign":%q,"influencer":%q}`, campaign, pam)).text("cooperation", "id")
	sheet := c.upload("Influencer,Platform,Campaign\nIda,Instagram,Sale\n", `{}`)
	plan := "imports/plans/" + sheet.text("id")
	before := c.raw("GET", "changes?limit=1000", "").Body.String()

	const head = `"1"`
	deep := strings.Repeat(`{"a":`, 5_000) + "1" + strings.Repeat("}", 5_000)
	for _, test := range []struct {
		name, method, path, body string
		status                   int
		fields                   []string
		headers                  []string
	}{
		// Bodies.
		{"no body", "POST", "campaigns", ``, 422, []string{""}, nil},
		{"no JSON", "POST", "campaigns", `{"name":`, 422, []string{""}, nil},
		{"a list", "POST", "campaigns", `[]`, 422, []string{""}, nil},
		{"null", "POST", "campaigns", `null`, 422, []string{""}, nil},
		{"a text", "POST", "campaigns", `"Summer"`, 422, []string{""}, nil},
		{"two values", "POST", "campaigns", `{"name":"A"}{"name":"B"}`, 422, []string{""}, nil},
		{"invalid UTF-8", "POST", "campaigns", "{\"name\":\"\xff\"}", 422, []string{""}, nil},
		{"an unknown field", "POST", "campaigns", `{"name":"A","colour":"red"}`, 422, []string{"colour"}, nil},
		{"a field in other case", "POST", "campaigns", `{"Name":"A"}`, 422, []string{"Name"}, nil},
		{"a field twice", "POST", "campaigns", `{"name":"A","name":"B"}`, 422, []string{"name"}, nil},
		{"half a character", "POST", "campaigns", `{"name":"\ud800"}`, 422, []string{"name"}, nil},
		{"very deep", "POST", "campaigns", `{"name":` + deep + `}`, 422, []string{"name"}, nil},
		{"very deep in an unknown field", "POST", "campaigns", `{"nom":` + deep + `}`, 422, []string{"nom"}, nil},
		{"a number for a text", "POST", "campaigns", `{"name":5}`, 422, []string{"name"}, nil},
		{"no name", "POST", "campaigns", `{}`, 422, []string{"name"}, nil},
		{"a blank name", "POST", "campaigns", `{"name":"  "}`, 422, []string{"name"}, nil},
		{"too long a name", "POST", "campaigns", `{"name":"` + strings.Repeat("x", 300) + `"}`, 422, []string{"name"}, nil},
		{"a taken name", "POST", "campaigns", `{"name":"sUMMER"}`, 409, []string{"name"}, nil},
		{"a float amount", "POST", "campaigns", `{"name":"A","budget":12.5}`, 422, []string{"budget"}, nil},
		{"a float in an amount", "POST", "campaigns", `{"name":"A","budget":{"amount":12.5,"currency":"EUR"}}`, 422, []string{"budget"}, nil},
		{"a comma in an amount", "POST", "campaigns", `{"name":"A","budget":{"amount":"1.234,50","currency":"EUR"}}`,
			422, []string{"budget"}, nil},
		{"no such currency", "POST", "campaigns", `{"name":"A","budget":{"amount":"1","currency":"XXX"}}`, 422, []string{"budget"}, nil},
		{"another currency", "POST", "campaigns", `{"name":"A","budget":{"amount":"1","currency":"USD"}}`, 422, []string{"budget"}, nil},
		{"a negative budget", "POST", "campaigns", `{"name":"A","budget":{"amount":"-1","currency":"EUR"}}`, 422, []string{"budget"}, nil},
		{"no such day", "POST", "campaigns", `{"name":"A","period":{"start":"2026-02-30"}}`, 422, []string{"period.start"}, nil},
		{"a day in words", "POST", "campaigns", `{"name":"A","period":{"start":"June"}}`, 422, []string{"period.start"}, nil},
		{"an end before the start", "POST", "campaigns",
			`{"name":"A","period":{"start":"2026-06-02","end":"2026-06-01"}}`, 422, []string{"period.end"}, nil},
		{"too long", "POST", "campaigns", `{"notes":"` + strings.Repeat("x", web.DefaultMaxBody) + `"}`, 413, nil, nil},
		{"two wrong fields", "POST", "cooperations", `{"cost":1,"period":{"start":"June"}}`, 422, []string{"cost", "period.start"}, nil},
		{"nothing that is needed", "POST", "cooperations", `{}`, 422, []string{"campaign", "influencer"}, nil},
		{"no such campaign", "POST", "cooperations", fmt.Sprintf(`{"campaign":%q,"influencer":%q}`, stranger, pam), 422,
			[]string{"campaign"}, nil},
		{"no such status", "POST", "cooperations", fmt.Sprintf(`{"campaign":%q,"influencer":%q,"status":"Signed"}`,
			campaign, pam), 422, []string{"status"}, nil},
		{"a rule that is too short", "POST", "cooperations",
			fmt.Sprintf(`{"campaign":%q,"influencer":%q,"rules":[{"match":"contains","pattern":"x"}]}`, campaign, pam),
			422, []string{"rules[0].pattern"}, nil},
		{"no such match", "POST", "cooperations",
			fmt.Sprintf(`{"campaign":%q,"influencer":%q,"rules":[{"match":"like","pattern":"PAM"}]}`, campaign, pam),
			422, []string{"rules[0].match"}, nil},
		{"a script for a link", "POST", "influencers",
			`{"name":"X","profiles":[{"platform":"web","link":"javascript:alert(1)"}]}`, 422,
			[]string{"profiles[0].link"}, nil},
		{"no mail address", "POST", "influencers", `{"name":"X","email":"x"}`, 422, []string{"email"}, nil},
		{"an id that is taken", "POST", "campaigns", fmt.Sprintf(`{"id":%q,"name":"A"}`, campaign), 409, []string{"id"}, nil},
		{"no such time zone", "POST", "/v1/workspaces", `{"name":"X","currency":"EUR","time_zone":"Mars/Base"}`, 422, []string{"time_zone"}, nil},

		// Versions.
		{"no version", "PATCH", "campaigns/" + campaign, `{"notes":"x"}`, 428, nil, nil},
		{"a stale version", "PATCH", "campaigns/" + campaign, `{"notes":"x"}`, 412, []string{"version"}, []string{"If-Match", `"7"`}},
		{"a weak tag", "PATCH", "campaigns/" + campaign, `{"notes":"x"}`, 412, []string{"If-Match"}, []string{"If-Match", `W/"1"`}},
		{"any version", "PATCH", "campaigns/" + campaign, `{"notes":"x"}`, 412, []string{"If-Match"}, []string{"If-Match", `*`}},
		{"two versions", "PATCH", "campaigns/" + campaign, `{"notes":"x"}`, 412, []string{"If-Match"}, []string{"If-Match", `"1", "2"`}},
		{"a patch of the id", "PATCH", "campaigns/" + campaign, fmt.Sprintf(`{"id":%q}`, stranger), 422, []string{"id"},
			[]string{"If-Match", head}},
		{"a patch of a fixed field", "PATCH", "campaigns/" + campaign, `{"archived_on":"2026-01-01"}`, 422,
			[]string{"archived_on"}, []string{"If-Match", head}},
		{"a patch of nothing", "PATCH", "campaigns/" + stranger, `{}`, 404, []string{"id"}, []string{"If-Match", head}},
		{"a whole record with a fixed field", "PUT", "campaigns/" + campaign,
			`{"name":"A","created_at":"2020-01-01T00:00:00Z"}`, 422, []string{"created_at"},
			[]string{"If-Match", head}},
		{"not ready to be signed", "PATCH", "cooperations/" + cooperation, `{"status":"signed"}`, 422,
			[]string{"period.start", "cost"}, []string{"If-Match", head}},
		{"delete without a version", "DELETE", "campaigns/" + campaign, ``, 428, nil, nil},
		{"delete what others need", "DELETE", "campaigns/" + campaign, ``, 409, []string{""}, []string{"If-Match", head}},
		{"merge into itself", "POST", "influencers/" + pam + "/merge",
			fmt.Sprintf(`{"from":{"kind":"influencer","id":%q}}`, pam), 422, []string{"from"},
			[]string{"If-Match", head}},
		{"merge another kind", "POST", "influencers/" + pam + "/merge",
			fmt.Sprintf(`{"from":{"kind":"campaign","id":%q}}`, campaign), 422, []string{"kind"},
			[]string{"If-Match", head}},

		{"a key where no answers are kept", "POST", "campaigns", `{"name":"A"}`, 422, []string{"Idempotency-Key"},
			[]string{"Idempotency-Key", "k"}},

		// Paths and queries.
		{"no such path", "GET", "/v2/workspaces", ``, 404, []string{"path"}, nil},
		{"no such collection", "GET", "invoices", ``, 404, []string{"path"}, nil},
		{"another method", "POST", "campaigns/" + campaign, `{}`, 405, []string{"path"}, nil},
		{"no id", "GET", "campaigns/7", ``, 422, []string{"id"}, nil},
		{"nothing there", "GET", "campaigns/" + stranger, ``, 404, []string{"id"}, nil},
		{"another kind's id", "GET", "campaigns/" + pam, ``, 404, []string{"id"}, nil},
		{"no such workspace", "GET", "/v1/workspaces/" + stranger + "/campaigns/" + campaign, ``, 404, []string{"id"}, nil},
		{"no workspace", "GET", "/v1/workspaces/7/campaigns", ``, 404, []string{"id"}, nil},
		{"an escaped slash", "GET", "campaigns/..%2f..%2f", ``, 422, []string{"id"}, nil},
		{"a misspelled filter", "GET", "cooperations?status=draft", ``, 422, []string{"status"}, nil},
		{"no such status in a filter", "GET", "cooperations?statuses=done", ``, 422, []string{"statuses"}, nil},
		{"no ids in a filter", "GET", "cooperations?campaigns=summer&size=many", ``, 422, []string{"campaigns", "size"}, nil},
		{"too many values", "GET", "cooperations?platforms=" + strings.Repeat("x&platforms=", 101) + "x", ``, 422, []string{"platforms"}, nil},
		{"too large a page", "GET", "campaigns?size=1001", ``, 422, []string{"size"}, nil},
		{"a negative page", "GET", "campaigns?size=-1", ``, 422, []string{"size"}, nil},
		{"no token", "GET", "campaigns?token=2", ``, 422, []string{"token"}, nil},
		{"no such order", "GET", "campaigns?sort=colour", ``, 422, []string{"sort"}, nil},
		{"no such field", "GET", "campaigns?fields=id,colour", ``, 422, []string{"fields"}, nil},
		{"a broken escape", "GET", "campaigns?text=%zz", ``, 422, []string{"query"}, nil},
		{"a semicolon", "GET", "campaigns?text=a;b", ``, 422, []string{"query"}, nil},
		{"a value twice", "GET", "campaigns?text=a&text=b", ``, 422, []string{"text"}, nil},
		{"dry run in words", "POST", "campaigns?dry_run=yes", `{"name":"A"}`, 422, []string{"dry_run"}, nil},
		{"an unknown format", "GET", "report?format=pdf", ``, 422, []string{"format"}, nil},
		{"a month in words", "GET", "report?from=June", ``, 422, []string{"from"}, nil},
		{"a past that is both", "GET", "report?as_of=1&at=2026-06-01T00:00:00Z", ``, 422, []string{"as_of"}, nil},
		{"a seq to come", "GET", "report?as_of=999999", ``, 422, []string{"seq"}, nil},
		{"a month that has not ended", "GET", "plan-accuracy/2199-01", ``, 422, []string{"month"}, nil},
		{"no such order of fits", "GET", "fits?month=2026-06&order=colour", ``, 422, []string{"order"}, nil},
		{"no such change in what-if", "POST", "what-if", `{"scenarios":[[{"op":"fly"}]]}`, 422, []string{"scenarios[0][0]"}, nil},
		{"too many scenarios", "POST", "what-if", `{"scenarios":[[],[],[],[],[],[],[],[],[],[],[]]}`, 422, []string{"scenarios"}, nil},
		{"no rule at a position", "POST", "conflicts/possible?rule=3", `{}`, 422, []string{"rule"}, nil},
		{"no unit", "POST", "units/7/undo", ``, 422, []string{"unit"}, nil},
		{"no such unit", "POST", "units/" + stranger + "/undo", ``, 404, []string{"unit"}, nil},
		{"a log without an end", "GET", "changes?limit=100000", ``, 422, []string{"limit"}, nil},
		{"bulk of nothing known", "POST", "bulk/status", `{"records":[],"status":"done"}`, 422, []string{"status"}, nil},
		{"bulk of one twice", "POST", "bulk/archive",
			fmt.Sprintf(`{"records":[{"kind":"campaign","id":%[1]q},{"kind":"campaign","id":%[2]q},{"kind":"campaign","id":%[1]q,"version":1}]}`,
				campaign, stranger), 422, []string{"records[2].id"}, nil},
		{"bulk of too many", "POST", "bulk/archive",
			`{"records":[` + strings.Repeat(`{"kind":"campaign","id":"`+stranger+`"},`, 10_000) +
				`{"kind":"campaign","id":"` + stranger + `"}]}`, 422, []string{"records"}, nil},

		// Sheets and tokens.
		{"no such verdict", "GET", plan + "/rows?verdict=done", ``, 422, []string{"verdict"}, nil},
		{"no such format", "GET", plan + "/report?format=pdf", ``, 422, []string{"format"}, nil},
		{"no such part", "GET", plan + "/rows?part=1", ``, 422, []string{"part"}, nil},
		{"another digest", "POST", plan + "/apply?digest=0", ``, 422, []string{"digest"}, nil},
		{"fewer pieces than none", "POST", plan + "/apply?rows_per_unit=-1&digest=" + sheet.text("digest"), ``, 422,
			[]string{"rows_per_unit"}, nil},
		{"no such plan", "GET", "imports/plans/" + stranger, ``, 404, []string{"plan"}, nil},
		{"no such choices", "DELETE", "imports/choices/x", ``, 404, []string{"header_key"}, nil},
		{"a filter of a whole workbook", "GET", "export?table=all&statuses=draft&text=pam", ``, 422, []string{"statuses", "text"}, nil},
		{"a filter of budgets", "GET", "export?table=months&during.start=2026-06-01", ``, 422, []string{"during.start"}, nil},
		{"CSV choices for a workbook", "GET", "export?format=xlsx&comma=%3B&bom=true", ``, 422, []string{"comma", "bom"}, nil},
		{"no such table", "GET", "export?table=people", ``, 422, []string{"table"}, nil},
		{"no upload", "POST", "imports/plans", ``, 415, []string{"body"}, []string{"Content-Type", "text/csv"}},
		{"no JSON", "POST", "campaigns", `{"name":"Sale"}`, 415, []string{"body"}, []string{"Content-Type", "text/plain"}},
		{"no delimiter", "GET", "export?format=csv&comma=x", ``, 422, []string{"comma"}, nil},
		{"a token for too many", "POST", "/v1/tokens", `{"name":"Ada","scope":"read","workspaces":["` + stranger +
			strings.Repeat(`","`+stranger, 100) + `"]}`, 422, []string{"workspaces"}, nil},
		{"a token of no scope", "POST", "/v1/tokens", `{"name":"Ada","scope":"owner"}`, 422, []string{"scope"}, nil},
		{"no picture", "PUT", "influencers/" + pam + "/picture", "GIF89a", 422, []string{"picture"},
			[]string{"If-Match", head, "Content-Type", "image/gif"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := *c
			c.T = t
			c.unknown = slices.Contains(test.fields, "path") || strings.Contains(test.path, "%2f") // not in the document
			a := c.do(test.status, test.method, test.path, test.body, test.headers...)
			var p web.Problem
			if err := json.Unmarshal(a.Body.Bytes(), &p); err != nil {
				t.Fatalf("no problem: %v in %s", err, a.Body)
			}
			if p.Status != test.status || p.Title != http.StatusText(test.status) || p.Detail == "" || p.Code == "" || strings.Contains(a.Body.String(), "goroutine") {
				t.Errorf("got %+v", p)
			}
			var fields []string
			for _, e := range p.Errors {
				fields = append(fields, e.Field)
			}
			if diff := cmp.Diff(test.fields, fields); diff != "" {
				t.Errorf("%s: fields (-want +got):\n%s", p.Detail, diff)
			}
		})
	}
	t.Cleanup(func() {
		if after := c.handlerText("GET", c.ws+"/changes?limit=1000"); after != before {
			t.Errorf("refusals have changed something: %s", after)
		}
		everyCode(t, c.called.codes)
	})
	// A page token belongs to the list, the filter and the workspace that it was made for.
	c.do(201, "POST", other+"/campaigns", `{"name":"Spring"}`)
	c.do(201, "POST", other+"/campaigns", `{"name":"Autumn"}`)
	token := "token=" + c.do(200, "GET", other+"/campaigns?size=1", "").text("next")
	c.do(200, "GET", other+"/campaigns?"+token, "")
	for _, list := range []string{c.ws + "/campaigns?", other + "/members?", other + "/campaigns?text=a&", other + "/campaigns?sort=name&", "/v1/workspaces?"} {
		if p := c.do(422, "GET", list+token, ""); p.text("errors", "0", "code") != "bad_page_token" {
			c.Errorf("%s: %s", list, p.Body)
		}
	}
	// Ids of one workspace are nothing in another one, whatever the position.
	for _, path := range []string{"campaigns/" + campaign, "influencers/" + pam, "cooperations/" + cooperation} {
		c.do(404, "GET", other+"/"+path, "")
		c.do(404, "PATCH", other+"/"+path, `{"notes":"mine"}`, "If-Match", head)
		c.do(404, "DELETE", other+"/"+path, "", "If-Match", head)
		c.do(404, "POST", other+"/"+path+"/archive", "", "If-Match", head)
	}
	c.do(422, "POST", other+"/cooperations", fmt.Sprintf(`{"campaign":%q,"influencer":%q}`, campaign, pam))
}
