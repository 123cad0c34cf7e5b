package column

import (
	"fmt"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
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
func (h *Header) settleDuplicates(data []sheet.Row, currency budget.Currency) {
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
		ranks := h.ranksOf(same, data, currency)
		if f == Code {
			same = h.joinCodes(same, data)
			if len(same) < 2 {
				continue
			}
		}
		slices.SortStableFunc(same, func(a, b int) int { return ranks[a].compare(ranks[b]) })
		for _, j := range same[1:] {
			h.demote(j, same[0], data)
			winner := &h.Columns[same[0]]
			later := ranks[same[0]].age == -1 && (ranks[j].age == 0 && !ranks[j].last || isPlan(h.Columns[j].Header))
			if f.hasVersions() && later && winner.Earlier == 0 && !ranks[j].misfit && winner.readsAs(h.Columns[j]) {
				winner.Earlier = h.Columns[j].Index + 1
			}
			if local := h.Columns[j].Local || localCost(h.Columns[j].Header) != ""; local && !winner.Local && (winner.Currency != "" || winner.Dollar) {
				winner.OwnCurrency = hasField(h.Columns, Currency)
				if h.Columns[j].Local && winner.OwnCurrency && winner.LocalColumn == 0 {
					winner.LocalColumn = h.Columns[j].Index + 1
				}
			}
			if !ranks[j].misfit && ranks[j].age == ranks[same[0]].age { // an earlier one in another currency is no part of the deal
				winner.addOtherCurrency(h.Columns[j])
			}
		}
	}
}

// readsAs reports whether the header of a column of amounts says the same of them as that of another one.
func (c Column) readsAs(o Column) bool {
	as := Column{Field: c.Field, Header: o.Header}
	as.readAmountHeader()
	return c.Currency == as.Currency && slices.Equal(c.Currencies, as.Currencies) && c.Dollar == as.Dollar && c.Unit == as.Unit
}

// joinCodes lets the columns that hold discount codes be read together. It returns the others with the one that is read
// for sure, or nil if all are read.
func (h *Header) joinCodes(same []int, data []sheet.Row) (others []int) {
	// A general word, such as "Code", may be the code of a deal or a product where another column is one for discounts.
	clear := slices.ContainsFunc(same, func(j int) bool {
		c := h.Columns[j]
		return (c.Confidence == Given || c.Confidence == Exact) && holdsCodes(data, c.Index)
	})
	var codes []int
	for _, j := range same {
		if clear && h.Columns[j].Confidence == Inferred {
			continue
		}
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
	seen, codes := tally(data, index, cell.IsNoCode, func(_ sheet.Cell, text string) bool { return cell.LooksLikeCode(text) })
	return codes > 0 && 2*codes >= seen
}

// demote makes the column at i custom because the one at best has its field.
func (h *Header) demote(i, best int, data []sheet.Row) {
	c, winner := &h.Columns[i], &h.Columns[best]
	f, fit, was := c.Field, fits(*c, data), clarity(*c)
	c.Field, c.Confidence = Custom, NoMatch
	c.Reason = sentence.Of("column %s %q is used instead", winner.Letter, texts.Shorten(winner.Header))
	if !differs(data, c.Index, winner.Index) || !fit && clarity(*winner) <= was {
		return
	}
	winner.Unused = append(winner.Unused, c.Index)
	_, here := PlatformOf(c.Header)
	_, there := PlatformOf(winner.Header)
	switch {
	case f == Followers && here && there: // a row takes that of its platform
	case f == Code && holdsCodes(data, c.Index):
		h.note(i, "two_columns_for_one_field", sentence.Of(
			"columns %s %q and %s %q both look like the code; %s is used, and %s is kept as a custom field, so that no order matches what stands in it; map it to the code if its codes are for discounts too",
			winner.Letter, texts.Shorten(winner.Header), c.Letter, texts.Shorten(c.Header), winner.Letter, c.Letter))
	case f == Code:
		h.note(i, "two_columns_for_one_field", sentence.Of(
			"columns %s %q and %s %q both look like the code, but most cells of %s are no codes: it is kept as a custom field, and no order matches what stands in it; map it to the code if it holds codes",
			winner.Letter, texts.Shorten(winner.Header), c.Letter, texts.Shorten(c.Header), c.Letter))
	default:
		h.note(i, "two_columns_for_one_field", sentence.Of(
			"columns %s %q and %s %q both look like %s; %s is used, and %s is kept as a custom field",
			winner.Letter, texts.Shorten(winner.Header), c.Letter, texts.Shorten(c.Header),
			f.label(), winner.Letter, c.Letter))
	}
}

// differs reports whether a column says anything else than another one.
func differs(data []sheet.Row, index, other int) bool {
	return slices.ContainsFunc(data, func(r sheet.Row) bool {
		t := texts.Trim(r.Cell(index).Text)
		return t != "" && t != texts.Trim(r.Cell(other).Text)
	})
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
		if c.Field != Custom || c.Confidence == Given || c.AccountsOn != "" || h.HasNote(c) {
			continue
		}
		if ambiguous || isPlatformHeader(c.Header) || isSetAside(c.Header, false) {
			h.note(i, "unclear_column", sentence.Of(
				"column %s %q is kept as a custom field: %s", c.Letter, texts.Shorten(c.Header), c.Reason))
		}
	}
}
