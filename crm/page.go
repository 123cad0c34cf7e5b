package crm

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
)

// Sort is what a list is ordered by. Ties are broken by id, so that every order is total; texts
// are compared by their folded bytes, on every backend alike.
type Sort string

// The orders. Each list has SortCreated and SortName but for import runs, which have no name;
// campaigns and cooperations also have SortStart.
const (
	SortCreated Sort = ""      // by id: oldest first
	SortName    Sort = "name"  // by folded name
	SortStart   Sort = "start" // by start day, undated first
)

// Page sizes.
const (
	DefaultPageSize = 50
	MaxPageSize     = 1_000
)

// ListOptions says how a list is read, where its filter says what it holds.
type ListOptions struct {
	Size  int    // records a page; 0 means DefaultPageSize, at most MaxPageSize
	Token string // Page.Next of the page before; empty for the first page
	Sort  Sort
	Desc  bool // backwards
}

// Page is one page of a list.
type Page[R any] struct {
	Items []R    `json:"items"`
	Next  string `json:"next,omitzero"` // token of the next page; empty after the last
}

// Keyset is a list's options in the form that a store works with: where the page starts and how
// many records it has. NewKeyset makes one from ListOptions.
type Keyset struct {
	Size  int
	Sort  Sort
	Desc  bool
	After *Position // nil: from the beginning
	bind  [8]byte
}

// Position is a place in a list: the sort key and id of a record.
type Position struct {
	Key string // SortKey of the record
	ID  uuid.UUID
}

// token is what a page token holds: a position, bound to the list it was made for.
type token struct {
	Bind []byte    `json:"b"`
	Key  string    `json:"k"`
	ID   uuid.UUID `json:"i"`
}

// maxToken is longer than any token that NewKeyset accepts.
const maxToken = 4_096

// sorts lists the orders of each kind of record.
var sorts = map[Kind][]Sort{
	KindWorkspace:   {SortCreated, SortName},
	KindMember:      {SortCreated, SortName},
	KindCampaign:    {SortCreated, SortName, SortStart},
	KindInfluencer:  {SortCreated, SortName},
	KindCooperation: {SortCreated, SortName, SortStart},
	KindImportRun:   {SortCreated},
}

// SortKey is the text by which a record is ordered under a Sort; compared by bytes.
func SortKey(r Record, s Sort) string {
	switch r := r.(type) {
	case Workspace:
		return byName(s, r.Name)
	case Member:
		return byName(s, r.Name)
	case Campaign:
		if s == SortStart {
			return r.Period.Start.String()
		}
		return byName(s, r.Name)
	case Influencer:
		return byName(s, r.Name)
	case Cooperation:
		if s == SortStart {
			return r.Period.Start.String()
		}
		return byName(s, r.Name)
	}
	return ""
}

func byName(s Sort, name string) string {
	if s == SortName {
		return Fold(name)
	}
	return ""
}

// NewKeyset checks the options of a list of R under a filter. A token that was made for another
// list, order or filter, or by somebody else, is an ErrInvalid.
func NewKeyset[R Record](filter any, o ListOptions) (Keyset, error) {
	var record R
	kind := record.Ref().Kind
	k := Keyset{Size: o.Size, Sort: o.Sort, Desc: o.Desc}
	p := &problems{record: Ref{Kind: kind}}
	switch {
	case k.Size == 0:
		k.Size = DefaultPageSize
	case k.Size < 0 || k.Size > MaxPageSize:
		p.addf("page size", itoa(k.Size), "must be between 1 and %d", MaxPageSize)
	}
	if !hasSort(kind, o.Sort) {
		p.addf("sort", string(o.Sort), "a list of %ss is not ordered by this; use one of %q", kind, sorts[kind])
	}
	bind, err := json.Marshal([]any{kind, filter, o.Sort, o.Desc})
	if err != nil {
		return Keyset{}, fmt.Errorf("%w: filter: %v", ErrInvalid, err)
	}
	sum := sha256.Sum256(bind)
	copy(k.bind[:], sum[:])
	if o.Token != "" {
		at, ok := k.position(o.Token)
		if !ok {
			p.add("page token", o.Token, "does not belong to this list; start again from its first page")
		}
		k.After = &at
	}
	return k, p.result()
}

func hasSort(kind Kind, s Sort) bool {
	for _, known := range sorts[kind] {
		if s == known {
			return true
		}
	}
	return false
}

func (k Keyset) position(text string) (Position, bool) {
	if len(text) > maxToken {
		return Position{}, false
	}
	doc, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil {
		return Position{}, false
	}
	var t token
	if err := json.Unmarshal(doc, &t); err != nil || string(t.Bind) != string(k.bind[:]) {
		return Position{}, false
	}
	return Position{Key: t.Key, ID: t.ID}, true
}

// PageOf makes a page of the records that a store found, which are at most Size+1: the one too
// many tells that there is a next page.
func PageOf[R Record](k Keyset, found []R) (Page[R], error) {
	if len(found) <= k.Size {
		if found == nil {
			found = []R{}
		}
		return Page[R]{Items: found}, nil
	}
	last := found[k.Size-1]
	doc, err := json.Marshal(token{Bind: k.bind[:], Key: SortKey(last, k.Sort), ID: last.Ref().ID})
	if err != nil {
		return Page[R]{}, err
	}
	return Page[R]{Items: found[:k.Size:k.Size], Next: base64.RawURLEncoding.EncodeToString(doc)}, nil
}

// CheckLimit checks the limit of a call that has no pages.
func CheckLimit(limit int) error {
	if limit < 1 || limit > MaxPageSize {
		return fmt.Errorf("%w: limit %d must be between 1 and %d", ErrInvalid, limit, MaxPageSize)
	}
	return nil
}
