package crm

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
)

// past is a workspace as it stood at a seq: a Reader that lays what has changed since over one of
// today.
type past struct {
	Reader
	head         Head
	workspace    *Workspace // nil: not there yet
	members      asOfRecords[Member, MemberFilter]
	campaigns    asOfRecords[Campaign, CampaignFilter]
	influencers  asOfRecords[Influencer, InfluencerFilter]
	cooperations asOfRecords[Cooperation, CooperationFilter]
}

var _ Reader = (*past)(nil)

// since is what the log tells of a record after a seq.
type since struct {
	created bool // after the seq, so the record was not there
	deleted bool // before is all there is to know; what follows is about another life of the id
	changes int64
	before  map[string]json.RawMessage // the fields that changed since, as they were
}

func (s *since) add(c Change) {
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

// readAsOf reads the log from a seq to its end and rebuilds what it is about.
func readAsOf(ctx context.Context, r Reader, at Seq) (*past, error) {
	end, err := r.Head(ctx)
	if err != nil {
		return nil, err
	}
	if at < 0 || at > end.Seq {
		p := &problems{}
		p.addf("seq", strconv.Itoa(int(at)), "is not in the log, which goes from 1 to %d; 0 is before its beginning", end.Seq)
		return nil, p.result()
	}
	ws, err := r.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	p := &past{
		Reader: r, head: Head{Workspace: end.Workspace, Seq: at}, workspace: &ws,
		members:     newAsOfRecords(r.Members(), MemberFilter.Matches),
		campaigns:   newAsOfRecords(r.Campaigns(), CampaignFilter.Matches),
		influencers: newAsOfRecords(r.Influencers(), InfluencerFilter.Matches),
	}
	p.cooperations = newAsOfCooperations(r.Cooperations(), p.influencers)
	if at > 0 {
		last, err := r.Changes(ctx, ChangeFilter{After: at - 1}, 1)
		if err != nil {
			return nil, err
		}
		for _, c := range last {
			p.head.At = c.At
		}
	}
	changed := map[Ref]*since{}
	err = eachChange(ctx, r, ChangeFilter{After: at}, func(c Change) error {
		if changed[c.Record] == nil {
			changed[c.Record] = &since{before: map[string]json.RawMessage{}}
		}
		changed[c.Record].add(c)
		return nil
	})
	for ref, s := range changed {
		if err == nil {
			err = p.lay(ctx, ref, s)
		}
	}
	return p, err
}

// lay rebuilds one record and lays it over today's.
func (p *past) lay(ctx context.Context, ref Ref, s *since) error {
	now, err := find(ctx, p.Reader, ref)
	if err != nil {
		return err
	}
	var then Record
	switch {
	case s.created:
	case s.deleted:
		fields := map[string]json.RawMessage{}
		overlay(fields, s.before)
		version, err := p.versionOf(ctx, ref)
		if err == nil {
			then, err = rebuild(ref, fields, version)
		}
		if err != nil {
			return err
		}
	case now != nil:
		if then, err = patch(now.AtRevision(now.Revision()-s.changes), s.before); err != nil {
			return err
		}
	}
	switch ref.Kind {
	case KindWorkspace:
		p.workspace = nil
		if ws, ok := then.(Workspace); ok {
			p.workspace = &ws
		}
	case KindMember:
		p.members.lay(ref, now, then)
	case KindCampaign:
		p.campaigns.lay(ref, now, then)
	case KindInfluencer:
		p.influencers.lay(ref, now, then)
	case KindCooperation:
		p.cooperations.lay(ref, now, then)
	}
	return nil
}

// versionOf counts the version of a record that is gone.
func (p *past) versionOf(ctx context.Context, ref Ref) (version int64, err error) {
	err = eachChange(ctx, p, ChangeFilter{Record: ref}, func(c Change) error {
		if version++; c.Kind == Created {
			version = 1
		}
		return nil
	})
	return version, err
}

// Workspace implements Reader.
func (p *past) Workspace(ctx context.Context) (Workspace, error) {
	if err := ctx.Err(); err != nil {
		return Workspace{}, err
	}
	if p.workspace == nil {
		return Workspace{}, RefTo(p.head.Workspace).NotFound()
	}
	return Clone(*p.workspace), nil
}

// Members implements Reader.
func (p *past) Members() Records[Member, MemberFilter] { return p.members }

// Campaigns implements Reader.
func (p *past) Campaigns() Records[Campaign, CampaignFilter] { return p.campaigns }

// Influencers implements Reader.
func (p *past) Influencers() Records[Influencer, InfluencerFilter] { return p.influencers }

// Cooperations implements Reader.
func (p *past) Cooperations() Records[Cooperation, CooperationFilter] { return p.cooperations }

// Claims implements Reader.
func (p *past) Claims(ctx context.Context, f ClaimFilter) ([]Claim, error) {
	claims, err := p.Reader.Claims(ctx, f)
	if err != nil {
		return nil, err
	}
	claims = slices.DeleteFunc(claims, func(c Claim) bool { return p.cooperations.changed[c.Cooperation.UUID()] })
	for _, then := range p.cooperations.then {
		for _, c := range ClaimsOf(then) {
			if wants(f.Key, c.Key) && (len(f.Kinds) == 0 || slices.Contains(f.Kinds, c.Kind)) {
				claims = append(claims, c)
			}
		}
	}
	slices.SortFunc(claims, func(a, b Claim) int {
		return cmp.Or(a.From.Compare(b.From), a.Cooperation.Compare(b.Cooperation), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
	})
	return claims, nil
}

// Changes implements Reader.
func (p *past) Changes(ctx context.Context, f ChangeFilter, limit int) ([]Change, error) {
	changes, err := p.Reader.Changes(ctx, f, limit)
	later := slices.IndexFunc(changes, func(c Change) bool { return c.Seq > p.head.Seq })
	if later >= 0 {
		changes = changes[:later:later]
	}
	return changes, err
}

// Head implements Reader.
func (p *past) Head(ctx context.Context) (Head, error) { return p.head, ctx.Err() }
