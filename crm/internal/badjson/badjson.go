// Package badjson says what encoding/json finds wrong with a text, so that a reader of German gets no English of another
// library.
package badjson

import (
	"encoding/json"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
)

// Syntax says why a text is no JSON. Of a character that cannot stand where it is, only that is told: what encoding/json was
// looking for is for who knows its words.
func Syntax(err error) sentence.Sentence {
	said := err.Error()
	switch {
	case Cut(err):
		return sentence.Of("it ends too early")
	case strings.Contains(said, "exceeded max depth"):
		return sentence.Of("it is nested too deeply")
	}
	_, quoted, _ := strings.Cut(said, "'")
	if character, _, ok := strings.Cut(quoted, "' "); ok {
		return sentence.Of("the character %s cannot stand there", "'"+character+"'")
	}
	return sentence.Of("%s", said)
}

// Cut reports whether a text ends before its JSON does.
func Cut(err error) bool { return err.Error() == "unexpected end of JSON input" }

// More reports whether something comes after the JSON of a text.
func More(err error) bool { return strings.HasSuffix(err.Error(), "after top-level value") }

// Kind is what stood in the place of a value of another type.
func Kind(err *json.UnmarshalTypeError) sentence.Sentence {
	switch kind, _, _ := strings.Cut(err.Value, " "); kind { // of some numbers the number comes after it
	case "string":
		return sentence.Of("a text")
	case "number":
		return sentence.Of("a number")
	case "bool":
		return sentence.Of("true or false")
	case "array":
		return sentence.Of("a list")
	case "object":
		return sentence.Of("an object")
	default:
		return sentence.Of("%s", err.Value)
	}
}
