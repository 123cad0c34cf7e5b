package pages_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"log/slog"
	"mime/multipart"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
	"github.com/getklar/influencercrm/examples/server/pages"
)

// newImportHost is newHost with a database, which keeps plans.
func newImportHost(t *testing.T) *host {
	t.Helper()
	return newImportHostOf(t, imports.Options{})
}

// newImportHostOf is newImportHost with other options than are usual.
func newImportHostOf(t *testing.T, o imports.Options) *host {
	t.Helper()
	o.Logger = slog.New(slog.DiscardHandler)
	db := testdb.Open(t, testdb.File(t))
	return newHostOver(t, db.Store, func(service *crm.Service) pages.Options {
		sheets := imports.New(service, db.State, &o)
		t.Cleanup(func() { _ = sheets.Close(context.Background()) })
		return pages.Options{Imports: sheets, State: db.State, TempDir: t.TempDir()}
	})
}

// sendFile sends a form with a file; without a name it is that of a browser to which no file was given.
func (h *host) sendFile(path, name, content string, pairs ...string) page {
	h.Helper()
	return h.sendFileIn("en", path, name, content, pairs...)
}

func (h *host) sendFileIn(lang, path, name, content string, pairs ...string) page {
	h.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	for n := 0; n < len(pairs) && err == nil; n += 2 {
		err = form.WriteField(pairs[n], pairs[n+1])
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		h.Fatal(err)
	}
	r, err := http.NewRequestWithContext(h.Context(), http.MethodPost, h.at(path), &body)
	if err != nil {
		h.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Accept-Language", lang)
	return h.do(r)
}

// field is the value of an input of a page.
func (h *host) field(p page, name string) string {
	h.Helper()
	m := regexp.MustCompile(`name="` + regexp.QuoteMeta(name) + `" value="([^"]*)"`).FindStringSubmatch(p.body)
	if m == nil {
		h.Fatalf("there is no field %s: %s", name, p.main())
	}
	return html.UnescapeString(m[1])
}

// finished asks for the page of a plan until it is carried out.
func (h *host) finished(path string) page {
	h.Helper()
	for range 400 {
		p := h.get(path, "en")
		if !strings.Contains(p.body, "The import is under way") {
			return p
		}
		time.Sleep(10 * time.Millisecond)
	}
	h.Fatal("the import does not end")
	return page{}
}

const sheet = "Influencer,Handle,Platform,Campaign,Posting date,Fee\n" +
	"Ida <script>alert(1)</script>,@ida,Instagram,Sale,2026-06-01,100\nMats,@mats,TikTok,Sale,2026-02-30,200\n"

// saidFor is what the catalogue says in English for a code.
func saidFor(code string) string {
	all := sentence.All()
	return all[slices.IndexFunc(all, func(e sentence.Entry) bool { return e.Code == code })].English
}

// The whole way of a sheet: plan, rows by verdict, apply, result, the list of imports, undo.
func TestImport(t *testing.T) {
	t.Parallel()
	h := newImportHost(t)
	h.has("the start", h.get("import", "en"), 200, "Bring a sheet", "There is none yet")
	h.has("the start in German", h.get("import", "de"), 200, "Eine Tabelle mitbringen")
	planned := h.sendFile("import", "deals.csv", sheet)
	h.has("the upload", planned, 303)
	plan := h.get(planned.to, "en")
	h.has("the plan", plan, 200, "deals.csv", "Import 1 row", "E · Posting date", "2026-02-30", "February 2026 has no day 30",
		"Ida &lt;script&gt;alert(1)&lt;/script&gt;", "the sheet has no column for the status")
	h.has("the plan in German", h.get(planned.to, "de"), 200, "1 Zeile importieren", "Zeile für Zeile", "Abgelehnt")
	if strings.Contains(plan.body, "<script>alert") {
		t.Error("a name of the sheet is part of the page")
	}
	rejected := h.get(planned.to+"?part=0&verdict=rejected", "en")
	h.has("the rejected rows", rejected, 200, "Mats", "2026-02-30")
	if strings.Contains(rejected.main(), "alert(1)") {
		t.Errorf("the rejected rows have another one: %s", rejected.main())
	}

	if changed := h.post(planned.to+"/apply", "digest", "another one"); changed.status != 422 {
		t.Errorf("another plan than was shown is carried out: %d", changed.status)
	}
	h.has("the import", h.post(planned.to+"/apply", "digest", h.field(plan, "digest")), 303)
	h.has("its result", h.finished(planned.to), 200, "The import is done", "Undo the import", "Look at the plan")
	cooperations, err := h.crm.Cooperations(t.Context(), h.ws.ID, crm.CooperationFilter{}, crm.ListOptions{})
	if err != nil || len(cooperations.Items) != 1 {
		t.Fatal(cooperations, err)
	}
	h.has("another mapping of what is done", h.post(planned.to+"/again"), 409, saidFor("plan_applied"))
	runs := h.get("import", "en")
	h.has("the list of imports", runs, 200, "deals.csv", "Created 1", "Rejected 1", "15 Jun 2026, 10:00")

	again := h.sendFile("import", "deals.csv", sheet)
	h.has("the same sheet again", h.get(again.to, "en"), 200, "Import again",
		"deals.csv was imported on 15 Jun 2026, 10:00", "Nothing of it is new")

	undo := regexp.MustCompile(`action="([^"]*/undo)"`).FindStringSubmatch(runs.main())
	h.has("the undo", h.post(undo[1]), 303)
	h.has("the list after it", h.get("import", "en"), 200, "Undone 15 Jun 2026, 10:00")
	if left, err := h.crm.CountCooperations(t.Context(), h.ws.ID, crm.CooperationFilter{}); left != 0 || err != nil {
		t.Errorf("%d cooperations are left, %v", left, err)
	}
}

// However often somebody plans, there is room for another plan: one that is planned again is replaced, and the oldest
// that nobody has begun goes.
func TestImportMakesRoom(t *testing.T) {
	t.Parallel()
	h := newImportHostOf(t, imports.Options{MaxPlans: 3})
	applied := h.sendFile("import", "first.csv", sheet).to
	h.has("the import", h.post(applied+"/apply", "digest", h.field(h.get(applied, "en"), "digest")), 303)
	h.has("is done", h.finished(applied), 200, "The import is done")
	at := h.sendFile("import", "again.csv", sheet+"Lea,@lea,Instagram,Sale,2026-06-01,100\n").to
	for range 5 {
		fresh := h.post(at+"/again", "columns", "1", "tab", "")
		h.has("planned again", fresh, 303)
		h.has("the plan before", h.get(at, "en"), 410)
		at = fresh.to
	}
	for range 5 {
		h.has("another sheet", h.sendFile("import", "more.csv", sheet), 303)
	}
	h.has("the oldest plan", h.get(at, "en"), 404)
	h.has("the one that was applied", h.get(applied, "en"), 200, "The import is done")
}

// An undo that cannot take back everything says what stays, and why.
func TestImportUndoKeeps(t *testing.T) {
	t.Parallel()
	h := newImportHost(t)
	planned := h.sendFile("import", "deals.csv", sheet)
	h.post(planned.to+"/apply", "digest", h.field(h.get(planned.to, "en"), "digest"))
	done := h.finished(planned.to)
	page, err := h.crm.Cooperations(t.Context(), h.ws.ID, crm.CooperationFilter{}, crm.ListOptions{})
	if err != nil || len(page.Items) != 1 {
		t.Fatal(page, err)
	}
	c := page.Items[0]
	c.Notes = "she called"
	if _, err := h.crm.As("Mira").UpdateCooperation(t.Context(), h.ws.ID, c, ""); err != nil {
		t.Fatal(err)
	}
	undo := regexp.MustCompile(`action="([^"]*/undo)"`).FindStringSubmatch(done.main())
	h.has("the undo", h.post(undo[1]), 200, "Nothing was taken back", "Sale - Ida", "Mira", "15 Jun 2026, 10:00")
}

// What cannot be read is said beside the file, and what was typed stays.
func TestImportRefused(t *testing.T) {
	t.Parallel()
	h := newImportHost(t)
	for _, test := range []struct {
		name, file, content string
		pairs, want         []string
	}{
		{"nothing", "", "", nil, []string{"is missing; upload a CSV file"}},
		{"both", "deals.csv", sheet, []string{"link", "https://docs.google.com/spreadsheets/d/x/edit"},
			[]string{"is given beside a file", `value="https://docs.google.com/spreadsheets/d/x/edit"`}},
		{"no credentials", "", "", []string{"link", "https://docs.google.com/spreadsheets/d/x/edit"}, []string{"no credentials for Google"}},
		{"no headers", "notes.csv", "a,b\n1,2\n", nil, []string{"Which columns are they?", "Column of the platforms"}},
		{"an unknown part", "deals.csv", sheet, []string{"budgets", "x"}, nil},
	} {
		p := h.sendFile("import", test.file, test.content, test.pairs...)
		if test.want == nil {
			continue // it is a table of budgets that has none
		}
		h.has(test.name, p, 422, test.want...)
	}
	h.has("no plan", h.get("import/018f8f5e-0000-7000-8000-000000000001", "en"), 404)
	h.has("no id of a plan", h.get("import/x", "en"), 404)
}

// Where no header says what a column is, somebody says it; and where a word means nothing to the import, what it means.
func TestImportMapping(t *testing.T) {
	t.Parallel()
	h := newImportHost(t)
	const unclear = "Wer,Wo,Stage,Posting date,Fee\nIda,Main,B,2026-06-01,100\nMats,Main,B,2026-06-02,200\n"
	planned := h.sendFile("import", "team.csv", unclear, "header.influencer", "Wer", "header.platform", "Wo")
	h.has("the upload", planned, 303)
	plan := h.get(planned.to, "en")
	h.has("the plan", plan, 200, "Is this what you mean?", "<code>Main</code>", "Plan again")
	h.has("all columns", h.get(planned.to+"?columns=1", "en"), 200, "A · Wer", "Dates such as 03/04/26", "Tab of the workbook")
	value := regexp.MustCompile(`name="(value\.\d+)"`).FindStringSubmatch(plan.main())
	if value == nil {
		t.Fatal(plan.main())
	}
	fresh := h.post(planned.to+"/again", value[1], "signed")
	h.has("planned again", fresh, 303)
	if fresh.to == planned.to {
		t.Error("it is the plan before")
	}
	h.has("the new plan", h.get(fresh.to, "en"), 200, "Import 2 rows")
	h.has("a status that is none", h.post(fresh.to+"/again", "columns", "1", "tab", "", "status", "sold"), 422, "is no status")
}

// The next sheet with the same headers is read as the one before; a person sees it, and can have it forgotten.
func TestImportKeepsChoices(t *testing.T) {
	t.Parallel()
	h := newImportHost(t)
	const team = "Wer,Wo,Stage,Campaign,Posting date,Fee\nIda,Main,B,Sale,2026-06-01,100\nMats,Main,B,,2026-06-02,200\n"
	planned := h.sendFile("import", "team.csv", team, "header.influencer", "Wer", "header.platform", "Wo")
	plan := h.get(planned.to+"?columns=1", "en")
	pairs := []string{"columns", "1", "fill_down", "yes", "tab", ""}
	for _, word := range regexp.MustCompile(`name="(value\.\d+)"[^>]*>\s*<option value="[^"]*"[^>]*>[^<]*</option>\s*<option value="(draft|instagram)?`).FindAllStringSubmatch(plan.main(), -1) {
		pairs = append(pairs, word[1], map[string]string{"draft": "negotiating"}[word[2]])
	}
	fresh := h.post(planned.to+"/again", pairs...)
	h.has("planned again", fresh, 303)
	h.has("the import", h.post(fresh.to+"/apply", "digest", h.field(h.get(fresh.to, "en"), "digest")), 303)
	h.finished(fresh.to)

	again := h.sendFile("import", "team.csv", team+"Lea,Main,B,,2026-06-03,300\n")
	h.has("the next upload", again, 303)
	h.has("its plan", h.get(again.to, "en"), 200, "Columns and words are read as on 15 Jun 2026, 10:00.",
		"Forget these choices", "Created 1", "Unchanged 2")
	h.has("its plan in German", h.get(again.to, "de"), 200, "gelesen wie am 15.06.2026", "Diese Angaben vergessen")
	h.has("its choices", h.get(again.to+"?columns=1", "en"), 200, `name="fill_down" value="yes" checked`)
	forgotten := h.post(again.to + "/forget")
	h.has("forgotten, so that no header is known", forgotten, 422, "Which columns are they?", `action="/w/`+h.ws.ID.String()+`/import"`)
	h.has("the next upload without them", h.sendFile("import", "team.csv", team), 422, "Which columns are they?")
}

// choiceOf is what is chosen for a word in a page, and all that can be.
func choiceOf(p page, word string) (name, chosen string, all []string) {
	_, rest, _ := strings.Cut(p.main(), "<code>"+word+"</code></label>")
	rest, _, _ = strings.Cut(rest, "</td></tr>")
	if m := regexp.MustCompile(`name="(value\.\d+)"`).FindStringSubmatch(rest); m != nil {
		name = m[1]
	}
	for _, m := range regexp.MustCompile(`<option value="([^"]*)"( selected)?`).FindAllStringSubmatch(rest, -1) {
		if all = append(all, m[1]); m[2] != "" {
			chosen = m[1]
		}
	}
	return name, chosen, all
}

// What was chosen for a word is shown, can be changed and taken back, and stays in a form that is refused.
func TestImportWords(t *testing.T) {
	t.Parallel()
	h := newImportHost(t)
	planned := h.sendFile("import", "team.csv", "Influencer,Platform,Status,Fee\nIda,Instagram,Qrx,100\nMats,Instagram,signed,100\n")
	at := planned.to
	name, _, all := choiceOf(h.get(at+"?columns=1", "en"), "Qrx")
	if !slices.Contains(all, "") {
		t.Errorf("a word that is not known cannot stay so: %q", all)
	}
	if _, chosen, all := choiceOf(h.get(at+"?columns=1", "en"), "signed"); chosen != "signed" || slices.Contains(all, "") {
		t.Errorf("what the import reads is %q of %q", chosen, all)
	}
	for _, test := range []struct{ choose, shown string }{
		{"negotiating", "negotiating"}, {"-", "-"}, {"draft", "draft"}, {"", ""}, {"-", "-"}, {"", ""},
	} {
		fresh := h.post(at+"/again", "columns", "1", "tab", "", name, test.choose)
		h.has("planned again", fresh, 303)
		at = fresh.to
		if _, chosen, _ := choiceOf(h.get(at+"?columns=1", "en"), "Qrx"); chosen != test.shown {
			t.Errorf("%q was chosen, %q is shown", test.choose, chosen)
		}
	}
	refused := h.post(at+"/again", "columns", "1", "tab", "", name, "draft", "column.0", "cost")
	h.has("refused", refused, 422, "are both “Cost”")
	if _, chosen, _ := choiceOf(refused, "Qrx"); chosen != "draft" {
		t.Errorf("after a refusal %q is shown", chosen)
	}
	filled := h.post(at+"/again", "columns", "1", "tab", "", "fill_down", "yes")
	off := h.post(filled.to+"/again", "columns", "1", "tab", "", "column.0", "cost")
	if h.has("fill-down off", off, 422); strings.Contains(off.body, `name="fill_down" value="yes" checked`) {
		t.Error("what was switched off is on after a refusal")
	}
}

// A refusal shows the columns that were sent, and all columns and words can be reached.
func TestImportOfManyColumns(t *testing.T) {
	t.Parallel()
	h := newImportHost(t)
	header, row := "Influencer,Platform,Fee,Status", ",Instagram,100,"
	for n := range 40 {
		header += fmt.Sprintf(",Extra %d", n)
	}
	var sheet strings.Builder
	sheet.WriteString(header + "\n")
	for n := range 70 {
		fmt.Fprintf(&sheet, "Person %d%sqrx%d\n", n, row, n)
	}
	at := h.sendFile("import", "team.csv", sheet.String()).to
	h.has("the plan", h.get(at, "en"), 200, "and 10 more", "<code>qrx59</code>")
	h.has("the first page", h.get(at+"?columns=1", "en"), 200, `id="field-column.29"`, "<code>qrx59</code>",
		"?columns=2", "More columns and words")
	second := h.get(at+"?columns=2", "en")
	h.has("the second page", second, 200, `id="field-column.30"`, `id="field-column.43"`, "<code>qrx69</code>")
	for _, lacks := range []string{`id="field-column.29"`, "<code>qrx59</code>", "?columns=3"} {
		if strings.Contains(second.body, lacks) {
			t.Errorf("the second page has %s", lacks)
		}
	}
	refused := h.post(at+"/again", "columns", h.field(second, "columns"), "tab", "", "column.40", "cost", "column.41", "notes")
	h.has("refused", refused, 422, `href="#field-column.40"`, `id="field-column.40"`, `name="columns" value="2"`)
	_, choice, _ := strings.Cut(refused.body, `name="column.41"`)
	if choice, _, _ = strings.Cut(choice, "</select>"); !strings.Contains(choice, `value="notes" selected`) {
		t.Error("what was chosen is lost")
	}
	h.has("a column of another page", h.post(at+"/again", "columns", "1", "tab", "", "column.4", "cost"), 422, `href="#field-column.4"`)
}

// Where only one column can have a meaning, two that get it are refused, with both named; codes may come from several.
func TestImportOfTwoColumnsOfOneMeaning(t *testing.T) {
	t.Parallel()
	h := newImportHost(t)
	planned := h.sendFile("import", "team.csv", "Influencer,Platform,Fee,Price,Colour,Code,More\nIda,Instagram,100,7,red,A10,B10\n")
	both := h.post(planned.to+"/again", "columns", "1", "tab", "", "column.2", "cost", "column.3", "custom", "column.4", "cost")
	h.has("two costs", both, 422, "The columns C · Fee and E · Colour are both “Cost”", `href="#field-column.4"`,
		`<option value="cost" selected>`)
	h.has("two that nobody had", h.post(planned.to+"/again", "columns", "1", "tab", "", "column.3", "notes", "column.4",
		"notes"), 422, "The columns D · Price and E · Colour are both “Notes”")
	fresh := h.post(planned.to+"/again", "column.2", "custom", "column.4", "cost", "column.6", "code")
	h.has("another cost, and two of codes", fresh, 303)
	h.has("what is not there any more", h.post(fresh.to+"/again"), 303)
}

// The sample that every other part of the project reads comes in.
func TestImportOfTheSample(t *testing.T) {
	t.Parallel()
	h := newImportHost(t)
	content, err := os.ReadFile("../../sample/klar-sheet.csv")
	if err != nil {
		t.Fatal(err)
	}
	planned := h.sendFile("import", "klar-sheet.csv", string(content))
	first := h.get(planned.to, "en")
	h.has("the plan", first, 200, "Created", "Import 240 rows", "Next page")
	if len(first.body) > 150<<10 {
		t.Errorf("the page has %d bytes", len(first.body))
	}
	all := h.get(planned.to+"?columns=1", "de")
	if h.has("its columns", all, 200); len(all.body) > 150<<10 {
		t.Errorf("the page of the columns has %d bytes", len(all.body))
	}
	next := regexp.MustCompile(`class="pager"><a class="button" href="([^"]*)"`).FindStringSubmatch(first.main())
	h.has("the next rows", h.get(html.UnescapeString(next[1]), "en"), 200, "Row by row")
}

// Plans of another workspace are not there.
func TestImportOfAnother(t *testing.T) {
	t.Parallel()
	h := newImportHost(t)
	planned := h.sendFile("import", "deals.csv", sheet)
	other := h.workspace("South")
	theirs := strings.Replace(planned.to, h.ws.ID.String(), other.ID.String(), 1)
	h.has("the plan", h.get(theirs, "en"), 404)
	for _, what := range []string{"again", "apply", "cancel"} {
		h.has(what, h.post(theirs+"/"+what), 404)
	}
}

// A plan that was planned again leads to the newest one in its place, also from the address before the last.
func TestImportReplacedPlan(t *testing.T) {
	t.Parallel()
	h := newImportHost(t)
	first := h.sendFile("import", "deals.csv", sheet).to
	digest := h.field(h.get(first, "en"), "digest")
	second := h.post(first+"/again", "status", "draft").to
	third := h.post(second+"/again", "status", "negotiating").to
	for _, gone := range []string{first, second} {
		h.has("the plan before", h.get(gone, "en"), http.StatusGone, "This plan was replaced", `href="`+third+`"`)
		h.has("in German", h.get(gone, "de"), http.StatusGone, "Dieser Plan wurde ersetzt")
		h.has("carried out", h.post(gone+"/apply", "digest", digest), http.StatusGone, third)
		for _, sent := range []string{"/again", "/forget"} {
			if twice := h.post(gone + sent); twice.to != third {
				t.Errorf("%s sent twice leads to %s, want %s", sent, twice.to, third)
			}
		}
	}
	h.has("another one", h.get("import/018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f", "en"), http.StatusNotFound)
}

// A row says which campaign it goes to, by the name that the CRM has, also where neither campaign nor influencer is new.
func TestImportSaysTheCampaignOfARow(t *testing.T) {
	t.Parallel()
	h := newImportHost(t)
	ok(h.crm.CreateCampaign(t.Context(), h.ws.ID, crm.Campaign{Name: "Summer Sale"}))(h)
	ok(h.crm.CreateInfluencer(t.Context(), h.ws.ID, crm.Influencer{Name: "Pam"}))(h)
	sent := h.sendFile("import", "sheet.csv", "Campaign Name,Influencer/Affiliate Name,Platform,Posting Date,End Date,Cost\n"+
		"SUMMER SALE,Pam,Instagram,2026-07-01,,100.00\n,Pam,Instagram,2026-08-01,2026-08-09,1100.50\n"+
		"SUMMER SALE,Bea,Instagram,tomorrow,,100.00\n,Cleo,Instagram,2026-09-01,,cheap\n")
	h.has("sent", sent, 303)
	h.has("what is rejected", h.get(sent.to+"?verdict=rejected", "en"), 200, `Bea <span class="aside">Summer Sale</span>`, `Cleo</td>`)
	h.has("days and costs", h.get(sent.to, "en"), 200, "<p>1 Jul 2026 · 100.00 EUR</p>", "<p>1 Aug 2026 – 9 Aug 2026 · 1,100.50 EUR</p>")
	h.has("in German", h.get(sent.to, "de"), 200, "<p>01.08.2026 – 09.08.2026 · 1.100,50 EUR</p>")
	h.has("the plan", h.get(sent.to, "en"), 200, `Pam <span class="aside">Summer Sale</span>`, `Pam <span class="aside">August 2026</span>`)
}
