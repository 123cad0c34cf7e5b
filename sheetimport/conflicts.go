package sheetimport

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// maxConflictNotices is how many conflicts of one row are listed one by one.
const maxConflictNotices = 5

// conflicts are what one row conflicts with: the worst in order, and how many others there are.
type conflicts struct {
	worst []crm.Conflict
	more  int
}

// add takes in conflicts; it holds no more than a few, however many come.
func (l *conflicts) add(found ...crm.Conflict) {
	if len(found) == 0 {
		return
	}
	l.worst = append(l.worst, found...)
	slices.SortFunc(l.worst, func(a, b crm.Conflict) int {
		return cmp.Or(-cmp.Compare(a.Severity, b.Severity), a.Other.Compare(b.Other), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.OtherRule, b.OtherRule))
	})
	if over := len(l.worst) - maxConflictNotices; over > 0 {
		l.worst, l.more = l.worst[:maxConflictNotices], l.more+over
	}
}

// remarkConflicts tells which rows lay claim to a code or UTM set that is another influencer's at the same time. They
// come in all the same: the conditions for signing bind people, not an import.
//
// Whole codes and UTM sets find each other, and the patterns that match them, by look-ups. Only patterns have to be held
// each against each, which is done for no more than maxPatterns of them; beyond that a note of the plan says so.
func (p *planner) remarkConflicts(ctx context.Context) error {
	claims := p.claimsAfter()
	crowds := crowdsOf(claims)
	few, crowded := withoutCrowds(claims, crowds)
	if err := p.remarkCrowds(ctx, crowds, crowded); err != nil {
		return err
	}
	found := map[crm.CooperationID]*conflicts{}
	for _, o := range p.outcomes {
		found[o.result().ID] = &conflicts{}
	}
	for _, find := range []func(context.Context, []crm.Claim, map[crm.CooperationID]*conflicts) error{p.findByCode, p.findCodes, p.findPatterns} {
		if err := find(ctx, few, found); err != nil {
			return err
		}
	}
	names := map[crm.InfluencerID]string{}
	for _, one := range p.people.all {
		names[one.ID] = one.Name
	}
	for _, o := range p.outcomes {
		list := found[o.result().ID]
		for _, conflict := range list.worst {
			p.remarkConflict(o, conflict, names[conflict.OtherInfluencer])
		}
		if list.more > 0 {
			p.notice(o.deal, FieldCode, "more_conflicts", "there are %d more conflicts like these", list.more)
		}
	}
	return nil
}

// remarkCrowds tells the rows of a crowd, and those with a code that the pattern of a crowd matches.
func (p *planner) remarkCrowds(ctx context.Context, crowds map[sharedKey]int, crowded []crm.Claim) error {
	matching := crm.NewClaimIndex(crowded)
	members := map[string]int{}
	for _, c := range crowded {
		members[c.Rule().String()] = crowds[keyOf(c)]
	}
	for _, o := range p.outcomes {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, claim := range crm.ClaimsOf(*o.result()) {
			n := crowds[keyOf(claim)]
			switch {
			case n == 0:
			case claim.Kind == crm.ClaimUTM:
				p.notice(o.deal, o.utmColumn(), "shared_by_many", "the set of UTM fields is that of %d influencers; it does not tell them apart", n)
			case isPattern(claim):
				p.notice(o.deal, FieldCode, "shared_by_many", "the rule %q is that of %d influencers; it does not tell them apart", shorten(claim.Rule().String()), n)
			default:
				p.notice(o.deal, FieldCode, "shared_by_many", "the code %q is that of %d influencers; it does not tell them apart", shorten(claim.Key), n)
			}
		}
		if len(crowded) == 0 {
			continue
		}
		matches, _ := matching.Conflicts(whole(*o.result()), p.workspace.TailDays)
		for n, m := range matches {
			if n == maxConflictNotices {
				break
			}
			p.notice(o.deal, FieldCode, "code_of_many", "the code %q also counts for the rule %q, which is that of %d influencers",
				shorten(m.Witness), shorten(m.OtherRule), members[m.OtherRule])
		}
	}
	return nil
}

// findByCode finds what the whole codes and UTM sets of the rows conflict with.
func (p *planner) findByCode(ctx context.Context, claims []crm.Claim, found map[crm.CooperationID]*conflicts) error {
	index := crm.NewClaimIndex(claims)
	for _, o := range p.outcomes {
		if err := ctx.Err(); err != nil {
			return err
		}
		list, _ := index.Conflicts(whole(*o.result()), p.workspace.TailDays)
		found[o.result().ID].add(list...)
	}
	return nil
}

// findCodes finds the whole codes that the patterns of the rows match: each code looks for the patterns, not the other
// way round, which would take a comparison with all codes.
func (p *planner) findCodes(ctx context.Context, claims []crm.Claim, found map[crm.CooperationID]*conflicts) error {
	var ours []crm.Claim
	for _, c := range claims {
		if isPattern(c) && found[c.Cooperation] != nil {
			ours = append(ours, c)
		}
	}
	if len(ours) == 0 {
		return nil
	}
	index := crm.NewClaimIndex(ours)
	for _, c := range claims {
		if c.Kind != crm.ClaimEquals {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		list, _ := index.Conflicts(claimant(c), p.workspace.TailDays)
		for _, conflict := range list {
			row := found[conflict.Other]
			conflict.Other, conflict.OtherInfluencer = c.Cooperation, c.Influencer
			conflict.Rule, conflict.OtherRule = conflict.OtherRule, conflict.Rule
			row.add(conflict)
		}
	}
	return nil
}

// findPatterns finds which patterns of the rows conflict with other patterns, unless there are too many of them.
func (p *planner) findPatterns(ctx context.Context, claims []crm.Claim, found map[crm.CooperationID]*conflicts) error {
	all := slices.DeleteFunc(slices.Clone(claims), func(c crm.Claim) bool { return !isPattern(c) })
	if len(all) > maxPatterns {
		p.plan.Notes = append(p.plan.Notes, Note{"many_patterns", fmt.Sprintf(
			"%d rules are patterns (contains, starts with, ends with); with more than %d of them, conflicts between two patterns are not looked for", len(all), maxPatterns)})
		return nil
	}
	index := crm.NewClaimIndex(all)
	for _, c := range all {
		row := found[c.Cooperation]
		if row == nil {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		list, _ := index.Conflicts(claimant(c), p.workspace.TailDays)
		row.add(list...)
	}
	return nil
}

func (p *planner) remarkConflict(o *outcome, conflict crm.Conflict, other string) {
	f, code, what := FieldCode, "code_conflict", fmt.Sprintf("the code %q", conflict.Witness)
	switch {
	case conflict.Kind == crm.ClaimUTM:
		f, code, what = o.utmColumn(), "utm_conflict", "the set of UTM fields"
	case conflict.Severity == discount.Certain:
		what = fmt.Sprintf("a code like %q", conflict.Witness)
	}
	p.notice(o.deal, f, code, "%s also counts for %q at the same time (%s to %s)", what, other,
		conflict.During.Start, orElse(conflict.During.End.String(), "open end"))
}

// result is the cooperation that the row creates or changes.
func (o *outcome) result() *crm.Cooperation {
	if o.create != nil {
		return o.create
	}
	return o.change
}

// utmColumn is the column of the field that makes a set of UTM fields somebody's own.
func (d *deal) utmColumn() Field {
	for _, f := range []utm.Field{utm.Term, utm.Content} {
		if d.utm.Get(f).String() != "" {
			return utmColumns[f]
		}
	}
	return FieldUTMCampaign
}
