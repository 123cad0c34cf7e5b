package api

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/openapi"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/report"
)

func (a *API) importRuns() []Operation {
	type list struct {
		crm.ImportRunFilter
		listing
	}
	type runReport struct {
		one[crm.ImportRunID]
		accountParams
	}
	return tagged("Imports",
		operation("GET /imports/runs", "listImportRuns", "List imports that were carried out",
			func(c *call[list]) (page[crm.ImportRun], error) {
				return paged(c.crm.ImportRuns(c.ctx(), c.ws, c.params.ImportRunFilter, c.params.ListOptions))
			}),
		operation("GET /imports/runs/{id}", "getImportRun", "Read an import; its report has the account of its rows",
			func(c *call[oneRead[crm.ImportRunID]]) (crm.ImportRun, error) {
				run, err := c.crm.ImportRun(c.ctx(), c.ws, c.params.ID)
				return crm.Brief(run), err
			}),
		operation("POST /imports/runs/{id}/undo", "undoImport", "Take back what an import did; what somebody touched since stays and is listed",
			func(c *call[oneWritten[crm.ImportRunID]]) (crm.Undone, error) {
				return c.crm.UndoImport(c.ctx(), c.ws, c.params.ID, c.params.Reason)
			}),
		accounting(operation("GET /imports/runs/{id}/report", "getImportReport", "The account of all rows of an import, to download",
			func(c *call[runReport]) (any, error) {
				free, err := a.sheets.Take(c.ctx(), c.ws)
				if err != nil {
					return nil, err
				}
				defer free()
				plan, err := accountOf(c.request, c.crm, c.ws, c.params.ID)
				if err != nil {
					return nil, err
				}
				return rowAccount(c.request, plan, c.params.accountParams)
			})),
		operation("GET /imports/runs/{id}/statuses", "getImportStatuses",
			"What became of each row in a few words, for the status column of the sheet",
			func(c *call[one[crm.ImportRunID]]) (list1[rowStatus], error) {
				free, err := a.sheets.Take(c.ctx(), c.ws)
				if err != nil {
					return list1[rowStatus]{}, err
				}
				defer free()
				plan, err := accountOf(c.request, c.crm, c.ws, c.params.ID)
				if err != nil {
					return list1[rowStatus]{}, err
				}
				return listed(statuses(c.request, plan), nil)
			}),
	)
}

// accountOf is the account that an import run has of its rows. It is a sheet in memory, and needs a slot.
func accountOf(r *http.Request, service *crm.Service, ws crm.WorkspaceID, id crm.ImportRunID) (*sheetimport.Plan, error) {
	run, err := service.ImportRun(r.Context(), ws, id)
	switch {
	case err != nil:
		return nil, err
	case len(run.Plan) == 0:
		return nil, imports.NoAccount(id)
	}
	var plan sheetimport.Plan
	if err := json.Unmarshal(run.Plan, &plan); err != nil {
		return nil, fmt.Errorf("%w: the account of import %s: %w", crm.ErrStorage, id, err)
	}
	return &plan, nil
}

// rowStatus is what became of a row.
type rowStatus struct {
	Row  int    `json:"row"` // as a spreadsheet program numbers it
	Text string `json:"text"`
}

func statuses(r *http.Request, plan *sheetimport.Plan) []rowStatus {
	all := []rowStatus{}
	for row, text := range report.StatusTexts(plan, web.Language(r)) {
		all = append(all, rowStatus{row, text})
	}
	slices.SortFunc(all, func(a, b rowStatus) int { return cmp.Compare(a.Row, b.Row) })
	return all
}

// accountParams are the choices of an account of rows.
type accountParams struct {
	// Format is the form of the answer; JSON if it is not given.
	Format accountFormat `json:"format,omitzero"`
	// Verdict leaves only the rows with it in a text.
	Verdict sheetimport.Verdict `json:"verdict,omitzero"`
	// All has every row in a text, and not only those that need attention.
	All bool `json:"all,omitzero"`
}

// planReport names a plan and the form of its account.
type planReport struct {
	onePlan
	accountParams
}

// accountFormat is a form in which an account of rows is written.
type accountFormat string

// The formats of an account.
const (
	accountJSON accountFormat = "json"
	accountText accountFormat = "text"
	accountCSV  accountFormat = "csv"
)

// accounting describes an operation that answers with an account of rows.
func accounting(o Operation) Operation {
	o.timeout = time.Minute
	o.Answers[0].Content = &openapi.Content{Type: reflect.TypeFor[sheetimport.Plan](), Media: []string{"text/plain", "text/csv"}}
	return o
}

// rowAccount writes an account of rows in the form that is asked for, so that the plan is no longer needed while it is sent.
func rowAccount(r *http.Request, plan *sheetimport.Plan, p accountParams) (any, error) {
	if p.Verdict != "" && !slices.Contains(sheetimport.Verdicts(), p.Verdict) {
		return nil, imports.NoVerdict(string(p.Verdict))
	}
	var out bytes.Buffer
	lang := web.Language(r)
	switch p.Format {
	case "", accountJSON:
		err := json.NewEncoder(&out).Encode(plan)
		return file{"application/json", "", out.Bytes()}, err
	case accountText:
		err := report.WriteText(&out, plan, &report.TextOptions{Verdict: p.Verdict, All: p.All, Lang: lang})
		return file{"text/plain; charset=utf-8", "", out.Bytes()}, err
	case accountCSV:
		err := report.WriteCSV(&out, plan, lang)
		return file{"text/csv; charset=utf-8", "import.csv", out.Bytes()}, err
	default:
		return nil, imports.NoFormat(string(p.Format), strings.Join([]string{string(accountJSON), string(accountText), string(accountCSV)}, ", "))
	}
}
