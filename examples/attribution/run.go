package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/attribution/orders"
	"github.com/getklar/influencercrm/storage/sqlite"
)

//go:embed testdata/orders.jsonl
var sample string

func run(ctx context.Context, args []string, out, stderr io.Writer) (err error) {
	flags := flag.NewFlagSet("attribution", flag.ContinueOnError)
	flags.SetOutput(stderr)
	db := flags.String("db", "", "the SQLite `file` of the CRM, such as sheet2plan -db has made it")
	asJSON := flags.Bool("json", false, "print one decision a line, as JSON")
	zone := flags.String("zone", "", "the shop's time `zone`, for times without an offset (default: that of the workspace)")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return nil
	case err != nil:
		return err
	case *db == "":
		return errors.New("-db is missing; make a file with: go run ./examples/sheet2plan -db crm.db")
	case flags.NArg() > 1:
		return fmt.Errorf("one file of orders at a time, not %d", flags.NArg())
	}
	index, location, err := openIndex(ctx, *db, *zone)
	if err != nil {
		return err
	}
	file := io.NopCloser(strings.NewReader(sample))
	if name := flags.Arg(0); name != "" {
		if file, err = os.Open(name); err != nil {
			return err
		}
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	s, err := newSummary(index)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(out)
	for d, err := range index.DecideAll(ctx, orders.Read(file, &orders.Options{Location: location})) {
		switch {
		case errors.Is(err, orders.ErrOrder): // the others are still read
			s.unread++
			if _, err := fmt.Fprintln(stderr, "attribution:", err); err != nil {
				return err
			}
		case err != nil:
			return err
		case *asJSON:
			err = encoder.Encode(d.Decision)
		default:
			err = s.add(d)
		}
		if err != nil && !errors.Is(err, orders.ErrOrder) {
			return err
		}
	}
	if !*asJSON {
		if err := s.print(out); err != nil {
			return err
		}
	}
	if s.unread > 0 {
		return fmt.Errorf("%d orders could not be read", s.unread)
	}
	return nil
}

// openIndex reads the one workspace of a database.
func openIndex(ctx context.Context, db, zone string) (_ *attribution.Index, _ *time.Location, err error) {
	if _, err := os.Stat(db); err != nil {
		return nil, nil, fmt.Errorf("-db %q: there is no such file; make one with: go run ./examples/sheet2plan -db %s", db, db)
	}
	store, err := sqlite.Open(ctx, db, nil)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	page, err := crm.NewAdmin(store, nil).Workspaces(ctx, crm.ListOptions{Size: 2})
	switch {
	case err != nil:
		return nil, nil, err
	case len(page.Items) != 1:
		has := "no workspace"
		if len(page.Items) > 1 {
			has = "several workspaces"
		}
		return nil, nil, fmt.Errorf("-db %q has %s; a file with one is needed", db, has)
	}
	if zone == "" {
		zone = page.Items[0].TimeZone
	}
	location, err := time.LoadLocation(zone)
	if err != nil {
		return nil, nil, fmt.Errorf("-zone %q is no time zone; use a name like Europe/Berlin", zone)
	}
	var snapshot attribution.Snapshot
	err = crm.New(store, nil).View(ctx, page.Items[0].ID, func(ctx context.Context, r crm.Reader) error {
		snapshot, err = attribution.ReadSnapshot(ctx, r)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	index, err := attribution.NewIndex(snapshot, nil)
	return index, location, err
}
