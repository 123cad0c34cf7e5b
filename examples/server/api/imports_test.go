package api

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/state"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/google"
)

const twoRows = "Influencer,Handle,Platform,Campaign,Posting date,Fee\nIda,@ida,Instagram,Sale,2026-06-01,100\nMats,@mats,TikTok,Sale,2026-02-30,200\n"

// The whole way of the sample sheet: plan, rows, apply, report, account, export, undo.
func TestImportOfTheSample(t *testing.T) {
	t.Parallel()
	test := func(t *testing.T, p *process) {
		made := p.upload(part{"file", "klar-sheet.csv", fileOf(t, "../../sample/klar-sheet.csv")})
		plan := read[imports.Plan](made, http.StatusCreated)
		if want := "/v1/workspaces/" + p.ws.String() + "/imports/plans/" + plan.ID.String(); made.header.Get("Location") != want {
			t.Errorf("Location %q, want %q", made.header.Get("Location"), want)
		}
		if n := sum(plan.Counts); n != 252 || plan.Counts[sheetimport.Created] != 240 || plan.Job.State != imports.Planned || len(plan.Columns) == 0 || plan.Source != "klar-sheet.csv" {
			t.Errorf("a plan of %d rows, %d columns, state %s, source %q", n, len(plan.Columns), plan.Job.State, plan.Source)
		}
		rows := map[sheetimport.Verdict]int{}
		p.eachRow(plan, "", func(r sheetimport.PlannedRow) { rows[r.Verdict]++ })
		if diff := cmp.Diff(plan.Counts, rows); diff != "" {
			t.Errorf("pages of rows (-counts +rows):\n%s", diff)
		}
		p.eachRow(plan, "&verdict=rejected", func(r sheetimport.PlannedRow) { rows[r.Verdict]-- })
		if rows[sheetimport.Rejected] != 0 {
			t.Errorf("%d rejected rows are not listed as such", rows[sheetimport.Rejected])
		}

		job := read[imports.Job](p.post(apply(plan, "&wait=true")), http.StatusOK)
		if job.State != imports.Applied || job.Done != job.Total || job.Total == 0 || job.Run.IsZero() || job.Problem != nil {
			t.Errorf("the job: %+v", job)
		}
		if again := read[imports.Job](p.post(apply(plan, "")), http.StatusOK); !cmp.Equal(job, again, cmpopts.IgnoreUnexported(imports.Job{})) {
			t.Errorf("applied again: %+v, want %+v", again, job)
		}
		if got := p.allocated(); got != "486116.12" {
			t.Errorf("the plan says %s, want 486116.12", got)
		}
		run := "/imports/runs/" + job.Run.String()
		if got := read[crm.ImportRun](p.get(run), http.StatusOK); got.ID != job.Run || len(got.Plan) > 0 || got.Counts["created"] != plan.Counts["created"] {
			t.Errorf("the run: %+v", got)
		}
		if all := read[crm.Page[crm.ImportRun]](p.get("/imports/runs?standing=true"), http.StatusOK); len(all.Items) != 1 {
			t.Errorf("%d runs", len(all.Items))
		}
		p.checkAccount(run)
		p.checkExport()
		undone := read[crm.Undone](p.post(run+"/undo?reason=wrong+sheet"), http.StatusOK)
		if len(undone.Deleted) == 0 || p.allocated() != "0.00" {
			t.Errorf("undone %+v, and the plan says %s", undone, p.allocated())
		}
		p.post(run + "/undo").is(http.StatusUnprocessableEntity)
	}
	databases(t, func(t *testing.T, dsn string) { test(t, newProcess(t, dsn, setup{})) })
	t.Run("memory", func(t *testing.T) {
		t.Parallel()
		test(t, newProcess(t, t.TempDir()+"/crm.db", setup{memory: true}))
	})
}

