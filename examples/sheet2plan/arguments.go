package main

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/sheetimport"
)

// arguments are what the command line says.
type arguments struct {
	db       string // "" for a file that is removed at the end
	currency string // "" for the database's, or EUR for a new one
	dates    sheetimport.DateOrder
	decimals sheetimport.DecimalStyle
	planOnly bool
	sheet    string // "" for the sample
}

func parseArguments(args []string, stderr io.Writer) (arguments, error) {
	var a arguments
	flags := flag.NewFlagSet("sheet2plan [options] [SHEET]", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&a.db, "db", "", "the SQLite `file` that keeps the records; without it they are gone at the end")
	flags.StringVar(&a.currency, "currency", "", "the `currency` of a new database, EUR if not given")
	flags.Func("dates", "which number of 03/04/26 comes first, where the sheet itself does not tell: `day or month`", func(text string) error {
		return choose(&a.dates, text, map[string]sheetimport.DateOrder{"day": sheetimport.DayFirst, "month": sheetimport.MonthFirst})
	})
	flags.Func("decimals", "what stands before the decimals of amounts, where the sheet itself does not tell: `comma or point`", func(text string) error {
		return choose(&a.decimals, text, map[string]sheetimport.DecimalStyle{"comma": sheetimport.CommaDecimals, "point": sheetimport.PointDecimals})
	})
	flags.BoolVar(&a.planOnly, "plan", false, "only say what the import would do, and write nothing")
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
	return a, nil
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
