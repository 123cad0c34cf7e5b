#!/usr/bin/env bash
# github.com/BobuSumisu/aho-corasick v1.0.3 and github.com/cloudflare/ahocorasick v0.0.0-20240916140611-054963ec9396:
# the same pattern given twice.
#
# The guess: a match tells the number of a pattern, and a pattern that was given twice has two numbers, so both come
# out, as they do for two patterns of which one ends in the other. Two influencers of whom each has the code PAM10 are
# both found, and the conflict can be told.
# What happens: the later one takes the place of the earlier in the tree. Only its number ever comes out, in both
# libraries, and nothing says so when the tree is built: the first influencer silently has no code any more. Patterns
# that are made equal on the way, by folding case or taking out blanks, do the same.
# The way out: build from distinct patterns, and keep a list of who has each.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"fmt"
	"slices"

	bobusumisu "github.com/BobuSumisu/aho-corasick"
	"github.com/cloudflare/ahocorasick"
)

func main() {
	for _, codes := range [][]string{{"PAM10", "M10", "TOM"}, {"PAM10", "PAM10", "TOM"}} {
		var found []int
		for _, m := range bobusumisu.NewTrieBuilder().AddStrings(codes).Build().MatchString("XPAM10") {
			found = append(found, int(m.Pattern()))
		}
		slices.Sort(found)
		other := ahocorasick.NewStringMatcher(codes).Match([]byte("XPAM10"))
		slices.Sort(other)
		fmt.Printf("%v in XPAM10: BobuSumisu %v, cloudflare %v\n", codes, found, other)
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/BobuSumisu/aho-corasick@v1.0.3 \
	github.com/cloudflare/ahocorasick@v0.0.0-20240916140611-054963ec9396 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
[PAM10 M10 TOM] in XPAM10: BobuSumisu [0 1], cloudflare [0 1]
[PAM10 PAM10 TOM] in XPAM10: BobuSumisu [1], cloudflare [1]
SEEN
