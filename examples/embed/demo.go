package main

import (
	"context"
	"fmt"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

const commands = `Mira's shop is open; Ctrl-C closes it. Try, in another terminal:

# Book Pam for August: the name, the UTM fields and the code fill themselves in.
curl -i -H 'X-User: mira' %[1]s -d '{"campaign":"%[2]s","influencer":"%[3]s","profile":"%[4]s","period":{"start":"2026-08-01","end":"2026-08-31"}}'

# Sign what she does in June. The second time it is refused: its version has moved on.
curl -i -H 'X-User: mira' -H 'If-Match: "1"' -X PATCH %[1]s/%[5]s -d '{"status":"signed","cost":{"amount":"2500.00","currency":"EUR"}}'

# List the drafts.
curl -i -H 'X-User: mira' '%[1]s?campaign=%[2]s&status=draft&size=10'

This is what happens:
`

// demo opens a shop with something in it, and says where it is and what to try.
func (h *host) demo(ctx context.Context, url string) error {
	ws, err := h.addShop(ctx, "north", "mira")
	if err != nil {
		return err
	}
	june, err := h.book(context.WithValue(ctx, userKey{}, "mira"), ws)
	if err == nil {
		_, err = fmt.Fprintf(h.out, commands, url+"/shops/north/cooperations", june.Campaign, june.Influencer, june.Profile, june.ID)
	}
	return err
}

// book makes a campaign, an influencer and their first cooperation, in one unit of work.
func (h *host) book(ctx context.Context, ws crm.WorkspaceID) (june crm.Cooperation, err error) {
	err = h.crm.Update(ctx, ws, func(ctx context.Context, w *crm.Work) error {
		sale, err := w.CreateCampaign(ctx, crm.Campaign{Name: "Summer Sale"})
		if err != nil {
			return err
		}
		pam, err := w.CreateInfluencer(ctx, crm.Influencer{Name: "Pamela Reif", Profiles: []crm.Profile{{
			Platform: "Instagram", Handle: "@pamela_rf", Rules: []discount.Rule{{Match: discount.Equals, Pattern: "PAM10"}},
		}}})
		if err != nil {
			return err
		}
		saved, err := w.CreateCooperation(ctx, crm.Cooperation{
			Campaign: sale.ID, Influencer: pam.ID, Profile: pam.Profiles[0].ID,
			Period: budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-06-30")},
		})
		june = saved.Cooperation
		return err
	})
	return june, err
}
