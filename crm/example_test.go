package crm_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/utm"
)

// A real host leaves Now and NewID alone. Here they make the output the same each time.
func exampleOptions() *crm.Options {
	return &crm.Options{
		Now:   func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) },
		NewID: countIDs(),
		Actor: func(context.Context) string { return "mira@shop.example" },
	}
}

// A shop plans one cooperation: an Admin creates the workspace, and a unit of work the records in it.
func Example() {
	ctx, store := context.Background(), memory.New(nil)
	shop, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Paula's Shoes", Currency: "EUR"})
	if err != nil {
		fmt.Println(err)
		return
	}
	service := crm.New(store, nil)
	var saved crm.Saved
	err = service.Update(ctx, shop.ID, func(ctx context.Context, w *crm.Work) error {
		campaign, err := w.CreateCampaign(ctx, summerSale())
		if err != nil {
			return err
		}
		influencer, err := w.CreateInfluencer(ctx, emma())
		if err != nil {
			return err
		}
		saved, err = w.CreateCooperation(ctx, crm.Cooperation{
			Campaign: campaign.ID, Influencer: influencer.ID, Profile: influencer.Profiles[0].ID,
			Period: campaign.Period, Cost: budget.FromMinor(1_200_00, "EUR"), Status: crm.Signed,
		})
		return err
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := service.Report(ctx, shop.ID, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(saved.Cooperation.Name, "with the code", saved.Cooperation.Rules[0].Pattern)
	fmt.Println(report.Campaigns[0].Label, "has", report.Campaigns[0].RemainingAfterSigned(), "left")
	// Output:
	// Summer Sale - Emma - Instagram with the code EMMA10
	// Summer Sale has 3800.00 EUR left
}

// A workspace is made by an Admin. What is not given has sensible defaults.
func ExampleAdmin_CreateWorkspace() {
	ctx := context.Background()
	admin := crm.NewAdmin(memory.New(nil), exampleOptions())

	shop, err := admin.CreateWorkspace(ctx, crm.Workspace{Name: "Paula's Shoes", Currency: "EUR", TimeZone: "Europe/Berlin"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(shop.Name, "counts in", shop.Currency)
	fmt.Println("links start with utm_source =", shop.UTM.Params().Source)

	_, err = admin.CreateWorkspace(ctx, crm.Workspace{Name: "Paula's Bags", Currency: "EURO"})
	fmt.Println(err)
	// Output:
	// Paula's Shoes counts in EUR
	// links start with utm_source = {platform}
	// workspace currency "EURO": is no currency; use its three letters, like EUR
}

// paula is the shop of the examples that follow, up to where each of them begins.
type paula struct {
	crm        *crm.Service
	ws         crm.WorkspaceID
	summer     crm.Campaign
	emma, noah crm.Influencer
	emmasReel  crm.Cooperation // a draft, in June
}

func paulasShop() (p paula, err error) {
	ctx, store, options := context.Background(), memory.New(nil), exampleOptions()
	shop, err := crm.NewAdmin(store, options).CreateWorkspace(ctx, crm.Workspace{Name: "Paula's Shoes", Currency: "EUR",
		TimeZone: "Europe/Berlin"})
	if err != nil {
		return p, err
	}
	p.crm, p.ws = crm.New(store, options), shop.ID
	err = p.crm.Update(ctx, p.ws, func(ctx context.Context, w *crm.Work) (err error) {
		if p.summer, err = w.CreateCampaign(ctx, summerSale()); err != nil {
			return err
		}
		if p.emma, err = w.CreateInfluencer(ctx, emma()); err != nil {
			return err
		}
		p.noah, err = w.CreateInfluencer(ctx, crm.Influencer{Name: "Noah"})
		return err
	})
	if err != nil {
		return p, err
	}
	saved, err := p.crm.CreateCooperation(ctx, p.ws, crm.Cooperation{
		Campaign: p.summer.ID, Influencer: p.emma.ID, Profile: p.emma.Profiles[0].ID,
		Period: budget.Period{Start: budget.MustParseDate("2026-06-16"), End: budget.MustParseDate("2026-07-15")},
	})
	p.emmasReel = saved.Cooperation
	return p, err
}

func summerSale() crm.Campaign {
	return crm.Campaign{
		Name: "Summer Sale", Budget: budget.FromMinor(5_000_00, "EUR"),
		Period: budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-07-31")},
	}
}

func emma() crm.Influencer {
	return crm.Influencer{
		Name: "Emma",
		Profiles: []crm.Profile{{
			Platform: "Insta", Handle: "https://www.instagram.com/emma.style/",
			UTM:   utm.MustParseTemplate(utm.Params{Content: utm.Of("{handle}-{month}")}),
			Rules: []discount.Rule{{Match: discount.Equals, Pattern: "EMMA10"}},
		}},
	}
}

// A campaign's name is its own, however it is written.
func ExampleService_CreateCampaign() {
	ctx := context.Background()
	p, err := paulasShop()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.summer.Name, "has", p.summer.Budget)

	_, err = p.crm.CreateCampaign(ctx, p.ws, crm.Campaign{Name: "summer  SALE"})
	fmt.Println(errors.Is(err, crm.ErrAlreadyExists))
	fmt.Println(err)
	// Output:
	// Summer Sale has 5000.00 EUR
	// true
	// campaign name "summer  SALE": there is a campaign "Summer Sale" already; choose another name
}

// An influencer's profile holds what its cooperations start with.
func ExampleService_CreateInfluencer() {
	p, err := paulasShop()
	if err != nil {
		fmt.Println(err)
		return
	}
	profile := p.emma.Profiles[0]
	fmt.Println(account.PlatformName(profile.Platform), profile.Handle)
	fmt.Println(profile.Rules[0])
	// Output:
	// Instagram emma.style
	// equals EMMA10
}

// A cooperation is filled in from the profile, then from the workspace's template.
func ExampleService_CreateCooperation() {
	p, err := paulasShop()
	if err != nil {
		fmt.Println(err)
		return
	}
	c := p.emmasReel
	fmt.Println(c.Name)
	fmt.Println(c.Status, "with", c.Rules[0], "from the profile:", c.RulesOrigin.Profile == c.Profile)
	for _, f := range utm.Fields() {
		fmt.Println(f.Key(), c.UTM.Get(f), c.UTMOrigins[f].Kind)
	}
	// Output:
	// Summer Sale - Emma - Instagram
	// draft with equals EMMA10 from the profile: true
	// utm_source instagram inherited
	// utm_medium influencer inherited
	// utm_campaign summer-sale inherited
	// utm_term emma inherited
	// utm_content emma-style-2026-06 inherited
}

// Signing needs a start, a cost and a code of one's own. FieldErrors lists all that is missing.
func ExampleService_UpdateCooperation() {
	ctx := context.Background()
	p, err := paulasShop()
	if err != nil {
		fmt.Println(err)
		return
	}
	c := p.emmasReel
	c.Status = crm.Signed
	_, err = p.crm.UpdateCooperation(ctx, p.ws, c, "")
	for _, e := range crm.FieldErrors(err) {
		fmt.Println(e.Field, "–", e.Problem)
	}

	c.Cost = budget.FromMinor(3_000_00, "EUR")
	saved, err := p.crm.UpdateCooperation(ctx, p.ws, c, "contract of 19 May")
	fmt.Println(saved.Cooperation.Status, "at version", saved.Cooperation.Version, err)
	// Output:
	// cost – a signed cooperation needs its cost; enter 0 if there is none
	// signed at version 2 <nil>
}

// Two influencers cannot both be signed with one code on one day. A draft may be saved with the
// conflict, which it is told.
func ExampleConflict() {
	ctx := context.Background()
	p, err := paulasShop()
	if err != nil {
		fmt.Println(err)
		return
	}
	saved, err := p.crm.CreateCooperation(ctx, p.ws, crm.Cooperation{
		Campaign: p.summer.ID, Influencer: p.noah.ID, Cost: budget.FromMinor(2_400_00, "EUR"),
		Period: budget.Period{Start: budget.MustParseDate("2026-07-01"), End: budget.MustParseDate("2026-07-31")},
		Rules:  []discount.Rule{{Match: discount.Equals, Pattern: "emma10"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, conflict := range saved.Conflicts.List {
		fmt.Println(conflict.Severity, "on", conflict.Witness, "with", conflict.OtherName, "from",
			conflict.During.Start, "to", conflict.During.End)
	}
	noahs := saved.Cooperation
	noahs.Status = crm.Signed
	_, err = p.crm.UpdateCooperation(ctx, p.ws, noahs, "")
	fmt.Println(err)
	// Output:
	// blocking on emma10 with Summer Sale - Emma - Instagram from 2026-07-01 to 2026-07-15
	// cooperation rules "emma10": is also a code of "Summer Sale - Emma - Instagram" at the same time; give one of the two another code or other dates
}

// The report is the budget plan by campaign and by month, exact to the cent.
func ExampleService_Report() {
	ctx := context.Background()
	p, err := paulasShop()
	if err != nil {
		fmt.Println(err)
		return
	}
	c := p.emmasReel
	c.Status, c.Cost = crm.Signed, budget.FromMinor(3_000_00, "EUR")
	if _, err := p.crm.UpdateCooperation(ctx, p.ws, c, ""); err != nil {
		fmt.Println(err)
		return
	}
	report, err := p.crm.Report(ctx, p.ws, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, month := range report.Months {
		fmt.Println(month.Label, "signed", month.Signed, "of", month.Budget)
	}
	summer := report.Campaigns[0]
	fmt.Println(summer.Label, "has", summer.RemainingAfterSigned(), "left")
	// Output:
	// June 2026 signed 1500.00 EUR of 2459.02 EUR
	// July 2026 signed 1500.00 EUR of 2540.98 EUR
	// Summer Sale has 2000.00 EUR left
}

// The history of a record says what changed, by whom and why.
func ExampleService_History() {
	ctx := context.Background()
	p, err := paulasShop()
	if err != nil {
		fmt.Println(err)
		return
	}
	c := p.emmasReel
	c.Status, c.Cost = crm.Signed, budget.FromMinor(3_000_00, "EUR")
	if _, err := p.crm.UpdateCooperation(ctx, p.ws, c, "contract of 19 May"); err != nil {
		fmt.Println(err)
		return
	}
	history, err := p.crm.History(ctx, p.ws, c.Ref(), 0, 10)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, change := range history {
		fmt.Printf("%d %s by %s %q\n", change.Seq, change.Kind, change.Actor, change.Reason)
		if change.Kind == crm.Updated {
			for _, f := range change.Fields {
				fmt.Printf("  %s: %s -> %s\n", f.Field, f.Before, f.After)
			}
		}
	}
	// Output:
	// 5 create by mira@shop.example ""
	// 6 update by mira@shop.example "contract of 19 May"
	//   cost:  -> {"amount":"3000.00","currency":"EUR"}
	//   status: "draft" -> "signed"
}
