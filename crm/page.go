package crm

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm/internal/keyset"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Sort is what a list is ordered by. Ties are broken by id, so that every order is total; texts are compared by their
// folded bytes, on every backend alike.
type Sort string

// The orders. Each list has SortCreated and SortName but for import runs, which have no name; campaigns and
// cooperations also have SortStart, influencers and cooperations SortChanged, and cooperations the others.
const (
	SortCreated Sort = ""        // by id: oldest first
	SortName    Sort = "name"    // by folded name
	SortStart   Sort = "start"   // by start day, undated first
	SortChanged Sort = "changed" // by the time of the last change, oldest first
	SortStatus  Sort = "status"  // drafts, then negotiating, then signed; each by start day
	SortCost    Sort = "cost"    // by currency, then amount, because currencies cannot be compared; without a cost first
	// SortInfluencer puts the cooperations of an influencer together, and influencers by id. Names are not compared: they
	// are those of other records.
	SortInfluencer Sort = "influencer"
)

// Page sizes.
const (
	DefaultPageSize = 50
	MaxPageSize     = 1_000
)

// ListOptions are the order and page of a list; its filter selects the records.
type ListOptions struct {
	Size  int    `json:"size,omitzero"`  // records a page, at most 1,000; 0 is 50
	Token string `json:"token,omitzero"` // Page.Next of the page before; empty for the first page
	Sort  Sort   `json:"sort,omitzero"`
	Desc  bool   `json:"desc,omitzero"` // backwards

	// WithNames asks for Page.Names. It may differ from page to page.
	WithNames bool `json:"with_names,omitzero"`
	// Brief leaves out the Plan of import runs, which may have many megabytes. It may differ from page to page.
	Brief bool `json:"brief,omitzero"`
}

// Brief is a record as a brief list has it: see ListOptions.
func Brief[R Record](r R) R {
	if run, ok := any(r).(ImportRun); ok {
		run.Plan = nil
		return any(run).(R)
	}
	return r
}

// Page is one page of a list.
type Page[R any] struct {
	Items []R    `json:"items"`
	Next  string `json:"next,omitzero"` // token of the next page; empty after the last

	// Names are those that the items refer to, of the same moment as the items; nil without ListOptions.WithNames.
	Names *PageNames `json:"names,omitzero"`
}

// sorts lists the orders of each kind of record.
var sorts = map[Kind][]Sort{
	KindWorkspace:   {SortCreated, SortName},
	KindMember:      {SortCreated, SortName},
	KindCampaign:    {SortCreated, SortName, SortStart},
	KindInfluencer:  {SortCreated, SortName, SortChanged},
	KindCooperation: {SortCreated, SortName, SortStart, SortChanged, SortStatus, SortCost, SortInfluencer},
	KindImportRun:   {SortCreated},
}

// Check checks the options of a list of a workspace's records of a kind under a filter, and the filter, as CheckFilter
// does. A page token of another list, also of the same list of another workspace, is an ErrInvalid, so a host can check what
// a client sent before it reads anything. The list of workspaces themselves has the zero id.
func (o ListOptions) Check(ws WorkspaceID, kind Kind, filter any) error {
	_, err := o.keyset(ws, kind, filter)
	return err
}

// keyset is Check, and the start of the page.
func (o ListOptions) keyset(ws WorkspaceID, kind Kind, filter any) (keyset.Keyset, error) {
	p := &problems{record: Ref{Kind: kind}}
	if o.Size < 0 || o.Size > MaxPageSize {
		p.addf("size", strconv.Itoa(o.Size), "must be between 1 and %d", MaxPageSize)
	}
	if !slices.Contains(sorts[kind], o.Sort) {
		p.addf("sort", string(o.Sort), "a list of %s cannot be ordered by this; %s", kind.plural(), knownSorts(kind))
	}
	filter, err := checkFilter(filter)
	if err != nil {
		p.list = append(p.list, err)
	}
	if bad := p.result(); bad != nil {
		return keyset.Keyset{}, bad
	}
	k, ok, err := keyset.Start(cmp.Or(o.Size, DefaultPageSize), o.Desc, o.Token, ws, kind, filter, o.Sort, o.Desc)
	switch {
	case err != nil:
		return keyset.Keyset{}, fmt.Errorf("%w: filter: %w", ErrInvalid, err)
	case !ok || !isPosition(k.After, o.Sort):
		k.After = nil
		p.add("token", o.Token, notOfThisList)
	}
	return k, p.result()
}

