#!/usr/bin/env bash
# github.com/pressly/goose/v3 v3.30.1 beside modernc.org/sqlite v1.62.0.
#
# The guess: a program that adds goose to modernc.org/sqlite keeps the modernc.org/libc that sqlite's own go.mod names,
# the one version that sqlite was generated against and documents as the only one to build with.
# What happens: goose requires a newer libc, as an indirect requirement, and Go takes the highest version that anybody
# asks for. `go mod tidy` says nothing, and the program is built with a libc that sqlite was not made for.
# The way out, in the main module only: `exclude modernc.org/libc v1.80.2`, which drops goose's requirement.
#
# Seen:
#   sqlite alone:     libc v1.80.1, as sqlite's go.mod asks
#   with goose:       libc v1.80.2
#   with an exclude:  libc v1.80.1
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

libc() { go mod tidy >/dev/null 2>&1; go list -m -f '{{.Version}}' modernc.org/libc; }
expect() {
	printf '%-18s libc %s\n' "$1:" "$3"
	[ "$2" = "$3" ] || { echo "this has changed: it was $2"; exit 1; }
}

go mod init example.com/finding >/dev/null 2>&1
printf 'package main\n\nimport _ "modernc.org/sqlite"\n\nfunc main() {}\n' >main.go
go get modernc.org/sqlite@v1.62.0 >/dev/null 2>&1
expect 'sqlite alone' v1.80.1 "$(libc)"
grep -E 'modernc.org/libc v1.80.1$' "$(go list -m -f '{{.GoMod}}' modernc.org/sqlite)"

printf 'package main\n\nimport (\n\t_ "github.com/pressly/goose/v3"\n\t_ "modernc.org/sqlite"\n)\n\nfunc main() {}\n' >main.go
go get github.com/pressly/goose/v3@v3.30.1 >/dev/null 2>&1
expect 'with goose' v1.80.2 "$(libc)"

go mod edit -exclude modernc.org/libc@v1.80.2
go get modernc.org/libc@v1.80.1 >/dev/null 2>&1
expect 'with an exclude' v1.80.1 "$(libc)"
