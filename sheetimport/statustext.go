package sheetimport

import (
	"fmt"
	"strings"
)

// maxStatus is how many characters the status of a row has at most: more than that nobody reads in a cell.
const maxStatus = 500

// StatusTexts says of each row in a few words what became of it, for the column of the sheet that tells its authors: AJ in
// Klar's template, see [FieldImportStatus]. The key is the number of the row; a blank row has an empty text. The plan
// writes them nowhere: a host that wants them in the sheet gives them to a [StatusWriter].
//
//	Imported
//	Imported: the row names no campaign; it goes to "June 2026"
//	Not imported: Posting Date: "2026-02-30" is not a date: February 2026 has no day 30; write it like 2026-06-01
//	Not imported: same as row 12
func (p *Plan) StatusTexts() map[int]string {
	texts := make(map[int]string, len(p.Rows))
	for _, row := range p.Rows {
		texts[row.Row] = cut(row.statusText(), maxStatus)
	}
	return texts
}

func (r PlannedRow) statusText() string {
	switch r.Verdict {
	case Created:
		return inWords("Imported", r.Notices)
	case Updated:
		return inWords("Imported, with the changes of this row", r.Notices)
	case Unchanged:
		return inWords("Imported before", r.Notices)
	case Duplicate:
		return fmt.Sprintf("Not imported: same as row %d", r.Of)
	case Conflict:
		if r.comesIn() {
			return inWords("Imported before, and changed here and in the CRM", r.Problems)
		}
	case Skipped:
		if len(r.Notices) == 0 {
			return ""
		}
		return inWords("Not imported", r.Notices)
	}
	return inWords("Not imported", r.Problems)
}

// inWords is an outcome with what there is to say about it.
func inWords(outcome string, remarks []Remark) string {
	parts := []string{}
	for _, m := range remarks {
		cell := m.Header
		if m.Value != "" && !strings.HasPrefix(m.Message, `"`) {
			cell += fmt.Sprintf(" %q", m.Value)
		}
		parts = append(parts, strings.TrimPrefix(cell+": "+m.Message, ": "))
	}
	if len(parts) > 0 {
		outcome += ": " + strings.Join(parts, " · ")
	}
	return plain(outcome)
}

// cut shortens a text to at most so many characters.
func cut(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}
