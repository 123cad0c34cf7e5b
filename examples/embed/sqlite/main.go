// Command sqlite is the host of package shops on one SQLite file, which it opens itself.
//
//	go run ./examples/embed/sqlite [-file shops.db] [-addr 127.0.0.1:8080]
//
// It prints commands to try, and then, line by line, what happens in its shops, until it is interrupted.
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
	"github.com/getklar/influencercrm/storage/sqlite"
)

func main() {
	file := flag.String("file", "shops.db", "the SQLite `file`, which is made if it is missing")
	address := flag.String("addr", "127.0.0.1:8080", "the `address` to listen on")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, *file, *address, os.Stdout)
	stop()
	if err != nil {
		log.Fatalln("sqlite:", err)
	}
}

func run(ctx context.Context, file, address string, out io.Writer) (err error) {
	writer, readers, err := sqlite.Pools(ctx, file)
	if err != nil {
		return err
	}
	defer writer.Close()
	defer readers.Close()
	store, err := sqlite.New(ctx, writer, readers, &sqlite.Options{Prefix: "influencer_", BusyTimeout: time.Second})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return shops.Run(ctx, writer, readers, store, address, out)
}
