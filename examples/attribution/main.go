// Command attribution tells whom the orders of a shop are credited to, by the codes and UTM parameters of the cooperations in
// an SQLite file, explains the orders that nobody earned, and adds up what each campaign brought.
//
//	go run ./examples/attribution -db FILE [-json] [-zone Europe/Berlin] [-remember N] [-generate N | ORDERS]
//
// ORDERS is a file of orders: JSON lines of attribution.Order, Klar's order JSON, or the CSV export of Shopify or
// WooCommerce; without one, a sample that fits the one of sheet2plan. The file may be of any length. Times in it
// without an offset are those of -zone. -generate makes N orders up, as customers of the cooperations make them. How
// far the orders are is shown on a terminal.
//
// No order is held but for its refunds: -remember says for how many of the last ones there is some 60 bytes, at least. A million
// orders made up take 200 MB of memory at their peak, and 100,000 take 56 MB; with -remember 50000 it is 64 and 55 MB. At most
// attribution.MaxMisses different faults are told apart.
//
// With -json it prints one decision a line, and nothing else. Nothing is written into the database.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
)

func main() { os.Exit(start()) }

func start() (code int) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop) // so that a second signal ends the program at once
	out := bufio.NewWriter(os.Stdout)
	err := run(ctx, os.Args[1:], out, os.Stderr)
	if err = errors.Join(err, out.Flush()); err != nil {
		fmt.Fprintln(os.Stderr, "attribution:", err)
		return 1
	}
	return 0
}
