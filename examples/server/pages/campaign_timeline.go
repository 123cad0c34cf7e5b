package pages

import (
	"cmp"
	"net/url"
	"strconv"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// maxTimeline is how many cooperations a page of a timeline draws, and looks at for clashes.
const maxTimeline = 150

// maxClashes is how many clashes a row lists.
const maxClashes = 3

// maxTicks is how many months a timeline names.
const maxTicks = 5

// timelineData is what the timeline of a campaign shows.
type timelineData struct {
	campaignHead
	Rows    []timelineRow
	Ticks   []tick
	First   bool   // whether the first ones are shown
	Next    string // the address with the next ones; empty if there are no more
	Undated int
	Clashes int
}

// timelineRow is a cooperation as a bar. Places are parts of the width, as SVG has them.
type timelineRow struct {
	crm.Cooperation
	Who      string
	X, Width string
	// Clashes are other cooperations of the influencer that begin in the same week, which begins on Week.
	// At most maxClashes are listed; More is how many others there are.
	Clashes []crm.Cooperation
	Week    budget.Date
	More    int
}

// tick is the beginning of a month.
type tick struct{ X, Label string }

// timeline shows when the cooperations of a campaign are, and whose begin in one week.
func (v *visit) timeline() (answer, error) {
	h, err := v.campaignHead("timeline")
	if err != nil {
		return nil, err
	}
	dated := onBoard(h.Campaign.ID)
	dated.During.Start = budget.MustParseDate("1900-01-01") // which those without dates never are in
	token := v.URL.Query().Get("page")
	page, err := v.crm.Cooperations(v.Context(), v.ws.ID, dated, crm.ListOptions{Size: maxTimeline, Sort: crm.SortStart,
		Token: token, WithNames: true})
	if err != nil {
		return nil, err
	}
	undated := onBoard(h.Campaign.ID)
	undated.State = crm.Undated
	d := &timelineData{campaignHead: h, First: token == ""}
	if page.Next != "" {
		d.Next = v.to("campaigns", h.Campaign.ID.String(), "timeline") + "?" + url.Values{"page": {page.Next}}.Encode()
	}
	if d.Undated, err = v.crm.CountCooperations(v.Context(), v.ws.ID, undated); err != nil {
		return nil, err
	}
	d.draw(v.face, page.Items, page.Names)
	return view{page: "campaign_timeline", title: h.Campaign.Name, data: d}, nil
}

// draw makes bars of cooperations, on the span of whole months that they and the campaign have.
func (d *timelineData) draw(f *face, dated []crm.Cooperation, names *crm.PageNames) {
	if len(dated) == 0 {
		return
	}
	var span budget.Period
	widen := func(p budget.Period) {
		for _, day := range []budget.Date{p.Start, p.End} {
			if day.IsZero() {
				continue
			}
			if span.Start.IsZero() || day.Before(span.Start) {
				span.Start = day
			}
			if day.After(span.End) {
				span.End = day
			}
		}
	}
	widen(d.Campaign.Period)
	for _, c := range dated {
		widen(c.Period)
	}
	span = budget.Period{Start: span.Start.Month().First(), End: span.End.Month().Last()}
	days := span.End.DaysSince(span.Start) + 1
	place := func(day budget.Date) string { return percent(day.DaysSince(span.Start), days) }
	months := span.End.Month().Sub(span.Start.Month()) + 1
	for n := 0; n < months; n += 1 + (months-1)/maxTicks {
		m := span.Start.Month().Add(n)
		d.Ticks = append(d.Ticks, tick{place(m.First()), f.Month(m)})
	}
	sameWeek := map[weekOf][]crm.Cooperation{}
	for _, c := range dated {
		sameWeek[beginning(c)] = append(sameWeek[beginning(c)], c)
	}
	for _, c := range dated {
		from, to := cmp.Or(c.Period.Start, c.Period.End), cmp.Or(c.Period.End, span.End)
		row := timelineRow{Cooperation: c, Who: names.Influencers[c.Influencer], X: place(from), Width: percent(to.DaysSince(from)+1, days)}
		row.Week = beginning(c).monday
		for _, other := range sameWeek[beginning(c)] {
			switch {
			case other.ID == c.ID:
			case len(row.Clashes) == maxClashes:
				row.More++
			default:
				row.Clashes = append(row.Clashes, other)
			}
		}
		if len(row.Clashes) > 0 {
			d.Clashes++
		}
		d.Rows = append(d.Rows, row)
	}
}

// weekOf is a week of an influencer.
type weekOf struct {
	influencer crm.InfluencerID
	monday     budget.Date
}

// beginning is the week in which a cooperation begins, or ends if it has no start.
func beginning(c crm.Cooperation) weekOf {
	return weekOf{c.Influencer, cmp.Or(c.Period.Start, c.Period.End).Monday()}
}

// percent is a part of the width.
func percent(part, of int) string {
	return strconv.FormatFloat(100*float64(part)/float64(of), 'f', 2, 64) + "%"
}
