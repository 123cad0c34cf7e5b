package column

import (
	"fmt"
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
		if f == Code {
			same = h.joinCodes(same, data)
			if len(same) < 2 {
				continue
			}
		}
		slices.SortStableFunc(same, func(a, b int) int { return rank(a) - rank(b) })
		winner := h.Columns[same[0]]
		for _, j := range same[1:] {
			h.demote(j, winner, data)
		}
	}
}

// joinCodes lets the columns that hold discount codes be read together. It returns the others with the one that is read
// for sure, or nil if all are read.
func (h *Header) joinCodes(same []int, data []sheet.Row) (others []int) {
	var codes []int
	for _, j := range same {
		if h.Columns[j].Confidence == Given || holdsCodes(data, h.Columns[j].Index) {
			codes = append(codes, j)
		}
	}
	if len(codes) < 2 {
		return same
	}
	var named []string
	for _, j := range codes {
		h.Columns[j].Reason = sentence.Of("the codes of several columns are read together")
		named = append(named, fmt.Sprintf("%s %q", h.Columns[j].Letter, texts.Shorten(h.Columns[j].Header)))
	}
	if note := sentence.Of("discount codes are read from the columns %s", texts.Listed(named)); !slices.ContainsFunc(h.Notes, func(n sheet.Note) bool {
		return n.Text.String() == note.String()
	}) {
		h.Notes = append(h.Notes, sheet.Note{Code: "several_code_columns", Text: note})
	}
	if len(codes) == len(same) {
		return nil
	}
	others = []int{codes[0]}
	for _, j := range same {
		if !slices.Contains(codes, j) {
			others = append(others, j)
		}
	}
	return others
}

// holdsCodes reports whether most cells of a column look like discount codes.
func holdsCodes(data []sheet.Row, index int) bool {
	const enough = 50 // cells
	seen, codes := 0, 0
	for _, r := range data {
		t := texts.Trim(r.Cell(index).Text)
		if t == "" || cell.IsNoCode(t) {
			continue
		}
		if cell.LooksLikeCode(t) {
			codes++
		}
		if seen++; seen == enough {
			break
		}
	}
	return codes > 0 && 2*codes >= seen
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
		if f == Code {
			h.note(i, "two_columns_for_one_field", sentence.Of(
				"columns %s %q and %s %q both look like the code, but most cells of %s are no codes: it is kept as a custom field, and no order matches what stands in it; map it to the code if it holds codes",
				winner.Letter, texts.Shorten(winner.Header), c.Letter, texts.Shorten(c.Header), c.Letter))
			return
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
		if c.Field == Custom && c.Confidence != Given && (ambiguous || isPlatformHeader(c.Header) || isSetAside(c.Header, false)) {
			h.note(i, "unclear_column", sentence.Of(
				"column %s %q is kept as a custom field: %s", c.Letter, texts.Shorten(c.Header), c.Reason))
		}
	}
}
