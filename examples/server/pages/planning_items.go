package pages

import (
	"cmp"
	"net/url"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// pageSize is how many rows a list of a page has.
const pageSize = 50

// itemsData is what the page of a cell of the plan shows.
type itemsData struct {
	Line     budget.Line
	Campaign string
	Month    budget.Month
	Shares   []budget.ItemShare
	Next     string // the address of the next page; empty on the last
}

// cell is the campaign and the month of the address, one of which may be missing.
func (v *visit) cell() (campaign string, m budget.Month, err error) {
	q := v.URL.Query()
	if text := q.Get("campaign"); text != "" {
		id, err := crm.ParseID[crm.Campaign](text)
		if err != nil {
			return "", m, err
		}
		campaign = id.String()
	}
	if text := q.Get("month"); text != "" {
		m, err = budget.ParseMonth(text)
	}
	return campaign, m, err
}

// planItems lists the cooperations of a cell or a line of the plan with their share of it.
func (v *visit) planItems() (answer, error) {
	campaign, m, err := v.cell()
	if err != nil {
		return nil, err
	}
	q := v.URL.Query()
	at, err := v.pastDay(q)
	if err != nil {
		return nil, err
	}
	r, err := v.report(v.Context(), at)
	if err != nil {
		return nil, err
	}
	line, ok := r.LineOf(campaign, m)
	if !ok {
		return nil, crm.Ref{Kind: crm.KindCampaign, ID: uuid.MustParse(cmp.Or(campaign, uuid.Nil.String()))}.NotFound()
	}
	after, err := shareOf(q)
	if err != nil {
		return nil, err
	}
	shares, more := r.ItemsAfter(campaign, m, after, pageSize)
	d := itemsData{Line: line, Campaign: campaign, Month: m, Shares: shares}
	if more {
		last := shares[len(shares)-1]
		q.Set("start", last.Start.String())
		q.Set("item", last.Item)
		q.Set("in", last.Month.String())
		d.Next = v.URL.Path + "?" + q.Encode()
	}
	title := line.Label
	if !m.IsZero() {
		title = v.face.month(m)
		if campaign != "" {
			title = line.Label + ", " + title
		}
	}
	return view{page: "planning_items", title: title, data: d}, nil
}

// shareOf is where the page before ended.
func shareOf(q url.Values) (s budget.ItemShare, err error) {
	s.Item = q.Get("item")
	if text := q.Get("start"); text != "" {
		if s.Start, err = budget.ParseDate(text); err != nil {
			return s, err
		}
	}
	if text := q.Get("in"); text != "" {
		s.Month, err = budget.ParseMonth(text)
	}
	return s, err
}
