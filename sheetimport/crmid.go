package sheetimport

import (
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
)

// idText names a cooperation in an exported sheet: its id, and the version in which the row shows it.
func idText(c crm.Cooperation) string { return c.ID.String() + " v" + strconv.FormatInt(c.Version, 10) }

// parseID reads a cell that idText wrote; ok is false for any other text. An id alone is one whose version nobody knows.
func parseID(text string) (id crm.CooperationID, version int64, ok bool) {
	first, rest, _ := strings.Cut(trim(text), " ")
	id, err := crm.ParseID[crm.Cooperation](first)
	if err != nil {
		return id, 0, false
	}
	if rest == "" {
		return id, 0, true
	}
	digits, found := strings.CutPrefix(trim(rest), "v")
	version, err = strconv.ParseInt(digits, 10, 64)
	return id, version, found && err == nil
}

// readRow reads a row of the sheet. If it carries the id of a cooperation of this workspace, it is that cooperation, and
// what it says as the CRM has it needs no reading: only the cells that differ from what an export would write now are
// read. So whatever a cooperation holds, its row never says more than what somebody changed in it.
func (p *planner) readRow(r Row) *deal {
	text := p.rows.text(r, FieldCRMID)
	if trim(text) == "" || r.Err != nil {
		return p.rows.read(r)
	}
	id, version, ok := parseID(text)
	known := p.imported.byID[id]
	if !ok || known == nil {
		d := p.rows.read(r)
		if d.id = id; d.verdict != Skipped {
			d.notices = append(d.notices, p.rows.remark(r, FieldCRMID, "unknown_id", "no cooperation of this workspace has this id; the row is read like any other"))
		}
		return d
	}
	d := &deal{id: id, known: known, version: version}
	p.rows.readInto(d, p.rows.differing(r, p.resolver.exportRow(*known)))
	d.cells = r
	return d
}

// exportRow is a cooperation of the CRM as an export has it.
func (r *resolver) exportRow(c crm.Cooperation) exportRow {
	one := r.people.byID[c.Influencer]
	profile, _ := one.Profile(c.Profile)
	return exportRow{c, r.campaignNames[c.Campaign], one.Influencer, profile, r.memberNames[c.Responsible]}
}

// readTogether are fields of which one says nothing without the other.
var readTogether = [][]Field{
	{FieldCost, FieldCurrency, FieldStatus, FieldCancelledOn, FieldCancellationFee, FieldCancellationReason},
	{FieldCode, FieldMatch, FieldPercentage},
}

// differing is a row without the cells that say what an export says.
func (x *rowReader) differing(r Row, e exportRow) Row {
	same := map[Field]bool{}
	cells := make([]Cell, len(r.Cells))
	copy(cells, r.Cells)
	for _, c := range x.header.Columns {
		if c.Field == FieldCustom || c.Field == FieldCRMID || c.Index >= len(cells) {
			continue
		}
		same[c.Field] = saysSame(cells[c.Index].Text, e.cell(c.Field).text)
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
			cells[c.Index] = Cell{}
		}
	}
	for _, c := range x.custom {
		if c.Index < len(cells) && saysSame(cells[c.Index].Text, e.Custom[c.name]) {
			cells[c.Index] = Cell{}
		}
	}
	r.Cells = cells
	return r
}

// saysSame reports whether a cell holds a text, whatever a spreadsheet program makes of its line breaks.
func saysSame(cell, text string) bool {
	return cell == text || asCell(cell) == asCell(text)
}

func asCell(text string) string { return strings.ReplaceAll(trim(crm.Clean(text)), "\r\n", "\n") }

// matchKnown finds the cooperations of the rows that carry their ids. A second row for one cooperation is a conflict
// with the first.
func (p *planner) matchKnown(known map[*deal]*crm.Cooperation) {
	for _, d := range p.deals {
		if d.known == nil {
			continue
		}
		first, taken := p.imported.rows[d.id]
		p.imported.found[d.id] = true
		switch {
		case d.verdict != "":
		case taken:
			d.verdict, d.of = Conflict, first
			d.problems = append(d.problems, d.remark(FieldCRMID, "same_id", "row %d carries the same id and says something else; decide which row is right and remove the other", first))
		default:
			known[d], p.imported.rows[d.id] = d.known, d.row
		}
	}
}

// base is what sheet and CRM last agreed on. A row that carries the id of its cooperation was written by an export: if
// nobody has saved the cooperation since, all that differs was changed in the sheet. Otherwise nobody knows which of the
// two changed.
func (d *deal) base(known crm.Cooperation, stored map[string]string) map[string]string {
	switch {
	case d.known == nil:
		return known.Imported.Values
	case d.version == known.Version:
		return stored
	}
	return nil
}

// remarkKept tells what a row that carries an id says about the records around its cooperation: an import does not
// change them.
func (p *planner) remarkKept(d *deal, one *person) {
	for _, cell := range []struct {
		f           Field
		says, stays string
	}{
		{FieldCampaign, d.campaign, p.resolver.campaignNames[d.known.Campaign]}, {FieldInfluencer, d.influencer, one.Name},
		{FieldHandle, d.handle, ""}, {FieldProfileLink, d.link, ""}, {FieldEmail, d.email, one.Email}, {FieldPhone, d.phone, one.Phone},
		{FieldCategory, d.category, one.Category}, {FieldTags, strings.Join(d.tags, ", "), ""}, {FieldFollowers, followersText(d.followers), ""},
		{FieldCampaignBudget, d.budget.String(), ""}, {FieldRevenueTarget, d.target.String(), ""},
	} {
		if cell.says != "" && crm.Fold(cell.says) != crm.Fold(cell.stays) {
			d.notice(cell.f, "kept", "an import changes the cooperation and not the records around it; change this in the CRM")
		}
	}
}
