package sheetimport

import (
	"regexp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// remarkAtEnd is a remark behind a name: "Hal (ABGESAGT)", "Gu - cancelled".
var remarkAtEnd = regexp.MustCompile(`(?s)^(.*\S)\s*(?:\(([^()]*)\)|\s[–—-]\s*([^()]*))$`)

// checkCancelled takes the remark that a deal fell through from behind a name, and refuses a row that says so there or as its
// note, and not as its status.
func (x *rowReader) checkCancelled(e *entry, r sheet.Row) {
	if e.known != nil {
		return
	}
	field, said := column.Notes, e.notes
	if m := remarkAtEnd.FindStringSubmatch(e.influencer); m != nil && cell.SaysCancelled(m[2]+m[3]) {
		field, said = column.Influencer, m[2]+m[3]
		e.influencer = m[1]
	}
	if e.cancelled || e.status != crm.Signed { // nothing counts of a draft
		return
	}
	if cell.SaysCancelled(said) {
		x.problem(e, column.Status, x.remark(r, field, "contradicts_status", sentence.Of(
			"%q says that the deal fell through, and the row would count as %s; say so in its status, and take it out here",
			texts.Shorten(said), sentence.Of(string(e.status)))))
	}
}
