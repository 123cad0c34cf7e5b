#!/usr/bin/env bash
# github.com/PuerkitoBio/purell v1.2.1: the address of a discount in a shop, normalised with its safe flags, or with
# any.
#
# The guess: a normalised address is the same address. The safe flags are for changes that keep what it means, and who
# only asks for a host in small letters gets only that. A slash in a code has to be written %2F in a path such as
# /discount/CODE, as ANA%2F10, and the standard on addresses says that %2F and / are not the same.
# What happens: each escape in the path that the path could do without is undone, %2F among them, by every set of flags.
# The address becomes that of another page, one folder deeper, where the shop knows no code, so orders over that link
# have none. An escape in the query stays. Two links that lead to different pages become equal, which is the one thing
# that such a library is asked for when tracking links are compared.
# The way out: leave the path alone: net/url parses and prints the address with its escapes kept, and Host can be
# lowered.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"fmt"
	"net/url"

	"github.com/PuerkitoBio/purell"
)

func main() {
	for _, link := range []string{
		"https://shop.example/discount/ANA%2F10?utm_term=pam", "https://shop.example/discount/ANA/10?utm_term=pam",
		"https://shop.example/discount?code=ANA%2F10",
	} {
		safe, err := purell.NormalizeURLString(link, purell.FlagsSafe)
		if err != nil {
			panic(err)
		}
		host, err := purell.NormalizeURLString(link, purell.FlagLowercaseHost)
		if err != nil {
			panic(err)
		}
		parsed, err := url.Parse(link)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s\n  safe flags %s\n  only host  %s\n  net/url    %s\n", link, safe, host, parsed)
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/PuerkitoBio/purell@v1.2.1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
https://shop.example/discount/ANA%2F10?utm_term=pam
  safe flags https://shop.example/discount/ANA/10?utm_term=pam
  only host  https://shop.example/discount/ANA/10?utm_term=pam
  net/url    https://shop.example/discount/ANA%2F10?utm_term=pam
https://shop.example/discount/ANA/10?utm_term=pam
  safe flags https://shop.example/discount/ANA/10?utm_term=pam
  only host  https://shop.example/discount/ANA/10?utm_term=pam
  net/url    https://shop.example/discount/ANA/10?utm_term=pam
https://shop.example/discount?code=ANA%2F10
  safe flags https://shop.example/discount?code=ANA%2F10
  only host  https://shop.example/discount?code=ANA%2F10
  net/url    https://shop.example/discount?code=ANA%2F10
SEEN
