package sheetimport_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// moneyCell is a cell of a fee column, and what a person reads in it.
type moneyCell struct {
	cell sheet.Cell
	says decimal.Decimal
	none bool
}

// drawMoney draws a cell as somebody writes it whose decimals have a comma or a point.
func drawMoney(t *rapid.T, comma bool) moneyCell {
	value := decimal.New(rapid.Int64Range(1, 9_999_999).Draw(t, "cents"), -2)
	written := func(d decimal.Decimal) string {
		if comma {
			return grouped(d.StringFixed(2), '.', ',')
		}
		return grouped(d.StringFixed(2), ',', '.')
	}
	whole := value.Floor().Add(decimal.NewFromInt(1))
	separator := map[bool]byte{true: '.', false: ','}[comma]
	groups := strings.TrimSuffix(grouped(whole.StringFixed(0)+".", separator, '|'), "|")
	stored := func(d decimal.Decimal, shown, currency string) sheet.Cell {
		return sheet.Cell{Text: shown, Raw: &sheet.RawValue{Kind: sheet.RawNumber, Value: d.String(), Currency: currency}}
	}
	switch rapid.IntRange(0, 11).Draw(t, "kind") {
	case 0:
		return moneyCell{cell: stored(value, written(value), ""), says: value}
	case 1:
		return moneyCell{cell: stored(value, written(value)+" €", "EUR"), says: value}
	case 2: // computed, and shown with two decimals
		net := value.DivRound(decimal.RequireFromString("1.19"), 12)
		return moneyCell{cell: stored(net, written(net.Round(2)), ""), says: net.Round(2)}
	case 3: // shown without its decimals
		return moneyCell{cell: stored(value, value.StringFixed(0), ""), says: value.Round(0)}
	case 4:
		return moneyCell{cell: sheet.Cell{Text: written(value)}, says: value}
	case 5:
		return moneyCell{cell: sheet.Cell{Text: written(value) + " €"}, says: value}
	case 6: // a text with two readings
		return moneyCell{cell: sheet.Cell{Text: groups}, says: whole}
	case 7:
		return moneyCell{cell: sheet.Cell{Text: "EUR " + groups}, says: whole}
	case 8:
		return moneyCell{cell: sheet.Cell{Text: groups + map[bool]string{true: ",-", false: ".-"}[comma]}, says: whole}
	case 9:
		return moneyCell{cell: sheet.Cell{Text: rapid.SampledFrom([]string{"", "–", "auf Anfrage", "commission only",
			"gifted", "tbd"}).Draw(t, "word")}, none: true}
	}
	if rapid.Bool().Draw(t, "as others write") { // a thousand that the rest of the column makes a small number with three decimals
		other := map[byte]byte{'.': ',', ',': '.'}[separator]
		thousand := decimal.NewFromInt(rapid.Int64Range(1000, 999_999).Draw(t, "thousand"))
		return moneyCell{cell: sheet.Cell{Text: strings.TrimSuffix(grouped(thousand.StringFixed(0)+".", other, '|'), "|")}, says: thousand}
	}
	return moneyCell{cell: sheet.Cell{Text: written(value) + " € zzgl. MwSt."}, says: value}
}

// grouped writes a plain decimal with separators.
func grouped(plain string, group, mark byte) string {
	whole, fraction, _ := strings.Cut(plain, ".")
	var b strings.Builder
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(group)
		}
		b.WriteByte(whole[i])
	}
	return b.String() + string(mark) + fraction
}

// The sum of the imported costs is the sum that a person reads in the sheet, but for rows that are rejected or have a
// notice on their cost. A cell merged over several rows is one amount.
func TestSumOfCostsIsWhatAPersonReads(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		comma := rapid.Bool().Draw(t, "comma")
		s := memoryShop(t, &sheetimport.Options{})
		locale := rapid.SampledFrom([]string{"", map[bool]string{true: "de-DE", false: "en-US"}[comma]}).Draw(t, "locale")
		if rapid.Bool().Draw(t, "option") {
			s.options.DecimalStyle = map[bool]cell.DecimalStyle{true: cell.CommaDecimals, false: cell.PointDecimals}[comma]
		}
		table := &sheet.Table{Name: "fees", Locale: locale, Grid: true, Rows: []sheet.Row{{Number: 1,
			Cells: []sheet.Cell{{Text: "Influencer"}, {Text: "Platform"}, {Text: "Campaign"}, {Text: "Posting date"}, {Text: "Fee"}}}}}
		var read []moneyCell
		for n := range rapid.IntRange(1, 12).Draw(t, "rows") {
			m := drawMoney(t, comma)
			if n > 0 && rapid.IntRange(0, 3).Draw(t, "merged") == 0 { // goes on from the row above
				above := read[n-1].cell
				if !above.Merged {
					above.MergedRow = int32(n + 1)
				}
				above.Merged = true
				m = moneyCell{cell: above, none: true}
			}
			read = append(read, m)
			table.Rows = append(table.Rows, sheet.Row{Number: n + 2, Cells: []sheet.Cell{
				{Text: fmt.Sprint("Person ", n)}, {Text: "IG"}, {Text: "Sale"}, {Text: "2026-06-01"}, m.cell}})
		}
		plan, err := s.importer().Plan(s.ctx, s.ws, held{table})
		if err != nil {
			t.Fatal(err)
		}
		imported, said := decimal.Zero, decimal.Zero
		for n, r := range plan.Rows {
			told := len(r.Problems) > 0
			for _, m := range r.Notices {
				told = told || m.Header == "Fee" && m.Code != "read_by_column"
			}
			got := decimal.Zero
			if text := valueOf(r, column.Cost); text != "" {
				got = decimal.RequireFromString(strings.TrimSuffix(text, " EUR"))
			}
			want := read[n].says
			if told {
				continue
			}
			imported, said = imported.Add(got), said.Add(want)
			if !got.Equal(want) {
				t.Fatalf("row %d %+v: imported %s, a person reads %s: %+v", r.Row, read[n].cell, got, want, r)
			}
		}
		if !imported.Equal(said) {
			t.Fatalf("imported %s, a person reads %s", imported, said)
		}
	})
}
