package sheetimport

import (
	"regexp"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// remarkAtEnd is a remark behind a name: "Hal (ABGESAGT)", "Gu - cancelled".
var remarkAtEnd = regexp.MustCompile(`(?s)^(.*\S)\s*(?:\(([^()]*)\)|\s[–—-]\s*([^()]*))$`)

// checkCancelled takes the remark that a deal fell through from behind a name, and refuses a row that says so there, as its note
// or with a tick in a column such as "Cancelled?", and not as its status.
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
	// A row without a status of its own counts as signed only because nothing else is known, so its note says more.
	assumed := slices.Contains(e.assumed, column.Status)
	if cell.SaysCancelled(said) || assumed && cell.IsCancelledStatus(said) {
		x.problem(e, column.Status, x.remark(r, field, "contradicts_status", sentence.Of(
			"%q says that the deal fell through, and the row would count as %s; say so in its status, and take it out here",
			texts.Shorten(said), sentence.Of(string(e.status)))))
		return
	}
	says := func(c column.Column) {
		x.problem(e, column.Status, x.remarkIn(r, c, "contradicts_status", sentence.Of(
			"column %s %q says that the deal fell through, and the row would count as %s; say so in its status, or leave the cell blank",
			c.Letter, texts.Shorten(c.Header), sentence.Of(string(e.status)))))
	}
	for _, c := range x.ticksCancelled {
		if yes, err := cell.ParseYesNo(r.Cell(c.Index).Text); yes && err == nil {
			says(c)
			return
		}
	}
	for _, c := range x.otherStatus {
		if assumed && cell.IsCancelledStatus(r.Cell(c.Index).Text) {
			says(c)
			return
		}
	}
}

// archivedHeaders are those of ticks that a card is archived, in the form of NormalizeHeader.
var archivedHeaders = texts.Set(`archived archiviert archive archiv`)

// remarkArchived tells of a row that a tick says to be archived, as exports of boards have it: it may be done with, or have
// fallen through, and comes in as its status says.
func (x *rowReader) remarkArchived(e *entry, r sheet.Row) {
	if e.known != nil || e.cancelled {
		return
	}
	for _, c := range x.custom {
		if !archivedHeaders[column.NormalizeHeader(c.Header)] || c.Confidence == column.Given {
			continue
		}
		if yes, err := cell.ParseYesNo(r.Cell(c.Index).Text); yes && err == nil {
			e.notices = append(e.notices, x.remarkIn(r, c.Column, "archived_row", sentence.Of(
				"column %s %q says that the row is archived; it counts as %s all the same; if the deal fell through, say so in its status",
				c.Letter, texts.Shorten(c.Header), sentence.Of(string(e.status)))))
			return
		}
	}
}

// otherTicks are headers of ticks that may be about something else than the deal, such as a review or a payment.
var otherTicks = texts.Set(`passed failed void`)

// cancelledTicks finds the columns whose header says that a deal fell through, as in "Cancelled?" and "Absage", and
// whose cells are yes and no.
func (x *rowReader) cancelledTicks(data []sheet.Row) []column.Column {
	var found []column.Column
	for _, c := range x.custom {
		word := strings.TrimRight(c.Header, "? ")
		if c.Confidence == column.Given || !cell.IsCancelledStatus(word) || otherTicks[texts.PlainWords(word)] {
			continue
		}
		if !slices.ContainsFunc(data, func(r sheet.Row) bool {
			_, err := cell.ParseYesNo(r.Cell(c.Index).Text)
			return err != nil
		}) {
			found = append(found, c.Column)
		}
	}
	return found
}

// aboutDeal are words of a header under which somebody may say that a deal fell through, and aboutOther such that make it about
// something else.
var (
	aboutDeal  = texts.Set(`status stage phase response reply outcome antwort ergebnis rückmeldung entscheidung decision`)
	aboutOther = texts.Set(`payment zahlung zahlungs invoice rechnung rechnungs shipping versand import campaign kampagne content code tracking`)
)

// otherStatusColumns finds the columns of another status than the one that is read, as "Outreach status" beside "Deal
// status". They count where a row has nothing in the one that is read.
func (x *rowReader) otherStatusColumns() []column.Column {
	var found []column.Column
	for _, c := range x.custom {
		words := strings.Fields(column.NormalizeHeader(c.Header))
		has := func(set map[string]bool) bool {
			return slices.ContainsFunc(words, func(w string) bool { return set[strings.Trim(w, "?.")] })
		}
		if c.Confidence != column.Given && has(aboutDeal) && !has(aboutOther) {
			found = append(found, c.Column)
		}
	}
	return found
}
