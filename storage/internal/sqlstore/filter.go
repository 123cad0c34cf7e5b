package sqlstore

import (
	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
)

// conditions collects what a filter asks for; a filter field that is not set asks for nothing. Texts
// that are compared folded come folded from crm.CheckFilter.
type conditions struct {
	dialect Dialect
	all     sq.And
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

// filled says once more that a column with a wanted text is not empty, which lets the database use
// an index that leaves the empty ones out.
func (c *conditions) filled(column, wanted string) {
	if wanted != "" {
		c.add(column + " <> ''")
	}
}

func (c *conditions) text(wanted string) {
	if wanted != "" {
		c.add(c.dialect.Contains, wanted)
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

// listed holds for influencers that have a row, in a table derived from them, under conditions. The
// workspace is a parameter in there too: by correlation alone a distributed database would ask all
// its nodes.
func (c *conditions) listed(table, ws string, where func(*conditions)) {
	inner := conditions{dialect: c.dialect}
	where(&inner)
	rows := filtered(sq.Select("influencer_id").From(table).Where(tenant, ws), inner.all)
	c.all = append(c.all, sq.Expr("id IN (?)", rows))
}
