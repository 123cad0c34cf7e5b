#!/usr/bin/env bash
# github.com/gosimple/slug v1.15.0: utm_term from a handle.
#
# The guess: signs that cannot stand in a slug are left out or become a dash, so @pam and pam, which are the same
# person, have the same slug, and the language only matters for umlauts.
# What happens: some signs become words, joined to what follows without a dash: @pam is atpam, in German anpam and in
# French arobasepam. The same influencer gets four names in tracking links, by whether the @ was typed and by the
# language of whoever made the link, and a pam and an atpam are two in every report. Words are made of & too: Pam & Tom
# is pam-and-tom in English, pam-und-tom in German. Other signs are left out: C, C# and C++ are all c, and a handle of
# pictures alone is empty.
# The way out: take the @ off first, keep what was made with the link, and refuse what is empty or taken.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/gosimple/slug"
)

func main() {
	for _, s := range []string{"pam", "@pam", "Pam & Tom", "C", "C#", "C++", "🎁"} {
		fmt.Printf("%s: %q, %q, %q\n", s, slug.MakeLang(s, "en"), slug.MakeLang(s, "de"), slug.MakeLang(s, "fr"))
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/gosimple/slug@v1.15.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
pam: "pam", "pam", "pam"
@pam: "atpam", "anpam", "arobasepam"
Pam & Tom: "pam-and-tom", "pam-und-tom", "pam-et-tom"
C: "c", "c", "c"
C#: "c", "c", "c"
C++: "c", "c", "c"
🎁: "", "", ""
SEEN
