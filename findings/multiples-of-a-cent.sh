#!/usr/bin/env bash
# github.com/danielgtaylor/huma/v2 v2.37.2 and github.com/google/jsonschema-go v0.4.3, beside
# github.com/getkin/kin-openapi v0.153.0 and github.com/santhosh-tekuri/jsonschema/v6 v6.0.3: multipleOf 0.01.
#
# The guess: multipleOf 0.01 is how a schema says that an amount has at most two decimals, and a server that documents
# it takes 100 and 19.99. At worst an amount with a third decimal slips through.
# What happens: good amounts are refused. huma takes the remainder of two float64, which for 100 is 0.00999…, and
# refuses 99983 of the 100000 amounts up to 1000.00, 1 and 100 included. A client that validates by huma's own document
# with another library sends what the server calls invalid. jsonschema-go, which checks the arguments of tools in the
# MCP SDK, divides: 100 and 12345.67 pass, 0.29 and 19.99 do not, one amount in nine. The other two take all of them,
# and none of the four takes 19.995. Pull request 989 of huma, merged in March 2026, adds a tolerance, and is not in
# v2.37.2. Neither documentation says that the keyword is for whole numbers.
# The way out: whole cents, or amounts as texts, which ours are in both places.
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
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/getkin/kin-openapi/openapi3"
	google "github.com/google/jsonschema-go/jsonschema"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

const cents = `{"type": "number", "multipleOf": 0.01}`

type fee struct {
	Amount float64 `json:"amount" multipleOf:"0.01"`
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func schema[T any]() *T {
	s := new(T)
	if err := json.Unmarshal([]byte(cents), s); err != nil {
		panic(err)
	}
	return s
}

func main() {
	registry := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	ofHuma := huma.SchemaFromType(registry, reflect.TypeFor[fee]())
	ofGoogle := must(schema[google.Schema]().Resolve(nil))
	ofKin := schema[openapi3.Schema]()
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("cents.json", must(jsonschema.UnmarshalJSON(strings.NewReader(cents)))); err != nil {
		panic(err)
	}
	ofSanthosh := compiler.MustCompile("cents.json")

	check := func(amount float64, exact any) (taken [4]bool) {
		result := &huma.ValidateResult{}
		body := map[string]any{"amount": amount}
		huma.Validate(registry, ofHuma, huma.NewPathBuffer(nil, 0), huma.ModeWriteToServer, body, result)
		return [4]bool{
			len(result.Errors) == 0, ofGoogle.Validate(amount) == nil,
			ofKin.VisitJSON(amount) == nil, ofSanthosh.Validate(exact) == nil,
		}
	}
	fmt.Println("huma, jsonschema-go, kin-openapi, santhosh-tekuri")
	for _, text := range []string{"1", "100", "12.5", "12345.67", "0.29", "19.99", "19.995"} {
		exact := must(jsonschema.UnmarshalJSON(strings.NewReader(text)))
		fmt.Println(text, check(must(exact.(json.Number).Float64()), exact))
	}
	var refused [4]int
	for n := 1; n <= 100_000; n++ {
		text := json.Number(fmt.Sprintf("%d.%02d", n/100, n%100))
		for i, taken := range check(must(text.Float64()), text) {
			if !taken {
				refused[i]++
			}
		}
	}
	fmt.Println("refused of the amounts from 0.01 to 1000.00:", refused)
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/danielgtaylor/huma/v2@v2.37.2 github.com/google/jsonschema-go@v0.4.3 >/dev/null 2>&1
go get github.com/getkin/kin-openapi@v0.153.0 github.com/santhosh-tekuri/jsonschema/v6@v6.0.3 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
huma, jsonschema-go, kin-openapi, santhosh-tekuri
1 [false true true true]
100 [false true true true]
12.5 [false true true true]
12345.67 [false true true true]
0.29 [false false true true]
19.99 [false false true true]
19.995 [false false false false]
refused of the amounts from 0.01 to 1000.00: [99983 11426 0 0]
SEEN
