package assistant

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/wire"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

// kinds are those of the records that an assistant reads and changes.
var kinds = []crm.Kind{crm.KindCampaign, crm.KindInfluencer, crm.KindCooperation, crm.KindMember}

// selection are the conditions of find. They have the names of the library's filters, which refuse what they do not
// have.
type selection struct {
	Text         string             `json:"text,omitzero" jsonschema:"A part of the name, handle, code, note and so on; upper and lower case do not matter."`
	Campaigns    []crm.CampaignID   `json:"campaigns,omitzero" jsonschema:"Of cooperations: those of these campaigns."`
	Influencers  []crm.InfluencerID `json:"influencers,omitzero" jsonschema:"Of cooperations: those of these influencers."`
	Statuses     []crm.Status       `json:"statuses,omitzero" jsonschema:"Of cooperations: draft, negotiating, signed."`
	Platforms    []string           `json:"platforms,omitzero" jsonschema:"Of cooperations and influencers: instagram, tiktok and so on."`
	Categories   []string           `json:"categories,omitzero" jsonschema:"Of cooperations and influencers."`
	Tags         []string           `json:"tags,omitzero" jsonschema:"Of cooperations and influencers: one of them is enough."`
	Responsibles []crm.MemberID     `json:"responsibles,omitzero" jsonschema:"Of cooperations and influencers: the members of the team in charge."`
	During       budget.Period      `json:"during,omitzero" jsonschema:"Of cooperations: with a day in this period."`
	State        crm.State          `json:"state,omitzero" jsonschema:"Of cooperations and campaigns: where they stand today."`
	Archive      crm.Archive        `json:"archive,omitzero" jsonschema:"Archived records, or all; else only those that are not archived."`
}

// hit is a record in a list.
type hit struct {
	ID         string        `json:"id"`
	Version    int64         `json:"version"`
	Name       string        `json:"name"`
	Campaign   string        `json:"campaign,omitzero"`   // the names of those of a cooperation
	Influencer string        `json:"influencer,omitzero"` //
	Status     crm.Status    `json:"status,omitzero"`
	Cancelled  bool          `json:"cancelled,omitzero"`
	Period     budget.Period `json:"period,omitzero"`
	Cost       string        `json:"cost,omitzero"`
	Budget     string        `json:"budget,omitzero"`
	Codes      []string      `json:"codes,omitzero"`
	Profiles   []string      `json:"profiles,omitzero"`
	Category   string        `json:"category,omitzero"`
	Tags       []string      `json:"tags,omitzero"`
	Email      string        `json:"email,omitzero"`
	ArchivedOn budget.Date   `json:"archived_on,omitzero"`
}

func find() (tool, error) {
	type asked struct {
		place
		Kind crm.Kind `json:"kind" jsonschema:"What to look for."`
		selection
		paging
	}
	return reading("find", "Find records",
		"Finds campaigns, influencers, cooperations or members by text and conditions, in pages, with their ids and versions. "+
			"Use get_record for all fields of one.",
		func(c *call[asked]) (answer, error) {
			o, err := c.args.list()
			if err != nil {
				return answer{}, err
			}
			var found listed[hit]
			s := c.crm
			switch c.args.Kind {
			case crm.KindCampaign:
				found, err = search(c.ctx, c.ws, c.args.selection, o, s.Campaigns, s.CountCampaigns, campaignHit)
			case crm.KindInfluencer:
				found, err = search(c.ctx, c.ws, c.args.selection, o, s.Influencers, s.CountInfluencers, influencerHit)
			case crm.KindCooperation:
				o.WithNames = true
				found, err = search(c.ctx, c.ws, c.args.selection, o, s.Cooperations, s.CountCooperations, cooperationHit)
			case crm.KindMember:
				found, err = search(c.ctx, c.ws, c.args.selection, o, s.Members, s.CountMembers, memberHit)
			default:
				err = unknownKind(c.args.Kind)
			}
			if err != nil {
				return answer{}, err
			}
			summary := fmt.Sprintf("%s; %d of them listed here.", counted(found.Count, string(c.args.Kind)), len(found.Items))
			return answer{summary, found}, nil
		})
}

func unknownKind(k crm.Kind) error {
	return refusal.Invalid("kind", string(k), sentence.Of("must be campaign, influencer, cooperation or member"))
}

// search lists the records of a kind. The filter of the kind refuses, by name, conditions that it does not have.
func search[R crm.Record, F any](
	ctx context.Context, ws crm.WorkspaceID, s selection, o crm.ListOptions,
	list func(context.Context, crm.WorkspaceID, F, crm.ListOptions) (crm.Page[R], error),
	count func(context.Context, crm.WorkspaceID, F) (int, error),
	show func(R, *crm.PageNames) hit,
) (found listed[hit], err error) {
	doc, err := json.Marshal(s)
	if err != nil {
		return found, err
	}
	f, err := wire.Parse[F](doc)
	if err != nil {
		return found, err
	}
	page, err := list(ctx, ws, f, o)
	if err != nil {
		return found, err
	}
	if found.Count, err = count(ctx, ws, f); err != nil {
		return found, err
	}
	found.Items, found.Next = []hit{}, page.Next
	for _, r := range page.Items {
		found.Items = append(found.Items, show(r, page.Names))
	}
	return found, nil
}

func campaignHit(c crm.Campaign, _ *crm.PageNames) hit {
	h := hit{ID: c.ID.String(), Version: c.Version, Name: c.Name, Period: c.Period, ArchivedOn: c.ArchivedOn}
	if c.Budget.IsSet() {
		h.Budget = c.Budget.String()
	}
	return h
}

func influencerHit(i crm.Influencer, _ *crm.PageNames) hit {
	h := hit{
		ID: i.ID.String(), Version: i.Version, Name: i.Name, Category: i.Category, Tags: i.Tags, Email: i.Email, ArchivedOn: i.ArchivedOn,
	}
	for _, p := range i.Profiles[:min(len(i.Profiles), maxListed)] {
		h.Profiles = append(h.Profiles, p.Platform+" "+p.Handle)
	}
	return h
}

func cooperationHit(c crm.Cooperation, names *crm.PageNames) hit {
	h := hit{
		ID: c.ID.String(), Version: c.Version, Name: c.Name, Status: c.Status, Cancelled: c.Cancellation != nil, Period: c.Period,
		Campaign: names.Campaigns[c.Campaign], Influencer: names.Influencers[c.Influencer], ArchivedOn: c.ArchivedOn,
	}
	if c.Cost.IsSet() {
		h.Cost = c.Cost.String()
	}
	for _, r := range c.Rules[:min(len(c.Rules), maxListed)] {
		h.Codes = append(h.Codes, r.String())
	}
	return h
}

func memberHit(m crm.Member, _ *crm.PageNames) hit {
	return hit{ID: m.ID.String(), Version: m.Version, Name: m.Name, Email: m.Email, ArchivedOn: m.ArchivedOn}
}
