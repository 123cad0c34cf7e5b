package wire

import (
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm/sentence"
)

// Query reads the query of a URL into a struct: each parameter into the field that has its name in JSON. A list takes a
// parameter that is there several times, and a part of an object is named with a point, as in
// ?statuses=draft&statuses=signed&during.start=2026-06-01. A parameter without a value, which a form sends for an empty box,
// is not set.
//
// So a filter and the options of a list are parameters as they are:
//
//	q, err := wire.Query[struct {
//		crm.CooperationFilter
//		crm.ListOptions
//	}](r.URL.Query())
//
// What cannot be read, and a parameter that the struct does not have, is an ErrInvalid with a *crm.Error for each: a
// misspelled filter that is ignored looks like a list of everything.
func Query[T any](query url.Values) (T, error) {
	var v T
	p := &problems{}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		texts := slices.DeleteFunc(slices.Clone(query[name]), func(text string) bool { return text == "" })
		field := parameter(reflect.ValueOf(&v).Elem(), name)
		switch isList := field.IsValid() && field.Kind() == reflect.Slice; {
		case !field.IsValid():
			p.say(name, strings.Join(texts, " "), noField(parameters(reflect.TypeFor[T]())))
		case isList:
			list := reflect.MakeSlice(field.Type(), len(texts), len(texts))
			for n, text := range texts {
				p.read(name, text, list.Index(n))
			}
			field.Set(list)
		case len(texts) > 1:
			p.add(name, strings.Join(texts, " "), "is given more than once, and takes one value")
		case len(texts) == 1:
			p.read(name, texts[0], field)
		}
	}
	if err := errors.Join(p.list...); err != nil {
		var none T
		return none, err
	}
	return v, nil
}

// HasParameter reports whether a struct has a field for a parameter of Query.
func HasParameter[T any](name string) bool {
	var v T
	return parameter(reflect.ValueOf(&v).Elem(), name).IsValid()
}

// parameters are the names of all parameters of a struct, in order.
func parameters(t reflect.Type) (names []string) {
	for _, f := range reflect.VisibleFields(t) {
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case tag == "" || tag == "-" || !f.IsExported():
		case f.Type.Kind() == reflect.Struct && !readsItself(f.Type):
			for _, name := range parameters(f.Type) {
				names = append(names, tag+"."+name)
			}
		default:
			names = append(names, tag)
		}
	}
	return names
}

// parameter finds the field of a struct, or of a struct in it, that a parameter is for. It is invalid if there is none.
func parameter(v reflect.Value, name string) reflect.Value {
	first, rest, nested := strings.Cut(name, ".")
	for _, f := range reflect.VisibleFields(v.Type()) {
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		isObject := f.Type.Kind() == reflect.Struct && !readsItself(f.Type)
		switch {
		case tag != first || tag == "" || tag == "-" || !f.IsExported() || isObject != nested:
		case nested:
			return parameter(v.FieldByIndex(f.Index), rest)
		default:
			return v.FieldByIndex(f.Index)
		}
	}
	return reflect.Value{}
}

// read reads a text into a value, or adds a problem.
func (p *problems) read(name, text string, v reflect.Value) {
	switch kind := v.Kind(); {
	case !utf8.ValidString(text):
		p.add(name, "", "is not valid text (UTF-8)")
	case readsItself(v.Type()):
		doc, _ := json.Marshal(text) // a text always has JSON
		if p.value(name, doc, v.Type()); len(p.list) == 0 {
			_ = json.Unmarshal(doc, v.Addr().Interface()) // value has tried it
		}
	case kind == reflect.String:
		v.SetString(text)
	case kind == reflect.Bool && (text == "true" || text == "false"):
		v.SetBool(text == "true")
	case v.CanInt():
		n, err := strconv.ParseInt(text, 10, v.Type().Bits())
		if err != nil {
			p.add(name, text, "must be a whole number, like 50")
		}
		v.SetInt(n)
	default:
		p.say(name, text, sentence.Of("must be %s", sentence.Of(jsonForm(v.Type()))))
	}
}
