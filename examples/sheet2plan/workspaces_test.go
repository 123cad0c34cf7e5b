package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/sqlite"
)

func TestSeveralWorkspaces(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "crm.db")
	db, err := sqlite.Open(t.Context(), file, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Shop A", "Shop B"} {
		if _, err := crm.NewAdmin(db, nil).CreateWorkspace(t.Context(), crm.Workspace{Name: name, Currency: "EUR"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	err = run(t.Context(), []string{"-db", file}, &bytes.Buffer{}, &bytes.Buffer{})
	if err == nil || !strings.Contains(err.Error(), `several workspaces ("Shop A", "Shop B")`) {
		t.Errorf("a sheet for one of two shops: %v", err)
	}
}
