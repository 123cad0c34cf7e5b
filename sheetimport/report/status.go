package report

import (
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// maxStatus is how many characters the status of a row has at most: more than that nobody reads in a cell.
const maxStatus = 500

// StatusTexts says of each row in a few words what became of it, for the column of the sheet that tells its authors: AJ
// in Klar's template, see column.ImportStatus. The key is the number of the row; a blank row has an empty text. The plan
// writes them nowhere: a host that wants them in the sheet gives them to a sheet.StatusWriter. The texts are in a
// language; in English:
//
//	Imported
//	Imported: the row names no campaign; it goes to "June 2026"
//	Not imported: Posting Date: "2026-02-30" is not a date: February 2026 has no day 30; write it like 2026-06-01
//	Not imported: same as row 12
func StatusTexts(p *sheetimport.Plan, lang language.Tag) map[int]string {
	all := make(map[int]string, len(p.Rows))
	for _, row := range p.Rows {
		text := statusText(row, lang)
		if before := all[row.Row]; before != "" && text != "" && before != text { // a row with several months or accounts
			text = before + " · " + text
		}
		all[row.Row] = texts.Cut(text, maxStatus)
	}
	return all
}

func statusText(r sheetimport.PlannedRow, lang language.Tag) string {
	switch r.Verdict {
	case sheetimport.Created:
		return inWords(lang, "Imported", r.Notices)
	case sheetimport.Updated:
		return inWords(lang, "Imported, with the changes of this row", r.Notices)
	case sheetimport.Unchanged:
		return inWords(lang, "Imported before", r.Notices)
	case sheetimport.Duplicate:
		if r.Of == 0 {
			return inWords(lang, "Not imported", r.Notices)
		}
		if m, ok := differs(r); ok {
			return inWords(lang, "Not imported", []sheetimport.Remark{m})
		}
		return sentence.Of("Not imported: same as row %s", strconv.Itoa(r.Of)).In(lang)
	case sheetimport.Conflict:
		if comesIn(r) {
			return inWords(lang, "Imported before, and changed here and in the CRM", r.Problems)
		}
	case sheetimport.Skipped:
		if len(r.Notices) == 0 {
			return ""
		}
		return inWords(lang, "Not imported", r.Notices)
	}
	return inWords(lang, "Not imported", r.Problems)
}

// inWords is an outcome with what there is to say about it.
func inWords(lang language.Tag, outcome string, remarks []sheetimport.Remark) string {
	text := sentence.Of(outcome).In(lang)
	parts := []string{}
	for _, m := range remarks {
		cell, message := m.Header, m.Message.In(lang)
		if m.Value != "" && !quotesValue(message) {
			cell += sentence.Of(" %q", m.Value).In(lang)
		}
		parts = append(parts, strings.TrimPrefix(cell+": "+message, ": "))
	}
	if len(parts) > 0 {
		text += ": " + strings.Join(parts, " · ")
	}
	return texts.Plain(text)
}
