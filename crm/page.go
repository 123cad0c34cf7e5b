package crm

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

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

// token is what a page token holds: a position, and a sum that binds it to the list it was made for
// and shows damage. It is no secret and no signature: all it can do is start a list elsewhere.
type token struct {
	Sum []byte    `json:"s"`
	Key string    `json:"k"`
	ID  uuid.UUID `json:"i"`
}

// maxToken is longer than the token of any name: one character of a name can become 18 when it is
// folded, and all of them are escaped.
const maxToken = 256 << 10

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

// NewKeyset checks a filter, as CheckFilter does, and the options of a list of R under it. A token
// that was made for another list, order or filter, or was edited, is an ErrInvalid; two filters that
// are the same once checked are one.
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
		p.addf("sort", string(o.Sort), "a list of %ss cannot be ordered by this; %s", kind, knownSorts(kind))
	}
	filter, err := checkFilter(filter)
	if err != nil {
		p.list = append(p.list, err)
	}
	if bad := p.result(); bad != nil {
		return Keyset{}, bad
	}
	bind, err := json.Marshal([]any{kind, filter, o.Sort, o.Desc})
	if err != nil {
		return Keyset{}, fmt.Errorf("%w: filter: %w", ErrInvalid, err)
	}
	sum := sha256.Sum256(bind)
	copy(k.bind[:], sum[:])
	if o.Token != "" {
		at, ok := k.position(o.Token)
		if !ok {
			p.add("page token", o.Token, "does not belong to this list; start again from its first page")
		} else {
			k.After = &at
		}
	}
	return k, p.result()
}

func hasSort(kind Kind, s Sort) bool {
	return slices.Contains(sorts[kind], s)
}

func knownSorts(kind Kind) string {
	known := []string{}
	for _, s := range sorts[kind] {
		if s != SortCreated {
			known = append(known, string(s))
		}
	}
	if len(known) == 0 {
		return "leave it out for the oldest first"
	}
	return "use " + strings.Join(known, " or ") + ", or leave it out for the oldest first"
}

// token writes a position of this list.
func (k Keyset) token(at Position) (string, error) {
	sum := sha256.Sum256(slices.Concat(k.bind[:], at.ID[:], []byte(at.Key)))
	doc, err := json.Marshal(token{Sum: sum[:8], Key: at.Key, ID: at.ID})
	return base64.RawURLEncoding.EncodeToString(doc), err
}

// position reads a token. Only what token would write is accepted, to the letter.
func (k Keyset) position(text string) (Position, bool) {
	if len(text) > maxToken {
		return Position{}, false
	}
	doc, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return Position{}, false
	}
	var t token
	if err := json.Unmarshal(doc, &t); err != nil {
		return Position{}, false
	}
	at := Position{Key: t.Key, ID: t.ID}
	again, err := k.token(at)
	return at, err == nil && again == text
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
	next, err := k.token(Position{Key: SortKey(last, k.Sort), ID: last.Ref().ID})
	if err != nil {
		return Page[R]{}, err
	}
	return Page[R]{Items: found[:k.Size:k.Size], Next: next}, nil
}

// walkFrom are options to read the list of another filter from where a page begins, to pick from it what
// the page holds.
func walkFrom[R Record](k Keyset, filter any) (ListOptions, error) {
	walk := ListOptions{Size: min(k.Size+1, MaxPageSize), Sort: k.Sort, Desc: k.Desc}
	if k.After == nil {
		return walk, nil
	}
	list, err := NewKeyset[R](filter, walk)
	if err == nil {
		walk.Token, err = list.token(*k.After)
	}
	return walk, err
}

// pageAmong makes a page of records that are known, in any order and from before the page too.
func pageAmong[R Record](k Keyset, known []R) (Page[R], error) {
	type placed struct {
		at Position
		r  R
	}
	found := []placed{}
	for _, r := range known {
		if at := positionOf(r, k.Sort); k.After == nil || compareIn(k.Desc, at, *k.After) > 0 {
			found = append(found, placed{at, r})
		}
	}
	slices.SortFunc(found, func(a, b placed) int { return compareIn(k.Desc, a.at, b.at) })
	page := []R{}
	for _, p := range found[:min(len(found), k.Size+1)] {
		page = append(page, p.r)
	}
	return PageOf(k, page)
}

func positionOf(r Record, s Sort) Position { return Position{Key: SortKey(r, s), ID: r.Ref().ID} }

// compareIn orders positions as a list does.
func compareIn(desc bool, a, b Position) int {
	c := cmp.Or(strings.Compare(a.Key, b.Key), bytes.Compare(a.ID[:], b.ID[:]))
	if desc {
		return -c
	}
	return c
}

// CheckLimit checks the limit of a call that has no pages.
func CheckLimit(limit int) error {
	if limit < 1 || limit > MaxPageSize {
		return &Error{Family: ErrInvalid, Field: "limit", Value: itoa(limit), Problem: fmt.Sprintf("must be between 1 and %d", MaxPageSize)}
	}
	return nil
}
