package sheetimport

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// withoutFillers returns a row without the cells that do not count: words for no value and dashes, which are blank
// whatever their column, and amounts that belong to the first row of a merged range. All but dashes have a notice.
func (x *rowReader) withoutFillers(d *deal, r Row) Row {
	cells := r.Cells
	set := func(i int, text string) {
		if &cells[0] == &r.Cells[0] {
			cells = slices.Clone(cells)
		}
		cells[i].Raw = &RawValue{Kind: rawInstead, Value: text}
	}
	for _, c := range x.header.Columns {
		cell := r.Cell(c.Index)
		text := trim(cell.textFor(c.Field))
		if text == "" {
			continue
		}
		say := func(code, format string, args ...any) {
			d.notices = append(d.notices, Remark{
				Code: code, Column: c.Letter, Header: c.Header, Value: shorten(trim(cell.Text)), Message: fmt.Sprintf(format, args...),
			})
		}
		switch c.Field {
		case FieldIgnored, FieldImportStatus, FieldCRMID, FieldLastTouch: // the last has a notice for what is no answer
			continue
		case FieldCost, FieldCancellationFee, FieldCampaignBudget, FieldRevenueTarget:
			word, none := NoAmount(text)
			switch {
			case none && word != "" && c.Field != FieldCost: // the cost has its own notice
				say("no_value", "%q is no amount; the cell is blank", shorten(word))
			case !none && cell.Merged:
				set(c.Index, "")
				say("merged_amount", "the cell is merged with others; its amount counts once, in the first row of the range")
			}
			continue
		case FieldStatus:
			if _, known := ambiguousStatuses[plainWords(text)]; known || statusWords[plainWords(text)] != (status{}) {
				continue
			}
		case FieldCode, FieldTags:
			if rest, words := withoutNoValues(text); len(words) > 0 {
				set(c.Index, rest)
				read := "the rest of the cell is read"
				if rest == "" {
					read = "the cell is blank"
				}
				say("no_value", "%s stands for no value; %s", listed(words), read)
				continue
			}
		case FieldCustom:
			if a, ok := splitAmount(trim(cell.Text)); cell.Merged && ok && (a.currency != "" || a.sign != "") {
				set(c.Index, "")
				say("merged_amount", "the cell is merged with others; its amount counts once, in the first row of the range")
				continue
			}
		}
		switch {
		case isNoValue(text):
			set(c.Index, "")
			say("no_value", "%q stands for no value; the cell is blank", shorten(text))
		case isNothing(text):
			set(c.Index, "")
		}
	}
	r.Cells = cells
	return r
}

// withoutNoValues takes words for no value out of a list.
func withoutNoValues(list string) (rest string, words []string) {
	var kept []string
	for _, part := range splitCodes(list) {
		if isNoValue(part) {
			words = append(words, strconv.Quote(shorten(part)))
		} else {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, ", "), words
}

// readWho reads who works where: name, platform, handle, link.
func (x *rowReader) readWho(d *deal, r Row) {
	var err error
	d.influencer, err = parseWords(x.text(r, FieldInfluencer))
	x.require(d, r, FieldInfluencer, err)
	first, err := parseWords(x.text(r, FieldFirstName))
	x.require(d, r, FieldFirstName, err)
	last, err := parseWords(x.text(r, FieldLastName))
	x.require(d, r, FieldLastName, err)
	unreadable := len(d.problems) > 0
	if d.influencer == "" {
		d.influencer = strings.TrimSpace(first + " " + last)
	}
	platform, known, err := ParsePlatform(x.text(r, FieldPlatform))
	x.require(d, r, FieldPlatform, err)
	if platform == "" && err == nil && d.known == nil {
		x.problem(d, FieldPlatform, x.remark(r, FieldPlatform, "platform_missing", "the platform is missing; every row needs it, like Instagram"))
	}
	d.platform, _ = crm.ParsePlatform(platform)
	if platform != "" && !known {
		x.notice(d, r, FieldPlatform, "unknown_platform", "%q is not one of the known platforms; it is kept as it is", platform)
	}
	d.handle, err = ParseHandle(x.text(r, FieldHandle))
	x.prefer(d, r, FieldHandle, err)
	d.link, err = parseWords(x.text(r, FieldProfileLink))
	x.prefer(d, r, FieldProfileLink, err)
	if strings.Contains(d.link, ".") && !strings.Contains(d.link, "://") {
		d.link = "https://" + d.link
	}
	if d.influencer == "" && !x.has(FieldInfluencer) && !x.has(FieldFirstName) && d.handle != "" {
		d.influencer = d.handle
		x.notice(d, r, FieldHandle, "name_from_handle", "the sheet has no column for names; the handle is used")
	}
	if d.influencer == "" && !unreadable && d.known == nil {
		x.problem(d, FieldInfluencer, x.remark(r, FieldInfluencer, "name_missing", "the influencer's name is missing; every row needs it"))
	}
}

// readPerson reads what else the sheet knows about the influencer. None of it rejects a row.
func (x *rowReader) readPerson(d *deal, r Row) {
	count, blank, err := ParseCount(x.text(r, FieldFollowers))
	x.prefer(d, r, FieldFollowers, err)
	if err == nil && !blank {
		d.followers = &crm.Followers{Count: count}
	}
	for _, cell := range []struct {
		field Field
		text  *string
	}{
		{FieldEmail, &d.email}, {FieldPhone, &d.phone}, {FieldCategory, &d.category}, {FieldResponsible, &d.responsible}, {FieldNotes, &d.notes},
		{FieldCancellationReason, &d.cancellation.Reason},
	} {
		*cell.text, err = parseWords(x.text(r, cell.field))
		x.prefer(d, r, cell.field, err)
	}
	tags, err := parseWords(x.text(r, FieldTags))
	x.prefer(d, r, FieldTags, err)
	for tag := range strings.FieldsFuncSeq(tags, func(c rune) bool { return c == ',' || c == ';' || c == '\n' }) {
		if tag = trim(tag); tag != "" {
			d.tags = append(d.tags, tag)
		}
	}
}

// readTerms reads what was agreed: campaign, status, dates, cost.
func (x *rowReader) readTerms(d *deal, r Row) {
	var err error
	d.campaign, err = parseWords(x.text(r, FieldCampaign))
	x.prefer(d, r, FieldCampaign, err)
	d.status, d.cancelled, err = ParseStatus(x.text(r, FieldStatus))
	x.require(d, r, FieldStatus, err)
	d.cancellation.On = x.date(d, r, FieldCancelledOn)
	d.cancelled = d.cancelled || !d.cancellation.On.IsZero()
	switch {
	case d.cancelled && d.status == "":
		d.status = crm.Draft
	case d.status == "":
		d.status, d.assumed = x.status, append(d.assumed, FieldStatus)
	}
	d.period.Start = x.date(d, r, FieldStart)
	d.period.End = x.date(d, r, FieldEnd)
	x.readAmounts(d, r)
	d.lastTouch, err = ParseYesNo(x.text(r, FieldLastTouch))
	x.prefer(d, r, FieldLastTouch, err)
	if err != nil || isNothing(trim(x.text(r, FieldLastTouch))) {
		d.assumed = append(d.assumed, FieldLastTouch)
	}
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

// parseWords reads a cell of free text in which a mark like "-" or "n/a" says that there is nothing.
func parseWords(text string) (string, error) {
	t, err := ParseText(text)
	if isNothing(t) {
		return "", err
	}
	return t, err
}
