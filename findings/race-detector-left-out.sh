#!/usr/bin/env bash
# go test -race with one dependency left out, such as github.com/jszwec/csvutil v1.10.0. Seen with Go 1.26.
#
# The guess: -gcflags=PATTERN=-race=false leaves the packages of the pattern unwatched, to save the time that watching a
# big dependency costs, and at worst a race inside them is missed.
# What happens: races are reported that are none, in packages that are watched. A dependency that uses sync.Map brings
# its own copy of the generic code behind it, compiled in that package and so unwatched. The linker keeps one copy for
# all, and where it is that one, nothing that goes through any sync.Map of the program counts as ordered any more. The
# types that encoding/json keeps in one are a race between any two goroutines that marshal, in a program that is
# correct.
# The way out: watch everything. What costs too much goes to a test binary of its own, without the race detector.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main_test.go <<'GO'
package main

import (
	"encoding/json"
	"sync"
	"testing"

	_ "github.com/jszwec/csvutil"
)

func TestMarshal(t *testing.T) {
	var group sync.WaitGroup
	for range 32 {
		group.Go(func() {
			for range 100 {
				if _, err := json.Marshal(struct{ Name, Code string }{"Pam", "PAM10"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/jszwec/csvutil@v1.10.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1

races() {
	local out
	if out=$(go test -race -count=1 "$@" . 2>&1); then echo none; else grep -m1 -o 'WARNING: DATA RACE' <<<"$out"; fi
}
seen="everything watched: $(races)
csvutil left out: $(races -gcflags=github.com/jszwec/csvutil=-race=false)"
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
everything watched: none
csvutil left out: WARNING: DATA RACE
SEEN
