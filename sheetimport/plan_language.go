package sheetimport

import (
	"slices"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// In returns the plan with its sentences in a language, because JSON has only one. It is for showing: it lacks the sheet and
// cannot be carried out.
func (p *Plan) In(lang language.Tag) *Plan {
	said := *p
	said.input, said.writes = input{}, writes{}
	said.Columns, said.Notes, said.Rows = columnsIn(lang, p.Columns), notesIn(lang, p.Notes), rowsIn(lang, p.Rows)
	said.Budgets = slices.Clone(p.Budgets)
	for n := range said.Budgets {
		t := &said.Budgets[n]
		t.Columns, t.Notes, t.Rows = columnsIn(lang, t.Columns), notesIn(lang, t.Notes), rowsIn(lang, t.Rows)
	}
	return &said
}

// saidIn is a sentence that reads the same in every language.
func saidIn(lang language.Tag, s sentence.Sentence) sentence.Sentence {
	if s.IsZero() {
		return s
	}
	return sentence.Of("%s", s.In(lang))
}

func columnsIn(lang language.Tag, all []PlannedColumn) []PlannedColumn {
	all = slices.Clone(all)
	for n := range all {
		all[n].Reason = saidIn(lang, all[n].Reason)
	}
	return all
}

func notesIn(lang language.Tag, all []sheet.Note) []sheet.Note {
	all = slices.Clone(all)
	for n := range all {
		all[n].Text = saidIn(lang, all[n].Text)
	}
	return all
}

func rowsIn(lang language.Tag, all []PlannedRow) []PlannedRow {
	all = slices.Clone(all)
	for n := range all {
		all[n].Problems, all[n].Notices = remarksIn(lang, all[n].Problems), remarksIn(lang, all[n].Notices)
	}
	return all
}

func remarksIn(lang language.Tag, all []Remark) []Remark {
	all = slices.Clone(all)
	for n := range all {
		all[n].Message = saidIn(lang, all[n].Message)
	}
	return all
}