func sum(counts map[sheetimport.Verdict]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

// eachRow calls a function with each row of a plan, page by page.
func (p *process) eachRow(plan imports.Plan, query string, do func(sheetimport.PlannedRow)) {
	p.t.Helper()
	path := "/imports/plans/" + plan.ID.String() + "/rows?size=7" + query
	for {
		a := p.get(path)
		page := read[crm.Page[sheetimport.PlannedRow]](a, http.StatusOK)
		for _, row := range page.Items {
			do(row)
		}
		link, _, _ := strings.Cut(a.header.Get("Link"), ">")
		if path = strings.TrimPrefix(link, "<"); (path == "") != (page.Next == "") {
			p.t.Fatalf("token %q, link %q", page.Next, link)
		}
		if path == "" {
			return
		}
	}
}

// allocated is the total of the budget plan.
func (p *process) allocated() string {
	p.t.Helper()
	report := read[struct {
		Total struct {
			Allocated struct {
				Amount string `json:"amount"`
			} `json:"allocated"`
		} `json:"total"`
	}](p.get("/report?on=2026-11-28"), http.StatusOK)
	return report.Total.Allocated.Amount
}

// checkAccount reads the account of a run in all its forms.
func (p *process) checkAccount(run string) {
	p.t.Helper()
	if plan := read[sheetimport.Plan](p.get(run+"/report?format=json"), http.StatusOK); len(plan.Rows) != 252 {
		p.t.Errorf("an account of %d rows", len(plan.Rows))
	}
	german := http.Header{"Accept-Language": {"de"}}
	if text := p.call("GET", run+"/report?format=text", german, nil).is(http.StatusOK).body; !strings.HasPrefix(text, "klar-sheet.csv: 252 Zeilen\n") {
		p.t.Errorf("the account begins with %.60q", text)
	}
	csv := p.call("GET", run+"/report?format=csv", german, nil).is(http.StatusOK)
	if !strings.HasPrefix(csv.body, "Zeile,") || csv.header.Get("Content-Type") != "text/csv; charset=utf-8" ||
		csv.header.Get("Content-Disposition") != `attachment; filename="import.csv"` {
		p.t.Errorf("the account as CSV: %.60q, %v", csv.body, csv.header)
	}
	if all := read[list1[rowStatus]](p.get(run+"/statuses"), http.StatusOK); len(all.Items) != 252 || !strings.HasPrefix(all.Items[0].Text, "Imported") {
		p.t.Errorf("%d statuses, the first %+v", len(all.Items), all.Items[0])
	}
}

// checkExport exports everything, which imported again changes nothing.
func (p *process) checkExport() {
	p.t.Helper()
	for _, table := range []string{"campaigns", "months"} {
		csv := p.get("/export?table=" + table).is(http.StatusOK)
		if csv.header.Get("Content-Disposition") != `attachment; filename="`+table+`.csv"` {
			p.t.Errorf("%s: %v", table, csv.header)
		}
		p.get("/export?format=json&table=" + table).is(http.StatusOK)
		p.get("/export?format=xlsx&table=" + table).is(http.StatusUnprocessableEntity)
	}
	again := p.plan(p.get("/export?table=campaigns").body)
	if len(again.Budgets) != 1 || again.Budgets[0].Counts[sheetimport.Unchanged] != sum(again.Budgets[0].Counts) {
		p.t.Errorf("the campaigns that were exported are planned as %+v", again.Budgets)
	}
	p.get("/export?table=people").is(http.StatusUnprocessableEntity)
	all := p.get("/export?table=all").is(http.StatusOK)
	if !strings.HasPrefix(all.body, "PK") || all.header.Get("Content-Disposition") != `attachment; filename="all.xlsx"` {
		p.t.Errorf("all: %d bytes, %v", len(all.body), all.header)
	}
	p.get("/export?table=all&format=json").is(http.StatusOK)
	for call, formats := range map[string]string{"table=all&format=csv": "xlsx, json", "table=months&format=pdf": "csv, json", "format=pdf": "csv, xlsx, json"} {
		if body := p.get("/export?" + call).is(http.StatusUnprocessableEntity).body; !strings.Contains(body, "use one of "+formats) {
			p.t.Errorf("%s: %s", call, body)
		}
	}
	csv := p.get("/export").is(http.StatusOK)
	again = p.plan(csv.body)
	if diff := cmp.Diff(map[sheetimport.Verdict]int{sheetimport.Unchanged: sum(again.Counts)}, again.Counts); diff != "" {
		p.t.Errorf("an import of the export (-want +got):\n%s", diff)
	}
	if again.Imported == nil {
		p.t.Error("the plan does not name the import before")
	}
	xlsx := p.get("/export?format=xlsx").is(http.StatusOK)
	if !strings.HasPrefix(xlsx.body, "PK") || xlsx.header.Get("Content-Length") != fmt.Sprint(len(xlsx.body)) {
		p.t.Errorf("a workbook of %d bytes, %v", len(xlsx.body), xlsx.header)
	}
	rows := read[struct {
		Rows int `json:"rows"`
	}](p.get("/export?format=json"), http.StatusOK).Rows
	if rows != sum(again.Counts) {
		p.t.Errorf("an export of %d rows, want %d", rows, sum(again.Counts))
	}
	semicolons := p.get("/export?comma=%3B&bom=true&statuses=draft").is(http.StatusOK).body
	if !strings.HasPrefix(semicolons, "\uFEFF") || !strings.Contains(semicolons, ";Platform;") {
		p.t.Errorf("for Excel: %.80q", semicolons)
	}
	for _, query := range []string{"?format=pdf", "?comma=::", "?comma=x", "?statuses=done", "?nothing=1"} {
		p.get("/export" + query).is(http.StatusUnprocessableEntity)
	}
}

// A workbook comes in like a CSV file, and its tabs by their names.
func TestImportOfAWorkbook(t *testing.T) {
	t.Parallel()
	p := newProcess(t, t.TempDir()+"/crm.db", setup{})
	workbook := fileOf(t, "../../../sheetimport/testdata/writers/openpyxl-3.0.9.xlsx")
	plan := read[imports.Plan](p.upload(part{"options", "", `{"dates":"month","decimals":"point","status":"draft"}`},
		part{"file", `C:\sheets\deals.xlsx`, workbook}), http.StatusCreated)
	if plan.Source != "deals.xlsx" || plan.Counts[sheetimport.Created] == 0 {
		t.Fatalf("%q: %v", plan.Source, plan.Counts)
	}
	read[imports.Job](p.post(apply(plan, "&wait=true")), http.StatusOK)
	drafts := read[count](p.get("/cooperations/count?statuses=draft"), http.StatusOK)
	if drafts.Count != plan.Counts[sheetimport.Created] {
		t.Errorf("%d drafts, want %d", drafts.Count, plan.Counts[sheetimport.Created])
	}
	problem := read[web.Problem](p.upload(part{"options", "", `{"tab":"No such tab"}`},
		part{"file", "deals.xlsx", workbook}), http.StatusUnprocessableEntity)
	if len(problem.Errors) != 1 || problem.Errors[0].Field != "file" || problem.Errors[0].Value != "deals.xlsx" || !strings.Contains(problem.Detail, "No such tab") {
		t.Errorf("a tab that is not there: %+v", problem)
	}
}

// Tables of budgets come in with the sheet, in the same plan.
func TestImportWithBudgets(t *testing.T) {
	t.Parallel()
	p := newProcess(t, t.TempDir()+"/crm.db", setup{})
	plan := read[imports.Plan](p.upload(
		part{"budgets", "campaigns.csv", "Campaign,Budget\nSale,5000\nAutumn,much\n"},
		part{"file", "plan.csv", twoRows},
		part{"budgets", "months.csv", "Month,Budget\n2026-06,900\n"},
	), http.StatusCreated)
	if len(plan.Budgets) != 2 || plan.Budgets[0].Source != "campaigns.csv" || plan.Budgets[1].Of != "months" {
		t.Fatalf("tables %+v", plan.Budgets)
	}
	var said []string
	for n := range 3 {
		p.eachRow(plan, fmt.Sprintf("&part=%d", n),
			func(r sheetimport.PlannedRow) { said = append(said, fmt.Sprintf("%d.%d %s", n, r.Row, r.Verdict)) })
	}
	if diff := cmp.Diff([]string{"0.2 created", "0.3 rejected", "1.2 created", "1.3 rejected", "2.2 updated"}, said); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	read[imports.Job](p.post(apply(plan, "&wait=true")), http.StatusOK)
	all := read[crm.Page[crm.Campaign]](p.get("/campaigns"), http.StatusOK).Items
	if len(all) != 1 || all[0].Budget.String() != "5000.00 EUR" {
		t.Errorf("campaigns %+v", all)
	}

	// In place of the sheet.
	alone := p.upload(part{"file", "campaigns.csv", "Campaign,Budget\nWinter,700\n"})
	plan = read[imports.Plan](alone, http.StatusCreated)
	for _, body := range []string{alone.body, p.get("/imports/plans/" + plan.ID.String() + "/report").is(http.StatusOK).body} {
		if strings.Contains(body, "null") {
			t.Errorf("lists that are null: %s", body)
		}
	}
	read[imports.Job](p.post(apply(plan, "&wait=true&reimport=true")), http.StatusOK)
	if got := read[count](p.get("/campaigns/count"), http.StatusOK).Count; got != 2 {
		t.Errorf("%d campaigns", got)
	}
}

// What a plan says comes in the language of the request.
func TestPlanInGerman(t *testing.T) {
	t.Parallel()
	p := newProcess(t, t.TempDir()+"/crm.db", setup{})
	plan := p.plan(twoRows)
	path := "/imports/plans/" + plan.ID.String()
	for lang, want := range map[string]string{"de-AT": "der Februar 2026 hat keinen Tag 30", "fr": "February 2026 has no day 30"} {
		header := http.Header{"Accept-Language": {lang}}
		for _, more := range []string{"/rows?verdict=rejected", "/report", "/report?format=csv", "/report?format=text"} {
			if got := p.call("GET", path+more, header, nil).is(http.StatusOK).body; !strings.Contains(got, want) {
				t.Errorf("%s in %s: %.400s", more, lang, got)
			}
		}
	}
	if got := p.call("GET", path, http.Header{"Accept-Language": {"de"}}, nil).body; !strings.Contains(got, "Überschrift") {
		t.Errorf("the columns in German: %.400s", got)
	}
}

// What is no upload is refused, with the field that is wrong, and nothing of it is kept.
func TestBadUploads(t *testing.T) {
	t.Parallel()
	p := newProcess(t, t.TempDir()+"/crm.db",
		setup{imports: imports.Options{MaxUpload: 10_000, MaxPlans: 2,
			Google: &google.Options{APIKey: "key", Endpoint: "http://127.0.0.1:1"}}})
	good := part{"file", "plan.csv", twoRows}
	choose := func(options string) []part { return []part{{"options", "", options}, good} }
	for name, test := range map[string]struct {
		parts  []part
		status int
		field  string
		code   string
	}{
		"no file": {nil, 422, "file", "file_missing"},
		"too many tables": {choose(`{"budget_tabs":["x"` + strings.Repeat(`,"x"`, sheetimport.MaxTables) + `]}`),
			422, "budget_tabs", "too_many_tables"},
		"a PDF document":        {[]part{{"file", "plan.pdf", "%PDF-1.7 and so on"}}, 422, "file", "not_csv"},
		"an empty file":         {[]part{{"file", "plan.csv", ""}}, 422, "file", "empty_sheet"},
		"half a workbook":       {[]part{{"file", "plan.xlsx", "PK\x03\x04half"}}, 422, "file", ""},
		"no headers":            {[]part{{"file", "plan.csv", "a,b\n1,2\n"}}, 422, "file", "no_header"},
		"two files":             {[]part{good, good}, 422, "file", "unknown_part"},
		"another part":          {[]part{good, {"sheet", "x.csv", twoRows}}, 422, "sheet", "unknown_part"},
		"options twice":         {append(choose("{}"), part{"options", "", "{}"}), 422, "options", "unknown_part"},
		"options that are none": {choose(`{"dates":`), 422, "", ""},
		"an unknown option":     {choose(`{"colour":"red"}`), 422, "colour", ""},
		"an order of dates":     {choose(`{"dates":"year"}`), 422, "dates", "unknown_date_order"},
		"decimals":              {choose(`{"decimals":"blank"}`), 422, "decimals", "unknown_decimals"},
		"a status":              {choose(`{"status":"done"}`), 422, "status", "unknown_status"},
		"a mapping":             {choose(`{"mapping":[{"header":"Fee","field":"money"}]}`), 422, "mapping[0].field", ""},
		"a file and a link": {choose(`{"link":"https://docs.google.com/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"}`),
			422, "link", "given_beside"},
		"another host":          {[]part{{"options", "", `{"link":"http://169.254.169.254/latest/meta-data"}`}}, 422, "link", ""},
		"budgets that are none": {[]part{good, {"budgets", "b.csv", "Colour\nred\n"}}, 422, "budgets", ""},
		"too large":             {[]part{{"file", "plan.csv", strings.Repeat("x", 10_001)}}, 422, "file", "upload_too_large"},
		"far too large":         {[]part{{"file", "plan.csv", strings.Repeat("x", 10_000+imports.FormOverhead)}}, 413, "", "body_too_long"},
	} {
		t.Run(name, func(t *testing.T) { //nolint:paralleltest // what is kept is counted below
			header, body := formOf(t, test.parts...)
			got := read[web.Problem](p.call("POST", "/imports/plans", header, body), test.status)
			field := ""
			if len(got.Errors) > 0 {
				field = got.Errors[0].Field
			}
			if field != test.field || test.code != "" && got.Code != test.code || got.Detail == "" {
				t.Errorf("%s of %q, want %s of %q: %+v", got.Code, field, test.code, test.field, got)
			}
		})
	}
	header, body := formOf(t, good)
	for media, status := range map[string]int{"": 415, "text/csv": 415, "multipart/mixed; boundary=x": 415, "application/xml": 415, "multipart/form-data": 422} {
		got := read[web.Problem](p.call("POST", "/imports/plans", http.Header{"Content-Type": {media}}, strings.NewReader(twoRows)), status)
		if got.Code != "not_an_upload" {
			t.Errorf("%q: %+v", media, got)
		}
	}
	half, err := io.ReadAll(io.LimitReader(body, 200))
	if err != nil {
		t.Fatal(err)
	}
	if got := read[web.Problem](p.call("POST", "/imports/plans", header, strings.NewReader(string(half))), 422); got.Code != "not_an_upload" {
		t.Errorf("half a form: %+v", got)
	}
	link := http.Header{"Content-Type": {"application/json"}}
	for _, doc := range []string{`{"link":"https://docs.google.com.evil.example/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"}`, `{}`} {
		p.call("POST", "/imports/plans", link, strings.NewReader(doc)).is(422)
	}
	if kept, err := p.db.State.PlanSizes(t.Context(), p.ws.String(), 0); kept != (state.PlanSizes{}) || err != nil {
		t.Errorf("kept %+v, %v", kept, err)
	}
	p.plan(twoRows)
	second := p.plan(twoRows)
	if got := read[web.Problem](p.upload(good), 422); got.Code != "too_many_plans" {
		t.Errorf("one too many: %+v", got)
	}
	p.call("DELETE", "/imports/plans/"+second.ID.String(), nil, nil).is(http.StatusNoContent)
	p.plan(twoRows)
}

// Of many who upload at once, on two processes, as many get a plan as a workspace keeps.
func TestPlansAtOnce(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, dsn string) {
		const most, uploads = 10, 40
		o := setup{imports: imports.Options{MaxPlans: most, AtOnce: uploads}}
		all := []*process{newProcess(t, dsn, o), newProcess(t, dsn, o)}
		var made, refused atomic.Int32
		var together sync.WaitGroup
		for n := range uploads {
			together.Go(func() {
				switch a := all[n%2].upload(part{"file", "plan.csv", twoRows}); {
				case a.status == http.StatusCreated:
					made.Add(1)
				case a.status == http.StatusUnprocessableEntity && strings.Contains(a.body, "too_many_plans"):
					refused.Add(1)
				default:
					t.Errorf("answered %d: %s", a.status, a.body)
				}
			})
		}
		together.Wait()
		kept, err := all[0].db.State.PlanSizes(t.Context(), all[0].ws.String(), 0)
		if made.Load() != most || refused.Load() != uploads-most || kept.Plans != most || err != nil {
			t.Errorf("%d made, %d refused, %d kept, want %d of %d; %v", made.Load(), refused.Load(), kept.Plans, most, uploads, err)
		}
	})
}

