// Command postgres is the host of package shops on a PostgreSQL database, of which it opens the pool itself. Several of
// it may serve the same shops.
//
//	go run ./examples/embed/postgres -dsn postgres://shop@localhost/shop [-addr 127.0.0.1:8080]
package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/getklar/influencercrm/examples/embed/shops"
	"github.com/getklar/influencercrm/storage/postgres"
)

func main() {
	dsn := flag.String("dsn", "", "the `DSN` of the database; what it leaves out comes from PGHOST and the like")
	address := flag.String("addr", "127.0.0.1:8080", "the `address` to listen on")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, *dsn, *address, os.Stdout)
	stop()
	if err != nil {
		log.Fatalln("postgres:", err)
	}
}

func run(ctx context.Context, dsn, address string, out io.Writer) (err error) {
	db, err := postgres.Pool(dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	store, err := postgres.New(ctx, db, &postgres.Options{Prefix: "influencer_", BusyTimeout: time.Second})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return shops.Run(ctx, db, db, store, address, out)
}
