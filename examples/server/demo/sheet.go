package demo

import (
	"bytes"
	"context"
	"regexp"
	"strconv"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/examples/sample"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
)

// importSheet imports the sample sheet, moved by whole years so that some of its cooperations are running.
func (f *filling) importSheet(ctx context.Context) error {
	importer := sheetimport.New(f.crm, &sheetimport.Options{
		Today: budget.DateOf(f.Now()), NewID: f.NewID, RowsPerUnit: sheetimport.AllRows, // the workspace is new: nobody waits
	})
	source := csvfile.New(sample.SheetName, bytes.NewReader(moved(sample.Sheet, yearsUntil(f.Today))), nil)
	plan, err := importer.Plan(ctx, Workspace, source)
	if err != nil {
		return err
	}
	_, err = importer.Apply(ctx, plan)
	return err
}

// sheetYear is the year in whose April the sheet's season begins.
const sheetYear = 2026

// yearsUntil is by how many years the sheet moves for a day to be in its season.
func yearsUntil(today budget.Date) int {
	years := today.Year() - sheetYear
	if today.Month().TimeMonth() < time.April {
		years--
	}
	return years
}

var yearOfSheet = regexp.MustCompile(`\b202[67]\b`)

// moved has other years in dates, names and UTM fields.
func moved(sheet []byte, years int) []byte {
	return yearOfSheet.ReplaceAllFunc(sheet, func(year []byte) []byte {
		n, _ := strconv.Atoi(string(year))
		return strconv.AppendInt(nil, int64(n+years), 10)
	})
}
