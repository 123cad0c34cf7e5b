package sidebyside_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// BenchmarkImport imports a sheet into an empty workspace of a fresh database: ten campaigns, and five rows for each
// influencer. Builds are compared by running it in each. On PostgreSQL, x-copy compares applying the plan with COPY of
// the rows that it leaves, into empty tables.
func BenchmarkImport(b *testing.B) {
	for _, rows := range benchSizes(b, 1_000, 10_000, 100_000) {
		text := importSheet(rows)
		b.Run(fmt.Sprint("sqlite/", rows), func(b *testing.B) {
			var took time.Duration
			for b.Loop() {
				plan, apply := importInto(b, hostOnSQLite(b).store, text)
				took += plan + apply
			}
			reportImport(b, rows, took)
		})
		if !pgtest.Offered(b) {
			continue
		}
		b.Run(fmt.Sprint("postgres/", rows), func(b *testing.B) {
			var took, applied, copied time.Duration
			for b.Loop() {
				dsn := pgtest.Database(b)
				plan, apply := importInto(b, hostAt(b, dsn).store, text)
				took, applied = took+plan+apply, applied+apply
				copied += copyBare(b, dsn)
			}
			reportImport(b, rows, took)
			b.ReportMetric(applied.Seconds()/copied.Seconds(), "x-copy")
		})
	}
}

func reportImport(b *testing.B, rows int, took time.Duration) {
	b.ReportMetric(float64(rows*b.N)/took.Seconds(), "rows/s")
	b.ReportMetric(0, "ns/op") // would be that of opening databases too
}

// importInto imports a sheet into a new workspace, and returns what planning and applying took.
func importInto(b *testing.B, store storagetest.Backend, text string) (planned, applied time.Duration) {
	b.Helper()
	ws, err := crm.NewAdmin(store, nil).CreateWorkspace(b.Context(), crm.Workspace{Name: "Shop", Currency: "EUR"})
	if err != nil {
		b.Fatal(err)
	}
	importer := sheetimport.New(crm.New(store, nil), nil)
	var plan *sheetimport.Plan
	planned = timed(b, func() (err error) {
		plan, err = importer.Plan(b.Context(), ws.ID, csvfile.New("sheet.csv", strings.NewReader(text), nil))
		return err
	})
	if rows := len(plan.Rows); plan.Counts[sheetimport.Created] != rows || rows != strings.Count(text, "\n")-1 {
		b.Fatalf("planned %v", plan.Counts)
	}
	applied = timed(b, func() error {
		_, err := importer.Apply(b.Context(), plan)
		return err
	})
	return planned, applied
}

func importSheet(rows int) string {
	var text strings.Builder
	text.WriteString("Influencer,Handle,Platform,Campaign,Start,End,Fee,Code,Status\n")
	for n := range rows {
		one := n / 5
		fmt.Fprintf(&text, "Ida Castell %d,@ida.%d,Instagram,Campaign %d,2026-06-%02d,2026-07-%02d,%d.00,IDA%d,signed\n",
			one, one, n%10, n%28+1, n%28+1, 100+n%900, one)
	}
	return text.String()
}
