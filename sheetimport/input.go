package sheetimport

import (
	"context"
	"errors"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// input is what a plan is made of.
type input struct {
	sheet  *sheet.Table   // of cooperations; nil if the plan is of tables of budgets alone
	tables []*sheet.Table // of budgets
}

// readInput reads a sheet of cooperations, or a table of budgets in its place, and further tables of budgets.
func (i *Importer) readInput(ctx context.Context, source sheet.Source, budgets []sheet.Source) (input, error) {
	if len(budgets) > MaxTables {
		return input{}, &crm.Error{Family: crm.ErrInvalid, Field: "budgets", Value: sentence.Of("%d", len(budgets)).String(),
			Problem: sentence.Of("at most %d tables of budgets come with a sheet", MaxTables)}
	}
	table, err := i.read(ctx, source)
	if err != nil {
		return input{}, err
	}
	in := input{sheet: table}
	if _, none := column.FindHeader(table, i.options.Mapping); errors.Is(none, column.ErrNoHeader) {
		switch _, _, err := column.FindBudgets(table, i.options.Mapping); {
		case err == nil:
			in = input{tables: []*sheet.Table{table}}
		case errors.Is(err, column.ErrUnclearBudgets):
			return input{}, sentence.Errorf("%s; as a table of budgets: %s", none, err)
		}
	}
	for _, source := range budgets {
		table, err := source.Read(ctx)
		if err != nil {
			return input{}, err
		}
		plainCells(table)
		mendDoubleEncoding(table)
		in.tables = append(in.tables, table)
	}
	return in, nil
}

func (in input) isZero() bool { return in.sheet == nil && len(in.tables) == 0 }

// all are the tables of the input, the sheet first.
func (in input) all() []*sheet.Table {
	if in.sheet == nil {
		return in.tables
	}
	return append([]*sheet.Table{in.sheet}, in.tables...)
}

// name is the name of the sheet, else that of the first table.
func (in input) name() string {
	if in.sheet != nil {
		return in.sheet.Name
	}
	return in.tables[0].Name
}
