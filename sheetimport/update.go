package sheetimport

import (
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// update plans what a row changes in the cooperation that an earlier import made of it: what changed in the sheet only.
// What a person changed in the CRM stays.
func (p *planner) update(d *entry, known crm.Cooperation) {
	sheet := d.values()
	for _, f := range d.assumed { // blank never overwrites
		delete(sheet, string(f))
	}
	one := p.resolver.people.byID[known.Influencer]
	profile, _ := one.Profile(known.Profile)
	stored := storedValues(known, profile.Platform, p.resolver.memberNames[known.Responsible])
	base := d.base(known, stored)
	m := mergeValues(base, sheet, stored)
	d.verdict = Unchanged
	if d.known != nil {
		p.remarkKept(d, one)
	}
	for _, field := range m.clashes {
		d.verdict = Conflict
		remark := d.remark(column.Field(field), "changed_in_both", "the sheet changed this from %s, and the CRM to %s; the CRM's value is kept",
			texts.Shorten(texts.OrElse(base[field], "nothing")), texts.Shorten(texts.OrElse(stored[field], "nothing")))
		if base == nil && d.known != nil {
			remark = d.remark(column.Field(field), "changed_since_export", "somebody has saved the cooperation since the sheet was exported; the CRM's value, %s, is kept",
				texts.Shorten(texts.OrElse(stored[field], "nothing")))
		}
		remark.Value = texts.Shorten(sheet[field])
		d.problems = append(d.problems, remark)
	}
	o := &planned{entry: d, person: one}
	if len(m.take) == 0 {
		p.remember(o, known, m.agreed, p.resolver.fillAround(o, known))
		return
	}
	if !p.mayUpdate(d, one, known, m) {
		return
	}
	after := crm.Clone(known)
	row := d.cooperation()
	if d.cancelled && slices.ContainsFunc(m.take, saysCancellation) {
		row.Cancellation = p.cancellation(d)
	}
	for _, field := range m.take {
		take(&after, row, field)
	}
	agreed := slices.Concat(m.agreed, m.take)
	if d.known == nil { // with an exported row, what is agreed with another sheet stays
		after.Imported = agreeOn(d, known, agreed, true)
	}
	if err := crm.Check(after, p.workspace.Currency); err != nil {
		d.reject(column.Influencer, "not_valid", "together with the CRM's own changes the row does not fit: %s", texts.Shorten(err.Error()))
		return
	}
	if d.verdict == Unchanged {
		d.verdict = Updated
	}
	o.change = &after
	if filled := p.resolver.fillAround(o, known); d.known == nil {
		after.Imported = agreeOn(d, known, agreed, filled)
	}
	for _, field := range m.take {
		o.changes = append(o.changes, Change{crm.KindCooperation, known.ID.String(), field, stored[field], sheet[field]})
	}
	if slices.Contains(m.take, string(column.Platform)) {
		after.Profile = p.resolver.profile(o)
	}
	if slices.Contains(m.take, string(column.Responsible)) {
		after.Responsible = p.resolver.member(o)
	}
	p.planned = append(p.planned, o)
}

// saysCancellation reports whether a field is part of how a cooperation was cancelled.
func saysCancellation(field string) bool {
	switch column.Field(field) {
	case column.Status, column.CancelledOn, column.CancellationFee, column.CancellationReason:
		return true
	}
	return false
}

// mayUpdate rejects a row whose changes the CRM would refuse.
func (p *planner) mayUpdate(d *entry, one *person, known crm.Cooperation, m merge) bool {
	if !known.ArchivedOn.IsZero() {
		d.reject(column.Influencer, "archived_cooperation", "%q is archived in the CRM; restore the cooperation first", known.Name)
		return false
	}
	if !slices.Contains(m.take, string(column.Platform)) {
		return true
	}
	other, how := p.resolver.people.find(d)
	switch {
	case !one.ArchivedOn.IsZero():
		d.reject(column.Influencer, "archived_influencer", "%q is archived in the CRM; restore the influencer first", one.Name)
	case how == byHandle && other != one:
		d.reject(column.Handle, "handle_taken", "@%s on %s belongs to %q, but the cooperation is %q's", d.handle, crm.PlatformName(d.platform), other.Name, one.Name)
	case one.isFull(d):
		d.reject(column.Platform, "too_many_profiles", "%q has %d profiles already, which is the most that one influencer can have", one.Name, crm.MaxProfiles)
	default:
		return true
	}
	return false
}

// remember plans that the CRM keeps in mind the values to which sheet and CRM have come by themselves, and what was
// filled around the cooperation. Nothing that a person sees in the cooperation changes, so of its fields the row has no
// changes. An archived cooperation cannot be written, and one whose memory is full remembers no more.
func (p *planner) remember(o *planned, known crm.Cooperation, agreed []string, filled bool) {
	d := o.entry
	if d.changes = o.changes; filled && d.verdict == Unchanged {
		d.verdict = Updated
	}
	if len(agreed) == 0 && !filled || d.known != nil || !known.ArchivedOn.IsZero() {
		return
	}
	after := crm.Clone(known)
	after.Imported = agreeOn(d, known, agreed, filled)
	if crm.Check(after, p.workspace.Currency) == nil {
		o.change = &after
		p.planned = append(p.planned, o)
	}
}

// agreeOn is what is remembered of a row after sheet and CRM have agreed on some of its fields, and perhaps on the
// records around it.
func agreeOn(d *entry, known crm.Cooperation, fields []string, around bool) *crm.Imported {
	imported, values := crm.Clone(known).Imported, d.values()
	if imported.Values == nil {
		imported.Values = map[string]string{}
	}
	for _, field := range fields {
		imported.Values[field] = values[field]
	}
	if around {
		imported.Values[contextKey] = d.context()
	}
	imported.Key = d.key()
	return imported
}