// What is kept of a plan are its files and rows, and what it says. When it is applied the files go.
func TestBytesOfPlans(t *testing.T) {
	t.Parallel()
	p := newProcess(t, t.TempDir()+"/crm.db", setup{imports: imports.Options{MaxKept: 1 << 20}})
	kept := func() int64 {
		t.Helper()
		sizes, err := p.db.State.PlanSizes(t.Context(), p.ws.String(), 0)
		if err != nil {
			t.Fatal(err)
		}
		var bytes int64
		for _, query := range []string{
			`SELECT COALESCE(SUM(LENGTH(CAST(english AS BLOB)) + LENGTH(CAST(german AS BLOB))), 0) FROM server_plans`,
			`SELECT COALESCE(SUM(LENGTH(CAST(english AS BLOB)) + LENGTH(CAST(german AS BLOB))), 0) FROM server_plan_rows`,
			`SELECT COALESCE(SUM(LENGTH(bytes)), 0) FROM server_plan_files`,
		} {
			var n int64
			if _, err := p.db.State.Get(t.Context(), "count", &n, query); err != nil {
				t.Fatal(err)
			}
			bytes += n
		}
		if bytes != sizes.Bytes {
			t.Errorf("%d bytes are counted, and %d are there", sizes.Bytes, bytes)
		}
		return bytes
	}
	sheet := fileOf(t, "../../sample/klar-sheet.csv")
	plan := p.plan(sheet)
	before := kept()
	read[imports.Job](p.post(apply(plan, "&wait=true")), http.StatusOK)
	if got := kept(); before-got != int64(len(sheet)) {
		t.Errorf("%d bytes went when the plan was applied, want %d", before-got, len(sheet))
	}
	n := 1
	for a := p.upload(part{"file", "again.csv", sheet}); a.status == http.StatusCreated; a = p.upload(part{"file", "again.csv", sheet}) {
		if n++; n > 20 {
			t.Fatal("20 plans are kept")
		}
	}
	if got := read[web.Problem](p.upload(part{"file", "again.csv", sheet}), 422); got.Code != "too_many_plans" || kept() > 1<<20 {
		t.Errorf("when it is full: %+v, %d bytes", got, kept())
	}
	t.Logf("a sheet of %d bytes is kept in %d", len(sheet), before)
}

