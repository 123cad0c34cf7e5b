package conformance

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm/web"
)

// tenant are the ids of the records of a workspace, and texts that nobody outside of it may see.
type tenant struct {
	workspace, member, campaign, influencer, profile, cooperation, unit string
	secrets                                                             []string
}

func newTenant(c *client, word string) tenant {
	t := tenant{secrets: []string{word}}
	t.workspace = c.do(201, "POST", "/v1/workspaces", fmt.Sprintf(`{"name":"%s shop","currency":"EUR"}`, word)).text("id")
	at := "/v1/workspaces/" + t.workspace + "/"
	t.member = c.do(201, "POST", at+"members", fmt.Sprintf(`{"name":"%s member"}`, word)).text("id")
	t.campaign = c.do(201, "POST", at+"campaigns",
		fmt.Sprintf(`{"name":"%s campaign","budget":{"amount":"100","currency":"EUR"}}`, word)).text("id")
	person := c.do(201, "POST", at+"influencers",
		fmt.Sprintf(`{"name":"%[1]s person","profiles":[{"platform":"instagram","handle":"%[1]s_handle"}]}`, word))
	t.influencer, t.profile = person.text("id"), person.text("profiles", "0", "id")
	saved := c.do(201, "POST", at+"cooperations", fmt.Sprintf(`{"campaign":%q,"influencer":%q,"period":{"start":"2026-06-01"},
		"cost":{"amount":"10","currency":"EUR"},"rules":[{"match":"equals","pattern":"%s10"}]}`, t.campaign, t.influencer, word))
	t.cooperation, t.unit = saved.text("cooperation", "id"), saved.text("unit")
	return t
}

// unknown are ids that nothing has.
func (tenant) unknown() tenant {
	return tenant{stranger, stranger, stranger, stranger, stranger, stranger, stranger, nil}
}

// written puts the ids of a tenant in the place of {campaign} and its likes, with those of another one in the place of
// {my.campaign}.
func (t tenant) written(text string, mine tenant) string {
	return strings.NewReplacer(
		"{workspace}", t.workspace, "{member}", t.member, "{campaign}", t.campaign, "{influencer}", t.influencer, "{profile}", t.profile,
		"{cooperation}", t.cooperation, "{unit}", t.unit,
		"{my.campaign}", mine.campaign, "{my.influencer}", mine.influencer, "{my.cooperation}", mine.cooperation,
	).Replace(text)
}

