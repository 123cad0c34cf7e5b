package sheetimport

import (
	"cmp"
	"strings"

	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// readTracking reads UTM fields and discount codes.
func (x *rowReader) readTracking(d *deal, r Row) {
	link, err := parseWords(x.text(r, FieldTrackingLink))
	x.prefer(d, r, FieldTrackingLink, err)
	fromLink, err := utm.Parse(link)
	x.prefer(d, r, FieldTrackingLink, err)
	if err == nil && !isNothing(link) && fromLink == (utm.Params{}) {
		x.remarkLink(d, r, link)
	}
	for _, f := range utm.Fields() {
		column := Field(f.Key())
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
	cell := x.cell(d.cells, FieldCode)
	rules, err := parseCodes(x.text(r, FieldCode), x.typed && (cell.Raw == nil || cell.is(RawLink)))
	x.require(d, r, FieldCode, cmp.Or(cell.damaged(), err))
	d.rules = x.withMatch(d, r, rules)
	for _, rule := range d.rules {
		for _, warning := range rule.Warnings() {
			x.notice(d, r, FieldCode, "broad_rule", "%s", warning)
		}
	}
	x.readBenefit(d, r)
}

// remarkLink says why a link tells nothing of the UTM fields.
func (x *rowReader) remarkLink(d *deal, r Row, link string) {
	if _, fragment, _ := strings.Cut(link, "#"); fragment != "" {
		if behind, err := utm.Parse(fragment); err == nil && behind != (utm.Params{}) {
			x.notice(d, r, FieldTrackingLink, "utm_behind_hash", "the UTM fields of the link stand behind a #, where no shop sees them; put them before it")
			return
		}
	}
	x.notice(d, r, FieldTrackingLink, "link_without_utm", "the link has no UTM fields; no link is followed, so write down the long one if this is a short one")
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
	d.describe(discount.Benefit{Kind: discount.Percentage, Value: percent})
}

// describe says what the codes of the row take off.
func (d *deal) describe(b discount.Benefit) {
	for n := range d.rules {
		d.rules[n].Benefit = b
	}
}
