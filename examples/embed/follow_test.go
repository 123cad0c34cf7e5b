package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

// Each change is told once, in order, to its own shop, also when the program starts again in between.
func TestNewsAreToldOnce(t *testing.T) {
	t.Parallel()
	ctx, file := t.Context(), filepath.Join(t.TempDir(), "shops.db")
	var out strings.Builder
	start := func() *host {
		h, err := open(ctx, file, &out)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	catchUp := func(h *host) {
		if err := h.catchUp(ctx); err != nil {
			t.Fatal(err)
		}
	}
	h := start()
	mira, jon := newShop(t, h, "north", "mira"), newShop(t, h, "south", "jon")
	if _, err := h.admin.CreateWorkspace(ctx, crm.Workspace{Name: "left behind", Currency: "EUR"}); err != nil {
		t.Fatal(err)
	}
	catchUp(h)
	catchUp(h)
	answer[crm.Saved](jon, 200, jon.send("PATCH", jon.at(jon.june), `{"notes":"call her"}`, "If-Match", `"1"`))
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	h = start()
	defer h.Close()
	mira.h = h
	answer[crm.Saved](mira, 200, mira.send("PATCH", mira.at(mira.june), `{"cost":{"amount":"5.00","currency":"EUR"}}`, "If-Match", `"1"`))
	catchUp(h)
	catchUp(h)

	created := func(shop, who string) string {
		return strings.NewReplacer("SHOP", shop, "WHO", who).Replace(`SHOP #1: somebody created the workspace "SHOP"
SHOP #2: WHO created the campaign "Summer Sale"
SHOP #3: WHO created the influencer "Pamela Reif"
SHOP #4: WHO created the cooperation "Summer Sale - Pamela Reif - Instagram"
`)
	}
	want := created("north", "mira") + created("south", "jon") +
		"north #5: mira set the cost to 5.00 EUR\nsouth #5: jon set the notes\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFollowEndsWithItsContext(t *testing.T) {
	t.Parallel()
	h, _ := newHost(t, io.Discard, "mira")
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		h.follow(ctx, time.Hour)
		close(done)
	}()
	cancel()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Error("it goes on")
	}
}

// The CRM's tables stand under their prefix, and the host's beside them.
func TestTables(t *testing.T) {
	t.Parallel()
	h, _ := newHost(t, io.Discard, "mira")
	rows, err := h.readers.QueryContext(t.Context(), "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'influencer_%'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var own []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		own = append(own, name)
	}
	if diff := cmp.Diff([]string{"shops"}, own); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
