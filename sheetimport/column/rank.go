package column

import (
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// rank orders columns that look like one field: the one that a careful reader would take is first.
type rank struct {
	other         bool // it is none that the caller's mapping names
	blank, misfit bool // its cells are empty, or are none of the field
	age           int  // what the header says of a version: -1 the last word, 0 nothing, 1 an earlier one
	last          bool // its header means the field only where no other does
	foreign       bool // its header names another currency than that of the workspace
	sparse        bool // it has less than half of the cells of another one
	clarity       int  // of the header
}

func (r rank) compare(o rank) int {
	return cmp.Or(number(r.other)-number(o.other), number(r.blank)-number(o.blank), number(r.misfit)-number(o.misfit), r.age-o.age,
		number(r.last)-number(o.last), number(r.foreign)-number(o.foreign), number(r.sparse)-number(o.sparse), r.clarity-o.clarity)
}

func number(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// ranksOf looks at the headers and cells of columns that look like one field.
func (h *Header) ranksOf(same []int, data []sheet.Row, currency budget.Currency) map[int]rank {
	named := map[string]int{} // how many of the columns have a word in their header
	most := 0
	filled := make(map[int]int, len(same))
	for _, j := range same {
		for _, word := range nouns(h.Columns[j].Header) {
			named[word]++
		}
		filled[j] = filledIn(data, h.Columns[j].Index)
		most = max(most, filled[j])
	}
	ranks := make(map[int]rank, len(same))
	for _, j := range same {
		c := h.Columns[j]
		r := rank{blank: sheet.ColumnBlank(data, c.Index), misfit: !fits(c, data), sparse: 2*filled[j] < most, clarity: clarity(c)}
		// "Final price" is the last word on "Price", and none on "Fee".
		shared := slices.ContainsFunc(nouns(c.Header), func(w string) bool { return named[w] > 1 })
		if c.Field.IsMoney() || c.Field.hasVersions() {
			r.age = age(c.Header)
		}
		r.last = termOf(c.Header).last
		r.foreign = c.isForeign(currency) && slices.ContainsFunc(same, func(o int) bool { return c.isSameIn(h.Columns[o], currency) }) ||
			c.Local && slices.ContainsFunc(same, func(o int) bool { return c.isConvertedOf(h.Columns[o], currency) })
		if r.other = c.Confidence != Given; !shared {
			r.age = 0
		}
		ranks[j] = r
	}
	return ranks
}

// filledIn counts the cells of a column that hold something.
func filledIn(data []sheet.Row, index int) (n int) {
	for _, r := range data {
		if t := texts.Trim(r.Cell(index).Text); t != "" && !isNothing(t) {
			n++
		}
	}
	return n
}

// isNothing reports whether a text says that there is nothing.
func isNothing(text string) bool { return cell.IsBlank(text) || cell.IsNoValue(text) }

// tally counts, of the first cells of a column that hold something, how many there are, and how many are what is asked.
func tally(data []sheet.Row, index int, isNone func(string) bool, is func(shown sheet.Cell, text string) bool) (seen, found int) {
	return tallyRows(data, index, isNone, func(r sheet.Row, text string) bool { return is(r.Cell(index), text) })
}

// tallyRows is tally for what other columns of the row decide too.
func tallyRows(data []sheet.Row, index int, isNone func(string) bool, is func(r sheet.Row, text string) bool) (seen, found int) {
	const enough = 200 // cells
	for _, r := range data {
		text := texts.Trim(r.Cell(index).Text)
		if text == "" || isNone(text) {
			continue
		}
		if is(r, text) {
			found++
		}
		if seen++; seen == enough {
			break
		}
	}
	return seen, found
}

// clarity is lower the more clearly a header names its field.
func clarity(c Column) int {
	switch t := termOf(c.Header); {
	case t.loose:
		return 1
	case t.vague: // whose cells have proven it
		return 4
	case c.Confidence == Exact:
		return 0
	case c.Confidence == Inferred:
		return 2
	default:
		return 3
	}
}

// leaveVague takes its field from a column with a vague header whose cells do not say the same, and from one with a faint header
// where another column has the field.
func (h *Header) leaveVague(data []sheet.Row) {
	for i := range h.Columns {
		c := &h.Columns[i]
		t := termOf(c.Header)
		if t.last && c.Confidence == Inferred && !h.saysLast(*c, data) {
			c.Field, c.Confidence, c.Reason = Custom, NoMatch, sentence.Of("the header can mean %s, but the cells do not say so", c.Field.label())
			continue
		}
		if c.Confidence != Inferred || !t.vague {
			continue
		}
		if !sayVague(*c, data) || t.faint && h.namedElsewhere(i, data) {
			c.Field, c.Confidence, c.Reason = Custom, NoMatch, sentence.Of("the header can mean %s, but the cells do not say so", c.Field.label())
		}
	}
}

// namedElsewhere reports whether another column says more clearly that it has the field of one, or the UTM fields of its links.
func (h *Header) namedElsewhere(i int, data []sheet.Row) bool {
	field := h.Columns[i].Field
	return slices.ContainsFunc(h.Columns, func(c Column) bool {
		same, t := c.Field == field || field == TrackingLink && c.Field.IsUTM(), termOf(c.Header)
		return same && !t.faint && !t.last && !sheet.ColumnBlank(data, c.Index)
	})
}

// saysLast reports whether most cells of a column with one of the last words for an amount are amounts: "Net" can be
// the network too. Beside revenue, and without a tax, "Net" is that of the orders.
func (h *Header) saysLast(c Column, data []sheet.Row) bool {
	if seen, read := readable(c, data); seen > 0 && 2*read <= seen {
		return false
	}
	has := func(words map[string]bool) bool {
		return slices.ContainsFunc(h.Columns, func(o Column) bool {
			return len(o.Header) <= maxHeaderLen &&
				slices.ContainsFunc(strings.Fields(headerKey(headerWords(o.Header))),
					func(w string) bool { return words[w] })
		})
	}
	return !strings.HasPrefix(headerKey(headerWords(c.Header)), "net") || !has(revenueWords) || has(taxWords)
}

// revenueWords are words in the header of what the orders of a cooperation came to, in the form of headerKey.
var revenueWords = texts.Set(`revenue revenues sales turnover gmv umsatz umsaetze`)

// sayVague reports whether the cells of a column say what its vague header does not. A column of days may hold some
// words for one, which are told on their rows, and one of starts months; one of numbers is of costs if it names a currency.
func sayVague(c Column, data []sheet.Row) bool {
	seen, read := readable(c, data)
	switch {
	case seen == 0:
		return false
	case c.Field.IsDate():
		return 3*read >= 2*seen || c.Field == Start && c.holdsMonths(data)
	case c.Field == TrackingLink:
		_, utm := tally(data, c.Index, isNothing, func(shown sheet.Cell, _ string) bool {
			link := strings.ToLower(TrackingLink.Text(shown))
			return strings.Contains(link, "utm_") && strings.Contains(link, ".") && PlatformOfLink(link) == ""
		})
		return utm == seen
	case c.Field == ProfileLink:
		_, profiles := tally(data, c.Index, isNothing, func(shown sheet.Cell, text string) bool {
			return strings.HasPrefix(text, "@") || PlatformOfLink(texts.Trim(ProfileLink.Text(shown))) != ""
		})
		return profiles == seen
	case c.Field == Code:
		return read == seen && holdsCodes(data, c.Index) && holdsDigits(data, c.Index)
	case c.Field.IsMoney():
		_, priced := tally(data, c.Index, isNothing, func(shown sheet.Cell, text string) bool {
			return cell.NamesCurrency(text) || shown.Raw != nil && shown.Raw.Currency != ""
		})
		_, headed := cutCurrency(headerWords(c.Header))
		return read == seen && (2*priced > seen || headed != "" || costHeader.MatchString(c.Header))
	case c.Field == Influencer || c.Field == Responsible:
		_, ticked := tally(data, c.Index, isNothing, func(_ sheet.Cell, text string) bool {
			_, err := cell.ParseYesNo(text)
			return err == nil || texts.IsDigits(text)
		})
		return ticked == 0
	}
	return read == seen
}

// costHeader matches headers whose numbers are amounts, also without a currency.
var costHeader = regexp.MustCompile(`(?i)kosten|costs?\b|payment|price|preis|pauschal|flat|honorar|gage|fees?\b|spend|payout|bezahlung|entlohnung|salary`)

// holdsDigits reports whether most cells of a column have a digit, as most codes do.
func holdsDigits(data []sheet.Row, index int) bool {
	seen, digits := tally(data, index, cell.IsNoCode, func(_ sheet.Cell, text string) bool { return strings.ContainsAny(text, "0123456789") })
	return 2*digits > seen
}

// Words in a header that say which of two columns came later, in the form of headerKey. Stems are the beginnings of German words.
var (
	lastWords = texts.Set(`final finalised finalized new current latest updated revised agreed negotiated confirmed actual actuals ist istkosten
		endpreis`)
	lastStems    = []string{"final", "neue", "aktuell", "vereinbart", "verhandelt", "bestaetigt", "tatsaechlich"}
	earlierWords = texts.Set(`old previous prev original initial proposed planned budgeted requested estimated quoted alt plan soll gross
		brutto bruttokosten plankosten`)
	earlierStems = []string{"alte", "urspruenglich", "bisherig", "geplant", "vorgeschlagen", "geschaetzt"}
)

// planHeaders say that an amount is planned, in the form of headerKey: it counts until there is an actual one.
var planHeaders = texts.Set(`planned plan soll budgeted geplant geplante geplantes plankosten`)

// isPlan reports whether a header names what is planned.
func isPlan(header string) bool {
	return slices.ContainsFunc(strings.Fields(headerKey(headerWords(header))), func(w string) bool { return planHeaders[w] })
}

// nouns are the words of a header without those that say which came later. Of "Actual" and "Planned" nothing is left,
// which they share.
func nouns(header string) []string {
	words := slices.DeleteFunc(strings.Fields(headerKey(headerWords(header))), func(w string) bool { return age(w) != 0 })
	if len(words) == 0 {
		return []string{""}
	}
	return words
}

// age says whether a header names the last version of something, as in "Final fee", or an earlier one.
func age(header string) int {
	words := strings.Fields(headerKey(headerWords(header)))
	has := func(set map[string]bool, stems []string) bool {
		return slices.ContainsFunc(words, func(w string) bool {
			return set[w] || slices.ContainsFunc(stems, func(s string) bool { return strings.HasPrefix(w, s) })
		})
	}
	switch {
	case has(earlierWords, earlierStems):
		return 1
	case has(lastWords, lastStems), slices.Contains(words, "neu"):
		return -1
	}
	return 0
}

// fits reports whether any cell of a column can be read as its field. A field that takes any text fits always.
func fits(c Column, data []sheet.Row) bool {
	seen, read := readable(c, data)
	return seen == 0 || read > 0
}

// readable counts cells of a column that hold something, and those of them that can be read as its field.
func readable(c Column, data []sheet.Row) (seen, read int) {
	return tally(data, c.Index, isNothing, c.Field.reads)
}

// reads reports whether a cell can be read as the field. A field of any text reads all.
func (f Field) reads(shown sheet.Cell, text string) bool {
	switch {
	case f == Platform:
		_, known, _ := cell.ParsePlatform(text)
		return known
	case f == Status:
		stage, off, err := cell.ParseStatus(text)
		return (stage != "" || off) && err == nil
	case f == Followers:
		_, _, err := cell.ParseCount(text)
		return err == nil
	case f.IsMoney():
		_, none := cell.NoAmount(text)
		_, err := cell.ReadAmount(shown, text, cell.StyleUnknown, "")
		return none || err == nil || isAmbiguous(err)
	case f.IsDate():
		_, err := cell.ParseDate(text, cell.OrderUnknown)
		_, _, ranged, noRange := cell.ParseDateRange(text, cell.OrderUnknown)
		return shown.Is(sheet.RawDate) || err == nil || isAmbiguous(err) || ranged && (noRange == nil || isAmbiguous(noRange))
	}
	return true
}

// isAmbiguous reports whether a cell has several readings, of which the rest of the column decides.
func isAmbiguous(err error) bool {
	bad, ok := errors.AsType[*cell.Error](err)
	return ok && len(bad.Readings) > 0
}
