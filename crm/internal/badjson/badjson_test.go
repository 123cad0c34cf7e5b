package badjson_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/internal/badjson"
)

// Whatever encoding/json says has words of our own, which a new version of it may need to be told.
func TestSyntax(t *testing.T) {
	t.Parallel()
	for doc, want := range map[string]string{
		``: "es endet zu früh", `{"a":`: "es endet zu früh", `{"a" 1}`: `das Zeichen '1' kann dort nicht stehen`,
		`{'a':1}`: `das Zeichen '\'' kann dort nicht stehen`, `tru}`: `das Zeichen '}' kann dort nicht stehen`,
		"\"\x01\"": `das Zeichen '\x01' kann dort nicht stehen`, `{} {}`: `das Zeichen '{' kann dort nicht stehen`,
		strings.Repeat("[", 20_000): "es ist zu tief verschachtelt",
	} {
		var v any
		if got := badjson.Syntax(json.Unmarshal([]byte(doc), &v)).In(language.German); got != want {
			t.Errorf("%.20q: %q, want %q", doc, got, want)
		}
	}
}

func TestKind(t *testing.T) {
	t.Parallel()
	for doc, want := range map[string]string{
		`"a"`: "ein Text", `1`: "eine Zahl", `300`: "eine Zahl", `true`: "true oder false", `[]`: "eine Liste", `{}`: "ein Objekt",
	} {
		var number int8
		var into any = &number
		if doc == "1" {
			into = new(string)
		}
		kind, ok := errors.AsType[*json.UnmarshalTypeError](json.Unmarshal([]byte(doc), into))
		if !ok {
			t.Fatalf("%s is read", doc)
		}
		if got := badjson.Kind(kind).In(language.German); got != want {
			t.Errorf("%s: %q, want %q", doc, got, want)
		}
	}
}
