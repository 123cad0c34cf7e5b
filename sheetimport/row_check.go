package sheetimport

import (
	"cmp"
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
func (x *rowReader) check(e *entry, r sheet.Row) {
	x.checkRecord(e, r, func() crm.Record {
		return crm.Campaign{Name: cmp.Or(e.campaign, noCampaign), Budget: e.budget, RevenueTarget: e.target, Period: e.dates}
	})
	x.checkRecord(e, r, func() crm.Record { return crm.Member{Name: cmp.Or(e.responsible, "nobody")} })
	x.checkRecord(e, r, func() crm.Record {
		return crm.Influencer{
			Name: cmp.Or(e.influencer, e.placeholder()), Email: e.email, Phone: e.phone, Category: e.category, Tags: e.tags,
			Profiles: []crm.Profile{{Platform: cmp.Or(e.platform, e.placeholder()), Handle: e.handle, Link: e.link,
				Followers: e.followers}},
		}
	})
	x.checkRecord(e, r, func() crm.Record {
		c := e.cooperation()
		if e.cancelled {
			c.Cancellation = &crm.Cancellation{On: checkDay, Fee: e.cancellation.Fee, Reason: e.cancellation.Reason}
		}
		return c
	})
	if len(e.problems) > 0 {
		if e.campaign == "" {
			e.campaign, e.unnamed = e.monthCampaign(), true // a later import knows the row by it
		}
		return
	}
	if e.known != nil {
		return // what the row does not say, the CRM knows
	}
	x.fillCampaign(e, r)
	switch {
	case !e.period.Start.IsZero() || !x.has(column.Start) || e.unscheduled: // a sheet without the column says so once
	case e.period.End.IsZero():
		x.notice(e, r, column.Start, "no_dates", "the row has no dates; the cooperation is not scheduled and its codes match nothing yet")
	default:
		x.notice(e, r, column.Start, "no_start", "the row has no posting date; its codes match nothing yet")
	}
	if e.cancelled {
		x.notice(e, r, column.Status, "cancelled",
			"the deal is cancelled; a new one comes in as a draft with a cancellation, of which only a fee counts in the budget, "+
				"and a known one keeps its status")
	}
}

// placeholder stands for a required value that only a row with an id may leave blank.
func (e *entry) placeholder() string {
	if e.known != nil {
		return "known"
	}
	return ""
}

// checkRecord makes remarks of what is wrong with a record of the row: cells of optional fields are left out, others
// reject the row. What is wrong without them, if anything, rejects it too.
func (x *rowReader) checkRecord(e *entry, r sheet.Row, record func() crm.Record) {
	left := false
	for _, bad := range crm.FieldErrors(crm.Check(record(), x.currency)) {
		f := columnOf(bad)
		if e.failed[f] {
			continue
		}
		m := x.checkRemark(r, f, bad)
		leave := e.dropField(f, bad)
		if leave == nil {
			x.problem(e, f, m)
			continue
		}
		leave()
		left = true
		e.notices = append(e.notices, m.leftOut())
	}
	if !left {
		return
	}
	for _, bad := range crm.FieldErrors(crm.Check(record(), x.currency)) {
		if f := columnOf(bad); !e.failed[f] {
			x.problem(e, f, x.checkRemark(r, f, bad))
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
	if e.Record.Kind == crm.KindCampaign {
		switch field {
		case "period.start":
			return column.CampaignStart
		case "period", "period.end":
			return column.CampaignEnd
		}
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

// dropField returns how to leave out a field that does not reject its row, or nil for one that does.
func (e *entry) dropField(f column.Field, bad *crm.Error) func() {
	switch f {
	case column.Campaign:
		return func() { e.campaign = "" }
	case column.Handle:
		return func() { e.handle = "" }
	case column.ProfileLink:
		return func() { e.link = "" }
	case column.CampaignStart:
		return func() { e.dates.Start = budget.Date{} }
	case column.CampaignEnd:
		return func() { e.dates.End = budget.Date{} }
	case column.Followers:
		return func() { e.followers = nil }
	case column.Email:
		return func() { e.email = "" }
	case column.Phone:
		return func() { e.phone = "" }
	case column.Category:
		return func() { e.category = "" }
	case column.Tags:
		return func() { e.tags = nil }
	case column.Responsible:
		return func() { e.responsible = "" }
	case column.Notes:
		return func() { e.notes = "" }
	case column.CampaignBudget:
		return func() { e.budget = budget.Money{} }
	case column.RevenueTarget:
		return func() { e.target = budget.Money{} }
	case column.CancellationReason:
		return func() { e.cancellation.Reason = "" }
	case column.Percentage:
		return func() { e.describe(discount.Benefit{}) }
	case column.Custom:
		return func() {
			for name := range e.custom {
				if bad.Field == "custom" && bad.Value == crm.Shorten(name) || bad.Field == "custom."+crm.Shorten(name) {
					delete(e.custom, name)
				}
			}
		}
	}
	return nil
}

// checkDay stands for the day of a cancellation, which the plan decides.
var checkDay = budget.MustParseDate("2026-01-01")

// checkID stands for the ids that a row is given later, while it is checked alone.
var checkID = uuid.UUID{1}

// cooperation is the cooperation that the row describes, without the records that it will name.
func (e *entry) cooperation() crm.Cooperation {
	c := crm.Cooperation{
		Campaign: crm.CampaignID(checkID), Influencer: crm.InfluencerID(checkID),
		Status: e.status, Period: e.period, Cost: e.cost, UTM: e.utm, Rules: e.rules,
		LastTouch: e.lastTouch, Notes: e.notes, Custom: e.custom,
	}
	return c
}
