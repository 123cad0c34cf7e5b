package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// planCSVHeader is the columns of [WriteCSV], in English.
var planCSVHeader = []string{"row", "verdict", "of", "entry", "code", "column", "header", "value", "message", "record",
	"id", "field", "from", "to", "sheet"}

// WriteCSV writes the account of every row as CSV, to be sorted and filtered in a spreadsheet program: a line for each
// problem, notice and change of a row of the sheet and of tables of budgets, told apart by the column "entry", and one
// without an entry for a row of which nothing is to be said. Headers, verdicts and messages are in a language, codes
// and names of fields are not. Cells that such a program would run are neutralised, as in an export.
func WriteCSV(w io.Writer, p *sheetimport.Plan, lang language.Tag) error {
	if w == nil || p == nil {
		panic("report: WriteCSV needs a writer and a Plan, and was given nil")
	}
	out := csv.NewWriter(w)
	line := make([]string, len(planCSVHeader))
	for n, header := range planCSVHeader {
		line[n] = sentence.Of(header).In(lang)
	}
	write := func() error {
		for n := range line {
			line[n] = texts.EscapeFormula(line[n])
		}
		return out.Write(line)
	}
	if err := write(); err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	for _, part := range partsOf(p) {
		for _, row := range part.Rows {
			for _, entry := range csvLines(row, lang) {
				clear(line)
				line[0], line[1], line[len(line)-1] = strconv.Itoa(row.Row), row.Verdict.Word().In(lang), part.Source
				if row.Of > 0 {
					line[2] = strconv.Itoa(row.Of)
				}
				copy(line[3:], entry)
				if err := write(); err != nil {
					return fmt.Errorf("writing the plan: %w", err)
				}
			}
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	return nil
}

// csvLines are the lines about a row, from the column "entry" on.
func csvLines(r sheetimport.PlannedRow, lang language.Tag) [][]string {
	var all [][]string
	for _, remarks := range []struct {
		entry string
		list  []sheetimport.Remark
	}{{"problem", r.Problems}, {"notice", r.Notices}} {
		for _, m := range remarks.list {
			all = append(all, []string{sentence.Of(remarks.entry).In(lang), m.Code, m.Column, m.Header, m.Value, m.Message.In(lang)})
		}
	}
	for _, c := range r.Changes {
		all = append(all, []string{sentence.Of("change").In(lang), "", "", "", "", "", c.Record.Word().In(lang), c.ID, c.Field, c.From, c.To})
	}
	if all == nil {
		all = [][]string{nil}
	}
	return all
}
