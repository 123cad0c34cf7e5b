package sse

import (
	"net/http"
	"strconv"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// LastID is the seq in the header Last-Event-ID, and false if there is none: a client that comes for the first time. What is
// no seq is a crm.ErrInvalid.
func LastID(r *http.Request) (crm.Seq, bool, error) {
	text := r.Header.Get("Last-Event-ID")
	if text == "" {
		return 0, false, nil
	}
	seq, err := strconv.ParseUint(text, 10, 63)
	if err != nil {
		return 0, false, &crm.Error{Family: crm.ErrInvalid, Field: "Last-Event-ID", Value: crm.Shorten(text),
			Problem: sentence.Of("must be a whole number, like 50")}
	}
	return crm.Seq(seq), true, nil
}
