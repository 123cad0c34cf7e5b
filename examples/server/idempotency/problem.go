package idempotency

import (
	"net/http"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/web"
)

const field = "Idempotency-Key"

// parse reads the header; a request without it has the key "".
func parse(values []string) (string, error) {
	if len(values) == 0 {
		return "", nil
	}
	if len(values) > 1 {
		return "", &crm.Error{Family: crm.ErrInvalid, Field: field, Problem: sentence.Of("is given more than once, and takes one value")}
	}
	key := values[0]
	valid := key != "" && len(key) <= MaxKey
	for n := 0; n < len(key) && valid; n++ {
		valid = key[n] >= ' ' && key[n] <= '~'
	}
	if !valid {
		return "", &crm.Error{Family: crm.ErrInvalid, Field: field, Value: crm.Shorten(key),
			Problem: sentence.Of("is no key; use 1 to %d printable characters of ASCII, such as a UUID", MaxKey)}
	}
	return key, nil
}

func taken() error {
	return &web.Refusal{Status: http.StatusConflict, Header: http.Header{"Retry-After": {"1"}}, Reason: &crm.Error{Family: crm.ErrAlreadyExists,
		Field: field, Problem: sentence.Of("a request with this key is still being carried out; send it again later")}}
}

func reused() error {
	return &crm.Error{Family: crm.ErrInvalid, Field: field, Problem: sentence.Of("another request had this key; use a new one")}
}

func gone() error {
	return &crm.Error{Family: crm.ErrAlreadyExists, Field: field,
		Problem: sentence.Of("the request was carried out, and its answer is not kept; read the records that it was about")}
}

// Refuse refuses a key that a request sends to what keeps no answers: who sends one relies on it. A request without is fine.
func Refuse(r *http.Request) error {
	values := r.Header.Values(field)
	if len(values) == 0 {
		return nil
	}
	return &crm.Error{Family: crm.ErrInvalid, Field: field, Value: crm.Shorten(values[0]),
		Problem: sentence.Of("is not taken here, because the answer shows a secret once and is not kept; send the request without it")}
}
