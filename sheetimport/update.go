package sheetimport

import (
	"cmp"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// update plans what a row changes in the cooperation that an earlier import made of it: what changed in the sheet only.
// What a person changed in the CRM stays.
func (p *planner) update(e *entry, known crm.Cooperation) {
	sheet := e.values()
	for _, f := range e.assumed { // blank never overwrites
		delete(sheet, string(f))
	}
	one := p.resolver.people.byID[known.Influencer]
	profile, _ := one.Profile(known.Profile)
	stored := storedValues(known, profile.Platform, p.resolver.memberNames[known.Responsible])
	base := e.base(known, stored)
	m := mergeThreeWays(base, sheet, stored)
	if known.Cancellation == nil && !slices.Contains(m.take, string(column.Status)) {
		m.take = slices.DeleteFunc(m.take, saysCancellation) // the CRM has kept its status, so there is no cancellation to describe
	}
	if at := slices.Index(m.take, string(column.Responsible)); at >= 0 && p.resolver.archivedMember(e) {
		p.resolver.leaveArchivedMember(e)
		m.take = slices.Delete(m.take, at, at+1)
	}
	e.verdict, e.person = Unchanged, one.Name
	e.dropUntrue(known)
	if e.known != nil {
		p.remarkKept(e, one)
	}
	for _, field := range m.conflicts {
		e.verdict = Conflict
		remark := e.remark(column.Field(field), "changed_in_both",
			sentence.Of("the sheet changed this from %s, and the CRM to %s; the CRM's value is kept",
				valueOr(field, base[field]), valueOr(field, stored[field])))
		if base == nil && e.known != nil {
			remark = e.remark(column.Field(field), "changed_since_export",
				sentence.Of("somebody has saved the cooperation since the sheet was exported; the CRM's value, %s, is kept",
					valueOr(field, stored[field])))
		}
		remark.Value = texts.Shorten(sheet[field])
		e.problems = append(e.problems, remark)
	}
	o := &planned{entry: e, person: one}
	if len(m.take) == 0 {
		p.remember(o, known, m.agreed, p.resolver.fillContext(o, known))
		return
	}
	if !p.mayUpdate(e, one, known, m) {
		return
	}
	after := crm.Clone(known)
	row := e.cooperation()
	if e.cancelled && slices.ContainsFunc(m.take, saysCancellation) {
		row.Cancellation = p.cancellation(e)
	}
	for _, field := range m.take {
		takeField(&after, row, field)
	}
	if e.noStage { // what is cancelled keeps the status that it had
		after.Status = known.Status
	}
	agreed := slices.Concat(m.agreed, m.take)
	if e.known == nil { // with an exported row, what is agreed with another sheet stays
		after.Imported = rememberAgreed(e, known, agreed, true)
	}
	if err := crm.Check(after, p.workspace.Currency); err != nil {
		e.reject(column.Influencer, "not_valid", "together with the CRM's own changes the row does not fit: %s", problemsOf(err))
		return
	}
	if e.verdict == Unchanged {
		e.verdict = Updated
	}
	o.change = &after
	if filled := p.resolver.fillContext(o, known); e.known == nil {
		after.Imported = rememberAgreed(e, known, agreed, filled)
	}
	after.Profile = cmp.Or(o.profile, known.Profile)
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

// valueOr is a value of a field as a part of a sentence.
func valueOr(field, value string) sentence.Sentence {
	if value == "" {
		return sentence.Of("nothing")
	}
	return ValueText(field, texts.Shorten(value))
}

// problemsOf are the problems that the CRM has with a record.
func problemsOf(err error) sentence.List {
	var problems sentence.List
	for _, e := range crm.FieldErrors(err) {
		problems = append(problems, sentence.Of("%s %q: %s", e.Field, e.Value, e.Problem))
	}
	return problems
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
func (p *planner) mayUpdate(e *entry, one *person, known crm.Cooperation, m mergeResult) bool {
	if !known.ArchivedOn.IsZero() {
		e.reject(column.Influencer, "archived_cooperation", "%q is archived in the CRM; restore the cooperation first", known.Name)
		return false
	}
	if !slices.Contains(m.take, string(column.Platform)) {
		return true
	}
	other, how := p.resolver.people.find(e)
	switch {
	case !one.ArchivedOn.IsZero():
		e.reject(column.Influencer, "archived_influencer", "%q is archived in the CRM; restore the influencer first", one.Name)
	case how == byHandle && other != one:
		e.reject(column.Handle, "handle_taken", "@%s on %s belongs to %q, but the cooperation is %q's", e.handle,
			account.PlatformName(e.platform), other.Name, one.Name)
	case one.isFull(e):
		e.reject(column.Platform, "too_many_profiles",
			"%q has %d profiles already, which is the most that one influencer can have", one.Name, crm.MaxProfiles)
	default:
		return true
	}
	return false
}

// remember plans to store the values to which sheet and CRM have come by themselves, what was filled in context, and the
// key of a row that was found by its placement: at the next import another row may have the same placement. No visible
// field of the cooperation changes but its profile, so the row has no other changes of its own. An archived cooperation
// cannot be written, and one that can hold no more values stays as it is.
func (p *planner) remember(o *planned, known crm.Cooperation, agreed []string, filled bool) {
	e := o.entry
	if e.changes = o.changes; filled && e.verdict == Unchanged {
		e.verdict = Updated
	}
	if len(agreed) == 0 && !filled && (e.known != nil || known.Imported.Key == e.key()) {
		return
	}
	if e.known == nil && known.ArchivedOn.IsZero() {
		after := crm.Clone(known)
		after.Imported = rememberAgreed(e, known, agreed, filled)
		if after.Profile = cmp.Or(o.profile, known.Profile); after.Profile != known.Profile && crm.Check(after, p.workspace.Currency) != nil {
			after.Imported = crm.Clone(known).Imported // it can hold no more values, and goes to its profile all the same
		}
		if crm.Check(after, p.workspace.Currency) == nil {
			o.change = &after
			p.planned = append(p.planned, o)
			return
		}
	}
	if filled {
		p.filled = append(p.filled, o)
	}
}

// rememberAgreed is what is stored of a row after sheet and CRM have agreed on some of its fields, and perhaps on its
// context.
func rememberAgreed(e *entry, known crm.Cooperation, fields []string, context bool) *crm.Imported {
	imported, values := crm.Clone(known).Imported, e.values()
	if imported.Values == nil {
		imported.Values = map[string]string{}
	}
	for _, field := range fields {
		imported.Values[field] = values[field]
	}
	if context {
		imported.Values[contextKey] = e.context()
	}
	imported.Key = e.key()
	return imported
}

// dropUntrue drops the notices on what the row lacks where the cooperation has it: a blank cell overwrites nothing.
func (e *entry) dropUntrue(known crm.Cooperation) {
	e.notices = slices.DeleteFunc(e.notices, func(m Remark) bool {
		switch m.Code {
		case "no_cost":
			return known.Cost.IsSet()
		case "no_dates", "no_start":
			return !known.Period.Start.IsZero()
		}
		return false
	})
}
