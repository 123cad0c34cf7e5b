package openapi

import (
	"cmp"
	"path"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// schemas are those of one use of types: in answers, requests or patches.
type schemas struct {
	registry huma.Registry
	suffix   string
}

const prefix = "#/components/schemas/"

func newSchemas(suffix string) *schemas {
	s := &schemas{suffix: suffix}
	s.registry = huma.NewMapRegistry(prefix, func(t reflect.Type, hint string) string { return typeName(t, hint) + suffix })
	for of, form := range forms {
		s.registry.RegisterTypeAlias(of, form)
	}
	return s
}

// typeName is the name of a type, with that of its package before it unless that is crm or says nothing new.
func typeName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	name := huma.DefaultSchemaNamer(t, hint)
	switch pkg := path.Base(t.PkgPath()); pkg {
	case "", ".", "crm", "api", "openapi", "web", "webhook":
		return name
	default:
		return strings.ToUpper(pkg[:1]) + pkg[1:] + name
	}
}

func (s *schemas) of(t reflect.Type) *huma.Schema { return s.registry.Schema(t, true, "") }

// known reports whether a type has a form of its own, and is no object with fields.
func known(t reflect.Type) bool { _, ok := forms[t]; return ok }

// schemas puts those of all uses together and finishes them.
func (b *builder) schemas() huma.Registry {
	for _, s := range []*schemas{b.answers, b.inputs, b.patches} {
		s.addEmbedded()
	}
	whole := b.patches.inLists()
	for _, s := range []*schemas{b.inputs, b.patches} {
		for name, schema := range s.registry.Map() {
			if !strings.HasSuffix(name, s.suffix) {
				continue // an object that is the same in all uses, such as an amount
			}
			schema.Required = b.required[s.registry.TypeFromRef(prefix+name)]
			if s == b.patches {
				if !whole[name] {
					schema.Required = nil
				}
				for field, value := range schema.Properties {
					schema.Properties[field] = orNull(value)
				}
			}
			b.answers.registry.Map()[name] = schema
		}
	}
	for _, s := range []*schemas{b.answers, b.inputs, b.patches} {
		for name, schema := range s.registry.Map() {
			if t := s.registry.TypeFromRef(prefix + name); t != nil {
				b.describe(t, schema)
			}
			eachSchema(schema, neverNull)
		}
	}
	return b.answers.registry
}

// inLists are the names of the schemas of what stands in lists, and in that. A merge patch replaces a list, so that its items
// are whole.
func (s *schemas) inLists() map[string]bool {
	whole := map[string]bool{}
	var add func(*huma.Schema)
	add = func(one *huma.Schema) {
		if name := strings.TrimPrefix(one.Ref, prefix); name != "" && !whole[name] {
			whole[name] = true
			eachSchema(s.registry.Map()[name], add)
		}
	}
	for _, schema := range s.registry.Map() {
		eachSchema(schema, func(one *huma.Schema) { eachSchema(one.Items, add) })
	}
	return whole
}

// neverNull says that a list is empty and never null.
func neverNull(s *huma.Schema) {
	if s.Type == huma.TypeArray {
		s.Nullable = false
	}
}

// describe puts the comments of a struct into its schema.
func (b *builder) describe(t reflect.Type, schema *huma.Schema) {
	schema.Description = b.typeComment(t)
	if t.Kind() != reflect.Struct {
		return
	}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if property := schema.Properties[name]; property != nil && !f.Anonymous {
			described := b.enumerate(f.Type, property)
			described.Description = cmp.Or(b.fieldComment(owner(t, f), f), described.Description)
			schema.Properties[name] = described
		}
	}
}

// enumerate is a copy of a schema with the values that a type, or the items of a list, can have.
func (b *builder) enumerate(t reflect.Type, schema *huma.Schema) *huma.Schema {
	full := *schema
	switch {
	case t.Kind() == reflect.Slice && full.Items != nil:
		full.Items = b.enumerate(t.Elem(), full.Items)
	case t.Kind() == reflect.Pointer:
		return b.enumerate(t.Elem(), schema)
	case full.Type == huma.TypeString && len(full.Enum) == 0 && !known(t):
		full.Enum = b.values(t)
	}
	return &full
}

// orNull is a schema that takes null too.
func orNull(s *huma.Schema) *huma.Schema {
	null := &huma.Schema{Type: "null"}
	switch {
	case s.Ref != "":
		return &huma.Schema{AnyOf: []*huma.Schema{s, null}}
	case s.Type == "", s.Nullable:
		return s
	case len(s.Enum) > 0 || s.Type == huma.TypeArray:
		return &huma.Schema{AnyOf: []*huma.Schema{s, null}}
	default:
		nullable := *s
		nullable.Nullable = true
		return &nullable
	}
}

// eachSchema calls a function with a schema and all in it.
func eachSchema(s *huma.Schema, do func(*huma.Schema)) {
	if s == nil {
		return
	}
	do(s)
	eachSchema(s.Items, do)
	for _, p := range s.Properties {
		eachSchema(p, do)
	}
	if more, ok := s.AdditionalProperties.(*huma.Schema); ok {
		eachSchema(more, do)
	}
	for _, list := range [][]*huma.Schema{s.OneOf, s.AnyOf, s.AllOf} {
		for _, one := range list {
			eachSchema(one, do)
		}
	}
}
