package openapi

import (
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// parameters are those of the path, the query and the header.
func (b *builder) parameters(o Operation) []*huma.Param {
	var all []*huma.Param
	named := map[string]*huma.Param{}
	if o.Params != nil {
		for _, p := range b.fields(o.Params, "") {
			named[p.Name] = p
		}
	}
	for _, match := range wildcards.FindAllStringSubmatch(o.Path, -1) {
		p := named[match[1]]
		if p == nil {
			p = &huma.Param{Name: match[1], Description: "The workspace.", Schema: &huma.Schema{Type: huma.TypeString, Format: "uuid"}}
		}
		delete(named, p.Name)
		p.In, p.Required = "path", true
		all = append(all, p)
	}
	if o.Params != nil {
		for _, p := range b.fields(o.Params, "") {
			if named[p.Name] != nil {
				p.In = "query"
				all = append(all, p)
			}
		}
	}
	for _, p := range all {
		eachSchema(p.Schema, neverNull)
	}
	for _, h := range []struct {
		there, required bool
		name, about     string
	}{
		{o.IfMatch, true, "If-Match", "The ETag of the record as it was read."},
		{o.IfNoneMatch, false, "If-None-Match",
			"The ETag that the client has, or several with commas between: 304 if one is still that of the record."},
		{o.Resumable, false, "Last-Event-ID", "The id of the last event that the client has got."},
		{o.Idempotent, false, "Idempotency-Key", "Any text of up to 255 characters that no other request has: sent again within 24 hours, " +
			"the same request gets the same answer and does nothing."},
	} {
		if h.there {
			all = append(all, &huma.Param{Name: h.name, In: "header", Required: h.required, Description: h.about,
				Schema: &huma.Schema{Type: huma.TypeString}})
		}
	}
	return all
}

// fields are the fields of a struct as parameters, those of a struct in it with a point between the names.
func (b *builder) fields(t reflect.Type, prefix string) []*huma.Param {
	var all []*huma.Param
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case !f.IsExported() || name == "" || name == "-":
		case f.Type.Kind() == reflect.Struct && !known(f.Type):
			all = append(all, b.fields(f.Type, prefix+name+".")...)
		default:
			all = append(all, &huma.Param{Name: prefix + name, Description: b.fieldComment(owner(t, f), f),
				Schema: b.enumerate(f.Type, b.inputs.of(f.Type))})
		}
	}
	slices.SortStableFunc(all, func(a, c *huma.Param) int { return strings.Compare(a.Name, c.Name) })
	return all
}

// owner is the struct that declares a visible field: the outer one or one that it embeds.
func owner(t reflect.Type, f reflect.StructField) reflect.Type {
	for _, n := range f.Index[:len(f.Index)-1] {
		if t = t.Field(n).Type; t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
	}
	return t
}
