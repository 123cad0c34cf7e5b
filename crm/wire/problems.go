package wire

import (
	"encoding"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/internal/badjson"
	"github.com/getklar/influencercrm/crm/internal/fieldpath"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// problems collects what cannot be read in the JSON of one record.
type problems struct {
	record crm.Ref
	list   []error
}

func (p *problems) add(path, value, problem string) { p.say(path, value, sentence.Of(problem)) }

func (p *problems) say(path, value string, problem sentence.Sentence) {
	switch told := len(p.list); {
	case told < crm.MaxProblems:
		p.list = append(p.list, &crm.Error{Family: crm.ErrInvalid, Record: p.record, Field: path, Value: crm.Shorten(value), Problem: problem})
	case told == crm.MaxProblems:
		p.list = append(p.list, &crm.Error{Family: crm.ErrInvalid, Record: p.record,
			Problem: sentence.Of("there are more problems; mend these first")})
	}
}

// walk adds a problem for each part of a JSON text that is not a value of its type.
func (p *problems) walk(path string, doc json.RawMessage, t reflect.Type) {
	if string(doc) == "null" {
		return
	}
	members := object(doc)
	switch {
	case readsItself(t):
		p.value(path, doc, t)
	case t.Kind() == reflect.Pointer:
		p.walk(path, doc, t.Elem())
	case t.Kind() == reflect.Struct && members != nil:
		known, names := jsonFields(t)
		for _, name := range slices.Sorted(maps.Keys(members)) {
			at := strings.TrimPrefix(path+"."+crm.Shorten(name), ".")
			if of, ok := known[name]; ok {
				p.walk(at, members[name], of)
			} else {
				p.say(at, textOf(members[name]), noField(names))
			}
		}
	case t.Kind() == reflect.Map && t.Key().Kind() == reflect.String && members != nil:
		for _, name := range slices.Sorted(maps.Keys(members)) {
			p.walk(path+"."+crm.Shorten(name), members[name], t.Elem())
		}
	case t.Kind() == reflect.Slice && doc[0] == '[':
		var items []json.RawMessage
		fieldpath.Each(path, "", json.Unmarshal(doc, &items), p.say)
		for n, item := range items {
			p.walk(fieldpath.Index(path, n, ""), item, t.Elem())
		}
	default:
		p.value(path, doc, t)
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

// jsonFields are the fields of a struct by their names in JSON, and the names in order.
func jsonFields(t reflect.Type) (fields map[string]reflect.Type, names []string) {
	fields = map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous {
			continue // its fields are visible too
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		fields[name] = f.Type
		names = append(names, name)
	}
	return fields, names
}

// noField says that a name is not one of those that there are.
func noField(names []string) sentence.Sentence {
	if len(names) == 0 {
		return sentence.Of("is no field here, where nothing can be set")
	}
	return sentence.Of("is no field here; the fields are %s", strings.Join(names, ", "))
}

// value adds what is wrong with a JSON text as a value of a type, if anything is wrong.
func (p *problems) value(path string, doc json.RawMessage, t reflect.Type) {
	err := json.Unmarshal(doc, reflect.New(t).Interface())
	var (
		syntax *json.SyntaxError
		kind   *json.UnmarshalTypeError
		own    *crm.Error
	)
	switch {
	case errors.As(err, &syntax):
		p.say(path, "", sentence.Of("cannot be read as JSON: %s, after %d bytes", badjson.Syntax(syntax), syntax.Offset))
	case path == "": // null too
		p.add(path, textOf(doc), "must be an object in JSON, {…}")
	case errors.As(err, &kind):
		p.say(strings.TrimSuffix(path+"."+kind.Field, "."), textOf(doc), sentence.Of("must be %s", sentence.Of(jsonForm(kind.Type))))
	case errors.As(err, &own):
		p.say(path, own.Value, own.Problem)
	case err != nil && t == reflect.TypeFor[time.Time]():
		p.add(path, textOf(doc), "is no time; write it like 2026-06-01T12:00:00Z, or leave it out")
	case err != nil && t == reflect.TypeFor[uuid.UUID](): // an id of a host's own
		p.add(path, textOf(doc), "is no id; an id looks like 018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f")
	case err != nil && t == reflect.TypeFor[decimal.Decimal]():
		p.add(path, textOf(doc), "is no number; write it like 12.5")
	default:
		fieldpath.Each(path, textOf(doc), err, p.say)
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
