package orderfile_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/examples/server/orderfile"
)

// Every order that nobody earned is told of once, however many explanations there are.
func TestManyExplanations(t *testing.T) {
	t.Parallel()
	const orders = attribution.MaxMisses + 7
	campaign, influencer := crm.CampaignID{1}, crm.InfluencerID{2}
	index, err := attribution.NewIndex(attribution.Snapshot{
		Workspace:   crm.Workspace{Name: "Shop", Currency: "EUR", TimeZone: "UTC"},
		Campaigns:   []crm.Campaign{{ID: campaign, Name: "Sale"}},
		Influencers: []crm.Influencer{{ID: influencer, Name: "Pam"}},
		Cooperations: []crm.Cooperation{{
			ID: crm.CooperationID(uuid.UUID{3}), Campaign: campaign, Influencer: influencer, Name: "Sale - Pam", Status: crm.Draft,
			Period: budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-06-30")},
			Rules:  []discount.Rule{{Match: discount.StartsWith, Pattern: "PAM-"}},
		}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	tally, err := orderfile.NewTally(index, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for n := range orders {
		o := attribution.Order{
			ID: fmt.Sprint(n), At: time.Date(2026, 6, 10, 12, 0, 0, 0, time.UTC),
			Codes: []string{fmt.Sprint("PAM-", n)}, Amount: budget.FromMinor(100, "EUR"),
		}
		d, err := index.Decide(o)
		if err != nil {
			t.Fatal(err)
		}
		if err := tally.Add(t.Context(), attribution.Decided{Order: o, Decision: d}); err != nil {
			t.Fatal(err)
		}
	}
	got := tally.Result(language.English)
	want := orderfile.Results{
		Orders: orders, Nobody: orders, MoreMisses: attribution.MaxMisses - orderfile.MaxListed,
		OtherMisses: orderfile.Others{Orders: 7, Amounts: []budget.Money{budget.FromMinor(700, "EUR")}},
		Doubts:      []orderfile.Miss{}, Totals: []orderfile.AxisTotals{},
	}
	if len(got.Misses) != orderfile.MaxListed {
		t.Errorf("%d are listed", len(got.Misses))
	}
	got.Misses = nil
	same := cmp.Comparer(func(a, b budget.Money) bool { return a == b })
	if diff := cmp.Diff(want, got, same); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