// A plan is found in its own workspace only, and says what is wrong with a call about it.
func TestPlansOfOthers(t *testing.T) {
	t.Parallel()
	p := newProcess(t, t.TempDir()+"/crm.db", setup{})
	plan := p.plan(twoRows)
	other, err := crm.NewAdmin(p.db.Store, nil).CreateWorkspace(t.Context(),
		crm.Workspace{Name: "South", Currency: "EUR", TimeZone: "Europe/Berlin"})
	if err != nil {
		t.Fatal(err)
	}
	digest := "?digest=" + plan.Digest
	for _, call := range []string{"GET ", "GET /rows", "GET /report", "GET /events", "POST /apply" + digest, "POST /cancel", "DELETE "} {
		method, path, _ := strings.Cut(call, " ")
		for _, at := range []string{
			root + "/workspaces/" + other.ID.String() + "/imports/plans/" + plan.ID.String() + path,
			root + "/workspaces/" + uuid.NewString() + "/imports/plans/" + plan.ID.String() + path,
			"/imports/plans/" + uuid.NewString() + path,
		} {
			if got := read[web.Problem](p.call(method, at, nil, nil), http.StatusNotFound); got.Code != "no_plan" && got.Code != "no_such_workspace" {
				t.Errorf("%s %s: %+v", method, at, got)
			}
		}
	}
	path := "/imports/plans/" + plan.ID.String()
	for _, query := range []string{"size=1001", "size=-1", "token=x"} { // as in all lists
		got, want := read[web.Problem](p.get(path+"/rows?"+query), 422), read[web.Problem](p.get("/members?"+query), 422)
		if got.Code != want.Code || got.Errors[0].Problem != want.Errors[0].Problem {
			t.Errorf("%s: %+v, and of members %+v", query, got, want)
		}
	}
	for query, field := range map[string]string{
		"/rows?verdict=odd": "verdict", "/rows?token=x": "token", "/rows?token=-1": "token", "/rows?size=1001": "size", "/rows?size=-1": "size",
		"/rows?part=1": "part", "/rows?part=-1": "part", "/report?format=pdf": "format", "/report?verdict=odd": "verdict",
	} {
		if got := read[web.Problem](p.get(path+query), 422); got.Errors[0].Field != field {
			t.Errorf("%s: %+v, want %s", query, got, field)
		}
	}
	for query, field := range map[string]string{
		"": "digest", "?digest=x": "digest", digest + "x": "digest", digest + "&rows_per_unit=-1": "rows_per_unit",
		digest + "&wait=perhaps": "wait",
	} {
		if got := read[web.Problem](p.post(path+"/apply"+query), 422); got.Errors[0].Field != field {
			t.Errorf("apply%s: %+v, want %s", query, got, field)
		}
	}
	p.get("/imports/plans/7").is(422)
}

