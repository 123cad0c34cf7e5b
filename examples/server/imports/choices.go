package imports

import (
	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/refusal"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// Choices are what a client says about a sheet; the zero value is what most sheets want.
type Choices struct {
	// Link is that of a Google sheet, instead of a file.
	Link string `json:"link,omitzero"`
	// Tab is the name of the tab of a workbook or Google sheet, "*" for all tabs of a workbook that have headers; the first one
	// that has them if it is not given.
	Tab string `json:"tab,omitzero"`
	// BudgetTabs are tabs of the same workbook or Google sheet that have tables of budgets.
	BudgetTabs []string `json:"budget_tabs,omitzero"`
	// Mapping says what columns mean, where their headers do not or not rightly; a plan has its own, to be changed.
	Mapping column.Mapping `json:"mapping,omitzero"`
	// Values says what a team's own words mean; a plan has proposals.
	Values column.ValueMapping `json:"values,omitzero"`
	// Dates says which number of 03/04/26 comes first, where the sheet itself does not tell.
	Dates DateOrder `json:"dates,omitzero"`
	// Decimals says what stands before the decimals of amounts, where the sheet itself does not tell.
	Decimals Decimals `json:"decimals,omitzero"`
	// Status is for rows that say nothing about theirs; signed if it is not given.
	Status crm.Status `json:"status,omitzero"`
	// FillDown gives a row without a campaign the one that is named above it.
	FillDown bool `json:"fill_down,omitzero"`
	// Today is the day of the import, for cancellations to which the sheet gives no day; today if it is not given.
	Today budget.Date `json:"today,omitzero"`
	// IgnoreKept begins without the choices with which a sheet of the same headers was imported before. Else a plan has those of
	// them that it is not given itself: mapping, values, dates, decimals, status and fill_down; see kept of a plan.
	IgnoreKept bool `json:"ignore_kept,omitzero"`
}

// DateOrder is the order of dates in digits.
type DateOrder string

// The orders of dates.
const (
	DayFirst   DateOrder = "day"
	MonthFirst DateOrder = "month"
)

// Decimals is what stands before decimals.
type Decimals string

// What stands before decimals.
const (
	Comma Decimals = "comma"
	Point Decimals = "point"
)

var (
	dateOrders    = map[DateOrder]cell.DateOrder{"": cell.OrderUnknown, DayFirst: cell.DayFirst, MonthFirst: cell.MonthFirst}
	decimalStyles = map[Decimals]cell.DecimalStyle{"": cell.StyleUnknown, Comma: cell.CommaDecimals, Point: cell.PointDecimals}
)

// Options are the choices as the importer takes them. What is none of them is a crm.ErrInvalid.
func (c Choices) Options() (sheetimport.Options, error) {
	dates, known := dateOrders[c.Dates]
	if !known {
		return sheetimport.Options{}, refusal.Invalid("dates", string(c.Dates), sentence.Of("is no order of dates; use day or month"))
	}
	decimals, known := decimalStyles[c.Decimals]
	if !known {
		return sheetimport.Options{}, refusal.Invalid("decimals", string(c.Decimals),
			sentence.Of("is nothing that stands before decimals; use comma or point"))
	}
	if c.Status != "" && c.Status.Validate() != nil {
		return sheetimport.Options{}, refusal.Invalid("status", string(c.Status), sentence.Of("is no status; use draft, negotiating or signed"))
	}
	if len(c.BudgetTabs) > sheetimport.MaxTables {
		return sheetimport.Options{},
			refusal.Invalid("budget_tabs", "", sentence.Of("at most %d tables of budgets come with a sheet",
				sheetimport.MaxTables))
	}
	return sheetimport.Options{
		Status: c.Status, DateOrder: dates, DecimalStyle: decimals, Mapping: c.Mapping, Values: c.Values, FillDown: c.FillDown, Today: c.Today,
	}, nil
}
