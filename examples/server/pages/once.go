package pages

import (
	"crypto/sha256"
	"net/url"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// newOnce is what a form for a new record has, so that a form which is sent twice makes one record.
func newOnce() string { return uuid.Must(uuid.NewV7()).String() } // fails only without a source of randomness

// onceOf is the id of the record that such a form makes: the same one each time it is sent as it is, and another one if
// anything in it was changed, as when somebody goes back to make a similar one. The time in the id is that of the form. It is
// uuid.Nil for a form of another kind, which gets its id from the library.
func onceOf(typed url.Values) uuid.UUID {
	id, err := uuid.Parse(typed.Get("once"))
	if err != nil || id.Version() != 7 {
		return uuid.Nil
	}
	sum := sha256.Sum256([]byte(typed.Encode()))
	copy(id[8:], sum[:])
	id[8] = id[8]&0x3f | 0x80 // the variant, as RFC 9562 has it
	return id
}

// repeated reports whether an error is there because the form was sent before, and has made its record then.
func (v *visit) repeated(err error, made crm.Ref) bool {
	if err == nil || v.once == uuid.Nil {
		return false
	}
	_, there := v.names([]crm.Ref{made})[made]
	return there
}