// Of many who apply one plan, on two processes, one does, and all get its run.
func TestAppliedByMany(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, dsn string) {
		all := []*process{newProcess(t, dsn, setup{}), newProcess(t, dsn, setup{})}
		plan := all[0].plan(fileOf(t, "../../sample/klar-sheet.csv"))
		runs := make([]crm.ImportRunID, 8)
		var together sync.WaitGroup
		for n := range runs {
			together.Go(func() {
				var job imports.Job
				a := all[n%2].post(apply(plan, "&wait=true"))
				if err := json.Unmarshal([]byte(a.body), &job); err != nil || a.status != http.StatusOK {
					t.Errorf("answered %d: %s", a.status, a.body)
				}
				runs[n] = job.Run
			})
		}
		together.Wait()
		for _, run := range runs {
			if run != runs[0] || run.IsZero() {
				t.Errorf("runs %v", runs)
			}
		}
		if kept := read[crm.Page[crm.ImportRun]](all[1].get("/imports/runs"), http.StatusOK); len(kept.Items) != 1 {
			t.Errorf("%d runs", len(kept.Items))
		}
		if got := all[1].allocated(); got != "486116.12" {
			t.Errorf("the plan says %s", got)
		}
	})
}

// A plan that would come out differently now is refused, and comes with the one that takes its place.
func TestOutdatedPlan(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, dsn string) {
		p := newProcess(t, dsn, setup{})
		first, second := p.plan(twoRows), p.plan(twoRows)
		read[imports.Job](p.post(apply(first, "&wait=true")), http.StatusOK)
		problem := read[outdated](p.post(apply(second, "&wait=true")), http.StatusConflict)
		if problem.Code != "plan_outdated" || problem.Fresh == nil || problem.Fresh.Counts[sheetimport.Unchanged] != 1 || problem.Fresh.ID == second.ID {
			t.Fatalf("an outdated plan: %+v", problem)
		}
		job := read[imports.Plan](p.get("/imports/plans/"+second.ID.String()), http.StatusOK).Job
		if job.State != imports.Failed || job.Fresh != problem.Fresh.ID || job.Problem == nil || job.Problem.Status != http.StatusConflict {
			t.Errorf("its job: %+v", job)
		}
		if again := read[web.Problem](p.post(apply(*problem.Fresh, "&wait=true")), http.StatusConflict); again.Code != "imported_already" {
			t.Errorf("a second import that nobody asked for: %+v", again)
		}
		read[imports.Job](p.post(apply(*problem.Fresh, "&wait=true&reimport=true")), http.StatusOK)
	})
}

// held makes a service whose nth unit of work of an import waits until its context ends.
func held(nth int32) (o crm.Options, waits <-chan struct{}) {
	reached := make(chan struct{})
	var n atomic.Int32
	o.Trace = func(ctx context.Context, op crm.Operation) (context.Context, func(error)) {
		if op.Name == "import" && op.Unit != uuid.Nil && n.Add(1) == nth {
			close(reached)
			<-ctx.Done()
		}
		return ctx, func(error) {}
	}
	return o, reached
}

