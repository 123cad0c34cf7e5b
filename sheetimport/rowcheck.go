package sheetimport

import (
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/google/uuid"
)

// check holds the row against the rules of the CRM's records, so that a row which the CRM would refuse is rejected by
// the plan and never stops the others.
func (x *rowReader) check(d *deal, r Row) {
	x.checkRecord(d, r, func() crm.Record {
		return crm.Campaign{Name: orElse(d.campaign, noCampaign), Budget: d.budget, RevenueTarget: d.target}
	})
	x.checkRecord(d, r, func() crm.Record { return crm.Member{Name: orElse(d.responsible, "nobody")} })
	x.checkRecord(d, r, func() crm.Record {
		return crm.Influencer{
			Name: orElse(d.influencer, d.placeholder()), Email: d.email, Phone: d.phone, Category: d.category, Tags: d.tags,
			Profiles: []crm.Profile{{Platform: orElse(d.platform, d.placeholder()), Handle: d.handle, Link: d.link, Followers: d.followers}},
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
		d.campaign = orElse(d.campaign, d.monthCampaign()) // a later import knows the row by it
		return
	}
	if d.known != nil {
		return // what the row does not say, the CRM knows
	}
	x.fillCampaign(d, r)
	switch {
	case !d.period.Start.IsZero() || !x.has(FieldStart): // a sheet without the column says so once
	case d.period.End.IsZero():
		x.notice(d, r, FieldStart, "no_dates", "the row has no dates; the cooperation is not scheduled and its codes match nothing yet")
	default:
		x.notice(d, r, FieldStart, "no_start", "the row has no posting date; its codes match nothing yet")
	}
	if d.cancelled {
		x.notice(d, r, FieldStatus, "cancelled", "the deal is cancelled; a new one comes in as a draft with a cancellation, outside the budget, and a known one keeps its status")
	}
}

// placeholder stands for what only a row that carries an id may leave out.
func (d *deal) placeholder() string {
	if d.known != nil {
		return "known"
	}
	return ""
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// checkRecord makes remarks of what is wrong with a record of the row: cells of optional fields are left out, others
// reject the row. What is wrong without them, if anything, rejects it too.
func (x *rowReader) checkRecord(d *deal, r Row, record func() crm.Record) {
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
func (x *rowReader) checkRemark(r Row, f Field, e *crm.Error) Remark {
	m := x.remark(r, f, "not_valid", e.Problem)
	if name, custom := strings.CutPrefix(e.Field, customPrefix); custom || f == FieldCustom {
		for _, c := range x.custom {
			if shown := crm.Shorten(c.name); shown == name || shown == e.Value && !custom {
				m.Column, m.Header, m.Value = c.Letter, shorten(c.Header), shorten(trim(r.Cell(c.Index).Text))
			}
		}
	}
	if m.Value == "" {
		m.Value = e.Value
	}
	return m
}

// columnOf finds the column that a field of a record came from.
func columnOf(e *crm.Error) Field {
	field, _, _ := strings.Cut(e.Field, "[")
	if strings.HasPrefix(e.Field, "profiles[") {
		field = e.Field[strings.LastIndex(e.Field, ".")+1:]
	}
	switch field {
	case "name":
		switch e.Record.Kind {
		case crm.KindCampaign:
			return FieldCampaign
		case crm.KindMember:
			return FieldResponsible
		default:
			return FieldInfluencer
		}
	case "budget":
		return FieldCampaignBudget
	case "revenue_target":
		return FieldRevenueTarget
	case "link":
		return FieldProfileLink
	case "period.end":
		return FieldEnd
	case "cancellation.fee":
		return FieldCancellationFee
	case "cancellation.reason":
		return FieldCancellationReason
	case "rules":
		if strings.Contains(e.Field, "benefit") {
			return FieldPercentage
		}
		return FieldCode
	}
	if name, ok := strings.CutPrefix(field, "utm."); ok {
		return Field("utm_" + name)
	}
	if strings.HasPrefix(field, "custom") {
		return FieldCustom
	}
	return Field(field) // platform, handle, followers, email, phone, category, tags, cost, notes
}

// optional returns how to leave out a field that does not reject its row, or nil for one that does.
func (d *deal) optional(f Field, e *crm.Error) func() {
	switch f {
	case FieldCampaign:
		return func() { d.campaign = "" }
	case FieldHandle:
		return func() { d.handle = "" }
	case FieldProfileLink:
		return func() { d.link = "" }
	case FieldFollowers:
		return func() { d.followers = nil }
	case FieldEmail:
		return func() { d.email = "" }
	case FieldPhone:
		return func() { d.phone = "" }
	case FieldCategory:
		return func() { d.category = "" }
	case FieldTags:
		return func() { d.tags = nil }
	case FieldResponsible:
		return func() { d.responsible = "" }
	case FieldNotes:
		return func() { d.notes = "" }
	case FieldCampaignBudget:
		return func() { d.budget = budget.Money{} }
	case FieldRevenueTarget:
		return func() { d.target = budget.Money{} }
	case FieldCancellationReason:
		return func() { d.cancellation.Reason = "" }
	case FieldPercentage:
		return func() { d.describe(discount.Benefit{}) }
	case FieldCustom:
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
func (d *deal) cooperation() crm.Cooperation {
	c := crm.Cooperation{
		Campaign: crm.CampaignID(checkID), Influencer: crm.InfluencerID(checkID),
		Status: d.status, Period: d.period, Cost: d.cost, UTM: d.utm, Rules: d.rules,
		LastTouch: d.lastTouch, Notes: d.notes, Custom: d.custom,
	}
	return c
}
