package crm

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
)

// prepare checks that a change can be undone at present, and returns the function that does it. A refusal by a rule is
// an error for which isRefusal holds.
func (u *undo) prepare(ctx context.Context, net *netChange) (write func(context.Context) error, err error) {
	now, then, err := u.target(ctx, net)
	if err != nil {
		return nil, err
	}
	if then, err = u.check(ctx, now, then); err != nil {
		return nil, err
	}
	if c, ok := then.(Cooperation); ok && net.follows {
		p, err := u.references(ctx, c)
		if err != nil {
			return nil, err
		}
		if !isAutoName(c, autoName(p)) {
			return nil, invalidRecord(c, "what its name is made of has not gone back")
		}
	}
	return func(ctx context.Context) error { return u.put(ctx, net, now, then) }, nil
}

// target returns the present and the former state of a record; nil is no record.
func (u *undo) target(ctx context.Context, net *netChange) (now, then Record, err error) {
	if now, err = find(ctx, u, net.record); err != nil || !net.existed {
		return now, nil, err
	}
	if now == nil {
		fields := map[string]json.RawMessage{}
		overlay(fields, net.before)
		var last int64
		if last, err = u.lastVersion(ctx, net); err != nil {
			return nil, nil, err
		}
		then, err = rebuild(net.record, fields, last+1)
	} else {
		then, err = patchByMonth(now, net.before)
	}
	return now, then, err
}

// put writes a record's former state. now is nil if the record does not exist, then if it did not exist before.
func (u *undo) put(ctx context.Context, net *netChange, now, then Record) error {
	switch {
	case then == nil:
		return u.remove(ctx, net, now)
	case now == nil:
		then = u.log.newAt(then)
		if err := u.tx.Insert(ctx, then); err != nil {
			return err
		}
		u.done.Recreated = append(u.done.Recreated, then.Ref())
		unmerged := FieldChange{Field: mergedIntoField, Before: net.mergedInto.After}
		if err := u.log.add(ctx, u.tx, Created, nil, then, u.reason, unmerged); err != nil {
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
		if before, ok := now.(Campaign); ok && (before.Name != then.Name || before.ArchivedOn != then.ArchivedOn) {
			u.changed = append(u.changed, CooperationFilter{Campaigns: []CampaignID{then.ID}, Archive: ActiveOrNot})
		}
	case Influencer:
		if before, ok := now.(Influencer); ok && (concernsCooperations(before, then) || before.ArchivedOn != then.ArchivedOn) {
			u.changed = append(u.changed, CooperationFilter{Influencers: []InfluencerID{then.ID}, Archive: ActiveOrNot})
		}
	case Cooperation:
		u.restored[then.ID] = true
		u.noteClaims(then)
	}
	return nil
}

// remove deletes a record that the unit created. An influencer whom the unit had taken out of another one is a part of that
// again.
func (u *undo) remove(ctx context.Context, net *netChange, now Record) error {
	if err := u.tx.Delete(ctx, now); err != nil {
		return err
	}
	if c, ok := now.(Cooperation); ok {
		u.setClaims(c.ID, nil)
	}
	u.done.Deleted = append(u.done.Deleted, now.Ref())
	merged := FieldChange{Field: mergedIntoField, After: net.mergedInto.Before}
	return u.log.add(ctx, u.tx, Deleted, now, nil, u.reason, merged)
}

// followAll makes cooperations follow what their campaigns and influencers are after the undo and later changes: it
// mends automatic names that are wrong, fills pending fields, and ends claims or lets them go on.
func (u *undo) followAll(ctx context.Context) error {
	for _, f := range u.changed {
		err := Each(ctx, u.Cooperations(), f, func(c Cooperation) error {
			if u.restored[c.ID] {
				return nil
			}
			return u.follow(ctx, c)
		})
		if err != nil {
			return err
		}
	}
	for batch := range slices.Chunk(slices.Concat(u.done.Restored, u.done.Recreated), bulkBatch) {
		back, err := u.Cooperations().GetAll(ctx, idsIn[Cooperation](batch))
		if err == nil {
			err = u.cache.prepare(ctx, namesNeed(back))
		}
		if err != nil {
			return err
		}
		for _, c := range back {
			if err := u.follow(ctx, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// idsIn picks the ids of one kind of record.
func idsIn[R Record](refs []Ref) []ID[R] {
	var ids []ID[R]
	for _, ref := range refs {
		if id := ID[R](ref.ID); ref == RefTo(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// follow makes a cooperation follow its campaign and influencer as they are after the undo.
func (u *undo) follow(ctx context.Context, c Cooperation) error {
	return u.followOne(ctx, c, u.mendAutoName, u.reason)
}

// mendAutoName names a cooperation whose automatic name is wrong or is that of another one. A right one stays.
func (u *undo) mendAutoName(ctx context.Context, c *Cooperation, p references) error {
	if c.NameMode == NameAuto && isAutoName(*c, autoName(p)) {
		twin, err := u.hasSameAutoName(ctx, *c, p)
		if err != nil || !twin {
			return err
		}
	}
	return u.setAutoName(ctx, c, p)
}

// isAutoName reports whether a cooperation's name is one that is made of base.
func isAutoName(c Cooperation, base string) bool {
	rest, ok := strings.CutPrefix(c.Name, base)
	if !c.Period.Start.IsZero() {
		rest = strings.TrimPrefix(rest, " - "+c.Period.Start.String())
	}
	return ok && (rest == "" || strings.HasPrefix(rest, " (") && strings.HasSuffix(rest, ")"))
}

// hasSameAutoName reports whether another auto-named cooperation of the campaign has the name. Names given by people
// may repeat.
func (u *undo) hasSameAutoName(ctx context.Context, c Cooperation, p references) (bool, error) {
	if u.knowsNames(c, p) && !u.cache.names.has(c, c.Name) {
		return false, nil
	}
	same, err := u.Cooperations().List(ctx, CooperationFilter{Campaigns: []CampaignID{c.Campaign}, Name: c.Name, Archive: ActiveOrNot},
		ListOptions{Size: MaxPageSize})
	for _, other := range same.Items {
		if other.ID != c.ID && other.NameMode == NameAuto {
			return true, err
		}
	}
	return false, err
}
