package sqlite_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// id makes ids that sort by n and look like those of version 7.
func id[R any](n int) crm.ID[R] {
	u := uuid.UUID{0: 1, 6: 0x70, 8: 0x80, 12: byte(n >> 24), 13: byte(n >> 16), 14: byte(n >> 8), 15: byte(n)}
	return crm.ID[R](u)
}

func shop(n int) crm.Workspace {
	return crm.Clone(crm.Workspace{ID: id[crm.Workspace](n), Version: 1, Name: "Beauty", Currency: "EUR", TimeZone: "Europe/Berlin"})
}

func euros(cents int64) budget.Money { return budget.FromMinor(cents, "EUR") }

// sample is one record of each kind, in the order in which they refer to each other.
func sample() []crm.Record {
	member := crm.Member{ID: id[crm.Member](1), Version: 1, Name: "Mira"}
	campaign := crm.Campaign{ID: id[crm.Campaign](1), Version: 1, Name: "Summer", Budget: euros(0)}
	influencer := crm.Influencer{
		ID: id[crm.Influencer](1), Version: 1, Name: "Pam", Responsible: member.ID, Tags: []string{"VIP"},
		Profiles: []crm.Profile{{ID: id[crm.Profile](1), Platform: "instagram", Handle: "PamReif", Rules: []discount.Rule{}}},
		Custom:   map[string]string{"size": "M"},
	}
	cooperation := crm.Cooperation{
		ID: id[crm.Cooperation](1), Version: 1, Campaign: campaign.ID, Influencer: influencer.ID, Name: "Summer - Pam",
		NameMode: crm.NameAuto, Status: crm.Signed, Cost: euros(123450), Responsible: member.ID,
		Period:       budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-06-30")},
		UTM:          utm.Params{Campaign: utm.Of("summer"), Content: utm.Of("")},
		Rules:        []discount.Rule{{Match: discount.Equals, Pattern: "PAM10"}},
		Custom:       map[string]string{},
		Cancellation: nil,
		Imported:     &crm.Imported{Key: "row 4", Values: map[string]string{"cost": "1.234,50"}},
	}
	run := crm.ImportRun{ID: id[crm.ImportRun](1), Version: 1, Units: []uuid.UUID{{7}, {8}}, Undos: []uuid.UUID{{9}}, Source: "sheet",
		At:     time.Unix(1780000000, 123000).UTC(),
		Counts: map[string]int{"created": 1}, Plan: json.RawMessage(`{"rows": [1]}`)}
	return []crm.Record{member, campaign, influencer, cooperation, run}
}

func TestReopen(t *testing.T) {
	t.Parallel()
	ctx, path := t.Context(), file(t)
	ws := shop(1)
	change := crm.Change{Unit: uuid.UUID{1}, At: time.Unix(1780000000, 0).UTC(), Record: ws.Ref(), Kind: crm.Created,
		Fields: []crm.FieldChange{{Field: "name", After: json.RawMessage(`{"a": "<b>"}`)}}}

	first := openFile(t, path, nil)
	if err := first.CreateWorkspace(ctx, ws, []crm.Change{change}); err != nil {
		t.Fatal(err)
	}
	err := first.Update(ctx, ws.ID, func(ctx context.Context, tx crm.Tx) error { return tx.Insert(ctx, sample()...) })
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}

	second := openFile(t, path, nil)
	err = second.View(ctx, ws.ID, func(ctx context.Context, r crm.Reader) error {
		want := sample()
		cooperation, err := r.Cooperations().Get(ctx, id[crm.Cooperation](1))
		if err != nil {
			return err
		}
		influencer, err := r.Influencers().Get(ctx, id[crm.Influencer](1))
		if err != nil {
			return err
		}
		run, err := r.ImportRuns().Get(ctx, id[crm.ImportRun](1))
		if err != nil {
			return err
		}
		got := []crm.Record{influencer, cooperation, run}
		if d := cmp.Diff(want[2:], got, cmp.Comparer(func(a, b budget.Money) bool { return a == b }), cmp.Comparer(func(a, b budget.Date) bool { return a == b })); d != "" {
			t.Errorf("records after reopening (-want +got):\n%s", d)
		}
		changes, err := r.Changes(ctx, crm.ChangeFilter{}, 10)
		if err != nil {
			return err
		}
		change.Seq = 1
		if d := cmp.Diff([]crm.Change{change}, changes); d != "" {
			t.Errorf("log after reopening (-want +got):\n%s", d)
		}
		claims, err := r.Claims(ctx, crm.ClaimFilter{Kinds: []crm.ClaimKind{crm.ClaimEquals}})
		if err != nil {
			return err
		}
		if len(claims) != 1 || claims[0].Key != "pam10" {
			t.Errorf("claims after reopening: %v", claims)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
