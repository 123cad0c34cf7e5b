package sheetimport

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"github.com/getklar/influencercrm/crm"
)

// write carries out the writes of a plan through the rules of the CRM.
func (i *Importer) write(ctx context.Context, w *crm.Work, all writes, attempt int) error {
	const reason = "import"
	progress := Progress{Attempt: attempt, Total: all.count()}
	done := func(err error) error {
		if err == nil {
			err = ctx.Err()
		}
		if progress.Done++; err == nil && i.options.Progress != nil {
			i.options.Progress(progress)
		}
		return err
	}
	for _, m := range all.members {
		_, err := w.CreateMember(ctx, m)
		if err := done(err); err != nil {
			return err
		}
	}
	for _, c := range all.campaigns {
		_, err := w.CreateCampaign(ctx, c)
		if err := done(err); err != nil {
			return err
		}
	}
	for _, inf := range all.newInfluencers {
		_, err := w.CreateInfluencer(ctx, inf)
		if err := done(err); err != nil {
			return err
		}
	}
	for _, inf := range all.changedInfluencers {
		_, err := w.UpdateInfluencer(ctx, inf, reason)
		if err := done(err); err != nil {
			return err
		}
	}
	for _, c := range all.newCooperations {
		_, err := w.ImportCooperation(ctx, c)
		if err := done(err); err != nil {
			return err
		}
	}
	for _, c := range all.changed {
		_, err := w.ReimportCooperation(ctx, c, reason)
		if err := done(err); err != nil {
			return err
		}
	}
	return nil
}

// writes is what applying a plan does, in this order.
type writes struct {
	members            []crm.Member
	campaigns          []crm.Campaign
	newInfluencers     []crm.Influencer
	changedInfluencers []crm.Influencer
	newCooperations    []crm.Cooperation
	changed            []crm.Cooperation
}

func (w *writes) count() int {
	return len(w.members) + len(w.campaigns) + len(w.newInfluencers) + len(w.changedInfluencers) + len(w.newCooperations) + len(w.changed)
}

// digest tells whether two plans would write the same. It takes the place of the records, which are as large as the rest
// of the plan and are made again when it is carried out.
type digest [sha256.Size]byte

func (w *writes) digest() (digest, error) {
	hash := sha256.New()
	encoder := json.NewEncoder(hash)
	for _, records := range []any{w.members, w.campaigns, w.newInfluencers, w.changedInfluencers, w.newCooperations, w.changed} {
		if err := encoder.Encode(records); err != nil {
			return digest{}, fmt.Errorf("plan: %w", err)
		}
	}
	return digest(hash.Sum(nil)), nil
}

// writePlan puts the plan together.
func (p *planner) writePlan() {
	w := &p.plan.writes
	w.newCooperations = make([]crm.Cooperation, 0, len(p.planned))
	p.plan.Rows = make([]PlannedRow, 0, len(p.entries))
	w.members = p.resolver.newMembers
	for _, c := range p.resolver.newCampaigns {
		w.campaigns = append(w.campaigns, *c)
	}
	for _, o := range p.planned {
		o.entry.changes = o.changes
		if o.create != nil {
			w.newCooperations = append(w.newCooperations, *o.create)
		} else {
			w.changed = append(w.changed, *o.change)
		}
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
	for _, e := range p.entries {
		p.plan.Counts[e.verdict]++
		p.plan.Rows = append(p.plan.Rows, PlannedRow{
			Row: e.row, Verdict: e.verdict, Of: e.of,
			Problems: orEmpty(e.problems), Notices: orEmpty(e.notices), Changes: orEmpty(e.changes),
		})
	}
}

func orEmpty[E any](s []E) []E {
	if s == nil {
		return []E{}
	}
	return s
}
