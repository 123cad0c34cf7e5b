package paging

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// Options are the parameters of a list.
type Options struct {
	// Size is how many there are on a page; 50 if it is not given, and at most 1,000.
	Size int `json:"size,omitzero"`
	// Token is that of the page before, its next; without it the first page.
	Token string `json:"token,omitzero"`
}

// Keyset says which page of a list is wanted. Read one more than its size, from the id after which it begins.
type Keyset struct {
	Size  int
	After uuid.UUID // uuid.Nil for the first page
	list  string
}

// Keyset checks the options of a list, which the values identify: what it holds, and of what. A size out of range and the token
// of another list are *crm.Error.
func (o Options) Keyset(list ...any) (Keyset, error) {
	k := Keyset{Size: cmp.Or(o.Size, crm.DefaultPageSize), list: fmt.Sprintf("%q", list)}
	if k.Size < 1 || k.Size > crm.MaxPageSize {
		return Keyset{}, badSize(o.Size)
	}
	if o.Token == "" {
		return k, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(o.Token)
	if err != nil || len(raw) != checked+len(k.After) {
		return Keyset{}, foreignToken(o.Token)
	}
	copy(k.After[:], raw[checked:])
	if k.token(k.After) != o.Token {
		return Keyset{}, foreignToken(o.Token)
	}
	return k, nil
}

// checked is how many bytes of a token bind it to its list, and show damage. They are neither secret nor signed, because all
// that a forged token can do is start the list elsewhere.
const checked = 8

// token is that of the page after an id.
func (k Keyset) token(id uuid.UUID) string {
	sum := sha256.Sum256([]byte(k.list + id.String()))
	return base64.RawURLEncoding.EncodeToString(append(sum[:checked], id[:]...))
}

// PageOf makes a page of what was found from the keyset's id on, in order: at most one more than its size, which shows that
// there is a next page.
func PageOf[R any](k Keyset, found []R, id func(R) uuid.UUID) crm.Page[R] {
	if found == nil {
		found = []R{}
	}
	if len(found) <= k.Size {
		return crm.Page[R]{Items: found}
	}
	return crm.Page[R]{Items: found[:k.Size:k.Size], Next: k.token(id(found[k.Size-1]))}
}
