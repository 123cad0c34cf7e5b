package column

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// Mapping says what columns of a sheet mean, where somebody knows better than their headers. It goes by the headers
// and not by the place of a column, so that it holds for the next sheet with the same headers too; as JSON it can be
// kept for that, under sheetimport.Plan.HeaderKey. Columns that it does not name are read as without it.
type Mapping []MappedColumn

// MappedColumn is the meaning of the column with a header. Headers are compared as in [NormalizeHeader]. Of several
// columns with one header it is the Nth, from 1; 0 is the first.
type MappedColumn struct {
	Header string `json:"header"`
	Nth    int    `json:"nth,omitzero"`
	Field  Field  `json:"field"` // Custom keeps the column as a custom field, Ignored leaves it out
}

// maxMapped bounds a mapping; no sheet has more columns.
const maxMapped = 16_384

// Check returns what is wrong with a mapping: a field that does not exist, a column that is mapped twice, a field that
// two columns are to have. Each is a [*crm.Error] of the family [crm.ErrInvalid] that names its place in the mapping.
func (m Mapping) Check() error {
	bad := func(n int, field, value, problem string, args ...any) error {
		return &crm.Error{Family: crm.ErrInvalid, Field: fmt.Sprintf("mapping[%d].%s", n, field),
			Value: crm.Shorten(value), Problem: sentence.Of(problem, args...)}
	}
	if len(m) > maxMapped {
		return bad(maxMapped, "header", m[maxMapped].Header, "a mapping has at most %d columns", maxMapped)
	}
	columns, fields := map[mappedKey]bool{}, map[Field]string{}
	for n, c := range m {
		key := c.key()
		other, taken := fields[c.Field]
		switch {
		case key.header == "":
			return bad(n, "header", c.Header, "a column is named by its header, which must not be blank")
		case c.Nth < 0:
			return bad(n, "nth", fmt.Sprint(c.Nth), "must not be negative; 1 is the first column with that header")
		case !slices.Contains(Fields(), c.Field):
			return bad(n, "field", string(c.Field), "is not a field; it is one of %s", fieldNames())
		case columns[key]:
			return bad(n, "header", c.Header, "is mapped twice; name each column once")
		case taken:
			return bad(n, "field", string(c.Field),
				"is given to the columns %q and %q, and only one can have it; map the other to %q",
				crm.Shorten(other), crm.Shorten(c.Header), string(Custom))
		}
		columns[key] = true
		if !c.Field.Repeatable() {
			fields[c.Field] = c.Header
		}
	}
	return nil
}

// Over returns the mapping with what an earlier one says of other columns. A field that only one column can have, and that this
// mapping gives to a column, is not taken from the earlier one.
func (m Mapping) Over(earlier Mapping) Mapping {
	columns, fields := map[mappedKey]bool{}, map[Field]bool{}
	for _, c := range m {
		columns[c.key()] = true
		fields[c.Field] = !c.Field.Repeatable()
	}
	all := slices.Clone(m)
	for _, c := range earlier {
		if !columns[c.key()] && !fields[c.Field] {
			all = append(all, c)
		}
	}
	return all
}

// Repeatable reports whether several columns of a sheet can have the field.
func (f Field) Repeatable() bool { return f == Custom || f == Ignored || f == Code }

// mappedKey names a column.
type mappedKey struct {
	header string // normalized
	nth    int
}

func (c MappedColumn) key() mappedKey { return mappedKey{NormalizeHeader(c.Header), max(c.Nth, 1)} }

// keysOf names the columns of a header row.
func keysOf(columns []Column) []mappedKey {
	seen := map[string]int{}
	keys := make([]mappedKey, len(columns))
	for n, c := range columns {
		header := NormalizeHeader(c.Header)
		seen[header]++
		keys[n] = mappedKey{header, seen[header]}
	}
	return keys
}

// apply gives columns the fields of the mapping, and takes these fields from columns that it does not name.
func (m Mapping) apply(columns []Column) {
	if len(m) == 0 {
		return
	}
	given := map[mappedKey]Field{}
	for _, c := range m {
		given[c.key()] = c.Field
	}
	by := map[Field]Column{}
	keys := keysOf(columns)
	for n := range columns {
		field, ok := given[keys[n]]
		if !ok {
			continue
		}
		c := &columns[n]
		c.Field, c.Confidence, c.Reason = field, Given, sentence.Of("the mapping says so")
		c.readAmountHeader()
		by[field] = *c
	}
	for n := range columns {
		c := &columns[n]
		winner, taken := by[c.Field]
		if c.Confidence == Given || !taken || c.Field == Custom {
			continue
		}
		c.Field, c.Confidence = Custom, NoMatch
		c.Reason = sentence.Of("the mapping gives its field to column %s %q", winner.Letter, texts.Shorten(winner.Header))
	}
}

// missing are the headers of the mapping that a row does not have.
func (m Mapping) missing(columns []Column) []string {
	keys := keysOf(columns)
	var headers []string
	for _, c := range m {
		if !slices.Contains(keys, c.key()) {
			headers = append(headers, fmt.Sprintf("%q", texts.Shorten(c.Header)))
		}
	}
	return headers
}

// Mapping returns what the columns were taken for, to be shown, changed and given to an import of this sheet, or of
// the next with the same headers, as sheetimport.Options.Mapping.
func (h Header) Mapping() Mapping {
	m := make(Mapping, len(h.Columns))
	for n, key := range keysOf(h.Columns) {
		m[n] = MappedColumn{Header: h.Columns[n].Header, Field: h.Columns[n].Field}
		if key.nth > 1 {
			m[n].Nth = key.nth
		}
	}
	return m
}

// Key is the same for all sheets with the same headers, in whatever order and row: under it a host finds the mapping
// that it has kept for them.
func (h Header) Key() string {
	headers := make([]string, len(h.Columns))
	for n, c := range h.Columns {
		headers[n] = NormalizeHeader(c.Header)
	}
	return keyOf(headers)
}

// Keys are what [Header.Key] would be if the header were one of the rows that can be it, for a host that looks for a mapping of a
// sheet whose header is not found without one. A row with a single header is none.
func Keys(s *sheet.Table) []string {
	var keys []string
	for _, row := range s.Rows {
		if row.Number > HeaderRows {
			break
		}
		var headers []string
		for _, c := range joinHeaderRows(s, row).Cells {
			if header := texts.Trim(c.Text); header != "" {
				headers = append(headers, NormalizeHeader(header))
			}
		}
		if len(headers) > 1 {
			keys = append(keys, keyOf(headers))
		}
	}
	return keys
}

func keyOf(headers []string) string {
	slices.Sort(headers)
	sum := sha256.Sum256([]byte(strings.Join(headers, "\n")))
	return hex.EncodeToString(sum[:16])
}
