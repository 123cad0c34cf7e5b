package api

import (
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/webhook"
)

// bodies are JSON bodies of operations, each with all that it needs. The letters stand for ids of records.
var bodies = map[string]string{
	"createWorkspace":  `{"name":"South","currency":"EUR"}`,
	"patchWorkspace":   `{"tail_days":3}`,
	"replaceWorkspace": `{"name":"North","currency":"EUR","time_zone":"Europe/Berlin"}`,

	"createMember":  `{"name":"Mira"}`,
	"patchMember":   `{"email":"mira@shop.example"}`,
	"replaceMember": `{"name":"Mira"}`,

	"createCampaign":  `{"name":"Winter","period":{"start":"2026-01-01"}}`,
	"patchCampaign":   `{"notes":"x"}`,
	"replaceCampaign": `{"name":"Summer"}`,
	"cloneCampaign":   `{"name":"Next"}`,

	"createInfluencer": `{"name":"Pam","profiles":[{"platform":"tiktok","followers":{"count":5},
		"rules":[{"match":"equals","pattern":"PAM10","benefit":{"kind":"free_shipping"}}]}]}`,
	"patchInfluencer":   `{"profiles":[{"platform":"tiktok","rules":[{"match":"equals","pattern":"PAM10"}]}]}`,
	"replaceInfluencer": `{"name":"Pam","tags":["x"]}`,
	"mergeInfluencers":  `{"from":{"id":"OTHER","version":1}}`,

	"createCooperation":  `{"campaign":"CAMPAIGN","influencer":"INFLUENCER","rules":[{"match":"equals","pattern":"PAM10"}]}`,
	"patchCooperation":   `{"rules":[{"match":"equals","pattern":"PAM10"}]}`,
	"replaceCooperation": `{"campaign":"CAMPAIGN","influencer":"INFLUENCER"}`,
	"cancelCooperation":  `{"reason":"ill"}`,
	"useDefaults":        `{"fields":["rules"]}`,

	"archiveAll":      `{"records":[{"kind":"member","id":"MEMBER"}]}`,
	"setStatuses":     `{"records":[{"kind":"cooperation","id":"COOPERATION"}],"status":"negotiating"}`,
	"tagAll":          `{"records":[{"kind":"influencer","id":"INFLUENCER"}],"add":["x"],"remove":["y"]}`,
	"reapplyDefaults": `{"records":[{"kind":"cooperation","id":"COOPERATION"}]}`,

	"whatIf":            `{"scenarios":[[{"op":"add","add":{"id":"new","campaign":"CAMPAIGN","stage":"draft","cancellation":{"on":"2026-01-01"}}}]]}`,
	"checkConflicts":    `{"influencer":"INFLUENCER","rules":[{"match":"equals","pattern":"PAM10"}]}`,
	"possibleConflicts": `{"influencer":"INFLUENCER","rules":[{"match":"equals","pattern":"PAM10"}]}`,

	"attributeOrders": `[{"id":"1","at":"2026-01-01T00:00:00Z","touchpoints":[{"utm":{"term":"x"}}]}]`,
	"backTest":        ``, // it reads orders as attributeOrders does, and so does findLeaks
	"findLeaks":       ``,
	"explainOrder":    `{"id":"1","at":"2026-01-01T00:00:00Z"}`,
	"getImpact": `{"orders":[{"id":"1","at":"2026-01-01T00:00:00Z"}],
		"cooperations":[{"id":"COOPERATION","campaign":"CAMPAIGN","influencer":"INFLUENCER"}]}`,
	"proposeCodes": `{"influencers":["INFLUENCER"],"pattern":"{influencer}10"}`,
	"checkLink":    `{"link":"https://shop.example/"}`,
	"checkLinks":   `{"links":["https://shop.example/"]}`,

	"createToken":   `{"name":"x","scope":"read"}`,
	"createWebhook": `{"url":"http://127.0.0.1:1/"}`,
	"patchWebhook":  ``, // it needs nothing
	"planImport":    `{"mapping":[{"header":"Amount","field":"cost"}],"values":[{"field":"status","value":"ok","meaning":"signed"}]}`,
}

// needed are the fields that a request needs and that its schema does not require, because they need not be there in all
// requests: see the descriptions of the operations.
var needed = map[string][]string{
	"replaceWorkspace":  {"time_zone"},           // a new one has a zone without it
	"cloneCampaign":     {"name"},                // or the month
	"whatIf":            {"add"},                 // for this op
	"checkConflicts":    {"influencer"},          // of a cooperation that may be unfinished
	"possibleConflicts": {"influencer", "rules"}, // of which one is meant
	"getImpact":         {"id"},                  // by which the answer names the cooperation
}

