package sheetimport

import (
	"github.com/getklar/influencercrm/crm"
)

// update plans what a row changes in the cooperation that an earlier import made of it: what changed in the sheet only.
// What a person changed in the CRM stays.
func (p *planner) update(d *deal, known crm.Cooperation) {
	sheet := d.values()
	p.dropUnnamed(sheet)
	one := p.people.byID[known.Influencer]
	profile, _ := one.Profile(known.Profile)
	stored := storedValues(known, profile.Platform, p.memberNames[known.Responsible])
	m := mergeValues(known.Imported.Values, sheet, stored)
	o := &outcome{deal: d, person: one}
	d.verdict = Unchanged
	for _, field := range m.clashes {
		d.verdict = Conflict
		c := p.rows.columns[Field(field)]
		d.problems = append(d.problems, Remark{Code: "changed_in_both", Column: c.Letter, Header: c.Header, Value: shorten(sheet[field]),
			Message: "the sheet changed this from " + orElse(known.Imported.Values[field], "nothing") + ", and the CRM to " + orElse(stored[field], "nothing") + "; the CRM's value is kept"})
	}
	if len(m.take) > 0 && !known.ArchivedOn.IsZero() {
		p.reject(d, FieldInfluencer, "archived_cooperation", "%q is archived in the CRM; restore the cooperation first", known.Name)
		return
	}
	if len(m.take) == 0 {
		return
	}
	if d.verdict == Unchanged {
		d.verdict = Updated
	}
	after := crm.Clone(known)
	row := d.cooperation()
	if d.cancelled {
		row.Cancellation = p.cancellation(d)
	}
	for _, field := range m.take {
		o.changes = append(o.changes, Change{crm.KindCooperation, known.ID.String(), field, stored[field], sheet[field]})
		after.Imported.Values[field] = sheet[field]
		switch Field(field) {
		case FieldPlatform:
			after.Profile = p.profile(o)
		case FieldResponsible:
			after.Responsible = p.member(o)
		default:
			take(&after, row, field)
		}
	}
	after.Imported.Key = d.key()
	if err := crm.Check(after, p.workspace.Currency); err != nil {
		p.reject(d, FieldInfluencer, "not_valid", "together with the CRM's own changes the row does not fit: %v", err)
		return
	}
	o.change = &after
	p.claims.Set(after)
	p.outcomes = append(p.outcomes, o)
}

// dropUnnamed leaves out what the sheet does not say but what its lack of a column stands for.
func (p *planner) dropUnnamed(values map[string]string) {
	for _, f := range []Field{FieldStatus, FieldLastTouch} {
		if _, ok := p.rows.columns[f]; !ok {
			delete(values, string(f))
		}
	}
}
