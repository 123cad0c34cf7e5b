package sheetimport

import (
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// customColumn is a column without another meaning and the name of the custom field that it becomes.
type customColumn struct {
	column.Column
	name      string
	variable  bool // see Column.IsVariableCost
	reference bool // see Column.IsCostReference
}

// addCustom names the field of a custom column: the header in one line and, where an earlier column has the same, with
// a number after it.
func (x *rowReader) addCustom(c column.Column) {
	name := column.CustomName(c.Header)
	taken := map[string]bool{}
	for _, other := range x.custom {
		taken[other.name] = true
	}
	unique := name
	for n := 2; taken[unique]; n++ {
		unique = fmt.Sprintf("%s (%d)", name, n)
	}
	x.custom = append(x.custom, customColumn{c, unique, c.IsVariableCost(), c.IsCostReference()})
}

// readCustom keeps the columns that have no other meaning.
func (x *rowReader) readCustom(e *entry, r sheet.Row) {
	for _, c := range x.custom {
		value, err := cell.ParseText(column.Custom.Text(r.Cell(c.Index)))
		if err == nil && value != "" && len(e.custom) == crm.MaxCustomFields {
			err = cell.NewError("too_many_fields", value,
				sentence.Of("stands in a column beyond the first %d of no known meaning", crm.MaxCustomFields), sentence.Sentence{})
		}
		if err != nil {
			m := x.cellRemark(r, "", err)
			m.Column, m.Header, m.Value = c.Letter, texts.Shorten(c.Header), texts.Shorten(texts.Trim(r.Cell(c.Index).Text))
			e.notices = append(e.notices, m.leftOut())
		} else if value != "" {
			e.custom[c.name] = value
			x.remarkVariableCost(e, r, c, value)
		}
	}
}
