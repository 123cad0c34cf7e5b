package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// monthSheet is the sheet that the chart is drawn from.
type monthSheet struct {
	name   string
	months int
}

// column is the address of the months in a column.
func (m monthSheet) column(n int) string {
	letter, _ := excelize.ColumnNumberToName(n) // there are few
	return fmt.Sprintf("%s!$%s$2:$%s$%d", quoted(m.name), letter, letter, m.months+1)
}

// head is the address of a column's header.
func (m monthSheet) head(n int) string {
	letter, _ := excelize.ColumnNumberToName(n)
	return fmt.Sprintf("%s!$%s$1", quoted(m.name), letter)
}

// quoted is the name of a sheet in an address. It has no apostrophe.
func quoted(sheet string) string { return "'" + sheet + "'" }

// The colours differ in lightness too, and so they do in print.
var (
	stageColours = []string{"2563A8", "F0A84B", "D0D4DA"}
	inkColour    = "1C2330"
)

func filled(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

// chart adds a sheet with the months as columns, stacked by stage, and the budgets as a line. Without months it has
// nothing to show.
func (b *book) chart(m monthSheet) {
	if m.months == 0 || b.err != nil {
		return
	}
	columns := b.stagesChart(m)
	var lines []*excelize.Chart
	if b.r.MonthTotal.Budget.IsSet() {
		lines = append(lines, b.budgetChart(m))
	}
	for _, chart := range append(lines, columns) { // they share their axes, of which the last one counts
		chart.XAxis.Font.Color = inkColour
		chart.YAxis = excelize.ChartAxis{
			MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0"}, Font: excelize.Font{Color: inkColour},
		}
	}
	b.keep(b.f.AddChartSheet(b.sheetName(b.say("Chart")), columns, lines...))
	b.f.SetActiveSheet(0)
}

func (b *book) stagesChart(m monthSheet) *excelize.Chart {
	gap, overlap := uint(50), 100
	chart := &excelize.Chart{
		Type:         excelize.ColStacked,
		Title:        excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: b.say("By month, in %s", string(b.r.Currency))}}},
		Legend:       excelize.ChartLegend{Position: "bottom"},
		ShowBlanksAs: "gap",
		GapWidth:     &gap,
		Overlap:      &overlap,
	}
	for i, colour := range stageColours {
		chart.Series = append(chart.Series, excelize.ChartSeries{
			Name: m.head(columnSigned + i), Categories: m.column(columnMonth), Values: m.column(columnSigned + i),
			Fill: filled(colour),
		})
	}
	return chart
}

// budgetChart is the line of the budgets. It is broken where a month has none.
func (b *book) budgetChart(m monthSheet) *excelize.Chart {
	return &excelize.Chart{
		Type: excelize.Line,
		Series: []excelize.ChartSeries{{
			Name: m.head(columnBudget), Categories: m.column(columnMonth), Values: m.column(columnBudget),
			Fill:   filled(inkColour), // of a line it is the colour
			Line:   excelize.LineOptions{Type: excelize.LineSolid, Width: 2.5},
			Marker: excelize.ChartMarker{Symbol: "diamond", Size: 7, Fill: filled(inkColour)},
		}},
		ShowBlanksAs: "gap",
	}
}
