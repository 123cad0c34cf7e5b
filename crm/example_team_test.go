package crm_test

import (
	"context"
	"fmt"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// Many cooperations move at once. Each keeps the rules for itself, and says why if it stays.
func ExampleService_SetStatus() {
	ctx := context.Background()
	p, err := paulasShop()
	if err != nil {
		fmt.Println(err)
		return
	}
	noahs, err := p.crm.CreateCooperation(ctx, p.ws, crm.Cooperation{
		Campaign: p.summer.ID, Influencer: p.noah.ID, Cost: budget.FromMinor(2_400_00, "EUR"),
		Period: budget.Period{Start: budget.MustParseDate("2026-07-01")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	done, err := p.crm.SetStatus(ctx, p.ws, crm.AnyVersion(p.emmasReel.ID, noahs.Cooperation.ID), crm.Signed, "signed in Berlin")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range done.Results {
		fmt.Println(r.Ref.ID == noahs.Cooperation.ID.UUID(), r.Err)
	}
	// Output:
	// false cooperation cost "": a signed cooperation needs its cost; enter 0 if there is none
	// true <nil>
}

// New defaults are for new cooperations. Old ones take them over when they are applied again, of
// which there is a preview.
func ExampleService_ReapplyDefaults() {
	ctx := context.Background()
	p, err := paulasShop()
	if err != nil {
		fmt.Println(err)
		return
	}
	p.emma.Profiles[0].Rules = []discount.Rule{{Match: discount.Equals, Pattern: "EMMA15"}}
	if _, err = p.crm.UpdateInfluencer(ctx, p.ws, p.emma, ""); err != nil {
		fmt.Println(err)
		return
	}
	preview, err := p.crm.DryRun().ReapplyDefaults(ctx, p.ws, crm.AnyVersion(p.emmasReel.ID), crm.Reapply{}, "")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range preview.Results {
		for _, f := range r.Fields {
			fmt.Printf("%s, %s:\n  %s\n  %s\n", r.Name, f.Field, f.Before, f.After)
		}
	}
	// Output:
	// Summer Sale - Emma - Instagram, rules:
	//   [{"match":"equals","pattern":"EMMA10"}]
	//   [{"match":"equals","pattern":"EMMA15"}]
}

// A campaign runs again in the autumn. Dates move, and codes and links are made anew.
func ExampleService_CloneCampaign() {
	ctx := context.Background()
	p, err := paulasShop()
	if err != nil {
		fmt.Println(err)
		return
	}
	c := p.emmasReel
	c.Rules = append(c.Rules, discount.Rule{Match: discount.Equals, Pattern: "SUMMEREMMA"})
	if _, err = p.crm.UpdateCooperation(ctx, p.ws, c, ""); err != nil {
		fmt.Println(err)
		return
	}
	autumn, err := p.crm.CloneCampaign(ctx, p.ws, p.summer.ID, crm.CloneOptions{
		Name: "Autumn Sale", Start: budget.MustParseDate("2026-09-01"), Cooperations: true,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(autumn.Campaign.Name, "until", autumn.Campaign.Period.End, "with", autumn.Campaign.Budget)
	for _, c := range autumn.Cooperations {
		fmt.Println(c.Cooperation.Name, "from", c.Cooperation.Period.Start, c.Cooperation.Rules, c.Cooperation.UTM.Get(utm.Campaign))
	}
	for _, left := range autumn.LeftOut {
		fmt.Println("left out of", left.Name+":", left.Value, "–", left.Why)
	}
	// Output:
	// Autumn Sale until 2026-10-31 with 5000.00 EUR
	// Autumn Sale - Emma - Instagram from 2026-09-16 [equals EMMA10] autumn-sale
	// left out of Summer Sale - Emma - Instagram: equals SUMMEREMMA – it was given to this cooperation alone; the new one has the defaults
}
