package sheetimport

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/getklar/influencercrm/crm"
)

// writes is what applying a plan does: rows, and the records that they need.
type writes struct {
	members            []crm.Member
	campaigns          []crm.Campaign
	newInfluencers     []crm.Influencer
	changedInfluencers []crm.Influencer
	rows               []rowWrite // new cooperations first, in the order in which names and their numbers are given
}

// rowWrite is what one row writes, and what it rests on: the records that it names, and the names by which they were
// found or not found.
type rowWrite struct {
	index       int              // of the row in Plan.Rows
	verdict     Verdict          // of the row
	cooperation *crm.Cooperation // nil if the row only fills what is blank around its cooperation
	isNew       bool             // the cooperation

	influencer crm.InfluencerID
	campaign   crm.CampaignID // the zero id if the row does not depend on it
	member     crm.MemberID   // likewise

	entry struct{ influencer, platform, handle, link, campaign, member string } // folded
}

func (w *writes) count() int {
	n := len(w.members) + len(w.campaigns) + len(w.newInfluencers) + len(w.changedInfluencers)
	for _, r := range w.rows {
		if r.cooperation != nil {
			n++
		}
	}
	return n
}

// digest tells whether two plans would write the same. It takes the place of the records, which are as large as the rest
// of the plan and are made again when it is carried out.
type digest [sha256.Size]byte

func (w *writes) digest() (digest, error) {
	hash := sha256.New()
	encoder := json.NewEncoder(hash)
	for _, records := range []any{w.members, w.campaigns, w.newInfluencers, w.changedInfluencers} {
		if err := encoder.Encode(records); err != nil {
			return digest{}, fmt.Errorf("plan: %w", err)
		}
	}
	for _, r := range w.rows {
		if err := encoder.Encode(r.cooperation); err != nil {
			return digest{}, fmt.Errorf("plan: %w", err)
		}
	}
	return digest(hash.Sum(nil)), nil
}

// importReason stands in the log with what an import changes.
const importReason = "import"

// write carries out writes through the rules of the CRM, and calls done after each record.
func (w *writes) write(ctx context.Context, work *crm.Work, done func()) error {
	after := func(err error) error {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			done()
		}
		return err
	}
	for _, m := range w.members {
		_, err := work.CreateMember(ctx, m)
		if err := after(err); err != nil {
			return err
		}
	}
	for _, c := range w.campaigns {
		_, err := work.CreateCampaign(ctx, c)
		if err := after(err); err != nil {
			return err
		}
	}
	for _, inf := range w.newInfluencers {
		_, err := work.CreateInfluencer(ctx, inf)
		if err := after(err); err != nil {
			return err
		}
	}
	for _, inf := range w.changedInfluencers {
		_, err := work.UpdateInfluencer(ctx, inf, importReason)
		if err := after(err); err != nil {
			return err
		}
	}
	for _, r := range w.rows {
		if r.cooperation == nil {
			continue
		}
		if err := after(r.write(ctx, work)); err != nil {
			return err
		}
	}
	return nil
}

func (r *rowWrite) write(ctx context.Context, work *crm.Work) (err error) {
	if r.isNew {
		_, err = work.ImportCooperation(ctx, *r.cooperation)
	} else {
		_, err = work.ReimportCooperation(ctx, *r.cooperation, importReason)
	}
	return err
}

