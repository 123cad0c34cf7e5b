// Command paint measures how soon pages are painted, how much is sent for them, and how soon they answer to what somebody
// does, by the metrics of the browser itself: those of the CRM's server, and the list of the same cooperations in the
// admin page of PocketBase. README.md has what it showed.
//
//	go run . [-n 10000] [-loads 5] [-phone]
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
	"time"
)

// options are the choices of a run.
type options struct {
	n     int           // cooperations
	loads int           // of each page; medians are told
	quiet time.Duration // without a new request, before a page counts as loaded
	again bool          // load each page once more with what the browser kept
	phone bool          // a slow processor and network, as Lighthouse has them by default
}

func main() {
	log.SetFlags(0)
	o := options{quiet: 500 * time.Millisecond, again: true}
	flag.IntVar(&o.n, "n", 10_000, "how many `cooperations` there are")
	flag.IntVar(&o.loads, "loads", 5, "how many `times` each page is loaded")
	flag.BoolVar(&o.phone, "phone", false, "slow the processor and the network down as Lighthouse does by default")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, o, os.Stdout, os.Stderr)
	stop()
	if err != nil {
		log.Fatalln("paint:", err)
	}
}

// run measures, and writes tables in Markdown. What it does meanwhile it writes to progress.
func run(ctx context.Context, o options, out, progress io.Writer) (err error) {
	dir, err := os.MkdirTemp("", "paint")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	b, err := startBrowser(ctx, o)
	if err != nil {
		return err
	}
	defer b.close()
	say := func(format string, a ...any) { _, _ = fmt.Fprintf(progress, format+"\n", a...) }
	say("making %d cooperations", o.n)
	ours, records, err := serveCRM(ctx, dir, o.n)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ours.close()) }()
	say("copying them into PocketBase")
	peer, err := servePocketBase(dir, records)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, peer.close()) }()

	floor, err := serveFloor()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, floor.close()) }()
	m := measured{}
	for round := range o.loads {
		say("round %d of %d", round+1, o.loads)
		// The turns of the others lie between those of our pages, so that a busy moment of the machine hits all.
		for n, p := range ours.pages {
			if n%5 == 0 {
				for _, other := range []*site{floor, peer} {
					if err := b.measure(m, other, other.pages[0]); err != nil {
						return err
					}
				}
			}
			if err := b.measure(m, ours, p); err != nil {
				return err
			}
		}
	}
	return m.write(out, floor.pages[0], peer.pages[0], ours.pages)
}
