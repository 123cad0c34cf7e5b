package sheetimport

import (
	"context"
	"maps"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/records"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// A plan reads what its sheet names: records by their names, handles, links and keys, with indexed look-ups. A few rows
// are so planned in the same time whatever the workspace holds. A sheet of many rows into a workspace that is not much
// larger reads all of it once, which takes less than a look-up for each row.

const (
	// lookUpRows is up to how many rows a plan looks records up without comparing the sheet with the workspace.
	lookUpRows = 50
	// wideFactor is how many times as many cooperations as the sheet has rows a workspace may hold to be read as a whole.
	wideFactor = 10
	// lookUpClaims is for how many codes and sets of UTM fields the claims are looked up one by one.
	lookUpClaims = 1_000
)

// load reads what a plan needs of the workspace in any case.
func (p *planner) load(ctx context.Context, r crm.Reader, rows int) (err error) {
	p.reader = r
	p.plan.seen.currency, p.resolver.currency = p.workspace.Currency, p.workspace.Currency
	if p.plan.seen.head, err = r.Head(ctx); err != nil {
		return err
	}
	if p.plan.today.IsZero() {
		zone, err := p.workspace.Location()
		if err != nil {
			return err
		}
		p.plan.today = budget.DateOf(p.now().In(zone))
	}
	err = crm.Each(ctx, r.Members(), crm.MemberFilter{Archive: crm.ActiveOrNot}, func(m crm.Member) error {
		p.resolver.addMember(m)
		return nil
	})
	if err != nil {
		return err
	}
	if rows > lookUpRows && !p.wide {
		n, err := r.Cooperations().Count(ctx, crm.CooperationFilter{Archive: crm.ActiveOrNot})
		if err != nil {
			return err
		}
		p.wide = n <= wideFactor*rows
	}
	if p.wide {
		if err := p.loadAll(ctx); err != nil {
			return err
		}
	}
	return p.loadEarlier(ctx, r)
}

// loadAll reads the whole workspace.
func (p *planner) loadAll(ctx context.Context) error {
	err := crm.Each(ctx, p.reader.Campaigns(), crm.CampaignFilter{Archive: crm.ActiveOrNot}, func(c crm.Campaign) error {
		p.resolver.addCampaign(c)
		return nil
	})
	if err != nil {
		return err
	}
	err = crm.Each(ctx, p.reader.Influencers(), crm.InfluencerFilter{Archive: crm.ActiveOrNot}, func(i crm.Influencer) error {
		p.resolver.addInfluencer(i)
		return nil
	})
	if err != nil {
		return err
	}
	return crm.Each(ctx, p.reader.Cooperations(), crm.CooperationFilter{Archive: crm.ActiveOrNot}, func(c crm.Cooperation) error {
		p.imported.add(c)
		return nil
	})
}

// addLoaded adds the records that a look-up has found.
func (p *planner) addLoaded(l crm.Loaded) {
	for _, c := range l.Campaigns {
		p.resolver.addCampaign(c)
	}
	for _, i := range l.Influencers {
		p.resolver.addInfluencer(i)
	}
	for _, c := range l.Cooperations {
		p.imported.add(c)
	}
}

// loadIDs reads the cooperations whose ids the rows carry.
func (p *planner) loadIDs(ctx context.Context, data []sheet.Row) error {
	if p.wide {
		return nil
	}
	var refs []crm.Ref
	for _, r := range data {
		if id, _, ok := records.ParseID(p.rows.text(r, column.CRMID)); ok && !id.IsZero() {
			refs = append(refs, crm.RefTo(id))
		}
	}
	return p.loadRefs(ctx, refs)
}

func (p *planner) loadRefs(ctx context.Context, refs []crm.Ref) error {
	for chunk := range slices.Chunk(refs, crm.MaxNeed) {
		if err := p.lookUp(ctx, crm.Need{Refs: chunk, Parents: true}); err != nil {
			return err
		}
	}
	return nil
}

func (p *planner) lookUp(ctx context.Context, n crm.Need) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	found, err := p.reader.Load(ctx, n)
	if err != nil {
		return err
	}
	p.addLoaded(found)
	var owners []crm.Ref
	for _, id := range found.Owners {
		if !id.IsZero() && p.resolver.people.byID[id] == nil {
			owners = append(owners, crm.RefTo(id))
		}
	}
	return p.loadRefs(ctx, owners)
}

// loadNamed reads what the rows name: campaigns and influencers by name, influencers by account as well, and the cooperations
// that earlier imports made of the rows.
func (p *planner) loadNamed(ctx context.Context, known map[*entry]*crm.Cooperation) error {
	if p.wide {
		return nil
	}
	named := newNamed()
	for _, e := range p.entries {
		if e.known != nil || e.isSought() {
			named.add(e)
		}
	}
	for _, b := range p.tables {
		for _, e := range b.entries {
			named.campaigns[crm.Fold(e.campaign)] = true
		}
	}
	for n := range named.needs {
		if err := p.lookUp(ctx, n); err != nil {
			return err
		}
	}
	if err := p.loadPlatforms(ctx, named.platforms); err != nil {
		return err
	}
	return p.loadPlacements(ctx, known)
}

