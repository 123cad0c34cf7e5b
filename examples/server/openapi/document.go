package openapi

import (
	"cmp"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Info is what the head of the document says.
type Info struct {
	Title, Version, Description string
	Tags                        []Tag // in the order in which they are shown
}

// Tag is a group of operations.
type Tag struct{ Name, Description string }

// Document is an OpenAPI document, as JSON and as YAML, and as a page for people.
type Document struct {
	JSON, YAML, HTML []byte

	Comments Comments // those that it has used
}

// Required are the fields without which a value in a request is refused, by its type.
type Required map[reflect.Type][]string

// New makes the document of some operations. Problem is the type of errors.
func New(info Info, problem reflect.Type, operations []Operation, required Required, comments Comments) (Document, error) {
	b := builder{
		answers: newSchemas(""), inputs: newSchemas("Input"), patches: newSchemas("Patch"),
		required: required, comments: comments, used: map[string]bool{},
	}
	b.problem = b.answers.of(problem)
	b.api = &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info:    &huma.Info{Title: info.Title, Version: info.Version, Description: info.Description},
		Servers: []*huma.Server{{URL: "/", Description: "where this document comes from"}},
		Paths:   map[string]*huma.PathItem{},
		Components: &huma.Components{SecuritySchemes: map[string]*huma.SecurityScheme{
			"token": {Type: "http", Scheme: "bearer", Description: "A token of this server."},
		}},
		Security: []map[string][]string{{"token": {}}},
	}
	for _, t := range info.Tags {
		b.api.Tags = append(b.api.Tags, &huma.Tag{Name: t.Name, Description: t.Description})
	}
	for _, o := range operations {
		b.add(o)
	}
	b.api.Components.Schemas = b.schemas()
	return b.write()
}

type builder struct {
	api                      *huma.OpenAPI
	operations               []*huma.Operation // in the order of the list
	answers, inputs, patches *schemas
	problem                  *huma.Schema
	required                 Required
	comments                 Comments
	used                     map[string]bool // keys of comments that were asked for
}

func (b *builder) write() (d Document, err error) {
	if d.JSON, err = b.api.MarshalJSON(); err != nil {
		return d, err
	}
	d.Comments = maps.Clone(b.comments)
	maps.DeleteFunc(d.Comments, func(key, _ string) bool { return !b.used[key] })
	if d.YAML, err = b.api.YAML(); err != nil {
		return d, err
	}
	d.HTML, err = b.page()
	return d, err
}

func (b *builder) add(o Operation) {
	operation := &huma.Operation{
		OperationID: o.ID, Method: o.Method, Path: o.Path, Tags: []string{o.Tag}, Summary: o.Summary,
		Description: cmp.Or(o.Description, o.Summary+"."), Responses: map[string]*huma.Response{},
	}
	operation.Parameters = b.parameters(o)
	if o.Body != nil {
		operation.RequestBody = &huma.RequestBody{Required: true, Content: b.request(o.Body)}
	}
	for _, a := range o.Answers {
		operation.Responses[strconv.Itoa(a.Status)] = b.response(a)
	}
	if o.IfNoneMatch {
		operation.Responses["304"] = &huma.Response{Description: "The client has it as it is.", Headers: map[string]*huma.Param{
			"ETag": {Schema: &huma.Schema{Type: huma.TypeString}},
		}}
	}
	for _, status := range o.statuses() {
		schema := b.problem
		if t := o.ProblemTypes[status]; t != nil {
			schema = b.answers.of(t)
		}
		operation.Responses[strconv.Itoa(status)] = &huma.Response{
			Description: http.StatusText(status),
			Content:     map[string]*huma.MediaType{"application/problem+json": {Schema: schema}},
		}
	}
	if o.Public {
		operation.Security = []map[string][]string{{}}
	}
	b.api.AddOperation(operation)
	b.operations = append(b.operations, operation)
}

