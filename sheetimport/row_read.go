package sheetimport

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// noCampaign is the campaign of rows that name neither a campaign nor a date.
const noCampaign = "No campaign"

// fillCampaign gives a row without a campaign, as always-on postings are, the campaign of its month.
func (x *rowReader) fillCampaign(e *entry, r sheet.Row) {
	if e.campaign != "" || e.failed[column.Campaign] {
		return
	}
	e.campaign, e.unnamed = e.monthCampaign(), true
	x.notice(e, r, column.Campaign, "campaign_missing", "the row names no campaign; it goes to %q", e.campaign)
}

// monthCampaign is the campaign of a row that names none.
func (e *entry) monthCampaign() string {
	start := e.period.Start
	if start.IsZero() {
		return noCampaign
	}
	return fmt.Sprintf("%s %d", start.Month().TimeMonth(), start.Year())
}

// readWho reads who posts where: name, platform, handle, link.
func (x *rowReader) readWho(e *entry, r sheet.Row) {
	var err error
	e.influencer, err = cell.ParseOptionalText(x.text(r, column.Influencer))
	x.require(e, r, column.Influencer, cmp.Or(cell.Damaged(x.cell(r, column.Influencer), "name"), err))
	first, err := cell.ParseOptionalText(x.text(r, column.FirstName))
	x.require(e, r, column.FirstName, cmp.Or(cell.Damaged(x.cell(r, column.FirstName), "name"), err))
	last, err := cell.ParseOptionalText(x.text(r, column.LastName))
	x.require(e, r, column.LastName, cmp.Or(cell.Damaged(x.cell(r, column.LastName), "name"), err))
	unreadable := len(e.problems) > 0
	e.influencer = x.joinName(e, r, e.influencer, first, last)
	platform, known, err := cell.ParsePlatform(x.text(r, column.Platform))
	x.require(e, r, column.Platform, err)
	if platform == "" && err == nil && e.known == nil && !e.failed[column.Platform] {
		problem := sentence.Of("the platform is missing; every row needs it, like Instagram")
		if text := onlyText(e.cells); text != "" {
			problem = sentence.Of("%q stands alone in the row; nothing is lost if it is a heading or a remark, and a cooperation needs its platform too",
				texts.Shorten(text))
		}
		x.problem(e, column.Platform, x.remark(r, column.Platform, "platform_missing", problem))
	}
	e.platform, _ = account.ParsePlatform(platform)
	if platform != "" && !known {
		x.notice(e, r, column.Platform, "unknown_platform", "%q is not one of the known platforms; it is kept as %q",
			texts.Shorten(platform), texts.Shorten(e.platform))
	}
	x.readAccount(e, r)
	x.cutNameRemark(e, r)
	x.splitName(e, r)
	if e.influencer == "" && !x.has(column.Influencer) && !x.has(column.FirstName) && e.handle != "" {
		e.influencer = e.handle
		x.notice(e, r, x.accountColumn(e), "name_from_handle", "the sheet has no column for names; the handle is used")
	}
	if e.influencer == "" && !unreadable && e.known == nil {
		x.problem(e, column.Influencer, x.remark(r, column.Influencer, "name_missing", x.whyNoName(e)))
	}
	if cell.IsSeveralPeople(e.influencer) && e.handle == "" && e.link == "" && e.known == nil && len(e.problems) == 0 {
		x.problem(e, column.Influencer, x.remark(r, column.Influencer, "not_a_person", sentence.Of(
			"%q is not one person; write a row for each with their name and what each costs, or add the handle if somebody is called so",
			texts.Shorten(e.influencer))))
	}
}

// whyNoName says what a row lacks that names nobody.
func (x *rowReader) whyNoName(e *entry) sentence.Sentence {
	if x.has(column.Influencer) || x.has(column.FirstName) || !x.has(column.Handle) {
		return sentence.Of("the influencer's name is missing; every row needs it")
	}
	if text := texts.Trim(x.text(e.cells, column.Handle)); text != "" {
		return sentence.Of("%q is not the name of an account, and the sheet has no column for names; write the handle, or add a column \"Influencer\"",
			texts.Shorten(text))
	}
	return sentence.Of("the handle is missing; every row needs it, because the sheet has no column for names")
}