// An id of another workspace is as good as one that nothing has, in whatever place of a body or query it stands: the same answer,
// but for the id itself, and nothing of what the other workspace has.
func TestIDsOfAnotherWorkspace(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	other, mine := newTenant(c, "secretive"), newTenant(c, "mine")
	c.ws = "/v1/workspaces/" + mine.workspace
	const order = `{"id":"1","at":"2026-06-10T12:00:00Z","codes":["SECRETIVE10"]}`
	log := c.raw("GET", "changes?limit=1000", "").Body.String()
	for _, test := range []struct {
		method, path, body string
		status             int
		fields             []string // of the problem, or of the first result
	}{
		// Records that refer to others.
		{"POST", "cooperations", `{"campaign":"{campaign}","influencer":"{my.influencer}"}`, 422, []string{"campaign"}},
		{"POST", "cooperations", `{"campaign":"{my.campaign}","influencer":"{influencer}"}`, 422, []string{"influencer"}},
		{"POST", "cooperations", `{"campaign":"{my.campaign}","influencer":"{my.influencer}","profile":"{profile}"}`, 422, []string{"profile"}},
		{"POST", "cooperations", `{"campaign":"{my.campaign}","influencer":"{my.influencer}","responsible":"{member}"}`,
			422, []string{"responsible"}},
		{"POST", "influencers", `{"name":"X","responsible":"{member}"}`, 422, []string{"responsible"}},
		{"PATCH", "cooperations/{my.cooperation}", `{"campaign":"{campaign}"}`, 422, []string{"campaign"}},
		{"PATCH", "cooperations/{my.cooperation}", `{"influencer":"{influencer}"}`, 422, []string{"influencer"}},
		{"PATCH", "influencers/{my.influencer}", `{"responsible":"{member}"}`, 422, []string{"responsible"}},

		// Bulk changes, with a result for each record.
		{"POST", "bulk/status", `{"status":"signed","records":[{"kind":"cooperation","id":"{cooperation}"}]}`, 200, []string{"id"}},
		{"POST", "bulk/archive", `{"records":[{"kind":"cooperation","id":"{cooperation}"}]}`, 200, []string{"id"}},
		{"POST", "bulk/archive", `{"records":[{"kind":"campaign","id":"{campaign}"}]}`, 200, []string{"id"}},
		{"POST", "bulk/archive", `{"records":[{"kind":"influencer","id":"{influencer}","version":1}]}`, 200, []string{"id"}},
		{"POST", "bulk/archive", `{"records":[{"kind":"member","id":"{member}"}]}`, 200, []string{"id"}},
		{"POST", "bulk/archive", `{"records":[{"kind":"workspace","id":"{workspace}"}]}`, 200, []string{""}},
		{"POST", "bulk/tags", `{"add":["x"],"records":[{"kind":"influencer","id":"{influencer}"}]}`, 200, []string{"id"}},
		{"POST", "bulk/reapply-defaults", `{"records":[{"kind":"cooperation","id":"{cooperation}"}]}`, 200, []string{"id"}},
		{"POST", "influencers/{my.influencer}/merge", `{"from":{"id":"{influencer}","version":1}}`, 404, []string{"id"}},
		{"POST", "units/{unit}/undo", ``, 404, []string{"unit"}},

		// Questions.
		{"POST", "what-if", `{"scenarios":[[{"op":"drop","item":"{cooperation}"}]]}`, 422, []string{"scenarios[0][0]"}},
		{"POST", "what-if", `{"scenarios":[[{"op":"budget","campaign":"{campaign}"}]]}`, 422, []string{"scenarios[0][0]"}},
		{"POST", "what-if", `{"scenarios":[[{"op":"move","item":"{my.cooperation}","campaign":"{campaign}"}]]}`, 422,
			[]string{"scenarios[0][0]"}},
		{"POST", "what-if", `{"scenarios":[[{"op":"add","add":{"id":"x","campaign":"{campaign}","stage":"draft"}}]]}`,
			422, []string{"scenarios[0][0]"}},
		{"GET", "fits?campaign={campaign}", ``, 404, []string{"id"}},
		{"GET", "report?campaigns={campaign}", ``, 200, nil},
		{"POST", "conflicts/check",
			`{"id":"{cooperation}","influencer":"{influencer}","period":{"start":"2026-06-01"},"rules":[{"match":"equals","pattern":"SECRETIVE10"}]}`, 200, nil},
		{"POST", "conflicts/possible",
			`{"id":"{cooperation}","influencer":"{influencer}","period":{"start":"2026-06-01"},"rules":[{"match":"starts_with","pattern":"SECR"}]}`, 200, nil},
		{"POST", "attribution/impact", `{"orders":[` + order + `],"workspace":{"id":"{workspace}"}}`, 422, []string{""}},
		{"POST", "attribution/impact",
			`{"orders":[` + order +
				`],"cooperations":[{"id":"{cooperation}","campaign":"{campaign}","influencer":"{my.influencer}"}]}`, 422,
			[]string{"cooperations[0].campaign"}},
		{"POST", "attribution/impact",
			`{"orders":[` + order +
				`],"cooperations":[{"id":"{cooperation}","campaign":"{my.campaign}","influencer":"{influencer}"}]}`, 422,
			[]string{"cooperations[0].influencer"}},
		{"POST", "attribution/explain", order, 200, nil},
		{"POST", "attribution/back-test?match=equals&pattern=SECRETIVE10&influencer={influencer}", order, 404, []string{"id"}},
		{"POST", "attribution/codes", `{"pattern":"{influencer}10","influencers":["{influencer}"]}`, 200, nil},
		{"POST", "attribution/codes", `{"pattern":"X{n}","influencers":["{influencer}"]}`, 200, nil},
		{"POST", "attribution/codes", `{"pattern":"{n}-{campaign}","campaign":"{campaign}","influencers":["{my.influencer}"]}`, 200, nil},
		{"GET", "attribution/ledger?code=SECRETIVE10", ``, 200, nil},
		{"GET", "cooperations?campaigns={campaign}", ``, 200, nil},
		{"GET", "changes?kind=campaign&id={campaign}", ``, 200, nil},
		{"GET", "changes?unit={unit}", ``, 200, nil},
		{"GET", "influencers/duplicates?of={influencer}", ``, 404, []string{"id"}},
	} {
		t.Run(test.method+" "+test.path+" "+test.body, func(t *testing.T) {
			c := *c
			c.T = t
			var answers []string
			for _, of := range []tenant{other, other.unknown()} {
				// A pattern keeps its placeholders; only the fields with ids have those of the tenant.
				body := of.written(strings.NewReplacer(`"{influencer}10"`, `"{i}10"`, `{n}-{campaign}`, `{n}-{c}`).Replace(test.body), mine)
				body = strings.NewReplacer("{i}", "{influencer}", "{c}", "{campaign}").Replace(body)
				a := c.do(test.status, test.method, of.written(test.path, mine), body, "If-Match", `"1"`)
				text := a.Body.String()
				for _, secret := range other.secrets {
					if strings.Contains(strings.ToLower(text), secret+" ") || strings.Contains(text, secret+"_") {
						t.Errorf("tells of the other workspace: %s", text)
					}
				}
				if diff := cmp.Diff(test.fields, problemFields(a)); diff != "" {
					t.Errorf("fields (-want +got):\n%s\n%s", diff, text)
				}
				for _, id := range []string{other.workspace, other.member, other.campaign, other.influencer, other.profile, other.cooperation, other.unit} {
					text = strings.ReplaceAll(text, id, stranger)
				}
				answers = append(answers, text)
			}
			if diff := cmp.Diff(answers[1], answers[0]); diff != "" {
				t.Errorf("another answer than for an id that nothing has (-nothing +other workspace):\n%s", diff)
			}
		})
	}
	if after := c.raw("GET", "changes?limit=1000", "").Body.String(); after != log {
		t.Errorf("something was changed: %s", after)
	}
}

// problemFields are the fields that a problem names, or the errors of the results of a bulk call.
func problemFields(a answer) (fields []string) {
	var doc struct {
		web.Problem
		Results []struct {
			Errors []web.FieldError `json:"errors"`
		} `json:"results"`
	}
	if json.Unmarshal(a.Body.Bytes(), &doc) != nil {
		return nil
	}
	all := doc.Errors
	for _, r := range doc.Results {
		all = slices.Concat(all, r.Errors)
	}
	for _, e := range all {
		fields = append(fields, e.Field)
	}
	return fields
}
