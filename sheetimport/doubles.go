package sheetimport

import (
	"fmt"
	"slices"
	"strings"
)

// checkLinks looks at the cells of a column that is just called "Link": a link with UTM parameters is no profile.
func (h *Header) checkLinks(data []Row) {
	const enough = 50 // cells
	for i := range h.Columns {
		c := &h.Columns[i]
		if c.Field != FieldProfileLink || c.Confidence != Inferred {
			continue
		}
		seen, utm, posts := 0, 0, 0
		for _, r := range data {
			t := trim(r.Cell(c.Index).Text)
			if t == "" {
				continue
			}
			if strings.Contains(strings.ToLower(t), "utm_") {
				utm++
			} else if _, err := ParseHandle(t); err != nil {
				posts++
			}
			if seen++; seen == enough {
				break
			}
		}
		switch {
		case utm > 0 && !hasField(h.Columns, FieldTrackingLink):
			c.Field, c.Reason = FieldTrackingLink, "its links have UTM parameters"
		case utm+posts > 0:
			c.Field, c.Confidence, c.Reason = FieldCustom, NoMatch, "its links do not all lead to a profile"
		}
	}
}

// settleDoubles leaves each field to one column.
func (h *Header) settleDoubles(data []Row) {
	for i := range h.Columns {
		f := h.Columns[i].Field
		if f == FieldCustom || f == FieldIgnored {
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
			if isEmpty(data, h.Columns[j].Index) {
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
func (h *Header) demote(i int, winner Column, data []Row) {
	c := &h.Columns[i]
	f := c.Field
	c.Field, c.Confidence = FieldCustom, NoMatch
	c.Reason = fmt.Sprintf("column %s %q is used instead", winner.Letter, shorten(winner.Header))
	for _, r := range data {
		t := trim(r.Cell(c.Index).Text)
		if t == "" || t == trim(r.Cell(winner.Index).Text) {
			continue
		}
		h.note(i, "two_columns_for_one_field", fmt.Sprintf(
			"columns %s %q and %s %q both look like the %s; %s is used, and %s is kept as a custom field",
			winner.Letter, shorten(winner.Header), c.Letter, shorten(c.Header), strings.ReplaceAll(string(f), "_", " "), winner.Letter, c.Letter))
		return
	}
}

func isEmpty(data []Row, index int) bool {
	return !slices.ContainsFunc(data, func(r Row) bool { return trim(r.Cell(index).Text) != "" })
}

// note tells of the column at i.
func (h *Header) note(i int, code, text string) {
	h.Notes = append(h.Notes, Note{code, text})
	h.noted = append(h.noted, h.Columns[i].Index)
}

// noteOthers tells of columns that look as if they meant something, but not clearly enough.
func (h *Header) noteOthers() {
	for i, c := range h.Columns {
		_, ambiguous := meaningsOf(c.Header)
		if c.Field == FieldCustom && c.Confidence != Given && (ambiguous || isPlatformHeader(c.Header)) {
			h.note(i, "unclear_column", fmt.Sprintf(
				"column %s %q is kept as a custom field: %s", c.Letter, shorten(c.Header), c.Reason))
		}
	}
}
