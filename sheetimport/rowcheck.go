package sheetimport

import (
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/google/uuid"
)

// check holds the row against the rules of the CRM's records, so that a row which the CRM would refuse is rejected by
// the plan and never stops the others.
func (x *rowReader) check(d *deal, r Row) {
	if len(d.problems) > 0 {
		return
	}
	x.checkRecord(d, r, crm.Campaign{Name: d.campaign, Budget: d.budget, RevenueTarget: d.target})
	x.checkRecord(d, r, crm.Member{Name: orElse(d.responsible, "nobody")})
	x.checkRecord(d, r, crm.Influencer{
		Name: d.influencer, Email: d.email, Phone: d.phone, Category: d.category, Tags: d.tags,
		Profiles: []crm.Profile{{Platform: d.platform, Handle: d.handle, Link: d.link, Followers: d.followers}},
	})
	x.checkRecord(d, r, d.cooperation())
	if d.period.Start.IsZero() && d.period.End.IsZero() {
		x.notice(d, r, FieldStart, "no_dates", "the row has no dates; the cooperation is not scheduled and its codes match nothing yet")
	} else if d.period.Start.IsZero() {
		x.notice(d, r, FieldStart, "no_start", "the row has no posting date; its codes match nothing yet")
	}
	if _, none := NoAmount(x.text(r, FieldCost)); none && trim(x.text(r, FieldCost)) == "" {
		x.notice(d, r, FieldCost, "no_cost", "the row has no cost")
	}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// checkRecord makes remarks of what is wrong with a record: cells of optional fields are left out, others reject the
// row.
func (x *rowReader) checkRecord(d *deal, r Row, record crm.Record) {
	for _, e := range crm.FieldErrors(crm.Check(record, x.currency)) {
		f := columnOf(e)
		m := x.remark(r, f, "not_valid", e.Problem)
		if m.Value == "" {
			m.Value = e.Value
		}
		if clear := d.optional(f, e); clear != nil {
			clear()
			m.Message += "; the cell is left out"
			d.notices = append(d.notices, m)
			continue
		}
		d.problems = append(d.problems, m)
	}
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
	case "rules":
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
	case FieldCampaignBudget, FieldRevenueTarget:
		return func() { d.budget, d.target = budget.Money{}, budget.Money{} }
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
