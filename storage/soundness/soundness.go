package soundness

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/getklar/influencercrm/crm"
)

// Check reports each contradiction in a workspace as an error of its own, joined; nil if there is none:
//
//   - the log has no gap, its time does not run backwards, and replaying it from the beginning gives the stored records,
//     each at the version that its changes count;
//   - every record that another names is there, the claims are those of the cooperations and end with their campaigns and
//     influencers, names that must be unique are, automatic names follow their pattern, and UTM fields that are pending lack something;
//   - influencers are found by all that identifies them;
//   - in the planning report the months and what is unscheduled add up to what is allocated, for each campaign and in
//     total, and that is the cooperations' money; the sums that the store keeps are those of the cooperations, and the
//     summary made of them is that of the report.
//
// It reads the whole workspace into memory.
func Check(ctx context.Context, r crm.Reader) error {
	if r == nil {
		panic("soundness: Check needs a Reader, and was given nil")
	}
	w, err := read(ctx, r)
	if err != nil {
		return err
	}
	var found problems
	found.log(w)
	found.references(w)
	found.claims(w)
	found.claimsUntil(w)
	found.names(w)
	found.pending(w)
	if err := found.identities(ctx, r, w); err != nil {
		return err
	}
	if err := found.plan(ctx, r, w); err != nil {
		return err
	}
	if err := found.summary(ctx, r, w); err != nil {
		return err
	}
	return errors.Join(found...)
}

// problems are the contradictions found so far.
type problems []error

func (p *problems) addf(format string, args ...any) {
	*p = append(*p, fmt.Errorf(format, args...))
}

// workspace is everything that a workspace holds but for import runs and pictures, which no rule of Check is about.
type workspace struct {
	settings     crm.Workspace
	members      []crm.Member
	campaigns    []crm.Campaign
	influencers  []crm.Influencer
	cooperations []crm.Cooperation
	claims       []crm.Claim
	changes      []crm.Change
	head         crm.Head
}

func read(ctx context.Context, r crm.Reader) (w workspace, err error) {
	if w.settings, err = r.Workspace(ctx); err != nil {
		return w, err
	}
	if w.members, err = all(ctx, r.Members(), crm.MemberFilter{Archive: crm.ActiveOrNot}); err != nil {
		return w, err
	}
	if w.campaigns, err = all(ctx, r.Campaigns(), crm.CampaignFilter{Archive: crm.ActiveOrNot}); err != nil {
		return w, err
	}
	if w.influencers, err = all(ctx, r.Influencers(), crm.InfluencerFilter{Archive: crm.ActiveOrNot}); err != nil {
		return w, err
	}
	if w.cooperations, err = all(ctx, r.Cooperations(), crm.CooperationFilter{Archive: crm.ActiveOrNot}); err != nil {
		return w, err
	}
	if w.claims, err = r.Claims(ctx, crm.ClaimFilter{}); err != nil {
		return w, err
	}
	for f := (crm.ChangeFilter{}); ; f.After = w.changes[len(w.changes)-1].Seq {
		page, err := r.Changes(ctx, f, crm.MaxPageSize)
		if err != nil {
			return w, err
		}
		if w.changes = append(w.changes, page...); len(page) == 0 {
			break
		}
	}
	w.head, err = r.Head(ctx)
	return w, err
}

// all reads a list to its end.
func all[R crm.Record, F any](ctx context.Context, records crm.Records[R, F], filter F) ([]R, error) {
	var read []R
	for o := (crm.ListOptions{Size: crm.MaxPageSize}); ; {
		page, err := records.List(ctx, filter, o)
		if err != nil {
			return nil, err
		}
		read = append(read, page.Items...)
		if o.Token = page.Next; o.Token == "" {
			return read, nil
		}
	}
}

// records are those that the log tells of.
func (w workspace) records() []crm.Record {
	return slices.Concat([]crm.Record{w.settings}, asRecords(w.members), asRecords(w.campaigns), asRecords(w.influencers),
		asRecords(w.cooperations))
}

func asRecords[R crm.Record](typed []R) []crm.Record {
	records := make([]crm.Record, len(typed))
	for n, r := range typed {
		records[n] = r
	}
	return records
}
