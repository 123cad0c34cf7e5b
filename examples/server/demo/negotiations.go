package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// draft plans cooperations in campaigns that are still to come or running, with influencers that the team knows.
func (f *filling) draft(ctx context.Context) error {
	return f.update(ctx, func(ctx context.Context, w *crm.Work, rnd *rand.Rand) error {
		var campaigns []crm.Campaign
		err := crm.Each(ctx, w.Campaigns(), crm.CampaignFilter{}, func(c crm.Campaign) error {
			if c.Period.End.After(f.Today.AddDays(30)) {
				campaigns = append(campaigns, c)
			}
			return nil
		})
		if err != nil || len(campaigns) == 0 {
			return err
		}
		var influencers []crm.Influencer
		err = crm.Each(ctx, w.Influencers(), crm.InfluencerFilter{}, func(i crm.Influencer) error {
			if len(i.Profiles) > 0 {
				influencers = append(influencers, i)
			}
			return nil
		})
		if err != nil {
			return err
		}
		for range 12 {
			campaign, influencer := pick(rnd, campaigns), pick(rnd, influencers)
			start := f.Today.AddDays(7 + rnd.IntN(21))
			if campaign.Period.Start.After(start) {
				start = campaign.Period.Start
			}
			first, _, _ := strings.Cut(influencer.Name, " ")
			_, err := w.CreateCooperation(ctx, crm.Cooperation{
				Campaign: campaign.ID, Influencer: influencer.ID, Profile: influencer.Profiles[0].ID, Status: crm.Draft,
				Period: budget.Period{Start: start, End: start.AddDays(6 + rnd.IntN(24))},
				Cost:   budget.FromMinor(int64(6+rnd.IntN(80))*50_00, currency),
				Rules:  []discount.Rule{{Match: discount.Equals, Pattern: fmt.Sprint(strings.ToUpper(first), 21+rnd.IntN(70))}},
				Notes:  pick(rnd, []string{"one reel, three stories", "a video of ten minutes", "asks for products up front", ""}),
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// negotiate opens talks about two of three drafts.
func (f *filling) negotiate(ctx context.Context) error {
	return f.advance(ctx, crm.Draft, crm.Negotiating, 2, 3)
}

// sign ends one of three talks. Where a code belongs to somebody else, they go on.
func (f *filling) sign(ctx context.Context) error {
	return f.advance(ctx, crm.Negotiating, crm.Signed, 1, 3)
}

func (f *filling) advance(ctx context.Context, from, to crm.Status, part, of int) error {
	return f.update(ctx, func(ctx context.Context, w *crm.Work, rnd *rand.Rand) error {
		var all []crm.At
		filter := crm.CooperationFilter{Statuses: []crm.Status{from}}
		err := crm.Each(ctx, w.Cooperations(), filter, func(c crm.Cooperation) error {
			if rnd.IntN(of) < part {
				all = append(all, c.At())
			}
			return nil
		})
		if err == nil && len(all) > 0 {
			_, err = w.SetStatus(ctx, all, to, "")
		}
		return err
	})
}

// giveUp cancels two cooperations of these weeks and archives two, whose codes nobody else has in these days: customers
// go on using them.
func (f *filling) giveUp(ctx context.Context) error {
	return f.update(ctx, func(ctx context.Context, w *crm.Work, rnd *rand.Rand) error {
		var all, running []crm.Cooperation
		err := crm.Each(ctx, w.Cooperations(), crm.CooperationFilter{}, func(c crm.Cooperation) error {
			all = append(all, c)
			return nil
		})
		if err != nil {
			return err
		}
		codes, today := ownersOf(all), budget.DateOf(f.Now())
		weeks := budget.Period{Start: today.AddDays(1), End: today.AddDays(21)}
		for _, c := range all {
			_, coded := codeOf(c)
			if _, soon := c.Period.Overlap(weeks); coded && soon && !codes.others(c, c.Period, tailDays) {
				running = append(running, c)
			}
		}
		rnd.Shuffle(len(running), func(i, j int) { running[i], running[j] = running[j], running[i] })
		for n, c := range running[:min(4, len(running))] {
			if n%2 == 0 {
				fee := budget.FromMinor(c.Cost.Minor()/4, currency)
				_, err = w.Cancel(ctx, c.ID, c.Version, crm.Cancellation{On: today, Fee: fee, Reason: "no content was delivered"}, "")
			} else {
				_, err = w.Archive(ctx, c.At(), "entered by mistake")
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}
