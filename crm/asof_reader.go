package crm

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// asOfReader is a Reader of a workspace as it stood at a seq. It answers from today's records, except for those that
// have changed since, which it has rebuilt.
type asOfReader struct {
	Reader
	head         Head
	workspace    *Workspace // nil if it did not exist yet
	members      asOfRecords[Member, MemberFilter]
	campaigns    asOfRecords[Campaign, CampaignFilter]
	influencers  asOfRecords[Influencer, InfluencerFilter]
	cooperations asOfRecords[Cooperation, CooperationFilter]
}

var _ Reader = (*asOfReader)(nil)

// laterChanges sums up the changes of a record after a seq.
type laterChanges struct {
	created bool // after the seq, so the record was not there
	deleted bool // before has every field; later changes are of another record with the same id
	changes int64
	before  map[string]json.RawMessage // the fields that changed since, as they were
}

func (s *laterChanges) add(c Change) {
	if s.changes++; s.changes == 1 {
		s.created = c.Kind == Created
	}
	if s.created || s.deleted {
		return
	}
	for _, f := range c.Fields {
		if _, known := s.before[f.Field]; !known {
			s.before[f.Field] = f.Before
		}
	}
	s.deleted = c.Kind == Deleted
}

// readAsOf reads the log from a seq to its end and rebuilds the records that it names.
func readAsOf(ctx context.Context, r Reader, at Seq) (*asOfReader, error) {
	end, err := r.Head(ctx)
	if err != nil {
		return nil, err
	}
	if at < 0 || at > end.Seq {
		bad := &problems{}
		bad.addf("seq", strconv.Itoa(int(at)), "is not in the log, which goes from 1 to %d; 0 is before its beginning", end.Seq)
		return nil, bad.result()
	}
	ws, err := r.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	a := &asOfReader{
		Reader: r, head: Head{Workspace: end.Workspace, Seq: at}, workspace: &ws,
		members:     newAsOfRecords(ws.ID, r.Members(), MemberFilter.Matches),
		campaigns:   newAsOfRecords(ws.ID, r.Campaigns(), CampaignFilter.Matches),
		influencers: newAsOfRecords(ws.ID, r.Influencers(), InfluencerFilter.Matches),
	}
	a.cooperations = newAsOfCooperations(ws.ID, r.Cooperations(), a.influencers)
	a.members.reader, a.campaigns.reader, a.influencers.reader, a.cooperations.reader = a, a, a, a
	if at > 0 {
		last, err := r.Changes(ctx, ChangeFilter{After: at - 1}, 1)
		if err != nil {
			return nil, err
		}
		for _, c := range last {
			a.head.At, a.head.Unit = c.At, c.Unit
		}
	}
	changed := map[Ref]*laterChanges{}
	err = eachChange(ctx, r, ChangeFilter{After: at}, func(c Change) error {
		if changed[c.Record] == nil {
			changed[c.Record] = &laterChanges{before: map[string]json.RawMessage{}}
		}
		changed[c.Record].add(c)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for batch := range slices.Chunk(slices.Collect(maps.Keys(changed)), MaxNeed) {
		now, err := findAll(ctx, r, batch)
		if err != nil {
			return nil, err
		}
		for _, ref := range batch {
			if err := a.rewind(ctx, ref, now[ref], changed[ref]); err != nil {
				return nil, err
			}
		}
	}
	return a, nil
}

// rewind rebuilds one record as it stood and puts it in the place of today's.
func (a *asOfReader) rewind(ctx context.Context, ref Ref, now Record, s *laterChanges) (err error) {
	var then Record
	switch {
	case s.created:
	case s.deleted:
		fields := map[string]json.RawMessage{}
		overlay(fields, s.before)
		version, written, err := a.versionOf(ctx, ref)
		if err == nil {
			then, err = rebuild(ref, fields, version)
		}
		if err != nil {
			return err
		}
		then = then.AtTimes(written)
	case now != nil:
		if then, err = patch(now.AtRevision(now.Revision()-s.changes), s.before); err != nil {
			return err
		}
	}
	switch ref.Kind {
	case KindWorkspace:
		a.workspace = nil
		if ws, ok := then.(Workspace); ok {
			last, err := a.Changes(ctx, ChangeFilter{Record: ref, Newest: true}, 1)
			if err != nil {
				return err
			}
			ws.Times = lastChanged(ws.Times, last)
			a.workspace = &ws
		}
	case KindMember:
		a.members.set(ref, now, then, s.deleted)
	case KindCampaign:
		a.campaigns.set(ref, now, then, s.deleted)
	case KindInfluencer:
		a.influencers.set(ref, now, then, s.deleted)
	case KindCooperation:
		a.cooperations.set(ref, now, then, s.deleted)
	}
	return nil
}

// versionOf finds the version of a deleted record, which it counts from its creation, and its times.
func (a *asOfReader) versionOf(ctx context.Context, ref Ref) (version int64, written Times, err error) {
	err = eachChange(ctx, a, ChangeFilter{Record: ref}, func(c Change) error {
		if version++; c.Kind == Created {
			version, written.CreatedAt = c.Version(), c.At
		}
		written.ChangedAt = c.At
		return nil
	})
	return version, written, err
}

// lastChanged are the times of a record with that of its last change, if there is one.
func lastChanged(written Times, last []Change) Times {
	for _, c := range last {
		written.ChangedAt = c.At
	}
	return written
}

// Workspace implements Reader.
func (a *asOfReader) Workspace(ctx context.Context) (Workspace, error) {
	if err := ctx.Err(); err != nil {
		return Workspace{}, err
	}
	if a.workspace == nil {
		return Workspace{}, RefTo(a.head.Workspace).NotFound()
	}
	return Clone(*a.workspace), nil
}

// Members implements Reader.
func (a *asOfReader) Members() Records[Member, MemberFilter] { return a.members }

// Campaigns implements Reader.
func (a *asOfReader) Campaigns() Records[Campaign, CampaignFilter] { return a.campaigns }

// Influencers implements Reader.
func (a *asOfReader) Influencers() Records[Influencer, InfluencerFilter] { return a.influencers }

// Cooperations implements Reader.
func (a *asOfReader) Cooperations() Records[Cooperation, CooperationFilter] { return a.cooperations }

// Claims implements Reader.
func (a *asOfReader) Claims(ctx context.Context, f ClaimFilter) ([]Claim, error) {
	claims, err := a.Reader.Claims(ctx, f)
	if err != nil {
		return nil, err
	}
	claims = slices.DeleteFunc(claims, func(c Claim) bool { return a.cooperations.changed[c.Cooperation.UUID()] })
	for _, then := range a.cooperations.then {
		for _, c := range ClaimsOf(then) {
			if wants(f.Key, c.Key) && (len(f.Kinds) == 0 || slices.Contains(f.Kinds, c.Kind)) {
				claims = append(claims, c)
			}
		}
	}
	slices.SortFunc(claims, func(x, y Claim) int {
		return cmp.Or(x.From.Compare(y.From), x.Cooperation.Compare(y.Cooperation), cmp.Compare(x.Kind, y.Kind),
			cmp.Compare(x.Key, y.Key))
	})
	return claims, nil
}

// Changes implements Reader.
func (a *asOfReader) Changes(ctx context.Context, f ChangeFilter, limit int) ([]Change, error) {
	if err := f.Check(limit); err != nil {
		return nil, err
	}
	if f.Before == 0 || f.Before > a.head.Seq {
		f.Before = a.head.Seq + 1
	}
	return a.Reader.Changes(ctx, f, limit)
}

// Head implements Reader.
func (a *asOfReader) Head(ctx context.Context) (Head, error) { return a.head, ctx.Err() }

// Load implements Reader.
func (a *asOfReader) Load(ctx context.Context, n Need) (Loaded, error) { return loadFrom(ctx, a, n) }

// Sums implements Reader. It reads all cooperations that the filter selects.
func (a *asOfReader) Sums(ctx context.Context, f CooperationFilter) ([]Sum, error) {
	return SumsOf(func(add func(Cooperation) error) error { return Each(ctx, a.cooperations.withoutTimes(), f, add) })
}