// statuses are those of all problems that an operation may answer with.
func (o Operation) statuses() []int {
	all := append([]int{http.StatusInternalServerError, http.StatusServiceUnavailable, http.StatusTooManyRequests,
		http.StatusMisdirectedRequest}, o.Problems...)
	if !o.Public {
		all = append(all, http.StatusUnauthorized, http.StatusForbidden)
	}
	if len(wildcards.FindAllString(o.Path, -1)) > 0 {
		all = append(all, http.StatusNotFound)
	}
	if o.Params != nil || o.Body != nil {
		all = append(all, http.StatusUnprocessableEntity)
	}
	if o.Body != nil {
		all = append(all, http.StatusRequestTimeout, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusConflict)
	}
	if o.IfMatch {
		all = append(all, http.StatusPreconditionFailed, http.StatusPreconditionRequired, http.StatusConflict)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

var wildcards = regexp.MustCompile(`\{(\w+)\}`)

func (b *builder) request(c *Content) map[string]*huma.MediaType {
	switch {
	case c.Form != nil:
		all := map[string]*huma.MediaType{"multipart/form-data": {Schema: b.form(c.Form)}}
		if c.Type != nil {
			all["application/json"] = &huma.MediaType{Schema: b.inputs.of(c.Type)}
		}
		return all
	case c.Type == nil:
		return files(c.Media)
	case c.Patch:
		schema := b.patches.of(c.Type)
		return map[string]*huma.MediaType{"application/merge-patch+json": {Schema: schema}, "application/json": {Schema: schema}}
	case c.Partial:
		return map[string]*huma.MediaType{"application/json": {Schema: b.patches.of(c.Type)}}
	default:
		all, schema := files(c.Media), b.inputs.of(c.Type)
		eachSchema(schema, neverNull)
		all["application/json"] = &huma.MediaType{Schema: schema}
		return all
	}
}

func (b *builder) form(f *Form) *huma.Schema {
	schema := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{}, Required: f.Files}
	for _, name := range slices.Concat(f.Files, f.Optional) {
		schema.Properties[name] = &huma.Schema{Type: huma.TypeString, Format: "binary"}
	}
	for _, name := range f.Lists {
		schema.Properties[name] = &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	for name, t := range f.JSON {
		schema.Properties[name] = b.inputs.of(t)
	}
	if f.Fields != nil {
		for _, p := range b.fields(f.Fields, "") {
			schema.Properties[p.Name] = p.Schema
			p.Schema.Description = p.Description
		}
	}
	return schema
}

func (b *builder) response(a Answer) *huma.Response {
	response := &huma.Response{Description: cmp.Or(a.Description, http.StatusText(a.Status)), Headers: map[string]*huma.Param{}}
	if a.Content != nil {
		response.Content = files(a.Content.Media)
		if a.Content.Type != nil {
			response.Content["application/json"] = &huma.MediaType{Schema: b.answers.of(a.Content.Type)}
		}
	}
	if a.Status == http.StatusNoContent {
		response.Description = cmp.Or(a.Description, "Done.")
	}
	for name, h := range map[string]struct {
		there bool
		about string
	}{
		"ETag":     {a.ETag, "The version of the record, for If-Match and If-None-Match."},
		"Link":     {a.Next, `The address of the next page, with rel="next"; none after the last.`},
		"Location": {a.Location, "The address of the new record."},
	} {
		if h.there {
			response.Headers[name] = &huma.Param{Description: h.about, Schema: &huma.Schema{Type: huma.TypeString}}
		}
	}
	return response
}

// files are bodies that are no JSON.
func files(media []string) map[string]*huma.MediaType {
	all := map[string]*huma.MediaType{}
	for _, name := range media {
		schema := &huma.Schema{Type: huma.TypeString}
		if name == "application/json" {
			schema = &huma.Schema{}
		} else if !strings.HasPrefix(name, "text/") && !strings.HasSuffix(name, "xml") {
			schema.Format = "binary"
		}
		all[name] = &huma.MediaType{Schema: schema}
	}
	return all
}