// An import is cancelled in the middle, also by another process: as a whole nothing is written, in pieces the run says what.
func TestCancel(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, dsn string) {
		o, waits := held(1)
		a, b := newProcess(t, dsn, setup{crm: o}), newProcess(t, dsn, setup{})
		plan := a.plan(fileOf(t, "../../sample/klar-sheet.csv"))
		job := read[imports.Job](a.post(apply(plan, "")), http.StatusAccepted)
		if <-waits; job.State != imports.Applying {
			t.Errorf("the job: %+v", job)
		}
		path := "/imports/plans/" + plan.ID.String()
		if got := read[web.Problem](b.call("DELETE", path, nil, nil), http.StatusConflict); got.Code != "plan_being_applied" {
			t.Errorf("a plan under way is removed: %+v", got)
		}
		a.call("DELETE", path, nil, nil).is(http.StatusConflict)
		read[imports.Job](b.post(path+"/cancel"), http.StatusOK)
		job = b.end(plan)
		if job.State != imports.Cancelled || job.Problem.Code != "import_cancelled" || job.Problem.Status != http.StatusConflict ||
			!strings.Contains(job.Problem.Detail, "nothing of it is written") || b.allocated() != "0.00" {
			t.Errorf("%+v, %+v, and the plan says %s", job, job.Problem, b.allocated())
		}
		read[imports.Job](b.post(apply(plan, "&wait=true")), http.StatusOK)
		if got := read[imports.Job](b.post(path+"/cancel"), http.StatusOK); got.State != imports.Applied {
			t.Errorf("cancelled after its end: %+v", got)
		}
	})
}

func TestCancelOfPieces(t *testing.T) {
	t.Parallel()
	o, waits := held(3)
	p := newProcess(t, t.TempDir()+"/crm.db", setup{crm: o})
	plan := p.plan(fileOf(t, "../../sample/klar-sheet.csv"))
	read[imports.Job](p.post(apply(plan, "&rows_per_unit=50")), http.StatusAccepted)
	<-waits
	read[imports.Job](p.post("/imports/plans/"+plan.ID.String()+"/cancel"), http.StatusOK)
	job := p.end(plan)
	if job.State != imports.Cancelled || job.Problem.Code != "import_cancelled" || job.Run.IsZero() || job.Done == 0 || job.Done >= job.Total {
		t.Fatalf("%+v, %+v", job, job.Problem)
	}
	run := "/imports/runs/" + job.Run.String()
	if got := read[crm.ImportRun](p.get(run), http.StatusOK); got.Counts["open"] == 0 {
		t.Errorf("the run: %+v", got)
	}
	if got := read[web.Problem](p.get(run+"/report"), http.StatusNotFound); got.Code != "no_account" {
		t.Errorf("the report of a run that was cancelled: %+v", got)
	}

	// To apply the plan again is refused, and the run is still named; the plan in its place goes on with it.
	fresh := read[outdated](p.post(apply(plan, "&wait=true")), http.StatusConflict).Fresh
	if again := p.end(plan); fresh == nil || again.Run != job.Run || again.Problem.Code != "plan_outdated" {
		t.Fatalf("applied again: %+v, %+v, fresh %v", again, again.Problem, fresh)
	}
	rest := read[imports.Job](p.post(apply(*fresh, "&wait=true")), http.StatusOK)
	if rest.Run != job.Run || p.allocated() != "486116.12" {
		t.Errorf("the rest: %+v, and the plan says %s", rest, p.allocated())
	}
	read[crm.Undone](p.post(run+"/undo"), http.StatusOK)
	if got := p.allocated(); got != "0.00" {
		t.Errorf("undone, the plan says %s", got)
	}
	if last := read[imports.Job](p.post(apply(plan, "&wait=true&rows_per_unit=1000")), http.StatusOK); last.Run == job.Run || last.Run.IsZero() {
		t.Errorf("applied after it was undone: %+v", last)
	}
}

// Of an import whose server was killed between two pieces others know the run, how far it came, and what can be done.
func TestServerThatIsKilled(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, dsn string) {
		o, waits := held(3)
		a := newProcess(t, dsn, setup{crm: o})
		later := func() time.Time { return time.Now().Add(2 * time.Minute) } // to b, a is silent
		b := newProcess(t, dsn, setup{imports: imports.Options{Now: later}})
		plan := a.plan(fileOf(t, "../../sample/klar-sheet.csv"))
		read[imports.Job](a.post(apply(plan, "&rows_per_unit=50")), http.StatusAccepted)
		<-waits
		path := "/imports/plans/" + plan.ID.String()
		job := read[imports.Plan](b.get(path), http.StatusOK).Job
		if job.State != imports.Failed || job.Run.IsZero() || job.Done == 0 || job.Done >= job.Total || job.Problem.Code != "import_broken_off" ||
			!strings.Contains(job.Problem.Detail, "undo the import run") {
			t.Fatalf("%+v, %+v", job, job.Problem)
		}
		problem := read[outdated](b.post(apply(plan, "&wait=true")), http.StatusConflict)
		again := read[imports.Plan](b.get(path), http.StatusOK).Job
		if again.Run != job.Run || problem.Fresh == nil || problem.Code != "plan_outdated" {
			t.Errorf("applied again: %+v, %+v", again, problem)
		}
		read[crm.Undone](b.post("/imports/runs/"+job.Run.String()+"/undo"), http.StatusOK)
		if got := b.allocated(); got != "0.00" {
			t.Errorf("undone, the plan says %s", got)
		}
	})
}

