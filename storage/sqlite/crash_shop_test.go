//go:build unix

package sqlite_test

import (
	"context"
	"fmt"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/sqlite"
)

const (
	crashCampaigns   = 3
	crashInfluencers = 8
)

// found makes a workspace with the campaigns and influencers that the program's cooperations need.
func found(ctx context.Context, store *sqlite.Store) error {
	ws, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, shop(1))
	if err != nil {
		return err
	}
	return crm.New(store, nil).Update(ctx, ws.ID, func(ctx context.Context, w *crm.Work) error {
		for n := range crashCampaigns {
			c := crm.Campaign{ID: id[crm.Campaign](n + 1), Name: fmt.Sprint("Drop ", n+1), Budget: euros(1_000_000)}
			if _, err := w.CreateCampaign(ctx, c); err != nil {
				return err
			}
		}
		for n := range crashInfluencers {
			profile := crm.Profile{ID: id[crm.Profile](n + 1), Platform: "instagram", Handle: fmt.Sprint("pam.", n+1)}
			i := crm.Influencer{ID: id[crm.Influencer](n + 1), Name: fmt.Sprint("Pam ", n+1), Profiles: []crm.Profile{profile}}
			if _, err := w.CreateInfluencer(ctx, i); err != nil {
				return err
			}
		}
		return nil
	})
}

// booking is a new cooperation, with an id, a name and a code of its own. The name is custom:
// finding a free one for thousands of equal deals would take most of a round.
func (w *writer) booking() crm.Cooperation {
	who := 1 + w.IntN(crashInfluencers)
	c := crm.Cooperation{
		ID:         crm.CooperationID(w.newID()),
		Campaign:   id[crm.Campaign](1 + w.IntN(crashCampaigns)),
		Influencer: id[crm.Influencer](who),
		Profile:    id[crm.Profile](who),
		Name:       fmt.Sprintf("Deal %d of round %d", w.ids, w.round),
		Status:     []crm.Status{crm.Draft, crm.Negotiating, crm.Signed}[w.IntN(3)],
		Period:     budget.Period{Start: budget.MustParseDate("2026-06-01").AddDays(w.IntN(300))},
		Cost:       euros(int64(w.ids)),
		Custom:     map[string]string{"size": "M"},
	}
	c.Period.End = c.Period.Start.AddDays(w.IntN(30))
	c.Rules = w.rules()
	return c
}

// edited is a cooperation with another cost and other claims; now and then it is cancelled or takes
// place after all, which ends all claims or brings them back.
func (w *writer) edited(c crm.Cooperation) crm.Cooperation {
	c = crm.Clone(c)
	w.ids++
	c.Cost = euros(int64(w.round)*1_000_000_000 + int64(w.ids))
	c.Period.End = c.Period.Start.AddDays(w.IntN(60))
	c.Notes = fmt.Sprintf("edited in %s", w.unit)
	c.Rules = w.rules()
	if w.IntN(4) == 0 {
		if c.Cancellation == nil {
			c.Cancellation = &crm.Cancellation{On: c.Period.Start, Fee: euros(100), Reason: "ill"}
		} else {
			c.Cancellation = nil
		}
	}
	return c
}

// rules are none to three, that no other cooperation has.
func (w *writer) rules() []discount.Rule {
	all := []discount.Rule{
		{Match: discount.Equals, Pattern: fmt.Sprintf("PAM%dX%d", w.round, w.ids)},
		{Match: discount.EndsWith, Pattern: fmt.Sprintf("-%dX%d", w.round, w.ids)},
		{Match: discount.Equals, Pattern: fmt.Sprintf("PAM%dY%d", w.round, w.ids)},
	}
	return all[:w.IntN(len(all)+1)]
}