// onlyText returns what stands in the only cell of a row that is not blank, or "" if there are others.
func onlyText(r sheet.Row) string {
	only := ""
	for _, c := range r.Cells {
		switch t := texts.Trim(c.Text); {
		case t == "" || t == only && c.Merged || c.MergedAcross:
		case only != "":
			return ""
		default:
			only = t
		}
	}
	return only
}

// readPerson reads what else the sheet knows about the influencer. None of it rejects a row.
func (x *rowReader) readPerson(e *entry, r sheet.Row) {
	followers := x.followersColumn(e.platform)
	count, blank, err := cell.ParseCount(followers.FollowersText(column.Followers.Text(r.Cell(followers.Index))))
	x.leaveOut(e, r, column.Followers, err)
	if err == nil && !blank {
		e.followers = &crm.Followers{Count: count}
	}
	for _, shown := range []struct {
		field column.Field
		text  *string
	}{
		{column.Email, &e.email}, {column.Phone, &e.phone}, {column.Category, &e.category}, {column.Responsible,
			&e.responsible}, {column.Notes, &e.notes},
		{column.CancellationReason, &e.cancellation.Reason},
	} {
		text, err := cell.ParseOptionalText(x.text(r, shown.field))
		x.leaveOut(e, r, shown.field, err)
		if text != "" { // the e-mail address may stand behind the name
			*shown.text = text
		}
	}
	if international, ok := x.workspace.InternationalPhone(e.phone); ok {
		x.notice(e, r, column.Phone, "phone_country", "%q has no country code and is read as %s", texts.Shorten(e.phone), international)
		e.phone = international
	}
	tags, err := cell.ParseOptionalText(x.text(r, column.Tags))
	x.leaveOut(e, r, column.Tags, err)
	for tag := range strings.FieldsFuncSeq(tags, func(c rune) bool { return c == ',' || c == ';' || c == '\n' }) {
		if tag = texts.Trim(tag); tag != "" {
			e.tags = append(e.tags, tag)
		}
	}
}

// readTerms reads what was agreed: campaign, status, dates, cost.
func (x *rowReader) readTerms(e *entry, r sheet.Row) {
	var err error
	e.campaign, err = cell.ParseOptionalText(x.text(r, column.Campaign))
	x.leaveOut(e, r, column.Campaign, err)
	var comment string
	e.status, e.cancelled, comment, err = cell.ParseStatusNote(x.statusBesideLabels(e, r))
	x.require(e, r, column.Status, err)
	if comment != "" && e.known != nil && e.notes == "" {
		e.notes = e.known.Notes // the cell is blank because nobody has changed it
	}
	if comment != "" && !strings.Contains(e.notes, comment) {
		e.notes = strings.TrimPrefix(e.notes+"\n"+comment, "\n")
		x.notice(e, r, column.Status, "status_comment", "the comment %q behind the status is kept in the notes",
			texts.Shorten(comment))
	}
	e.cancellation.On = x.date(e, r, column.CancelledOn)
	e.cancelled = e.cancelled || !e.cancellation.On.IsZero()
	switch {
	case e.cancelled && e.status == "":
		e.status, e.noStage = crm.Draft, true
	case e.status == "":
		e.status, e.assumed = x.status, append(e.assumed, column.Status)
		if x.saysStatus && e.known == nil && len(e.problems) == 0 && cell.IsBlank(texts.Trim(x.text(e.cells, column.Status))) {
			x.notice(e, r, column.Status, "no_status", "the status is blank; the row counts as %s", sentence.Of(string(x.status)))
		}
	}
	x.checkCancelled(e, r)
	x.checkStruck(e, r)
	x.remarkArchived(e, r)
	x.readDates(e, r)
	x.readAmounts(e, r)
	e.lastTouch, err = cell.ParseYesNo(x.text(r, column.LastTouch))
	x.leaveOut(e, r, column.LastTouch, err)
	if err != nil || cell.IsBlank(texts.Trim(x.text(r, column.LastTouch))) {
		e.assumed = append(e.assumed, column.LastTouch)
	}
}
