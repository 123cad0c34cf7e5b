package column

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// leaveInvoiceDiscount takes its field from a column of percentages that are a discount on the fee, as an invoice has
// it, and not what the codes take off: one amount of the row less the percentage is another one, or the column stands
// between the two and no row says otherwise.
func (h *Header) leaveInvoiceDiscount(data []sheet.Row) {
	at := slices.IndexFunc(h.Columns, func(c Column) bool { return c.Field == Percentage })
	if at < 0 || h.Columns[at].Confidence == Given || slices.ContainsFunc(strings.Fields(headerWords(h.Columns[at].Header)), namesCode) {
		return
	}
	c := &h.Columns[at]
	var amounts []Column
	for _, o := range h.Columns {
		if f, _ := lookUp(o.Header); o.Field == Cost || f == Cost || comesTo(o.Header) {
			amounts = append(amounts, o)
		}
	}
	for _, before := range amounts {
		for _, after := range amounts {
			if before.Index == after.Index {
				continue
			}
			agree, differ := discounted(data, before, *c, after)
			between := before.Index < c.Index && c.Index < after.Index && after.Index-before.Index == 2
			if differ > 0 || agree == 0 && !between {
				continue
			}
			c.Field, c.Confidence = Custom, NoMatch
			c.Reason = sentence.Of("it is a discount on column %s %q, and not what the codes take off", before.Letter, texts.Shorten(before.Header))
			h.note(at, "invoice_discount", sentence.Of(
				"column %s %q is taken for a discount on column %s %q, after which column %s %q is left, and not for what the codes take off; "+
					"it is kept as a custom field; see that the column which is used for the cost is the one that is paid",
				c.Letter, texts.Shorten(c.Header), before.Letter, texts.Shorten(before.Header), after.Letter, texts.Shorten(after.Header)))
			return
		}
	}
}

// namesCode reports whether a word of a header makes its percentages those of codes.
func namesCode(word string) bool {
	return strings.Contains(word, "code") || strings.Contains(word, "coupon") || strings.Contains(word, "gutschein") ||
		strings.Contains(word, "voucher")
}

// discounted counts the rows in which an amount less a percentage is another amount, and those in which it is not.
func discounted(data []sheet.Row, before, percent, after Column) (agree, differ int) {
	hundred, oneCent := decimal.NewFromInt(100), decimal.New(1, -2) // by which what a sheet has rounded differs
	for _, r := range data {
		p, blank, err := cell.ParsePercent(Percentage.Text(r.Cell(percent.Index)))
		if blank || err != nil || p.IsZero() {
			continue
		}
		if text := texts.Trim(r.Cell(before.Index).Text); text != "" && text == texts.Trim(r.Cell(after.Index).Text) {
			differ++ // also where nobody knows what "1.000" is
			continue
		}
		from, ok := plainAmount(r.Cell(before.Index))
		to, okay := plainAmount(r.Cell(after.Index))
		if !ok || !okay {
			continue
		}
		left := from.Mul(hundred.Sub(p)).Div(hundred)
		if left.Sub(to).Abs().LessThanOrEqual(oneCent) {
			agree++
		} else {
			differ++
		}
	}
	return agree, differ
}

// plainAmount reads an amount that has one reading by itself.
func plainAmount(c sheet.Cell) (decimal.Decimal, bool) {
	text := texts.Trim(Cost.Text(c))
	a, err := cell.ReadAmount(c, text, cell.StyleUnknown, "")
	return a.Value, err == nil && !a.Blank && text != ""
}
