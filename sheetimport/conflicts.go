package sheetimport

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/utm"
)

// maxConflictNotices is how many conflicts of one row are listed one by one.
const maxConflictNotices = 5

// remarkConflicts adds a notice to each row that uses a code or a set of UTM fields which another influencer has at the
// same time. Such rows come in: an import is not held to the conditions for signing.
func (p *planner) remarkConflicts(ctx context.Context) error {
	if err := p.loadClaims(ctx); err != nil {
		return err
	}
	claims := p.claimsAfter()
	shared := widelyShared(claims)
	few, standIns := splitWidelyShared(claims, shared)
	if err := p.remarkWidelyShared(ctx, shared, standIns); err != nil {
		return err
	}
	index := crm.NewClaimIndex(few, p.workspace)
	for some := range slices.Chunk(p.planned, crm.MaxNeed) {
		if err := p.remarkFew(ctx, some, index, shared); err != nil {
			return err
		}
	}
	return nil
}

// remarkFew adds the notices about what is not widely shared.
func (p *planner) remarkFew(ctx context.Context, some []*planned, index *crm.ClaimIndex, shared map[sharedKey]int) error {
	type found struct {
		of     *planned
		listed []crm.Conflict
		more   int
	}
	var all []found
	var listed []crm.Conflict
	for _, o := range some {
		if err := ctx.Err(); err != nil {
			return err
		}
		conflicts := index.Conflicts(withoutWidelyShared(*o.result(), shared))
		if len(conflicts.List) == 0 {
			continue
		}
		f := found{o, slices.Clone(conflicts.List[:min(len(conflicts.List), maxConflictNotices)]), conflicts.More}
		f.more += len(conflicts.List) - len(f.listed)
		all, listed = append(all, f), append(listed, f.listed...)
	}
	if err := p.loadNames(ctx, listed); err != nil {
		return err
	}
	for _, f := range all {
		for _, conflict := range f.listed {
			if other := p.resolver.people.byID[conflict.OtherInfluencer]; other != nil {
				p.remarkConflict(f.of, conflict, other.Name)
			}
		}
		if f.more > 0 {
			f.of.notice(column.Code, "more_conflicts", "there are %d more conflicts like these", f.more)
		}
	}
	return nil
}

// remarkWidelyShared adds a notice to each row whose code, pattern or set of UTM fields is widely shared, and to each row
// with a code that a widely shared pattern matches.
func (p *planner) remarkWidelyShared(ctx context.Context, shared map[sharedKey]int, standIns []crm.Claim) error {
	matching := crm.NewClaimIndex(standIns, p.workspace)
	members := map[string]int{}
	for _, c := range standIns {
		members[c.Rule().String()] = shared[keyOf(c)]
	}
	for _, o := range p.planned {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, claim := range crm.ClaimsOf(*o.result()) {
			n := shared[keyOf(claim)]
			switch {
			case n == 0:
			case claim.Kind == crm.ClaimUTM:
				o.notice(o.utmColumn(), "shared_by_many", "the set of UTM fields is that of %d influencers; it does not tell them apart", n)
			case isPattern(claim):
				o.notice(column.Code, "shared_by_many",
					"the rule %q is that of %d influencers; it does not tell them apart",
					texts.Shorten(claim.Rule().String()), n)
			default:
				o.notice(column.Code, "shared_by_many",
					"the code %q is that of %d influencers; it does not tell them apart", texts.Shorten(claim.Key), n)
			}
		}
		if len(standIns) == 0 {
			continue
		}
		for n, m := range matching.Conflicts(withoutPatterns(*o.result())).List {
			if n == maxConflictNotices {
				break
			}
			o.notice(column.Code, "code_of_many", "the code %q also counts for the rule %q, which is that of %d influencers",
				texts.Shorten(m.Witness), texts.Shorten(m.OtherRule), members[m.OtherRule])
		}
	}
	return nil
}

func (p *planner) remarkConflict(o *planned, conflict crm.Conflict, other string) {
	f, code, what := column.Code, "code_conflict", sentence.Of("the code %q", conflict.Witness)
	switch {
	case conflict.Kind == crm.ClaimUTM:
		f, code, what = o.utmColumn(), "utm_conflict", sentence.Of("the set of UTM fields")
	case conflict.Severity == discount.Certain:
		what = sentence.Of("a code like %q", conflict.Witness)
	}
	end := sentence.Of("open end")
	if day := conflict.During.End; !day.IsZero() {
		end = sentence.Of("%s", day)
	}
	if why := conflict.Why(p.workspace.CodeComparison); !why.IsZero() {
		o.notice(f, "loose_conflict", "%s; the other one is that of %q at the same time (%s to %s)", why, other,
			conflict.During.Start, end)
		return
	}
	o.notice(f, code, "%s also counts for %q at the same time (%s to %s)", what, other,
		conflict.During.Start, end)
}

// result is the cooperation that the row creates or changes.
func (o *planned) result() *crm.Cooperation {
	if o.create != nil {
		return o.create
	}
	return o.change
}

// utmColumn is the column of the most specific UTM field of the row, to which remarks about its set of fields belong.
func (e *entry) utmColumn() column.Field {
	for _, f := range []utm.Field{utm.Term, utm.Content} {
		if e.utm.Get(f).String() != "" {
			return column.Field(f.Key())
		}
	}
	return column.UTMCampaign
}
