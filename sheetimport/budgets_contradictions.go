package sheetimport

import (
	"fmt"
	"strconv"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// markContradictions finds rows about one campaign or month that say different things of it, or the same amount beside
// different texts, as where a budget is split over channels. Nobody can tell which of them, or whether their sum, is
// right: nothing of these rows is written.
func (b *budgetTable) markContradictions() {
	about := map[string][]*entry{} // the rows about one thing
	var order []string
	for _, e := range b.entries {
		if e.verdict != "" {
			continue
		}
		key := e.about()
		if about[key] == nil {
			order = append(order, key)
		}
		about[key] = append(about[key], e)
	}
	for _, key := range order {
		markContradicting(about[key])
	}
}

// markContradicting marks all rows about one thing, if any two of them contradict each other.
func markContradicting(rows []*entry) {
	var first *entry // that contradicts another
	mark := func(e, o *entry, f column.Field, says sentence.Sentence) {
		if e.of == 0 {
			e.of, e.problems = o.row, append(e.problems, e.remark(f, "rows_contradict", says))
		}
	}
	var heads []*entry // the first row that says each field
	said := map[column.Field]bool{}
	for _, e := range rows {
		for _, head := range heads {
			if f, says := e.contradicts(head); f != "" {
				mark(e, head, f, says)
				f, says := head.contradicts(e)
				mark(head, e, f, says)
				if first == nil {
					first = head
				}
			}
		}
		isHead := false
		for _, f := range e.campaignFields(&crm.Campaign{}) {
			if f.says != "" && !said[f.column] {
				said[f.column], isHead = true, true
			}
		}
		if isHead {
			heads = append(heads, e)
		}
	}
	if first == nil {
		return
	}
	for _, e := range rows {
		e.verdict = Conflict
		mark(e, first, "", sentence.Of("other rows about it contradict each other; write one row with the whole amount"))
	}
}

// contradicts returns the field in which two rows about one campaign or month differ, "" for none, and what is to be said of it.
func (e *entry) contradicts(o *entry) (column.Field, sentence.Sentence) {
	none := &crm.Campaign{}
	others := o.campaignFields(none)
	for n, f := range e.campaignFields(none) {
		if says := others[n].says; f.says != "" && says != "" && f.says != says {
			return f.column, sentence.Of("row %s says %s; write one row with what is right", strconv.Itoa(o.row), says)
		}
	}
	if e.budget != o.budget || e.target != o.target || !e.budget.IsSet() && !e.target.IsSet() {
		return "", sentence.Sentence{}
	}
	for _, c := range e.reader.header.Columns {
		if c.Field != column.Ignored || c.Confidence == column.Given {
			continue
		}
		mine, theirs := texts.Trim(e.cells.Cell(c.Index).Text), texts.Trim(o.cells.Cell(c.Index).Text)
		if crm.Fold(mine) != crm.Fold(theirs) {
			f := column.CampaignBudget
			if !e.budget.IsSet() {
				f = column.RevenueTarget
			}
			return f,
				sentence.Of("row %s has the same amount and differs in column %s; if they are parts, write one row with the whole amount, else delete one",
					strconv.Itoa(o.row), fmt.Sprintf("%s %q", c.Letter, texts.Shorten(c.Header)))
		}
	}
	return "", sentence.Sentence{}
}
