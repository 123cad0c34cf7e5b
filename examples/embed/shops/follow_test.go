package shops

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

// Each change is told once, in order, to its own shop, also when the program starts again in between.
func TestNewsAreToldOnce(t *testing.T) { onBoth(t, testNewsAreToldOnce) }

func testNewsAreToldOnce(t *testing.T, open engine) {
	ctx := t.Context()
	var out strings.Builder
	catchUp := func(h *Host) {
		for last := (crm.WorkspaceID{}); ; {
			heads, err := h.admin.Heads(ctx, last, 1)
			if err != nil || len(heads) == 0 {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			last = heads[0].Workspace
			if err := h.tell(ctx, heads[0], &out); err != nil {
				t.Fatal(err)
			}
		}
	}
	h, stop := start(t, open)
	mira, jon := newShop(t, h, "north", "mira"), newShop(t, h, "south", "jon")
	if _, err := h.admin.CreateWorkspace(ctx, crm.Workspace{Name: "of somebody else", Currency: "EUR"}); err != nil {
		t.Fatal(err)
	}
	catchUp(h)
	catchUp(h)
	answer[crm.Saved](jon, 200, jon.send("PATCH", jon.at(jon.june), `{"notes":"call her"}`, "If-Match", `"1"`))
	stop()
	h, _ = start(t, open)
	mira.h = h
	answer[crm.Saved](mira, 200, mira.send("PATCH", mira.at(mira.june), `{"cost":{"amount":"5.00","currency":"EUR"}}`, "If-Match", `"1"`))
	catchUp(h)
	catchUp(h)

	created := func(shop, who string) string {
		return strings.NewReplacer("SHOP", shop, "WHO", who).Replace(`SHOP #1: WHO created the workspace "SHOP"
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

// The CRM's tables stand under their prefix, and the host's beside them.
func TestTables(t *testing.T) { onBoth(t, testTables) }

func testTables(t *testing.T, open engine) {
	h, _ := newHost(t, open, "mira")
	const notOurs = " NOT LIKE 'sqlite_%' AND NAME NOT LIKE 'influencer_%'"
	query := "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_name" +
		strings.ReplaceAll(notOurs, "NAME", "table_name")
	if h.readers != h.writer {
		query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name" + strings.ReplaceAll(notOurs, "NAME", "name")
	}
	rows, err := h.readers.QueryContext(t.Context(), query)
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
	if diff := cmp.Diff([]string{"shops"}, own); diff != "" || rows.Err() != nil {
		t.Errorf("%v (-want +got):\n%s", rows.Err(), diff)
	}
}
