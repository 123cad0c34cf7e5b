package sqlstore

import (
	"context"

	"github.com/getklar/influencercrm/crm"
)

// reader is a session that sees one workspace. It implements crm.Reader.
type reader struct {
	*session
	ws     crm.WorkspaceID
	wsText string
}

var _ crm.Reader = (*reader)(nil)

// Workspace implements crm.Reader.
func (r *reader) Workspace(ctx context.Context) (crm.Workspace, error) {
	return recordsOf(r, r.store.schema.workspaces).Get(ctx, r.ws)
}

// Members implements crm.Reader.
func (r *reader) Members() crm.Records[crm.Member, crm.MemberFilter] {
	return recordsOf(r, r.store.schema.members)
}

// Campaigns implements crm.Reader.
func (r *reader) Campaigns() crm.Records[crm.Campaign, crm.CampaignFilter] {
	return recordsOf(r, r.store.schema.campaigns)
}

// Influencers implements crm.Reader.
func (r *reader) Influencers() crm.Records[crm.Influencer, crm.InfluencerFilter] {
	return recordsOf(r, r.store.schema.influencers)
}

// Cooperations implements crm.Reader.
func (r *reader) Cooperations() crm.Records[crm.Cooperation, crm.CooperationFilter] {
	return recordsOf(r, r.store.schema.cooperations)
}

// ImportRuns implements crm.Reader.
func (r *reader) ImportRuns() crm.Records[crm.ImportRun, crm.ImportRunFilter] {
	return recordsOf(r, r.store.schema.importRuns)
}
