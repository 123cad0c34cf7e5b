package api_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/examples/server/api"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/storage/sqlite"
	"github.com/getklar/influencercrm/utm"
)

// orderShop is a workspace behind the API.
type orderShop struct {
	testing.TB
	server *httptest.Server
	crm    *crm.Service
	admin  *crm.Admin
	ws     string // the path of the workspace
	pam    string // ids
	emma   string
	summer string
	deal   string // Pam's cooperation in summer, with the code PAM10
}

// newOrderShop is a workspace with Pam, who has a signed cooperation in June, and Emma, who has none.
func newOrderShop(t testing.TB) *orderShop {
	t.Helper()
	file := filepath.Join(t.TempDir(), "crm.db")
	store, err := sqlite.Open(t.Context(), file, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	s := serveOrders(t, crm.New(store, nil), crm.NewAdmin(store, nil))
	s.settle()
	return s
}

func serveOrders(t testing.TB, service *crm.Service, admin *crm.Admin) *orderShop {
	t.Helper()
	a, err := api.New(service, admin, api.Options{})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	return &orderShop{TB: t, server: server, crm: service, admin: admin}
}

// settle makes a workspace and moves into it.
func (s *orderShop) settle() {
	s.Helper()
	s.ws = ""
	s.ws = "/" + s.make("", `{"name":"Shop","currency":"EUR","time_zone":"Europe/Berlin"}`)
	s.pam = s.make("/influencers", `{"name":"Pam","profiles":[{"platform":"instagram","handle":"pam"}]}`)
	s.emma = s.make("/influencers", `{"name":"Emma"}`)
	s.summer = s.make("/campaigns", `{"name":"Summer"}`)
	s.deal = s.sign(s.pam, "PAM10")
}

// sign makes a signed cooperation in June with a code and, for links, its letters.
func (s *orderShop) sign(influencer, code string) string {
	s.Helper()
	return s.make("/cooperations", fmt.Sprintf(`{"campaign":%q,"influencer":%q,"status":"signed",
		"period":{"start":"2026-06-01","end":"2026-06-30"},"cost":{"amount":"500.00","currency":"EUR"},
		"rules":[{"match":"equals","pattern":%q}],"utm":{"source":"instagram","campaign":"summer","term":%q}}`,
		s.summer, influencer, code, strings.ToLower(strings.TrimRight(code, "0123456789X"))))
}

// make creates a record and returns its id.
func (s *orderShop) make(path, body string) string {
	s.Helper()
	var made struct {
		ID          string `json:"id"`
		Cooperation struct {
			ID string `json:"id"`
		} `json:"cooperation"`
	}
	s.read(http.StatusCreated, &made, http.MethodPost, path, body)
	return made.ID + made.Cooperation.ID
}

// answer is what the API answers to a request in the workspace; headers are given in pairs.
func (s *orderShop) answer(method, path, body string, headers ...string) (int, http.Header, string) {
	s.Helper()
	r, err := http.NewRequestWithContext(s.Context(), method, s.server.URL+"/v1/workspaces"+s.ws+path, strings.NewReader(body))
	if err != nil {
		s.Fatal(err)
	}
	for n := 0; n < len(headers); n += 2 {
		r.Header.Set(headers[n], headers[n+1])
	}
	answer, err := s.server.Client().Do(r)
	if err != nil {
		s.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		s.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(text)
}

// read reads an answer that must have a status, without fields that the type does not have.
func (s *orderShop) read(status int, into any, method, path, body string) {
	s.Helper()
	got, _, text := s.answer(method, path, body)
	if got != status {
		s.Fatalf("%s %s: %d %s", method, path, got, text)
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		s.Fatalf("%s %s: %v in %s", method, path, err, text)
	}
}

// problem is the status of an answer and, of a problem, the first field and its code.
func (s *orderShop) problem(method, path, body string, headers ...string) string {
	s.Helper()
	status, header, text := s.answer(method, path, body, headers...)
	var p struct {
		Code   string
		Errors []struct{ Field, Value, Code string }
	}
	if header.Get("Content-Type") != "application/problem+json" {
		return fmt.Sprint(status, " ", text)
	}
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		s.Fatalf("%s: %v", text, err)
	}
	if len(p.Errors) == 0 {
		return fmt.Sprint(status, " ", p.Code)
	}
	return fmt.Sprintf("%d %s %q: %s", status, p.Errors[0].Field, p.Errors[0].Value, p.Errors[0].Code)
}

// order is an order in June, with a code.
func order(id, code string) string {
	return fmt.Sprintf(`{"id":%q,"at":"2026-06-10T12:00:00+02:00","codes":[%q],"amount":{"amount":"100.00","currency":"EUR"}}`, id, code)
}

// attributed is the part of an answer that most tests look at.
type attributed struct {
	Orders, Refunds, Nobody, Unexplained, Ambiguous, Cancelled, Failed int
	ByCode                                                             int `json:"by_code"`
	ByUTM                                                              int `json:"by_utm"`
	LostRefunds                                                        int `json:"lost_refunds"`
	Decisions                                                          []attribution.Decision
	Failures                                                           []struct {
		Line                               int
		Order, Field, Value, Code, Problem string
	}
	Misses, Doubts []struct {
		Finding struct {
			attribution.Finding
			Text string
		}
		Orders int
	}
	Totals []struct {
		Axis  attribution.Axis
		Lines []attribution.Line
	}
}

// samples are the orders of examples/attribution in a workspace with the sample sheet of examples/sheet2plan.
func sampleShop(t *testing.T) (s *orderShop, orders string) {
	t.Helper()
	store := memory.New(nil)
	service, admin := crm.New(store, nil), crm.NewAdmin(store, nil)
	shop, err := admin.CreateWorkspace(t.Context(), crm.Workspace{Name: "Shop", Currency: "EUR", TimeZone: "Europe/Berlin"})
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := os.Open("../../sample/klar-sheet.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer sheet.Close()
	importer := sheetimport.New(service, nil)
	plan, err := importer.Plan(t.Context(), shop.ID, csvfile.New("klar-sheet.csv", sheet, nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := importer.Apply(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../attribution/testdata/orders.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	s = serveOrders(t, service, admin)
	s.ws = "/" + shop.ID.String()
	return s, string(text)
}

// The sample orders come to what examples/attribution prints, in each form of the answer.
func TestAttributionOfSamples(t *testing.T) {
	t.Parallel()
	s, lines := sampleShop(t)
	golden, err := os.ReadFile("../../attribution/testdata/output.txt")
	if err != nil {
		t.Fatal(err)
	}
	list := "[" + strings.Join(strings.Split(strings.TrimSpace(lines), "\n"), ",\n") + "]"
	var whole attributed
	s.read(http.StatusOK, &whole, http.MethodPost, "/attribution/orders?totals=campaign&totals=month", list)
	var out strings.Builder
	fmt.Fprintf(&out, "%d orders: %d by a code, %d by a visit, %d that nobody earned\n", whole.Orders, whole.ByCode, whole.ByUTM, whole.Nobody)
	for _, l := range whole.Totals[0].Lines {
		refunded := "-"
		if len(l.Refunded) > 0 {
			refunded = l.Refunded[0].String()
		}
		ratio, _ := l.RevenuePerCost("EUR")
		fmt.Fprintln(&out, l.Name, l.Orders-l.Cancelled, l.Revenue[0], refunded, l.Costs[0], ratio.StringFixed(4))
	}
	for _, m := range whole.Misses {
		fmt.Fprintf(&out, "%d× %s\n", m.Orders, m.Finding.Text)
		for _, f := range m.Finding.Fixes {
			fmt.Fprintln(&out, f.Field, f.From, f.To)
		}
	}
	fmt.Fprintln(&out, whole.Unexplained, "that nothing explains")
	printed := string(golden)
	for _, line := range strings.Split(strings.TrimSpace(out.String()), "\n") {
		// The program prints names of records, targets, amounts of misses and signs between the parts; the parts are the same.
		if !containsInOrder(printed, strings.Fields(line)) {
			t.Errorf("the program does not print %q:\n%s", line, printed)
		}
	}
	if len(whole.Totals[0].Lines) != 3 || len(whole.Misses) != 2 { // as many as the program prints
		t.Errorf("%d campaigns and %d misses", len(whole.Totals[0].Lines), len(whole.Misses))
	}
	if len(whole.Decisions) != 12 || whole.Decisions[0].Order != "1001" || whole.Decisions[2].RefundOf != "1002" || whole.Refunds != 1 {
		t.Errorf("decisions %+v", whole.Decisions)
	}

	var other attributed
	s.read(http.StatusOK, &other, http.MethodPost, "/attribution/orders?totals=campaign&totals=month", lines)
	if diff := cmp.Diff(whole, other, sameMoney, sameDates, sameUTM); diff != "" {
		t.Errorf("JSON lines come to something else (-list +lines):\n%s", diff)
	}
	status, header, text := s.answer(http.MethodPost, "/attribution/orders?totals=campaign&totals=month", lines,
		"Accept", "application/x-ndjson")
	if status != http.StatusOK || header.Get("Content-Type") != "application/x-ndjson" {
		t.Fatalf("%d %v", status, header)
	}
	var streamed attributed
	scanner := bufio.NewScanner(strings.NewReader(text))
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		var line struct {
			Decision *attribution.Decision
			Results  *attributed
		}
		if err := json.Unmarshal(scanner.Bytes(), &line); err != nil {
			t.Fatalf("%s: %v", scanner.Text(), err)
		}
		if line.Decision != nil {
			streamed.Decisions = append(streamed.Decisions, *line.Decision)
			continue
		}
		decisions := streamed.Decisions
		streamed = *line.Results
		streamed.Decisions, streamed.Failures = decisions, whole.Failures
	}
	if diff := cmp.Diff(whole, streamed, sameMoney, sameDates, sameUTM); diff != "" {
		t.Errorf("the answer line by line is another one (-whole +lines):\n%s", diff)
	}
}

// containsInOrder reports whether a line of a text has some words, one behind the other.
func containsInOrder(text string, words []string) bool {
	for line := range strings.Lines(text) {
		found := true
		for _, word := range words {
			_, rest, ok := strings.Cut(line, word)
			line, found = rest, found && ok
		}
		if found {
			return true
		}
	}
	return false
}

var (
	sameMoney = cmp.Comparer(func(a, b budget.Money) bool { return a == b })
	sameDates = cmp.Comparer(func(a, b budget.Date) bool { return a == b })
	sameUTM   = cmp.Comparer(func(a, b utm.Params) bool { return a == b })
)

// All formats of orders are read, and what they hold is decided: as many orders and refunds as package orders reads.
func TestAttributionOfExports(t *testing.T) {
	t.Parallel()
	s := newOrderShop(t)
	const dir = "../../../crm/attribution/orders/testdata/"
	for _, test := range []struct {
		file, params, contentType string
		orders, refunds, failed   int
	}{
		{"orders.jsonl", "", "application/x-ndjson", 8, 3, 0},
		{"orders.jsonl", "&format=json", "", 8, 3, 0},
		{"klar.json", "", "application/json", 10, 4, 0},
		{"klar.json", "&format=klar", "application/json", 10, 4, 0},
		{"shopify.csv", "", "text/csv", 13, 2, 1}, // which has one number twice
		{"woocommerce_orders.csv", "&format=woocommerce&zone=Europe/Vienna&net=true", "text/csv; charset=utf-8", 10, 3, 0},
		{"woocommerce_import_export.csv", "&trim_prefixes=pam&trim_suffixes=15", "text/csv", 7, 3, 0},
		{"woocommerce_analytics.csv", "&currency=EUR", "text/csv", 4, 1, 0},
	} {
		body, err := os.ReadFile(dir + test.file)
		if err != nil {
			t.Fatal(err)
		}
		status, _, text := s.answer(http.MethodPost, "/attribution/orders?detail=short"+test.params, string(body),
			"Content-Type", test.contentType)
		var a attributed
		if err := json.Unmarshal([]byte(text), &a); err != nil || status != http.StatusOK {
			t.Fatalf("%s: %d %s", test.file, status, text)
		}
		if a.Orders != test.orders || a.Refunds != test.refunds || a.Failed != test.failed {
			t.Errorf("%s%s: %d orders, %d refunds, %d failed, want %d, %d and %d",
				test.file, test.params, a.Orders, a.Refunds, a.Failed, test.orders, test.refunds, test.failed)
		}
	}
}

// What is wrong with one order is told, and the others count.
func TestAttributionTellsWhatFails(t *testing.T) {
	t.Parallel()
	s := newOrderShop(t)
	body := "[" + strings.Join([]string{
		order("1", "PAM10"), `{"at":"2026-06-10T12:00:00Z"}`, order("2", "PAM15"),
		`{"id":"3","at":"2026-06-10T12:00:00Z","amount":{"amount":12.5,"currency":"EUR"}}`, order("1", "PAM10"),
	}, ",\n") + "]"
	for _, accept := range []string{"application/json", "application/x-ndjson"} {
		status, _, text := s.answer(http.MethodPost, "/attribution/orders", body, "Accept", accept, "Accept-Language", "de")
		if status != http.StatusOK {
			t.Fatalf("%d %s", status, text)
		}
		for _, want := range []string{
			`{"line":2,"element":2,"field":"id","code":"no_id","problem":"`,
			`{"line":4,"element":4,"order":"3","field":"amount.amount","code":"wrong_type","problem":"`,
			`{"order":"1","field":"id","value":"1","code":"order_twice","problem":"eine Bestellung mit dieser Id kam schon; sie wird einmal gutgeschrieben"}`,
			`"orders":2`, `"failed":3`, `"by_code":1`, `"nobody":1`, `"text":"„PAM15“ `,
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %s:\n%s", accept, want, text)
			}
		}
	}
}

func TestAttributionDetail(t *testing.T) {
	t.Parallel()
	s := newOrderShop(t)
	for path, listed := range map[string]int{"": 1, "?detail=full": 1, "?detail=short": 0} {
		var a attributed
		s.read(http.StatusOK, &a, http.MethodPost, "/attribution/orders"+path, "["+order("1", "PAM10")+"]")
		if d := a.Decisions[0]; len(d.Candidates) != listed || d.More != 1-listed || d.Cooperation.String() != s.deal || len(a.Totals) != 0 {
			t.Errorf("%q: %+v", path, a)
		}
	}
	var none attributed
	s.read(http.StatusOK, &none, http.MethodPost, "/attribution/orders", "[]")
	if none.Orders != 0 || none.Decisions == nil || none.Failures == nil || none.Misses == nil || none.Doubts == nil {
		t.Errorf("no orders: %+v", none)
	}
}

// A visit credits an order whose code was meant for somebody else.
func TestAttributionDoubts(t *testing.T) {
	t.Parallel()
	s := newOrderShop(t)
	s.sign(s.emma, "EMMA20")
	var link struct{ Link string }
	s.read(http.StatusOK, &link, http.MethodGet, "/cooperations/"+s.deal+"/link?page=https://shop.example/", "")
	parsed, err := url.Parse(link.Link)
	if err != nil {
		t.Fatal(err)
	}
	query := parsed.Query()
	touch := fmt.Sprintf(`{"id":"1","at":"2026-06-10T12:00:00Z","codes":["EMMA2O"],"touchpoints":[{"utm":{"campaign":%q,"term":%q,"source":%q,"medium":%q}}]}`,
		query.Get("utm_campaign"), query.Get("utm_term"), query.Get("utm_source"), query.Get("utm_medium"))
	var a attributed
	s.read(http.StatusOK, &a, http.MethodPost, "/attribution/orders", touch)
	if a.ByUTM != 1 || len(a.Doubts) != 1 || a.Doubts[0].Finding.Influencer.String() != s.emma || a.Doubts[0].Finding.Text == "" {
		t.Errorf("%+v", a)
	}
	var e struct{ Doubts, Findings []attribution.Finding }
	s.read(http.StatusOK, &e, http.MethodPost, "/attribution/explain", touch)
	if len(e.Doubts) != 1 || len(e.Findings) != 0 {
		t.Errorf("explained: %+v", e)
	}
}

func TestExplainOrder(t *testing.T) {
	t.Parallel()
	s := newOrderShop(t)
	type explained struct {
		Decision attribution.Decision
		Reasons  []string
		Findings []struct {
			attribution.Finding
			Text string
		}
		Names []crm.NamedRef
	}
	var e explained
	s.read(http.StatusOK, &e, http.MethodPost, "/attribution/explain", strings.ReplaceAll(order("1", "PAM10"), ",",
		",\n  ")) // as people write it
	if e.Decision.Cooperation.String() != s.deal || e.Decision.Credit.String() != "100.00 EUR" || len(e.Reasons) != 1 || e.Reasons[0] != "" || len(e.Names) != 3 {
		t.Errorf("credited: %+v", e)
	}
	e = explained{}
	late := strings.Replace(order("1", "PAM10"), "06-10", "07-03", 1)
	s.read(http.StatusOK, &e, http.MethodPost, "/attribution/explain", late)
	if len(e.Findings) != 1 || e.Findings[0].Text != "3 days after the last day of the cooperation" || e.Reasons[0] != e.Findings[0].Text {
		t.Fatalf("too late: %+v", e)
	}
	fix := e.Findings[0].Fixes[0]
	if fix.Record.IDString() != s.deal || fix.Field != "period.end" || fix.To != "2026-07-03" {
		t.Errorf("the fix is %+v", fix)
	}
	// The fix is a merge patch of the record, after which the order is credited.
	status, header, _ := s.answer(http.MethodGet, "/cooperations/"+s.deal, "")
	if status != http.StatusOK {
		t.Fatal(status)
	}
	status, _, text := s.answer(http.MethodPatch, "/cooperations/"+s.deal, `{"period":{"end":"2026-07-03"}}`, "If-Match", header.Get("ETag"))
	if status != http.StatusOK {
		t.Fatal(text)
	}
	e = explained{}
	s.read(http.StatusOK, &e, http.MethodPost, "/attribution/explain", late)
	if e.Decision.Cooperation.String() != s.deal {
		t.Errorf("mended: %+v", e)
	}
}

// Orders are decided by the rules as they are now, or as they were.
func TestAttributionFollowsChanges(t *testing.T) {
	t.Parallel()
	s := newOrderShop(t)
	credited := func(params, code string) string {
		var a attributed
		s.read(http.StatusOK, &a, http.MethodPost, "/attribution/orders"+params, "["+order("1", code)+"]")
		return a.Decisions[0].Cooperation.String()
	}
	if credited("", "EMMA10") != "" || credited("", "PAM10") != s.deal {
		t.Error("before the change")
	}
	var head struct{ Items []crm.Change }
	s.read(http.StatusOK, &head, http.MethodGet, "/changes?newest=true&limit=1", "")
	then := fmt.Sprintf("?as_of=%d", head.Items[0].Seq)
	emma := s.sign(s.emma, "EMMA10")
	if credited("", "EMMA10") != emma || credited("", "PAM10") != s.deal {
		t.Error("after the change")
	}
	if credited(then, "EMMA10") != "" || credited(then, "PAM10") != s.deal {
		t.Error("as of before the change")
	}
	_, header, _ := s.answer(http.MethodGet, "/cooperations/"+emma, "")
	status, _, text := s.answer(http.MethodPatch, "/cooperations/"+emma+"?reason=no", `{"status":"draft"}`, "If-Match", header.Get("ETag"))
	if status != http.StatusOK {
		t.Fatal(text)
	}
	if credited("", "EMMA10") != "" {
		t.Error("a draft earns")
	}
	if got := credited("?at="+url.QueryEscape(head.Items[0].At.Format("2006-01-02T15:04:05.999999Z07:00")), "PAM10"); got != s.deal {
		t.Errorf("at the time of the change: %q", got)
	}
}

// Servers that share a database see each other's changes, and workspaces never see each other's rules.
func TestAttributionOfOtherServersAndWorkspaces(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "crm.db")
	open := func() *orderShop {
		store, err := sqlite.Open(t.Context(), file, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = store.Close() })
		return serveOrders(t, crm.New(store, nil), crm.NewAdmin(store, nil))
	}
	here, there := open(), open()
	here.settle()
	there.ws = here.ws
	credited := func(s *orderShop, code string) string {
		var a attributed
		s.read(http.StatusOK, &a, http.MethodPost, "/attribution/orders", "["+order("1", code)+"]")
		return a.Decisions[0].Cooperation.String()
	}
	if credited(there, "PAM10") != here.deal {
		t.Error("another server does not know the rules")
	}
	for n := range 3 {
		code := fmt.Sprint("EMMA", n, "X")
		if emma := here.sign(here.emma, code); credited(there, code) != emma || credited(here, code) != emma {
			t.Errorf("%s is not known everywhere", code)
		}
	}
	there.settle() // in a workspace of its own, with the same code
	if there.ws == here.ws || credited(there, "PAM10") != there.deal || credited(here, "PAM10") != here.deal || credited(there, "EMMA0X") != "" {
		t.Error("workspaces see each other's rules")
	}
	for _, path := range []string{"/cooperations/" + here.deal + "/link?page=https://shop.example", "/cooperations/" + here.deal + "/qr?page=https://shop.example"} {
		if got := there.problem(http.MethodGet, path, ""); !strings.HasPrefix(got, "404 ") {
			t.Errorf("%s of another workspace: %s", path, got)
		}
	}
	var ledger attribution.Ledger
	there.read(http.StatusOK, &ledger, http.MethodGet, "/attribution/ledger?code=EMMA0X", "")
	if len(ledger.Tenures) != 0 {
		t.Errorf("the ledger of another workspace: %+v", ledger)
	}
}

func TestAttributionOfRules(t *testing.T) {
	t.Parallel()
	s := newOrderShop(t)
	past := "[" + order("1", "PAM10") + "," + order("2", "PAMELA") + "," + strings.Replace(order("3", "PAM10"), "06-10", "07-10", 1) + "]"
	t.Run("impact", func(t *testing.T) {
		_, _, text := s.answer(http.MethodGet, "/cooperations/"+s.deal, "")
		changed := strings.Replace(text, `"match":"equals"`, `"match":"starts_with"`, 1)
		changed = strings.Replace(changed, `"PAM10"`, `"PAM"`, 1)
		fresh := `{"id":"018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f","influencer":"` + s.emma + `","campaign":"` + s.summer + `","status":"signed",
			"period":{"start":"2026-07-01"},"rules":[{"match":"equals","pattern":"PAM10"}]}`
		var impact attribution.Impact
		s.read(http.StatusOK, &impact, http.MethodPost, "/attribution/impact", `{"cooperations":[`+changed+`,`+fresh+`],"orders":`+past+`}`)
		if impact.Orders != 3 || impact.Moved != 2 || len(impact.Moves) != 2 {
			t.Errorf("%+v", impact)
		}
		s.read(http.StatusOK, &impact, http.MethodPost, "/attribution/impact", `{"orders":`+past+`}`)
		if impact.Moved != 0 {
			t.Errorf("nothing changed: %+v", impact)
		}
	})
	t.Run("back-test", func(t *testing.T) {
		var found attribution.BackTest
		s.read(http.StatusOK, &found, http.MethodPost, "/attribution/back-test?match=contains&pattern=PAM&influencer="+s.emma, past)
		if found.Orders != 3 || found.Found != 3 || len(found.Codes) != 3 || !found.Codes[0].Foreign {
			t.Errorf("%+v", found)
		}
	})
	t.Run("ledger", func(t *testing.T) {
		var ledger struct {
			attribution.Ledger
			Names []crm.NamedRef
		}
		s.read(http.StatusOK, &ledger, http.MethodGet, "/attribution/ledger?code=pam10", "")
		if len(ledger.Tenures) != 1 || ledger.Tenures[0].Cooperation.String() != s.deal || len(ledger.Names) != 2 {
			t.Errorf("%+v", ledger)
		}
	})
	t.Run("radar", func(t *testing.T) {
		late := strings.Replace(order("4", "PAM10"), "06-10", "07-20", 1)
		var leaks struct {
			Items []attribution.Leak
			Names []crm.NamedRef
		}
		s.read(http.StatusOK, &leaks, http.MethodPost, "/attribution/radar?min_orders=2", strings.TrimSuffix(past, "]")+","+late+"]")
		if len(leaks.Items) != 1 || leaks.Items[0].Kind != attribution.LateUse || leaks.Items[0].Orders != 2 || len(leaks.Names) != 2 {
			t.Errorf("%+v", leaks)
		}
	})
	t.Run("codes", func(t *testing.T) {
		var codes struct {
			Items []struct{ Influencer, Code, Problem string }
		}
		body := fmt.Sprintf(`{"pattern":"{first_name}{percent}","percent":10,"influencers":[%q,%q]}`, s.emma, s.pam)
		s.read(http.StatusOK, &codes, http.MethodPost, "/attribution/codes", body)
		if c := codes.Items; len(c) != 2 || c[0].Influencer != s.emma || c[0].Code != "EMMA10" || c[1].Code != "" || c[1].Problem == "" {
			t.Errorf("%+v", codes)
		}
	})
}

func TestAttributionOfLinks(t *testing.T) {
	t.Parallel()
	s := newOrderShop(t)
	const page = "https://shop.example/sale?size=m#top"
	var made struct{ Link string }
	s.read(http.StatusOK, &made, http.MethodGet, "/cooperations/"+s.deal+"/link?page="+url.QueryEscape(page), "")
	if !strings.HasPrefix(made.Link, "https://shop.example/sale?size=m&utm_") || !strings.Contains(made.Link, "utm_term=pam") || !strings.HasSuffix(made.Link, "#top") {
		t.Error(made.Link)
	}
	qr := "/cooperations/" + s.deal + "/qr?page=" + url.QueryEscape(page)
	for params, media := range map[string]string{"": "image/svg+xml", "&format=svg": "image/svg+xml", "&format=png": "image/png", "&format=png&size=40": "image/png"} {
		status, header, body := s.answer(http.MethodGet, qr+params, "")
		if status != http.StatusOK || header.Get("Content-Type") != media {
			t.Errorf("%s: %d %v", params, status, header)
		}
		if media == "image/png" {
			if _, err := png.Decode(strings.NewReader(body)); err != nil {
				t.Errorf("%s: %v", params, err)
			}
		} else if !strings.Contains(body, "utm_term=pam") {
			t.Errorf("%s has not the link as its title: %.200s", params, body)
		}
	}
	type check struct {
		Link, Verdict, Text string
		For                 crm.CooperationID
		Decision            attribution.Decision
		Findings            []attribution.Finding
		Fixes               []attribution.Fix
	}
	var one check
	wrong := strings.Replace(made.Link, "utm_term=pam", "utm_term=pan", 1)
	s.read(http.StatusOK, &one, http.MethodPost, "/cooperations/"+s.deal+"/link/check", fmt.Sprintf(`{"link":%q,"on":"2026-06-10"}`, wrong))
	if diff := cmp.Diff([]attribution.Fix{{Field: "utm.term", From: "pan", To: "pam"}}, one.Fixes); diff != "" {
		t.Errorf("%+v, fixes (-want +got):\n%s", one, diff)
	}
	if one.Link != wrong || one.For.String() != s.deal || one.Verdict != "nobody" || one.Text == "" {
		t.Errorf("%+v", one)
	}
	var all struct{ Items []check }
	s.read(http.StatusOK, &all, http.MethodPost, "/attribution/links/check",
		fmt.Sprintf(`{"links":[%q,%q,"none"],"on":"2026-06-10"}`, made.Link, wrong))
	if len(all.Items) != 3 || all.Items[0].Decision.Cooperation.String() != s.deal || all.Items[0].Verdict != "credits" || !all.Items[1].Decision.Cooperation.IsZero() || len(all.Items[1].Findings) == 0 {
		t.Errorf("%+v", all)
	}
	s.read(http.StatusOK, &all, http.MethodPost, "/attribution/links/check", `{"links":[]}`)
	if len(all.Items) != 0 {
		t.Errorf("no links: %+v", all)
	}
}

// Bad requests are told by field, value and code.
func TestAttributionRefuses(t *testing.T) {
	t.Parallel()
	s := newOrderShop(t)
	const nobody = "018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f"
	many := func(n int) string {
		var b bytes.Buffer
		for id := range n {
			fmt.Fprintf(&b, `{"id":"%d","at":"2026-06-10T12:00:00Z"}`+"\n", id)
		}
		return b.String()
	}
	links := strings.Repeat(`"x",`, attribution.MaxLinks) + `"x"`
	one := order("1", "PAM10")
	for _, test := range []struct{ method, path, body, want string }{
		{"POST", "/attribution/orders?format=xml", one, `422 format "xml": unknown_format`},
		{"POST", "/attribution/orders", "<orders/>", `422  "": unknown_format`},
		{"POST", "/attribution/orders", "", `422  "": no_orders`},
		{"POST", "/attribution/orders", "[" + one, `422  "": cut_off`},
		{"POST", "/attribution/orders", `[{"at":"2026-06-10T12:00:00Z"}]`, `422 id "": no_id`},
		{"POST", "/attribution/orders", `[{"id":"1"}]`, `422 at "": no_time`},
		{"POST", "/attribution/orders", strings.Replace(one, `"100.00"`, "100.00", 1), `422 amount.amount "": wrong_type`},
		{"POST", "/attribution/orders", strings.Replace(one, "EUR", "Euro", 1), `422 amount.currency "Euro": unknown_currency`},
		{"POST", "/attribution/orders", strings.Replace(one, `"id"`, `"email"`, 1), `422 email "": unknown_field`},
		{"POST", "/attribution/orders", many(10_001), `422 orders "": too_many_orders`},
		{"POST", "/attribution/orders", many(10_001) + strings.Repeat(" ", 33<<20), `422 orders "": too_many_orders`},
		{"POST", "/attribution/orders", strings.Repeat(" ", 33<<20) + one, `413 body_too_long`},
		{"POST", "/attribution/orders?detail=all", one, `422 detail "all": unknown_detail`},
		{"POST", "/attribution/orders?totals=day", one, `422 totals "day": unknown_axis`},
		{"POST", "/attribution/orders?zone=Berlin", one, `422 zone "Berlin": no_time_zone`},
		{"POST", "/attribution/orders?currency=euro", one, `422 currency "euro": unknown_currency`},
		{"POST", "/attribution/orders?net=yes", one, `422 net "yes": wrong_type`},
		{"POST", "/attribution/orders?of=x", one, `422 of "x": unknown_field`},
		{"POST", "/attribution/orders?as_of=1&at=2026-06-01T12:00:00Z", one, `422 as_of "1": invalid`},
		{"POST", "/attribution/orders?as_of=1000000", one, `422 seq "1000000": not_in_log`},
		{"POST", "/attribution/orders?at=2001-01-01T00:00:00Z", one, `422 at "2001-01-01T00:00:00Z": before_first_change`},

		{"POST", "/attribution/explain", "", `422  "": not_one_order`},
		{"POST", "/attribution/explain", one + "," + one, `422  "": not_one_order`},
		{"POST", "/attribution/explain", "[" + one + "]", `422  "[": not_json`},
		{"POST", "/attribution/explain", `{"id":"1","at":"yesterday"}`, `422 at "yesterday": not_a_time`},
		{"POST", "/attribution/explain?at=soon", one, `422 at "soon": wrong_type`},

		{"POST", "/attribution/impact", "[]", `422  "[]": wrong_type`},
		{"POST", "/attribution/impact", "{}", `422 orders "": parameter_missing`},
		{"POST", "/attribution/impact", `{"orders":[{"id":"1","at":"soon"}]}`, `422 at "soon": not_a_time`},
		{"POST", "/attribution/impact", `{"orders":[` + one + `],"cooperations":[{"name":"x"}]}`, `422 cooperations[0].id "": id_missing`},
		{"POST", "/attribution/impact", `{"orders":[` + one + `],"campaigns":[{"name":"x"}]}`, `422 campaigns[0].id "": id_missing`},
		{"POST", "/attribution/impact", `{"orders":[` + one + `],"influencers":[{"name":"x"}]}`, `422 influencers[0].id "": id_missing`},
		{"POST", "/attribution/impact", `{"orders":[` + one + `],"campaigns":[{"id":"` + nobody + `"},{"id":"` + s.pam +
			`"},{"id":"` + nobody + `"}]}`,
			`422 campaigns[2].id "` + nobody + `": record_twice`},
		{"POST", "/attribution/impact", `{"orders":[` + one + `],"workspace":{"id":"` + nobody + `"}}`, `422  "": other_workspace`},
		{"POST", "/attribution/impact", `{"orders":[` + one + `],"cooperations":[{"costs":1}]}`, `422 cooperations[0].costs "1": unknown_field`},

		{"POST", "/attribution/back-test?match=equals&pattern=PAM10", one, `422 influencer "": parameter_missing`},
		{"POST", "/attribution/back-test?match=equals&pattern=PAM10&influencer=" + nobody, one, `404 id "` + nobody + `": not_in_workspace`},
		{"POST", "/attribution/back-test?match=like&pattern=PAM10&influencer=" + s.pam, one, `422 rule.match "like": unknown_match`},
		{"POST", "/attribution/back-test?match=contains&pattern=P&influencer=" + s.pam, one, `422 rule.pattern "P": pattern_too_short`},

		{"GET", "/attribution/ledger", "", `422 code "": parameter_missing`},
		{"POST", "/attribution/radar?limit=1001", one, `422 limit "1001": out_of_range`},
		{"POST", "/attribution/radar?limit=-1", one, `422 limit "-1": out_of_range`},
		{"POST", "/attribution/radar?min_orders=few", one, `422 min_orders "few": not_a_number`},
		{"POST", "/attribution/radar", "x", `422  "": unknown_format`},
		{"POST", "/attribution/codes", `{"pattern":"{name}","influencers":["` + s.pam + `"]}`, `422 pattern "{name}": pattern_placeholder`},
		{"POST", "/attribution/codes", `{"pattern":"X{n}","influencers":["` + strings.Repeat(s.pam+`","`, 200) + s.pam +
			`"]}`, `422 influencers "201": too_many_codes`},
		{"POST", "/attribution/codes", `{"influencers":["` + s.pam + `"]}`, `422 pattern "": parameter_missing`},
		{"POST", "/attribution/codes", `{"pattern":"X{n}"}`, `422 influencers "": parameter_missing`},
		{"POST", "/attribution/codes", `{"pattern":1}`, `422 pattern "1": wrong_type`},

		{"GET", "/cooperations/" + nobody + "/link?page=https://shop.example", "", `404 id "` + nobody + `": not_in_workspace`},
		{"GET", "/cooperations/x/link?page=https://shop.example", "", `422 id "x": not_an_id`},
		{"GET", "/cooperations/" + s.deal + "/link", "", `422 page "": `},
		{"GET", "/cooperations/" + s.deal + "/link?page=ftp://shop.example", "", `422 page "ftp://shop.example": `},
		{"GET", "/cooperations/" + s.deal + "/qr?page=https://shop.example&format=gif", "", `422 format "gif": unknown_picture`},
		{"GET", "/cooperations/" + s.deal + "/qr?page=https://shop.example&format=png&size=41", "", `422 size "41": `},
		{"GET", "/cooperations/" + s.deal + "/qr?page=https://shop.example&format=png&size=-1", "", `422 size "-1": `},
		{"GET", "/cooperations/" + s.deal + "/qr?page=https://shop.example/" + strings.Repeat("x", 2400), "",
			`422 page "https://shop.example/xxx`},
		{"POST", "/cooperations/" + nobody + "/link/check", `{"link":"https://shop.example"}`, `404 id "` + nobody + `": not_in_workspace`},
		{"POST", "/cooperations/" + s.deal + "/link/check", `{"link":7}`, `422 link "7": wrong_type`},
		{"POST", "/attribution/links/check", `{"links":[` + links + `]}`, `422 links "10001": too_many_links`},
		{"POST", "/attribution/links/check", `{"links":["x"],"on":"today"}`, `422 on "today": not_a_date`},
	} {
		if got := s.problem(test.method, test.path, test.body); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s %s %.80s: %s, want %s", test.method, test.path, test.body, got, test.want)
		}
	}
	s.ws = "/" + nobody
	for _, path := range []string{"/attribution/orders", "/attribution/explain", "/attribution/radar"} {
		if got := s.problem(http.MethodPost, path, one); !strings.HasPrefix(got, "404 ") {
			t.Errorf("%s of no workspace: %s", path, got)
		}
	}
}
