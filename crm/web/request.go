package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/wire"
)

// Record reads the body of a request as a record. It fails as wire.Parse does.
func Record[R crm.Record](r *http.Request) (R, error) {
	doc, err := body(r)
	if err != nil {
		var none R
		return none, err
	}
	return wire.Parse[R](doc)
}

// Params reads the parameters of a request into a struct, from its query as wire.Query does, and from the wildcards of its
// path, which count more: {id} is the field with the name "id" in JSON.
func Params[T any](r *http.Request) (T, error) {
	all, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil { // URL.Query leaves out what it cannot read, and a filter that is left out lists everything
		var none T
		return none, &crm.Error{Family: crm.ErrInvalid, Field: "query", Value: crm.Shorten(r.URL.RawQuery), Problem: sentence.Of(
			"is no query of a URL; separate its parameters with & and escape special characters")}
	}
	for _, match := range wildcards.FindAllStringSubmatch(r.Pattern, -1) {
		if name := match[1]; wire.HasParameter[T](name) {
			all[name] = []string{r.PathValue(name)}
		}
	}
	return wire.Query[T](all)
}

// wildcards are the names in the pattern of a route.
var wildcards = regexp.MustCompile(`\{(\w+)(?:\.\.\.)?\}`)

// Patch reads a change of a record: the version in If-Match, from which it starts, and the body, which is a merge patch
// for wire.PatchCooperation and its likes. Without If-Match it is an ErrNoVersion, because a change of what nobody has
// looked at overwrites what somebody else has written.
func Patch(r *http.Request) (version int64, patch []byte, err error) {
	if version, err = Version(r); err != nil {
		return 0, nil, err
	}
	patch, err = body(r)
	return version, patch, err
}

// Version reads the version in If-Match, for a call that takes no more than one. What is no version of a record there, such
// as * or a weak ETag, is version 0, with which every call is a crm.ErrConflict.
func Version(r *http.Request) (int64, error) {
	tag := r.Header.Get("If-Match")
	if tag == "" {
		return 0, ErrNoVersion
	}
	text, opened := strings.CutPrefix(tag, `"`)
	text, closed := strings.CutSuffix(text, `"`)
	version, err := strconv.ParseInt(text, 10, 64)
	if err != nil || version < 0 || !opened || !closed {
		return 0, nil //nolint:nilerr // see above
	}
	return version, nil
}

func body(r *http.Request) ([]byte, error) {
	doc, err := io.ReadAll(r.Body)
	if _, tooLong := errors.AsType[*http.MaxBytesError](err); err == nil || tooLong {
		return doc, err
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return nil, &crm.Error{Family: crm.ErrInvalid, Problem: sentence.Of("the body of the request did not arrive whole; send it again")}
}
