package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/attribution/orders"
	"github.com/getklar/influencercrm/storage/sqlite"
)

//go:embed testdata/orders.jsonl
var sample string

// maxRemember takes some six gigabytes.
const maxRemember = 50_000_000

func run(ctx context.Context, args []string, out, stderr io.Writer) (err error) {
	flags := flag.NewFlagSet("attribution", flag.ContinueOnError)
	flags.SetOutput(stderr)
	db := flags.String("db", "", "the SQLite `file` of the CRM, such as sheet2plan -db has made it")
	asJSON := flags.Bool("json", false, "print one decision a line, as JSON")
	generate := flags.Int("generate", 0, fmt.Sprintf("make `N` orders up instead of reading some, at most %d", maxGenerated))
	remember := flags.Int("remember", attribution.DefaultRemember,
		"how many orders to remember at least, for their refunds and to count none twice")
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
	case *generate < 0 || *generate > maxGenerated:
		return fmt.Errorf("-generate %d is no number of orders from 1 to %d", *generate, maxGenerated)
	case *remember < 1 || *remember > maxRemember:
		return fmt.Errorf("-remember %d is no number of orders from 1 to %d", *remember, maxRemember)
	case *generate > 0 && flags.NArg() > 0:
		return fmt.Errorf("-generate makes orders up, and %q has some; choose one", flags.Arg(0))
	}
	snapshot, location, err := openSnapshot(ctx, *db, *zone)
	if err != nil {
		return err
	}
	index, err := attribution.NewIndex(snapshot, &attribution.Options{Remember: *remember})
	if err != nil {
		return err
	}
	var stream iter.Seq2[attribution.Order, error]
	var bar *progressbar.ProgressBar
	if *generate > 0 {
		bar = newProgressBar(stderr, int64(*generate), *asJSON, progressbar.OptionShowCount())
		if stream, err = generated(snapshot, *generate, bar); err != nil {
			return err
		}
	} else {
		file, size, err := open(flags.Arg(0))
		if err != nil {
			return err
		}
		defer file.Close() //nolint:errcheck // it was only read
		bar = newProgressBar(stderr, size, *asJSON, progressbar.OptionShowBytes(true))
		stream = orders.Read(progressReader{file, bar}, &orders.Options{Location: location})
	}
	s, err := newSummary(index)
	if err != nil {
		return err
	}
	each := s.add
	if *asJSON {
		encoder := json.NewEncoder(out)
		each = func(_ context.Context, d attribution.Decided) error { return encoder.Encode(d.Decision) }
	}
	err = s.decide(ctx, stream, stderr, each)
	_ = bar.Close() // before anything is printed
	if err == nil && !*asJSON {
		err = s.print(out)
	}
	if err == nil && s.unread > 0 {
		err = fmt.Errorf("%d orders could not be read", s.unread)
	}
	return err
}

// open opens a file of orders, or the sample if it has no name.
func open(name string) (io.ReadCloser, int64, error) {
	if name == "" {
		return io.NopCloser(strings.NewReader(sample)), int64(len(sample)), nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, 0, err
	}
	size := int64(-1) // of an empty file, or of what is no file, such as a pipe
	if info, err := file.Stat(); err == nil && info.Size() > 0 {
		size = info.Size()
	}
	return file, size, nil
}

// openSnapshot reads the one workspace of a database.
func openSnapshot(ctx context.Context, db, zone string) (snapshot attribution.Snapshot, _ *time.Location, err error) {
	fail := func(err error) (attribution.Snapshot, *time.Location, error) { return snapshot, nil, err }
	if _, err := os.Stat(db); err != nil {
		return fail(fmt.Errorf("-db %q: there is no such file; make one with: go run ./examples/sheet2plan -db %s", db, db))
	}
	store, err := sqlite.Open(ctx, db, nil)
	if err != nil {
		return fail(err)
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	page, err := crm.NewAdmin(store, nil).Workspaces(ctx, crm.ListOptions{Size: 2})
	switch {
	case err != nil:
		return fail(err)
	case len(page.Items) != 1:
		has := "no workspace"
		if len(page.Items) > 1 {
			has = "several workspaces"
		}
		return fail(fmt.Errorf("-db %q has %s; a file with one is needed", db, has))
	}
	if zone == "" {
		zone = page.Items[0].TimeZone
	}
	location, err := time.LoadLocation(zone)
	if err != nil {
		return fail(fmt.Errorf("-zone %q is no time zone; use a name like Europe/Berlin", zone))
	}
	err = crm.New(store, nil).View(ctx, page.Items[0].ID, func(ctx context.Context, r crm.Reader) error {
		snapshot, err = attribution.ReadSnapshot(ctx, r)
		return err
	})
	return snapshot, location, err
}
