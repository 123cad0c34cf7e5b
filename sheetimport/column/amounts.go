package column

import (
	"regexp"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// ReadAmountHeader reads what the header of a column says of its amounts, after its field was set.
func (c *Column) ReadAmountHeader() { c.readAmountHeader() }

// readAmountHeader reads what the header of a column of amounts says of its cells, beside what the amounts are.
func (c *Column) readAmountHeader() {
	c.Currency, c.Currencies, c.Dollar, c.Unit, c.Local = "", nil, false, "", false
	if !c.Field.IsMoney() {
		return
	}
	c.Unit = unitIn(c.Header)
	if word := localCost(c.Header); word != "" && len(cell.CurrenciesIn(c.Header)) == 0 {
		c.Unit, c.Local = word, true
	}
	switch named := cell.CurrenciesIn(c.Header); {
	case len(named) == 0:
		_, c.Currency = cutCurrency(headerKey(headerWords(c.Header)))
	case len(named) > 1:
		c.Currencies = named
	case named[0] == "$":
		c.Dollar = true
	default:
		if c.Currencies = cell.SharedSign(named[0]); c.Currencies == nil {
			c.Currency = budget.Currency(named[0])
		}
	}
}

// unitAtEnd is the last word of a header such as "Costs in Kuna".
var unitAtEnd = regexp.MustCompile(`(?i)\sin\s+(\S+)$`)

// unitIn returns the unit in the header of an amount, in which a plain number cannot be read; "" for none.
func unitIn(header string) string {
	if unit, found := cell.CountedIn(header); found {
		return unit
	}
	for _, text := range brackets.FindAllString(header, -1) {
		if unit := text[1 : len(text)-1]; cell.UnclearUnit(unit) && !namesCurrencies(unit) && !saysWords(unit) {
			return unit
		}
	}
	if m := unitAtEnd.FindStringSubmatch(header); m != nil && cell.UnclearUnit(m[1]) {
		return m[1]
	}
	return ""
}

// namesCurrencies reports whether a text is currencies and nothing else, but for words like "or" between several.
func namesCurrencies(text string) bool {
	const several = 2
	return len(cell.CurrenciesIn(text)) >= several || !slices.ContainsFunc(strings.Fields(text), func(w string) bool {
		return len(cell.CurrenciesIn(w)) == 0
	})
}

// Words in the header of an amount that make it something else than what the rest of the header names. Stems are the
// beginnings of German words, in the form of headerKey.
var (
	// partWords: a rate, a share, or what somebody else gets.
	partWords = texts.Set(`per pro je each apiece agency agentur management product products produkt produkte shipping versand variable avg
		average % percent percentage prozent share anteil anzahl count min minimum old previous alt vorjahr prev`)
	// rhythmWords: the amount of a part of the time.
	rhythmWords = texts.Set(`month months monthly monat monate monats monatlich monatlicher monatliches weekly woechentlich daily taeglich
		yearly annual annually jaehrlich jaehrliches quarterly quartalsweise`)
	// planWords turn what is planned into what became of it.
	planWords = texts.Set(`used spent consumed utilized utilised left remaining remainder rest restbudget actual actuals ist balance saldo
		open outstanding due committed allocated booked available free achieved reached realized realised paid invoiced billed variance
		difference delta diff forecast burned burnt to-date ytd`)
	planStems = []string{"verbrauch", "verbleib", "restlich", "ausgegeben", "ausgaben", "uebrig", "offen", "verplant", "gebucht", "genutzt",
		"ausgeschoepft", "verfuegbar", "frei", "erreich", "erziel", "bezahlt", "gezahlt", "abgerechnet", "abweichung", "differenz", "prognose",
		"bisher"}
	// costWords turn what was agreed into what is paid of it, or into what somebody asks for.
	costWords = texts.Set(`left remaining remainder rest open outstanding due paid unpaid invoiced billed requested asked wanted saved deposit
		max maximum refund`)
	costStems = []string{"offen", "restlich", "verbleib", "ausstehend", "faellig", "bezahlt", "gezahlt", "ausgezahlt",
		"beglichen", "ueberwiesen", "abgerechnet",
		"anzahlung", "gefordert", "wunsch", "gespart", "ersparnis", "erstattung"}
)

// ownUnits may stand behind "per" without changing the amount of a field.
var ownUnits = map[Field]map[string]bool{
	CampaignBudget: texts.Set(`campaign kampagne`), RevenueTarget: texts.Set(`campaign kampagne`),
	Cost: texts.Set(`cooperation kooperation collaboration collab deal`),
}

// perPiece is a rate with a slash: €/Post, Honorar/Monat.
var perPiece = regexp.MustCompile(`(?i)/\s*(?:post|posting|story|reel|video|monat|month|woche|week|tag|day|stück|piece|asset|slot|integration)`)

var includeWords = texts.Set(`incl inkl including inklusive excl exkl excluding exklusive ohne without plus zzgl zuzueglich`)

// taxWords stand beside a percentage that is that of a tax.
var taxWords = texts.Set(`mwst mwst. ust ust. vat gst hst tax taxes steuer umsatzsteuer mehrwertsteuer iva tva btw`)

// otherAmount returns the words of the header of an amount that make it something else: "used" in "Campaign budget used",
// "per post" in "Fee (per post)". It is "" if none do. months says that the rows are months.
func (c Column) otherAmount(months bool) string {
	if !c.Field.IsMoney() {
		return ""
	}
	if rate := perPiece.FindString(c.Header); rate != "" {
		return strings.TrimSpace(rate)
	}
	words, stems := costWords, costStems
	if c.Field == CampaignBudget || c.Field == RevenueTarget {
		words, stems = planWords, planStems
	}
	all := strings.FieldsFunc(headerKey(headerWords(c.Header)), func(r rune) bool { return strings.ContainsRune(" ?!,;+&|", r) })
	taxed := slices.ContainsFunc(all, func(w string) bool { return taxWords[w] })
	included := false // what follows is a part of the amount, or none: "incl. 10 % agency fee"
	for n, word := range all {
		word = strings.Trim(word, ".")
		included = included || includeWords[word]
		switch {
		case included && partWords[word]:
		case word == "%" && taxed:
		case rhythmWords[word] && months:
		case partWords[word] && n+1 < len(all) && (ownUnits[c.Field][all[n+1]] || months && rhythmWords[all[n+1]]):
		case partWords[word], rhythmWords[word], words[word],
			slices.ContainsFunc(stems, func(s string) bool { return strings.HasPrefix(word, s) }):
			return word
		}
	}
	if c.Field == CampaignBudget && !months && monthBudgetHeaders[compact(headerKey(NormalizeHeader(c.Header)))] {
		return c.Header
	}
	return ""
}

// monthBudgetHeaders are headers in one word for the budget of a month.
var monthBudgetHeaders = texts.Set(`monatsbudget monthbudget monthlybudget`)

// saysWords reports whether a remark in brackets is one of the words that otherAmount knows, and so no unit.
func saysWords(text string) bool {
	for _, f := range []Field{Cost, CampaignBudget} {
		if (Column{Field: f, Header: text}).otherAmount(false) != "" {
			return true
		}
	}
	return false
}

// setAside takes its field from a column of amounts whose header says that they are in a unit that is not read, or that they are
// something else. What remains is field.
func (c *Column) setAside(field Field, months bool) {
	switch word := c.otherAmount(months); {
	case c.Unit != "":
		c.Reason = sentence.Of("amounts are not read in the unit %q of its header; "+
			"write plain amounts and the three letters of their currency", texts.Shorten(c.Unit))
	case word != "":
		c.Reason = sentence.Of("%q in its header makes the amounts something else than %s; map the column if they are that",
			texts.Shorten(word), c.Field.label())
	default:
		return
	}
	c.Field, c.Confidence = field, NoMatch
}

// costNouns are words that make a header one of what somebody gets, in the form of headerKey.
var costNouns = texts.Set(`fee fees cost costs rate price payment retainer honorar kosten preis gage verguetung pauschale`)

// PartOfCost finds a column of amounts that are not what a cooperation costs as a whole, by its header: "Fee (per
// post)", "Monthly fee", "Cost in K".
func (h Header) PartOfCost() (Column, bool) {
	i := slices.IndexFunc(h.Columns, func(c Column) bool {
		if c.Field != Custom || len(c.Header) > maxHeaderLen {
			return false
		}
		if slices.Contains(h.costParts, c.Index) {
			return true
		}
		words := strings.FieldsFunc(headerKey(headerWords(c.Header)), func(r rune) bool { return strings.ContainsRune(" ?!,;+&|", r) })
		return slices.ContainsFunc(words, func(w string) bool { return costNouns[w] }) &&
			(unitIn(c.Header) != "" || (Column{Field: Cost, Header: c.Header}).otherAmount(false) != "")
	})
	if i < 0 {
		return Column{}, false
	}
	return h.Columns[i], true
}

// isSetAside reports whether the header names an amount but for what setAside finds in it.
func isSetAside(header string, months bool) bool {
	c := Column{Header: header}
	c.Field, _ = lookUp(header)
	c.readAmountHeader()
	return c.Unit != "" || c.otherAmount(months) != ""
}

// totals are words that begin the header of what several amounts of a row come to.
var totals = texts.Set(`total totals sum summe gesamt gesamtsumme gesamtbetrag insgesamt`)

// comesTo reports whether a header names what the cost and more come to: "Total", "Honorar inkl. Agentur".
func comesTo(header string) bool {
	if len(header) > maxHeaderLen {
		return false
	}
	words := strings.Fields(headerKey(headerWords(header)))
	if len(words) == 0 {
		return false
	}
	if totals[words[0]] {
		rest, _ := cutCurrency(strings.Join(words, " "))
		return totals[rest] || includes(words) || headerTerms[compact(strings.Join(words[1:], " "))].field == Cost
	}
	f, _ := lookWithin(words[0])
	return f == Cost && includes(words)
}

// includes reports whether words say that an amount has something in it, or comes beside it.
func includes(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return includeWords[strings.Trim(w, ".")] })
}

// noteTotals tells of a column with other amounts than those that are used, which may be what a cooperation costs as a whole.
func (h *Header) noteTotals(data []sheet.Row) {
	cost, ok := h.Column(Cost)
	if !ok {
		return
	}
	for i, c := range h.Columns {
		if c.Field != Custom || c.Confidence == Given || h.HasNote(c) || !comesTo(c.Header) {
			continue
		}
		as := Column{Index: c.Index, Field: Cost}
		if sheet.ColumnBlank(data, c.Index) || !fits(as, data) || !differs(data, c.Index, cost.Index) {
			continue
		}
		h.note(i, "total_beside_cost",
			sentence.Of("column %s %q has other amounts than %s %q, which is used for the cost; map it to the cost if it is what a cooperation costs",
				c.Letter, texts.Shorten(c.Header), cost.Letter, texts.Shorten(cost.Header)))
		at := slices.IndexFunc(h.Columns, func(c Column) bool { return c.Index == cost.Index })
		h.Columns[at].Unused = append(h.Columns[at].Unused, c.Index)
	}
}
