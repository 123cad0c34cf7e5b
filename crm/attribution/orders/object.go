package orders

import (
	"bytes"
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm/internal/badjson"
	"github.com/getklar/influencercrm/crm/sentence"
)

// itemPath is the path of an item of a list, or of a field of it.
func itemPath(list string, n int, field string) string {
	path := list + "[" + strconv.Itoa(n) + "]"
	if field != "" {
		path += "." + field
	}
	return path
}

// checkJSON returns what keeps a text from being one value in JSON.
func checkJSON(doc []byte) *Error {
	if !utf8.Valid(doc) {
		return wrong("", "", sentence.Of("is not valid text (UTF-8)"))
	}
	if json.Valid(doc) {
		return nil
	}
	var any json.RawMessage
	return notJSON(json.Unmarshal(doc, &any))
}

// object reads the fields of an object in valid JSON, in the order in which they are known, and refuses others and those that
// stand there twice, which encoding/json would not. One that is left out is nil.
func object(path string, doc []byte, known []string) ([]json.RawMessage, *Error) {
	if doc[0] != '{' {
		return nil, wrong(path, string(doc), sentence.Of("is no object; write it in braces, with its fields"))
	}
	fields := make([]json.RawMessage, len(known))
	for written, value := range members(doc) {
		name := text(written)
		at := name
		if path != "" {
			at = path + "." + name
		}
		n := slices.Index(known, name)
		switch {
		case n < 0:
			return nil, wrong(at, "", sentence.Of("is no field here; the fields are %s", strings.Join(known, ", ")))
		case fields[n] != nil:
			return nil, wrong(at, "", sentence.Of("stands there twice; leave one of them out"))
		}
		fields[n] = value
	}
	return fields, nil
}

// members yields the fields of an object in valid JSON: each name as it is written, and its value.
func members(doc []byte) iter.Seq2[[]byte, json.RawMessage] {
	return func(yield func([]byte, json.RawMessage) bool) {
		for at := skipSpace(doc, 1); doc[at] != '}'; at = skipSpace(doc, at) {
			if doc[at] == ',' {
				at = skipSpace(doc, at+1)
			}
			end := endOfValue(doc, at)
			name := doc[at:end]
			at = skipSpace(doc, skipSpace(doc, end)+1) // behind the colon
			end = endOfValue(doc, at)
			if !yield(name, doc[at:end:end]) {
				return
			}
			at = end
		}
	}
}

func skipSpace(doc []byte, at int) int {
	for doc[at] == ' ' || doc[at] == '\t' || doc[at] == '\r' || doc[at] == '\n' {
		at++
	}
	return at
}

// endOfValue is where a value in valid JSON ends that begins at a place.
func endOfValue(doc []byte, at int) int {
	depth := 0
	for ; at < len(doc); at++ {
		switch doc[at] {
		case '"':
			for at++; doc[at] != '"'; at++ {
				if doc[at] == '\\' {
					at++
				}
			}
		case '{', '[':
			depth++
			continue
		case '}', ']':
			if depth--; depth < 0 { // of what the value stands in
				return at
			}
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return at
			}
			continue
		default: // a letter of a number or a word, a colon
			continue
		}
		if depth == 0 {
			return at + 1
		}
	}
	return at
}

// text is a text in valid JSON without its quotation marks.
func text(written []byte) string {
	if bytes.IndexByte(written, '\\') < 0 {
		return string(written[1 : len(written)-1])
	}
	var unescaped string
	_ = json.Unmarshal(written, &unescaped) // it is valid
	return unescaped
}

func isNull(doc json.RawMessage) bool { return len(doc) == 0 || string(doc) == "null" }

// value reads a value in JSON. One that is left out or null is not set.
func value(path string, doc json.RawMessage, into any) *Error {
	if isNull(doc) {
		return nil
	}
	if plain, ok := into.(*string); ok && doc[0] == '"' {
		*plain = text(doc)
		return nil
	}
	err := json.Unmarshal(doc, into)
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &kind):
		return wrongKind(path, kind)
	}
	return notJSON(err)
}

// wrongKind is the error for a value of another kind, such as a number in place of a text.
func wrongKind(path string, err *json.UnmarshalTypeError) *Error {
	want := sentence.Of("a text in quotation marks")
	switch err.Type.String() {
	case "bool":
		want = sentence.Of("true or false")
	default:
		switch err.Type.Kind().String() {
		case "slice":
			want = sentence.Of("a list in brackets")
		case "struct":
			want = sentence.Of("an object in braces")
		}
	}
	return wrong(path, "", sentence.Of("is of another kind (%s); write %s", badjson.Kind(err), want))
}

// notJSON is the error for what encoding/json cannot read.
func notJSON(err error) *Error {
	switch {
	case badjson.Cut(err):
		return wrong("", "", sentence.Of("ends in the middle of an order; it was not copied whole"))
	case badjson.More(err):
		return wrong("", "", sentence.Of("is followed by something else; write one order a line"))
	default:
		return wrong("", "", sentence.Of("is not JSON: %s", badjson.Syntax(err)))
	}
}
