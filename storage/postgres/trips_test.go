package postgres_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/storage/internal/operations"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
)

// countedRuns is how often operations are counted, the least of which holds: one unit of work in 64, at random, removes old
// keys.
const countedRuns = 4

// The round trips and statements of each operation, so that nobody adds one unseen. BEGIN and COMMIT are statements too.
// What a unit of work changes of the sums of the plan goes with its last writes: a statement and, if a sum may have come to
// nothing, one that removes such.
func TestRoundTrips(t *testing.T) {
	t.Parallel()
	p, dsn := behindProxy(t, pgtest.Database(t))
	// One connection, on which everything has been prepared when it is counted.
	store := openShop(t, dsn, &postgres.Options{Conns: 1})
	ctx := t.Context()
	type cost struct{ Trips, Statements int64 }
	want := map[string]cost{
		"get": {1, 1},
		// A miss, and an empty list, are followed by a look for the workspace.
		"get of what is not there":               {2, 2},
		"page of members":                        {2, 2}, // there are none
		"page of campaigns":                      {1, 1},
		"page of influencers":                    {1, 1},
		"page of cooperations":                   {1, 1},
		"page of import runs":                    {2, 2}, // there are none
		"page with names":                        {1, 1},
		"count of members":                       {2, 2}, // there are none
		"count of campaigns":                     {1, 1},
		"count of influencers":                   {1, 1},
		"count of cooperations":                  {1, 1},
		"count of import runs":                   {2, 2}, // there are none
		"sums of cooperations":                   {1, 1},
		"workspace":                              {1, 1},
		"changes":                                {1, 1},
		"load of a cooperation with its parents": {1, 3},
		// The look for the workspace is a part of the batch.
		"load of a name that is taken":   {1, 2},
		"load of a name that is free":    {1, 2},
		"load of a handle that is taken": {1, 2},
		"load of a handle that is free":  {1, 2},
		// Two statements that must see one state are a View: BEGIN with the workspace, one trip each, COMMIT.
		"plan rows":                   {4, 5},
		"facets of cooperations":      {6, 7},   // as plan rows; four facets
		"duplicates of a form":        {3, 12},  // look-ups in one batch: one for each key, four for two spellings of a name
		"view of three reads":         {4, 5},   // the workspace came with BEGIN
		"report":                      {6, 7},   // and the campaigns and members
		"summary":                     {4, 5},   // the sums and the campaigns
		"report as of before an edit": {10, 11}, // and the log since, and what has changed, with its parents
		"record as of before an edit": {6, 7},   // the log since, the record, and its last change before
		"create of a cooperation of a name that many have": {4, 10},
		"create of an influencer":                          {4, 9},
		"edit of a note":                                   {4, 7},
		"status of seventy cooperations":                   {6, 81}, // an UPDATE each, in batches
		"rename of a campaign of ten cooperations":         {8, 32}, // likewise
		// Of more than a hundred equal names a probe finds the longest only, so the first number that is free is searched for.
		"create of seventy cooperations":                    {38, 42},
		"undo of seventy creates":                           {8, 153}, // two deletes each, for the record and its claims
		"clone of a campaign of ten cooperations":           {8, 33},  // ten names to be free are ten questions, in one batch
		"merge of two influencers of ten cooperations each": {9, 41},
		"erasure of an influencer of ten cooperations":      {20, 59}, // the log of each record is read alone
	}
	got := map[string]cost{}
	for n := range countedRuns {
		must(store.CreateWorkspace(ctx, shop(2+n), nil))
		for _, o := range must1(operations.New(ctx, store, shop(2+n).ID)) {
			for range 3 { // the first times prepare statements
				if o.Prepare != nil {
					must(o.Prepare(ctx))
				}
				p.trips.Store(0)
				p.statements.Store(0)
				if err := o.Do(ctx); err != nil {
					t.Fatalf("%s: %v", o.Name, err)
				}
			}
			now := cost{p.trips.Load(), p.statements.Load()}
			if least, found := got[o.Name]; !found || now.Statements < least.Statements {
				got[o.Name] = now
			}
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("round trips and statements (-want +got):\n%s", d)
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
		{100, 42, 106},
		{1_000, 44, 248},
	} {
		text := operations.Sheet(test.rows)
		trips, statements := int64(1<<40), int64(1<<40)
		for range countedRuns { // each is the first import of its workspace
			next++
			must(store.CreateWorkspace(t.Context(), shop(next), nil))
			p.trips.Store(0)
			p.statements.Store(0)
			plan := must1(importer.Plan(t.Context(), shop(next).ID, csvfile.New("sheet.csv", strings.NewReader(text), nil)))
			run := must1(importer.Apply(t.Context(), plan))
			if got := run.Counts[string(sheetimport.Created)]; got != test.rows {
				t.Fatalf("%d of %d rows created", got, test.rows)
			}
			trips, statements = min(trips, p.trips.Load()), min(statements, p.statements.Load())
		}
		if trips != test.trips || statements != test.statements {
			t.Errorf("%d rows: %d round trips with %d statements, want %d with %d", test.rows, trips, statements, test.trips, test.statements)
		}
	}
}

// must1 is for what prepares a test and cannot fail.
func must1[T any](v T, err error) T {
	must(err)
	return v
}
