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
	"log"
	"os"
	"os/signal"
)

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		log.Fatalln("sheet2plan:", err)
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
	flags := flag.NewFlagSet("sheet2plan [options] [SHEET]", flag.ContinueOnError)
	flags.SetOutput(stderr)
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