// writePlan puts the plan together.
func (p *planner) writePlan() {
	w := &p.plan.writes
	w.members = p.resolver.newMembers
	for _, c := range p.resolver.newCampaigns {
		w.campaigns = append(w.campaigns, *c)
	}
	for _, one := range p.resolver.people.all {
		switch {
		case one.isNew:
			w.newInfluencers = append(w.newInfluencers, one.Influencer)
		case one.changed:
			w.changedInfluencers = append(w.changedInfluencers, one.Influencer)
		}
	}
	p.plan.New = NewRecords{Members: len(w.members), Campaigns: len(w.campaigns), Influencers: len(w.newInfluencers),
		Profiles: len(p.resolver.newProfiles)}
	p.plan.Gone = p.gone()
	index := make(map[*entry]int, len(p.entries))
	for n, e := range p.entries {
		index[e] = n
	}
	w.rows = make([]rowWrite, 0, len(p.planned)+len(p.filled))
	for _, o := range p.planned {
		o.entry.changes = o.changes
	}
	for _, list := range [][]*planned{p.planned, p.filled} {
		for _, o := range list {
			w.rows = append(w.rows, p.rowWrite(o, index[o.entry]))
		}
	}
	slices.SortStableFunc(w.rows, func(a, b rowWrite) int {
		switch {
		case a.isNew == b.isNew:
			return 0
		case a.isNew:
			return -1
		}
		return 1
	})
	p.plan.Rows = make([]PlannedRow, 0, len(p.entries))
	for _, e := range p.entries {
		p.plan.Counts[e.verdict]++
		p.plan.Rows = append(p.plan.Rows, PlannedRow{
			Row: e.row, Verdict: e.verdict, Of: e.of,
			Problems: orEmpty(e.problems), Notices: orEmpty(e.notices), Changes: orEmpty(e.changes),
		})
	}
}

// rowWrite is what a row writes, and what it rests on.
func (p *planner) rowWrite(o *planned, index int) rowWrite {
	e := o.entry
	w := rowWrite{
		index: index, verdict: e.verdict, cooperation: o.result(), isNew: o.create != nil, influencer: o.person.ID,
	}
	w.entry.influencer, w.entry.platform = crm.Fold(e.influencer), e.platform
	w.entry.handle, w.entry.link = crm.Fold(e.handle), crm.Fold(e.link)
	if w.isNew {
		w.campaign, w.entry.campaign = o.create.Campaign, crm.Fold(e.campaign)
	}
	if name := crm.Fold(e.responsible); w.cooperation != nil && name != "" {
		if m := p.resolver.members[name]; m != nil && m.ID == w.cooperation.Responsible {
			w.member, w.entry.member = m.ID, name
		}
	}
	return w
}

func orEmpty[E any](s []E) []E {
	if s == nil {
		return []E{}
	}
	return s
}

// needs are the writes of some rows, with the records that they need and that are not written yet.
func (w *writes) needs(rows []rowWrite, written map[crm.Ref]bool) writes {
	influencers, campaigns, members := map[crm.InfluencerID]bool{}, map[crm.CampaignID]bool{}, map[crm.MemberID]bool{}
	for _, r := range rows {
		influencers[r.influencer], campaigns[r.campaign], members[r.member] = true, true, true
	}
	return writes{
		members:            needed(w.members, written, func(m crm.Member) bool { return members[m.ID] }),
		campaigns:          needed(w.campaigns, written, func(c crm.Campaign) bool { return campaigns[c.ID] }),
		newInfluencers:     needed(w.newInfluencers, written, func(i crm.Influencer) bool { return influencers[i.ID] }),
		changedInfluencers: needed(w.changedInfluencers, written, func(i crm.Influencer) bool { return influencers[i.ID] }),
		rows:               rows,
	}
}

func needed[R crm.Record](all []R, written map[crm.Ref]bool, need func(R) bool) []R {
	var list []R
	for _, r := range all {
		if need(r) && !written[r.Ref()] {
			list = append(list, r)
		}
	}
	return list
}

// refs are the records around the cooperations that are written.
func (w *writes) refs() []crm.Ref {
	var refs []crm.Ref
	for _, m := range w.members {
		refs = append(refs, m.Ref())
	}
	for _, c := range w.campaigns {
		refs = append(refs, c.Ref())
	}
	for _, i := range w.newInfluencers {
		refs = append(refs, i.Ref())
	}
	for _, i := range w.changedInfluencers {
		refs = append(refs, i.Ref())
	}
	return refs
}
