package pages

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/paging"
	"github.com/getklar/influencercrm/sheetimport"
)

// verdictCount is how many rows have a verdict, with the address of the page that lists them.
type verdictCount struct {
	Verdict sheetimport.Verdict
	Word    string
	Count   int
	Link    string
	Here    bool
}

// importPlanData is what the page of a plan shows: what it would do, how far it is carried out, or what it has done.
type importPlanData struct {
	Plan    imports.Plan
	Part    int    // 0 is the sheet, 1 the first table of budgets …
	Name    string // of the part
	Total   int    // rows of the part
	Parts   []importPart
	Tabs    []verdictCount
	Rows    []sheetimport.PlannedRow
	Next    string
	Choices importChoices
	Percent int
	Run     *crm.ImportRun // what is written of it; nil before
	Events  string         // the address of the events about its progress
}

// importPart is the sheet or a table of budgets of a plan.
type importPart struct {
	Name, Link string
	Here       bool
}

// planID is the plan of the path. What is no id is no plan.
func (v *visit) planID() (uuid.UUID, error) {
	id, err := uuid.Parse(v.PathValue("plan"))
	if err != nil {
		return id, imports.NoPlan(id)
	}
	return id, nil
}

// importPlan shows a plan row by row, and how far it is carried out.
func (v *visit) importPlan() (answer, error) {
	id, err := v.planID()
	if err != nil {
		return nil, err
	}
	plan, err := v.pages.options.Imports.Find(v.Context(), v.ws.ID, id, v.face.Lang)
	if err != nil {
		return v.replaced(id, err)
	}
	a, err := v.planPage(plan)
	if err != nil {
		return nil, err
	}
	if plan.Job.State == imports.Applying && !v.hasScript() {
		return withHeader{a, "Refresh", "2"}, nil
	}
	return a, nil
}

// hasScript tells whether the browser runs scripts, which then show what is new without loading the page again.
func (v *visit) hasScript() bool {
	c, err := v.Cookie("crm_script")
	return err == nil && c.Value == "1"
}

// withHeader is an answer with a header.
type withHeader struct {
	answer
	name, value string
}

func (a withHeader) write(w http.ResponseWriter, v *visit) {
	w.Header().Set(a.name, a.value)
	a.answer.write(w, v)
}

func (v *visit) planPage(plan imports.Plan) (view, error) {
	q := v.URL.Query()
	part, _ := strconv.Atoi(q.Get("part")) // what is none is the sheet
	verdict := sheetimport.Verdict(q.Get("verdict"))
	if len(plan.Columns) == 0 && len(plan.Budgets) > 0 && q.Get("part") == "" {
		part = 1 // a table of budgets in the place of the sheet
	}
	rows, err := v.pages.options.Imports.Rows(v.Context(), v.ws.ID, plan.ID, imports.RowFilter{
		Verdict: verdict, Part: part, Options: paging.Options{Size: pageSize, Token: q.Get("token")},
	}, v.face.Lang)
	if err != nil {
		return view{}, err
	}
	v.shows(v.to("import", plan.ID.String()))
	d := importPlanData{Plan: plan, Part: part, Name: plan.Source, Rows: rows.Items, Next: v.nextPage(rows.Next),
		Events: "/v1/workspaces/" + v.ws.ID.String() + "/imports/plans/" + plan.ID.String() + "/events"}
	counts := plan.Counts
	if part > 0 {
		d.Name, counts = plan.Budgets[part-1].Source, plan.Budgets[part-1].Counts
	}
	here := v.to("import", plan.ID.String())
	d.Parts = v.partsOf(plan, here, part)
	d.Tabs, d.Total = v.verdictTabs(counts, here+"?part="+strconv.Itoa(part), verdict)
	if plan.Job.Total > 0 {
		d.Percent = plan.Job.Done * 100 / plan.Job.Total
	}
	if !plan.Job.Run.IsZero() {
		run, err := v.crm.ImportRun(v.Context(), v.ws.ID, plan.Job.Run)
		if err != nil {
			return view{}, err
		}
		run = crm.Brief(run)
		d.Run = &run
	}
	if plan.Job.State != imports.Applied && plan.Job.State != imports.Applying {
		if d.Choices, err = v.choicesOf(plan); err != nil {
			return view{}, err
		}
	}
	return view{page: "import_plan", title: d.Name, data: d}, nil
}

