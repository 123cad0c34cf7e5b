package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/web"
)

// finish makes an answer what the request asked for: nothing if the client has it already, with a link to the next page,
// and only the fields that were named.
func finish(r *http.Request, answer, params any) (any, error) {
	if etag := web.ETag(answer); etag != "" && r.Method == http.MethodGet && clientHas(r.Header, etag) {
		return unchanged(etag), nil
	}
	page, isPage := answer.(interface{ NextToken() string })
	next := isPage && page.NextToken() != ""
	var fields []string
	if p, ok := params.(interface{ fields() []string }); ok {
		fields = p.fields()
	}
	if !next && len(fields) == 0 {
		return answer, nil
	}
	if err := checkFields(fields, recordType(reflect.TypeOf(answer))); err != nil {
		return nil, err
	}
	doc, err := json.Marshal(answer)
	if err == nil && len(fields) > 0 {
		doc, err = only(doc, fields, isPage)
	}
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if etag := web.ETag(answer); etag != "" {
			w.Header().Set("ETag", etag)
		}
		if next {
			w.Header().Set("Link", "<"+nextPage(r.URL, page.NextToken())+`>; rel="next"`)
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(append(doc, '\n')) // a client that is gone does not hear of it
	}), nil
}

// unchanged answers that the client has the record as it is.
func unchanged(etag string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", etag)
		w.WriteHeader(http.StatusNotModified)
	})
}

// nextPage is the address of the page after one.
func nextPage(of *url.URL, token string) string {
	query := of.Query()
	query.Set("token", token)
	return of.EscapedPath() + "?" + query.Encode()
}

// recordType is that of the record of an answer, or of the records of a page.
func recordType(t reflect.Type) reflect.Type {
	if items, ok := t.FieldByName("Items"); ok {
		return items.Type.Elem()
	}
	return t
}

// checkFields refuses names of fields that records of a type do not have: an answer without a field looks like a record
// without a value.
func checkFields(names []string, t reflect.Type) error {
	var known []string
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
			known = append(known, name)
		}
	}
	var errs []error
	for _, name := range names {
		if !slices.Contains(known, name) {
			errs = append(errs, &crm.Error{Family: crm.ErrInvalid, Field: "fields", Value: crm.Shorten(name),
				Problem: sentence.Of("is no field here; the fields are %s", strings.Join(known, ", "))})
		}
	}
	return errors.Join(errs...)
}

// only leaves the named fields of a record, or of each record of a page.
func only(doc []byte, names []string, page bool) ([]byte, error) {
	if !page {
		var record map[string]json.RawMessage
		if err := json.Unmarshal(doc, &record); err != nil {
			return nil, err
		}
		return json.Marshal(pick(record, names))
	}
	var whole map[string]json.RawMessage
	var items []map[string]json.RawMessage
	if err := json.Unmarshal(doc, &whole); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(whole["items"], &items); err != nil {
		return nil, err
	}
	for n := range items {
		items[n] = pick(items[n], names)
	}
	list, err := json.Marshal(items)
	if err != nil {
		return nil, err
	}
	whole["items"] = list
	return json.Marshal(whole)
}

func pick(record map[string]json.RawMessage, names []string) map[string]json.RawMessage {
	for name := range record {
		if !slices.Contains(names, name) {
			delete(record, name)
		}
	}
	return record
}

// file is an answer that is no JSON.
type file struct {
	media string // its media type
	name  string // under which a browser saves it; empty to show it
	body  []byte
}

// ServeHTTP implements http.Handler.
func (f file) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", f.media)
	if f.name != "" {
		w.Header().Set("Content-Disposition", `attachment; filename=`+strconv.Quote(f.name))
	}
	_, _ = bytes.NewReader(f.body).WriteTo(w) // a client that is gone does not hear of it
}

// nothing is an answer without a body.
type nothing struct{}

// ServeHTTP implements http.Handler.
func (nothing) ServeHTTP(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }

// page is a list with the token of the next page.
type page[R any] struct{ crm.Page[R] }

// NextToken is that of the next page; empty after the last.
func (p page[R]) NextToken() string { return p.Next }

// paged is the page that a service returns, as an answer.
func paged[R any](p crm.Page[R], err error) (page[R], error) { return page[R]{p}, err }
