package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// today is the only part of the output that changes from day to day.
var today = regexp.MustCompile(`(?m)^(Budget in EUR on )\d{4}-\d{2}-\d{2}`)

// runOnce runs the program and returns what it printed.
func runOnce(t *testing.T, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, progress bytes.Buffer
	if err := run(t.Context(), args, &out, &progress); err != nil {
		t.Fatalf("sheet2plan %q: %v", args, err)
	}
	return today.ReplaceAllString(out.String(), "${1}2026-11-22"), progress.String()
}

func TestSample(t *testing.T) {
	t.Parallel()
	got, stderr := runOnce(t)
	want, err := os.ReadFile("testdata/output.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
	if stderr != "" {
		t.Errorf("standard error is no terminal, and got %q", stderr)
	}
}

func TestSecondRun(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "crm.db")
	first, _ := runOnce(t, "-db", db)
	second, _ := runOnce(t, "-db", db)
	for _, line := range []string{"  unchanged     240\n", "  rejected        7\n", "  Nothing changed.\n"} {
		if !strings.Contains(second, line) {
			t.Errorf("second run lacks %q:\n%s", line, second)
		}
	}
	_, planFirst, _ := strings.Cut(first, "\n\n")
	_, planSecond, _ := strings.Cut(second, "\n\n")
	if diff := cmp.Diff(planFirst, planSecond); diff != "" {
		t.Errorf("the plan changed (-first +second):\n%s", diff)
	}
}

func TestOtherCurrency(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "crm.db")
	out, _ := runOnce(t, "-db", db, "-currency", "usd")
	if !strings.Contains(out, "Budget in USD") {
		t.Errorf("the report is not in USD:\n%s", out)
	}
	err := run(t.Context(), []string{"-db", db, "-currency", "EUR"}, &bytes.Buffer{}, &bytes.Buffer{})
	if err == nil || !strings.Contains(err.Error(), "the database is in USD, not EUR") {
		t.Errorf("another currency on the same database: %v", err)
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	notes := filepath.Join(dir, "notes.csv")
	if err := os.WriteFile(notes, []byte("shopping list\nmilk\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"no such sheet", []string{filepath.Join(dir, "none.csv")}, "no such file"},
		{"no header", []string{notes}, "no header row was found"},
		{"two sheets", []string{notes, notes}, "one sheet at a time"},
		{"unknown option", []string{"-frobnicate"}, "flag provided but not defined"},
		{"no currency", []string{"-currency", "gold"}, "currency"},
		{"database is no database", []string{"-db", notes}, "database"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			err := run(t.Context(), test.args, &out, &bytes.Buffer{})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one with %q", err, test.want)
			}
			if out.Len() > 0 {
				t.Errorf("printed %q", out.String())
			}
		})
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
	if !bytes.Contains(readme, bytes.TrimSpace(output)) {
		t.Error("README.md does not show testdata/output.txt")
	}
}
