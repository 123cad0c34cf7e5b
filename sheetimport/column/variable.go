package column

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// variableCosts are headers of what is paid by results, in the form of [NormalizeHeader] with umlauts written out. No field
// carries it.
var variableCosts = texts.Phrases(`variable cost, variable costs, variable fee, variable payment, variable compensation, commission, commissions, comm,
	affiliate commission, commission rate, rev share, revshare, revenue share, profit share, royalty, royalties, cpo, cpa, cps, cpl, cpc, cpm, tkp,
	cost per order, cost per sale, cost per acquisition, cost per lead, cost per click, cost per conversion, fee per order, fee per sale, pay per sale,
	pay per order, bonus, performance bonus, performance fee, success fee, sales bonus,
	variable kosten, variable verguetung, variabler anteil, provision, provisionen, provisionssatz, affiliate provision, umsatzprovision, umsatzbeteiligung,
	umsatzanteil, erfolgsprovision, erfolgsbeteiligung, erfolgshonorar, erfolgsbonus, gewinnbeteiligung, kosten pro bestellung, kosten pro verkauf,
	honorar pro bestellung`)

// IsVariableCost reports whether a column without a field of its own holds what is paid by results, such as "Commission %"
// or Klar's "Variable Cost - Percentage".
func (c Column) IsVariableCost() bool {
	if c.Field != Custom {
		return false
	}
	key := " " + headerKey(NormalizeHeader(c.Header)) + " "
	return slices.ContainsFunc(variableCosts, func(p string) bool { return strings.Contains(key, " "+p+" ") }) &&
		!slices.ContainsFunc(strings.Fields(key), func(w string) bool { return resultWords[w] })
}

// resultWords turn such a header into a figure or a date: "CPM actual", "Bonus paid on".
var resultWords = texts.Set(`actual ist target ziel avg average type typ status on am date datum paid bezahlt notes notizen code codes reference`)

// IsCostReference reports whether a column is Klar's "Cost Reference - Percentage", which says whether the fixed costs are
// the least or the most of a share of the revenue.
func (c Column) IsCostReference() bool {
	return c.Field == Custom && strings.HasPrefix(NormalizeHeader(c.Header), "cost reference")
}
