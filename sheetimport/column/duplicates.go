package column

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// checkLinks looks at the cells of a column that is just called "Link": a link with UTM parameters is no profile.
func (h *Header) checkLinks(data []sheet.Row) {
	const enough = 50 // cells
	for i := range h.Columns {
		c := &h.Columns[i]
		if c.Field != ProfileLink || c.Confidence != Inferred {
			continue
		}
		seen, utm, posts := 0, 0, 0
		for _, r := range data {
			t := texts.Trim(r.Cell(c.Index).Text)
			if t == "" {
				continue
			}
			if strings.Contains(strings.ToLower(t), "utm_") {
				utm++
			} else if _, err := cell.ParseHandle("", t); err != nil {
				posts++
			}
			if seen++; seen == enough {
				break
			}
		}
		switch {
		case utm > 0 && !hasField(h.Columns, TrackingLink):
			c.Field, c.Reason = TrackingLink, sentence.Of("its links have UTM parameters")
		case utm+posts > 0:
			c.Field, c.Confidence, c.Reason = Custom, NoMatch, sentence.Of("its links do not all lead to a profile")
		}
	}
}

// settleDuplicates leaves each field with one column.
func (h *Header) settleDuplicates(data []sheet.Row) {
	for i := range h.Columns {
		f := h.Columns[i].Field
		if f == Custom || f == Ignored {
			continue
		}
		var same []int
		for j := range h.Columns {
			if h.Columns[j].Field == f {
				same = append(same, j)
			}
		}
		if len(same) == 1 {
			continue
		}
		rank := func(j int) int {
			n := slices.Index([]Confidence{Given, Exact, Inferred, Contains}, h.Columns[j].Confidence)
			if sheet.ColumnBlank(data, h.Columns[j].Index) {
				n += 10
			}
			return n
		}
		slices.SortStableFunc(same, func(a, b int) int { return rank(a) - rank(b) })
		winner := h.Columns[same[0]]
		for _, j := range same[1:] {
			h.demote(j, winner, data)
		}
	}
}

// demote makes the column at i custom because the winner has its field.
func (h *Header) demote(i int, winner Column, data []sheet.Row) {
	c := &h.Columns[i]
	f := c.Field
	c.Field, c.Confidence = Custom, NoMatch
	c.Reason = sentence.Of("column %s %q is used instead", winner.Letter, texts.Shorten(winner.Header))
	for _, r := range data {
		t := texts.Trim(r.Cell(c.Index).Text)
		if t == "" || t == texts.Trim(r.Cell(winner.Index).Text) {
			continue
		}
		h.note(i, "two_columns_for_one_field", sentence.Of(
			"columns %s %q and %s %q both look like %s; %s is used, and %s is kept as a custom field",
			winner.Letter, texts.Shorten(winner.Header), c.Letter, texts.Shorten(c.Header),
			f.label(), winner.Letter, c.Letter))
		return
	}
}

// note adds a note about the column at i.
func (h *Header) note(i int, code string, text sentence.Sentence) {
	h.Notes = append(h.Notes, sheet.Note{Code: code, Text: text})
	h.noted = append(h.noted, h.Columns[i].Index)
}

// noteUnclear adds notes about columns whose headers have a meaning that is not clear enough.
func (h *Header) noteUnclear() {
	for i, c := range h.Columns {
		_, ambiguous := meaningsOf(c.Header)
		meant := c
		meant.Field, _ = lookUp(c.Header)
		_, unit := meant.unclearUnit()
		if c.Field == Custom && c.Confidence != Given && (ambiguous || isPlatformHeader(c.Header) || unit) {
			h.note(i, "unclear_column", sentence.Of(
				"column %s %q is kept as a custom field: %s", c.Letter, texts.Shorten(c.Header), c.Reason))
		}
	}
}