// loadPlatforms reads the influencers of platforms without a site of their own. What a link says there depends on its host, so
// that no look-up finds the profiles that have a link and no handle. Few influencers are on such platforms.
func (p *planner) loadPlatforms(ctx context.Context, platforms map[string]bool) error {
	for chunk := range slices.Chunk(sortedKeys(platforms), crm.MaxFilterValues) {
		f := crm.InfluencerFilter{Platforms: chunk, Archive: crm.ActiveOrNot}
		err := crm.Each(ctx, p.reader.Influencers(), f, func(i crm.Influencer) error {
			p.resolver.addInfluencer(i)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// sortedKeys are the texts of a set that are not blank, in order.
func sortedKeys(set map[string]bool) []string {
	delete(set, "")
	return slices.Sorted(maps.Keys(set))
}

// loadPlacements reads the cooperations of the influencers and campaigns of the rows that no key has found: one of them
// may be the row, with another key, or without one if a person made it.
func (p *planner) loadPlacements(ctx context.Context, known map[*entry]*crm.Cooperation) error {
	p.tieNames(p.withKnownByKey(known))
	campaigns, influencers := map[crm.CampaignID]bool{}, map[crm.InfluencerID]bool{}
	for _, e := range p.entries {
		if !e.isSought() || p.foundByKey(e) != nil {
			continue
		}
		campaign, _ := p.resolver.knownCampaign(e)
		if campaign == nil {
			continue
		}
		some := p.resolver.people.byName[crm.Fold(e.influencer)] // one of whom it is, if they are several
		if one, how := p.resolver.people.find(e); how != ambiguous {
			some = []*person{one}
		}
		for _, one := range some {
			if one != nil {
				campaigns[campaign.ID], influencers[one.ID] = true, true
			}
		}
	}
	f := crm.CooperationFilter{Archive: crm.ActiveOrNot}
	if len(campaigns) <= crm.MaxFilterValues {
		f.Campaigns = slices.Collect(maps.Keys(campaigns))
	}
	some := slices.SortedFunc(maps.Keys(influencers), crm.InfluencerID.Compare)
	for f.Influencers = range slices.Chunk(some, crm.MaxFilterValues) {
		err := crm.Each(ctx, p.reader.Cooperations(), f, func(c crm.Cooperation) error {
			p.imported.add(c)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// withKnownByKey adds to the good rows that are known by their ids those that earlier imports made as they are.
func (p *planner) withKnownByKey(known map[*entry]*crm.Cooperation) map[*entry]*crm.Cooperation {
	all := maps.Clone(known)
	for _, e := range p.entries {
		if c := p.foundByKey(e); c != nil && e.isSought() && e.verdict == "" && !p.isNamedByID(c) {
			all[e] = c
		}
	}
	return all
}

// loadClaims reads the claims of the CRM that those of the planned rows can collide with.
func (p *planner) loadClaims(ctx context.Context) (err error) {
	if len(p.planned) == 0 {
		return nil
	}
	keys := map[sharedKey]bool{}
	narrow := !p.wide
	for _, o := range p.planned {
		for _, c := range crm.ClaimsOf(*o.result()) {
			keys[keyOf(c)] = true
			narrow = narrow && !isPattern(c) // a pattern collides with codes of any key
		}
		if narrow = narrow && len(keys) <= lookUpClaims; !narrow {
			p.claims, err = p.reader.Claims(ctx, crm.ClaimFilter{})
			return err
		}
	}
	patterns := crm.ClaimFilter{Kinds: []crm.ClaimKind{crm.ClaimContains, crm.ClaimStartsWith, crm.ClaimEndsWith}}
	if p.claims, err = p.reader.Claims(ctx, patterns); err != nil {
		return err
	}
	for key := range keys {
		found, err := p.reader.Claims(ctx, crm.ClaimFilter{Kinds: []crm.ClaimKind{key.kind}, Key: key.key})
		if err != nil {
			return err
		}
		p.claims = append(p.claims, found...)
	}
	slices.SortFunc(p.claims, crm.Claim.Compare) // as all of them would come
	return nil
}

// loadNames reads the influencers of conflicts, for their names.
func (p *planner) loadNames(ctx context.Context, of []crm.Conflict) error {
	wanted := map[crm.InfluencerID]bool{}
	for _, c := range of {
		if p.resolver.people.byID[c.OtherInfluencer] == nil {
			wanted[c.OtherInfluencer] = true
		}
	}
	var refs []crm.Ref
	for _, id := range slices.SortedFunc(maps.Keys(wanted), crm.InfluencerID.Compare) {
		refs = append(refs, crm.RefTo(id))
	}
	return p.loadRefs(ctx, refs)
}
