package assistant_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/getklar/influencercrm/examples/server/api"
)

// Whatever a tool is given, it answers or refuses by itself: nothing fails on the side of the server.
func FuzzTools(f *testing.F) {
	names := []string{
		"list_workspaces", "where_do_we_stand", "find", "get_record", "list_changes", "explain_order", "list_conflicts", "what_if", "plan_import",
		"draft_cooperation", "propose_change", "apply_proposal", "undo_unit",
	}
	for n, doc := range []string{
		`{"limit":1,"next":"x"}`,
		`{"workspace":"W","on":"2026-06-01","from":"2026-06"}`,
		`{"workspace":"W","kind":"cooperation","text":"é","during":{"start":"2026-06-01"},"statuses":["signed"]}`,
		`{"workspace":"W","kind":"campaign","id":"W"}`,
		`{"workspace":"W","before":9223372036854775807}`,
		`{"workspace":"W","id":"1","at":"2026-06-10T12:00:00Z","codes":["PAM10","pam1"],"touchpoints":[{"utm":{"campaign":"x"}}]}`,
		`{"workspace":"W","severity":"blocking"}`,
		`{"workspace":"W","changes":[{"op":"add","add":{"id":"x","campaign":"y","stage":"draft"}},{"op":"month_budget","month":"2026-06"}]}`,
		`{"workspace":"W","csv":"Influencer,Platform,Posting date,Cost\nPam,tiktok,2026-06-01,1"}`,
		`{"workspace":"W","campaign":"W","influencer":"W","rules":[{"match":"equals","pattern":"X","benefit":{"kind":"percentage","value":"5"}}]}`,
		`{"workspace":"W","steps":[{"op":"create","kind":"influencer","fields":{"name":"x","profiles":[{"platform":"x"},null]}}]}`,
		`{"workspace":"W","proposal":"W","digest":"0"}`,
		`{"workspace":"W","unit":"W","dry_run":true}`,
	} {
		f.Add(byte(n), doc)
	}
	f.Fuzz(func(t *testing.T, n byte, doc string) {
		if !json.Valid([]byte(doc)) {
			return // the SDK refuses it
		}
		s := newShop(t)
		c := s.connect(s.options(api.Write))
		doc = strings.ReplaceAll(doc, `"W"`, `"`+s.ws.ID.String()+`"`)
		result, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: names[int(n)%len(names)], Arguments: json.RawMessage(doc)})
		if err != nil {
			return // arguments that are no object
		}
		if r := read(t, result); strings.HasPrefix(r.Summary, "Failed") {
			t.Errorf("%s", r.text)
		}
	})
}
