package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	samples "github.com/getklar/influencercrm/examples/sample"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/storage/sqlite"
)

var update = flag.Bool("update", false, "write testdata/output.txt anew")

// sampleDatabase is a file with the samples of sheet2plan in it.
func sampleDatabase(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "crm.db")
	store, err := sqlite.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	shop, err := crm.NewAdmin(store, nil).CreateWorkspace(t.Context(), crm.Workspace{Name: "Shop", Currency: "EUR", TimeZone: "Europe/Berlin"})
	if err != nil {
		t.Fatal(err)
	}
	importer := sheetimport.New(crm.New(store, nil), nil)
	plan, err := importer.Plan(t.Context(), shop.ID, csvfile.New(samples.PlanSheetName, bytes.NewReader(samples.PlanSheet), nil),
		csvfile.New(samples.CampaignsName, bytes.NewReader(samples.Campaigns), nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := importer.Apply(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRun(t *testing.T) {
	t.Parallel()
	db := sampleDatabase(t)
	var out, stderr bytes.Buffer
	if err := run(t.Context(), []string{"-db", db}, &out, &stderr); err != nil || stderr.Len() > 0 {
		t.Fatal(err, stderr.String())
	}
	const golden = "testdata/output.txt"
	if *update {
		if err := os.WriteFile(golden, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	out.Reset()
	if err := run(t.Context(), []string{"-db", db, "-json"}, &out, &stderr); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	var first attribution.Decision
	if err := json.Unmarshal([]byte(lines[0]), &first); err != nil || len(lines) != 12 || first.Order != "1001" || first.By != attribution.ByCode {
		t.Errorf("%d lines, error %v: %s", len(lines), err, lines[0])
	}
}

// TestReadme keeps the README's output true.
func TestReadme(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	output, err := os.ReadFile("testdata/output.txt")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), "```\n"+string(output)+"```\n") {
		t.Error("README.md does not show testdata/output.txt")
	}
}

// An order that cannot be read is told, and the others still count.
func TestRunTellsWhatIsWrong(t *testing.T) {
	t.Parallel()
	db := sampleDatabase(t)
	file := filepath.Join(t.TempDir(), "orders.jsonl")
	text := `{"id":"1","at":"2026-06-15T10:12:00+02:00","codes":["SELMA60"],"amount":{"amount":"84.90","currency":"EUR"}}
{"id":"2","at":"yesterday"}
`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args         []string
		out, message string
	}{
		{[]string{"-db", db, file}, "1 orders: 1 by a code", "1 orders could not be read"},
		{[]string{file}, "", "-db is missing"},
		{[]string{"-db", filepath.Join(t.TempDir(), "none.db"), file}, "", "there is no such file"},
		{[]string{"-db", db, file, file}, "", "one file of orders at a time"},
		{[]string{"-db", db, "-zone", "Berlin", file}, "", "is no time zone"},
		{[]string{"-db", db, filepath.Join(t.TempDir(), "none.csv")}, "", "no such file"},
	} {
		var out, stderr bytes.Buffer
		err := run(t.Context(), test.args, &out, &stderr)
		if err == nil || !strings.Contains(err.Error(), test.message) || !strings.Contains(out.String(), test.out) {
			t.Errorf("%v: error %v, out %q", test.args, err, out.String())
		}
	}
}

// Cancelled orders need no explanation, refunds without their order are told, and so is what nothing explains.
func TestRunTellsWhatIsLost(t *testing.T) {
	t.Parallel()
	orders := filepath.Join(t.TempDir(), "orders.jsonl")
	text := `{"id":"1","at":"2026-06-05T12:00:00Z","codes":["NOBODYS"],"amount":{"amount":"10.00","currency":"EUR"},"cancelled":true}
{"id":"2","at":"2026-06-05T12:00:00Z","codes":["NOBODYS"],"amount":{"amount":"10.00","currency":"EUR"}}
{"id":"r","at":"2026-06-05T12:00:00Z","refund_of":"9","amount":{"amount":"5.00","currency":"EUR"}}
`
	if err := os.WriteFile(orders, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, stderr bytes.Buffer
	if err := run(t.Context(), []string{"-db", sampleDatabase(t), orders}, &out, &stderr); err != nil || stderr.Len() > 0 {
		t.Fatal(err, stderr.String())
	}
	for _, want := range []string{
		"2 orders: 0 by a code, 0 by a visit, 2 that nobody earned\n", "1 of those that nobody earned were cancelled\n",
		"refunds of orders that nobody earned or that are not in the file: 1\n", "  1 that nothing explains\n",
	} {
		if !bytes.Contains(out.Bytes(), []byte(want)) {
			t.Errorf("%q is missing:\n%s", want, out.String())
		}
	}
}
