package memory

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

// unit is a unit of work. For a View it reads a state that others have too; for an Update the state is a copy of its
// own, which it changes.
type unit struct {
	state  *state
	doomed error // the first write that failed
	ended  atomic.Bool
}

var _ crm.Tx = (*unit)(nil)

func (u *unit) end() { u.ended.Store(true) }

// check comes first in every call.
func (u *unit) check(ctx context.Context) error {
	if u.ended.Load() {
		return crm.ErrUnitOver
	}
	if u.doomed != nil {
		return u.doomed
	}
	return ctx.Err()
}

// Workspace implements crm.Reader.
func (u *unit) Workspace(ctx context.Context) (crm.Workspace, error) {
	if err := u.check(ctx); err != nil {
		return crm.Workspace{}, err
	}
	return crm.Clone(u.state.workspace), nil
}

// Members implements crm.Reader.
func (u *unit) Members() crm.Records[crm.Member, crm.MemberFilter] {
	return records[crm.Member, crm.MemberFilter]{u, func(s *state) *table[crm.Member, crm.MemberFilter] { return s.members }}
}

// Campaigns implements crm.Reader.
func (u *unit) Campaigns() crm.Records[crm.Campaign, crm.CampaignFilter] {
	return records[crm.Campaign, crm.CampaignFilter]{u, func(s *state) *table[crm.Campaign, crm.CampaignFilter] { return s.campaigns }}
}

// Influencers implements crm.Reader.
func (u *unit) Influencers() crm.Records[crm.Influencer, crm.InfluencerFilter] {
	return records[crm.Influencer, crm.InfluencerFilter]{u,
		func(s *state) *table[crm.Influencer, crm.InfluencerFilter] { return s.influencers }}
}

// Cooperations implements crm.Reader.
func (u *unit) Cooperations() crm.Records[crm.Cooperation, crm.CooperationFilter] {
	return records[crm.Cooperation, crm.CooperationFilter]{u,
		func(s *state) *table[crm.Cooperation, crm.CooperationFilter] { return s.cooperations }}
}

// ImportRuns implements crm.Reader.
func (u *unit) ImportRuns() crm.Records[crm.ImportRun, crm.ImportRunFilter] {
	return records[crm.ImportRun, crm.ImportRunFilter]{u, func(s *state) *table[crm.ImportRun, crm.ImportRunFilter] { return s.runs }}
}

// Claims implements crm.Reader.
func (u *unit) Claims(ctx context.Context, f crm.ClaimFilter) ([]crm.Claim, error) {
	if err := u.check(ctx); err != nil {
		return nil, err
	}
	found := []crm.Claim{}
	u.state.claims.Scan(func(c crm.Claim) bool {
		if f.Selects(c) {
			found = append(found, c)
		}
		return true
	})
	return found, nil
}

// Changes implements crm.Reader.
func (u *unit) Changes(ctx context.Context, f crm.ChangeFilter, limit int) ([]crm.Change, error) {
	if err := u.check(ctx); err != nil {
		return nil, err
	}
	if err := f.Check(limit); err != nil {
		return nil, err
	}
	found := []crm.Change{}
	log := u.state.log // the change with a seq stands at seq-1
	if f.Before > 0 && f.Before <= crm.Seq(len(log)) {
		log = log[:f.Before-1]
	}
	log = log[max(0, min(f.After, crm.Seq(len(log)))):]
	for n := 0; n < len(log) && len(found) < limit; n++ {
		c := log[n]
		if f.Newest {
			c = log[len(log)-1-n]
		}
		if equalIfSet(c.Record, f.Record) && equalIfSet(c.Unit, f.Unit) {
			found = append(found, cloneChange(c))
		}
	}
	return found, nil
}

// Head implements crm.Reader.
func (u *unit) Head(ctx context.Context) (crm.Head, error) {
	if err := u.check(ctx); err != nil {
		return crm.Head{}, err
	}
	return u.state.head(), nil
}

// write runs a write; if it fails the unit is doomed.
func (u *unit) write(ctx context.Context, fn func() error) error {
	if err := u.check(ctx); err != nil {
		return err
	}
	u.doomed = fn()
	return u.doomed
}

// Insert implements crm.Tx.
func (u *unit) Insert(ctx context.Context, all ...crm.Record) error {
	return u.write(ctx, func() error {
		for _, r := range all {
			if err := u.state.insert(stored(r)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Update implements crm.Tx.
func (u *unit) Update(ctx context.Context, _, r crm.Record) error {
	return u.write(ctx, func() error {
		if err := u.state.checkRevision(r); err != nil {
			return err
		}
		return u.state.put(backend.AtRevision(stored(r), r.Revision()+1))
	})
}

// Delete implements crm.Tx.
func (u *unit) Delete(ctx context.Context, r crm.Record) error {
	return u.write(ctx, func() error {
		if err := u.state.checkRevision(r); err != nil {
			return err
		}
		return u.state.delete(r)
	})
}

// Append implements crm.Tx.
func (u *unit) Append(ctx context.Context, changes []crm.Change) error {
	return u.write(ctx, func() error {
		u.state.append(changes)
		return nil
	})
}

// Redact implements crm.Tx.
func (u *unit) Redact(ctx context.Context, changes []crm.Change) error {
	return u.write(ctx, func() error { return u.state.redact(changes) })
}

// Picture implements crm.Reader.
func (u *unit) Picture(ctx context.Context, id crm.PictureID) (crm.Picture, error) {
	if err := u.check(ctx); err != nil {
		return crm.Picture{}, err
	}
	p, ok := u.state.pictures.Get(crm.Picture{ID: id})
	if !ok {
		return crm.Picture{}, crm.Picture{ID: id}.Ref().NotFound()
	}
	return clonePicture(p), nil
}

// PictureIDs implements crm.Reader.
func (u *unit) PictureIDs(ctx context.Context, after crm.PictureID, limit int) ([]crm.PictureID, error) {
	if err := u.check(ctx); err != nil {
		return nil, err
	}
	if err := crm.CheckLimit(limit); err != nil {
		return nil, err
	}
	ids := []crm.PictureID{}
	u.state.pictures.Ascend(crm.Picture{ID: after}, func(p crm.Picture) bool {
		if p.ID != after {
			ids = append(ids, p.ID)
		}
		return len(ids) < limit
	})
	return ids, nil
}

// AddPicture implements crm.Tx.
func (u *unit) AddPicture(ctx context.Context, p crm.Picture) error {
	return u.write(ctx, func() error {
		if _, taken := u.state.pictures.Get(p); taken {
			return backend.Taken(p.Ref(), "id", p.ID.String())
		}
		u.state.pictures.Set(clonePicture(p))
		return nil
	})
}

// DeletePictures implements crm.Tx. It looks at every picture, which is cheap enough for an erasure.
func (u *unit) DeletePictures(ctx context.Context, id crm.InfluencerID) error {
	return u.write(ctx, func() error {
		for _, p := range u.state.pictures.Items() {
			if p.Influencer == id {
				u.state.pictures.Delete(p)
			}
		}
		return nil
	})
}

func unknown(r crm.Record) error {
	return fmt.Errorf("%w: a store does not keep %T", crm.ErrInvalid, r)
}
