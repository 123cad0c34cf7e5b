package sheetimport

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/utm"
)

// key is what makes two rows one cooperation: equal name, campaign, posting date, end date, UTM fields and discount
// codes. It stays the same from one import to the next, whatever row the cooperation stands in. It is asked for when
// the row has been read.
func (d *entry) key() string {
	if d.keyText != "" {
		return d.keyText
	}
	parts := []string{crm.Fold(d.influencer), crm.Fold(d.campaign), d.period.Start.String(), d.period.End.String()}
	for _, f := range utm.Fields() {
		parts = append(parts, d.utm.Get(f).String())
	}
	var codes []string
	for _, rule := range d.rules {
		codes = append(codes, string(rule.Match)+" "+rule.Key())
	}
	slices.Sort(codes)
	if !d.id.IsZero() { // an export wrote two rows because there are two cooperations
		codes = append(codes, d.id.String())
	}
	parts = append(parts, codes...)
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	d.keyText = hex.EncodeToString(sum[:16])
	return d.keyText
}

// sortOut finds the rows that repeat an earlier one. The first wins; a later one with the same key is a duplicate, or a
// conflict if it says something else about the cost or platform.
func (x *rowReader) sortOut(deals []*entry) {
	first := map[string]*entry{}
	for _, d := range deals {
		if d.verdict != "" {
			continue
		}
		key := d.key()
		earlier, repeated := first[key]
		if !repeated {
			first[key] = d
			continue
		}
		d.of, d.verdict = earlier.row, Duplicate
		for _, f := range x.differences(d, earlier) {
			d.verdict = Conflict
			d.problems = append(d.problems, x.remark(d.cells, f, "differs", "row "+itoa(earlier.row)+" is the same cooperation with "+
				texts.OrElse(earlier.values()[string(f)], "nothing")+" here; decide which row is right and remove the other"))
		}
	}
}

// differences lists in which of cost and platform two rows with one key differ.
func (x *rowReader) differences(a, b *entry) []column.Field {
	var fields []column.Field
	if a.cost != b.cost && !x.cell(a.cells, column.Cost).Merged { // a merged cost is that of the first row
		fields = append(fields, column.Cost)
	}
	if a.platform != b.platform {
		fields = append(fields, column.Platform)
	}
	return fields
}
