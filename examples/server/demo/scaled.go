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

// The shape of a workspace whose cooperations are made up.
const (
	madeUpCampaigns   = 50
	madeUpInfluencers = 3_000
	madeUpMonths      = 24
	piece             = crm.MaxNeed / 2 // records in a unit of work; each needs at most two others
)

// makeUp makes campaigns, influencers and cooperations of a year before today and a year after it. Units of work are small, so
// that neither they nor the memory that they take grow with the whole.
func (f *filling) makeUp(ctx context.Context) error {
	var campaigns []crm.Campaign
	err := f.inPieces(ctx, min(madeUpCampaigns, f.Cooperations), func(ctx context.Context, w *crm.Work, n int, _ *rand.Rand) error {
		c, err := w.CreateCampaign(ctx, crm.Campaign{Name: fmt.Sprintf("%s %d", seasons[n%len(seasons)], n/len(seasons)+1)})
		campaigns = append(campaigns[:n], c)
		return err
	}, nil)
	if err != nil {
		return err
	}
	var influencers []crm.Influencer
	err = f.inPieces(ctx, min(madeUpInfluencers, f.Cooperations), func(ctx context.Context, w *crm.Work, n int, rnd *rand.Rand) error {
		i, err := w.CreateInfluencer(ctx, f.influencer(n, rnd))
		influencers = append(influencers[:n], i)
		return err
	}, nil)
	if err != nil {
		return err
	}
	chosen := make([]crm.Cooperation, piece)
	return f.inPieces(ctx, f.Cooperations, func(ctx context.Context, w *crm.Work, n int, _ *rand.Rand) error {
		_, err := w.CreateCooperation(ctx, chosen[n%piece])
		return err
	}, func(ctx context.Context, w *crm.Work, from, to int, rnd *rand.Rand) error {
		var need crm.Need
		for n := from; n < to; n++ {
			c := f.cooperation(n, pick(rnd, campaigns), pick(rnd, influencers), rnd)
			need.Refs = append(need.Refs, crm.RefTo(c.Campaign), crm.RefTo(c.Influencer))
			need.Names = append(need.Names, crm.NameProbe{Campaign: c.Campaign, Influencer: c.Influencer})
			chosen[n%piece] = c
		}
		return w.Preload(ctx, need)
	})
}

// inPieces calls make for each of n records, in units of work of at most piece of them. Before the first of a unit it calls
// prepare, if there is one, with their numbers.
func (f *filling) inPieces(ctx context.Context, n int, make func(context.Context, *crm.Work, int, *rand.Rand) error,
	prepare func(ctx context.Context, w *crm.Work, from, to int, rnd *rand.Rand) error) error {
	for from := 0; from < n; from += piece {
		to := min(from+piece, n)
		err := f.crm.Update(ctx, Workspace, func(ctx context.Context, w *crm.Work) error {
			rnd := rand.New(rand.NewPCG(f.Seed, uint64(from)))
			if prepare != nil {
				if err := prepare(ctx, w, from, to, rnd); err != nil {
					return err
				}
			}
			for at := from; at < to; at++ {
				if err := make(ctx, w, at, rnd); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

var (
	seasons    = strings.Fields("Spring Summer Autumn Winter Launch Giveaway Outlet Classics Travel Gifts")
	firstNames = strings.Fields(`Ada Alma Amelie Anna Anton Ben Bruno Carla Clara Dana Edda Elif Elsa Emil Emma Finn Frida Greta
		Hanna Henri Ida Ines Jana Jonas Jule Kian Lara Lea Lena Leo Lina Luca Malik Mara Mats Mia Mila Milo Nele Nika Noah Nora Nour
		Oskar Paul Pia Ravi Romy Rosa Sami Selma Sofia Svea Theo Tilda Timo Toni Vera Yara Zoe`)
	lastNames = strings.Fields(`Adler Albers Amari Bauer Behm Berger Brandt Castell Conrad Dreyer Ebert Engel Falk Fink Franke Graf
		Haas Hahn Hansen Hering Huber Ivers Jansen Kaiser Keller Klein Kraus Lang Lenz Lindner Lorenz Maas Marin Moreau Navarro Noll
		Okafor Peters Pohl Rau Reuter Roth Sander Sommer Stark Thal Ulmer Vogt Voss Winkler`)
	platforms  = strings.Fields("instagram tiktok youtube")
	categories = strings.Fields("Beauty Fashion Fitness Food Travel Family")
)

func (f *filling) influencer(n int, rnd *rand.Rand) crm.Influencer {
	first, last := firstNames[n%len(firstNames)], lastNames[n/len(firstNames)%len(lastNames)]
	return crm.Influencer{
		Name: first + " " + last, Category: pick(rnd, categories), Responsible: f.members[n%len(f.members)].ID,
		Profiles: []crm.Profile{{
			Platform: pick(rnd, platforms), Handle: strings.ToLower(first + "." + last),
			Followers: &crm.Followers{Count: int64(1+rnd.IntN(900)) * 1_000, On: f.Today.AddDays(-history)},
		}},
	}
}

// cooperation is signed if it has begun, and most likely not yet if it is far away.
func (f *filling) cooperation(n int, campaign crm.Campaign, influencer crm.Influencer, rnd *rand.Rand) crm.Cooperation {
	month := rnd.IntN(madeUpMonths) - madeUpMonths/2
	start := f.Today.Month().Add(month).First().AddDays(rnd.IntN(28))
	status := crm.Signed
	if month > 0 && rnd.IntN(madeUpMonths/2) < month {
		status = pick(rnd, []crm.Status{crm.Draft, crm.Negotiating})
	}
	first, _, _ := strings.Cut(influencer.Name, " ")
	return crm.Cooperation{
		Campaign: campaign.ID, Influencer: influencer.ID, Profile: influencer.Profiles[0].ID, Status: status,
		Period: budget.Period{Start: start, End: start.AddDays(30)},
		Cost:   budget.FromMinor(int64(50_00+rnd.IntN(5_000_00)), currency),
		Rules:  []discount.Rule{{Match: discount.Equals, Pattern: fmt.Sprintf("%s%d", strings.ToUpper(first), n+1)}},
		Notes:  "two stories and one reel, product sent",
	}
}
