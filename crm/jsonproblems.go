package crm

import (
	"encoding"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// readable adds a problem for each part of a JSON text that is no value of its type. It walks type and
// text together, because encoding/json stops at the first part and does not name the field of most.
func (p *problems) readable(field string, doc json.RawMessage, t reflect.Type) {
	if string(doc) == "null" {
		return
	}
	members := object(doc)
	switch {
	case readsItself(t):
		p.unreadable(field, doc, t)
	case t.Kind() == reflect.Pointer:
		p.readable(field, doc, t.Elem())
	case t.Kind() == reflect.Struct && members != nil:
		known := jsonFields(t)
		for _, name := range slices.Sorted(maps.Keys(members)) {
			at := strings.TrimPrefix(field+"."+Shorten(name), ".")
			if of, ok := known[name]; ok {
				p.readable(at, members[name], of)
			} else {
				p.add(at, textOf(members[name]), "is no field here; check its spelling or leave it out")
			}
		}
	case t.Kind() == reflect.Map && t.Key().Kind() == reflect.String && members != nil:
		for _, name := range slices.Sorted(maps.Keys(members)) {
			p.readable(field+"."+Shorten(name), members[name], t.Elem())
		}
	case t.Kind() == reflect.Slice && doc[0] == '[':
		var items []json.RawMessage
		p.err(field, "", json.Unmarshal(doc, &items))
		for n, item := range items {
			p.readable(indexed(field, n, ""), item, t.Elem())
		}
	default:
		p.unreadable(field, doc, t)
	}
}

// readsItself reports whether a type has its own form in JSON, as ids, dates and amounts do.
func readsItself(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		return false
	}
	p := reflect.PointerTo(t)
	return p.Implements(reflect.TypeFor[json.Unmarshaler]()) || p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

// jsonFields are the fields of a struct by their names in JSON.
func jsonFields(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		fields[name] = f.Type
	}
	return fields
}

// unreadable adds what is wrong with a JSON text as a value of a type, if anything is.
func (p *problems) unreadable(field string, doc json.RawMessage, t reflect.Type) {
	err := json.Unmarshal(doc, reflect.New(t).Interface())
	var (
		syntax *json.SyntaxError
		kind   *json.UnmarshalTypeError
		own    *Error
	)
	switch {
	case errors.As(err, &syntax):
		p.addf(field, "", "cannot be read as JSON: %s, after %d bytes", syntax, syntax.Offset)
	case field == "": // null too
		p.add(field, textOf(doc), "must be an object in JSON, {…}")
	case errors.As(err, &kind):
		p.add(strings.TrimSuffix(field+"."+kind.Field, "."), textOf(doc), "must be "+jsonForm(kind.Type))
	case errors.As(err, &own):
		p.add(field, own.Value, own.Problem)
	case err != nil && t == reflect.TypeFor[decimal.Decimal]():
		p.add(field, textOf(doc), "is no number; write it like 12.5")
	default:
		p.err(field, textOf(doc), err)
	}
}

// textOf is a JSON text as a person sees it: a string without its quotes.
func textOf(doc json.RawMessage) string {
	var text string
	if json.Unmarshal(doc, &text) == nil {
		return text
	}
	return string(doc)
}

// jsonForm says how the values of a type are written.
func jsonForm(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch kind := t.Kind(); {
	case readsItself(t), kind == reflect.String:
		return "a text in quotes"
	case kind == reflect.Bool:
		return "true or false"
	case kind == reflect.Slice:
		return "a list, […]"
	case kind == reflect.Struct, kind == reflect.Map:
		return "an object, {…}"
	default:
		return "a whole number, without quotes"
	}
}
