//go:build unix

package sqlite_test

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// contents are all that a workspace holds, in one snapshot.
type contents struct {
	records      []crm.Record
	cooperations []crm.Cooperation
	claims       []crm.Claim
	changes      []crm.Change
	head         crm.Head
}

// checkShop checks that a workspace which was left by a kill holds all that was acknowledged and
// agrees with itself.
func checkShop(t *testing.T, store crm.Store, acks []ack) {
	t.Helper()
	var found contents
	err := store.View(t.Context(), shop(1).ID, func(ctx context.Context, r crm.Reader) (err error) {
		found, err = contentsOf(ctx, r)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	log := replay(t, found.changes)
	if last := crm.Seq(len(found.changes)); found.head.Seq != last {
		t.Errorf("the log ends at %d, its last change is %d", found.head.Seq, last)
	}
	log.checkRecords(t, found.records)
	log.checkAcks(t, acks)
	checkClaims(t, found)
}

func contentsOf(ctx context.Context, r crm.Reader) (contents, error) {
	var c contents
	ws, err := r.Workspace(ctx)
	if err != nil {
		return c, err
	}
	campaigns, err := everyOne(ctx, r.Campaigns(), crm.CampaignFilter{Archive: crm.ActiveOrNot})
	if err != nil {
		return c, err
	}
	influencers, err := everyOne(ctx, r.Influencers(), crm.InfluencerFilter{Archive: crm.ActiveOrNot})
	if err != nil {
		return c, err
	}
	if c.cooperations, err = everyOne(ctx, r.Cooperations(), crm.CooperationFilter{Archive: crm.ActiveOrNot}); err != nil {
		return c, err
	}
	c.records = asRecords(asRecords(asRecords([]crm.Record{ws}, campaigns), influencers), c.cooperations)
	if c.claims, err = r.Claims(ctx, crm.ClaimFilter{}); err != nil {
		return c, err
	}
	if c.head, err = r.Head(ctx); err != nil {
		return c, err
	}
	for after := crm.Seq(0); ; after = c.changes[len(c.changes)-1].Seq {
		page, err := r.Changes(ctx, crm.ChangeFilter{After: after}, crm.MaxPageSize)
		if err != nil || len(page) == 0 {
			return c, err
		}
		c.changes = append(c.changes, page...)
	}
}

func asRecords[R crm.Record](all []crm.Record, more []R) []crm.Record {
	for _, r := range more {
		all = append(all, r)
	}
	return all
}

// everyOne reads all pages of a list.
func everyOne[R crm.Record, F any](ctx context.Context, records crm.Records[R, F], f F) ([]R, error) {
	var all []R
	for o := (crm.ListOptions{Size: crm.MaxPageSize}); ; {
		page, err := records.List(ctx, f, o)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		if o.Token = page.Next; o.Token == "" {
			return all, nil
		}
	}
}

// checkClaims compares the stored claims with those that follow from the stored cooperations.
func checkClaims(t *testing.T, found contents) {
	t.Helper()
	want := []crm.Claim{}
	for _, c := range found.cooperations {
		want = append(want, crm.ClaimsOf(c)...)
	}
	slices.SortFunc(want, func(a, b crm.Claim) int {
		return cmp.Or(a.From.Compare(b.From), a.Cooperation.Compare(b.Cooperation), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
	})
	if !slices.Equal(want, found.claims) {
		t.Errorf("claims (-derived +stored):\n%s", gocmp.Diff(want, found.claims, gocmp.Comparer(func(a, b budget.Date) bool { return a == b })))
	}
}

// checkFile asks SQLite itself about a file.
func checkFile(t *testing.T, path string) {
	t.Helper()
	for _, check := range []struct{ pragma, want string }{
		{"integrity_check", "ok"},
		{"foreign_key_check", ""},
	} {
		if got := query(t, path, "PRAGMA "+check.pragma); got != check.want {
			t.Errorf("PRAGMA %s says\n%s\nwant %q", check.pragma, got, check.want)
		}
	}
}

// schemaOf is the text of all tables and indexes, of the statistics and of the migrations.
func schemaOf(t *testing.T, path string) string {
	t.Helper()
	return strings.Join([]string{
		query(t, path, "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"),
		query(t, path, "SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY tbl, idx"),
		query(t, path, "SELECT version_id, is_applied FROM crm_migrations ORDER BY id"),
	}, "\n\n")
}

// query returns the rows of a query, a line each.
func query(t *testing.T, path, text string) string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+readerDSN)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for rows.Next() {
		cells, places := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for n := range cells {
			places[n] = &cells[n]
		}
		if err := rows.Scan(places...); err != nil {
			t.Fatal(err)
		}
		line := make([]string, len(cells))
		for n, cell := range cells {
			line[n] = cell.String
		}
		lines = append(lines, strings.Join(line, " | "))
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return strings.Join(lines, "\n")
}
