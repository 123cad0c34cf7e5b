package pages

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// imports adds the pages of imports; there are none without the part of the server that keeps plans.
func (p *Pages) imports(mux *http.ServeMux) {
	if p.options.Imports == nil {
		return
	}
	p.page(mux, "GET /w/{workspace}/import", (*visit).importStart)
	p.takesFiles(mux, "POST /w/{workspace}/import", access.Write, p.options.Imports.MaxUpload()+imports.FormOverhead, (*visit).importUpload)
	p.page(mux, "GET /w/{workspace}/import/{plan}", (*visit).importPlan)
	p.page(mux, "POST /w/{workspace}/import/{plan}/again", (*visit).importAgain)
	p.page(mux, "POST /w/{workspace}/import/{plan}/forget", (*visit).importForget)
	p.page(mux, "POST /w/{workspace}/import/{plan}/apply", (*visit).importApply)
	p.page(mux, "POST /w/{workspace}/import/{plan}/cancel", (*visit).importCancel)
	p.page(mux, "POST /w/{workspace}/import/runs/{run}/undo", (*visit).importUndo)
}

// fileTime is how long a file may take to come and to be read.
const fileTime = 2 * time.Minute

// importData is what the page where an import begins shows.
type importData struct {
	Form *form
	Runs []importRun
	Next string // the address of the next page of runs
	// NoHeader asks for the names of the columns that every sheet needs, because none of the headers says them.
	NoHeader bool
	MaxMB    int64
}

// importRun is an import that was carried out.
type importRun struct {
	crm.ImportRun
	Counts []verdictCount
}

func (v *visit) importStart() (answer, error) { return v.importPage(newForm(nil)) }

func (v *visit) importPage(f *form) (view, error) {
	d := importData{Form: f, MaxMB: v.pages.options.Imports.MaxUpload() >> 20, NoHeader: slices.ContainsFunc(f.Problems,
		func(p web.FieldError) bool {
			return p.Code == "no_header"
		})}
	page, err := v.crm.ImportRuns(v.Context(), v.ws.ID, crm.ImportRunFilter{}, crm.ListOptions{
		Size: 20, Desc: true, Brief: true, Token: v.URL.Query().Get("token"),
	})
	if err != nil {
		return view{}, err
	}
	for _, run := range page.Items {
		d.Runs = append(d.Runs, importRun{run, v.runCounts(run)})
	}
	d.Next = v.nextPage(page.Next)
	return view{page: "import", title: v.say("Import"), data: d}, nil
}

// nextPage is the address of the page after the one that is shown; empty without a token of it.
func (v *visit) nextPage(token string) string {
	if token == "" {
		return ""
	}
	place, query, _ := strings.Cut(v.Here(), "?")
	q, _ := url.ParseQuery(query) // Here has written it
	q.Set("token", token)
	return place + "?" + q.Encode()
}

// importUpload plans an uploaded file, or the Google sheet of a link, and leads to the plan.
func (v *visit) importUpload() (answer, error) {
	f := newForm(map[string][]string{})
	size := 0
	u, remove, err := imports.ReadForm(v.Request, v.pages.options.TempDir, func(name, text string) error {
		if size += len(name) + len(text); size > maxForm {
			return &http.MaxBytesError{Limit: maxForm}
		}
		f.Values.Add(name, text)
		return nil
	})
	defer remove()
	if err == nil {
		u.Link = strings.TrimSpace(f.Get("link"))
		u.Mapping = requiredColumns(f)
		u.MakeRoom = true // no page lists plans that nobody carries out, so that nobody could remove some
		var plan imports.Plan
		if plan, err = v.pages.options.Imports.Plan(v.Context(), v.ws.ID, u, v.face.Lang); err == nil {
			return redirect(v.to("import", plan.ID.String())), nil
		}
	}
	if !f.refused(v, err) {
		return nil, err
	}
	page, err := v.importPage(f)
	return page.again(), err
}

// requiredColumns are the columns of the names and the platforms, as somebody has written their headers.
func requiredColumns(f *form) column.Mapping {
	var m column.Mapping
	for _, field := range []column.Field{column.Influencer, column.Platform} {
		if header := strings.TrimSpace(f.Get("header." + string(field))); header != "" {
			m = append(m, column.MappedColumn{Header: header, Field: field})
		}
	}
	return m
}
