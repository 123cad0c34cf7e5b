#!/usr/bin/env bash
# github.com/PaesslerAG/gval v1.2.4: rules about discount codes, in its language with everything, as Evaluate has it.
#
# The guess: two texts are equal if they are the same text, as in Go, whose operators it takes over; numbers are made of
# texts for arithmetic only. A code that is in a list is equal to one of it.
# What happens: == and != compare two texts as numbers where both are such, and else as booleans where both are such, and
# each text that is a number is a boolean too. So the rule code == "7" is for 007 and 7.0 as well, and 1E5 and 100000 are
# one code; and code == "TRUE" is for every code that is a number other than 0, and code == "7" for the code TRUE. Codes
# that are neither are right, so tests with PAM10 pass. The operator in goes by the text, so code == "7" and
# code in ["7"] are not the same rule. The README has == for texts. The comments of the package say of arithmetic and
# of logic that input which does not fit is converted; that two texts are such input for == is not said.
# The way out: in with a list of one; or NewLanguage with Base and Text alone, whose == takes texts as they are, and
# which has no in. Ours compares codes as texts, without regard to case and to blanks around them.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/PaesslerAG/gval"
)

func main() {
	codes := []string{"PAM10", "7", "007", "7.0", "100000", "1E5", "TRUE"}
	fmt.Println("codes:", codes)
	texts := gval.NewLanguage(gval.Base(), gval.Text())
	for _, rule := range []string{
		`code == "PAM10"`, `code == "7"`, `code in ["7"]`, `code == "1E5"`, `code == "TRUE"`, `code != "TRUE"`,
	} {
		fits := map[string][]string{}
		for _, code := range codes {
			for name, language := range map[string]gval.Language{"full": gval.Full(), "texts": texts} {
				is, err := language.Evaluate(rule, map[string]any{"code": code})
				if err != nil {
					fits[name] = []string{"an error"}
				} else if is == true {
					fits[name] = append(fits[name], code)
				}
			}
		}
		fmt.Printf("%s: %v, with texts only %v\n", rule, fits["full"], fits["texts"])
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/PaesslerAG/gval@v1.2.4 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
codes: [PAM10 7 007 7.0 100000 1E5 TRUE]
code == "PAM10": [PAM10], with texts only [PAM10]
code == "7": [7 007 7.0 TRUE], with texts only [7]
code in ["7"]: [7], with texts only [an error]
code == "1E5": [100000 1E5 TRUE], with texts only [1E5]
code == "TRUE": [7 007 7.0 100000 1E5 TRUE], with texts only [TRUE]
code != "TRUE": [PAM10], with texts only [PAM10 7 007 7.0 100000 1E5]
SEEN
