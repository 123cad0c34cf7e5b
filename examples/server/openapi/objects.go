package openapi

import (
	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// These have the form in JSON of types that write it themselves.

// FieldProblem is a crm.Error.
type FieldProblem struct {
	Record   crm.Ref       `json:"record,omitzero"`
	Field    string        `json:"field,omitzero"`
	Value    string        `json:"value,omitzero"`
	Code     string        `json:"code"`
	Params   []string      `json:"params,omitempty"`
	Problem  string        `json:"problem"`
	Conflict *crm.Conflict `json:"conflict,omitzero"`
}

// Result is a crm.Result.
type Result struct {
	Record crm.Ref        `json:"record"`
	Errors []FieldProblem `json:"errors,omitzero"`
}

// Reapplied is a crm.Reapplied.
type Reapplied struct {
	Result
	Name      string            `json:"name"`
	Fields    []crm.FieldChange `json:"fields"`
	Conflicts crm.Conflicts     `json:"conflicts"`
}

// LineFields are those of a budget.Line without its method for JSON. (huma leaves out embedded structs that are not exported.)
type LineFields budget.Line

// Line is a budget.Line.
type Line struct {
	LineFields
	Allocated                 budget.Money `json:"allocated"`
	Unbudgeted                budget.Money `json:"unbudgeted"`
	RemainingAfterSigned      budget.Money `json:"remaining_after_signed,omitzero"`
	RemainingAfterNegotiating budget.Money `json:"remaining_after_negotiating,omitzero"`
	RemainingAfterAllocated   budget.Money `json:"remaining_after_allocated,omitzero"`
}

// BudgetAlert is a budget.Alert.
type BudgetAlert struct {
	Kind       budget.AlertKind `json:"kind"`
	Campaign   string           `json:"campaign,omitzero"`
	Month      budget.Month     `json:"month,omitzero"`
	Influencer string           `json:"influencer,omitzero"`
	On         budget.Date      `json:"on,omitzero"`
	Items      []string         `json:"items"`
	Count      int              `json:"count"`
	Amount     budget.Money     `json:"amount"`
	Message    string           `json:"message"`
}

// BudgetWarning is a budget.Warning.
type BudgetWarning struct {
	Code     budget.WarningCode `json:"code"`
	Item     string             `json:"item,omitzero"`
	Campaign string             `json:"campaign"`
	Message  string             `json:"message"`
}
