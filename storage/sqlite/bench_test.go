package sqlite_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/sqlite"
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
	if err != nil || n < 1 || n > 60_000 {
		b.Fatalf("CRM_BENCH_MAX %q must be a number from 1 to 60000", text)
	}
	return n
}

// cooperation is the nth cooperation of the sample's campaign and influencer.
func cooperation(n int) crm.Cooperation {
	c := sample()[3].(crm.Cooperation)
	c.ID = id[crm.Cooperation](n)
	c.Name = fmt.Sprintf("Summer - Pam - %d", n)
	c.Period.Start = c.Period.Start.AddDays(n % 25)
	c.Cost = budget.FromMinor(int64(n), "EUR")
	c.Rules = []discount.Rule{{Match: discount.Equals, Pattern: fmt.Sprintf("PAM%d", n)}}
	c.UTM = utm.Params{Source: utm.Of("instagram"), Medium: utm.Of("influencer"), Campaign: utm.Of("summer"), Term: utm.Of(strconv.Itoa(n))}
	c.Imported = nil
	return c
}

// benchShop is a store with a workspace that holds the sample and n more cooperations.
func benchShop(b *testing.B, path string, n int) *sqlite.Store {
	b.Helper()
	store := openFile(b, path, nil)
	if err := store.CreateWorkspace(b.Context(), shop(1), nil); err != nil {
		b.Fatal(err)
	}
	err := store.Update(b.Context(), shop(1).ID, func(ctx context.Context, tx crm.Tx) error {
		if err := tx.Insert(ctx, sample()...); err != nil {
			return err
		}
		for i := range n {
			if err := tx.Insert(ctx, cooperation(i+2)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return store
}

// One cooperation with its change in one Update: one fsync.
func BenchmarkCreateCooperation(b *testing.B) {
	store := benchShop(b, file(b), 0)
	n := 1
	for b.Loop() {
		n++
		c := cooperation(n)
		err := store.Update(b.Context(), shop(1).ID, func(ctx context.Context, tx crm.Tx) error {
			if err := tx.Insert(ctx, c); err != nil {
				return err
			}
			return tx.Append(ctx, []crm.Change{{At: time.Unix(1, 0), Record: c.Ref(), Kind: crm.Created}})
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// All cooperations in one Update, and beside it what the same rows cost in a bare loop over
// prepared statements on the same schema. The ratio is how much of the bare speed is left.
func BenchmarkBulkInsert(b *testing.B) {
	n := benchMax(b)
	cooperations := make([]crm.Record, n)
	for i := range cooperations {
		cooperations[i] = cooperation(i + 2)
	}
	var ours, bare time.Duration
	for b.Loop() {
		b.StopTimer()
		path := file(b)
		store := benchShop(b, path, 0)
		b.StartTimer()
		start := time.Now()
		err := store.Update(b.Context(), shop(1).ID, func(ctx context.Context, tx crm.Tx) error {
			return tx.Insert(ctx, cooperations...)
		})
		ours += time.Since(start)
		b.StopTimer()
		if err != nil {
			b.Fatal(err)
		}
		bare += bareInsert(b, path)
		b.StartTimer()
	}
	b.ReportMetric(float64(n*b.N)/ours.Seconds(), "rows/s")
	b.ReportMetric(float64(n*b.N)/bare.Seconds(), "bare-rows/s")
	b.ReportMetric(bare.Seconds()/ours.Seconds(), "of-bare")
}

// bareInsert copies the stored rows of the cooperations and their claims to another file through
// prepared statements, and returns what the writing took.
func bareInsert(b *testing.B, from string) time.Duration {
	b.Helper()
	to := file(b)
	benchShop(b, to, 0).Close()
	db, err := sql.Open("sqlite", "file:"+to+writerDSN)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	tables := map[string][][]any{}
	for _, table := range []string{"crm_cooperations", "crm_claims"} {
		tables[table] = allRows(b, from, "SELECT * FROM "+table+" WHERE "+map[string]string{"crm_cooperations": "id", "crm_claims": "cooperation_id"}[table]+" <> '"+id[crm.Cooperation](1).String()+"'")
	}
	start := time.Now()
	tx, err := db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	for _, table := range []string{"crm_cooperations", "crm_claims"} {
		rows := tables[table]
		stmt, err := tx.Prepare("INSERT INTO " + table + " VALUES (?" + strings.Repeat(",?", len(rows[0])-1) + ")")
		if err != nil {
			b.Fatal(err)
		}
		for _, row := range rows {
			if _, err := stmt.Exec(row...); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func allRows(b *testing.B, path, query string) [][]any {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+path+readerDSN)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(query)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		b.Fatal(err)
	}
	var all [][]any
	for rows.Next() {
		values, places := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			places[i] = &values[i]
		}
		if err := rows.Scan(places...); err != nil {
			b.Fatal(err)
		}
		all = append(all, values)
	}
	return all
}

func BenchmarkGet(b *testing.B) {
	n := benchMax(b)
	store := benchShop(b, file(b), n)
	i := 0
	for b.Loop() {
		i = i%n + 1
		err := store.View(b.Context(), shop(1).ID, func(ctx context.Context, r crm.Reader) error {
			_, err := r.Cooperations().Get(ctx, id[crm.Cooperation](i))
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// A page of fifty from the middle of a list.
func BenchmarkPage(b *testing.B) {
	store := benchShop(b, file(b), benchMax(b))
	options := crm.ListOptions{Sort: crm.SortStart, Size: 50}
	for b.Loop() {
		err := store.View(b.Context(), shop(1).ID, func(ctx context.Context, r crm.Reader) error {
			page, err := r.Cooperations().List(ctx, crm.CooperationFilter{}, options)
			options.Token = page.Next
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
