#!/usr/bin/env bash
# github.com/jszwec/csvutil v1.10.0 writing amounts for github.com/gocarina/gocsv v0.0.0-20240520201108-78e41c74b4b1.
#
# The guess: a float64 is written to CSV with its digits, as encoding/json and gocsv do for anything that a budget could
# be, and two libraries that fill the same struct by the same tags can read each other's files.
# What happens: from a million on csvutil writes an exponent. A budget of 2000000 is 2E+06, which gocsv refuses for an
# int, and one of 1250000 is 1.25E+06, of which it takes what stands before the point: 1, without an error. Spreadsheets
# show such cells as 2,00E+06. Tests with small amounts never see it.
# The way out: a type with MarshalCSV, or decimal texts.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/gocarina/gocsv"
	"github.com/jszwec/csvutil"
)

func main() {
	type written struct {
		Budget float64 `csv:"budget"`
	}
	type read struct {
		Budget int `csv:"budget"`
	}
	for _, budget := range []float64{999999, 1000000, 1250000, 2000000} {
		file, err := csvutil.Marshal([]written{{budget}})
		if err != nil {
			panic(err)
		}
		other, err := gocsv.MarshalString([]written{{budget}})
		if err != nil {
			panic(err)
		}
		inJSON, err := json.Marshal(budget)
		if err != nil {
			panic(err)
		}
		var back []read
		err = gocsv.UnmarshalBytes(file, &back)
		fmt.Printf("JSON %s, gocsv %s, csvutil %s, which gocsv reads as %d, an error %v\n", inJSON,
			strings.Fields(other)[1], strings.Fields(string(file))[1], back[0].Budget, err != nil)
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/jszwec/csvutil@v1.10.0 github.com/gocarina/gocsv@v0.0.0-20240520201108-78e41c74b4b1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
JSON 999999, gocsv 999999, csvutil 999999, which gocsv reads as 999999, an error false
JSON 1000000, gocsv 1000000, csvutil 1E+06, which gocsv reads as 0, an error true
JSON 1250000, gocsv 1250000, csvutil 1.25E+06, which gocsv reads as 1, an error false
JSON 2000000, gocsv 2000000, csvutil 2E+06, which gocsv reads as 0, an error true
SEEN
