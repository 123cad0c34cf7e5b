package sqlstore

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
)

// InfluencerFacets implements crm.Reader. It is a statement for each facet, one for the influencers whose spellings are
// shown, and one for the members.
func (r *reader) InfluencerFacets(ctx context.Context, f crm.InfluencerFilter) (facets crm.InfluencerFacets, err error) {
	if err := r.ready(ctx, crm.KindInfluencer, crm.KindMember); err != nil {
		return facets, err
	}
	if f, err = crm.CheckFilter(f); err != nil {
		return facets, err
	}
	q := r.schema.InfluencerFacets(r.wsText, f)
	tags, err := r.facet(ctx, q.Tags)
	if err != nil {
		return facets, err
	}
	categories, err := r.facet(ctx, q.Categories)
	if err != nil {
		return facets, err
	}
	platforms, err := r.facet(ctx, q.Platforms)
	if err != nil {
		return facets, err
	}
	responsibles, err := r.facet(ctx, q.Responsibles)
	if err != nil {
		return facets, err
	}
	spelt, err := r.spellings(ctx, slices.Concat(tags.firsts, categories.firsts))
	if err != nil {
		return facets, err
	}
	names, err := r.memberNames(ctx, responsibles.values)
	if err != nil {
		return facets, err
	}
	return crm.InfluencerFacets{
		Tags:         tags.facet(func(value string, i crm.InfluencerID) string { return tagSpelling(spelt[i], value) }),
		Categories:   categories.facet(func(_ string, i crm.InfluencerID) string { return spelt[i].Category }),
		Platforms:    platforms.facet(func(value string, _ crm.InfluencerID) string { return account.PlatformName(value) }),
		Responsibles: responsibles.facet(func(value string, _ crm.InfluencerID) string { return names[value] }),
	}, nil
}

// spellings reads the influencers whose spellings are labels.
func (r *reader) spellings(ctx context.Context, ids []crm.InfluencerID) (map[crm.InfluencerID]crm.Influencer, error) {
	found, err := recordsOf(r, r.schema.Influencers).GetAll(ctx, ids)
	spelt := make(map[crm.InfluencerID]crm.Influencer, len(found))
	for _, i := range found {
		spelt[i.ID] = i
	}
	return spelt, err
}

// tagSpelling is how an influencer has a tag that is given folded.
func tagSpelling(i crm.Influencer, folded string) string {
	for _, tag := range i.Tags {
		if crm.Fold(tag) == folded {
			return tag
		}
	}
	return folded
}

// memberNames are the names of the members whose ids are the values of a facet.
func (r *reader) memberNames(ctx context.Context, values []crm.FacetValue) (map[string]string, error) {
	ids := make([]crm.MemberID, 0, len(values))
	for _, v := range values {
		id, err := crm.ParseID[crm.Member](v.Value)
		if err != nil {
			return nil, r.unit.Unreadable(ctx, crm.RefTo(r.ws), err)
		}
		ids = append(ids, id)
	}
	found, err := recordsOf(r, r.schema.Members).GetAll(ctx, ids)
	names := make(map[string]string, len(found))
	for _, m := range found {
		names[m.ID.String()] = m.Name
	}
	return names, err
}
