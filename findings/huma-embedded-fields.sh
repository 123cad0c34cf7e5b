#!/usr/bin/env bash
# github.com/danielgtaylor/huma/v2 v2.37.2: the schema of a struct whose fields come from an embedded struct.
#
# The guess: a schema has the fields that encoding/json writes, because it is made of the same type and the same tags.
# What happens: fields of an embedded struct whose type is not exported are written by encoding/json, as its
# documentation says, and are left out of the schema, which says additionalProperties: false beside it. So the document
# forbids what the program answers, and a generated client does not know the fields. With an exported type they are there.
# A list of a named uint8 that writes itself as text, which encoding/json writes as a list of texts, has the schema of a
# base64 text.
# The way out: export the embedded type or name each field, and hold answers against the document in a test.
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
	"maps"
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

type filter struct {
	Status string `json:"status"`
}

type Filter struct {
	Status string `json:"status"`
}

type hidden struct {
	filter
	Size int `json:"size"`
}

type shown struct {
	Filter
	Size int `json:"size"`
}

type level uint8

func (l level) MarshalText() ([]byte, error) { return []byte{'L', '0' + byte(l)}, nil }

func (l *level) UnmarshalText(text []byte) error { *l = level(text[1] - '0'); return nil }

type levels struct {
	All []level `json:"all"`
}

func main() {
	for _, v := range []any{hidden{}, shown{}, levels{All: []level{1, 2}}} {
		doc, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		s := huma.SchemaFromType(huma.NewMapRegistry("#/", huma.DefaultSchemaNamer), reflect.TypeOf(v))
		fmt.Printf("%s: schema %v", doc, slices.Sorted(maps.Keys(s.Properties)))
		if all := s.Properties["all"]; all != nil {
			fmt.Printf(", all is %s %s", all.Type, all.ContentEncoding)
		}
		fmt.Println()
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/danielgtaylor/huma/v2@v2.37.2 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1

want='{"status":"","size":0}: schema [size]
{"status":"","size":0}: schema [size status]
{"all":["L1","L2"]}: schema [all], all is string base64'
got=$(go run .)
printf 'huma v2.37.2\n%s\n' "$got"
[ "$got" = "$want" ] || { printf 'changed, want:\n%s\n' "$want"; exit 1; }
