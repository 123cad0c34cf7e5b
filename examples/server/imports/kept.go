package imports

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"time"

	"github.com/google/uuid"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/state"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// Kept says that a plan began with choices of an earlier import of a sheet with the same headers.
type Kept struct {
	// At is when that import began.
	At time.Time `json:"at"`
	// WithoutNames tells that words for people and campaigns are not among them any more, because somebody was erased since.
	WithoutNames bool `json:"without_names,omitzero"`
}

// usedKept is what a request remembers of kept choices that are among its own.
type usedKept struct {
	Kept
	Before Choices `json:"before"` // what the client had said itself
}

// keptChoices are the choices that hold for whatever sheet has the same headers: not which part of a file is read, nor a day.
type keptChoices struct {
	Mapping  column.Mapping      `json:"mapping,omitzero"`
	Values   column.ValueMapping `json:"values,omitzero"`
	Dates    DateOrder           `json:"dates,omitzero"`
	Decimals Decimals            `json:"decimals,omitzero"`
	Status   crm.Status          `json:"status,omitzero"`
	FillDown bool                `json:"fill_down,omitzero"`
}

// namesPeople reports whether words of a field may be names of people. Campaigns are often called after them.
func namesPeople(v column.MappedValue) bool {
	return v.Field == column.Influencer || v.Field == column.Responsible || v.Field == column.Campaign
}

// over are choices with those kept ones that they do not have themselves.
func (c Choices) over(kept keptChoices) Choices {
	c.Mapping, c.Values = c.Mapping.Over(kept.Mapping), c.Values.Over(kept.Values)
	c.Dates, c.Decimals, c.Status = cmp.Or(c.Dates, kept.Dates), cmp.Or(c.Decimals, kept.Decimals), cmp.Or(c.Status, kept.Status)
	c.FillDown = c.FillDown || kept.FillDown
	return c
}

// keeps are the choices of a request as they are kept when its plan, whose headers have a key, is begun. A plan of tables of
// budgets alone has no headers to know them by.
func (r request) keeps(headerKey string) (state.KeepChoices, error) {
	if r.First == "" {
		return state.KeepChoices{}, nil
	}
	k := state.KeepChoices{Keys: slices.Compact([]string{r.First, headerKey})}
	kept := keptChoices{Mapping: r.Mapping, Dates: r.Dates, Decimals: r.Decimals, Status: r.Status, FillDown: r.FillDown}
	var names column.ValueMapping
	for _, v := range r.Values {
		if namesPeople(v) {
			names = append(names, v)
		} else {
			kept.Values = append(kept.Values, v)
		}
	}
	doc, err := json.Marshal(kept)
	if err != nil {
		return k, err
	}
	if len(names) > 0 {
		named, err := json.Marshal(names)
		if err != nil {
			return k, err
		}
		k.Names = string(named)
	}
	if k.Choices = string(doc); k.Choices == "{}" && k.Names == "" {
		k.Choices = ""
	}
	return k, nil
}

// readKept are kept choices as they are stored.
func readKept(stored state.ImportChoices) (kept keptChoices, err error) {
	if err := json.Unmarshal([]byte(stored.Choices), &kept); err != nil {
		return kept, fmt.Errorf("%w: kept choices: %w", crm.ErrStorage, err)
	}
	if stored.Names != "" {
		var names column.ValueMapping
		if err := json.Unmarshal([]byte(stored.Names), &names); err != nil {
			return kept, fmt.Errorf("%w: kept choices: %w", crm.ErrStorage, err)
		}
		kept.Values = append(kept.Values, names...)
	}
	return kept, nil
}

// makeKept makes the plan of a request. The first plan of a sheet gets the choices that are kept for its headers, and the
// request has them from then on.
func (s *Service) makeKept(ctx context.Context, ws crm.WorkspaceID, r *request, open func(int) io.Reader) (*sheetimport.Plan, error) {
	plan, err := s.make(ctx, ws, *r, open)
	if r.First != "" {
		return plan, err
	}
	var keys []string
	switch {
	case err == nil && len(plan.Columns) > 0:
		keys = []string{plan.HeaderKey}
		r.First = plan.HeaderKey
	case hasNoHeader(err):
		keys = s.headerKeys(ctx, *r, open)
	}
	if r.IgnoreKept {
		return plan, err
	}
	stored, found, lookErr := s.db.ImportChoices(ctx, ws, keys)
	if lookErr != nil || !found {
		return plan, errors.Join(err, lookErr)
	}
	kept, readErr := readKept(stored)
	if readErr != nil {
		return plan, errors.Join(err, readErr)
	}
	with := *r
	if with.Choices = r.over(kept); reflect.DeepEqual(with.Choices, r.Choices) {
		return plan, err
	}
	with.Kept = &usedKept{Kept{time.UnixMicro(stored.KeptAt).UTC(), stored.NamesLost}, r.Choices}
	again, keptErr := s.make(ctx, ws, with, open)
	if keptErr != nil { // what fitted an earlier sheet does not keep this one from being read
		return plan, errors.Join(err, ctx.Err())
	}
	if with.First == "" {
		with.First = again.HeaderKey
	}
	*r = with
	return again, nil
}

// hasNoHeader reports whether an error says that no header was found.
func hasNoHeader(err error) bool {
	code := sentence.OfError(column.ErrNoHeader).Code()
	return slices.ContainsFunc(crm.FieldErrors(err), func(e *crm.Error) bool { return e.Problem.Code() == code })
}

// headerKeys are those that the sheet of a request may have; none if it cannot be read.
func (s *Service) headerKeys(ctx context.Context, r request, open func(int) io.Reader) []string {
	source, err := s.tab(r, r.Tab, open)
	if err != nil {
		return nil
	}
	keys, err := sheetimport.HeaderKeys(ctx, source)
	if err != nil {
		return nil
	}
	return keys
}

// Forget removes the choices that are kept for the headers of a plan, and makes another plan of its files with what the client
// had chosen itself. Its errors are those of Again; the choices are removed all the same.
func (s *Service) Forget(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID, lang language.Tag) (Plan, error) {
	p, err := s.find(ctx, ws, id)
	if err != nil {
		return Plan{}, err
	}
	var r request
	if err := json.Unmarshal([]byte(p.Request), &r); err != nil {
		return Plan{}, err
	}
	plan, err := planIn(p, language.English)
	if err != nil {
		return Plan{}, err
	}
	keep, err := r.keeps(plan.HeaderKey)
	if err != nil {
		return Plan{}, err
	}
	if _, err := s.db.ForgetImportChoices(ctx, ws, keep.Keys); err != nil {
		return Plan{}, err
	}
	own := r.Choices
	if r.Kept != nil {
		own = r.Kept.Before
	}
	own.IgnoreKept = true
	return s.Again(ctx, ws, id, own, lang)
}

// ForgetKept removes the choices that are kept for sheets with certain headers. Without any it is a crm.ErrNotFound.
func (s *Service) ForgetKept(ctx context.Context, ws crm.WorkspaceID, headerKey string) error {
	if _, err := s.crm.Workspace(ctx, ws); err != nil {
		return err
	}
	gone, err := s.db.ForgetImportChoices(ctx, ws, []string{headerKey})
	if err == nil && !gone {
		err = noKept(headerKey)
	}
	return err
}
