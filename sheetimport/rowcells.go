package sheetimport

import (
	"errors"
	"fmt"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// readWho reads who works where: name, platform, handle, link.
func (x *rowReader) readWho(d *deal, r Row) {
	var err error
	d.influencer, err = ParseText(x.text(r, FieldInfluencer))
	x.require(d, r, FieldInfluencer, err)
	first, err := ParseText(x.text(r, FieldFirstName))
	x.require(d, r, FieldFirstName, err)
	last, err := ParseText(x.text(r, FieldLastName))
	x.require(d, r, FieldLastName, err)
	if d.influencer == "" {
		d.influencer = strings.TrimSpace(first + " " + last)
	}
	platform, known, err := ParsePlatform(x.text(r, FieldPlatform))
	x.require(d, r, FieldPlatform, err)
	if platform == "" && err == nil {
		d.problems = append(d.problems, x.remark(r, FieldPlatform, "platform_missing", "the platform is missing; every row needs it, like Instagram"))
	}
	d.platform, _ = crm.ParsePlatform(platform)
	if platform != "" && !known {
		x.notice(d, r, FieldPlatform, "unknown_platform", "%q is not one of the known platforms; it is kept as it is", platform)
	}
	d.handle, err = ParseHandle(x.text(r, FieldHandle))
	x.prefer(d, r, FieldHandle, err)
	d.link, err = ParseText(x.text(r, FieldProfileLink))
	x.prefer(d, r, FieldProfileLink, err)
	if d.link != "" && !strings.Contains(d.link, "://") {
		d.link = "https://" + d.link
	}
	_, named := x.columns[FieldInfluencer]
	_, firstNamed := x.columns[FieldFirstName]
	if d.influencer == "" && !named && !firstNamed && d.handle != "" {
		d.influencer = d.handle
		x.notice(d, r, FieldHandle, "name_from_handle", "the sheet has no column for names; the handle is used")
	}
	if d.influencer == "" {
		d.problems = append(d.problems, x.remark(r, FieldInfluencer, "name_missing", "the influencer's name is missing; every row needs it"))
	}
}

// readPerson reads what else the sheet knows about the influencer. None of it rejects a row.
func (x *rowReader) readPerson(d *deal, r Row) {
	count, blank, err := ParseCount(x.text(r, FieldFollowers))
	x.prefer(d, r, FieldFollowers, err)
	if err == nil && !blank {
		d.followers = &crm.Followers{Count: count}
	}
	for f, dst := range map[Field]*string{
		FieldEmail: &d.email, FieldPhone: &d.phone, FieldCategory: &d.category, FieldResponsible: &d.responsible, FieldNotes: &d.notes,
	} {
		*dst, err = ParseText(x.text(r, f))
		x.prefer(d, r, f, err)
	}
	tags, err := ParseText(x.text(r, FieldTags))
	x.prefer(d, r, FieldTags, err)
	for tag := range strings.FieldsFuncSeq(tags, func(c rune) bool { return c == ',' || c == ';' || c == '\n' }) {
		d.tags = append(d.tags, trim(tag))
	}
}

// readTerms reads what was agreed: campaign, status, dates, cost.
func (x *rowReader) readTerms(d *deal, r Row) {
	var err error
	d.campaignCell, err = ParseText(x.text(r, FieldCampaign))
	x.require(d, r, FieldCampaign, err)
	d.status = x.status
	if text := x.text(r, FieldStatus); trim(text) != "" {
		d.status, d.cancelled, err = ParseStatus(text)
		x.require(d, r, FieldStatus, err)
		if d.cancelled {
			d.status = crm.Draft
		}
	}
	d.period.Start = x.date(d, r, FieldStart)
	d.period.End = x.date(d, r, FieldEnd)
	if d.cost, err = x.amount(d, r, FieldCost); err != nil {
		x.require(d, r, FieldCost, err)
	} else if word, none := NoAmount(x.text(r, FieldCost)); none && word != "" {
		x.notice(d, r, FieldCost, "no_amount", "%q is no amount; the cost stays open", word)
	}
	d.budget, err = x.amount(d, r, FieldCampaignBudget)
	x.prefer(d, r, FieldCampaignBudget, err)
	d.target, err = x.amount(d, r, FieldRevenueTarget)
	x.prefer(d, r, FieldRevenueTarget, err)
	d.lastTouch, err = ParseYesNo(x.text(r, FieldLastTouch))
	x.prefer(d, r, FieldLastTouch, err)
}

// date reads a date, with a notice where only the rest of its column or the options decide how to read it.
func (x *rowReader) date(d *deal, r Row, f Field) budget.Date {
	text, ruled := x.text(r, f), x.orders[f]
	date, err := ParseDate(text, ruled.value)
	x.require(d, r, f, err)
	if _, open := ParseDate(text, OrderUnknown); err == nil && open != nil {
		x.notice(d, r, f, "read_by_column", "%q is read as %s: %s", trim(text), date, ruled.because)
	}
	return date
}

// amount reads an amount in the currency of its cell, its column or the row, else the workspace's.
func (x *rowReader) amount(d *deal, r Row, f Field) (budget.Money, error) {
	text, ruled := x.text(r, f), x.styles[f]
	value, inCell, blank, err := ParseAmount(text, ruled.value)
	if err != nil || blank {
		return budget.Money{}, err
	}
	if _, _, _, open := ParseAmount(text, StyleUnknown); open != nil {
		x.notice(d, r, f, "read_by_column", "%q is read as %s: %s", trim(text), value, ruled.because)
	}
	currency := x.currency
	if column := x.columns[f].Currency; column != "" {
		currency = column
	}
	if text := trim(x.text(r, FieldCurrency)); text != "" && f == FieldCost {
		if currency, err = budget.ParseCurrency(text); err != nil {
			return budget.Money{}, cellError("unknown_currency", text, "is no currency", "write its three letters, like EUR")
		}
		if inCell != "" && inCell != currency {
			return budget.Money{}, cellError("ambiguous_currency", trim(x.text(r, f)), "names another currency than the row's currency column", "leave one of the two out", string(inCell), string(currency))
		}
	}
	if inCell != "" {
		currency = inCell
	}
	if f != FieldCost && currency != x.currency {
		return budget.Money{}, cellError("other_currency", trim(x.text(r, f)), "is not in the workspace's currency", "write it in "+string(x.currency))
	}
	m, err := budget.NewMoney(value, currency)
	switch {
	case errors.Is(err, budget.ErrPrecision):
		return m, cellError("too_precise", trim(x.text(r, f)), fmt.Sprintf("has more decimals than %s has", currency), "round it to what is paid")
	case err != nil:
		return m, cellError("too_large", trim(x.text(r, f)), "is no possible amount", "check the digits")
	}
	return m, nil
}

var utmColumns = map[utm.Field]Field{
	utm.Source: FieldUTMSource, utm.Medium: FieldUTMMedium, utm.Campaign: FieldUTMCampaign, utm.Term: FieldUTMTerm, utm.Content: FieldUTMContent,
}

// readTracking reads UTM fields and discount codes.
func (x *rowReader) readTracking(d *deal, r Row) {
	fromLink, err := utm.Parse(trim(x.text(r, FieldTrackingLink)))
	x.prefer(d, r, FieldTrackingLink, err)
	for _, f := range utm.Fields() {
		column := utmColumns[f]
		value, err := ParseText(x.text(r, column))
		x.require(d, r, column, err)
		linked := fromLink.Get(f).String()
		switch {
		case value == "" && linked == "":
			continue
		case value == "":
			value = linked
		case linked != "" && linked != value:
			x.notice(d, r, FieldTrackingLink, "link_differs", "the link says %s=%s, the column %s; the column is used", f.Key(), shorten(linked), shorten(value))
		}
		d.utm = d.utm.With(f, utm.Of(value))
	}
	rules, err := ParseCodes(x.text(r, FieldCode))
	x.require(d, r, FieldCode, err)
	d.rules = x.withMatch(d, r, rules)
	x.readBenefit(d, r)
}

// withMatch applies a column that says how the codes are compared.
func (x *rowReader) withMatch(d *deal, r Row, rules []discount.Rule) []discount.Rule {
	text := trim(x.text(r, FieldMatch))
	if text == "" {
		return rules
	}
	match, err := parseMatch(text)
	if err != nil {
		x.require(d, r, FieldMatch, err)
		return rules
	}
	for n := range rules {
		if rules[n].Match == discount.Equals {
			rules[n].Match = match
		}
	}
	return rules
}

// readBenefit reads what the codes take off. It describes the code and is never a condition, so a cell that cannot be
// read is left out.
func (x *rowReader) readBenefit(d *deal, r Row) {
	percent, blank, err := ParsePercent(x.text(r, FieldPercentage))
	x.prefer(d, r, FieldPercentage, err)
	if err != nil || blank {
		return
	}
	if len(d.rules) == 0 {
		x.notice(d, r, FieldPercentage, "no_code", "the row has no discount code that the percentage could describe; the cell is left out")
		return
	}
	for n := range d.rules {
		d.rules[n].Benefit = discount.Benefit{Kind: discount.Percentage, Value: percent}
	}
}

// readCustom keeps the columns that have no other meaning.
func (x *rowReader) readCustom(d *deal, r Row) {
	for _, c := range x.header.Columns {
		if c.Field != FieldCustom {
			continue
		}
		value, err := ParseText(r.Cell(c.Index).Text)
		if err != nil {
			m := x.cellRemark(r, "", err)
			m.Column, m.Header = c.Letter, c.Header
			m.Message += "; the cell is left out"
			d.notices = append(d.notices, m)
		} else if value != "" {
			d.custom[c.Header] = value
		}
	}
}

// noCampaign is where rows without a campaign and without a date go.
const noCampaign = "No campaign"

// fillCampaign decides the campaign of a row: an always-on row belongs to the month of its posting.
func (x *rowReader) fillCampaign(d *deal, r Row) {
	d.campaign = d.campaignCell
	if d.campaign != "" || len(d.problems) > 0 {
		return
	}
	d.campaign = noCampaign
	if start := d.period.Start; !start.IsZero() {
		d.campaign = fmt.Sprintf("%s %d", start.Month().TimeMonth(), start.Year())
	}
	x.notice(d, r, FieldCampaign, "campaign_missing", "the row names no campaign; it goes to %q", d.campaign)
}
