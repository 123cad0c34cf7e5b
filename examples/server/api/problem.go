package api

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

// nowhere is a request for what there is not: another path, or another method than those of the path.
func (a *API) nowhere(r *http.Request) error {
	err := web.Nowhere(r, a.mux)
	if nothing, ok := errors.AsType[*crm.Error](err); ok && errors.Is(err, crm.ErrNotFound) {
		nothing.Problem = sentence.Of("there is nothing here; the operations are listed in /openapi.json")
	}
	return err
}

// notJSON is a body of another media type, where only JSON is taken.
func notJSON(media string) error {
	return refusal.OtherMedia(&crm.Error{Family: crm.ErrInvalid, Field: "body", Value: crm.Shorten(media),
		Problem: sentence.Of("is no JSON by its Content-Type; send JSON as application/json")})
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
