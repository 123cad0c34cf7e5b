package main

import (
	"bytes"
	"io"
	"log"
	"path/filepath"
	"strings"
	"testing"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	args := []string{"-workspaces", "3", "-cooperations", "30", "-clients", "4", "-for", "300ms", "-db", filepath.Join(t.TempDir(), "crm.db")}
	if err := run(t.Context(), args, &out, log.New(io.Discard, "", 0)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"3 workspaces with 30 cooperations each, 4 clients", "get", "page of 50", "create", "edit", "p99", "3 workspaces are sound"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, out.String())
		}
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ args, want string }{
		{"-workspaces 0", "-workspaces 0 must be between 1 and 100000"},
		{"-cooperations 10001", "-cooperations 10001 must be between 1 and 10000"},
		{"-clients -1", "-clients -1 must be between 1 and 1000"},
		{"-for 25h", "-for 25h0m0s must be between 0s and 24h"},
		{"sheet.csv", `"sheet.csv" is no option; load takes nothing else`},
	} {
		if err := run(t.Context(), strings.Fields(test.args), io.Discard, log.New(io.Discard, "", 0)); err == nil || err.Error() != test.want {
			t.Errorf("%s: %v, want %s", test.args, err, test.want)
		}
	}
}
