#!/usr/bin/env bash
# github.com/r3labs/sse/v2 v2.10.0 sending notes for its own client and npm eventsource-parser 3.0.6: texts of two
# lines, and ids.
#
# The guess: Event has Data, ID and Event, and a client gets them. A line break in the data is what every library for
# this format has to deal with: the format has each line behind a "data:" of its own. The id is the sender's, by which a
# client that comes back says what it has seen.
# What happens: by default the data is written as it is, behind one "data:". Of a note "Post on Monday, story on Friday"
# in two lines both clients get the first, as the second is a field that nobody knows. With an empty line in it the note
# comes without its name, as the name is written behind the data, so whoever listens for notes gets none. A line break
# at the end does the same. And the id is replaced by a number that counts from 0 while the stream is replayed, which is
# the default: after a restart of the server the same numbers are of other events. JSON, which has no line breaks, hides
# the former. SplitData, a field of the server that the README does not have, writes a "data:" for each line.
# The way out: SplitData true and AutoReplay false, or JSON and an id inside it. Our server writes its events itself, a
# "data:" for each line, with numbers of its log of changes as ids.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts eventsource-parser@3.0.6 >/dev/null 2>&1

cat >main.go <<'GO'
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/r3labs/sse/v2"
)

func main() {
	server := sse.New()
	if os.Args[1] == "set" {
		server.SplitData, server.AutoReplay = true, false
	}
	server.CreateStream("notes")
	address := httptest.NewServer(http.HandlerFunc(server.ServeHTTP)).URL
	time.AfterFunc(time.Second, func() {
		for i, note := range []string{
			"Post on Monday",
			"Post on Monday\nstory on Friday",
			"Post on Monday\n\nstory on Friday",
			"Post on Monday\n",
		} {
			id := fmt.Sprint("p-", 41+i)
			server.Publish("notes", &sse.Event{ID: []byte(id), Event: []byte("note"), Data: []byte(note)})
		}
	})
	ctx, stop := context.WithTimeout(context.Background(), 3*time.Second)
	defer stop()

	raw := make(chan []byte)
	go func() {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"?stream=notes", nil)
		if err != nil {
			panic(err)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			panic(err)
		}
		text, err := io.ReadAll(response.Body) // until the time is over
		if !errors.Is(err, context.DeadlineExceeded) {
			panic(err)
		}
		raw <- text
	}()
	go func() {
		err := sse.NewClient(address).SubscribeWithContext(ctx, "notes", func(e *sse.Event) {
			if len(e.Data) > 0 {
				fmt.Printf("its client: id %q, event %q, data %q\n", e.ID, e.Event, e.Data)
			}
		})
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			panic(err)
		}
	}()
	if err := os.WriteFile("stream.txt", <-raw, 0o600); err != nil {
		panic(err)
	}
}
GO
cat >main.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { createParser } from 'eventsource-parser';

createParser({
  onEvent({ id, event, data }) {
    [id, event, data] = [id, event ?? '', data].map(value => JSON.stringify(value));
    console.log(`eventsource-parser: id ${id}, event ${event}, data ${data}`);
  },
}).feed(readFileSync('stream.txt', 'utf8'));
JS
go mod init example.com/finding >/dev/null 2>&1
go get github.com/r3labs/sse/v2@v2.10.0 >/dev/null 2>&1
go build -o notes .
seen=$(for options in default set; do
  echo "$options:"
  ./notes "$options"
  node main.mjs
done)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
default:
its client: id "0", event "note", data "Post on Monday"
its client: id "1", event "note", data "Post on Monday"
its client: id "2", event "", data "Post on Monday"
its client: id "3", event "", data "Post on Monday"
eventsource-parser: id "0", event "note", data "Post on Monday"
eventsource-parser: id "1", event "note", data "Post on Monday"
eventsource-parser: id "2", event "", data "Post on Monday"
eventsource-parser: id "3", event "", data "Post on Monday"
set:
its client: id "p-41", event "note", data "Post on Monday"
its client: id "p-42", event "note", data "Post on Monday\nstory on Friday"
its client: id "p-43", event "note", data "Post on Monday\n\nstory on Friday"
its client: id "p-44", event "note", data "Post on Monday\n"
eventsource-parser: id "p-41", event "note", data "Post on Monday"
eventsource-parser: id "p-42", event "note", data "Post on Monday\nstory on Friday"
eventsource-parser: id "p-43", event "note", data "Post on Monday\n\nstory on Friday"
eventsource-parser: id "p-44", event "note", data "Post on Monday\n"
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
