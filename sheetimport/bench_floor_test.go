package sheetimport_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/internal/xlsxtest"
	"github.com/getklar/influencercrm/sheetimport/sheetfile"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// timed is how long something takes.
func timed(b *testing.B, fn func() error) time.Duration {
	b.Helper()
	start := time.Now()
	if err := fn(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

// BenchmarkImport plans and applies a sheet of 36 columns into an empty SQLite file. The floor is reading the same file
// with encoding/csv, or excelize, alone, and inserting the rows that the import has left with multi-row statements written
// by hand, in one transaction. The metrics are the ratios to that, the memory that a plan keeps for each row, and the most
// that planning and applying together had on the heap at any time, garbage included.
func BenchmarkImport(b *testing.B) {
	for _, format := range []string{"csv", "xlsx"} {
		for _, rows := range benchSizes(b) {
			data := []byte(benchSheet(b, rows))
			read := readBareCSV
			if format == "xlsx" {
				data, read = benchWorkbook(b, data), readBareXLSX
			}
			b.Run(fmt.Sprint(format, "/", rows), func(b *testing.B) {
				var planned, applied, floor time.Duration
				var perRow, peak float64
				for b.Loop() {
					path := filepath.Join(b.TempDir(), "crm.db")
					store, err := sqlite.Open(b.Context(), path, nil)
					if err != nil {
						b.Fatal(err)
					}
					s := newShop(b, store, nil)
					var plan *sheetimport.Plan
					before := memoryInUse()
					highest := watchMemory()
					planned += timed(b, func() (err error) {
						plan, err = s.importer().Plan(s.ctx, s.ws, sheetfile.New("plan", bytes.NewReader(data), nil))
						return err
					})
					kept := memoryInUse() - before
					applied += timed(b, func() error {
						_, err := s.importer().Apply(s.ctx, plan)
						return err
					})
					perRow, peak = kept/float64(rows), (highest()-before)/float64(rows)
					if plan.Counts[sheetimport.Created] != rows {
						b.Fatalf("counts %v", plan.Counts)
					}
					runtime.KeepAlive(plan)
					if err := store.Close(); err != nil {
						b.Fatal(err)
					}
					floor += timed(b, func() error { return read(data, rows) })
					floor += insertByHand(b, path)
				}
				b.ReportMetric(planned.Seconds()/floor.Seconds(), "plan/floor")
				b.ReportMetric(applied.Seconds()/floor.Seconds(), "apply/floor")
				b.ReportMetric(float64(rows*b.N)/planned.Seconds(), "planned-rows/s")
				b.ReportMetric(float64(rows*b.N)/applied.Seconds(), "applied-rows/s")
				b.ReportMetric(perRow, "plan-B/row")
				b.ReportMetric(peak, "peak-B/row")
			})
		}
	}
}

// memoryInUse is the heap that is still needed. What pools hold goes with the second collection.
func memoryInUse() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// watchMemory looks at the heap many times a second, until the function that it returns is called, which tells the most
// that was seen.
func watchMemory() (highest func() float64) {
	done, most := make(chan struct{}), make(chan float64)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		var seen float64
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			metrics.Read(sample)
			seen = max(seen, float64(sample[0].Value.Uint64()))
			select {
			case <-tick.C:
			case <-done:
				most <- seen
				return
			}
		}
	}()
	return func() float64 {
		close(done)
		return <-most
	}
}

func readBareCSV(data []byte, rows int) error {
	r := csv.NewReader(bytes.NewReader(data))
	r.ReuseRecord = true
	n := 0
	for {
		switch _, err := r.Read(); {
		case err == io.EOF:
			return atLeast(n, rows)
		case err != nil:
			return err
		}
		n++
	}
}

func readBareXLSX(data []byte, rows int) error {
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		return err
	}
	defer f.Close()
	r, err := f.Rows("Sheet1")
	if err != nil {
		return err
	}
	defer r.Close()
	n := 0
	for ; r.Next(); n++ {
		if _, err := r.Columns(); err != nil {
			return err
		}
	}
	return errors.Join(r.Error(), atLeast(n, rows))
}

func atLeast(n, rows int) error {
	if n < rows {
		return fmt.Errorf("%d rows, want %d", n, rows)
	}
	return nil
}

// benchWorkbook is the same sheet as a workbook, with numbers for amounts.
func benchWorkbook(b *testing.B, text []byte) []byte {
	b.Helper()
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	return xlsxtest.Book(b, func(f *excelize.File) {
		w, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		for n, line := range lines {
			cells := make([]any, len(line))
			for i, text := range line {
				cells[i] = text
				if amount, err := strconv.ParseFloat(text, 64); err == nil && n > 2 && i == 10 {
					cells[i] = amount
				}
			}
			if err := w.SetRow(fmt.Sprint("A", n+1), cells); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
	})
}

// insertByHand copies the rows that an import has left into another file, and returns what writing them took.
func insertByHand(b *testing.B, from string) time.Duration {
	b.Helper()
	ctx, to := b.Context(), filepath.Join(b.TempDir(), "floor.db")
	store, err := sqlite.Open(ctx, to, nil)
	if err != nil {
		b.Fatal(err)
	}
	if err := store.Close(); err != nil {
		b.Fatal(err)
	}
	source, target := openFile(b, from), openFile(b, to)
	type table struct {
		name string
		rows [][]any
	}
	var tables []table
	for _, name := range []string{"workspaces", "members", "campaigns", "influencers", "influencer_profiles", "influencer_tags", "cooperations", "claims", "changes"} {
		tables = append(tables, table{"crm_" + name, rowsOf(ctx, b, source, "crm_"+name)})
	}
	return timed(b, func() error {
		tx, err := target.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		for _, t := range tables {
			if err := insertRows(ctx, tx, t.name, t.rows); err != nil {
				return err
			}
		}
		return tx.Commit()
	})
}

func openFile(b *testing.B, path string) *sql.DB {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)")
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	b.Cleanup(func() { db.Close() })
	return db
}

func rowsOf(ctx context.Context, b *testing.B, db *sql.DB, table string) [][]any {
	b.Helper()
	rows, err := db.QueryContext(ctx, "SELECT * FROM "+table)
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
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	return all
}

// insertRows writes rows twenty at a time.
func insertRows(ctx context.Context, tx *sql.Tx, table string, rows [][]any) error {
	const together = 20
	for len(rows) > 0 {
		some := rows[:min(together, len(rows))]
		rows = rows[len(some):]
		one := "(?" + strings.Repeat(",?", len(some[0])-1) + ")"
		args := make([]any, 0, len(some)*len(some[0]))
		for _, r := range some {
			args = append(args, r...)
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO "+table+" VALUES "+one+strings.Repeat(","+one, len(some)-1), args...); err != nil {
			return err
		}
	}
	return nil
}
