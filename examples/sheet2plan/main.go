// Command sheet2plan does a brand's whole job at once: it reads the influencer sheet, keeps it as CRM records in an
// SQLite file, and prints the planning report, exact to the cent.
//
//	go run ./examples/sheet2plan [-db FILE] [-currency EUR] [SHEET]
//
// Without SHEET it takes the sample sheet that comes with it; without -db the records are gone when it ends. Run twice on
// one file, it says that nothing changed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "sheet2plan:", err)
		}
		stop()
		os.Exit(1)
	}
}

// arguments are what the command line says.
type arguments struct {
	db       string // "" for a file that is removed at the end
	currency string // "" for the database's, or EUR for a new one
	sheet    string // "" for the sample
}

func parseArguments(args []string, stderr io.Writer) (arguments, error) {
	var a arguments
	flags := flag.NewFlagSet("sheet2plan", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: sheet2plan [-db FILE] [-currency EUR] [SHEET]")
		flags.PrintDefaults()
	}
	flags.StringVar(&a.db, "db", "", "the SQLite `file` that keeps the records; without it they are gone at the end")
	flags.StringVar(&a.currency, "currency", "", "the `currency` of a new database, EUR if not given")
	if err := flags.Parse(args); err != nil {
		return a, err
	}
	if flags.NArg() > 1 {
		return a, fmt.Errorf("one sheet at a time, please; there are %d", flags.NArg())
	}
	a.sheet = flags.Arg(0)
	return a, nil
}
