package sheetimport

import (
	"slices"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// millisecondFields are those whose days may be the time of a program, as ClickUp exports them.
var millisecondFields = []column.Field{column.Start, column.End}

// findMilliseconds remembers the columns of days whose cells all are milliseconds. One number among days is none.
func (x *rowReader) findMilliseconds(data []sheet.Row) {
	zone, err := x.workspace.Location()
	if err != nil {
		return
	}
	x.zone = zone
	for _, f := range millisecondFields {
		c, ok := x.columns[f]
		if !ok {
			continue
		}
		found := false
		other := slices.ContainsFunc(data, func(r sheet.Row) bool {
			if saysNothing(r.Cell(c.Index)) || isTotal(x.header, r) || x.header.Repeats(r) {
				return false
			}
			_, isTime := millisecondsIn(r.Cell(c.Index), zone)
			found = found || isTime
			return !isTime
		})
		if found && !other {
			x.milliseconds = append(x.milliseconds, f)
		}
	}
}

// millisecondsIn reads the milliseconds in a cell, which a workbook may show as 1.78E+12.
func millisecondsIn(c sheet.Cell, zone *time.Location) (budget.Date, bool) {
	text := c.Text
	if c.Is(sheet.RawNumber) {
		text = c.Raw.Value
	}
	return cell.ParseMilliseconds(text, zone)
}

// withDaysOfMilliseconds returns a row whose days are written as such.
func (x *rowReader) withDaysOfMilliseconds(r sheet.Row) sheet.Row {
	for _, f := range x.milliseconds {
		c := x.columns[f]
		if day, ok := millisecondsIn(r.Cell(c.Index), x.zone); ok {
			shown := r.Cell(c.Index)
			shown.Text, shown.Raw = day.String(), nil
			r.Cells = movedTo(r.Cells, c.Index, shown)
		}
	}
	return r
}

// firstOfMilliseconds is the first day of a column of milliseconds.
func (x *rowReader) firstOfMilliseconds(f column.Field, data []sheet.Row) budget.Date {
	for _, r := range data {
		if day, ok := millisecondsIn(r.Cell(x.columns[f].Index), x.zone); ok {
			return day
		}
	}
	return budget.Date{}
}
