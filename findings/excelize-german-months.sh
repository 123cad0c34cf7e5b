#!/usr/bin/env bash
# github.com/xuri/excelize/v2 v2.11.1: the months of a posting plan, in a format with the tag of a language.
#
# The guess: [$-de-DE] in front of mmmm yyyy gives the months of German, as [$-407], the number of the same language,
# does, and a tag that the library does not know gives English.
# What happens: June is június, which is Hungarian. A tag is first taken for a number: of its last four signs the ones
# that are hexadecimal count, up to the first that is not, and whether all could be read is not looked at. Of de-DE that
# is e, which is 14 and Hungarian, of da-DK a, which is Spanish, and of nb-NO b, which is Finnish, though the library
# has a table with each of these tags. de-AT and de-CH are Hungarian too. French, Italian or Swedish tags have no such
# letter there, so they are right, and so is de alone. Files have either spelling, so the one sheet of a team is right
# and the next is not. Nothing is an error.
# The way out: RawCellValue and the month by oneself, or the language without its country before the format is shown,
# which is what our import does.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	for _, tag := range []string{"407", "de", "de-DE", "de-AT", "406", "da-DK", "414", "nb-NO", "fr-FR", "sv-SE"} {
		format := "[$-" + tag + "]mmmm yyyy"
		f := excelize.NewFile()
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		check(err)
		check(f.SetCellValue("Sheet1", "A1", 46188))
		check(f.SetCellStyle("Sheet1", "A1", "A1", style))
		shown, err := f.GetCellValue("Sheet1", "A1")
		check(err)
		fmt.Printf("%s: %s\n", format, shown)
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/xuri/excelize/v2@v2.11.1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
[$-407]mmmm yyyy: Juni 2026
[$-de]mmmm yyyy: Juni 2026
[$-de-DE]mmmm yyyy: június 2026
[$-de-AT]mmmm yyyy: június 2026
[$-406]mmmm yyyy: juni 2026
[$-da-DK]mmmm yyyy: junio 2026
[$-414]mmmm yyyy: juni 2026
[$-nb-NO]mmmm yyyy: kesäkuu 2026
[$-fr-FR]mmmm yyyy: juin 2026
[$-sv-SE]mmmm yyyy: juni 2026
SEEN