// A field is required in the document if a request without it is refused, and only then.
func TestRequired(t *testing.T) {
	t.Parallel()
	p := newProcess(t, filepath.Join(t.TempDir(), "crm.db"), setup{})
	admin := crm.NewAdmin(p.db.Store, nil)
	a, err := New(p.service, admin, Options{
		Imports: p.sheets, State: p.db.State, TempDir: t.TempDir(), Logger: slog.New(slog.DiscardHandler),
		Tokens:   access.NewTokens(p.db.State, p.service),
		Webhooks: webhook.New(p.db.State, p.service, admin, webhook.Options{Private: true}),
	})
	if err != nil {
		t.Fatal(err)
	}
	p.api = a
	records, ids := p.records()
	var doc described
	if err := json.Unmarshal([]byte(p.send("GET", "/openapi.json", "", nil).body), &doc); err != nil {
		t.Fatal(err)
	}
	for _, o := range a.Operations() {
		if o.Body == nil || o.Body.Type == nil {
			continue
		}
		text, known := bodies[o.ID]
		if !known {
			t.Errorf("no body of %s", o.ID)
		}
		if text == "" {
			continue
		}
		path := strings.NewReplacer("{workspace}", p.ws.String(), "{id}", ids[kindOf(o.Path)]).Replace(o.Path)
		content := doc.Paths[o.Path][strings.ToLower(o.Method)].RequestBody.Content["application/json"]
		var body any
		if err := json.Unmarshal([]byte(records.Replace(text)), &body); err != nil {
			t.Fatal(err)
		}
		refused := func() string {
			doc, err := json.Marshal(body)
			if err != nil {
				t.Fatal(err)
			}
			return p.refused(o, path, string(doc))
		}
		if told := refused(); told != "" {
			t.Errorf("%s: %s is refused: %s", o.ID, text, told)
			continue
		}
		doc.each(content.Schema, body, func(s schemaOf, object map[string]any) {
			for _, name := range slices.Sorted(maps.Keys(object)) {
				value := object[name]
				delete(object, name)
				if told := refused(); (told != "") != slices.Contains(append(needed[o.ID], s.Required...), name) {
					t.Errorf("%s: %s is in %v: without it the answer is %s", o.ID, name, s.Required, told)
				}
				object[name] = value
			}
			for _, name := range s.Required {
				if _, given := object[name]; !given {
					t.Errorf("%s: %s is required, and a request without it is not refused", o.ID, name)
				}
			}
		})
	}
}

// described is what a document says of bodies.
type described struct {
	Paths map[string]map[string]struct {
		RequestBody struct {
			Content map[string]struct{ Schema schemaOf }
		}
	}
	Components struct{ Schemas map[string]schemaOf }
}

type schemaOf struct {
	Ref        string `json:"$ref"`
	Items      *schemaOf
	AnyOf      []schemaOf
	Properties map[string]schemaOf
	Required   []string
}

// each calls a function with all objects in a value, and with their schemas.
func (d described) each(s schemaOf, value any, do func(schemaOf, map[string]any)) {
	if len(s.AnyOf) > 0 {
		s = s.AnyOf[0]
	}
	if s.Ref != "" {
		s = d.Components.Schemas[strings.TrimPrefix(s.Ref, "#/components/schemas/")]
	}
	switch value := value.(type) {
	case []any:
		for _, one := range value {
			d.each(*s.Items, one, do)
		}
	case map[string]any:
		do(s, value)
		for name, one := range value {
			d.each(s.Properties[name], one, do)
		}
	}
}

// records makes a record of each kind, and returns what puts their ids into a body, and the ids by kind.
func (p *process) records() (*strings.Replacer, map[string]string) {
	p.t.Helper()
	ids := map[string]string{"workspaces": p.ws.String()}
	made := func(path, body string) string {
		var record struct {
			ID          string
			Cooperation struct{ ID string }
		}
		a := p.send("POST", root+"/workspaces/"+p.ws.String()+path, body, nil).is(http.StatusCreated)
		if err := json.Unmarshal([]byte(a.body), &record); err != nil {
			p.t.Fatal(err)
		}
		return record.ID + record.Cooperation.ID
	}
	ids["members"] = made("/members", `{"name":"Jim"}`)
	ids["campaigns"] = made("/campaigns", `{"name":"Summer"}`)
	ids["influencers"] = made("/influencers", `{"name":"Pamela"}`)
	ids["cooperations"] = made("/cooperations", `{"campaign":"`+ids["campaigns"]+`","influencer":"`+ids["influencers"]+`"}`)
	return strings.NewReplacer("MEMBER", ids["members"], "CAMPAIGN", ids["campaigns"], "INFLUENCER", ids["influencers"],
		"COOPERATION", ids["cooperations"], "OTHER", made("/influencers", `{"name":"Emma"}`)), ids
}

// kindOf is the kind of records that a path is about, such as members.
func kindOf(path string) string {
	parts := strings.Split(strings.TrimPrefix(path, inWorkspace+"/"), "/")
	return parts[0]
}

// refused sends a body, tries it only if that can be done, and returns what is wrong with it.
func (p *process) refused(o Operation, path, body string) string {
	p.t.Helper()
	if o.canBeTried() {
		path += "?dry_run=true"
	}
	header := http.Header{"Content-Type": {"application/json"}}
	if o.IfMatch {
		header.Set("If-Match", `"1"`)
	}
	var parts io.Reader = strings.NewReader(body)
	if o.ID == "planImport" {
		header, parts = formOf(p.t, part{"options", "", body}, part{"file", "sheet.csv",
			"Campaign,Influencer,Platform,Posting date,Amount,Status\nSale,Ida,Instagram,2026-06-01,100,ok\n"})
	}
	a := p.sendAll(o.Method, path, parts, header)
	if a.status >= 400 || strings.Contains(a.body, `"errors":[`) || strings.Contains(a.body, `"failures":[{`) {
		return a.body
	}
	return ""
}

// send calls the API without a connection.
func (p *process) send(method, path, body string, header http.Header) answer {
	return p.sendAll(method, path, strings.NewReader(body), header)
}

func (p *process) sendAll(method, path string, body io.Reader, header http.Header) answer {
	r := httptest.NewRequestWithContext(p.t.Context(), method, path, body)
	maps.Copy(r.Header, header)
	w := httptest.NewRecorder()
	p.api.ServeHTTP(w, r)
	return answer{p.t, w.Code, w.Header(), w.Body.String()}
}
