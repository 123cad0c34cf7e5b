package sidebyside_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
	"github.com/getklar/influencercrm/storage/transfer"
)

// BenchmarkCopy moves a workspace to PostgreSQL, verified, with the log that its records have left. The floor is reading
// the same rows of the source by hand, and then COPY of all rows that the copy has, claims, tags and sums too, into
// empty tables.
func BenchmarkCopy(b *testing.B) {
	if !pgtest.Offered(b) {
		b.Skip("needs PostgreSQL")
	}
	onEngines(b, []int{1_000, 10_000, 100_000}, func(b *testing.B, s *benchShop, n int) {
		s.logAll()
		var times comparison
		for b.Loop() {
			dsn := pgtest.Database(b)
			to, err := postgres.Open(s.ctx, dsn, nil)
			if err != nil {
				b.Fatal(err)
			}
			times.ours = append(times.ours, timed(b, func() error {
				_, err := transfer.Copy(s.ctx, s.store, to, s.ws, nil)
				return err
			}))
			read := timed(b, s.readBare)
			times.floor = append(times.floor, read+copyBare(b, dsn))
			if err := to.Close(); err != nil {
				b.Fatal(err)
			}
		}
		times.report(b, n)
	})
}

// logAll writes for every influencer and cooperation the change that its creation leaves.
func (s *benchShop) logAll() {
	s.Helper()
	var changes []crm.Change
	flush := func() {
		err := s.store.Update(s.ctx, s.ws, func(ctx context.Context, tx crm.Tx) error { return tx.Append(ctx, changes) })
		if err != nil {
			s.Fatal(err)
		}
		changes = changes[:0]
	}
	add := func(r crm.Record) error {
		text, err := json.Marshal(r)
		if err != nil {
			return err
		}
		var values map[string]json.RawMessage
		if err := json.Unmarshal(text, &values); err != nil {
			return err
		}
		c := crm.Change{Unit: uuid.UUID{1}, At: time.Unix(2e9, 0), Actor: "mira@shop.example", Record: r.Ref(), Kind: crm.Created}
		for field, after := range values {
			c.Fields = append(c.Fields, crm.FieldChange{Field: field, After: after})
		}
		if changes = append(changes, c); len(changes) == benchBatch {
			flush()
		}
		return nil
	}
	r := s.store.Reader(s.ws)
	err := crm.Each(s.ctx, r.Influencers(), crm.InfluencerFilter{}, func(i crm.Influencer) error { return add(i) })
	if err == nil {
		err = crm.Each(s.ctx, r.Cooperations(), crm.CooperationFilter{}, func(c crm.Cooperation) error { return add(c) })
	}
	if err != nil {
		s.Fatal(err)
	}
	flush()
}

// movedTables hold what is moved, each after those that its foreign keys name. The last three are derived.
var movedTables = []string{
	"crm_workspaces", "crm_members", "crm_campaigns", "crm_influencers", "crm_influencer_profiles", "crm_cooperations",
	"crm_import_runs", "crm_pictures", "crm_changes", "crm_influencer_tags", "crm_claims", "crm_plan_sums",
}

// readBare reads every row that a copy reads.
func (s *benchShop) readBare() error {
	for _, table := range movedTables[:len(movedTables)-3] {
		all, err := s.readers.PrepareContext(s.ctx, s.sql("SELECT * FROM "+table+" WHERE workspace_id = ?"))
		if err != nil {
			return err
		}
		if err := s.scanAll(0, all, s.ws.String()); err != nil {
			return err
		}
		if err := all.Close(); err != nil {
			return err
		}
	}
	return nil
}

// copyBare writes the rows of a database into another by COPY, and returns what the writing took.
func copyBare(b *testing.B, from string) time.Duration {
	b.Helper()
	ctx := b.Context()
	connect := func(dsn string) *pgx.Conn {
		conn, err := pgx.Connect(ctx, dsn)
		if err != nil {
			b.Fatal(err)
		}
		return conn
	}
	source, target := connect(from), connect(pgtest.Database(b))
	defer source.Close(ctx)
	defer target.Close(ctx)
	columns, rows := make([][]string, len(movedTables)), make([][][]any, len(movedTables))
	for i, table := range movedTables {
		found, err := source.Query(ctx, "SELECT * FROM "+table)
		if err != nil {
			b.Fatal(err)
		}
		for _, field := range found.FieldDescriptions() {
			columns[i] = append(columns[i], field.Name)
		}
		if rows[i], err = pgx.CollectRows(found, func(row pgx.CollectableRow) ([]any, error) { return row.Values() }); err != nil {
			b.Fatal(err)
		}
	}
	return timed(b, func() error {
		tx, err := target.Begin(ctx)
		if err != nil {
			return err
		}
		for i, table := range movedTables {
			if _, err := tx.CopyFrom(ctx, pgx.Identifier{table}, columns[i], pgx.CopyFromRows(rows[i])); err != nil {
				return err
			}
		}
		return tx.Commit(ctx)
	})
}
