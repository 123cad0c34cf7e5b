package records

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/utm"
)

// Row is a cooperation with what its row says about related records.
type Row struct {
	crm.Cooperation
	CampaignRecord  crm.Campaign
	Person          crm.Influencer
	PersonProfile   crm.Profile
	ResponsibleName string
}

// Cell is a cell as its text, which the import reads, and as what a workbook makes of it.
type Cell struct {
	Text   string
	Date   budget.Date // of a cell that is a date
	Number bool        // the text is a number in plain digits
	Digits int         // after the point, as shown
}

// Escaped is the text of a cell in a form that no program runs as a formula. Numbers need none.
func (c Cell) Escaped() string {
	if c.Number {
		return c.Text
	}
	return texts.EscapeFormula(c.Text)
}

// Cell is what a row says about a field.
func (r Row) Cell(f column.Field) Cell {
	switch f {
	case column.Start:
		return dateCell(r.Period.Start)
	case column.End:
		return dateCell(r.Period.End)
	case column.CancelledOn:
		if r.Cancellation != nil {
			return dateCell(r.Cancellation.On)
		}
	case column.CampaignStart:
		return dateCell(r.CampaignRecord.Period.Start)
	case column.CampaignEnd:
		return dateCell(r.CampaignRecord.Period.End)
	case column.CampaignBudget:
		return amountCell(r.CampaignRecord.Budget)
	case column.RevenueTarget:
		return amountCell(r.CampaignRecord.RevenueTarget)
	case column.Cost:
		return amountCell(r.Cost)
	case column.CancellationFee:
		if r.Cancellation != nil {
			return amountCell(r.Cancellation.Fee)
		}
	case column.Followers:
		if r.PersonProfile.Followers != nil {
			return Cell{Text: strconv.FormatInt(r.PersonProfile.Followers.Count, 10), Number: true}
		}
	default:
		return Cell{Text: r.text(f)}
	}
	return Cell{}
}

// text is what a row says about a field that is no date and no number.
func (r Row) text(f column.Field) string {
	switch f {
	case column.Campaign:
		return r.CampaignRecord.Name
	case column.Influencer:
		return r.Person.Name
	case column.Handle:
		if h := r.PersonProfile.Handle; cell.IsBlank(h) && h != "" || cell.IsNoValue(h) {
			return "@" + r.PersonProfile.Handle // a handle like "k.a." alone would say that there is none
		}
		return r.PersonProfile.Handle
	case column.Platform:
		return account.PlatformName(r.PersonProfile.Platform)
	case column.ProfileLink:
		return r.PersonProfile.Link
	case column.Email:
		return r.Person.Email
	case column.Phone:
		return r.Person.Phone
	case column.Category:
		return r.Person.Category
	case column.Tags:
		return strings.Join(r.Person.Tags, ", ")
	case column.Responsible:
		return r.ResponsibleName
	case column.Status:
		return string(r.Status)
	case column.Currency:
		if r.Cancellation != nil {
			return string(cmp.Or(r.Cost.Currency(), r.Cancellation.Fee.Currency()))
		}
		return string(r.Cost.Currency())
	case column.CancellationReason:
		if r.Cancellation != nil {
			return r.Cancellation.Reason
		}
	case column.LastTouch:
		return yesOrNo(r.LastTouch)
	case column.Notes:
		return r.Notes
	case column.Code:
		return codesText(r.Rules)
	case column.Percentage:
		return percentText(r.Rules)
	case column.CRMID:
		return ID(r.Cooperation)
	}
	if u, err := utm.ParseField(string(f)); err == nil && f.IsUTM() {
		return r.UTM.Get(u).String()
	}
	return ""
}

func dateCell(d budget.Date) Cell { return Cell{Text: d.String(), Date: d} }

// amountCell writes an amount without its currency, which has a column of its own. Three digits after the point could
// be thousands to a reader, so that a currency that has three decimals gets a fourth.
func amountCell(m budget.Money) Cell {
	if !m.IsSet() {
		return Cell{}
	}
	text, digits := m.Amount(), m.Currency().Digits()
	if digits == 3 {
		text, digits = text+"0", digits+1
	}
	return Cell{Text: text, Number: true, Digits: digits}
}

func yesOrNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// codesText writes discount rules as [cell.ParseCodes] reads them.
func codesText(rules []discount.Rule) string {
	texts := make([]string, len(rules))
	for n, r := range rules {
		texts[n] = codeText(r)
	}
	return strings.Join(texts, ", ")
}

// codeText writes a rule in the first way in which it is read back as it is: the code alone, as in Klar's sheets, the
// rule in words, or the rule with its pattern in quotation marks.
func codeText(r discount.Rule) string {
	words := r.String()
	for _, text := range []string{r.Pattern, words} {
		if back, err := cell.ParseCodes(text); !cell.IsNoValue(text) && err == nil && len(back) == 1 &&
			back[0].Match == r.Match && back[0].Pattern == r.Pattern {
			return text
		}
	}
	return strings.TrimSuffix(words, r.Pattern) + strconv.Quote(r.Pattern)
}

// percentText is what all the codes of a cooperation take off, if that is one percentage; a sheet has one column for it.
func percentText(rules []discount.Rule) string {
	if len(rules) == 0 || slices.ContainsFunc(rules, func(r discount.Rule) bool { return !r.Benefit.Equal(rules[0].Benefit) }) {
		return ""
	}
	of := rules[0].Benefit
	if of.Kind != discount.Percentage {
		return ""
	}
	for _, text := range []string{of.Value.String() + "%", of.Value.String() + "0%"} { // three decimals could be thousands
		if back, _, err := cell.ParsePercent(text); err == nil && back.Equal(of.Value) {
			return text
		}
	}
	return ""
}
