package sheetimport

import (
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/records"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// readRow reads a row of the sheet. Of a row that carries the id of a cooperation of this workspace it reads only the
// cells that differ from what an export would write now, so that an unchanged row changes nothing whatever the
// cooperation holds.
func (p *planner) readRow(r sheet.Row) *entry {
	text := p.rows.text(r, column.CRMID)
	if texts.Trim(text) == "" || r.Err != nil {
		return p.rows.read(r)
	}
	id, version, ok := records.ParseID(text)
	known := p.imported.byID[id]
	if !ok || known == nil {
		e := p.rows.read(r)
		if e.id = id; e.verdict != Skipped {
			p.unknownIDs = append(p.unknownIDs, r.Number)
		}
		return e
	}
	e := &entry{id: id, known: known, version: version}
	p.rows.readInto(e, p.rows.changedCells(r, p.resolver.exportedRow(*known)))
	e.cells = r
	return e
}

// exportedRow is a cooperation of the CRM as an export writes it.
func (r *resolver) exportedRow(c crm.Cooperation) records.Row {
	one := r.people.byID[c.Influencer]
	profile, _ := one.Profile(c.Profile)
	return records.Row{Cooperation: c, CampaignRecord: *r.campaigns[crm.Fold(r.campaignNames[c.Campaign])], Person: one.Influencer,
		PersonProfile: profile, ResponsibleName: r.memberNames[c.Responsible]}
}

// readTogether are groups of fields that are read whole if one of them has changed.
var readTogether = [][]column.Field{
	{column.Cost, column.Currency, column.Status, column.CancelledOn, column.CancellationFee, column.CancellationReason},
	{column.Code, column.Match, column.Percentage},
}

// changedCells is a row without the cells that an export would write in the same way.
func (x *rowReader) changedCells(r sheet.Row, e records.Row) sheet.Row {
	same := map[column.Field]bool{}
	cells := make([]sheet.Cell, len(r.Cells))
	copy(cells, r.Cells)
	for _, c := range x.header.Columns {
		if c.Field == column.Custom || c.Field == column.CRMID || c.Index >= len(cells) {
			continue
		}
		same[c.Field] = sameText(cells[c.Index].Text, e.Cell(c.Field).Text)
	}
	for _, group := range readTogether {
		all := true
		for _, f := range group {
			all = all && (same[f] || !x.has(f))
		}
		for _, f := range group {
			same[f] = all
		}
	}
	for _, c := range x.header.Columns {
		if c.Index < len(cells) && same[c.Field] {
			cells[c.Index] = sheet.Cell{}
		}
	}
	for _, c := range x.custom {
		if c.Index < len(cells) && sameText(cells[c.Index].Text, e.Custom[c.name]) {
			cells[c.Index] = sheet.Cell{}
		}
	}
	r.Cells = cells
	return r
}

// sameText reports whether a cell holds a text, whatever a spreadsheet program makes of its line breaks.
func sameText(cell, text string) bool {
	return cell == text || asCell(cell) == asCell(text)
}

func asCell(text string) string { return strings.ReplaceAll(texts.Trim(crm.Clean(text)), "\r\n", "\n") }

// matchByID finds the cooperations of the rows that carry their ids. A second row for one cooperation is a conflict
// with the first.
func (p *planner) matchByID() map[*entry]*crm.Cooperation {
	known := map[*entry]*crm.Cooperation{}
	for _, e := range p.entries {
		if e.known == nil {
			continue
		}
		first, taken := p.imported.rows[e.id]
		p.imported.found[e.id] = true
		switch {
		case e.verdict != "":
		case taken:
			e.verdict, e.of = Conflict, first
			e.problems = append(e.problems, e.remark(column.CRMID, "same_id",
				sentence.Of("row %s carries the same id and says something else; decide which row is right and remove the other",
					strconv.Itoa(first))))
		default:
			known[e], p.imported.rows[e.id] = e.known, e.row
		}
	}
	return known
}

// base is what sheet and CRM last agreed on. A row that carries the id of its cooperation was written by an export: if
// nobody has saved the cooperation since, all that differs was changed in the sheet. Otherwise nobody knows which of the
// two changed.
func (e *entry) base(known crm.Cooperation, stored map[string]string) map[string]string {
	switch {
	case e.known == nil:
		return known.Imported.Values
	case e.version == known.Version:
		return stored
	}
	return nil
}

// remarkKept adds a notice for each cell of a row with an id that says something else about the campaign or influencer
// than the CRM: an import does not change these.
func (p *planner) remarkKept(e *entry, one *person) {
	for _, cell := range []struct {
		f           column.Field
		says, stays string
	}{
		{column.Campaign, e.campaign, p.resolver.campaignNames[e.known.Campaign]}, {column.Influencer, e.influencer, one.Name},
		{column.Handle, e.handle, ""}, {column.ProfileLink, e.link, ""}, {column.Email, e.email, one.Email},
		{column.Phone, e.phone, one.Phone},
		{column.Category, e.category, one.Category}, {column.Tags, strings.Join(e.tags, ", "), ""}, {column.Followers,
			followersText(e.followers), ""},
		{column.CampaignBudget, e.budget.String(), ""}, {column.RevenueTarget, e.target.String(), ""},
		{column.CampaignStart, e.dates.Start.String(), ""}, {column.CampaignEnd, e.dates.End.String(), ""},
	} {
		if cell.says != "" && crm.Fold(cell.says) != crm.Fold(cell.stays) {
			e.notice(cell.f, "kept", "an import changes the cooperation and not the records around it; change this in the CRM")
		}
	}
}
