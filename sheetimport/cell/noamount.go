package cell

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// noAmountWords say that a cooperation has no fixed amount, or none yet, beside the words for no value. They are in the
// form of PlainWords.
var noAmountWords = indexPhrases(`barter, barter only, only barter, barter deal, gifted, gifted only, gift, gifts, gift only, gifting, gifting only,
	free, free of charge, for free, product, products, product only, products only, only product, only products, product gifting, gifted product,
	gifted products, free product, free products, product exchange, product for post, product seeding, seeding, seeding only, pr seeding, pr sample,
	pr samples, pr package, pr gift, sample, samples, sample only, free sample, free samples, complimentary, comped, in kind, trade, contra,
	contra deal, exchange, unpaid, not paid, no fee, no fees, no pay, no payment, no charge, no cost, no costs, no budget, without fee, without pay,
	organic, earned, pro bono, voluntary, n/c, negotiable, tbn, to be negotiated, to negotiate, in negotiation, under negotiation, negotiating,
	on request, upon request, price on request, fee on request, rate on request, by arrangement, by agreement, upon agreement, on quote, quote pending,
	waiting for quote, awaiting quote, waiting for offer, awaiting offer, waiting for rate, not agreed, not agreed yet, not yet agreed,
	kostenlos, kostenfrei, gratis, umsonst, unbezahlt, unvergütet, unentgeltlich, nicht bezahlt, ohne bezahlung, ohne honorar, ohne vergütung,
	ohne kosten, ohne gage, ohne budget, kein honorar, kein budget, keine vergütung, keine bezahlung, keine kosten, keine gage, geschenk, geschenke,
	geschenkt, produkt, produkte, nur produkt, nur produkte, gegen produkt, gegen produkte, gegen ware, ware, nur ware, warenwert, produktkooperation,
	produkttausch, produktmuster, produktsample, muster, bemusterung, produkttest, produkttester, sachleistung, sachleistungen, nur sachleistung,
	tausch, tauschgeschäft, gegengeschäft, bartergeschäft, bartering, nur barter, auf barterbasis, organisch, ehrenamtlich, freiwillig,
	auf anfrage, preis auf anfrage, honorar auf anfrage, nach absprache, nach vereinbarung, verhandlungssache, verhandelbar, vb, vhb, vhs,
	in verhandlung, wird verhandelt, wird noch verhandelt, noch zu verhandeln, noch nicht verhandelt, noch nicht vereinbart, in abstimmung,
	in klärung, angebot folgt, angebot ausstehend, angebot angefragt, preis folgt, honorar folgt`)

// paidByResults say that what is paid depends on results, in the form of PlainWords.
var paidByResults = indexPhrases(`commission, commissions, commission only, only commission, commission based, commission basis, on commission,
	on commission basis, commission deal, commission of sales, affiliate, affiliate only, only affiliate, affiliate deal, affiliate basis, affiliate based,
	affiliate commission, rev share, rev share only, revenue share, revenue share only, revshare, revshare only, profit share, share of sales, of sales,
	of revenue, per sale, per order, performance, performance based, performance only, performance deal, pay per performance, pay per sale, pay per order,
	pay per lead, pay per click, results based, cpa, cpa only, cpo, cpo only, cps, cps only, cpl, cpl only, cpc, cpc only, royalty, royalties,
	provision, nur provision, provisionen, auf provision, provision only, reine provision, provisionsbasis, auf provisionsbasis, provisionsbasiert,
	nur auf provision, umsatzbeteiligung, nur umsatzbeteiligung, umsatzprovision, nur umsatzprovision, erfolgsbasiert, erfolgsprovision, erfolgsbeteiligung,
	nur affiliate, affiliate provision, affiliate basis, auf affiliate basis, beteiligung, gewinnbeteiligung, vom umsatz, vom nettoumsatz, umsatz,
	pro verkauf, pro bestellung, leistungsbasiert, performance basiert`)

// percentOf is a share beside words for a commission: "10% commission", "commission (12,5 %)".
var percentOf = regexp.MustCompile(`\d{1,3}(?:[.,]\d{1,2})?\s?%`)

// NoAmount reports whether a cell of an amount says that there is none, or none that is fixed. The word is what it says, in
// lower case, such as "barter", "tbd" or "commission only", and is worth a notice; it is empty for a blank cell and for
// marks like "-" and "n/a", also beside a currency, as accounting formats show zero.
func NoAmount(text string) (word string, ok bool) {
	t := texts.Trim(text)
	if IsBlank(t) || isBookedNothing(t) {
		return "", true
	}
	if noAmountPhrase(t) {
		return texts.PlainWords(strings.TrimRight(t, ".")), true
	}
	return "", false
}

// isBookedNothing reports whether a text is what the accounting formats of spreadsheet programs show for zero: a dash beside the
// sign or the letters of a currency, as in "-   €", "$ -" and "EUR -".
func isBookedNothing(t string) bool {
	rest := texts.Trim(strings.Trim(t, "-–— \u00a0\u202f"))
	if rest == "" || rest == t || len(rest) >= len("EUR ") {
		return false
	}
	return CurrencyOf(rest) != "" || SharedSign(rest) != nil || rest == "€" || rest == "$" || rest == "£"
}

// PaidByResults reports whether a text says that the cooperation is paid by its results: a commission, a share of the
// revenue, a price for each order.
func PaidByResults(text string) bool {
	t := texts.Trim(text)
	return noAmountPhrase(t) && matchPhrase(t, func(p string) bool { return paidByResults[p] }, false)
}

// noAmountPhrase reports whether a text says in words that there is no fixed amount: one phrase, several of them joined,
// or one with a remark in brackets that has no number.
func noAmountPhrase(t string) bool {
	if IsNoValue(t) {
		return texts.PlainWords(t) != "nan" // which is what a computation gave that failed
	}
	return matchPhrase(t, func(p string) bool {
		return noAmountWords[p] || paidByResults[p] || IsNoValue(p) && p != "nan"
	}, true)
}

// matchPhrase splits a text at the signs and words that join phrases, and reports whether all or any of them match. A
// percentage counts for nothing where words of a commission stand beside it.
func matchPhrase(t string, match func(string) bool, all bool) bool {
	const longest = 80
	if len(t) > longest {
		return false
	}
	if plain := phrase(t); match(plain) {
		return true
	}
	rest := t
	if percentOf.MatchString(t) {
		if rest = percentOf.ReplaceAllString(t, " "); phrase(rest) == "" {
			return false // a percentage alone may stand in the wrong column
		}
	}
	if strings.ContainsFunc(rest, unicode.IsDigit) {
		return false
	}
	if match(phrase(rest)) {
		return true
	}
	if at := strings.IndexByte(rest, '('); at > 0 && match(phrase(rest[:at])) { // what stands in brackets explains
		return true
	}
	parts := strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune("/,;+&|()\n:", r) })
	if len(parts) < 2 {
		parts = strings.Split(rest, " - ")
	}
	if len(parts) < 2 {
		parts = strings.Split(rest, " – ")
	}
	matched := 0
	for _, p := range parts {
		switch plain := phrase(p); {
		case plain == "" || match(plain):
			matched++
		case all:
			return false
		}
	}
	return matched > 0 && len(parts) > 1
}

// phrase is a text in the form of the lists of phrases, without the signs around it.
func phrase(t string) string {
	return strings.Trim(texts.PlainWords(strings.Trim(t, " .!?,;:()[]*\"'€$\u00A0")), " .")
}
