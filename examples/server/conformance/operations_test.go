package conformance

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm/web"
)

// Every operation answers as the document says, and no operation is left out.
func TestOperations(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	c.do(200, "GET", "/v1/enumerations", "")
	made := c.do(201, "POST", "/v1/workspaces", `{"name":"Shop","currency":"EUR","time_zone":"Europe/Berlin"}`)
	c.ws = "/v1/workspaces/" + made.text("id")
	workspaces(c)
	r := records(c)
	cooperations(c, r)
	planning(c, r)
	attribution(c, r)
	log(c)
	following(c)
	sheets(c)
	endings(c, r)
	tokens(c)

	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
		} `json:"paths"`
	}
	if err := json.Unmarshal(c.raw("GET", "/openapi.json", "").Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	for path, operations := range doc.Paths {
		pattern := regexp.MustCompile("^" + regexp.MustCompile(`\\\{\w+\\\}`).ReplaceAllString(regexp.QuoteMeta(path), `[^/]+`) + "$")
		for method, o := range operations {
			called := slices.ContainsFunc(c.called.paths(strings.ToUpper(method)), pattern.MatchString)
			if !called {
				t.Errorf("nobody called %s, %s %s", o.OperationID, strings.ToUpper(method), path)
			}
		}
	}
}

// Only the named fields are answered with, and as the whole record has them.
func TestFields(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	c.ws = "/v1/workspaces/" + c.do(201, "POST", "/v1/workspaces", `{"name":"Shop","currency":"EUR"}`).text("id")
	id := c.do(201, "POST", "campaigns", `{"name":"Summer","notes":"with Pam"}`).text("id")
	for path, want := range map[string]string{
		"campaigns/" + id + "?fields=name&fields=version": `{"name":"Summer","version":1}`,
		"campaigns?fields=id,name":                        `{"items":[{"id":"` + id + `","name":"Summer"}]}`,
		"campaigns/" + id + "?fields=archived_on":         `{}`,
	} {
		if diff := cmp.Diff(want+"\n", c.do(200, "GET", path, "").Body.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

// paths are those of the successful calls with a method.
func (c *calls) paths(method string) (all []string) {
	for key, statuses := range c.all {
		if path, ok := strings.CutPrefix(key, method+" "); ok {
			for status := range statuses {
				if status < 400 {
					all = append(all, path)
				}
			}
		}
	}
	return all
}

func workspaces(c *client) {
	c.do(200, "GET", "/v1/workspaces", "")
	ws := c.do(200, "GET", "", "")
	c.do(304, "GET", "", "", "If-None-Match", ws.etag())
	ws = c.do(200, "PATCH", "",
		`{"tail_days":7,"ignored_codes":["WELCOME10"],"month_budgets":{"2026-06":{"amount":"5000","currency":"EUR"}}}`,
		"If-Match", ws.etag())
	c.do(200, "PUT", "",
		`{"name":"Shop & Co","currency":"EUR","time_zone":"Europe/Berlin","tail_days":3,"month_budgets":{"2026-06":{"amount":"5000","currency":"EUR"}}}`,
		"If-Match", ws.etag())
	c.do(200, "GET", "?fields=name,currency", "")
}

// those are the records of a small workspace.
type those struct{ member, campaign, pam, emma, profile, june, july string }

func records(c *client) (r those) {
	member := c.do(201, "POST", "members", `{"name":"Mira","email":"mira@shop.example"}`)
	r.member = member.text("id")
	c.do(200, "PATCH", "members/"+r.member, `{"email":null}`, "If-Match", member.etag())
	c.do(200, "PUT", "members/"+r.member, `{"name":"Mira"}`, "If-Match", `"2"`)
	c.do(200, "GET", "members/"+r.member, "")
	c.do(200, "GET", "members?text=mi&sort=name", "")
	c.do(200, "GET", "members/count", "")
	leaving := c.do(201, "POST", "members", `{"name":"Jon"}`)
	c.do(200, "POST", "members/"+leaving.text("id")+"/archive", "", "If-Match", `"1"`)
	c.do(200, "POST", "members/"+leaving.text("id")+"/restore", "", "If-Match", `"2"`)
	c.do(200, "DELETE", "members/"+leaving.text("id"), "", "If-Match", `"3"`)
	erased := c.do(201, "POST", "members", `{"name":"Eve"}`)
	c.do(200, "POST", "members/"+erased.text("id")+"/erase", "", "If-Match", `"1"`)

	campaign := c.do(201, "POST", "campaigns",
		`{"name":"Summer","budget":{"amount":"5000","currency":"EUR"},"period":{"start":"2026-06-01","end":"2026-06-30"}}`)
	r.campaign = campaign.text("id")
	if tried := c.do(200, "POST", "campaigns?dry_run=true", `{"name":"Winter"}`); tried.etag() != "" {
		c.Errorf("what was not created has the version %s", tried.etag())
	}
	c.do(200, "PATCH", "campaigns/"+r.campaign, `{"notes":"with Pam"}`, "If-Match", campaign.etag())
	c.do(200, "PUT", "campaigns/"+r.campaign,
		`{"name":"Summer","budget":{"amount":"6000","currency":"EUR"},"period":{"start":"2026-06-01","end":"2026-06-30"}}`, "If-Match", `"2"`)
	c.do(200, "GET", "campaigns/"+r.campaign, "")
	c.do(200, "GET", "campaigns?has_amount=true&archive=all", "")
	c.do(200, "GET", "campaigns/count?state=planned", "")

	pam := c.do(201, "POST", "influencers", `{"name":"Pamela","email":"pam@mail.example","phone":"+49 170 1234567","category":"fitness","responsible":"`+r.member+`",
		"tags":["vip"],"custom":{"size":"M"},"profiles":[{"platform":"instagram","handle":"pamela","followers":{"count":100000,"on":"2026-05-01"},
		"rules":[{"match":"equals","pattern":"PAM10"}]}]}`)
	r.pam, r.profile = pam.text("id"), pam.text("profiles", "0", "id")
	c.do(200, "PATCH", "influencers/"+r.pam, `{"notes":"call her"}`, "If-Match", pam.etag())
	c.do(200, "GET", "influencers/"+r.pam, "")
	c.do(200, "GET", "influencers/"+r.pam+"/profiles/"+r.profile+"/followers", "")
	emma := c.do(201, "POST", "influencers", `{"name":"Emma","profiles":[{"platform":"tiktok","handle":"emma"}]}`)
	r.emma = emma.text("id")
	c.do(200, "PUT", "influencers/"+r.emma,
		`{"name":"Emma","profiles":[{"platform":"tiktok","handle":"emma"}],"tags":["new"]}`, "If-Match", emma.etag())
	c.do(200, "GET", "influencers?platforms=instagram&tags=vip&with_names=true", "")
	c.do(200, "GET", "influencers/count", "")
	c.do(200, "GET", "influencers/facets", "")
	double := c.do(201, "POST", "influencers", `{"name":"Pamela R","email":"pam@mail.example"}`)
	c.do(200, "GET", "influencers/duplicates", "")
	c.do(200, "GET", "influencers/duplicates?of="+r.pam, "")
	merge := fmt.Sprintf(`{"from":{"id":%q,"version":1}}`, double.text("id"))
	c.do(200, "POST", "influencers/"+r.pam+"/merge?dry_run=true", merge, "If-Match", `"2"`)
	c.do(200, "POST", "influencers/"+r.pam+"/merge", merge, "If-Match", `"2"`)
	person := c.do(201, "POST", "influencers", `{"name":"Gone"}`)
	c.do(200, "POST", "influencers/"+person.text("id")+"/erase?reason=asked+for+it", "", "If-Match", `"1"`)
	return r
}

func cooperations(c *client, r those) {
	june := c.do(201, "POST", "cooperations", fmt.Sprintf(`{"campaign":%q,"influencer":%q,"profile":%q,"period":{"start":"2026-06-01","end":"2026-06-14"},
		"cost":{"amount":"1200.50","currency":"EUR"},"responsible":%q}`, r.campaign, r.pam, r.profile, r.member))
	r.june = june.text("cooperation", "id")
	c.do(200, "PATCH", "cooperations/"+r.june, `{"status":"signed"}`, "If-Match", june.etag())
	july := c.do(201, "POST", "cooperations", fmt.Sprintf(`{"campaign":%q,"influencer":%q,"status":"negotiating","period":{"start":"2026-06-10"},
		"cost":{"amount":"800","currency":"EUR"},"rules":[{"match":"starts_with","pattern":"PAM"}]}`, r.campaign, r.emma))
	r.july = july.text("cooperation", "id")
	c.do(200, "PUT", "cooperations/"+r.july, fmt.Sprintf(`{"campaign":%q,"influencer":%q,"status":"negotiating","period":{"start":"2026-06-10"},
		"rules":[{"match":"starts_with","pattern":"PAM"}]}`, r.campaign, r.emma), "If-Match", july.etag())
	c.do(200, "GET", "cooperations/"+r.july, "")
	first := c.do(200, "GET", "cooperations?statuses=signed&statuses=negotiating&size=1&with_names=true&fields=id,name,cost", "")
	if link := first.Header().Get("Link"); !strings.HasSuffix(link, `; rel="next"`) {
		c.Errorf("no link to the next page: %q", link)
	} else {
		next, _, _ := strings.Cut(strings.TrimPrefix(link, "<"), ">")
		c.do(200, "GET", next, "")
	}
	c.do(200, "GET", "cooperations?campaigns="+r.campaign+"&during.start=2026-06-01&during.end=2026-06-30", "")
	c.do(200, "GET", "cooperations/count?unassigned=true", "")
	c.do(200, "GET", "cooperations/totals", "")
	c.do(200, "GET", "cooperations/facets", "")
	c.do(200, "GET", "conflicts", "")
	c.do(200, "GET", "conflicts?severity=blocking", "")
	c.do(200, "POST", "conflicts/check",
		fmt.Sprintf(`{"influencer":%q,"period":{"start":"2026-06-01"},"rules":[{"match":"equals","pattern":"PAM10"}]}`, r.emma))
	c.do(200, "POST", "conflicts/possible?rule=0",
		fmt.Sprintf(`{"influencer":%q,"period":{"start":"2026-06-01"},"rules":[{"match":"ends_with","pattern":"X10"}]}`, r.emma))
	c.do(200, "POST", "cooperations/"+r.july+"/cancel?reason=ill", `{"on":"2026-06-05"}`, "If-Match", `"2"`)
	c.do(200, "POST", "cooperations/"+r.july+"/reinstate", "", "If-Match", `"3"`)
	c.do(200, "POST", "cooperations/"+r.july+"/use-defaults", `{"fields":["rules"]}`, "If-Match", `"4"`)
	both := fmt.Sprintf(`"records":[{"kind":"cooperation","id":%q},{"kind":"cooperation","id":%q,"version":1}]`, r.july, r.june)
	c.do(200, "POST", "bulk/status", `{`+both+`,"status":"draft"}`)
	c.do(200, "POST", "bulk/reapply-defaults", `{`+both+`}`)
	top := fmt.Sprintf(`{"records":[{"kind":"influencer","id":%q}],"add":["top"]}`, r.pam)
	c.do(200, "POST", "bulk/tags", top)
	if again := c.do(200, "POST", "bulk/tags", top).Body.String(); strings.Contains(again, `"unit"`) {
		c.Errorf("nothing has changed, and there is a unit to take back: %s", again)
	}
	c.do(200, "POST", "bulk/archive", `{`+both+`}`)
	c.do(200, "POST", "cooperations/"+r.june+"/archive", "", "If-Match", `"2"`)
	c.do(200, "POST", "cooperations/"+r.june+"/restore", "", "If-Match", `"3"`)
	gone := c.do(201, "POST", "cooperations", fmt.Sprintf(`{"campaign":%q,"influencer":%q}`, r.campaign, r.emma))
	c.do(200, "DELETE", "cooperations/"+gone.text("cooperation", "id"), "", "If-Match", `"1"`)
}

func planning(c *client, r those) {
	c.do(200, "GET", "report", "")
	for _, format := range []string{"json", "text", "markdown", "csv", "svg", "xlsx"} {
		c.do(200, "GET", "report?format="+format+"&from=2026-05&to=2026-08", "")
	}
	c.do(200, "GET", "report?as_of=9", "")
	c.do(200, "GET", "report?at=2026-06-01T12:00:00Z", "")
	c.do(200, "GET", "summary", "")
	c.do(200, "GET", "summary?campaigns="+r.campaign, "")
	c.do(200, "POST", "what-if",
		fmt.Sprintf(`{"scenarios":[[{"op":"budget","campaign":%q,"budget":{"amount":"1","currency":"EUR"}}],[]]}`, r.campaign))
	c.do(200, "GET", "fits?campaign="+r.campaign, "")
	c.do(200, "GET", "fits?month=2026-06&order=cheapest", "")
	c.do(200, "GET", "alerts?on=2026-06-01", "")
	c.do(200, "GET", "plan-accuracy/2026-06", "")
}

// following reads the stream of changes until the client goes away.
func following(c *client) {
	ctx, cancel := context.WithTimeout(c.Context(), 200*time.Millisecond)
	defer cancel()
	at := *c
	at.context = ctx
	at.do(200, "GET", "events?after=1", "")
}

func log(c *client) {
	c.do(200, "GET", "changes", "")
	last := c.do(200, "GET", "changes?newest=true&limit=1", "", "Accept-Language", "de")
	c.do(200, "POST", "units/"+last.text("items", "0", "unit")+"/undo", "")
}

// tokens are the operations on who calls.
func tokens(c *client) {
	c.do(200, "GET", "/v1/caller", "")
	id := strings.TrimPrefix(c.ws, "/v1/workspaces/")
	made := c.do(201, "POST", "/v1/tokens", `{"name":"Ada","scope":"read","workspaces":["`+id+`"],"expires_at":"2099-01-01T00:00:00Z"}`)
	c.do(201, "POST", "/v1/tokens", `{"name":"Bo","scope":"admin"}`)
	c.do(422, "POST", "/v1/tokens", `{"name":"Cy","scope":"owner"}`)
	bearer := "Bearer " + made.text("token")
	c.do(200, "GET", "/v1/caller", "", "Authorization", bearer)
	c.do(200, "GET", "/v1/workspaces", "", "Authorization", bearer)
	c.do(403, "POST", "/v1/tokens", `{"name":"Di","scope":"read"}`, "Authorization", bearer)
	c.do(200, "GET", "/v1/tokens?size=1", "")
	c.do(204, "DELETE", "/v1/tokens/"+made.text("id"), "")
	c.do(404, "DELETE", "/v1/tokens/"+made.text("id"), "")
	c.do(401, "GET", "/v1/caller", "", "Authorization", bearer)
}

// endings are the operations after which something is gone.
func endings(c *client, r those) {
	png := "\x89PNG\r\n\x1a\n" // no whole picture
	c.do(422, "PUT", "influencers/"+r.emma+"/picture", png, "If-Match", `"2"`, "Content-Type", "image/png")
	emma := c.do(200, "GET", "influencers/"+r.emma, "")
	shown := c.do(200, "PUT", "influencers/"+r.emma+"/picture", picture(c), "If-Match", emma.etag(), "Content-Type", "image/png")
	pic := c.do(200, "GET", "influencers/"+r.emma+"/picture", "")
	c.do(304, "GET", "influencers/"+r.emma+"/picture", "", "If-None-Match", pic.etag())
	gone := c.do(200, "DELETE", "influencers/"+r.emma+"/picture", "", "If-Match", shown.etag())
	c.do(404, "GET", "influencers/"+r.emma+"/picture", "")
	c.do(200, "POST", "influencers/"+r.emma+"/archive", "", "If-Match", gone.etag())
	restored := c.do(200, "POST", "influencers/"+r.emma+"/restore", "", "If-Match", next(gone.etag()))
	_ = restored
	c.do(409, "DELETE", "influencers/"+r.emma, "", "If-Match", next(next(gone.etag())))
	stranger := c.do(201, "POST", "influencers", `{"name":"Stranger"}`)
	c.do(200, "DELETE", "influencers/"+stranger.text("id"), "", "If-Match", `"1"`)

	clone := c.do(201, "POST", "campaigns/"+r.campaign+"/clone", `{"name":"Summer again","days":365}`)
	again := clone.text("campaign", "id")
	c.do(200, "POST", "campaigns/"+again+"/archive", "", "If-Match", `"1"`)
	c.do(200, "POST", "campaigns/"+again+"/restore", "", "If-Match", `"2"`)
	c.do(200, "DELETE", "campaigns/"+again, "", "If-Match", `"3"`)
	other := c.do(201, "POST", "/v1/workspaces", `{"name":"Other","currency":"USD"}`)
	c.do(201, "POST", "/v1/workspaces/"+other.text("id")+"/members", `{"name":"Ada"}`)
	would := c.do(200, "DELETE", "/v1/workspaces/"+other.text("id")+"?dry_run=true", "", "If-Match", other.etag()).Body.String()
	if diff := cmp.Diff(`{"members":1,"campaigns":0,"influencers":0,"cooperations":0,"import_runs":0,"changes":2}`+"\n", would); diff != "" {
		c.Errorf("what would go (-want +got):\n%s", diff)
	}
	c.do(428, "DELETE", "/v1/workspaces/"+other.text("id"), "")
	c.do(412, "DELETE", "/v1/workspaces/"+other.text("id"), "", "If-Match", `"7"`)
	c.do(204, "DELETE", "/v1/workspaces/"+other.text("id"), "", "If-Match", other.etag())
	var p web.Problem
	gonews := c.do(404, "GET", "/v1/workspaces/"+other.text("id"), "")
	if err := json.Unmarshal(gonews.Body.Bytes(), &p); err != nil || p.Status != 404 {
		c.Errorf("%v: %s", err, gonews.Body)
	}
}

// next is the ETag of the next version.
func next(etag string) string {
	var n int
	if _, err := fmt.Sscanf(etag, `"%d"`, &n); err != nil {
		panic(err)
	}
	return fmt.Sprintf(`"%d"`, n+1)
}
