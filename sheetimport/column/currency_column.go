package column

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// nameCurrencies gives a column without a header, which stands beside amounts and holds nothing but currencies, the
// header that it lacks. Left out, it would make all amounts those of the workspace.
func nameCurrencies(s *sheet.Table, header sheet.Row) sheet.Row {
	if header.Err != nil || slices.ContainsFunc(header.Cells, func(c sheet.Cell) bool {
		f, _ := lookUp(texts.Trim(c.Text))
		return f == Currency
	}) {
		return header
	}
	isMoney := func(i int) bool {
		if i < 0 {
			return false
		}
		f, _ := lookUp(texts.Trim(header.Cell(i).Text))
		return f.IsMoney()
	}
	data := s.Below(header.Number)
	for i := range len(header.Cells) + 1 {
		if texts.Trim(header.Cell(i).Text) != "" || !isMoney(i-1) && !isMoney(i+1) || !holdsCurrencies(data, i) || holdsWords(data, i) {
			continue
		}
		cells := slices.Clone(header.Cells)
		for len(cells) <= i {
			cells = append(cells, sheet.Cell{})
		}
		cells[i] = sheet.Cell{Text: "Currency"}
		header.Cells = cells
		return header
	}
	return header
}

// currencyHeaders may be headers of currencies, and of something else.
var currencyHeaders = texts.Set("iso isocode valuta unit einheit paidin payoutin")

// findCurrencies takes a column beside amounts that holds nothing but currencies for what it is, if its header may say so.
func (h *Header) findCurrencies(data []sheet.Row) {
	if hasField(h.Columns, Currency) {
		return
	}
	isMoney := func(index int) bool {
		c, ok := h.At(index)
		return ok && c.Field.IsMoney()
	}
	for i := range h.Columns {
		c := &h.Columns[i]
		if c.Field == Custom && c.Confidence != Given && currencyHeaders[compact(headerKey(NormalizeHeader(c.Header)))] && (isMoney(c.Index-1) || isMoney(c.Index+1)) && holdsCurrencies(data, c.Index) {
			c.Field, c.Confidence, c.Reason = Currency, Inferred, sentence.Of("its cells are currencies, beside amounts")
			return
		}
	}
}

// holdsCurrencies reports whether the cells of a column are currencies: three capital letters, or a sign.
func holdsCurrencies(data []sheet.Row, index int) bool {
	seen, found := tally(data, index, isNothing, func(_ sheet.Cell, text string) bool {
		letters := len(text) == len("EUR") && text == strings.ToUpper(text)
		return cell.SharedSign(text) != nil || cell.CurrencyOf(text) != "" && (letters || strings.ContainsAny(text, "$€£¥"))
	})
	return seen > 0 && found == seen
}

// wordsToo are currencies that are words in capitals as well. In a column without a header they may be those.
var wordsToo = texts.Set("ALL TOP TRY PEN CUP COP MOP")

// holdsWords reports whether a cell of a column is such a word.
func holdsWords(data []sheet.Row, index int) bool {
	_, found := tally(data, index, isNothing, func(_ sheet.Cell, text string) bool { return wordsToo[text] })
	return found > 0
}

// currencyWords say in a title that a currency follows.
var currencyWords = texts.Set(`currency currencies währung waehrung ccy`)

// titleCurrency is the currency that the rows above the header give to all amounts: "All amounts in USD", "Währung:
// CHF". It is "" for none, and for more than one.
func titleCurrency(s *sheet.Table, header int) string {
	const longest = 120 // bytes; more is a text about something else
	found := ""
	for _, row := range s.Rows {
		if row.Number >= header {
			break
		}
		for n, c := range row.Cells {
			if len(c.Text) > longest || c.MergedAcross {
				continue
			}
			text := c.Text
			if currencyWords[strings.Trim(headerWords(text), " .=")] { // the currency stands in the next cell
				text += " " + row.Cell(n+1).Text
			}
			named := cell.CurrenciesIn(text)
			switch {
			case len(named) == 0 || !saysIn(text) || text == c.Text && !alone(row, n):
			case len(named) > 1 || found != "" && found != named[0]:
				return ""
			default:
				found = named[0]
			}
		}
	}
	return found
}

// saysIn reports whether a title says that amounts are in the currency that it names, and is not itself an amount.
func saysIn(text string) bool {
	found := false
	for _, word := range strings.Fields(text) {
		plain := headerWords(word)
		if otherMeaning[headerKey(plain)] || plain == "not" || plain == "nicht" {
			return false
		}
		found = found || amountsIn[plain] || currencyWords[plain]
	}
	return found && !cell.NamesCurrency(text)
}

// alone reports whether a cell is the only one of its row, as titles are.
func alone(row sheet.Row, n int) bool {
	for i, c := range row.Cells {
		if i != n && texts.Trim(c.Text) != "" {
			return false
		}
	}
	return true
}

// readTitleCurrency gives the currency of a title to the columns of amounts that name none themselves.
func (h *Header) readTitleCurrency(s *sheet.Table) {
	named := titleCurrency(s, h.Row)
	if named == "" || hasField(h.Columns, Currency) {
		return
	}
	told := false
	for i := range h.Columns {
		c := &h.Columns[i]
		if !c.Field.IsMoney() || c.Currency != "" || c.Currencies != nil || c.Dollar || c.Unit != "" {
			continue
		}
		told = true
		if c.Dollar = named == "$"; c.Dollar {
			continue
		}
		if c.Currencies = cell.SharedSign(named); c.Currencies == nil {
			c.Currency = budget.Currency(named)
		}
	}
	if told {
		h.Notes = append(h.Notes, sheet.Note{Code: "title_currency", Text: sentence.Of(
			"a title above the header says that the amounts are in %s; they are read so unless a cell says another currency", named)})
	}
}
