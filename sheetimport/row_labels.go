package sheetimport

import (
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// statusBesideLabels is the status of a row without the other labels that stand in its cell, which the notes keep.
func (x *rowReader) statusBesideLabels(e *entry, r sheet.Row) string {
	text := x.text(r, column.Status)
	status, labels, ok := cell.ParseStatusLabels(text)
	if !ok {
		return text
	}
	if e.known != nil && e.notes == "" {
		e.notes = e.known.Notes // the cell is blank because nobody has changed it
	}
	if note := strings.Join(labels, ", "); !strings.Contains(e.notes, note) {
		e.notes = strings.TrimPrefix(e.notes+"\n"+note, "\n")
	}
	e.notices = append(e.notices, x.remark(r, column.Status, "labels_beside_status", sentence.Of(
		"of the labels, %q is read as the status; the others are kept in the notes: %s", texts.Shorten(status), texts.Listed(labels))))
	return status
}
