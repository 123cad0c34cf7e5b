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
)

// BenchmarkImport imports a sheet into an empty workspace of a fresh database: ten campaigns, and five rows for each
// influencer. Builds are compared by running it in each.
func BenchmarkImport(b *testing.B) {
	engines := map[string]func(testing.TB) *host{"sqlite": hostOnSQLite}
	if pgtest.Offered(b) {
		engines["postgres"] = hostOnPostgres
	}
	for _, rows := range benchSizes(b, 1_000, 10_000, 100_000) {
		text := importSheet(rows)
		for engine, open := range engines {
			b.Run(fmt.Sprint(engine, "/", rows), func(b *testing.B) {
				var took time.Duration
				for b.Loop() {
					b.StopTimer()
					store := open(b).store
					ws, err := crm.NewAdmin(store, nil).CreateWorkspace(b.Context(), crm.Workspace{Name: "Shop", Currency: "EUR"})
					if err != nil {
						b.Fatal(err)
					}
					importer := sheetimport.New(crm.New(store, nil), nil)
					b.StartTimer()
					took += timed(b, func() error {
						plan, err := importer.Plan(b.Context(), ws.ID, csvfile.New("sheet.csv", strings.NewReader(text), nil))
						if err != nil {
							return err
						}
						if len(plan.Rows) != rows || plan.Counts[sheetimport.Created] != rows {
							return fmt.Errorf("planned %v", plan.Counts)
						}
						_, err = importer.Apply(b.Context(), plan)
						return err
					})
				}
				b.ReportMetric(float64(rows*b.N)/took.Seconds(), "rows/s")
			})
		}
	}
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
