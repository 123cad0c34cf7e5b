#!/usr/bin/env bash
# github.com/nyaruka/phonenumbers v1.8.1: numbers as a sheet holds them, with the country of the sheet as the default.
#
# The guess: with the default DE, 49 170 1234567 is +49 170 1234567, or it is not valid. A spreadsheet takes the plus
# off when it makes a number of a phone number, so this is what a column of phone numbers looks like; and IsValidNumber
# is what keeps wrong ones out.
# What happens: the 49 is taken for the digits after Germany's own, so the number becomes +49 49 170 1234567, and it is
# valid, as German numbers may have many lengths. With a trailing .0 it is one digit longer, and valid. "/ 8" behind a
# number, which says that the last digit may be an 8 as well, is appended; letters in brackets are dialled as on a
# keypad, and in Austria the result is valid. For Switzerland the plus is put back as expected, so trying one country
# proves nothing.
# The way out: where a text begins with the default country's own code and has no plus, try it with a plus first and ask
# when both are valid; take only digits, blanks and the usual signs.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/nyaruka/phonenumbers"
)

func main() {
	for _, try := range [][2]string{
		{"+49 170 1234567", "DE"}, {"49 170 1234567", "DE"}, {"491701234567.0", "DE"}, {"0170 1234567 / 8", "DE"},
		{"0170 1234567 (Pam)", "AT"}, {"41 79 123 45 67", "CH"}, {"43 664 1234567", "AT"},
	} {
		n, err := phonenumbers.Parse(try[0], try[1])
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s in %s is %s, valid %v\n", try[0], try[1], phonenumbers.Format(n, phonenumbers.E164),
			phonenumbers.IsValidNumber(n))
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/nyaruka/phonenumbers@v1.8.1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
+49 170 1234567 in DE is +491701234567, valid true
49 170 1234567 in DE is +49491701234567, valid true
491701234567.0 in DE is +494917012345670, valid true
0170 1234567 / 8 in DE is +4917012345678, valid true
0170 1234567 (Pam) in AT is +431701234567726, valid true
41 79 123 45 67 in CH is +41791234567, valid true
43 664 1234567 in AT is +436641234567, valid true
SEEN
