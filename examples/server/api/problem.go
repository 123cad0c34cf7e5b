package api

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

// nowhere is a request for what there is not: another path, or another method than those of the path.
func (a *API) nowhere(r *http.Request) error {
	reason := &crm.Error{Family: crm.ErrNotFound, Field: "path", Value: crm.Shorten(r.Method + " " + r.URL.Path)}
	if allowed := a.methods(r.URL.Path); len(allowed) > 0 {
		reason.Family = crm.ErrInvalid
		reason.Problem = sentence.Of("this path takes no such method, but %s", strings.Join(allowed, ", "))
		return refusal.OtherMethod(allowed, reason)
	}
	reason.Problem = sentence.Of("there is nothing here; the operations are listed in /openapi.json")
	return reason
}

// methods are those that a path has.
func (a *API) methods(path string) (all []string) {
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		if _, pattern := a.mux.Handler(&http.Request{Method: method, URL: &url.URL{Path: path}, Host: "localhost"}); pattern != "" && pattern != "/" {
			all = append(all, method)
		}
	}
	return slices.Clip(all)
}

// noRule is a position in the rules of a cooperation where there is none.
func noRule(n, rules int) error {
	return &crm.Error{Family: crm.ErrInvalid, Field: "rule", Value: strconv.Itoa(n),
		Problem: sentence.Of("is no position of a rule; the cooperation has %d, from 0", rules)}
}

// noSeq is a place in the log from which nothing can be followed.
func noSeq(field string, after, last crm.Seq) error {
	value := strconv.FormatInt(int64(after), 10)
	if after < 0 {
		return &crm.Error{Family: crm.ErrInvalid, Field: field, Value: value,
			Problem: sentence.Of("must not be negative; 0 is the beginning of the log")}
	}
	return &crm.Error{Family: crm.ErrInvalid, Field: field, Value: value,
		Problem: sentence.Of("is past the end of the log, which is at %d; follow it from its beginning", int64(last))}
}

func tooManyStreams() error {
	return refusal.TooMany(10*time.Second, &crm.Error{Family: crm.ErrBusy,
		Problem: sentence.Of("at most %d streams may be open at once with one token; close one of them", maxStreamsOfCaller)})
}

func noMoreStreams() error {
	return refusal.Full(&crm.Error{Family: crm.ErrBusy,
		Problem: sentence.Of("the server has as many streams open as it can; come back later")})
}

// noTokens is a call about tokens of a server that has none, because its host decides who may do what.
func noTokens() error {
	return &crm.Error{Family: crm.ErrNotFound, Field: "path", Value: "/v1/tokens", Problem: sentence.Of("this server keeps no tokens")}
}

// noWorkspace is what can be no id of a workspace. It reads like one of none.
func noWorkspace(id string) error {
	return &crm.Error{Family: crm.ErrNotFound, Record: crm.Ref{Kind: crm.KindWorkspace}, Field: "id", Value: crm.Shorten(id),
		Problem: sentence.Of("there is no such workspace")}
}
