package sheetimport

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/utm"
)

// key is what makes two rows one cooperation: equal name, campaign, posting date, end date, UTM fields and discount
// codes, and in rows without a day also what they say of the month. It stays the same from one import to the next,
// whatever row the cooperation stands in. It is computed once, after the row was read.
func (e *entry) key() string {
	if e.keyText == "" {
		e.keyText = e.keyOf(e.timeText())
	}
	return e.keyText
}

// keyWithout is the key without what a row without a day says of the month.
func (e *entry) keyWithout() string { return e.keyOf("") }

// keyOf makes the key of a row with what it says of the month, or "".
func (e *entry) keyOf(time string) string {
	parts := []string{crm.Fold(e.influencer), crm.Fold(e.campaign), e.period.Start.String(), e.period.End.String()}
	for _, f := range utm.Fields() {
		parts = append(parts, e.utm.Get(f).String())
	}
	var codes []string
	for _, rule := range e.rules {
		codes = append(codes, string(rule.Match)+" "+discount.Caseless(rule.Pattern))
	}
	slices.Sort(codes)
	if !e.id.IsZero() { // an export wrote two rows because there are two cooperations
		codes = append(codes, e.id.String())
	}
	if e.cells.Part != "" {
		codes = append(codes, e.cells.Part)
	}
	parts = append(parts, codes...)
	if time != "" {
		parts = append(parts, "time "+time)
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// markRepeated finds the rows that repeat an earlier one. The first wins; a later one with the same key is a duplicate,
// or a conflict if it says something else about the cost, the status, the platform or the account.
func (x *rowReader) markRepeated(entries []*entry) {
	first := map[string]*entry{}
	for _, e := range entries {
		if e.verdict != "" {
			continue
		}
		key := e.key()
		earlier, repeated := first[key]
		if !repeated {
			first[key] = e
			continue
		}
		e.of, e.verdict = earlier.row, Duplicate
		for _, f := range x.differences(e, earlier) {
			e.verdict = Conflict
			e.problems = append(e.problems, x.remark(e.cells, f, "differs",
				sentence.Of("row %s is the same cooperation with %s here; remove the row that is wrong, "+
					"or give them different dates or UTM fields if both are right",
					strconv.Itoa(earlier.row), valueOr(string(f), earlier.says(f)))))
		}
		if e.verdict == Duplicate {
			x.remarkOtherCustom(e, earlier)
		}
	}
}

// remarkOtherCustom tells of a column without a meaning of its own in which a duplicate differs: a reel and a story of
// one day are two cooperations to people, and one to the key.
func (x *rowReader) remarkOtherCustom(e, earlier *entry) {
	for _, c := range x.custom {
		here, there := e.custom[c.name], earlier.custom[c.name]
		if here == there || here == "" || there == "" || runningNumbers[column.NormalizeHeader(c.Header)] {
			continue
		}
		e.notices = append(e.notices, x.remarkIn(e.cells, c.Column, "duplicate_differs", sentence.Of(
			"row %s is the same cooperation by name, campaign, dates, UTM fields and code, though it has %q here; if they are two, give them different dates or UTM fields",
			strconv.Itoa(earlier.row), texts.Shorten(there))))
		return
	}
}

// runningNumbers are headers of columns that differ in all rows.
var runningNumbers = texts.Set(`no no. nr nr. # id number nummer row zeile pos pos.`)

// differences lists in which of cost, status, half of the name, platform and account two rows with one key differ. Two people can
// have one name.
func (x *rowReader) differences(a, b *entry) []column.Field {
	var fields []column.Field
	if a.cost != b.cost && !x.cell(a.cells, column.Cost).Merged { // a merged cost is that of the first row
		fields = append(fields, column.Cost)
	}
	said := func(e *entry) bool { return x.has(column.Status) && !slices.Contains(e.assumed, column.Status) }
	if said(a) && said(b) && (a.status != b.status || a.cancelled != b.cancelled) {
		fields = append(fields, column.Status)
	}
	for _, f := range []column.Field{column.FirstName, column.LastName} { // of people who are known by one name
		if here, there := crm.Fold(x.text(a.cells, f)), crm.Fold(x.text(b.cells, f)); here != "" && there != "" && here != there {
			fields = append(fields, f)
		}
	}
	if a.platform != b.platform {
		fields = append(fields, column.Platform)
	} else if p, q := a.account(), b.account(); p.Name() != "" && q.Name() != "" && p.Name() != q.Name() {
		fields = append(fields, x.accountColumn(a))
	}
	return fields
}

// accountColumn is the column that says which account a row is about.
func (x *rowReader) accountColumn(e *entry) column.Field {
	if texts.Trim(x.text(e.cells, column.Handle)) == "" && x.has(column.ProfileLink) {
		return column.ProfileLink
	}
	return column.Handle
}

// says is what the row says in a field, as people read it.
func (e *entry) says(f column.Field) string {
	switch f {
	case column.Handle, column.ProfileLink:
		return "@" + e.account().Name()
	case column.FirstName, column.LastName:
		return texts.Trim(e.reader.text(e.cells, f))
	case column.Status:
		if e.cancelled {
			return "cancelled"
		}
	}
	return e.values()[string(f)]
}
