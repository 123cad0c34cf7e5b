package sheetimport

import (
	"cmp"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/utm"
)

// readTracking reads UTM fields and discount codes.
func (x *rowReader) readTracking(e *entry, r sheet.Row) {
	fromLink := x.readLink(e, r)
	for _, f := range utm.Fields() {
		col := column.Field(f.Key())
		value, err := cell.ParseText(x.text(r, col))
		x.require(e, r, col, err)
		if own, ok := ownValue(f, value); ok && !x.hasID(r) {
			x.notice(e, r, col, "utm_with_key", "the cell holds its field with its name; %q is read", texts.Shorten(own))
			value = own
		}
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
	x.readCodes(e, r)
	x.readBenefit(e, r)
}

// ownValue reads a cell that holds its field with its name, as in "utm_source=ig", or a piece of a link with it.
func ownValue(f utm.Field, text string) (value string, ok bool) {
	if !strings.Contains(text, f.Key()+"=") || strings.ContainsAny(text, " \n") {
		return "", false
	}
	_, query, cut := strings.Cut(text, "?")
	if !cut {
		query = text
	}
	fields, err := utm.Parse("?" + query)
	value = fields.Get(f).String()
	return value, err == nil && value != ""
}

// readLink reads the UTM fields of a tracking link. What is broken about it is mended as far as one reading is left.
func (x *rowReader) readLink(e *entry, r sheet.Row) utm.Params {
	link, err := cell.ParseOptionalText(x.text(r, column.TrackingLink))
	x.leaveOut(e, r, column.TrackingLink, err)
	link, around, one := trackingLink(link)
	if !one {
		x.problem(e, column.TrackingLink, x.remark(r, column.TrackingLink, "several_links", sentence.Of(
			"the cell has several links with different UTM fields, and a cooperation has one set; write one row for each, or keep one of them")))
		return utm.Params{}
	}
	mended, defects := utm.Mend(link)
	fields, err := utm.Parse(mended)
	x.leaveOut(e, r, column.TrackingLink, err)
	if err != nil || cell.IsBlank(link) {
		return utm.Params{}
	}
	if around {
		x.notice(e, r, column.TrackingLink, "link_mended", "the link %s; the UTM fields are read as meant",
			sentence.Of("has other signs around it"))
	}
	for _, d := range defects {
		x.notice(e, r, column.TrackingLink, "link_mended", "the link %s; the UTM fields are read as meant", sentence.Of(defectWords[d]))
	}
	switch {
	case slices.Contains(defects, utm.Unclear):
		n := &e.notices[len(e.notices)-1]
		n.Code, n.Message = "link_broken", sentence.Of("the link is broken, and its UTM fields may not be what was meant; copy it again")
	case utm.Contradicts(mended):
		x.notice(e, r, column.TrackingLink, "link_contradicts",
			"the link has one of its UTM fields twice, with different values; the first is read")
	case fields == (utm.Params{}):
		x.remarkLink(e, r, link)
	}
	if names := utm.Unknown(mended); len(names) > 0 {
		x.notice(e, r, column.TrackingLink, "link_unknown_field",
			"the link has fields that are no UTM fields, perhaps misspelt: %s", texts.Listed(names))
	}
	return fields
}

// defectWords say what is wrong with a link.
var defectWords = map[utm.Defect]string{
	utm.EscapedForHTML:     "has & written as in the source of a web page",
	utm.SecondQuestionMark: "has a second ? where an & belongs",
	utm.NoQuestionMark:     "has no ? in front of its fields",
	utm.EscapedQuery:       "has the signs of its query escaped",
	utm.BrokenByBlanks:     "has blanks or line breaks in it",
	utm.OtherSeparator:     "has ; between its fields",
	utm.Unclear:            "is broken",
}

// readCodes reads the discount codes of the row, of all columns that hold some.
func (x *rowReader) readCodes(e *entry, r sheet.Row) {
	for _, c := range x.codes {
		shown := r.Cell(c.Index)
		stored := e.cells.Cell(c.Index)
		text := x.withoutCodeRemarks(e, r, c, column.Code.Text(shown))
		rules, err := cell.ParseTypedCodes(text, x.typed && (stored.Raw == nil || stored.Is(sheet.RawLink)))
		if err := cmp.Or(cell.Damaged(shown, "code"), err); err != nil {
			x.problem(e, column.Code, x.cellRemarkIn(r, c, err))
			continue
		}
		x.remarkCodes(e, r, c, text, rules)
		x.describeByHeader(r, c, rules)
		for _, rule := range rules {
			same := func(o discount.Rule) bool { return o.Match == rule.Match && o.Key() == rule.Key() }
			if !slices.ContainsFunc(e.rules, same) {
				e.rules = append(e.rules, rule)
			}
		}
	}
	e.rules = x.withMatch(e, r, e.rules)
	for _, rule := range e.rules {
		for _, warning := range rule.Warnings() {
			x.notice(e, r, column.Code, warning.Code, warning.Format, warning.Args...)
		}
	}
}

// withoutCodeRemarks takes the remarks in brackets from behind the codes of a cell, and keeps them in the notes. A row with
// an id holds what the CRM has.
func (x *rowReader) withoutCodeRemarks(e *entry, r sheet.Row, c column.Column, text string) string {
	codes, remarks := cell.CutCodeRemarks(text)
	if len(remarks) == 0 || x.hasID(r) {
		return text
	}
	note := strings.Join(remarks, ", ")
	if !strings.Contains(e.notes, note) {
		e.notes = strings.TrimPrefix(e.notes+"\n"+note, "\n")
	}
	e.notices = append(e.notices, x.remarkIn(r, c, "code_remark", sentence.Of(
		"what stands in brackets behind the code is no part of it, and is kept in the notes: %s", texts.Listed(remarks))))
	return codes
}

// remarkCodes says how codes were found in a cell that does not hold them as such.
func (x *rowReader) remarkCodes(e *entry, r sheet.Row, c column.Column, text string, rules []discount.Rule) {
	if cell.WithoutEmoji(text) != text {
		e.notices = append(e.notices,
			x.remarkIn(r, c, "emoji_beside_code",
				sentence.Of("the emoji beside the code are no part of it; write \"equals\" before a code that has some")))
	}
	var patterns, benefits []string
	for _, rule := range rules {
		patterns = append(patterns, rule.Pattern)
		if !rule.Benefit.IsZero() {
			benefits = append(benefits, rule.Pattern+" "+rule.Benefit.Value.String()+" %")
		}
	}
	if len(benefits) > 0 {
		e.notices = append(e.notices, x.remarkIn(r, c, "percentage_beside_code",
			sentence.Of("the percentage beside the code is what it takes off: %s", texts.Listed(benefits))))
	}
	switch cell.HowCodesStand(text) {
	case cell.InLink:
		e.notices = append(e.notices,
			x.remarkIn(r, c, "code_from_link", sentence.Of("the code is taken from the link: %s",
				texts.Listed(patterns))))
	case cell.Joined:
		e.notices = append(e.notices,
			x.remarkIn(r, c, "codes_split", sentence.Of("the cell is read as several codes: %s",
				texts.Listed(patterns))))
	}
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
	b := discount.Benefit{Kind: discount.Percentage, Value: percent}
	for _, rule := range e.rules {
		if own := rule.Benefit; !own.IsZero() && !own.Value.Equal(percent) {
			x.notice(e, r, column.Percentage, "percentage_differs", "beside the code %s stands %s %%, in the column %s %%; the column is used",
				texts.Shorten(rule.Pattern), own.Value.String(), percent.String())
		}
	}
	e.describe(b)
}

// describe says what the codes of the row take off.
func (e *entry) describe(b discount.Benefit) {
	for n := range e.rules {
		e.rules[n].Benefit = b
	}
}
