#!/usr/bin/env bash
# kin-openapi v0.153.0 and google/uuid v1.6.0: answers with ids of version 7.
#
# The guess: the library has a pattern for the format uuid, which one has to switch on; then the ids that uuid.NewV7 makes
# are ids, as they are for uuid.Parse.
# What happens: the format is not checked at all until it is defined, so that "1" is a uuid. The pattern that the library
# offers for it is that of RFC 4122, which knew the versions 1 to 5: ids of version 7, in use since RFC 9562 and the
# ones that sort by their time, are refused, as are 6 and 8, while ids in capitals are taken. A test that switches it on
# fails on every answer of a server with such ids; one that does not finds no wrong id.
# The way out: openapi3.DefineStringFormatValidator("uuid", …) with a callback of uuid.Parse.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod CGO_ENABLED=0
cat >go.mod <<'MOD'
module ids

go 1.26.0

require (
	github.com/getkin/kin-openapi v0.153.0
	github.com/google/uuid v1.6.0
)
MOD
cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/uuid"
)

func main() {
	show := func(when string) {
		schema := openapi3.NewStringSchema().WithFormat("uuid")
		for _, id := range []string{
			"1",
			"9b2d8f8e-6a3c-4c1e-9f57-0d3a5a1c7e42",
			"9B2D8F8E-6A3C-4C1E-9F57-0D3A5A1C7E42",
			"01976a5e-7c1b-7d3e-8a4f-5b6c7d8e9f01",
		} {
			version := "none"
			if parsed, err := uuid.Parse(id); err == nil {
				version = parsed.Version().String()
			}
			err := schema.VisitJSON(id, openapi3.EnableFormatValidation(), openapi3.EnableJSONSchema2020())
			fmt.Printf("%s: %s, %s: taken %t\n", when, id, version, err == nil)
		}
	}
	show("not defined")
	openapi3.DefineStringFormat("uuid", openapi3.FormatOfStringForUUIDOfRFC4122)
	show("its pattern")
	openapi3.DefineStringFormatValidator("uuid", openapi3.NewCallbackValidator(func(text string) error { _, err := uuid.Parse(text); return err }))
	show("uuid.Parse")
}
GO
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
not defined: 1, none: taken true
not defined: 9b2d8f8e-6a3c-4c1e-9f57-0d3a5a1c7e42, VERSION_4: taken true
not defined: 9B2D8F8E-6A3C-4C1E-9F57-0D3A5A1C7E42, VERSION_4: taken true
not defined: 01976a5e-7c1b-7d3e-8a4f-5b6c7d8e9f01, VERSION_7: taken true
its pattern: 1, none: taken false
its pattern: 9b2d8f8e-6a3c-4c1e-9f57-0d3a5a1c7e42, VERSION_4: taken true
its pattern: 9B2D8F8E-6A3C-4C1E-9F57-0D3A5A1C7E42, VERSION_4: taken true
its pattern: 01976a5e-7c1b-7d3e-8a4f-5b6c7d8e9f01, VERSION_7: taken false
uuid.Parse: 1, none: taken false
uuid.Parse: 9b2d8f8e-6a3c-4c1e-9f57-0d3a5a1c7e42, VERSION_4: taken true
uuid.Parse: 9B2D8F8E-6A3C-4C1E-9F57-0D3A5A1C7E42, VERSION_4: taken true
uuid.Parse: 01976a5e-7c1b-7d3e-8a4f-5b6c7d8e9f01, VERSION_7: taken true
SEEN
