#!/usr/bin/env bash
# pgregory.net/rapid v1.3.0. Seen with Go 1.26.
#
# The guess: a generator is a description without state, so one in a package variable may serve several parallel tests,
# as a compiled regular expression does.
# What happens: a generator that is an element of another writes down its own name the first time the outer one draws,
# and every draw reads that name without a lock. Two parallel tests, of which one draws from the variable and the other
# from a slice of it, are a data race. The race detector reports it only in some runs, so a test suite passes for weeks
# and then fails in a test that is correct.
# The way out: a function that returns a new generator, called by each test. Drawing from both alone is no race.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod CGO_ENABLED=1

cat >main_test.go <<'GO'
package main

import (
	"testing"

	"pgregory.net/rapid"
)

func codes() *rapid.Generator[string] { return rapid.SampledFrom([]string{"PAM10", "EMMA15"}) }

// both draws at the same time from one and from many, each a thousand times and with new generators each time.
func both(t *testing.T, pair func() (one, many *rapid.Generator[string])) {
	for range 1000 {
		one, many := pair()
		done := make(chan bool)
		go func() {
			rapid.Check(t, func(t *rapid.T) { one.Draw(t, "code") })
			close(done)
		}()
		rapid.Check(t, func(t *rapid.T) { rapid.SliceOf(many).Draw(t, "codes") })
		<-done
	}
}

func TestShared(t *testing.T) {
	both(t, func() (one, many *rapid.Generator[string]) { one = codes(); return one, one })
}

func TestOwn(t *testing.T) {
	both(t, func() (one, many *rapid.Generator[string]) { return codes(), codes() })
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get pgregory.net/rapid@v1.3.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1

races() {
	local out
	if out=$(go test -race -count=1 -rapid.checks=5 -run "$1" . 2>&1); then echo none; else grep -m1 -o 'WARNING: DATA RACE' <<<"$out"; fi
}
seen="one generator for both: $(races Shared)
one for each: $(races Own)"
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
one generator for both: WARNING: DATA RACE
one for each: none
SEEN
