package crm

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// pastRecords are the records of one kind as they stood at a seq: today's, but for those that have
// changed since.
type pastRecords[R Record, F any] struct {
	today   Records[R, F]
	matches func(F, R) bool
	changed map[uuid.UUID]bool
	now     map[uuid.UUID]R // the changed ones that are there today, as they are
	then    map[uuid.UUID]R // the changed ones that were there, as they were
}

func newPastRecords[R Record, F any](today Records[R, F], matches func(F, R) bool) pastRecords[R, F] {
	return pastRecords[R, F]{today, matches, map[uuid.UUID]bool{}, map[uuid.UUID]R{}, map[uuid.UUID]R{}}
}

func (p pastRecords[R, F]) lay(ref Ref, now, then Record) {
	p.changed[ref.ID] = true
	if r, ok := now.(R); ok {
		p.now[ref.ID] = r
	}
	if r, ok := then.(R); ok {
		p.then[ref.ID] = r
	}
}

// Get implements Records.
func (p pastRecords[R, F]) Get(ctx context.Context, id ID[R]) (R, error) {
	if !p.changed[id.UUID()] {
		return p.today.Get(ctx, id)
	}
	r, ok := p.then[id.UUID()]
	if !ok {
		return r, NotFound(RefTo(id))
	}
	return Clone(r), ctx.Err()
}

// GetAll implements Records.
func (p pastRecords[R, F]) GetAll(ctx context.Context, ids []ID[R]) ([]R, error) {
	found, err := p.today.GetAll(ctx, ids)
	if err != nil {
		return nil, err
	}
	unchanged := map[uuid.UUID]R{}
	for _, r := range found {
		unchanged[r.Ref().ID] = r
	}
	all, seen := []R{}, map[ID[R]]bool{}
	for _, id := range ids {
		r, ok := p.then[id.UUID()]
		if !p.changed[id.UUID()] {
			r, ok = unchanged[id.UUID()]
		}
		if ok && !seen[id] {
			all = append(all, Clone(r))
		}
		seen[id] = true
	}
	return all, nil
}

// List implements Records. A page of today's list without what has changed since is merged with
// what was there then; a position in one list is as good in the other.
func (p pastRecords[R, F]) List(ctx context.Context, f F, o ListOptions) (Page[R], error) {
	k, err := NewKeyset[R](f, o)
	if err != nil {
		return Page[R]{}, err
	}
	checked, err := CheckFilter(f)
	if err != nil {
		return Page[R]{}, err
	}
	found := []R{}
	for _, r := range p.then {
		if p.matches(checked, r) && (k.After == nil || compareIn(k.Desc, positionOf(r, k.Sort), *k.After) > 0) {
			found = append(found, Clone(r))
		}
	}
	for unchanged := 0; unchanged <= k.Size; {
		page, err := p.today.List(ctx, f, o)
		if err != nil {
			return Page[R]{}, err
		}
		for _, r := range page.Items {
			if !p.changed[r.Ref().ID] {
				unchanged++
				found = append(found, r)
			}
		}
		if page.Next == "" {
			break
		}
		o.Token = page.Next
	}
	slices.SortFunc(found, func(a, b R) int { return compareIn(k.Desc, positionOf(a, k.Sort), positionOf(b, k.Sort)) })
	return PageOf(k, found[:min(len(found), k.Size+1)])
}

// Count implements Records.
func (p pastRecords[R, F]) Count(ctx context.Context, f F) (int, error) {
	n, err := p.today.Count(ctx, f)
	if err != nil {
		return 0, err
	}
	checked, err := CheckFilter(f)
	if err != nil {
		return 0, err
	}
	for _, r := range p.now {
		if p.matches(checked, r) {
			n--
		}
	}
	for _, r := range p.then {
		if p.matches(checked, r) {
			n++
		}
	}
	return n, nil
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
