package imports

import (
	"context"
	"errors"
	"strconv"

	"github.com/google/uuid"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/refusal"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// Why a job ended before its time.
var (
	errCancelled = errors.New("somebody has cancelled the import")
	errLost      = errors.New("another process has taken the import for lost")
)

var (
	errStopped = sentence.Errorf("the import was cancelled; nothing of it is written")
	errHalf    = sentence.Errorf("the import was cancelled after a part of it; apply a new plan of the sheet to go on, or undo the import run")
	errGone    = sentence.Errorf("%s: the server that carried the plan out is gone; apply it again", crm.ErrUnavailable)
	errEnding  = sentence.Errorf("%s: the server ended before the import; apply the plan again", crm.ErrClosed)
	errCutOff  = sentence.Errorf("%s: the server that carried the plan out ended after a part of it; "+
		"make a new plan of the sheet to go on, or undo the import run", crm.ErrUnavailable)
)

// NoPlan is a plan that there is not, or not any more.
func NoPlan(id uuid.UUID) error {
	return &crm.Error{Family: crm.ErrNotFound, Field: "plan", Value: id.String(),
		Problem: sentence.Of("is no plan of an import here; plans are kept for a day")}
}

// noKept are choices that there are not, or not any more.
func noKept(headerKey string) error {
	return &crm.Error{Family: crm.ErrNotFound, Field: "header_key", Value: crm.Shorten(headerKey),
		Problem: sentence.Of("no choices are kept for sheets with these headers; header_key of a plan names them")}
}

// beingApplied is a plan that cannot be removed.
func beingApplied(id uuid.UUID) error {
	return &crm.Error{Family: crm.ErrReferenced, Field: "plan", Value: id.String(),
		Problem: sentence.Of("is being carried out; wait for its end or cancel it")}
}

// isApplied is a plan that is carried out, so that its files are gone.
func isApplied(id uuid.UUID) error {
	return &crm.Error{Family: crm.ErrReferenced, Field: "plan", Value: id.String(),
		Problem: sentence.Of("has been carried out, and its files are gone; upload the sheet again")}
}

// NoUpload is a body of another kind than uploads have.
func NoUpload() error {
	return refusal.OtherMedia(BadForm())
}

// LateUpload is a body that did not arrive in time.
func LateUpload() error {
	return refusal.Late(sentence.Errorf("the body of the request did not arrive in time; send it again"))
}

// BadForm is a body that is no upload, or not whole.
func BadForm() error {
	return &crm.Error{Family: crm.ErrInvalid, Field: "body",
		Problem: sentence.Of(`is no upload; send multipart/form-data with the parts "options" (JSON), "file" and "budgets", ` +
			`or JSON with the link of a Google sheet`)}
}

// BadPart is a part of an upload that has no place in it.
func BadPart(name string) error {
	return refusal.Invalid(name, "",
		sentence.Of(`is no part of an upload, or comes twice; its parts are "options", one "file", and "budgets"`))
}

// NoVerdict is a text that is no verdict.
func NoVerdict(text string) error {
	return refusal.Invalid("verdict", text,
		sentence.Of("is no verdict of a row; use created, updated, unchanged, duplicate, conflict, skipped or rejected"))
}

// NoFormat is a format that there is not.
func NoFormat(text, formats string) error {
	return refusal.Invalid("format", text, sentence.Of("is no format here; use one of %s", formats))
}

// NoFilter is a filter of a table that is exported whole.
func NoFilter(name, value string) error {
	return refusal.Invalid(name, value, sentence.Of("only an export of cooperations can be filtered; leave it out"))
}

// OnlyInCSV is a choice about CSV files for an export in another format.
func OnlyInCSV(name, value string) error {
	return refusal.Invalid(name, value, sentence.Of("is only for CSV files; leave it out"))
}

// NoTable is a table that there is not in an export.
func NoTable(text string) error {
	return refusal.Invalid("table", text, sentence.Of("is no table of an export; use one of cooperations, campaigns, months, all"))
}

// NoPart is a table of budgets that a plan does not have.
func NoPart(n, tables int) error {
	return refusal.Invalid("part", strconv.Itoa(n),
		sentence.Of("is no part of the plan; 0 is the sheet, and it has %d tables of budgets", tables))
}

// NoAccount is an import run that has no account of its rows.
func NoAccount(id crm.ImportRunID) error {
	return &crm.Error{Family: crm.ErrNotFound, Record: crm.RefTo(id), Field: "plan",
		Problem: sentence.Of("there is no account of the rows of this import: it was stopped, or somebody was erased")}
}

// partOf is the part of a request that an error of its plan is about.
func (r request) partOf(err error) string {
	switch ofBudgets := errors.Is(err, column.ErrNoBudgets); {
	case ofBudgets && len(r.Budgets) > 0:
		return "budgets"
	case ofBudgets && len(r.BudgetTabs) > 0:
		return "budget_tabs"
	}
	return "file"
}

// told is an error as clients are told it: a sheet that cannot be read is theirs to mend.
func told(err error, field, name string) error {
	if errors.Is(err, column.ErrNoBudgets) {
		name = "" // which of the tables it is, the sentence says
	}
	if errors.Is(err, sheet.ErrUnreadable) && len(crm.FieldErrors(err)) == 0 {
		return &crm.Error{Family: crm.ErrInvalid, Field: field, Value: crm.Shorten(name), Problem: sentence.OfError(err)}
	}
	return err
}

// problemOf is an error that ended a job, for clients.
func problemOf(err error, lang language.Tag) web.Problem {
	if errors.Is(err, sheetimport.ErrPlanOutdated) || errors.Is(err, errStopped) || errors.Is(err, errHalf) {
		err = refusal.Occupied(err)
	}
	return web.ProblemOf(err, lang)
}

// endedBy is the error of a job that was ended from outside, in place of the one that this led to; half is whether a part of
// the import is written.
func endedBy(ctx context.Context, half bool, err error) error {
	switch cause := context.Cause(ctx); {
	case err == nil || cause == nil || errors.Is(err, crm.ErrUnknownOutcome):
		return err
	case errors.Is(cause, errCancelled) && half:
		return errHalf
	case errors.Is(cause, errCancelled):
		return errStopped
	case errors.Is(cause, errClosed) && half:
		return errCutOff
	case errors.Is(cause, errClosed):
		return errEnding
	}
	return err
}

// NoComma is a text that does not separate cells.
func NoComma(text string) error {
	return refusal.Invalid("comma", text, sentence.Of("is no delimiter of cells; use a comma, a semicolon, a tab or |"))
}
