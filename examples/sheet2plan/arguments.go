package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/xlsxfile"
)

// arguments are what the command line says.
type arguments struct {
	db       string // "" for a file that is removed at the end
	currency string // "" for the database's, or EUR for a new one
	dates    cell.DateOrder
	decimals cell.DecimalStyle
	tab      string // of a workbook or Google sheet, "" to look for the one with the headers
	values   column.ValueMapping
	fillDown bool
	lang     language.Tag
	planOnly bool
	json     bool
	all      bool                // say something of every row
	verdict  sheetimport.Verdict // only rows with this one; "" for all
	undo     bool
	status   bool   // write what became of each row into the Google sheet
	export   string // the file to write, "" for none
	// The files for the budgets of campaigns and of months, "" for none.
	exportCampaigns, exportMonths string
	report                        string   // the file to write the report into, "" for none
	sheet                         string   // "" for the sample
	tables                        []string // files of campaigns or months with their budgets
	tabs                          []string // tabs of the sheet's file that have such

	budgets   budgets
	on        budget.Date // of the report, none for today
	text      render.TextOptions
	fileWidth int // of a report in a file, 0 if it is not given
}

func parseArguments(args []string, stderr io.Writer) (arguments, error) {
	a := arguments{lang: language.English}
	flags := flag.NewFlagSet("sheet2plan [options] [SHEET [BUDGETS ...]]", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&a.db, "db", "", "the SQLite `file` that keeps the records; without it they are gone at the end")
	flags.StringVar(&a.currency, "currency", "", "the `currency` of a new database, EUR if not given")
	flags.Func("dates", "which number of 03/04/26 comes first, where the sheet itself does not tell: `day or month`", func(text string) error {
		return choose(&a.dates, text, map[string]cell.DateOrder{"day": cell.DayFirst, "month": cell.MonthFirst})
	})
	flags.Func("decimals",
		"what stands before the decimals of amounts, where the sheet itself does not tell: `comma or point`",
		func(text string) error {
			return choose(&a.decimals, text, map[string]cell.DecimalStyle{"comma": cell.CommaDecimals, "point": cell.PointDecimals})
		})
	flags.StringVar(&a.tab, "tab", "",
		"the `name` of the tab to read, of a workbook or a Google sheet; * reads all that have the headers, of a workbook")
	flags.Func("value",
		"what a word of your own means, as `field:word=meaning`, like \"status:Stage B=signed\"; once for each word",
		func(text string) error {
			v, err := parseValue(text)
			a.values = append(a.values, v)
			return err
		})
	flags.BoolVar(&a.fillDown, "fill-down", false, "a row without a campaign belongs to the one that is named above it")
	flags.Func("lang", "the language of plans, reports and errors, `en or de`; en if not given", func(text string) error {
		return choose(&a.lang, text, languages)
	})
	flags.BoolVar(&a.planOnly, "plan", false, "only say what the import would do, and write nothing")
	flags.BoolVar(&a.json, "json", false, "print the plan as JSON, and nothing else")
	flags.StringVar(&a.export, "export", "", "write the cooperations into this `file`, .csv, or .xlsx with the budgets in tabs of their own, "+
		"in the layout of Klar's sheet; with -db and no sheet that is all")
	flags.StringVar(&a.exportCampaigns, "export-campaigns", "",
		"write all campaigns with their budgets, targets and days into this `file`, .csv, which is a BUDGETS")
	flags.StringVar(&a.exportMonths, "export-months", "", "the same for the budgets of months")
	flags.StringVar(&a.report, "report", "",
		"write the report into this `file` too, .txt, .csv, .md, .svg or .xlsx; with -db and no sheet that is all")
	flags.BoolVar(&a.all, "all", false, "list every row, also those that simply come in")
	flags.Func("verdict", "list all rows with a `verdict`, such as rejected, and no others", func(text string) error {
		known := map[string]sheetimport.Verdict{}
		for _, v := range sheetimport.Verdicts() {
			known[string(v)] = v
		}
		return choose(&a.verdict, text, known)
	})
	flags.BoolVar(&a.status, "status", false, "after the import, write what became of each row into the status column of the Google sheet")
	flags.BoolVar(&a.undo, "undo", false, "take the last import back that is not taken back yet")
	a.budgets.define(flags)
	flags.Func("budget-tab",
		"the `name` of a tab of the sheet's file with campaigns or months and their budgets; once for each",
		func(text string) error {
			a.tabs = append(a.tabs, text)
			return nil
		})
	flags.Func("on", "the `day` of the report, like 2026-12-01; without it today", func(text string) (err error) {
		a.on, err = budget.ParseDate(text)
		return err
	})
	flags.IntVar(&a.text.Width, "width", 0, "how many `columns` the report may take; without it those of the terminal, or 100")
	flags.BoolVar(&a.text.Past, "past", false, "give past months lines of their own in the report")
	if err := flags.Parse(args); err != nil {
		return a, err
	}
	rest := flags.Args()
	if slices.ContainsFunc(rest, func(arg string) bool { return len(arg) > 1 && arg[0] == '-' }) {
		return a, refuse("options come first, and then the sheet: sheet2plan %s %s", strings.Join(rest[1:], " "), rest[0])
	}
	if a.sheet = flags.Arg(0); len(rest) > 1 {
		a.tables = rest[1:]
	}
	return a, a.check()
}

// check refuses options that do not go together.
func (a arguments) check() error {
	switch {
	case a.undo && a.db == "":
		return refuse("-undo takes an import back from the file that keeps it; name it with -db")
	case a.undo && a.planOnly:
		return refuse("-undo and -plan do not go together")
	case a.status && (a.undo || a.planOnly):
		return refuse("-status tells in the sheet what an import has done; it goes with neither -undo nor -plan")
	case a.status && a.db == "":
		return refuse("-status is for an import that is kept; name its file with -db")
	case a.status && !isLink(a.sheet):
		return refuse("-status writes into a Google sheet; give its link")
	case a.budgets.given() && (a.undo || a.planOnly):
		return refuse("-budget, -target and -month-budget write; they go with neither -undo nor -plan")
	case a.text.Width < 0:
		return refuse("-width %d is no number of columns", a.text.Width)
	case len(a.tabs) > 0 && a.sheet == "":
		return refuse("-budget-tab is a tab of the sheet's file; name the file")
	case slices.ContainsFunc(a.tabs, func(tab string) bool { return tab == "" || tab == xlsxfile.AllTabs }):
		return refuse("-budget-tab names one tab; give it once for each")
	case a.undo && a.sheet != "":
		return refuse("-undo reads no sheet; leave %s out", a.sheet)
	}
	return a.checkOutputs()
}

// parseValue reads what a word means: "status:Stage B=signed".
func parseValue(text string) (column.MappedValue, error) {
	field, rest, ok := strings.Cut(text, ":")
	end := strings.LastIndexByte(rest, '=')
	if !ok || end < 0 {
		return column.MappedValue{}, errors.New("write field:word=meaning, like status:Stage B=signed")
	}
	v := column.MappedValue{Field: column.Field(strings.TrimSpace(field)), Value: strings.TrimSpace(rest[:end]),
		Meaning: strings.TrimSpace(rest[end+1:])}
	return v, column.ValueMapping{v}.Check()
}

// choose sets an option to the value that a word stands for.
func choose[V any](to *V, word string, choices map[string]V) error {
	value, ok := choices[word]
	if !ok {
		words := slices.Sorted(maps.Keys(choices))
		return fmt.Errorf("write %s", strings.Join(words, " or ")) // which package flag says, in English
	}
	*to = value
	return nil
}
