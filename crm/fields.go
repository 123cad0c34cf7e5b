package crm

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// field is one field of a record, named and encoded as in the record's JSON.
type field struct {
	name  string
	value json.RawMessage
}

// fieldsOf returns the record's fields as the log has them, by name. Id and version are left out, because
// Change has them, and Times, because they follow from the log.
func fieldsOf(r Record) (map[string]json.RawMessage, error) {
	list, err := sortedFields(r)
	if err != nil {
		return nil, err
	}
	fields := make(map[string]json.RawMessage, len(list))
	for _, f := range list {
		fields[f.name] = f.value
	}
	return fields, nil
}

// sortedFields is fieldsOf as a list, in the order of the names. A nil record has none.
func sortedFields(r Record) ([]field, error) {
	if r == nil {
		return nil, nil
	}
	if c, ok := r.(Cooperation); ok {
		return cooperationFields(c)
	}
	doc, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	return splitFields(doc), nil
}

// splitFields takes apart the JSON of a record.
func splitFields(doc []byte) []field {
	fields := splitObject(doc)
	fields = slices.DeleteFunc(fields, func(f field) bool { return f.name == "id" || f.name == "version" || isTime(f.name) })
	slices.SortFunc(fields, func(a, b field) int { return strings.Compare(a.name, b.name) })
	return fields
}

// splitObject takes apart what json.Marshal made of a struct: no white space, no escapes in names. Values share doc's
// memory. Every write logs its records' fields, and a decoder takes ten times as long.
func splitObject(doc []byte) []field {
	fields := make([]field, 0, 32)
	for at := 1; at < len(doc)-1; {
		colon := at + bytes.IndexByte(doc[at:], ':')
		end := endOfValue(doc, colon+1)
		fields = append(fields, field{string(doc[at+1 : colon-1]), json.RawMessage(doc[colon+1 : end : end])})
		at = end + 1
	}
	return fields
}

// endOfValue is where the value that begins at a place ends: at the comma or brace after it.
func endOfValue(doc []byte, at int) int {
	for depth := 0; ; at++ {
		switch doc[at] {
		case '"':
			at = endOfString(doc, at)
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return at
			}
			depth--
		case ',':
			if depth == 0 {
				return at
			}
		}
	}
}

// endOfString is the place of the quote that ends the string which begins at a place.
func endOfString(doc []byte, at int) int {
	for at++; doc[at] != '"'; at++ {
		if doc[at] == '\\' {
			at++
		}
	}
	return at
}

// diff lists the fields in which two states of a record differ, by name. A nil record has none.
func diff(before, after Record) ([]FieldChange, error) {
	was, err := sortedFields(before)
	if err != nil {
		return nil, err
	}
	is, err := sortedFields(after)
	if err != nil {
		return nil, err
	}
	changes := make([]FieldChange, 0, max(0, len(is)-len(was)))
	for len(was) > 0 || len(is) > 0 {
		var c FieldChange
		switch {
		case len(is) == 0 || len(was) > 0 && was[0].name < is[0].name:
			c, was = FieldChange{Field: was[0].name, Before: was[0].value}, was[1:]
		case len(was) == 0 || is[0].name < was[0].name:
			c, is = FieldChange{Field: is[0].name, After: is[0].value}, is[1:]
		default:
			c = FieldChange{Field: is[0].name, Before: was[0].value, After: is[0].value}
			was, is = was[1:], is[1:]
		}
		if !bytes.Equal(c.Before, c.After) {
			changes = append(changes, c)
		}
	}
	return changes, nil
}
