package crm

import (
	"context"
	"encoding/json"
)

// prepare checks that an effect can be taken back as things stand, and returns the function that
// does it. What a rule has against it is an error for which isRefusal holds.
func (u *undo) prepare(ctx context.Context, e *effect) (write func(context.Context) error, err error) {
	now, then, err := u.target(ctx, e)
	if err != nil {
		return nil, err
	}
	if then, err = u.fits(ctx, now, then); err != nil {
		return nil, err
	}
	if c, ok := then.(Cooperation); ok && e.follows {
		p, err := u.parties(ctx, c)
		if err != nil {
			return nil, err
		}
		if !isAutoName(c, autoName(p)) {
			return nil, unfit(c, "what its name is made of has not gone back")
		}
	}
	return func(ctx context.Context) error { return u.put(ctx, now, then) }, nil
}

// target returns the present state of a record and the one to go back to; nil is no record.
func (u *undo) target(ctx context.Context, e *effect) (now, then Record, err error) {
	if now, err = find(ctx, u, e.record); err != nil || !e.existed {
		return now, nil, err
	}
	if now == nil {
		fields := map[string]json.RawMessage{}
		overlay(fields, e.before)
		then, err = rebuild(e.record, fields, 1)
	} else {
		then, err = patch(now, e.before)
	}
	return now, then, err
}

// put writes a record's former state. now is nil if the record is gone, then if it was not there.
func (u *undo) put(ctx context.Context, now, then Record) error {
	switch {
	case then == nil:
		return u.remove(ctx, now)
	case now == nil:
		if err := u.tx.Insert(ctx, then); err != nil {
			return err
		}
		u.done.Recreated = append(u.done.Recreated, then.Ref())
		if err := u.log.add(ctx, u.tx, Created, nil, then, u.reason); err != nil {
			return err
		}
	default:
		after, err := replace(ctx, u.Work, now, then, u.reason)
		if err != nil {
			return err
		}
		if after.Revision() != now.Revision() {
			u.done.Restored = append(u.done.Restored, now.Ref())
		}
		then = after
	}
	switch then := then.(type) {
	case Workspace:
		u.workspace = then
	case Campaign:
		if before, ok := now.(Campaign); ok && before.Name != then.Name {
			u.renamed = append(u.renamed, CooperationFilter{Campaign: then.ID, Archive: ActiveOrNot})
		}
	case Influencer:
		if before, ok := now.(Influencer); ok && (before.Name != then.Name || platformsDiffer(before, then)) {
			u.renamed = append(u.renamed, CooperationFilter{Influencer: then.ID, Archive: ActiveOrNot})
		}
	case Cooperation:
		u.settled[then.ID] = true
		u.noteClaims(then)
	}
	return nil
}

// remove takes away a record that the unit created.
func (u *undo) remove(ctx context.Context, now Record) error {
	if err := u.tx.Delete(ctx, now); err != nil {
		return err
	}
	if c, ok := now.(Cooperation); ok {
		u.setClaims(c.ID, nil)
	}
	u.done.Deleted = append(u.done.Deleted, now.Ref())
	return u.log.add(ctx, u.tx, Deleted, now, nil, u.reason)
}

// isFree checks that nothing refers to a record that the unit created.
func (u *undo) isFree(ctx context.Context, now Record) error {
	switch r := now.(type) {
	case Workspace:
		return unfit(r, "a workspace is not deleted by an undo; see Admin.DeleteWorkspace")
	case Member:
		return u.memberIsFree(ctx, r)
	case Campaign:
		return u.noCooperations(ctx, r.Ref(), CooperationFilter{Campaign: r.ID})
	case Influencer:
		return u.noCooperations(ctx, r.Ref(), CooperationFilter{Influencer: r.ID})
	}
	return nil
}

// fits checks a record's former state against everything that may have happened since, and returns
// it in the form in which it is stored. now is nil if the record is gone, then if it was not there.
func (u *undo) fits(ctx context.Context, now, then Record) (Record, error) {
	switch then := then.(type) {
	case nil:
		return nil, u.isFree(ctx, now)
	case Workspace:
		if then.Currency != u.workspace.Currency {
			if err := u.currencyIsFree(ctx, then); err != nil {
				return nil, err
			}
		}
		err := then.normalize()
		return then, err
	case Member:
		err := then.normalize()
		return then, err
	case Campaign:
		err := then.normalize(u.workspace.Currency)
		if err == nil {
			err = u.campaignNameIsFree(ctx, then)
		}
		return then, err
	case Influencer:
		before, _ := now.(Influencer)
		err := then.normalize(u.workspace.Currency)
		if err == nil {
			err = u.influencerFits(ctx, before, then)
		}
		return then, err
	case Cooperation:
		before, _ := now.(Cooperation)
		err := then.normalize(u.workspace.Currency)
		if err == nil {
			err = u.cooperationFits(ctx, before, then)
		}
		return then, err
	}
	return nil, unfit(then, "this kind of record cannot be restored")
}

func (u *undo) influencerFits(ctx context.Context, before, then Influencer) error {
	if err := u.responsibleFits(ctx, then.Ref(), before.Responsible, then.Responsible); err != nil {
		return err
	}
	for n, p := range then.Profiles {
		old, had := before.Profile(p.ID)
		if !had {
			if err := u.profileIsFree(ctx, then, n); err != nil {
				return err
			}
		}
		if p.Handle == "" || old.Platform == p.Platform && old.Handle == p.Handle {
			continue
		}
		if err := u.handleIsFree(ctx, then, n); err != nil {
			return err
		}
	}
	return u.removedProfilesAreFree(ctx, before, then)
}

func (u *undo) cooperationFits(ctx context.Context, before, then Cooperation) error {
	p, err := u.parties(ctx, then)
	if err != nil {
		return err
	}
	if refused := takesNew(before, then, p); refused != nil {
		for _, party := range []Record{p.campaign, p.influencer} {
			if archivedOn(party).IsZero() {
				continue
			}
			if archived, err := u.archivedSince(ctx, party.Ref(), u.before); err != nil {
				return err
			} else if archived {
				return refused
			}
		}
	}
	if err := u.responsibleFits(ctx, then.Ref(), before.Responsible, then.Responsible); err != nil {
		return err
	}
	return u.codesAreFree(ctx, before, then)
}

// responsibleFits is checkResponsible for one who was responsible before.
func (u *undo) responsibleFits(ctx context.Context, record Ref, before, then MemberID) error {
	if then.IsZero() || then == before {
		return nil
	}
	if _, err := named(ctx, u.Members(), record, "responsible", then); err != nil {
		return err
	}
	if archived, err := u.archivedSince(ctx, RefTo(then), u.before); err != nil || !archived {
		return err
	}
	return u.checkResponsible(ctx, record, before, then)
}
