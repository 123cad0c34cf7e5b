package crm_test

import (
	"context"
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/duplicates"
)

// One person is there twice: found, looked at first, then made one.
func ExampleService_MergeInfluencers() {
	ctx := context.Background()
	p, err := paulasShop()
	if err != nil {
		fmt.Println(err)
		return
	}
	twin, err := p.crm.CreateInfluencer(ctx, p.ws, crm.Influencer{
		Name: "Emma Klein", Email: "emma@mail.example", Profiles: []crm.Profile{{Platform: "TikTok", Handle: "@emma_style"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	var found []duplicates.Pair
	err = p.crm.View(ctx, p.ws, func(ctx context.Context, r crm.Reader) (err error) {
		found, err = duplicates.Find(ctx, r, duplicates.Options{Of: &twin})
		return err
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range found {
		fmt.Println(d.A.Name, "is probably", d.B.Name, "with", d.Score, "points:", d.Reasons)
	}

	preview, err := p.crm.DryRun().MergeInfluencers(ctx, p.ws, twin.At(), p.emma.At(), crm.MergeOptions{}, "")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range preview.Differences {
		fmt.Printf("the %s %q would stay, and %q go\n", d.Field, d.Kept, d.Left)
	}

	done, err := p.crm.MergeInfluencers(ctx, p.ws, twin.At(), p.emma.At(), crm.MergeOptions{Take: []string{"name"}}, "she told us")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(done.Influencer.Name, done.Influencer.Email)
	for _, profile := range done.Influencer.Profiles {
		fmt.Println(account.PlatformName(profile.Platform), profile.Handle)
	}
	for _, c := range done.Cooperations {
		fmt.Println(c.Name)
	}
	// Output:
	// Emma Klein is probably Emma with 45 points: [similar handles: emmastyle]
	// the name "Emma Klein" would stay, and "Emma" go
	// Emma emma@mail.example
	// TikTok emma_style
	// Instagram emma.style
	// Summer Sale - Emma - Instagram
}
