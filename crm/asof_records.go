package crm

import (
	"context"

	"github.com/getklar/influencercrm/crm/internal/keyset"
	"github.com/google/uuid"
)

// asOfRecords are the records of one kind as they stood at a seq: today's, except for those that have changed since.
type asOfRecords[R Record, F any] struct {
	reader  Reader // as of the seq
	ws      WorkspaceID
	today   Records[R, F]
	changed map[uuid.UUID]bool
	now     map[uuid.UUID]R // the changed records that exist today
	then    map[uuid.UUID]R // the changed records that existed at the seq, as they were
	// undated are those of then with the ChangedAt of today; see date. Nil: nobody asks for their times.
	undated map[uuid.UUID]bool

	// recordOnly returns the part of a checked filter that depends on the record alone, and whether that is all of it.
	// The rest may select another record today although the record has not changed.
	recordOnly func(F) (part F, all bool)
	// matches returns the predicate of a checked filter, as of the seq.
	matches func(context.Context, F) (func(R) bool, error)
}

func newAsOfRecords[R Record, F any](ws WorkspaceID, today Records[R, F], matches func(F, R) bool) asOfRecords[R, F] {
	return asOfRecords[R, F]{
		ws: ws, today: today, changed: map[uuid.UUID]bool{}, now: map[uuid.UUID]R{}, then: map[uuid.UUID]R{}, undated: map[uuid.UUID]bool{},
		recordOnly: func(f F) (F, bool) { return f, true },
		matches: func(_ context.Context, f F) (func(R) bool, error) {
			return func(r R) bool { return matches(f, r) }, nil
		},
	}
}

// newAsOfCooperations is newAsOfRecords for cooperations, whose filters also depend on the influencer.
func newAsOfCooperations(ws WorkspaceID, today Records[Cooperation, CooperationFilter],
	influencers asOfRecords[Influencer, InfluencerFilter]) asOfRecords[Cooperation, CooperationFilter] {
	p := newAsOfRecords(ws, today, CooperationFilter.matches)
	p.recordOnly = CooperationFilter.RecordOnly
	p.matches = func(ctx context.Context, f CooperationFilter) (func(Cooperation) bool, error) {
		return f.predicate(ctx, influencers.withoutTimes())
	}
	return p
}

func (p asOfRecords[R, F]) set(ref Ref, now, then Record, dated bool) {
	p.changed[ref.ID] = true
	if r, ok := now.(R); ok {
		p.now[ref.ID] = r
	}
	if r, ok := then.(R); ok {
		p.then[ref.ID] = r
		if !dated {
			p.undated[ref.ID] = true
		}
	}
}

// withoutTimes are the same records for a caller who looks at no times, which spares it a look into the log for each of
// those that have changed since.
func (p asOfRecords[R, F]) withoutTimes() asOfRecords[R, F] {
	p.undated = nil
	return p
}

// date gives those of some records that have changed since the ChangedAt that they had. It is that of their last change
// up to the seq.
func (p asOfRecords[R, F]) date(ctx context.Context, records []R) error {
	for n, r := range records {
		ref := r.Ref()
		if !p.undated[ref.ID] {
			continue
		}
		last, err := p.reader.Changes(ctx, ChangeFilter{Record: ref, Newest: true}, 1)
		if err != nil {
			return err
		}
		records[n] = r.AtTimes(lastChanged(r.Written(), last)).(R)
		p.then[ref.ID] = Clone(records[n])
		delete(p.undated, ref.ID)
	}
	return nil
}

// Get implements Records.
func (p asOfRecords[R, F]) Get(ctx context.Context, id ID[R]) (R, error) {
	if !p.changed[id.UUID()] {
		return p.today.Get(ctx, id)
	}
	r, ok := p.then[id.UUID()]
	if !ok {
		return r, RefTo(id).NotFound()
	}
	one := []R{Clone(r)}
	if err := p.date(ctx, one); err != nil {
		return r, err
	}
	return one[0], ctx.Err()
}

// GetAll implements Records.
func (p asOfRecords[R, F]) GetAll(ctx context.Context, ids []ID[R]) ([]R, error) {
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
	return all, p.date(ctx, all)
}

// List implements Records. It merges a page of the unchanged records with the changed ones as they were. Both lists
// have the same order, so a position in one is valid in the other.
func (p asOfRecords[R, F]) List(ctx context.Context, f F, o ListOptions) (Page[R], error) {
	k, err := o.keyset(p.ws, kindOf[R](), f)
	if err != nil {
		return Page[R]{}, err
	}
	checked, err := CheckFilter(f)
	if err != nil {
		return Page[R]{}, err
	}
	matches, err := p.matches(ctx, checked)
	if err != nil {
		return Page[R]{}, err
	}
	found := []R{}
	for _, r := range p.then {
		if matches(r) {
			found = append(found, Clone(r))
		}
	}
	unchanged := 0
	part, _ := p.recordOnly(checked)
	err = p.unchanged(ctx, part, k, o.Sort, func(r R) bool {
		if matches(r) {
			unchanged++
			found = append(found, r)
		}
		return unchanged <= k.Size
	})
	if err != nil {
		return Page[R]{}, err
	}
	if o.Sort == SortChanged {
		if err := p.date(ctx, found); err != nil {
			return Page[R]{}, err
		}
	}
	page, err := pageAmong(k, o.Sort, found)
	if err == nil {
		err = p.date(ctx, page.Items)
	}
	if err == nil && o.WithNames {
		page.Names, err = NamesOf(ctx, p.reader, page.Items)
	}
	return page, err
}

// unchanged calls fn with the unchanged records of today's list from a position on, until fn returns false.
func (p asOfRecords[R, F]) unchanged(ctx context.Context, f F, from keyset.Keyset, sort Sort, fn func(R) bool) error {
	walk, err := walkFrom[R](p.ws, from, sort, f)
	for err == nil {
		var page Page[R]
		if page, err = p.today.List(ctx, f, walk); err != nil {
			break
		}
		for _, r := range page.Items {
			if !p.changed[r.Ref().ID] && !fn(r) {
				return nil
			}
		}
		if walk.Token = page.Next; walk.Token == "" {
			return nil
		}
	}
	return err
}

// Count implements Records.
func (p asOfRecords[R, F]) Count(ctx context.Context, f F) (int, error) {
	checked, err := CheckFilter(f)
	if err != nil {
		return 0, err
	}
	matches, err := p.matches(ctx, checked)
	if err != nil {
		return 0, err
	}
	n := 0
	if part, all := p.recordOnly(checked); all {
		if n, err = p.today.Count(ctx, f); err != nil {
			return 0, err
		}
		for _, r := range p.now {
			if matches(r) {
				n--
			}
		}
	} else {
		err = p.unchanged(ctx, part, keyset.Keyset{Size: MaxPageSize}, SortCreated, func(r R) bool {
			if matches(r) {
				n++
			}
			return true
		})
	}
	for _, r := range p.then {
		if matches(r) {
			n++
		}
	}
	return n, err
}
