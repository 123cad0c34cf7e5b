package tables

import (
	"math/bits"
	"strings"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// conditions collects what a filter asks for; a field that is not set asks for nothing. Texts that are compared
// folded come folded from crm.CheckFilter.
type conditions struct {
	contains string // Dialect.Contains
	all      sq.And
}

func (c *conditions) add(condition string, args ...any) {
	c.all = append(c.all, sq.Expr(condition, args...))
}

// equal compares a column with a text.
func (c *conditions) equal(column, wanted string) {
	if wanted != "" {
		c.add(column+" = ?", wanted)
	}
}

// anyOf compares a column with texts, of which one is enough.
func (c *conditions) anyOf(column string, wanted []string) {
	if len(wanted) > 0 {
		in, args := isAnyOf(column, wanted)
		c.add(in, args...)
	}
}

// anyOfFew is anyOf for a column with so few different values that an index on it is of use for one of them only. With
// several the database would sort what it finds there, most of the table, for each page; so it is not shown the column.
func (c *conditions) anyOfFew(column string, wanted []string) {
	if len(wanted) > 1 {
		column += " || ''"
	}
	c.anyOf(column, wanted)
}

// responsible compares the responsible member with ids, of which one is enough, or with none at all.
func (c *conditions) responsible(wanted []string, unassigned bool) {
	const column = "responsible_id"
	switch {
	case !unassigned:
		c.anyOfFew(column, wanted)
	case len(wanted) == 0:
		c.add(column + " IS NULL")
	default:
		in, args := isAnyOf(column, wanted)
		c.add("("+column+" IS NULL OR "+in+")", args...)
	}
}

// isAnyOf is a condition that a column has one of some texts.
func isAnyOf(column string, wanted []string) (condition string, args []any) {
	wanted = Padded(wanted)
	args = make([]any, len(wanted))
	for n, text := range wanted {
		args[n] = text
	}
	if len(args) == 1 {
		return column + " = ?", args
	}
	return column + " IN (?" + strings.Repeat(", ?", len(args)-1) + ")", args
}

// Padded is values as a query takes them: 1, 2, 4, 8, … of them, the last one repeated, so that there are few statements
// to keep prepared.
func Padded(values []string) []string {
	if len(values) == 0 {
		return values
	}
	all := make([]string, 1<<bits.Len(uint(len(values)-1)))
	for n := range all {
		all[n] = values[min(n, len(values)-1)]
	}
	return all
}

// texts are values of a text type as texts.
func texts[T ~string](values []T) []string {
	all := make([]string, len(values))
	for n, v := range values {
		all[n] = string(v)
	}
	return all
}

// idTexts are ids as columns have them.
func idTexts[R any](ids []crm.ID[R]) []string {
	all := make([]string, len(ids))
	for n, id := range ids {
		all[n] = IDText(id)
	}
	return all
}

// filled repeats that a column with a wanted text is not empty, which lets the database use an index that leaves
// empty ones out.
func (c *conditions) filled(column, wanted string) {
	if wanted != "" {
		c.add(column + " <> ''")
	}
}

func (c *conditions) text(wanted string) {
	if wanted != "" {
		c.add(c.contains, wanted)
	}
}

func (c *conditions) archive(wanted crm.Archive) {
	switch wanted {
	case crm.ActiveOrNot:
	case crm.ArchivedOnly:
		c.add("archived_on <> ''")
	default:
		c.add("archived_on = ''")
	}
}

// during holds for what has a day in a period. An end without a start is one day; a start without an end is open.
func (c *conditions) during(p budget.Period) {
	if p.IsZero() {
		return
	}
	c.add("(start_day <> '' OR end_day <> '')")
	if !p.End.IsZero() {
		c.add(begin+" <= ?", p.End.String())
	}
	if !p.Start.IsZero() {
		c.add("(end_day = '' OR end_day >= ?)", p.Start.String())
	}
}

// begin is the first day of what has one.
const begin = "(CASE WHEN start_day = '' THEN end_day ELSE start_day END)"

// state is crm.StateOf.
func (c *conditions) state(wanted crm.State, on budget.Date) {
	switch wanted {
	case crm.Running:
		c.during(budget.Period{Start: on, End: on})
	case crm.Planned:
		c.add(begin+" > ? AND (end_day = '' OR end_day >= ?)", on.String(), on.String())
	case crm.Ended:
		c.add("end_day <> '' AND end_day < ?", on.String())
	case crm.Undated:
		// Not column by column: the database would choose an index on the start, and sort the list.
		c.add("start_day || end_day = ''")
	}
}

// has holds for a record for which a derived table has a row; the condition correlates the two. It is evaluated row
// by row, so that the list itself is read in its order. The workspace is a parameter here too: with a correlation
// alone a distributed database would ask all its nodes.
func (c *conditions) has(table, ws, condition string, args ...any) {
	c.add("EXISTS (SELECT 1 FROM "+table+" WHERE "+tenant+" AND "+condition+")", append([]any{ws}, args...)...)
}

// listed holds for influencers that have a row in a derived table under conditions that few rows fulfil: these
// rows are found first.
func (c *conditions) listed(table, ws string, where func(*conditions)) {
	c.all = append(c.all, sq.Expr("id IN (?)", influencersIn(table, ws, where)))
}

// single is listed for conditions that at most one row fulfils, by a unique index. The influencer is then compared
// with one value that is found first, and read by its key under any plan. PostgreSQL plans an IN by statistics: in the
// transaction that fills an empty table there are none, and it read all influencers for each look-up.
func (c *conditions) single(table, ws string, where func(*conditions)) {
	c.all = append(c.all, sq.Expr("id = (?)", influencersIn(table, ws, where)))
}

func influencersIn(table, ws string, where func(*conditions)) sq.SelectBuilder {
	var inner conditions
	where(&inner)
	return filtered(sq.Select("influencer_id").From(table).Where(tenant, ws), inner.all)
}

// filtered adds conditions to a query. An empty sq.And would become a condition that always holds.
func filtered(q sq.SelectBuilder, conditions sq.And) sq.SelectBuilder {
	for _, c := range conditions {
		q = q.Where(c)
	}
	return q
}
