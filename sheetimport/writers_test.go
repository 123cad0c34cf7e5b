package sheetimport_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
)

// One and the same sheet, written by many programs, makes the same records. The files are named after the program and
// its version; testdata/writers/README.md says how each was written. A text cell of a workbook is what was typed. A CSV
// file does not know that 1E5 and MAY-20 were texts, so their rows are rejected there. Two writers make a number of 1E5.
func TestTheSameSheetFromManyWriters(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/writers/*.[xc]*s[xv]*")
	if err != nil || len(files) < 70 {
		t.Fatalf("%d files, error %v", len(files), err)
	}
	first := []string{"influencer", "Ana Ruiz", "platform", "instagram", "start", "2026-06-15", "end", "2026-07-14",
		"cost", "1234.50 EUR", "code", "equals 1E5", "last_touch", "yes", "notes", "first\nsecond"}
	second := []string{"influencer", "Jörg Weiß", "platform", "tiktok", "start", "2026-06-16", "end", "2026-07-15",
		"cost", "2500.00 EUR", "code", "equals MAY-20", "last_touch", "no", "notes", `5" & <b>`}
	third := []string{"influencer", "Lea Blum", "platform", "twitch", "start", "2026-06-17", "end", "2026-07-16",
		"cost", "0.10 EUR", "code", "equals LEA10", "last_touch", "yes", "notes", "by hand"}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			plan := memoryShop(t, nil).planFile(data, filepath.Base(file))
			if len(plan.Rows) != 3 {
				t.Fatalf("%d rows: %q", len(plan.Rows), account(plan))
			}
			want := [][]string{first, second, third}
			damaged := 0 // rows
			switch name, _, _ := strings.Cut(filepath.Base(file), "-wasm-"); {
			case strings.HasSuffix(file, ".csv"):
				damaged = 2
			case name == "json2excel", strings.HasPrefix(name, "connected-workbooks"):
				damaged = 1
			}
			for n, row := range plan.Rows {
				if n < damaged {
					if row.Verdict != sheetimport.Rejected || row.Problems[0].Code != "damaged_code" {
						t.Errorf("a code that may have been a number or a date: %q", account(plan)[n])
					}
					continue
				}
				if row.Verdict != sheetimport.Created {
					t.Fatalf("%q: %+v", account(plan)[n], row.Problems)
				}
				to := map[string]string{"influencer": row.Influencer}
				for _, c := range row.Changes {
					if c.Record == crm.KindCooperation {
						to[c.Field] = c.To
					}
				}
				var got []string
				for at := 0; at < len(want[n]); at += 2 {
					got = append(got, want[n][at], to[want[n][at]])
				}
				if diff := cmp.Diff(want[n], got); diff != "" {
					t.Errorf("row %d (-want +got):\n%s", row.Row, diff)
				}
			}
		})
	}
}
