package openapi

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

//go:embed page.tmpl
var pageText string

// Style is the style sheet of Document.HTML, which expects it beside it as docs.css.
//
//go:embed page.css
var Style []byte

// page writes the document as a page for people, which needs no script and nothing from elsewhere.
func (b *builder) page() ([]byte, error) {
	page, err := template.New("page").Funcs(template.FuncMap{"type": typeText, "ref": refName, "text": codeText}).Parse(pageText)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = page.Execute(&out, struct {
		Info     *huma.Info
		Sections []section
		Schemas  []namedSchema
	}{b.api.Info, b.sections(), b.namedSchemas()})
	return out.Bytes(), err
}

// codeText is a text of Markdown in which only `code` is marked.
func codeText(text string) template.HTML {
	var out strings.Builder
	for n, part := range strings.Split(text, "`") {
		escaped := template.HTMLEscapeString(part)
		if n%2 == 1 {
			escaped = "<code>" + escaped + "</code>"
		}
		out.WriteString(escaped)
	}
	return template.HTML(out.String()) //nolint:gosec // escaped
}

// section is a tag with its operations.
type section struct {
	Tag        *huma.Tag
	Operations []*huma.Operation
}

func (b *builder) sections() []section {
	all := make([]section, len(b.api.Tags))
	for n, tag := range b.api.Tags {
		all[n].Tag = tag
		for _, o := range b.operations {
			if slices.Contains(o.Tags, tag.Name) {
				all[n].Operations = append(all[n].Operations, o)
			}
		}
	}
	return slices.DeleteFunc(all, func(s section) bool { return len(s.Operations) == 0 })
}

// namedSchema is a schema that others refer to.
type namedSchema struct {
	Name   string
	Schema *huma.Schema
}

// Sent tells whether the schema is one of requests.
func (s namedSchema) Sent() bool {
	return strings.HasSuffix(s.Name, "Input") || strings.HasSuffix(s.Name, "Patch")
}

// Required reports whether a field is always there.
func (s namedSchema) Required(field string) bool { return slices.Contains(s.Schema.Required, field) }

func (b *builder) namedSchemas() (all []namedSchema) {
	schemas := b.api.Components.Schemas.Map()
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		all = append(all, namedSchema{name, schemas[name]})
	}
	return all
}

// refName is the schema that another one is or contains; empty if it is of a plain type.
func refName(s *huma.Schema) string {
	switch {
	case s == nil:
		return ""
	case s.Ref != "":
		return strings.TrimPrefix(s.Ref, prefix)
	case s.Items != nil:
		return refName(s.Items)
	case len(s.AnyOf) > 0:
		return refName(s.AnyOf[0])
	}
	more, _ := s.AdditionalProperties.(*huma.Schema)
	return refName(more)
}

// typeText is the type of a value in words.
func typeText(s *huma.Schema) string {
	switch {
	case s == nil || s.Type == "" && s.Ref == "" && len(s.AnyOf) == 0:
		return "any"
	case s.Ref != "":
		return refName(s)
	case s.Items != nil:
		return "list of " + typeText(s.Items)
	case len(s.AnyOf) > 0:
		return typeText(s.AnyOf[0])
	case len(s.Enum) > 0:
		var values []string
		for _, v := range s.Enum {
			values = append(values, fmt.Sprint(v))
		}
		return strings.Join(values, " | ")
	}
	if more, ok := s.AdditionalProperties.(*huma.Schema); ok {
		return "object of " + typeText(more)
	}
	return cmp.Or(s.Format, s.Type)
}