// A plan goes on from a process that is gone to another one, after a minute of silence, and is gone itself after a day.
func TestPlansOutliveProcesses(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, dsn string) {
		var later atomic.Int64
		now := func() time.Time { return time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC).Add(time.Duration(later.Load())) }
		p := newProcess(t, dsn, setup{imports: imports.Options{Now: now}})
		plan := p.plan(twoRows)
		key := p.key(plan)
		if won, err := p.db.State.ClaimPlan(t.Context(), key, "a process that dies", now().UnixMicro(), 0, state.KeepChoices{}); !won || err != nil {
			t.Fatal(won, err)
		}
		path := "/imports/plans/" + plan.ID.String()
		if got := read[imports.Job](p.post(apply(plan, "")), http.StatusAccepted); got.State != imports.Applying {
			t.Errorf("while it is heard of: %+v", got)
		}
		later.Add(int64(2 * time.Minute))
		if got := read[imports.Plan](p.get(path), http.StatusOK).Job; got.State != imports.Failed || got.Problem.Code != "import_broken_off" || got.Problem.Status != 503 {
			t.Errorf("when it is silent: %+v", got)
		}
		if got := read[imports.Job](p.post(apply(plan, "&wait=true")), http.StatusOK); got.State != imports.Applied {
			t.Errorf("applied again: %+v", got)
		}
		p.get(path).is(http.StatusOK)
		later.Add(int64(imports.Lifetime))
		p.get(path).is(http.StatusNotFound)
		p.post(apply(plan, "")).is(http.StatusNotFound)
		if n, err := p.sheets.Expire(t.Context()); n != 1 || err != nil {
			t.Errorf("%d plans have expired, %v", n, err)
		}
	})
}

// end waits for the end of the job of a plan.
func (p *process) end(plan imports.Plan) imports.Job {
	p.t.Helper()
	job, err := p.sheets.End(p.t.Context(), p.ws, imports.Job{Plan: plan.ID})
	if err != nil {
		p.t.Fatal(err)
	}
	return job.In(language.English)
}

// key names a plan in the server's tables.
func (p *process) key(plan imports.Plan) state.PlanKey {
	return state.PlanKey{Workspace: p.ws.String(), ID: plan.ID.String()}
}

// A plan of a Google sheet reads it again when it is applied; a server without credentials says so.
func TestGoogleSheet(t *testing.T) {
	t.Parallel()
	const link = `{"link":"https://docs.google.com/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit#gid=0"}`
	header := http.Header{"Content-Type": {"application/json"}}
	without := newProcess(t, t.TempDir()+"/crm.db", setup{})
	if got := read[web.Problem](without.call("POST", "/imports/plans", header, strings.NewReader(link)), 422); got.Code != "no_google" || got.Errors[0].Field != "link" {
		t.Errorf("without credentials: %+v", got)
	}
	var fee atomic.Value
	fee.Store("100")
	endpoint := googleSheet(t, func() [][]string {
		return [][]string{{"Influencer", "Platform", "Campaign", "Posting date", "Fee"},
			{"Ida", "Instagram", "Sale", "2026-06-01", fee.Load().(string)}}
	})
	p := newProcess(t, t.TempDir()+"/crm.db", setup{imports: imports.Options{Google: &google.Options{APIKey: "key", Endpoint: endpoint}}})
	ask := func() imports.Plan {
		return read[imports.Plan](p.call("POST", "/imports/plans", header, strings.NewReader(link)), http.StatusCreated)
	}
	plan := ask()
	fee.Store("200")
	problem := read[outdated](p.post(apply(plan, "&wait=true")), http.StatusConflict)
	if problem.Fresh == nil {
		t.Fatalf("the sheet has changed: %+v", problem)
	}
	read[imports.Job](p.post(apply(*problem.Fresh, "&wait=true")), http.StatusOK)
	if got := p.allocated(); got != "200.00" {
		t.Errorf("the plan says %s", got)
	}
}

// googleSheet is a server that answers as Google does, with a document of one tab.
func googleSheet(t *testing.T, rows func() [][]string) (endpoint string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		all := rows()
		tab := map[string]any{"properties": map[string]any{
			"sheetId": 0, "title": "Deals", "sheetType": "GRID", "gridProperties": map[string]any{"rowCount": len(all), "columnCount": len(all[0])},
		}}
		if r.URL.Query().Has("ranges") {
			data := []any{}
			for _, row := range all {
				cells := []any{}
				for _, text := range row {
					cells = append(cells, map[string]any{"formattedValue": text, "effectiveValue": map[string]any{"stringValue": text}})
				}
				data = append(data, map[string]any{"values": cells})
			}
			tab["data"] = []any{map[string]any{"rowData": data}}
		}
		w.Header().Set("Content-Type", "application/json; charset=UTF-8")
		if err := json.NewEncoder(w).Encode(map[string]any{
			"spreadsheetId": "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms",
			"properties":    map[string]any{"title": "Influencer", "locale": "en_US", "timeZone": "Etc/GMT"}, "sheets": []any{tab},
		}); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// Imports of one workspace wait for each other without a slot, so that others plan and import beside a long one.
func TestImportsLeaveSlots(t *testing.T) {
	t.Parallel()
	o, waits := held(1)
	p := newProcess(t, t.TempDir()+"/crm.db", setup{crm: o, imports: imports.Options{AtOnce: 4}})
	var plans []imports.Plan
	for _, name := range []string{"Ida", "Eva", "Ada", "Isa", "Pam"} {
		plans = append(plans, p.plan(strings.ReplaceAll(twoRows, "Ida", name)))
	}
	for _, plan := range plans {
		read[imports.Job](p.post(apply(plan, "")), http.StatusAccepted)
	}
	<-waits
	for name, ws := range map[string]crm.WorkspaceID{"another workspace": p.another(), "the same one": p.ws} {
		header, body := formOf(t, part{"file", "x.csv", twoRows})
		if got := p.ask("POST", ws, "/imports/plans", header, body); got.StatusCode != http.StatusCreated { //nolint:bodyclose // ask does
			t.Errorf("a plan of %s: %d", name, got.StatusCode)
		}
	}
	for _, plan := range plans {
		read[imports.Job](p.post("/imports/plans/"+plan.ID.String()+"/cancel"), http.StatusOK)
	}
	for _, plan := range plans {
		p.end(plan)
	}
}

// A plan that takes the place of one that was forgotten while it was applied goes when that one does.
func TestFreshPlanOfAForgottenOne(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, dsn string) {
		p := newProcess(t, dsn, setup{imports: imports.Options{AtOnce: 1}})
		first, second := p.plan(twoRows), p.plan(twoRows)
		read[imports.Job](p.post(apply(first, "&wait=true")), http.StatusOK)
		free, err := p.sheets.Slots().Take(t.Context(), p.ws)
		if err != nil {
			t.Fatal(err)
		}
		read[imports.Job](p.post(apply(second, "")), http.StatusAccepted) // waits for the slot
		if err := p.db.State.Forget(t.Context(), p.ws.String(), time.Now()); err != nil {
			t.Fatal(err)
		}
		free()
		job := p.end(second)
		old := read[imports.Plan](p.get("/imports/plans/"+second.ID.String()), http.StatusOK)
		fresh := read[imports.Plan](p.get("/imports/plans/"+job.Fresh.String()), http.StatusOK)
		if !fresh.ExpiresAt.Equal(old.ExpiresAt) || !old.ExpiresAt.Before(second.ExpiresAt) {
			t.Errorf("the plan was to expire at %v, does at %v, and the fresh one at %v", second.ExpiresAt, old.ExpiresAt, fresh.ExpiresAt)
		}
	})
}

