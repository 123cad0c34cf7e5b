package api

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/openapi"
	"github.com/getklar/influencercrm/sheetimport"
)

// onePlan names a plan of an import by the id in the path.
type onePlan struct {
	// Plan is the id of the plan.
	Plan uuid.UUID `json:"plan"`
}

const (
	sheetTime = 2 * time.Minute   // to upload and read a sheet
	waitTime  = 100 * time.Second // for an import to end, which goes on after that
)

// plans are the operations on plans of imports; none without the part of the server that keeps them.
func (a *API) plans() []Operation {
	if a.options.Imports == nil {
		return nil
	}
	return tagged("Imports",
		a.uploading(operation("POST /imports/plans", "planImport",
			"Upload a sheet, or name a Google sheet, and see what importing it would do", a.planImport)),
		operation("GET /imports/plans/{plan}", "getImportPlan", "Read a plan, without its rows, and how far it is carried out",
			func(c *call[onePlan]) (imports.Plan, error) {
				return a.options.Imports.Find(c.ctx(), c.ws, c.params.Plan, web.Language(c.request))
			}),
		operation("GET /imports/plans/{plan}/rows", "listImportPlanRows", "What becomes of each row of a sheet", a.planRows),
		applying(operation("POST /imports/plans/{plan}/apply", "applyImportPlan",
			"Carry out a plan as it was shown; of several who do it at once, one does, and all get its job", a.applyPlan)),
		streaming(operation("GET /imports/plans/{plan}/events", "followImportPlan",
			"How far a plan is carried out, as server-sent events", a.planEvents)),
		again(operation("POST /imports/plans/{plan}/cancel", "cancelImportPlan",
			"Stop an import that is under way; the job tells when it has stopped",
			func(c *call[onePlan]) (imports.Job, error) {
				job, err := a.options.Imports.Cancel(c.ctx(), c.ws, c.params.Plan)
				return job.In(web.Language(c.request)), err
			})),
		conflicting(operation("DELETE /imports/plans/{plan}", "deleteImportPlan", "Remove a plan and its files",
			func(c *call[onePlan]) (nothing, error) {
				return nothing{}, a.options.Imports.Delete(c.ctx(), c.ws, c.params.Plan)
			})),
		operation("DELETE /imports/choices/{header_key}", "forgetImportChoices",
			"Forget what columns and words of sheets with certain headers mean; else the next plan of such a sheet begins with it",
			func(c *call[struct {
				// HeaderKey is that of a plan of such a sheet.
				HeaderKey string `json:"header_key"`
			}]) (nothing, error) {
				return nothing{}, a.options.Imports.ForgetKept(c.ctx(), c.ws, c.params.HeaderKey)
			}),
		accounting(operation("GET /imports/plans/{plan}/report", "getImportPlanReport", "The account of all rows of a plan, to download",
			func(c *call[planReport]) (any, error) {
				free, err := a.sheets.Take(c.ctx(), c.ws)
				if err != nil {
					return nil, err
				}
				defer free()
				plan, err := a.options.Imports.Whole(c.ctx(), c.ws, c.params.Plan, web.Language(c.request))
				if err != nil {
					return nil, err
				}
				return rowAccount(c.request, plan, c.params.accountParams)
			})),
	)
}

// again is a POST that may be sent again as it is.
func again(o Operation) Operation {
	o.Idempotent = false
	return o
}

// conflicting is an operation that another one may stand in the way of.
func conflicting(o Operation) Operation {
	o.Problems = append(o.Problems, http.StatusConflict)
	return o
}

// uploading is an operation that takes files.
func (a *API) uploading(o Operation) Operation {
	o = again(o)
	o.timeout, o.maxBody = sheetTime, a.options.Imports.MaxUpload()+imports.FormOverhead
	o.Body = &openapi.Content{
		Type: reflect.TypeFor[imports.Choices](),
		Form: &openapi.Form{
			Optional: []string{"file"}, Lists: []string{"budgets"},
			JSON: map[string]reflect.Type{"options": reflect.TypeFor[imports.Choices]()},
		},
	}
	created := answerOf(http.StatusCreated, reflect.TypeFor[imports.Plan]())
	created.Location = true
	o.Answers = []openapi.Answer{created}
	return o
}

func (a *API) planImport(c *call[struct{}]) (any, error) {
	u, remove, err := imports.ReadUpload(c.request, a.options.TempDir)
	defer remove()
	if err != nil {
		return nil, err
	}
	plan, err := a.options.Imports.Plan(c.ctx(), c.ws, u, web.Language(c.request))
	if err != nil {
		return nil, err
	}
	return reply{status: http.StatusCreated, location: c.request.URL.EscapedPath() + "/" + plan.ID.String(), body: plan}, nil
}

func (a *API) planRows(c *call[struct {
	onePlan
	imports.RowFilter
}]) (page[sheetimport.PlannedRow], error) {
	return paged(a.options.Imports.Rows(c.ctx(), c.ws, c.params.Plan, c.params.RowFilter, web.Language(c.request)))
}

type applyParams struct {
	onePlan
	imports.ApplyOptions
	// Wait waits for the end of the import, as long as a request may take; without it the job is answered at once.
	Wait bool `json:"wait,omitzero"`
}

// outdated is the problem of a plan that would come out differently now.
type outdated struct {
	web.Problem
	// Fresh is the plan of the same sheet as it would be now, if it could be made.
	Fresh *imports.Plan `json:"fresh,omitzero"`
}

// applying describes the answers of an operation that carries out a plan.
func applying(o Operation) Operation {
	o = conflicting(again(o))
	o.timeout = sheetTime
	begun, done := answerOf(http.StatusAccepted, reflect.TypeFor[imports.Job]()), answerOf(http.StatusOK, reflect.TypeFor[imports.Job]())
	begun.Description, done.Description = "The import is under way.", "The import is done."
	o.Answers = []openapi.Answer{begun, done}
	o.ProblemTypes = map[int]reflect.Type{http.StatusConflict: reflect.TypeFor[outdated]()}
	return o
}

func (a *API) applyPlan(c *call[applyParams]) (any, error) {
	job, err := a.options.Imports.Apply(c.ctx(), c.ws, c.params.Plan, c.params.ApplyOptions)
	if err != nil {
		return nil, err
	}
	if c.params.Wait {
		ctx, cancel := a.unlessEnding(c.ctx())
		defer cancel()
		ctx, stop := context.WithTimeout(ctx, waitTime)
		defer stop()
		if job, err = a.options.Imports.End(ctx, c.ws, job); err != nil && ctx.Err() == nil {
			return nil, err
		}
	}
	switch job = job.In(web.Language(c.request)); {
	case job.State == imports.Applied:
		return reply{status: http.StatusOK, body: job}, nil
	case c.params.Wait && job.Over():
		return a.notApplied(c, job)
	default:
		return reply{status: http.StatusAccepted, body: job}, nil
	}
}

// notApplied is the problem with which a job has ended. With an outdated plan comes the one that takes its place.
func (a *API) notApplied(c *call[applyParams], job imports.Job) (any, error) {
	problem := outdated{Problem: *job.Problem}
	if job.Fresh != uuid.Nil {
		switch fresh, err := a.options.Imports.Find(c.ctx(), c.ws, job.Fresh, web.Language(c.request)); {
		case err == nil:
			problem.Fresh = &fresh
		case !errors.Is(err, crm.ErrNotFound): // it may be gone already
			return nil, err
		}
	}
	return reply{status: problem.Status, media: "application/problem+json", body: problem}, nil
}
