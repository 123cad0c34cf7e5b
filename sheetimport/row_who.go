package sheetimport

import (
	"fmt"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// noCampaign is where rows without a campaign and without a date go.
const noCampaign = "No campaign"

// fillCampaign decides the campaign of a row that names none: an always-on row belongs to the month of its posting.
func (x *rowReader) fillCampaign(d *entry, r sheet.Row) {
	if d.campaign != "" {
		return
	}
	d.campaign = d.monthCampaign()
	x.notice(d, r, column.Campaign, "campaign_missing", "the row names no campaign; it goes to %q", d.campaign)
}

// monthCampaign is the campaign of a row that names none.
func (d *entry) monthCampaign() string {
	start := d.period.Start
	if start.IsZero() {
		return noCampaign
	}
	return fmt.Sprintf("%s %d", start.Month().TimeMonth(), start.Year())
}

// withoutFillers returns a row without the cells that do not count: words for no value and dashes, which are blank
// whatever their column, and amounts that belong to the first row of a merged range. All but dashes have a notice.
func (x *rowReader) withoutFillers(d *entry, r sheet.Row) sheet.Row {
	cells := r.Cells
	set := func(i int, text string) {
		if &cells[0] == &r.Cells[0] {
			cells = slices.Clone(cells)
		}
		cells[i].Raw = &sheet.RawValue{Kind: column.RawInstead, Value: text}
	}
	for _, c := range x.header.Columns {
		shown := r.Cell(c.Index)
		text := texts.Trim(column.Text(shown, c.Field))
		if text == "" {
			continue
		}
		say := func(code, format string, args ...any) {
			d.notices = append(d.notices, Remark{
				Code: code, Column: c.Letter, Header: c.Header, Value: texts.Shorten(texts.Trim(shown.Text)), Message: fmt.Sprintf(format, args...),
			})
		}
		switch c.Field {
		case column.Ignored, column.ImportStatus, column.CRMID, column.LastTouch: // the last has a notice for what is no answer
			continue
		case column.Cost, column.CancellationFee, column.CampaignBudget, column.RevenueTarget:
			word, none := cell.NoAmount(text)
			switch {
			case none && word != "" && c.Field != column.Cost: // the cost has its own notice
				say("no_value", "%q is no amount; the cell is blank", texts.Shorten(word))
			case !none && shown.Merged:
				set(c.Index, "")
				say("merged_amount", "the cell is merged with others; its amount counts once, in the first row of the range")
			}
			continue
		case column.Status:
			if _, known := cell.AmbiguousStatuses[texts.PlainWords(text)]; known || cell.StatusWords[texts.PlainWords(text)] != (cell.Status{}) {
				continue
			}
		case column.Code, column.Tags:
			if rest, words := cell.WithoutNoValues(text); len(words) > 0 {
				set(c.Index, rest)
				read := "the rest of the cell is read"
				if rest == "" {
					read = "the cell is blank"
				}
				say("no_value", "%s stands for no value; %s", texts.Listed(words), read)
				continue
			}
		case column.Custom:
			if a, ok := cell.SplitAmount(texts.Trim(shown.Text)); shown.Merged && ok && (a.Currency != "" || a.Sign != "") {
				set(c.Index, "")
				say("merged_amount", "the cell is merged with others; its amount counts once, in the first row of the range")
				continue
			}
		}
		switch {
		case cell.IsNoValue(text):
			set(c.Index, "")
			say("no_value", "%q stands for no value; the cell is blank", texts.Shorten(text))
		case cell.IsBlank(text):
			set(c.Index, "")
		}
	}
	r.Cells = cells
	return r
}

// readWho reads who works where: name, platform, handle, link.
func (x *rowReader) readWho(d *entry, r sheet.Row) {
	var err error
	d.influencer, err = cell.ParseOptionalText(x.text(r, column.Influencer))
	x.require(d, r, column.Influencer, err)
	first, err := cell.ParseOptionalText(x.text(r, column.FirstName))
	x.require(d, r, column.FirstName, err)
	last, err := cell.ParseOptionalText(x.text(r, column.LastName))
	x.require(d, r, column.LastName, err)
	unreadable := len(d.problems) > 0
	if d.influencer == "" {
		d.influencer = strings.TrimSpace(first + " " + last)
	}
	platform, known, err := cell.ParsePlatform(x.text(r, column.Platform))
	x.require(d, r, column.Platform, err)
	if platform == "" && err == nil && d.known == nil {
		x.problem(d, column.Platform, x.remark(r, column.Platform, "platform_missing", "the platform is missing; every row needs it, like Instagram"))
	}
	d.platform, _ = crm.ParsePlatform(platform)
	if platform != "" && !known {
		x.notice(d, r, column.Platform, "unknown_platform", "%q is not one of the known platforms; it is kept as it is", platform)
	}
	d.handle, err = cell.ParseHandle(x.text(r, column.Handle))
	x.prefer(d, r, column.Handle, err)
	d.link, err = cell.ParseOptionalText(x.text(r, column.ProfileLink))
	x.prefer(d, r, column.ProfileLink, err)
	if strings.Contains(d.link, ".") && !strings.Contains(d.link, "://") {
		d.link = "https://" + d.link
	}
	if d.influencer == "" && !x.has(column.Influencer) && !x.has(column.FirstName) && d.handle != "" {
		d.influencer = d.handle
		x.notice(d, r, column.Handle, "name_from_handle", "the sheet has no column for names; the handle is used")
	}
	if d.influencer == "" && !unreadable && d.known == nil {
		x.problem(d, column.Influencer, x.remark(r, column.Influencer, "name_missing", "the influencer's name is missing; every row needs it"))
	}
}

// readPerson reads what else the sheet knows about the influencer. None of it rejects a row.
func (x *rowReader) readPerson(d *entry, r sheet.Row) {
	count, blank, err := cell.ParseCount(x.text(r, column.Followers))
	x.prefer(d, r, column.Followers, err)
	if err == nil && !blank {
		d.followers = &crm.Followers{Count: count}
	}
	for _, shown := range []struct {
		field column.Field
		text  *string
	}{
		{column.Email, &d.email}, {column.Phone, &d.phone}, {column.Category, &d.category}, {column.Responsible, &d.responsible}, {column.Notes, &d.notes},
		{column.CancellationReason, &d.cancellation.Reason},
	} {
		*shown.text, err = cell.ParseOptionalText(x.text(r, shown.field))
		x.prefer(d, r, shown.field, err)
	}
	tags, err := cell.ParseOptionalText(x.text(r, column.Tags))
	x.prefer(d, r, column.Tags, err)
	for tag := range strings.FieldsFuncSeq(tags, func(c rune) bool { return c == ',' || c == ';' || c == '\n' }) {
		if tag = texts.Trim(tag); tag != "" {
			d.tags = append(d.tags, tag)
		}
	}
}

// readTerms reads what was agreed: campaign, status, dates, cost.
func (x *rowReader) readTerms(d *entry, r sheet.Row) {
	var err error
	d.campaign, err = cell.ParseOptionalText(x.text(r, column.Campaign))
	x.prefer(d, r, column.Campaign, err)
	d.status, d.cancelled, err = cell.ParseStatus(x.text(r, column.Status))
	x.require(d, r, column.Status, err)
	d.cancellation.On = x.date(d, r, column.CancelledOn)
	d.cancelled = d.cancelled || !d.cancellation.On.IsZero()
	switch {
	case d.cancelled && d.status == "":
		d.status = crm.Draft
	case d.status == "":
		d.status, d.assumed = x.status, append(d.assumed, column.Status)
	}
	d.period.Start = x.date(d, r, column.Start)
	d.period.End = x.date(d, r, column.End)
	x.readAmounts(d, r)
	d.lastTouch, err = cell.ParseYesNo(x.text(r, column.LastTouch))
	x.prefer(d, r, column.LastTouch, err)
	if err != nil || cell.IsBlank(texts.Trim(x.text(r, column.LastTouch))) {
		d.assumed = append(d.assumed, column.LastTouch)
	}
}

// date reads a date, with a notice where only the rest of its column or the options decide how to read it.
func (x *rowReader) date(d *entry, r sheet.Row, f column.Field) budget.Date {
	text, ruled := x.text(r, f), x.orders[f]
	date, err := cell.ParseDate(text, ruled.Value)
	x.require(d, r, f, err)
	if _, open := cell.ParseDate(text, cell.OrderUnknown); err == nil && open != nil {
		x.notice(d, r, f, "read_by_column", "%q is read as %s: %s", texts.Trim(text), date, ruled.Because)
	}
	return date
}
