package sheetimport

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/crm"
)

// customColumn is a column without another meaning and the name of the custom field that it becomes.
type customColumn struct {
	Column
	name string
}

// addCustom names the field of a custom column: the header in one line and, where an earlier column has the same, with
// a number after it.
func (x *rowReader) addCustom(c Column) {
	name := customName(c.Header)
	taken := map[string]bool{}
	for _, other := range x.custom {
		taken[other.name] = true
	}
	unique := name
	for n := 2; taken[unique]; n++ {
		unique = fmt.Sprintf("%s (%d)", name, n)
	}
	x.custom = append(x.custom, customColumn{c, unique})
}

// customName is the name of the custom field under a header: the header in one line, or what stands after the mark that
// an export puts before a name.
func customName(header string) string {
	if name, marked := strings.CutPrefix(header, customMark); marked {
		return crm.Clean(name)
	}
	return crm.Clean(strings.Join(strings.FieldsFunc(header, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " "))
}

// readCustom keeps the columns that have no other meaning.
func (x *rowReader) readCustom(d *deal, r Row) {
	for _, c := range x.custom {
		value, err := ParseText(r.Cell(c.Index).textFor(FieldCustom))
		if err == nil && value != "" && len(d.custom) == crm.MaxCustomFields {
			err = cellError("too_many_fields", value, fmt.Sprintf("stands in a column beyond the first %d of no known meaning", crm.MaxCustomFields), "")
		}
		if err != nil {
			m := x.cellRemark(r, "", err)
			m.Column, m.Header, m.Value = c.Letter, c.Header, shorten(trim(r.Cell(c.Index).Text))
			m.Message += leftOut
			d.notices = append(d.notices, m)
		} else if value != "" {
			d.custom[c.name] = value
		}
	}
}
