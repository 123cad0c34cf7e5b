package sheetimport

import (
	"cmp"
	"context"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/utm"
)

// writes is what applying a plan does: rows, and the records that they need.
type writes struct {
	members            []crm.Member
	campaigns          []crm.Campaign
	changedCampaigns   []crm.Campaign
	newInfluencers     []crm.Influencer
	changedInfluencers []crm.Influencer
	months             []monthBudget
	ofTables           map[crm.CampaignID]bool // the campaigns that tables of budgets add or change
	rows               []rowWrite              // new cooperations first, in the order in which names and their numbers are given
}

// rowWrite is what one row writes, and what it rests on: the records that it names, and the names by which they were
// found or not found.
type rowWrite struct {
	index       int              // of the row in Plan.Rows
	verdict     Verdict          // of the row
	cooperation *crm.Cooperation // nil if the row only fills what is blank around its cooperation
	isNew       bool             // the cooperation
	before      *crm.Cooperation // one that is not new, as the plan has read it
	said        said             // of a new one

	influencer crm.InfluencerID
	campaign   crm.CampaignID // the zero id if the row does not depend on it
	member     crm.MemberID   // likewise
	fills      crm.CampaignID // of which the row says what it lacks

	entry struct {
		influencer, campaign, member string // folded
		account                      account.Account
	}
}

func (w *writes) count() int {
	n := len(w.members) + len(w.campaigns) + len(w.changedCampaigns) + len(w.newInfluencers) + len(w.changedInfluencers)
	for _, r := range w.rows {
		if r.cooperation != nil {
			n++
		}
	}
	return n
}

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
	for batch := range slices.Chunk(w.changedCampaigns, preloaded) {
		if err := work.Preload(ctx, needOfCampaigns(batch)); err != nil {
			return err
		}
		for _, c := range batch {
			_, err := work.UpdateCampaign(ctx, c, crm.ImportReason)
			if err := after(err); err != nil {
				return err
			}
		}
	}
	if err := w.writeMonths(ctx, work); err != nil {
		return err
	}
	for batch := range slices.Chunk(w.newInfluencers, preloaded) {
		if err := work.Preload(ctx, needOfInfluencers(batch)); err != nil {
			return err
		}
		for _, inf := range batch {
			_, err := work.CreateInfluencer(ctx, inf)
			if err := after(err); err != nil {
				return err
			}
		}
	}
	for batch := range slices.Chunk(w.changedInfluencers, preloaded) {
		if err := work.Preload(ctx, needOfInfluencers(batch)); err != nil {
			return err
		}
		for _, inf := range batch {
			_, err := work.UpdateInfluencer(ctx, inf, crm.ImportReason)
			if err := after(err); err != nil {
				return err
			}
		}
	}
	for batch := range slices.Chunk(w.rows, preloaded) {
		if err := work.Preload(ctx, needOfRows(batch)); err != nil {
			return err
		}
		for _, r := range batch {
			if r.cooperation == nil {
				continue
			}
			if err := after(r.write(ctx, work)); err != nil {
				return err
			}
		}
	}
	return nil
}

// preloaded is for how many records at once the CRM reads what writing them needs.
const preloaded = 500

func needOfCampaigns(batch []crm.Campaign) (n crm.Need) {
	for _, c := range batch {
		n.Refs = append(n.Refs, c.Ref())
	}
	return n
}

func needOfInfluencers(batch []crm.Influencer) (n crm.Need) {
	for _, i := range batch {
		n.Refs = append(n.Refs, crm.RefTo(i.Responsible))
		if i.Version > 0 { // it is there already
			n.Refs = append(n.Refs, crm.RefTo(i.ID))
		}
		for _, p := range i.Profiles {
			n.Handles = append(n.Handles, crm.Handle{Platform: p.Platform, Handle: p.Handle})
		}
	}
	return n
}

func needOfRows(batch []rowWrite) (n crm.Need) {
	for _, r := range batch {
		c := r.cooperation
		if c == nil {
			continue
		}
		n.Refs = append(n.Refs, crm.RefTo(c.Campaign), crm.RefTo(c.Influencer), crm.RefTo(c.Responsible))
		if !r.isNew {
			n.Refs = append(n.Refs, crm.RefTo(c.ID))
		}
		if c.Name == "" {
			n.Names = append(n.Names, crm.NameProbe{Campaign: c.Campaign, Influencer: c.Influencer})
		}
	}
	return n
}

func (r *rowWrite) write(ctx context.Context, work *crm.Work) (err error) {
	if r.isNew {
		_, err = work.ImportCooperation(ctx, r.withValues())
		return err
	}
	now, err := work.Cooperations().Get(ctx, r.cooperation.ID)
	if err == nil {
		_, err = work.ReimportCooperation(ctx, r.rebase(now), crm.ImportReason)
	}
	return err
}

// withValues is a new cooperation with what it keeps of its row. A plan does without: of all its rows it would be a map
// each, as large as the rest of the cooperation, of what is there already.
func (r *rowWrite) withValues() crm.Cooperation {
	c, imported := *r.cooperation, *r.cooperation.Imported
	imported.Values = r.said.remembered(c)
	c.Imported = &imported
	return c
}

// rebase returns what the row makes of a cooperation that the import itself has changed since the plan was made: a handle that it
// gives to a profile fills the UTM fields that waited for it. Nobody else has changed the cooperation. The plan would be
// outdated, or the row left.
func (r *rowWrite) rebase(now crm.Cooperation) crm.Cooperation {
	c := *r.cooperation
	if now.Version == c.Version {
		return c
	}
	for _, f := range utm.Fields() {
		if c.UTM.Get(f) == r.before.UTM.Get(f) {
			c.UTM = c.UTM.With(f, now.UTM.Get(f))
		}
	}
	if c.Name == r.before.Name {
		c.Name = now.Name
	}
	c.Version = now.Version
	return c
}

