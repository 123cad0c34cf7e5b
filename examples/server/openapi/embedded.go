package openapi

import (
	"maps"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// addEmbedded adds the fields that structs have by embedding one whose name is not exported: encoding/json writes them, and
// huma leaves them out. A field may bring types that were not there before, so it goes on until there is none.
func (s *schemas) addEmbedded() {
	done := map[string]bool{}
	for found := true; found; {
		found = false
		for name, schema := range maps.Clone(s.registry.Map()) {
			if !done[name] {
				done[name], found = true, true
				s.complete(s.registry.TypeFromRef(prefix+name), schema)
			}
		}
	}
}

func (s *schemas) complete(t reflect.Type, schema *huma.Schema) {
	if t == nil || t.Kind() != reflect.Struct || schema.Type != huma.TypeObject {
		return
	}
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || f.Anonymous || name == "" || name == "-" || schema.Properties[name] != nil {
			continue
		}
		if schema.Properties == nil {
			schema.Properties = map[string]*huma.Schema{}
		}
		schema.Properties[name] = s.registry.Schema(f.Type, true, "")
		if !strings.Contains(options, "omit") {
			schema.Required = append(schema.Required, name)
		}
	}
}