// isPosition reports whether a position is one in a list under a sort, or none at all. A token can be forged, and what it
// says goes to a database.
func isPosition(at *keyset.Position, sort Sort) bool {
	if at == nil {
		return true
	}
	_, ok := SortValues(sort, at.Key)
	return ok
}

const notOfThisList = "does not belong to this list; start again from its first page"

func knownSorts(kind Kind) sentence.Sentence {
	known := []string{}
	for _, s := range sorts[kind] {
		if s != SortCreated {
			known = append(known, string(s))
		}
	}
	if len(known) == 0 {
		return sentence.Of("leave it out for the oldest first")
	}
	return sentence.Of("use %s, or leave it out for the oldest first", strings.Join(known, ", "))
}

// walkFrom returns options to read the list of another filter from the start of a page.
func walkFrom[R Record](ws WorkspaceID, k keyset.Keyset, sort Sort, filter any) (ListOptions, error) {
	walk := ListOptions{Size: min(k.Size+1, MaxPageSize), Sort: sort, Desc: k.Desc}
	if k.After == nil {
		return walk, nil
	}
	list, err := walk.keyset(ws, kindOf[R](), filter)
	if err == nil {
		walk.Token, err = list.List.Token(*k.After)
	}
	return walk, err
}

// pageAmong makes a page of records in any order, which may include records before the page.
func pageAmong[R Record](k keyset.Keyset, sort Sort, known []R) (Page[R], error) {
	items, next, err := keyset.CutAmong(k, known, func(r R) keyset.Position {
		return keyset.Position{Key: r.SortKey(sort), ID: r.Ref().ID}
	})
	return Page[R]{Items: items, Next: next}, err
}

// CheckLimit checks the limit of a call that has no pages.
func CheckLimit(limit int) error { return checkSize("limit", limit) }

// CheckPageSize returns the size of the pages of a host's own list, DefaultPageSize for 0, as ListOptions.Size has it.
func CheckPageSize(size int) (int, error) {
	size = cmp.Or(size, DefaultPageSize)
	return size, checkSize("size", size)
}

func checkSize(field string, size int) error {
	if size < 1 || size > MaxPageSize {
		return &Error{Family: ErrInvalid, Field: field, Value: strconv.Itoa(size),
			Problem: sentence.Of("must be between 1 and %d", MaxPageSize)}
	}
	return nil
}

// Each calls fn with every record that a filter selects, in the order of ids, until fn returns an error. It reads page
// by page. A record that fn changes is not repeated.
func Each[R Record, F any](ctx context.Context, records Records[R, F], f F, fn func(R) error) error {
	mustBeGiven(records != nil, "Each", "Records")
	mustBeGiven(fn != nil, "Each", "a callback")
	return eachIn(ctx, records, f, MaxPageSize, fn)
}

// eachIn is Each with pages of a given size, for records that may be large.
func eachIn[R Record, F any](ctx context.Context, records Records[R, F], f F, size int, fn func(R) error) error {
	return EachPage(ctx, records, f, size, func(page []R) error {
		for _, r := range page {
			if err := fn(r); err != nil {
				return err
			}
		}
		return nil
	})
}

// EachPage is Each for callers that read more about a whole page at once. A page has at most size records.
func EachPage[R Record, F any](ctx context.Context, records Records[R, F], f F, size int, fn func([]R) error) error {
	mustBeGiven(records != nil, "EachPage", "Records")
	mustBeGiven(fn != nil, "EachPage", "a callback")
	o := ListOptions{Size: size}
	for {
		page, err := records.List(ctx, f, o)
		if err != nil {
			return err
		}
		if err := fn(page.Items); err != nil {
			return err
		}
		if page.Next == "" {
			return nil
		}
		o.Token = page.Next
	}
}