// writePlan puts the plan together.
func (p *planner) writePlan() {
	w := &p.plan.writes
	w.members = p.resolver.newMembers
	for _, c := range p.resolver.newCampaigns {
		w.campaigns = append(w.campaigns, *c)
	}
	for _, c := range p.resolver.changedCampaigns {
		w.changedCampaigns = append(w.changedCampaigns, *c)
	}
	slices.SortFunc(w.changedCampaigns, func(a, b crm.Campaign) int { return a.ID.Compare(b.ID) })
	for _, one := range p.resolver.people.all {
		switch {
		case one.isNew:
			w.newInfluencers = append(w.newInfluencers, one.Influencer)
		case one.changed:
			w.changedInfluencers = append(w.changedInfluencers, one.Influencer)
		}
	}
	// The same order however the records were found: a plan is compared with another of the same sheet.
	slices.SortFunc(w.changedInfluencers, func(a, b crm.Influencer) int { return a.ID.Compare(b.ID) })
	p.plan.Filled = FilledRecords{Campaigns: len(w.changedCampaigns), Influencers: len(w.changedInfluencers), Months: len(w.months)}
	w.ofTables = p.ofTables
	p.writeTables()
	p.plan.New = NewRecords{Members: len(w.members), Campaigns: len(w.campaigns), Influencers: len(w.newInfluencers),
		Profiles: len(p.resolver.newProfiles)}
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
			Row: e.row, Verdict: e.verdict, Of: e.of, Cooperation: e.same, Influencer: texts.Cut(cmp.Or(e.influencer, e.person), crm.MaxName),
			Campaign: texts.Cut(p.resolver.campaignName(e), crm.MaxName),
			Problems: orEmpty(e.problems), Notices: orEmpty(e.notices), Changes: orEmpty(e.changes),
		})
	}
}

// rowWrite is what a row writes, and what it rests on.
func (p *planner) rowWrite(o *planned, index int) rowWrite {
	e := o.entry
	w := rowWrite{
		index: index, verdict: e.verdict, cooperation: o.result(), isNew: o.create != nil, influencer: o.person.ID,
		fills: o.fills,
	}
	w.entry.influencer, w.entry.account = crm.Fold(e.influencer), e.account()
	if w.isNew {
		w.campaign, w.entry.campaign = o.create.Campaign, crm.Fold(e.campaign)
		w.said = o.said
	} else if w.cooperation != nil {
		w.before = p.imported.byID[w.cooperation.ID]
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

// byRow finds the writes that rows need, so that a piece of an import does not look through those of all others.
type byRow struct {
	members            indexed[crm.Member]
	campaigns          indexed[crm.Campaign]
	changedCampaigns   indexed[crm.Campaign]
	newInfluencers     indexed[crm.Influencer]
	changedInfluencers indexed[crm.Influencer]
}

func (w *writes) byRow() byRow {
	return byRow{newIndexed(w.members), newIndexed(w.campaigns), newIndexed(w.changedCampaigns), newIndexed(w.newInfluencers),
		newIndexed(w.changedInfluencers)}
}

// needs are the writes of some rows, with the records that they need and others, as far as they are not written yet.
func (b byRow) needs(rows []rowWrite, written, also map[crm.Ref]bool) writes {
	needed := map[crm.Ref]bool{}
	for ref := range also {
		needed[ref] = !written[ref]
	}
	for _, r := range rows {
		for _, ref := range []crm.Ref{crm.RefTo(r.influencer), crm.RefTo(r.campaign), crm.RefTo(r.fills), crm.RefTo(r.member)} {
			if !written[ref] {
				needed[ref] = true
			}
		}
	}
	// The responsible member of an influencer may be named by another of its rows.
	for _, people := range []indexed[crm.Influencer]{b.newInfluencers, b.changedInfluencers} {
		for _, i := range people.list(needed) {
			if ref := crm.RefTo(i.Responsible); !i.Responsible.IsZero() && !written[ref] {
				needed[ref] = true
			}
		}
	}
	return writes{
		members: b.members.list(needed), campaigns: b.campaigns.list(needed), changedCampaigns: b.changedCampaigns.list(needed),
		newInfluencers: b.newInfluencers.list(needed), changedInfluencers: b.changedInfluencers.list(needed), rows: rows,
	}
}

// indexed are records in the order in which they are written.
type indexed[R crm.Record] struct {
	all []R
	at  map[crm.Ref]int
}

func newIndexed[R crm.Record](all []R) indexed[R] {
	at := make(map[crm.Ref]int, len(all))
	for n, r := range all {
		at[r.Ref()] = n
	}
	return indexed[R]{all, at}
}

// find returns nil for a record that is not among them.
func (x indexed[R]) find(ref crm.Ref) *R {
	if n, ok := x.at[ref]; ok {
		return &x.all[n]
	}
	return nil
}

func (x indexed[R]) list(needed map[crm.Ref]bool) []R {
	var places []int
	for ref, is := range needed {
		if n, ok := x.at[ref]; ok && is {
			places = append(places, n)
		}
	}
	slices.Sort(places)
	var list []R
	for _, n := range places {
		list = append(list, x.all[n])
	}
	return list
}

// refs are the records around the cooperations that are written.
func (w *writes) refs() []crm.Ref {
	var refs []crm.Ref
	for _, m := range w.members {
		refs = append(refs, m.Ref())
	}
	for _, c := range slices.Concat(w.campaigns, w.changedCampaigns) {
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
