package postgres_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
	"github.com/getklar/influencercrm/utm"
)

// benchMax bounds the records of a benchmark.
func benchMax(b *testing.B) int {
	b.Helper()
	text := os.Getenv("CRM_BENCH_MAX")
	if text == "" {
		return 10_000
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 1_000_000 {
		b.Fatalf("CRM_BENCH_MAX %q must be a number from 1 to 1000000", text)
	}
	return n
}

// cooperation is the nth cooperation of the benchmarks' campaign and influencer.
func cooperation(n int) crm.Cooperation {
	day := budget.MustParseDate("2026-06-01").AddDays(n % 25)
	return crm.Cooperation{
		ID: id[crm.Cooperation](n), Version: 1, Campaign: id[crm.Campaign](1), Influencer: id[crm.Influencer](1),
		Name: fmt.Sprintf("Summer - Pam - %d", n), NameMode: crm.NameAuto, Status: crm.Signed,
		Cost: budget.FromMinor(int64(n), "EUR"), Period: budget.Period{Start: day, End: day.AddDays(5)},
		UTM:   utm.Params{Source: utm.Of("instagram"), Medium: utm.Of("influencer"), Campaign: utm.Of("summer"), Term: utm.Of(strconv.Itoa(n))},
		Rules: []discount.Rule{{Match: discount.Equals, Pattern: fmt.Sprintf("PAM%d", n)}},
	}
}

// benchShop is a store with the campaign and the influencer of the cooperations.
func benchShop(b *testing.B, dsn string) *postgres.Store {
	b.Helper()
	store := openShop(b, dsn, nil)
	update(b, store, func(ctx context.Context, tx crm.Tx) error {
		return tx.Insert(ctx, crm.Campaign{ID: id[crm.Campaign](1), Version: 1, Name: "Summer"},
			crm.Influencer{ID: id[crm.Influencer](1), Version: 1, Name: "Pam"})
	})
	return store
}

// All cooperations with their changes in one Update, and beside it what the same rows cost by COPY,
// which is the fastest that the server takes, without a look at what goes in. The ratio is how much of
// that speed is left.
func BenchmarkBulkInsert(b *testing.B) {
	n := benchMax(b)
	cooperations, changes := make([]crm.Record, n), make([]crm.Change, n)
	for i := range n {
		c := cooperation(i + 1)
		cooperations[i], changes[i] = c, created(c)
	}
	var ours, bare time.Duration
	for b.Loop() {
		b.StopTimer()
		dsn := pgtest.Database(b)
		store := benchShop(b, dsn)
		b.StartTimer()
		start := time.Now()
		update(b, store, func(ctx context.Context, tx crm.Tx) error {
			if err := tx.Insert(ctx, cooperations...); err != nil {
				return err
			}
			return tx.Append(ctx, changes)
		})
		ours += time.Since(start)
		b.StopTimer()
		bare += copied(b, dsn, n)
		b.StartTimer()
	}
	b.ReportMetric(float64(n*b.N)/ours.Seconds(), "rows/s")
	b.ReportMetric(float64(n*b.N)/bare.Seconds(), "copied-rows/s")
	b.ReportMetric(bare.Seconds()/ours.Seconds(), "of-copy")
}

// copied writes the rows of n stored cooperations into another database by COPY, and returns what the
// writing took.
func copied(b *testing.B, from string, n int) time.Duration {
	b.Helper()
	to := pgtest.Database(b)
	benchShop(b, to)
	ctx := b.Context()
	source, target := connect(b, from), connect(b, to)
	tables := []string{"crm_cooperations", "crm_claims", "crm_changes"}
	columns, rows := make([][]string, len(tables)), make([][][]any, len(tables))
	for i, table := range tables {
		found, err := source.Query(ctx, "SELECT * FROM "+table)
		if err != nil {
			b.Fatal(err)
		}
		for _, field := range found.FieldDescriptions() {
			columns[i] = append(columns[i], field.Name)
		}
		rows[i], err = pgx.CollectRows(found, func(row pgx.CollectableRow) ([]any, error) { return row.Values() })
		if err != nil || len(rows[i]) < n {
			b.Fatalf("%d rows of %s, want at least %d: %v", len(rows[i]), table, n, err)
		}
	}
	start := time.Now()
	tx, err := target.Begin(ctx)
	if err != nil {
		b.Fatal(err)
	}
	for i, table := range tables {
		if _, err := tx.CopyFrom(ctx, pgx.Identifier{table}, columns[i], pgx.CopyFromRows(rows[i])); err != nil {
			b.Fatal(err)
		}
	}
	if err := tx.Commit(ctx); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func connect(b *testing.B, dsn string) *pgx.Conn {
	b.Helper()
	conn, err := pgx.Connect(b.Context(), dsn)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}
