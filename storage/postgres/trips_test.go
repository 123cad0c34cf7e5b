package postgres_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
)

// The round trips and statements of each operation, so that nobody adds one unseen. BEGIN and COMMIT are statements too.
func TestRoundTrips(t *testing.T) {
	t.Parallel()
	p, dsn := behindProxy(t, pgtest.Database(t))
	// One connection, on which everything has been prepared when it is counted.
	store := openShop(t, dsn, &postgres.Options{Conns: 1})
	ctx, ws := t.Context(), shop(1).ID
	service := crm.New(store, nil)
	campaign := must1(service.CreateCampaign(ctx, ws, crm.Campaign{Name: "Summer"}))
	pam := must1(service.CreateInfluencer(ctx, ws, crm.Influencer{Name: "Pam", Profiles: []crm.Profile{{Platform: "instagram", Handle: "pam"}}}))
	booking := crm.Cooperation{
		Campaign: campaign.ID, Influencer: pam.ID, Profile: pam.Profiles[0].ID,
		Period: budget.Period{Start: budget.MustParseDate("2026-06-01")},
	}
	first := must1(service.CreateCooperation(ctx, ws, booking)).Cooperation
	var booked []crm.CooperationID
	for range 70 { // more than a few of one name
		booked = append(booked, must1(service.CreateCooperation(ctx, ws, booking)).Cooperation.ID)
	}
	edits := 0
	for _, test := range []struct {
		name              string
		trips, statements int64
		do                func() error
	}{
		{"get", 1, 1, func() error { _, err := service.Cooperation(ctx, ws, first.ID); return err }},
		{"get of what is not there", 2, 2, func() error { service.Cooperation(ctx, ws, crm.CooperationID{9}); return nil }},
		{"page", 1, 1, func() error {
			_, err := service.Cooperations(ctx, ws, crm.CooperationFilter{Campaign: campaign.ID}, crm.ListOptions{Size: 50})
			return err
		}},
		{"workspace", 1, 1, func() error { _, err := service.Workspace(ctx, ws); return err }},
		{"changes", 1, 1, func() error { _, err := service.Changes(ctx, ws, 0, 10); return err }},
		{"view of two reads", 4, 5, func() error {
			return service.View(ctx, ws, func(ctx context.Context, r crm.Reader) error {
				if _, err := r.Workspace(ctx); err != nil {
					return err
				}
				if _, err := r.Campaigns().Get(ctx, campaign.ID); err != nil {
					return err
				}
				_, err := r.Influencers().Get(ctx, pam.ID)
				return err
			})
		}},
		{"create cooperation, the seventy-second of its name", 4, 11, func() error {
			_, err := service.CreateCooperation(ctx, ws, booking)
			return err
		}},
		{"edit of a note", 4, 9, func() error {
			edits++
			first.Notes = fmt.Sprint("edit ", edits)
			saved, err := service.UpdateCooperation(ctx, ws, first, "")
			first = saved.Cooperation
			return err
		}},
		{"status of seventy cooperations", 6, 80, func() error {
			edits++
			to := []crm.Status{crm.Draft, crm.Negotiating}[edits%2]
			_, err := service.SetStatus(ctx, ws, booked, to, "")
			return err
		}},
	} {
		for range 2 { // the first time prepares
			if err := test.do(); err != nil {
				t.Fatalf("%s: %v", test.name, err)
			}
		}
		p.trips.Store(0)
		p.statements.Store(0)
		if err := test.do(); err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		if trips, statements := p.trips.Load(), p.statements.Load(); trips != test.trips || statements != test.statements {
			t.Errorf("%s: %d round trips with %d statements, want %d with %d", test.name, trips, statements, test.trips, test.statements)
		}
	}
}

// The round trips and statements of an import, of 100 rows and of 1,000. Up to 32 records of a kind go by a statement
// each, more of them together; so what grows with the rows is the look-ups of handles, one for each new influencer.
func TestRoundTripsOfImports(t *testing.T) {
	t.Parallel()
	p, dsn := behindProxy(t, pgtest.Database(t))
	store := openShop(t, dsn, &postgres.Options{Conns: 1})
	importer := sheetimport.New(crm.New(store, nil), nil)
	next := 1
	for _, test := range []struct {
		rows              int
		trips, statements int64
	}{
		{100, 45, 127},
		{1_000, 47, 269},
	} {
		var text strings.Builder
		text.WriteString("Influencer,Handle,Platform,Campaign,Start,Fee,Code,Status\n")
		for n := range test.rows {
			one := n / 5
			fmt.Fprintf(&text, "Ida %d,@ida.%d,Instagram,Campaign %d,2026-06-%02d,%d.00,IDA%d,signed\n", one, one, n%10, n%28+1, 100+n, one)
		}
		for range 3 { // the first ones prepare; each is the first import of its workspace
			next++
			must(store.CreateWorkspace(t.Context(), shop(next), nil))
			p.trips.Store(0)
			p.statements.Store(0)
			plan := must1(importer.Plan(t.Context(), shop(next).ID, csvfile.New("sheet.csv", strings.NewReader(text.String()), nil)))
			run := must1(importer.Apply(t.Context(), plan))
			if got := run.Counts[string(sheetimport.Created)]; got != test.rows {
				t.Fatalf("%d of %d rows created", got, test.rows)
			}
		}
		if trips, statements := p.trips.Load(), p.statements.Load(); trips != test.trips || statements != test.statements {
			t.Errorf("%d rows: %d round trips with %d statements, want %d with %d", test.rows, trips, statements, test.trips, test.statements)
		}
	}
}

// must1 is for what prepares a test and cannot fail.
func must1[T any](v T, err error) T {
	must(err)
	return v
}
