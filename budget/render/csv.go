package render

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
)

// CSV writes a report as one flat table with a header, a line of the report per
// row. The column axis says which list the row is from: total, unscheduled, campaign,
// month, month_total, cell (campaign × month), or one of the axes that are asked for,
// whose items without a value have neither key nor label. Amounts are plain numbers such as
// 16114.81; an empty budget is none, which is not 0.
//
// A key or label that a spreadsheet would take for a formula (it begins with
// = + - @, a tab or a line break) gets a ' in front, so that it stays a text.
func CSV(w io.Writer, r *budget.Report, by ...budget.Axis) error {
	if w == nil || r == nil {
		panic("render: CSV needs a writer and a Report, and was given nil")
	}
	out := csv.NewWriter(w)
	if err := out.Write([]string{
		"axis", "key", "label", "month", "currency",
		"signed", "negotiating", "draft", "allocated",
		"forecast", "budget", "budget_from", "unbudgeted", "not_selected", "remaining_after_signed", "remaining_after_allocated",
		"signed_count", "negotiating_count", "draft_count", "unpriced_count", "health", "revenue_target", "cost_share", "tipped_by",
	}); err != nil {
		return err
	}
	type list struct {
		axis  string
		lines []budget.Line
	}
	lists := []list{
		{"total", []budget.Line{r.Total}},
		{"unscheduled", []budget.Line{r.Unscheduled}},
		{"campaign", r.Campaigns},
		{"month", r.Months},
		{"month_total", []budget.Line{r.MonthTotal}},
		{"cell", r.Cells},
	}
	for _, axis := range by {
		lists = append(lists, list{string(axis), r.By(axis)})
	}
	for _, list := range lists {
		for _, l := range list.lines {
			if err := out.Write(record(list.axis, l, r.Currency)); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func record(axis string, l budget.Line, c budget.Currency) []string {
	return []string{
		axis, disarmed(l.Key), disarmed(l.Label), l.Month.String(), disarmed(string(c)),
		l.Signed.Amount(), l.Negotiating.Amount(), l.Draft.Amount(), l.Allocated().Amount(),
		l.Forecast.Amount(), l.Budget.Amount(), string(l.BudgetFrom), l.Unbudgeted().Amount(), othersOf(l).Amount(),
		l.RemainingAfterSigned().Amount(), l.RemainingAfterAllocated().Amount(),
		strconv.Itoa(l.Counts.Signed), strconv.Itoa(l.Counts.Negotiating),
		strconv.Itoa(l.Counts.Draft), strconv.Itoa(l.Counts.Unpriced), string(l.Health),
		l.Target.Amount(), costShare(l), disarmed(l.TippedBy),
	}
}

// costShare is the planned cost as a share of the revenue target, such as 0.125.
func costShare(l budget.Line) string {
	share, ok := l.CostShare()
	if !ok {
		return ""
	}
	return share.String()
}

// disarmed returns a text that no spreadsheet runs. Some take the full-width forms
// of the signs for the signs.
func disarmed(s string) string {
	for _, sign := range [...]string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, sign) {
			return "'" + s
		}
	}
	return s
}
