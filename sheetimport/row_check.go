package sheetimport

import (
	"strings"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// check holds the row against the rules of the CRM's records, so that a row which the CRM would refuse is rejected by
// the plan and never stops the others.
func (x *rowReader) check(d *entry, r sheet.Row) {
	x.checkRecord(d, r, func() crm.Record {
		return crm.Campaign{Name: texts.OrElse(d.campaign, noCampaign), Budget: d.budget, RevenueTarget: d.target}
	})
	x.checkRecord(d, r, func() crm.Record { return crm.Member{Name: texts.OrElse(d.responsible, "nobody")} })
	x.checkRecord(d, r, func() crm.Record {
		return crm.Influencer{
			Name: texts.OrElse(d.influencer, d.placeholder()), Email: d.email, Phone: d.phone, Category: d.category, Tags: d.tags,
			Profiles: []crm.Profile{{Platform: texts.OrElse(d.platform, d.placeholder()), Handle: d.handle, Link: d.link, Followers: d.followers}},
		}
	})
	x.checkRecord(d, r, func() crm.Record {
		c := d.cooperation()
		if d.cancelled {
			c.Cancellation = &crm.Cancellation{On: checkDay, Fee: d.cancellation.Fee, Reason: d.cancellation.Reason}
		}
		return c
	})
	if len(d.problems) > 0 {
		d.campaign = texts.OrElse(d.campaign, d.monthCampaign()) // a later import knows the row by it
		return
	}
	if d.known != nil {
		return // what the row does not say, the CRM knows
	}
	x.fillCampaign(d, r)
	switch {
	case !d.period.Start.IsZero() || !x.has(column.Start): // a sheet without the column says so once
	case d.period.End.IsZero():
		x.notice(d, r, column.Start, "no_dates", "the row has no dates; the cooperation is not scheduled and its codes match nothing yet")
	default:
		x.notice(d, r, column.Start, "no_start", "the row has no posting date; its codes match nothing yet")
	}
	if d.cancelled {
		x.notice(d, r, column.Status, "cancelled", "the deal is cancelled; it comes in as a draft with a cancellation, outside the budget")
	}
}

// placeholder stands for what only a row that carries an id may leave out.
func (d *entry) placeholder() string {
	if d.known != nil {
		return "known"
	}
	return ""
}

// checkRecord makes remarks of what is wrong with a record of the row: cells of optional fields are left out, others
// reject the row. What is wrong without them, if anything, rejects it too.
func (x *rowReader) checkRecord(d *entry, r sheet.Row, record func() crm.Record) {
	left := false
	for _, e := range crm.FieldErrors(crm.Check(record(), x.currency)) {
		f := columnOf(e)
		if d.failed[f] {
			continue
		}
		m := x.checkRemark(r, f, e)
		leave := d.optional(f, e)
		if leave == nil {
			x.problem(d, f, m)
			continue
		}
		leave()
		left = true
		m.Message += leftOut
		d.notices = append(d.notices, m)
	}
	if !left {
		return
	}
	for _, e := range crm.FieldErrors(crm.Check(record(), x.currency)) {
		if f := columnOf(e); !d.failed[f] {
			x.problem(d, f, x.checkRemark(r, f, e))
		}
	}
}

// checkRemark makes a remark of what the CRM says about a field.
func (x *rowReader) checkRemark(r sheet.Row, f column.Field, e *crm.Error) Remark {
	m := x.remark(r, f, "not_valid", e.Problem)
	if name, custom := strings.CutPrefix(e.Field, customPrefix); custom || f == column.Custom {
		for _, c := range x.custom {
			if shown := crm.Shorten(c.name); shown == name || shown == e.Value && !custom {
				m.Column, m.Header, m.Value = c.Letter, texts.Shorten(c.Header), texts.Shorten(texts.Trim(r.Cell(c.Index).Text))
			}
		}
	}
	if m.Value == "" {
		m.Value = e.Value
	}
	return m
}

// columnOf finds the column that a field of a record came from.
func columnOf(e *crm.Error) column.Field {
	field, _, _ := strings.Cut(e.Field, "[")
	if strings.HasPrefix(e.Field, "profiles[") {
		field = e.Field[strings.LastIndex(e.Field, ".")+1:]
	}
	switch field {
	case "name":
		switch e.Record.Kind {
		case crm.KindCampaign:
			return column.Campaign
		case crm.KindMember:
			return column.Responsible
		default:
			return column.Influencer
		}
	case "budget":
		return column.CampaignBudget
	case "revenue_target":
		return column.RevenueTarget
	case "link":
		return column.ProfileLink
	case "period.end":
		return column.End
	case "cancellation.fee":
		return column.CancellationFee
	case "cancellation.reason":
		return column.CancellationReason
	case "rules":
		if strings.Contains(e.Field, "benefit") {
			return column.Percentage
		}
		return column.Code
	}
	if name, ok := strings.CutPrefix(field, "utm."); ok {
		return column.Field("utm_" + name)
	}
	if strings.HasPrefix(field, "custom") {
		return column.Custom
	}
	return column.Field(field) // platform, handle, followers, email, phone, category, tags, cost, notes
}

// optional returns how to leave out a field that does not reject its row, or nil for one that does.
func (d *entry) optional(f column.Field, e *crm.Error) func() {
	switch f {
	case column.Campaign:
		return func() { d.campaign = "" }
	case column.Handle:
		return func() { d.handle = "" }
	case column.ProfileLink:
		return func() { d.link = "" }
	case column.Followers:
		return func() { d.followers = nil }
	case column.Email:
		return func() { d.email = "" }
	case column.Phone:
		return func() { d.phone = "" }
	case column.Category:
		return func() { d.category = "" }
	case column.Tags:
		return func() { d.tags = nil }
	case column.Responsible:
		return func() { d.responsible = "" }
	case column.Notes:
		return func() { d.notes = "" }
	case column.CampaignBudget:
		return func() { d.budget = budget.Money{} }
	case column.RevenueTarget:
		return func() { d.target = budget.Money{} }
	case column.CancellationReason:
		return func() { d.cancellation.Reason = "" }
	case column.Percentage:
		return func() { d.describe(discount.Benefit{}) }
	case column.Custom:
		return func() {
			for name := range d.custom {
				if e.Field == "custom" && e.Value == crm.Shorten(name) || e.Field == "custom."+crm.Shorten(name) {
					delete(d.custom, name)
				}
			}
		}
	}
	return nil
}

// checkDay stands for the day of a cancellation, which the plan decides.
var checkDay = budget.MustParseDate("2026-01-01")

// checkID stands for the records that a row will be given, while it is checked alone.
var checkID = uuid.UUID{1}

// cooperation is the cooperation that the row describes, without the records that it will name.
func (d *entry) cooperation() crm.Cooperation {
	c := crm.Cooperation{
		Campaign: crm.CampaignID(checkID), Influencer: crm.InfluencerID(checkID),
		Status: d.status, Period: d.period, Cost: d.cost, UTM: d.utm, Rules: d.rules,
		LastTouch: d.lastTouch, Notes: d.notes, Custom: d.custom,
	}
	return c
}
