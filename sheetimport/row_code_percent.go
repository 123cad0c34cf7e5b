package sheetimport

import (
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// describeByHeader gives codes the percentage in the header of their column, where neither the cell nor a column of
// percentages says what they take off.
func (x *rowReader) describeByHeader(r sheet.Row, c column.Column, rules []discount.Rule) {
	percent, ok := c.PercentInHeader()
	if !ok || texts.Trim(x.text(r, column.Percentage)) != "" {
		return
	}
	for n := range rules {
		if rules[n].Benefit.IsZero() {
			rules[n].Benefit = discount.Benefit{Kind: discount.Percentage, Value: percent}
		}
	}
}

// notePercents tells what the headers of columns of codes say of them.
func (x *rowReader) notePercents(add func(code, format string, args ...any)) {
	for _, c := range x.codes {
		if percent, ok := c.PercentInHeader(); ok {
			add("percentage_in_header",
				"the header of column %s %q says that its codes take off %s, and so they do unless a row says another percentage",
				c.Letter, texts.Shorten(c.Header), sentence.Of("%s %%", percent.String()))
		}
	}
}
