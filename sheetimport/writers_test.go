package sheetimport_test

import (
	"os"
	"path/filepath"
	"slices"
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
				got := changesOf(row, want[n])
				if diff := cmp.Diff(want[n], got); diff != "" {
					t.Errorf("row %d (-want +got):\n%s", row.Row, diff)
				}
			}
		})
	}
}

// changesOf are the fields of a row that are wanted, each followed by what the plan makes it.
func changesOf(row sheetimport.PlannedRow, want []string) (got []string) {
	to := map[string]string{"influencer": row.Influencer}
	for _, c := range row.Changes {
		if c.Record == crm.KindCooperation || c.Field == "phone" || c.Field == "profiles" {
			to[c.Field] = c.To
		}
		if c.Record == crm.KindCampaign {
			to["campaign"] = c.To
		}
	}
	for at := 0; at < len(want); at += 2 {
		got = append(got, want[at], to[want[at]])
	}
	return got
}

// What else a writer can store: links behind a text, a date with its time, formats of money and of parts of a hundred, truth
// values, merged cells and formulas. A formula has a stored result, or its row is told to lack it; the last row always does.
func TestTheSameWideSheetFromManyWriters(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/writers/wide/*.xlsx")
	if err != nil || len(files) < 15 {
		t.Fatalf("%d files, error %v", len(files), err)
	}
	want := [][]string{
		{"influencer", "Ana 🌸 Müller", "campaign", "Sale", "platform", "instagram", "profiles",
			"Instagram @ana.mueller https://www.instagram.com/ana.mueller",
			"start", "2026-06-15", "end", "2026-07-14", "cost", "1234.50 EUR", "code", "equals 0012", "percentage", "15 % off", "last_touch", "yes",
			"phone", "+49 170 1234567", "notes", "first\nsecond"},
		{"influencer", "Jörg Weiß", "platform", "tiktok", "profiles", "TikTok @joerg https://www.tiktok.com/@joerg",
			"start", "2026-06-16", "end", "2026-07-15",
			"cost", "2500.00 EUR", "code", "equals JOERG10", "percentage", "10 % off", "last_touch", "no", "notes", "ab"},
	}
	withoutResults := []string{"excel4node", "openpyxl", "xlsx-populate"}
	for _, file := range files {
		name := filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			plan := memoryShop(t, nil).planFile(data, name)
			if len(plan.Rows) != 3 {
				t.Fatalf("%d rows: %q", len(plan.Rows), account(plan))
			}
			results := !slices.ContainsFunc(withoutResults, func(w string) bool { return strings.HasPrefix(name, w) })
			for n, row := range plan.Rows {
				if n == 2 || n == 1 && !results {
					if row.Verdict != sheetimport.Rejected || row.Problems[0].Code != "formula_without_result" {
						t.Errorf("a formula without a result: %q", account(plan)[n])
					}
					continue
				}
				if row.Verdict != sheetimport.Created {
					t.Fatalf("%q: %+v", account(plan)[n], row.Problems)
				}
				if diff := cmp.Diff(want[n], changesOf(row, want[n])); diff != "" {
					t.Errorf("row %d (-want +got):\n%s", row.Row, diff)
				}
			}
		})
	}
}
