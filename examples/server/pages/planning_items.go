package pages

import (
	"net/url"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// pageSize is how many rows a list of a page has.
const pageSize = 50

// itemsData is what the page of a cell of the plan shows.
type itemsData struct {
	Line     budget.Line
	Unpriced bool   // they are in no sum, because nobody knows their rate
	Of       string // a campaign or a month, which may have the same name
	Campaign string
	Month    budget.Month
	Shares   []share
	Fits     string // the address of what still fits; empty where nothing can
	Next     string // the address of the next page; empty on the last
}

// HasOpen tells whether something is listed that could be signed.
func (d itemsData) HasOpen() bool {
	return slices.ContainsFunc(d.Shares, func(s share) bool { return s.Stage != budget.Signed })
}

// share is what a cooperation has in a cell, with its cost if that is in no sum.
type share struct {
	budget.ItemShare
	Cost budget.Money
}

// cell is the campaign and the month of an address, one of which may be missing.
func cell(q url.Values) (campaign string, m budget.Month, err error) {
	id, err := asked(q, "campaign", crm.ParseID[crm.Campaign])
	if err != nil {
		return "", m, err
	}
	if !id.IsZero() {
		campaign = id.String()
	}
	m, err = asked(q, "month", budget.ParseMonth)
	return campaign, m, err
}

// planItems lists the cooperations of a cell or a line of the plan with their share of it.
func (v *visit) planItems() (answer, error) {
	if err := v.takesOnly("campaign", "month", "at", "start", "item", "in", "of"); err != nil {
		return nil, err
	}
	q := v.URL.Query()
	campaign, m, err := cell(q)
	if err != nil {
		return nil, err
	}
	at, err := v.pastDay()
	if err != nil {
		return nil, err
	}
	free, err := v.pages.options.Reports.Take(v.Context(), v.ws.ID)
	if err != nil {
		return nil, err
	}
	defer free()
	r, err := v.report(v.Context(), at)
	if err != nil {
		return nil, err
	}
	after, err := shareOf(q)
	if err != nil {
		return nil, err
	}
	if of := q.Get("of"); of != "" {
		return v.planBucket(r, of, bucketPart{campaign, m, after})
	}
	line, ok := r.LineOf(campaign, m)
	if campaign == "" && m.IsZero() {
		line, ok = r.Total, true
		line.Label = v.say("Total")
	}
	if !ok && campaign != "" {
		if line, err = v.emptyLine(r, campaign); err != nil {
			return nil, err
		}
	}
	shares, more := r.ItemsAfter(campaign, m, after, pageSize)
	d := itemsData{Line: line, Campaign: campaign, Month: m}
	for _, s := range shares {
		d.Shares = append(d.Shares, share{ItemShare: s})
	}
	if more {
		d.Next = v.sharesAfter(shares[len(shares)-1])
	}
	if at.IsZero() && hasOpen(line) && (campaign != "" || !m.IsZero()) {
		fit := url.Values{}
		for _, name := range []string{"campaign", "month"} {
			if q.Get(name) != "" {
				fit.Set(name, q.Get(name))
			}
		}
		d.Fits = v.to("planning", "fits") + "?" + fit.Encode()
	}
	title := line.Label
	if !m.IsZero() {
		title = v.face.Month(m)
		if campaign != "" {
			title = line.Label + ", " + title
		}
	}
	switch {
	case campaign != "" && m.IsZero():
		d.Of = v.say("Campaign")
	case campaign == "" && !m.IsZero():
		d.Of = v.say("Month")
	}
	return view{page: "planning_items", title: title, data: d}, nil
}

// sharesAfter is the address of the page that begins after a share.
func (v *visit) sharesAfter(last budget.ItemShare) string {
	q := v.URL.Query()
	q.Set("start", last.Start.String())
	q.Set("item", last.Item)
	q.Set("in", last.Month.String())
	return v.URL.Path + "?" + q.Encode()
}

// emptyLine is that of a campaign which has nothing in a month, or on a past day.
func (v *visit) emptyLine(r *budget.Report, campaign string) (budget.Line, error) {
	line := budget.Line{Health: budget.NoBudget}
	if whole, ok := r.LineOf(campaign, budget.Month{}); ok {
		line.Label = whole.Label
		return line, nil
	}
	id, err := crm.ParseID[crm.Campaign](campaign)
	if err != nil {
		return line, err
	}
	c, err := v.crm.Campaign(v.Context(), v.ws.ID, id)
	line.Label = c.Name
	return line, err
}

// shareOf is where the page before ended.
func shareOf(q url.Values) (s budget.ItemShare, err error) {
	if s.Start, err = asked(q, "start", budget.ParseDate); err != nil {
		return s, err
	}
	s.Item = q.Get("item")
	s.Month, err = asked(q, "in", budget.ParseMonth)
	return s, err
}
