package idempotency

import (
	"net/http"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/refusal"
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
	return refusal.OccupiedFor(time.Second, &crm.Error{Family: crm.ErrAlreadyExists,
		Field: field, Problem: sentence.Of("a request with this key is still being carried out; send it again later")})
}

func reused() error {
	return &crm.Error{Family: crm.ErrInvalid, Field: field, Problem: sentence.Of("another request had this key; use a new one")}
}

func gone() error {
	return &crm.Error{Family: crm.ErrAlreadyExists, Field: field,
		Problem: sentence.Of("the request was carried out, and its answer is not kept; read the records that it was about")}
}

// RefuseSecret refuses a key that a request sends to what shows a secret once: who sends one relies on it, and the answer is
// not kept. A request without is fine.
func RefuseSecret(r *http.Request) error {
	return refuse(r, sentence.Of("is not taken here, because the answer shows a secret once and is not kept; send the request without it"))
}

// Refuse is RefuseSecret for a server that keeps no answers at all.
func Refuse(r *http.Request) error {
	return refuse(r, sentence.Of("is not taken here, because this server keeps no answers; send the request without it"))
}

func refuse(r *http.Request, why sentence.Sentence) error {
	values := r.Header.Values(field)
	if len(values) == 0 {
		return nil
	}
	return &crm.Error{Family: crm.ErrInvalid, Field: field, Value: crm.Shorten(values[0]), Problem: why}
}
