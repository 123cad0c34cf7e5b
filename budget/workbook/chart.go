package workbook

import (
	"fmt"
	"strings"

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
	return fmt.Sprintf("%s!$%s$2:$%s$%d", m.quoted(), letter, letter, m.months+1)
}

// head is the address of a column's header.
func (m monthSheet) head(n int) string {
	letter, _ := excelize.ColumnNumberToName(n)
	return fmt.Sprintf("%s!$%s$1", m.quoted(), letter)
}

func (m monthSheet) quoted() string { return "'" + strings.ReplaceAll(m.name, "'", "''") + "'" }

// The colours of render's charts, which differ in lightness too.
var stageColours = []string{"2563A8", "F0A84B", "D0D4DA"}

// chart adds a sheet with the months as columns, stacked by stage, and the budgets as a line. Without months it has nothing to show.
func (b *book) chart(m monthSheet) {
	if m.months == 0 || b.err != nil {
		return
	}
	columns := b.stagesChart(m)
	var lines []*excelize.Chart
	if b.r.MonthTotal.Budget.IsSet() {
		lines = append(lines, b.budgetChart(m))
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
		YAxis:        excelize.ChartAxis{MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0"}},
		ShowBlanksAs: "gap",
		GapWidth:     &gap,
		Overlap:      &overlap,
	}
	for i, colour := range stageColours {
		chart.Series = append(chart.Series, excelize.ChartSeries{
			Name: m.head(columnSigned + i), Categories: m.column(columnMonth), Values: m.column(columnSigned + i),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}},
			Line: excelize.LineOptions{Type: excelize.LineSolid, Width: 0.75, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"5B6472"}}},
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
			Line:   excelize.LineOptions{Type: excelize.LineSolid, Width: 2.5, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"111827"}}},
			Marker: excelize.ChartMarker{Symbol: "diamond", Size: 7, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"111827"}}},
		}},
		ShowBlanksAs: "gap",
	}
}
