// Load puts a store under the work of many teams at once: it makes workspaces full of cooperations,
// lets clients read, list, book and edit in them for a while, says how fast that went, and in the end
// looks whether any workspace contradicts itself.
//
//	go run ./examples/load -workspaces 20 -cooperations 500 -clients 8 -for 10s
//
// It keeps everything in a new SQLite file, which it removes, unless -db names one. -db takes the DSN of a
// PostgreSQL database too, postgres://…; there it keeps to a schema of its own, which it removes. Its exit
// status is 0 if every workspace is sound and no operation failed in a way that its callers need not expect.
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
	"syscall"
	"time"

	"github.com/getklar/influencercrm/crm"
)

// plan is what to do.
type plan struct {
	db           string
	workspaces   int
	cooperations int // a workspace
	clients      int
	during       time.Duration
	seed         uint64
}

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, log.Default())
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		log.Fatalln("load:", err)
	}
}

func run(ctx context.Context, args []string, out io.Writer, progress *log.Logger) (err error) {
	p, err := parse(args, progress.Writer())
	if err != nil {
		return err
	}
	store, err := open(ctx, p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	tenants, err := createTenants(ctx, store, p, progress)
	if err != nil {
		return fmt.Errorf("filling the workspaces: %w", err)
	}
	seen := tenants.work(ctx, p)
	if err := seen.print(out, p); err != nil {
		return err
	}
	if err := tenants.check(ctx, progress); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%d workspaces are sound: logs without a gap, names, sums and versions as they must be\n", len(tenants.shops))
	return errors.Join(err, seen.unexpected())
}

func parse(args []string, usage io.Writer) (plan, error) {
	p := plan{}
	flags := flag.NewFlagSet("load", flag.ContinueOnError)
	flags.SetOutput(usage)
	flags.StringVar(&p.db, "db", "",
		"SQLite `file` to keep everything in, a new one that is removed if not given; or postgres://… for a schema of its own there, which is removed")
	flags.IntVar(&p.workspaces, "workspaces", 20, "how many workspaces to make")
	flags.IntVar(&p.cooperations, "cooperations", 500, "how many cooperations each begins with")
	flags.IntVar(&p.clients, "clients", 8, "how many clients work at the same time")
	flags.DurationVar(&p.during, "for", 10*time.Second, "how long they work")
	flags.Uint64Var(&p.seed, "seed", 1, "what the clients' choices are made of")
	if err := flags.Parse(args); err != nil {
		return p, err
	}
	for _, n := range []struct {
		flag       string
		value, max int
	}{{"workspaces", p.workspaces, 100_000}, {"cooperations", p.cooperations, crm.MaxBulk}, {"clients", p.clients, 1_000}} {
		if n.value < 1 || n.value > n.max {
			return p, fmt.Errorf("-%s %d must be between 1 and %d", n.flag, n.value, n.max)
		}
	}
	if p.during < 0 || p.during > 24*time.Hour {
		return p, fmt.Errorf("-for %s must be between 0s and 24h", p.during)
	}
	if flags.NArg() > 0 {
		return p, fmt.Errorf("%q is no option; load takes nothing else", flags.Arg(0))
	}
	return p, nil
}
