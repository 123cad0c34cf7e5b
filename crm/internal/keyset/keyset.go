// Package keyset has the mechanics of keyset paging: positions in a list, page tokens, and the cut of a page. It knows
// no record. The lists of the stores and the as-of lists of crm share it, so that a token of one fits the other.
package keyset

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// Position is a place in a list: the sort key and the id of a record.
type Position struct {
	Key string
	ID  uuid.UUID
}

// Keyset says which page of a list is wanted.
type Keyset struct {
	Size  int
	Desc  bool
	After *Position // nil: from the beginning
	List  List
}

// List identifies a list. Page tokens are bound to it.
type List [8]byte

// Start returns the keyset of the page after a token, or of the first page if there is none. The values identify the
// list: what it holds, and in which order. ok is false for a token of another list.
func Start(size int, desc bool, token string, list ...any) (k Keyset, ok bool, err error) {
	doc, err := json.Marshal(list)
	if err != nil {
		return Keyset{}, false, err
	}
	k = Keyset{Size: size, Desc: desc}
	sum := sha256.Sum256(doc)
	copy(k.List[:], sum[:])
	if token == "" {
		return k, true, nil
	}
	k.After, ok = k.List.Position(token)
	return k, ok, nil
}

// token is the content of a page token: a position, and a checksum that binds it to its list and shows damage. It is
// neither secret nor signed, because all that a forged one can do is start the list elsewhere.
type token struct {
	Sum []byte    `json:"s"`
	Key string    `json:"k"`
	ID  uuid.UUID `json:"i"`
}

// maxToken is longer than any token of a name. One character of a name can become 18 when it is folded, and each is
// escaped.
const maxToken = 256 << 10

// Token writes a position of the list.
func (l List) Token(at Position) (string, error) {
	sum := sha256.Sum256(slices.Concat(l[:], at.ID[:], []byte(at.Key)))
	doc, err := json.Marshal(token{Sum: sum[:8], Key: at.Key, ID: at.ID})
	return base64.RawURLEncoding.EncodeToString(doc), err
}

// Position reads a token. It accepts only what Token writes, byte for byte.
func (l List) Position(text string) (*Position, bool) {
	if len(text) > maxToken {
		return nil, false
	}
	doc, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil, false
	}
	var t token
	if err := json.Unmarshal(doc, &t); err != nil {
		return nil, false
	}
	at := Position{Key: t.Key, ID: t.ID}
	if again, err := l.Token(at); err != nil || again != text {
		return nil, false
	}
	return &at, true
}

// Cut makes a page of records that were found from the keyset's position on, in order. They are at most Size+1; one
// record too many shows that there is a next page.
func Cut[R any](k Keyset, found []R, at func(R) Position) (page []R, next string, err error) {
	if found == nil {
		found = []R{}
	}
	if len(found) <= k.Size {
		return found, "", nil
	}
	next, err = k.List.Token(at(found[k.Size-1]))
	return found[:k.Size:k.Size], next, err
}

// CutAmong makes a page of records in any order, among them records before the page.
func CutAmong[R any](k Keyset, known []R, at func(R) Position) (page []R, next string, err error) {
	type placed struct {
		Position
		record R
	}
	compare := func(a, b Position) int {
		c := cmp.Or(strings.Compare(a.Key, b.Key), bytes.Compare(a.ID[:], b.ID[:]))
		if k.Desc {
			return -c
		}
		return c
	}
	sorted := []placed{}
	for _, r := range known {
		if p := at(r); k.After == nil || compare(p, *k.After) > 0 {
			sorted = append(sorted, placed{p, r})
		}
	}
	slices.SortFunc(sorted, func(a, b placed) int { return compare(a.Position, b.Position) })
	found := []R{}
	for _, p := range sorted[:min(len(sorted), k.Size+1)] {
		found = append(found, p.record)
	}
	return Cut(k, found, at)
}
