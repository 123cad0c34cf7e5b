#!/usr/bin/env bash
# github.com/petar-dambovaliev/aho-corasick v0.0.0-20250424160509-463d218d4745: LeftMostLongestMatch.
#
# The guess: with this kind of match a text is taken apart from the left, the longest pattern at each place, and the
# search goes on behind what it took. Of the codes SUMMERSALE and SALE the order code SUMMERSALE belongs to the first
# alone. Those are also the terms in which the options are documented, and what the Rust library of this design does.
# What happens: the longest one comes out first, and then each pattern that lies inside it and ends where it ends or
# before. FindAll gives SALE as well, so an order is counted for two influencers, with and without DFA. Whoever takes
# the pieces between the matches, to mark or to replace them, gets an end before a start.
# The way out: drop a match that starts before the end of the one that was kept.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"fmt"

	ahocorasick "github.com/petar-dambovaliev/aho-corasick"
)

func main() {
	codes := []string{"SUMMERSALE", "SALE", "ANA10", "NA", "A1"}
	for _, dfa := range []bool{false, true} {
		builder := ahocorasick.NewAhoCorasickBuilder(ahocorasick.Opts{MatchKind: ahocorasick.LeftMostLongestMatch, DFA: dfa})
		automaton := builder.Build(codes)
		for _, order := range []string{"SUMMERSALE", "ANA10"} {
			fmt.Printf("DFA %v, %s:", dfa, order)
			for _, m := range automaton.FindAll(order) {
				fmt.Printf(" %s [%d,%d)", codes[m.Pattern()], m.Start(), m.End())
			}
			fmt.Println()
		}
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/petar-dambovaliev/aho-corasick@v0.0.0-20250424160509-463d218d4745 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
DFA false, SUMMERSALE: SUMMERSALE [0,10) SALE [6,10)
DFA false, ANA10: ANA10 [0,5) NA [1,3) A1 [2,4)
DFA true, SUMMERSALE: SUMMERSALE [0,10) SALE [6,10)
DFA true, ANA10: ANA10 [0,5) NA [1,3) A1 [2,4)
SEEN
