package sheetimport

import (
	"slices"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

func (e *entry) skipTotal(why sentence.Sentence) {
	e.verdict, e.problems = Skipped, nil
	e.notices = []Remark{{Code: "total_row", Message: why}}
}

// isTotal reports whether a row of a table of budgets surely adds others up, or says what is left: instead of a
// campaign or month it has a word for that, alone or with words that name no campaign: "Total Q4 2026", "Summe netto".
func (b *budgetTable) isTotal(r sheet.Row) bool {
	f := column.Campaign
	if b.of == column.Months {
		f = column.Month
	}
	switch t := texts.Trim(b.rows.text(r, f)); {
	case isTotalWord(t), totalPhrases[totalKey(t)]:
		return true
	case t == "" || cell.IsBlank(t):
		return slices.ContainsFunc(r.Cells, func(c sheet.Cell) bool { return isTotalWord(texts.Trim(c.Text)) })
	case b.of == column.Months:
		return beginsOrEndsInTotal(t)
	default:
		rest, ok := besideTotal(t)
		return ok && !slices.ContainsFunc(rest, func(w string) bool { return !isPlainBesideTotal(w) })
	}
}

// totalPhrases are names of lines that add up, or say what is left, without one of the totalsOf.
var totalPhrases = texts.Set(`allcampaigns allekampagnen overall gesamtbudget budgetsumme jahressumme quartalssumme jahresbudget remaining
	remainder remainingbudget rest restbudget verbleibend übrig differenz difference saldo balance`)

func totalKey(t string) string { return strings.Join(totalWordsOf(t), "") }

// plainBesideTotal are words beside one for a total that name no campaign.
var plainBesideTotal = texts.Set(`grand all alle aller of the der die das for für im in pro per und and budget budgets campaign campaigns kampagne kampagnen
	netto brutto net gross inkl exkl incl excl vat mwst ust tax planned plan geplant year jahr quarter quartal half halbjahr fy ytd
	overall euro euros q1 q2 q3 q4 h1 h2 hj1 hj2`)

func isPlainBesideTotal(w string) bool {
	_, month := cell.ParseMonthHeader(w)
	_, monthOfYear := cell.ParseMonthHeader(w + " 2026")
	return plainBesideTotal[w] || totalWords[w] || month || monthOfYear || len(cell.CurrenciesIn(w)) > 0 ||
		strings.Trim(strings.TrimPrefix(w, "fy"), "0123456789") == ""
}

func totalWordsOf(t string) []string {
	return strings.FieldsFunc(strings.ToLower(t), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Sc, r)
	})
}

// besideTotal returns the words of a name without the one for a total at its beginning or end. ok is false for a name without.
func besideTotal(t string) (rest []string, ok bool) {
	if !beginsOrEndsInTotal(t) {
		return nil, false
	}
	words := totalWordsOf(t)
	switch last := len(words) - 1; {
	case totalsOf[words[0]]:
		return words[1:], true
	case words[0] == "grand":
		return words[2:], true
	default:
		return words[:last], true
	}
}

// settleTotals decides about rows whose campaign's name begins or ends in a word for a total, as "Total Sun" does. A
// campaign may be called that: it is one if the CRM or another row has the name. It is a line of totals if other rows
// name the campaign "Sun", or if its amount is the sum of those above it; else it is a campaign. Either is told.
func (p *planner) settleTotals(b *budgetTable) {
	if b.of != column.Campaigns {
		return
	}
	names := map[string]int{}
	for _, e := range b.entries {
		names[crm.Fold(e.campaign)]++
	}
	for n, e := range b.entries {
		rest, ok := besideTotal(e.campaign)
		if !ok || e.verdict != "" && e.verdict != Rejected {
			continue
		}
		known := p.resolver.campaigns[crm.Fold(e.campaign)] != nil || names[crm.Fold(e.campaign)] > 1 ||
			slices.ContainsFunc(p.entries, func(o *entry) bool { return crm.Fold(o.campaign) == crm.Fold(e.campaign) })
		switch of := strings.Join(rest, " "); {
		case known:
		case slices.ContainsFunc(b.entries, func(o *entry) bool { return o != e && strings.Join(totalWordsOf(o.campaign), " ") == of }):
			e.skipTotal(sentence.Of("%q is taken for the total of the campaign of other rows; if it is a campaign of its own, create it in the CRM first",
				texts.Shorten(e.campaign)))
		case e.budget.IsSet() && e.addsUp(b.entries[:n]):
			e.skipTotal(sentence.Of("%q is taken for a line of totals, because its amount is the sum of those above it; if it is a campaign, create it in the CRM first",
				texts.Shorten(e.campaign)))
		default:
			e.notice(column.Campaign, "total_or_campaign", "the name looks like that of a line of totals; it is taken for a campaign")
		}
	}
}

// addsUp reports whether the budget of a row is the sum of those of the rows above it, or of those down from the last total.
func (e *entry) addsUp(above []*entry) bool {
	sum, rows := budget.FromMinor(0, e.budget.Currency()), 0
	for _, o := range slices.Backward(above) {
		switch {
		case o.verdict == Skipped && len(o.notices) > 0 && o.notices[0].Code == "total_row":
			if rows > 1 && sum == e.budget {
				return true
			}
		case o.budget.IsSet():
			next, err := sum.Add(o.budget)
			if err != nil {
				return false
			}
			sum, rows = next, rows+1
		}
	}
	return rows > 1 && sum == e.budget
}