// A plan that is claimed when its client goes is carried out, and one that is claimed when the server ends is given back: neither
// is left as being applied by nobody. What happens does so at a reading of the clock, of which Apply has several.
func TestApplyThatIsBrokenOff(t *testing.T) {
	t.Parallel()
	for reading := range int64(4) {
		for _, ends := range []bool{false, true} {
			t.Run(fmt.Sprintf("reading %d, the server ends %t", reading+1, ends), func(t *testing.T) {
				t.Parallel()
				var readings, at atomic.Int64
				var happens func()
				p := newProcess(t, t.TempDir()+"/crm.db", setup{imports: imports.Options{Now: func() time.Time {
					if readings.Add(1) == at.Load() {
						happens()
					}
					return time.Now()
				}}})
				for readings.Load() < 2 { // plans that have expired are looked for at the start
					time.Sleep(time.Millisecond)
				}
				plan := p.plan(twoRows)
				ctx, gone := context.WithCancel(t.Context())
				defer gone()
				happens = gone
				if ends {
					happens = func() {
						if err := p.sheets.Close(t.Context()); err != nil {
							t.Error(err)
						}
					}
				}
				at.Store(readings.Load() + reading + 1)
				job, err := p.sheets.Apply(ctx, p.ws, plan.ID, imports.ApplyOptions{Digest: plan.Digest})
				if err == nil {
					job, err = p.sheets.End(t.Context(), p.ws, job)
					if err != nil || job.State != imports.Applied {
						t.Errorf("%+v, %v", job, err)
					}
					return
				}
				kept, _, readErr := p.db.State.Plan(t.Context(), p.key(plan), 0)
				want := state.Planned
				if ends && reading > 0 {
					want = state.Failed
				}
				if kept.State != want || readErr != nil {
					t.Errorf("%v leaves a plan that is %s, %v, want %s", err, kept.State, readErr, want)
				}
			})
		}
	}
}

// The accounts of rows wait for a slot, because each is a sheet in memory, and give it back.
func TestAccountsTakeSlots(t *testing.T) {
	t.Parallel()
	p := newProcess(t, t.TempDir()+"/crm.db", setup{imports: imports.Options{AtOnce: 1}})
	plan := p.plan(twoRows)
	run := "/imports/runs/" + read[imports.Job](p.post(apply(plan, "&wait=true")), http.StatusOK).Run.String()
	for _, path := range []string{"/imports/plans/" + plan.ID.String() + "/report", run + "/report", run + "/report?format=csv", run + "/statuses"} {
		free, err := p.sheets.Slots().Take(t.Context(), p.ws)
		if err != nil {
			t.Fatal(err)
		}
		answered := make(chan answer)
		go func() { answered <- p.get(path) }()
		select {
		case a := <-answered:
			t.Fatalf("%s is answered %d without a slot", path, a.status)
		case <-time.After(50 * time.Millisecond):
		}
		free()
		(<-answered).is(http.StatusOK)
	}
}

// Tokens of rows are those of one list: of a plan, a part and a verdict.
func TestTokensOfRows(t *testing.T) {
	t.Parallel()
	p := newProcess(t, t.TempDir()+"/crm.db", setup{})
	one, two := "/imports/plans/"+p.plan(twoRows).ID.String()+"/rows?size=1", "/imports/plans/"+p.plan(twoRows).ID.String()+"/rows?size=1"
	next := "&token=" + read[crm.Page[sheetimport.PlannedRow]](p.get(one), http.StatusOK).Next
	if got := read[crm.Page[sheetimport.PlannedRow]](p.get(one+next), http.StatusOK); len(got.Items) != 1 || got.Items[0].Row != 3 || got.Next != "" {
		t.Errorf("the second page: %+v", got)
	}
	for _, path := range []string{two + next, one + "&verdict=rejected" + next, one + "&part=1" + next, one + "&token=1"} {
		if got := read[web.Problem](p.get(path), 422); len(got.Errors) != 1 || got.Errors[0].Field != "token" {
			t.Errorf("%s: %+v", path, got)
		}
	}
}
