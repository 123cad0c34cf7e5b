package openapi

import (
	"path"
	"reflect"
	"strings"
)

// Comments are the doc comments of types and their fields, "budget.Period" and "budget.Period.Start", and the values of
// enumerations, "budget.Stage*", each in a line.
type Comments map[string]string

func (b *builder) comment(key string) string {
	b.used[key] = true
	return b.comments[key]
}

func (b *builder) typeComment(t reflect.Type) string { return b.comment(typeKey(t)) }

func (b *builder) fieldComment(t reflect.Type, f reflect.StructField) string {
	return b.comment(typeKey(t) + "." + f.Name)
}

// values are those of an enumeration; none for any other type.
func (b *builder) values(t reflect.Type) (all []any) {
	if t.Kind() != reflect.String || t.PkgPath() == "" {
		return nil
	}
	for value := range strings.SplitSeq(b.comment(typeKey(t)+"*"), "\n") {
		if value != "" {
			all = append(all, value)
		}
	}
	return all
}

func typeKey(t reflect.Type) string {
	name, _, _ := strings.Cut(t.Name(), "[")
	return path.Base(t.PkgPath()) + "." + name
}
