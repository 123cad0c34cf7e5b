package sheetimport

import (
	"cmp"
	"strings"

	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/utm"
)

// readTracking reads UTM fields and discount codes.
func (x *rowReader) readTracking(e *entry, r sheet.Row) {
	link, err := cell.ParseOptionalText(x.text(r, column.TrackingLink))
	x.leaveOut(e, r, column.TrackingLink, err)
	fromLink, err := utm.Parse(link)
	x.leaveOut(e, r, column.TrackingLink, err)
	if err == nil && !cell.IsBlank(link) && fromLink == (utm.Params{}) {
		x.remarkLink(e, r, link)
	}
	for _, f := range utm.Fields() {
		col := column.Field(f.Key())
		value, err := cell.ParseText(x.text(r, col))
		x.require(e, r, col, err)
		linked := fromLink.Get(f).String()
		switch {
		case value == "" && linked == "":
			continue
		case value == "":
			value = linked
		case linked != "" && linked != value:
			x.notice(e, r, column.TrackingLink, "link_differs",
				"the link says %s=%s, the column %s; the column is used", f.Key(), texts.Shorten(linked),
				texts.Shorten(value))
		}
		e.utm = e.utm.With(f, utm.Of(value))
	}
	shown := x.cell(e.cells, column.Code)
	rules, err := cell.ParseTypedCodes(x.text(r, column.Code), x.typed && (shown.Raw == nil || shown.Is(sheet.RawLink)))
	x.require(e, r, column.Code, cmp.Or(cell.Damaged(x.cell(r, column.Code), "code"), err))
	e.rules = x.withMatch(e, r, rules)
	for _, rule := range e.rules {
		for _, warning := range rule.Warnings() {
			x.notice(e, r, column.Code, "broad_rule", warning.Format, warning.Args...)
		}
	}
	x.readBenefit(e, r)
}

// remarkLink adds a notice that says why a link has no UTM fields.
func (x *rowReader) remarkLink(e *entry, r sheet.Row, link string) {
	if _, fragment, _ := strings.Cut(link, "#"); fragment != "" {
		if behind, err := utm.Parse(fragment); err == nil && behind != (utm.Params{}) {
			x.notice(e, r, column.TrackingLink, "utm_behind_hash",
				"the UTM fields of the link stand behind a #, where no shop sees them; put them before it")
			return
		}
	}
	x.notice(e, r, column.TrackingLink, "link_without_utm",
		"the link has no UTM fields; no link is followed, so write down the long one if this is a short one")
}

// withMatch applies a column that says how the codes are compared.
func (x *rowReader) withMatch(e *entry, r sheet.Row, rules []discount.Rule) []discount.Rule {
	text := texts.Trim(x.text(r, column.Match))
	if text == "" {
		return rules
	}
	match, err := cell.ParseMatch(text)
	if err != nil {
		x.require(e, r, column.Match, err)
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
func (x *rowReader) readBenefit(e *entry, r sheet.Row) {
	percent, blank, err := cell.ParsePercent(x.text(r, column.Percentage))
	x.leaveOut(e, r, column.Percentage, err)
	if err != nil || blank {
		return
	}
	if len(e.rules) == 0 {
		x.notice(e, r, column.Percentage, "no_code",
			"the row has no discount code that the percentage could describe; the cell is left out")
		return
	}
	e.describe(discount.Benefit{Kind: discount.Percentage, Value: percent})
}

// describe says what the codes of the row take off.
func (e *entry) describe(b discount.Benefit) {
	for n := range e.rules {
		e.rules[n].Benefit = b
	}
}
