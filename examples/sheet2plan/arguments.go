package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/cell"
)

// arguments are what the command line says.
type arguments struct {
	db       string // "" for a file that is removed at the end
	currency string // "" for the database's, or EUR for a new one
	dates    cell.DateOrder
	decimals cell.DecimalStyle
	planOnly bool
	json     bool
	all      bool                // say something of every row
	verdict  sheetimport.Verdict // only rows with this one; "" for all
	undo     bool
	status   bool   // write what became of each row into the Google sheet
	export   string // the file to write, "" for none
	sheet    string // "" for the sample
}

func parseArguments(args []string, stderr io.Writer) (arguments, error) {
	var a arguments
	flags := flag.NewFlagSet("sheet2plan [options] [SHEET]", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&a.db, "db", "", "the SQLite `file` that keeps the records; without it they are gone at the end")
	flags.StringVar(&a.currency, "currency", "", "the `currency` of a new database, EUR if not given")
	flags.Func("dates", "which number of 03/04/26 comes first, where the sheet itself does not tell: `day or month`", func(text string) error {
		return choose(&a.dates, text, map[string]cell.DateOrder{"day": cell.DayFirst, "month": cell.MonthFirst})
	})
	flags.Func("decimals", "what stands before the decimals of amounts, where the sheet itself does not tell: `comma or point`", func(text string) error {
		return choose(&a.decimals, text, map[string]cell.DecimalStyle{"comma": cell.CommaDecimals, "point": cell.PointDecimals})
	})
	flags.BoolVar(&a.planOnly, "plan", false, "only say what the import would do, and write nothing")
	flags.BoolVar(&a.json, "json", false, "print the plan as JSON, and nothing else")
	flags.StringVar(&a.export, "export", "", "write the cooperations into this `file`, .csv or .xlsx, in the layout of Klar's sheet; with -db and no sheet that is all")
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
	if err := flags.Parse(args); err != nil {
		return a, err
	}
	rest := flags.Args()
	if slices.ContainsFunc(rest, func(arg string) bool { return len(arg) > 1 && arg[0] == '-' }) {
		return a, fmt.Errorf("options come first, and then the sheet: sheet2plan %s %s", strings.Join(rest[1:], " "), rest[0])
	}
	if len(rest) > 1 {
		return a, fmt.Errorf("one sheet at a time, please; there are %d", len(rest))
	}
	a.sheet = flags.Arg(0)
	return a, a.check()
}

// check refuses options that do not go together.
func (a arguments) check() error {
	switch {
	case a.undo && a.db == "":
		return errors.New("-undo takes an import back from the file that keeps it; name it with -db")
	case a.undo && a.planOnly:
		return errors.New("-undo and -plan do not go together")
	case a.status && (a.undo || a.planOnly):
		return errors.New("-status tells in the sheet what an import has done; it goes with neither -undo nor -plan")
	case a.status && a.db == "":
		return errors.New("-status is for an import that is kept; name its file with -db")
	case a.status && !isLink(a.sheet):
		return errors.New("-status writes into a Google sheet; give its link")
	case a.export != "" && (a.undo || a.planOnly):
		return errors.New("-export goes with neither -undo nor -plan")
	case a.export != "" && exportFormat(a.export) == "":
		return fmt.Errorf("-export %q must end in .csv or .xlsx", a.export)
	case a.undo && a.sheet != "":
		return fmt.Errorf("-undo reads no sheet; leave %s out", a.sheet)
	}
	return nil
}

// choose sets an option to the value that a word stands for.
func choose[V any](to *V, word string, choices map[string]V) error {
	value, ok := choices[word]
	if !ok {
		words := slices.Sorted(maps.Keys(choices))
		return fmt.Errorf("write %s", strings.Join(words, " or "))
	}
	*to = value
	return nil
}
