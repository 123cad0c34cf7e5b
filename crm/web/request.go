package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/wire"
)

// Body reads the body of a request as a record or another struct. It fails as wire.Parse does.
func Body[T any](r *http.Request) (T, error) {
	doc, err := body(r)
	if err != nil {
		var none T
		return none, err
	}
	return wire.Parse[T](doc)
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

// Edit reads a change of a record, for wire.EditCooperation and its likes: the version in If-Match, from which it starts, and
// the body, which is the whole record if the method is PUT, and else a merge patch. Without If-Match it is an ErrNoVersion,
// because a change of what nobody has looked at overwrites what somebody else has written. The reason is for the log.
func Edit(r *http.Request, reason string) (wire.Edit, error) {
	version, err := Version(r)
	if err != nil {
		return wire.Edit{}, err
	}
	doc, err := body(r)
	return wire.Edit{Version: version, Doc: doc, Whole: r.Method == http.MethodPut, Reason: reason}, err
}

// Version reads the version in If-Match, for a call that takes no more than one. What is no ETag of a record there, such as
// one without its quotes, a weak one or *, matches no record, so that it is a crm.ErrConflict, which says what was sent.
func Version(r *http.Request) (int64, error) {
	tag := r.Header.Get("If-Match")
	if tag == "" {
		return 0, ErrNoVersion
	}
	text, opened := strings.CutPrefix(tag, `"`)
	text, closed := strings.CutSuffix(text, `"`)
	version, err := strconv.ParseInt(text, 10, 64)
	if err != nil || version < 0 || !opened || !closed || text != strconv.FormatInt(version, 10) {
		return 0, &crm.Error{Family: crm.ErrConflict, Field: "If-Match", Value: crm.Shorten(tag),
			Problem: sentence.Of(`is no ETag of a record; send the one that was read, with its quotes and nothing else, like "3"`)}
	}
	return version, nil
}

func body(r *http.Request) ([]byte, error) {
	doc, err := io.ReadAll(r.Body)
	if _, tooLong := errors.AsType[*http.MaxBytesError](err); err == nil || tooLong {
		return doc, err
	}
	if errors.Is(err, os.ErrDeadlineExceeded) { // that of Handler, which is also that of the context
		return nil, &Refusal{Status: http.StatusRequestTimeout,
			Reason: sentence.Errorf("the body of the request did not arrive in time; send it again")}
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return nil, &crm.Error{Family: crm.ErrInvalid, Problem: sentence.Of("the body of the request did not arrive whole; send it again")}
}
