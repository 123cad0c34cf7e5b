package sheetimport_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// timedStore adds up for how long units of work hold the writer: from the first line of the callback to the end of the
// commit.
type timedStore struct {
	*sqlite.Store
	held    time.Duration
	longest time.Duration
}

func (t *timedStore) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	var since time.Time
	err := t.Store.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error {
		since = time.Now()
		return fn(ctx, tx)
	})
	took := time.Since(since)
	t.held, t.longest = t.held+took, max(t.longest, took)
	return err
}

// BenchmarkWriterHeld says for how long an import holds the one writer of a SQLite file: in all, for 1,000 rows of 36
// columns, and at most without a break.
func BenchmarkWriterHeld(b *testing.B) {
	for _, rows := range benchSizes(b) {
		for name, size := range map[string]int{"together": sheetimport.AllRows, "pieces": sheetimport.DefaultRowsPerUnit} {
			benchmarkWriterHeld(b, fmt.Sprint(name, "/", rows), benchSheet(b, rows), rows, size)
		}
	}
}

func benchmarkWriterHeld(b *testing.B, name, text string, rows, size int) {
	b.Run(name, func(b *testing.B) {
		var held, longest time.Duration
		for b.Loop() {
			file, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "crm.db"), nil)
			if err != nil {
				b.Fatal(err)
			}
			store := &timedStore{Store: file}
			s := newShop(b, store, &sheetimport.Options{RowsPerUnit: size})
			plan := s.plan(text)
			store.held, store.longest = 0, 0
			if _, err := s.importer().Apply(s.ctx, plan); err != nil {
				b.Fatal(err)
			}
			held, longest = held+store.held, max(longest, store.longest)
			if err := file.Close(); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(held.Seconds()*1e6/float64(rows*b.N), "ms-held/1000-rows")
		b.ReportMetric(longest.Seconds()*1e3, "ms-longest")
	})
}
