// Command server is the CRM as an HTTP API.
//
//	go run ./examples/server [-addr 127.0.0.1:8080] [-db crm.db] [-demo] [-token-file FILE] [-log-format text|json]
//	go run ./examples/server token create|list|revoke [-db crm.db] …
//
// It opens an SQLite file, or PostgreSQL with -db postgres://…, prints a link, and serves until it is interrupted. Each
// flag is also an environment variable: CRM_ADDR, CRM_DB, CRM_TOKEN_FILE, CRM_LOG_FORMAT; -help lists all. With -demo
// there is a workspace to try, with a shop's sheet, budgets and talks in it.
//
// On a loopback address the server asks for no token until one is made. On any other it does not start without.
//
// With -mcp it serves one assistant on standard input and output, which reads only unless -mcp-write is given too.
package main

import (
	"context"
	"errors"
	"flag"
	"log"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	err := run(ctx, os.Args[1:], os.LookupEnv, os.Stdin, os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		log.Fatalln("server:", err)
	}
}
