package attribution

import (
	"context"
	"maps"
	"strconv"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// least is how many changed cooperations an index keeps apart from the others, at the least, before it puts all together.
const least = 1024

// Apply returns the index after the next changes of its workspace's log, such as those that a follower is given. It decides
// as one that is made anew does and takes a fraction of the time: what did not change is shared. Changes that the index knows
// are left out.
//
// Changes that do not go on where the index ends are a crm.ErrInvalid. One of the kind crm.Erased is a crm.ErrConflict,
// because it does not say what it took away: Refresh reads it.
func (x *Index) Apply(changes []crm.Change) (*Index, error) {
	changed, seq := map[crm.Ref]crm.Record{}, x.seq
	for _, c := range changes {
		switch {
		case c.Seq <= seq:
			continue
		case c.Seq != seq+1:
			return nil, &crm.Error{Family: crm.ErrInvalid, Record: c.Record, Field: "seq", Value: strconv.FormatInt(int64(c.Seq), 10),
				Problem: sentence.Of("does not go on from %d, with which the index ends; refresh it", seq)}
		}
		seq = c.Seq
		if !kept(c.Record) {
			continue
		}
		before, ok := changed[c.Record]
		if !ok {
			before = x.record(c.Record)
		}
		after, err := c.Redo(before)
		if err != nil {
			return nil, err
		}
		changed[c.Record] = after
	}
	return x.with(changed, seq)
}

// Refresh returns the index of the records as a Reader has them. It reads the log from where the index ends and the records
// that it names; if there is nothing new in the log, it returns the index itself. Give it the Reader of one View.
func (x *Index) Refresh(ctx context.Context, r crm.Reader) (*Index, error) {
	head, err := r.Head(ctx)
	if err != nil {
		return nil, err
	}
	if head.Seq == x.seq {
		return x, nil
	}
	changed := map[crm.Ref]crm.Record{}
	for seq := x.seq; seq < head.Seq; {
		changes, err := r.Changes(ctx, crm.ChangeFilter{After: seq}, crm.MaxPageSize)
		if err != nil {
			return nil, err
		}
		need := crm.Need{}
		for _, c := range changes {
			seq = c.Seq
			if _, ok := changed[c.Record]; ok || !kept(c.Record) {
				continue
			}
			if changed[c.Record] = nil; c.Record.Kind != crm.KindWorkspace {
				need.Refs = append(need.Refs, c.Record)
				continue
			}
			if changed[c.Record], err = r.Workspace(ctx); err != nil {
				return nil, err
			}
		}
		loaded, err := r.Load(ctx, need)
		if err != nil {
			return nil, err
		}
		for _, record := range loaded.Records() {
			changed[record.Ref()] = record
		}
	}
	return x.with(changed, head.Seq)
}

// With returns the index as it would be with some records in the place of those with their ids, or beside the others: what
// a change would do before it is saved. Records of other kinds than workspace, campaign, influencer and cooperation change
// nothing. A workspace that is another one is a crm.ErrInvalid.
func (x *Index) With(records ...crm.Record) (*Index, error) {
	changed := map[crm.Ref]crm.Record{}
	for _, r := range records {
		if kept(r.Ref()) {
			changed[r.Ref()] = r
		}
	}
	return x.with(changed, x.seq)
}

// kept reports whether an index keeps records of this kind.
func kept(ref crm.Ref) bool {
	switch ref.Kind {
	case crm.KindWorkspace, crm.KindCampaign, crm.KindInfluencer, crm.KindCooperation:
		return true
	}
	return false
}

// record returns a record of the index, nil if there is none.
func (x *Index) record(ref crm.Ref) crm.Record {
	switch ref.Kind {
	case crm.KindWorkspace:
		if x.workspace.Ref() == ref {
			return x.workspace
		}
	case crm.KindCampaign:
		if c := x.campaign(crm.CampaignID(ref.ID)); c != nil {
			return *c
		}
	case crm.KindInfluencer:
		if i := x.person(crm.InfluencerID(ref.ID)); i != nil {
			return *i
		}
	case crm.KindCooperation:
		if d := x.deal(crm.CooperationID(ref.ID)); d != nil {
			return *d.Cooperation
		}
	}
	return nil
}

// with returns the index with changed records; those that are nil were deleted.
func (x *Index) with(changed map[crm.Ref]crm.Record, seq crm.Seq) (*Index, error) {
	y := *x
	if y.seq, y.gone = seq, maps.Clone(x.gone); y.gone == nil {
		y.gone = map[crm.Ref]bool{}
	}
	isChanged := func(ref crm.Ref) bool { _, ok := changed[ref]; return ok }
	var top records
	if x.top != nil {
		top = x.top.without(isChanged)
	}
	for ref, record := range changed {
		switch {
		case ref.Kind == crm.KindWorkspace:
			ws, ok := record.(crm.Workspace)
			if !ok || ws.ID != x.workspace.ID {
				return nil, &crm.Error{Family: crm.ErrInvalid, Record: ref, Problem: otherWorkspace}
			}
			if err := y.setWorkspace(ws); err != nil {
				return nil, err
			}
		case record == nil:
			y.gone[ref] = true
		default:
			delete(y.gone, ref)
			top.add(record)
		}
	}
	same := y.workspace.TailDays == x.workspace.TailDays && y.workspace.CodeComparison == x.workspace.CodeComparison
	if same && len(top.Cooperations) <= max(least, len(x.base.deals)/8) {
		y.top = newLayer(top, len(x.base.deals), y.workspace, x.options.StrictUTM)
		return &y, nil
	}
	inTop := top.refs()
	all := x.base.without(func(ref crm.Ref) bool { return y.gone[ref] || inTop[ref] })
	return NewIndex(Snapshot{
		Workspace: y.workspace, Seq: seq,
		Campaigns: append(all.Campaigns, top.Campaigns...), Influencers: append(all.Influencers, top.Influencers...),
		Cooperations: append(all.Cooperations, top.Cooperations...),
	}, &x.options)
}