func (v *visit) partsOf(plan imports.Plan, here string, part int) []importPart {
	if len(plan.Budgets) == 0 {
		return nil
	}
	var parts []importPart
	if len(plan.Columns) > 0 {
		parts = append(parts, importPart{plan.Source, here + "?part=0", part == 0})
	}
	for n, t := range plan.Budgets {
		parts = append(parts, importPart{t.Source, here + "?part=" + strconv.Itoa(n+1), part == n+1})
	}
	return parts
}

// verdictTabs are the verdicts that rows have, and all rows.
func (v *visit) verdictTabs(counts map[sheetimport.Verdict]int, here string, chosen sheetimport.Verdict) (tabs []verdictCount, total int) {
	for _, verdict := range sheetimport.Verdicts() {
		if n := counts[verdict]; n > 0 {
			total += n
			tabs = append(tabs, verdictCount{verdict, v.face.Verdict(verdict), n, here + "&verdict=" + string(verdict), verdict == chosen})
		}
	}
	all := verdictCount{"", v.say("All rows"), total, here, chosen == ""}
	return slices.Insert(tabs, 0, all), total
}

// runCounts are the counts of a run in the order of the verdicts.
func (v *visit) runCounts(run crm.ImportRun) []verdictCount {
	var all []verdictCount
	for _, verdict := range sheetimport.Verdicts() {
		if n := run.Counts[string(verdict)]; n > 0 {
			all = append(all, verdictCount{Verdict: verdict, Word: v.face.Verdict(verdict), Count: n})
		}
	}
	return all
}

// Ready counts the rows that an import would write.
func (d importPlanData) Ready() int {
	n := d.Plan.Counts[sheetimport.Created] + d.Plan.Counts[sheetimport.Updated]
	for _, t := range d.Plan.Budgets {
		n += t.Counts[sheetimport.Created] + t.Counts[sheetimport.Updated]
	}
	return n
}

// Left counts the rows of the sheet that somebody should look at.
func (d importPlanData) Left() int {
	return d.Plan.Counts[sheetimport.Rejected] + d.Plan.Counts[sheetimport.Conflict]
}

// IsRepeat tells whether the sheet was imported last, by its name.
func (d importPlanData) IsRepeat() bool {
	return d.Plan.Imported != nil && d.Plan.Imported.Source == d.Plan.Source
}

// HasFresh tells whether there is a plan in place of an outdated one.
func (d importPlanData) HasFresh() bool { return d.Plan.Job.Fresh != uuid.Nil }

// State is that of the job.
func (d importPlanData) State() string { return string(d.Plan.Job.State) }

// Notes are those of the sheet and of the part.
func (d importPlanData) Notes() []string {
	var all []string
	if d.Part <= 1 {
		for _, n := range d.Plan.Notes {
			if n.Code != "imported_already" { // the page says it with its button
				all = append(all, n.Text.String())
			}
		}
	}
	if d.Part > 0 {
		for _, n := range d.Plan.Budgets[d.Part-1].Notes {
			all = append(all, n.Text.String())
		}
	}
	return all
}

// Moment is when something was, in the workspace's time zone: 1 Jun 2026, 14:05.
func (v *visit) Moment(t time.Time) string {
	if zone, err := v.ws.Location(); err == nil { // else in UTC: the time is right, and its hour is another one
		t = t.In(zone)
	}
	return v.face.Day(budget.DateOf(t)) + ", " + t.Format("15:04")
}
