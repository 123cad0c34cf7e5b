package pages

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// monthsListed is how many months the page of month budgets has.
const monthsListed = 13

// monthsData is what the page of month budgets shows.
type monthsData struct {
	*form
	From          budget.Month
	Rows          []monthRow
	Before, After string // the addresses of the months before and after; empty if there are none
}

// Form is that of the budgets.
func (d *monthsData) Form() *form { return d.form }

// monthRow is a month with its line of the plan.
type monthRow struct {
	Month budget.Month
	Line  budget.Line
}

// Field is the name of the input of the month.
func (r monthRow) Field() string { return "month." + r.Month.String() }

// monthBudgets shows the budgets of months, from that of ?from= on, else from the last month on.
func (v *visit) monthBudgets() (answer, error) {
	from, err := v.firstMonth()
	if err != nil {
		return nil, err
	}
	values := url.Values{}
	for n := range monthsListed {
		m := from.Add(n)
		text := v.face.TypedAmount(v.ws.MonthBudgets[m])
		values.Set(monthRow{Month: m}.Field(), text)
		values.Set("was."+monthRow{Month: m}.Field(), text)
	}
	return v.monthsPage(newForm(values), from)
}

// firstMonth is that of ?from=, else the one before this. A form says which it was made for, so that it is the same one after
// the turn of a month.
func (v *visit) firstMonth() (budget.Month, error) {
	if text := cmp.Or(v.PostForm.Get("from"), v.URL.Query().Get("from")); text != "" {
		m, err := budget.ParseMonth(text)
		if err != nil {
			return m, notForThisAddress("from", text)
		}
		return m, nil
	}
	today, err := v.today()
	return today.Month().Add(-1), err
}

func (v *visit) monthsPage(f *form, from budget.Month) (view, error) {
	d := &monthsData{form: f, From: from}
	a := view{page: "planning_months", title: v.say("Month budgets"), data: d}
	summary, err := v.crm.Summary(v.Context(), v.ws.ID, &crm.ReportOptions{Rates: v.pages.options.Rates})
	if err != nil {
		return a, err
	}
	lines := map[budget.Month]budget.Line{}
	for _, l := range summary.Months {
		lines[l.Month] = l
	}
	for n := range monthsListed {
		m := from.Add(n)
		line, ok := lines[m]
		if !ok {
			line.Health = budget.NoBudget
		}
		d.Rows = append(d.Rows, monthRow{m, line})
	}
	d.Before, d.After = v.monthsFrom(from.Add(1-monthsListed)), v.monthsFrom(from.Add(monthsListed-1))
	return a, nil
}

// monthsFrom is the address of the months from one on; empty if it is beyond those that there are.
func (v *visit) monthsFrom(m budget.Month) string {
	if _, err := budget.ParseMonth(m.String()); err != nil {
		return ""
	}
	return v.to("planning", "months") + "?from=" + m.String()
}

// setMonthBudgets sets the budgets of the months that somebody has changed, all of them or none.
func (v *visit) setMonthBudgets() (answer, error) {
	from, err := v.firstMonth()
	if err != nil {
		return nil, err
	}
	f := v.typed()
	changes := v.changedMonths(f, from)
	var of crm.Done
	if len(f.Problems) == 0 {
		var met []budget.Month
		of, met, err = v.setBudgets(changes)
		if len(met) > 0 {
			return v.meetMonths(f, from, met)
		}
	}
	if f.refused(v, err) {
		for n, p := range f.Problems { // the library names the field of the workspace
			for i := range monthsListed {
				if m := from.Add(i).String(); strings.HasPrefix(p.Field, "month_budgets") && strings.Contains(p.Field, m) {
					f.Problems[n].Field = "month." + m
				}
			}
		}
	} else if err != nil {
		return nil, err
	}
	if len(f.Problems) > 0 {
		a, err := v.monthsPage(f, from)
		return a.again(), err
	}
	v.savedAs(v.ws, of)
	return done(v.to("planning", "months")+"?from="+from.String(), of), nil
}

// changedMonths are the budgets that a form has changed since it was made. A month that the page does not list is refused, and
// not left out.
func (v *visit) changedMonths(f *form, from budget.Month) (changes []budgetChange) {
	listed := map[string]bool{}
	for n := range monthsListed {
		row := monthRow{Month: from.Add(n)}
		listed[row.Field()] = true
		if was := "was." + row.Field(); f.Values.Has(row.Field()) && strings.TrimSpace(f.Get(row.Field())) != f.Get(was) {
			changes = append(changes, budgetChange{row.Month, v.amount(f, was, v.ws.Currency), v.amount(f, row.Field(), v.ws.Currency)})
		}
	}
	for name := range f.Values {
		if strings.HasPrefix(name, "month.") && !listed[name] {
			f.wrong(name, v.say("is not among the months of this page"))
			break
		}
	}
	return changes
}

// meetMonths shows budgets that somebody has typed beside those that somebody else has saved meanwhile.
func (v *visit) meetMonths(f *form, from budget.Month, met []budget.Month) (answer, error) {
	stored := url.Values{}
	var labels []label
	for n := range monthsListed {
		row := monthRow{Month: from.Add(n)}
		name, now := row.Field(), v.face.TypedAmount(v.ws.MonthBudgets[row.Month])
		stored.Set(name, now)
		if slices.Contains(met, row.Month) {
			labels = append(labels, label{Name: name, Text: v.face.Month(row.Month)})
			f.Values.Set("was."+name, now)
		} else if strings.TrimSpace(f.Get(name)) == f.Get("was."+name) { // nobody has typed there
			f.Values.Set(name, now)
			f.Values.Set("was."+name, now)
		}
	}
	a, err := v.monthsPage(f, from)
	return a.meet(f, nil, stored, v.ws.Version, labels), err
}
