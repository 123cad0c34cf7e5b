package pages

import (
	"net/url"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// accuracyData is what the page shows about how well a past month was planned.
type accuracyData struct {
	Form          *form
	Month         budget.Month
	Last          budget.Month  // the newest month that has ended
	CameTo        budget.Line   // what the month came to
	Answer        string        // the same in words, with what was expected
	Plans         []earlierPlan // the oldest first
	Before, After string        // the addresses of the months beside it; empty where there is none
}

// earlierPlan is how the month stood some months before.
type earlierPlan struct {
	crm.EarlierPlan
	On budget.Date // the last day of that report
}

// Known tells whether there was a workspace then.
func (p earlierPlan) Known() bool { return p.Seq > 0 }

// Empty tells that nothing was planned for the month then, and nothing came of it: no forecast was met by that.
func (p earlierPlan) Empty(cameTo budget.Line) bool {
	return p.Known() && p.Line.Count() == 0 && cameTo.Signed.Sign() == 0
}

// Known tells whether there was any plan for the month.
func (d accuracyData) Known() bool { return slices.ContainsFunc(d.Plans, earlierPlan.Known) }

// inWords says what a month came to, and what was expected of it a month before it began.
func (f *face) inWords(d accuracyData) string {
	signed := f.Say("Nothing was signed.")
	if d.CameTo.Signed.Sign() != 0 || d.CameTo.Counts.Signed > 0 { // also what is free, or without a rate
		signed = f.Say("It came to %s signed.", f.Amount(d.CameTo.Signed))
	}
	for _, p := range d.Plans {
		switch forecast := p.Line.Forecast; {
		case p.MonthsBefore != 1 || !p.Missed.IsSet():
		case forecast.Sign() == 0 && p.Line.Count() == 0:
			return signed + " " + f.Say("A month before it began, nothing was expected.")
		default:
			return signed + " " + f.Say("A month before it began, %s were expected: %s.", f.Amount(forecast), f.Missed(p.Missed))
		}
	}
	return signed
}

// accuracy shows what was planned for a month that has ended, that of ?month= or the last one, and what it came to.
func (v *visit) accuracy() (answer, error) {
	if err := v.takesOnly("month"); err != nil {
		return nil, err
	}
	today, err := v.today()
	if err != nil {
		return nil, err
	}
	last := today.Month().Add(-1)
	typed := strings.TrimSpace(v.URL.Query().Get("month"))
	d := accuracyData{Form: newForm(url.Values{"month": {typed}}), Month: last, Last: last}
	if typed == "" {
		d.Form.Values.Set("month", last.String())
	} else if m, err := budget.ParseMonth(typed); err != nil {
		d.Form.wrong("month", v.say("is no month; write it like %s", last.String()))
	} else if d.Month = m; last.Compare(m) < 0 {
		d.Form.wrong("month", v.say("has not ended yet; choose %s at the latest", v.face.Month(last)))
		d.Month = last
	}
	if err := v.readAccuracy(&d); err != nil {
		if d.Form.refused(v, err) && d.Month != last {
			d.Month = last
			err = v.readAccuracy(&d)
		}
		if err != nil {
			return nil, err
		}
	}
	a := view{page: "planning_accuracy", title: v.say("How good the plans were: %s", v.face.Month(d.Month)), data: d}
	if len(d.Form.Problems) > 0 {
		return a.again(), nil
	}
	return a, nil
}

func (v *visit) readAccuracy(d *accuracyData) error {
	free, err := v.pages.options.Reports.Take(v.Context(), v.ws.ID)
	if err != nil {
		return err
	}
	defer free()
	found, err := v.crm.PlanAccuracy(v.Context(), v.ws.ID, d.Month, &crm.ReportOptions{Rates: v.pages.options.Rates})
	if err != nil {
		return err
	}
	zone, err := v.ws.Location()
	if err != nil {
		return err
	}
	d.CameTo, d.Plans = found.CameTo, nil
	for _, p := range slices.Backward(found.Planned) {
		d.Plans = append(d.Plans, earlierPlan{p, dayOf(p.At, zone)})
	}
	d.Answer = v.face.inWords(*d)
	to := func(m budget.Month) string { return v.to("planning", "accuracy") + "?month=" + m.String() }
	if before := d.Month.Add(-1); before.Year() > budget.MinYear {
		d.Before = to(before)
	}
	if after := d.Month.Next(); after.Compare(d.Last) <= 0 {
		d.After = to(after)
	}
	return nil
}
