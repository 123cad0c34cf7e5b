package sqlstore

import (
	"context"
	"database/sql"
	"os"
	"strings"
	"testing"

	sq "github.com/Masterminds/squirrel"
	_ "modernc.org/sqlite"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// Every list of a workspace without a narrowing filter is read in order from an index, forwards and
// backwards, from its start and from a token; and the searches that narrow use theirs.
func TestListsUseIndexes(t *testing.T) {
	t.Parallel()
	db := tables(t)
	s, err := newSchema(testDialect, DefaultPrefix)
	if err != nil {
		t.Fatal(err)
	}
	lists(t, db, s.members, crm.MemberFilter{}, crm.MemberFilter{Archive: crm.ActiveOrNot}, crm.MemberFilter{Text: "x"})
	lists(t, db, s.campaigns, crm.CampaignFilter{}, crm.CampaignFilter{Archive: crm.ActiveOrNot}, crm.CampaignFilter{HasAmount: true})
	lists(t, db, s.influencers, crm.InfluencerFilter{}, crm.InfluencerFilter{Archive: crm.ActiveOrNot})
	lists(t, db, s.cooperations, crm.CooperationFilter{}, crm.CooperationFilter{Archive: crm.ActiveOrNot},
		crm.CooperationFilter{Status: crm.Signed}, crm.CooperationFilter{During: budget.Period{Start: budget.MustParseDate("2026-06-01")}})
	lists(t, db, s.importRuns, crm.ImportRunFilter{}, crm.ImportRunFilter{Source: "sheet"})

	narrowed(t, db, s.members, crm.MemberFilter{Name: "x"}, "crm_members_by_name")
	narrowed(t, db, s.campaigns, crm.CampaignFilter{Name: "x"}, "crm_campaigns_by_name")
	narrowed(t, db, s.influencers, crm.InfluencerFilter{Name: "x"}, "crm_influencers_by_name")
	narrowed(t, db, s.influencers, crm.InfluencerFilter{Platform: "instagram", Handle: "x"}, "crm_influencer_profiles_by_handle")
	narrowed(t, db, s.influencers, crm.InfluencerFilter{Link: "x"}, "crm_influencer_profiles_by_link")
	narrowed(t, db, s.influencers, crm.InfluencerFilter{Tag: "x"}, "PRIMARY KEY (workspace_id=? AND tag_key=?")
	narrowed(t, db, s.influencers, crm.InfluencerFilter{Responsible: crm.MemberID{1}}, "crm_influencers_by_responsible")
	narrowed(t, db, s.cooperations, crm.CooperationFilter{Campaign: crm.CampaignID{1}}, "crm_cooperations_by_campaign")
	narrowed(t, db, s.cooperations, crm.CooperationFilter{Influencer: crm.InfluencerID{1}}, "crm_cooperations_by_influencer")
	narrowed(t, db, s.cooperations, crm.CooperationFilter{Responsible: crm.MemberID{1}}, "crm_cooperations_by_responsible")
	narrowed(t, db, s.cooperations, crm.CooperationFilter{Name: "x"}, "crm_cooperations_by_name")
	narrowed(t, db, s.cooperations, crm.CooperationFilter{ImportKey: "x"}, "crm_cooperations_by_import")

	claims := sq.Select("*").From(s.claims.name).Where(tenant, "w").Where(sq.Eq{"kind": []string{"equals", "contains"}}).Where("claim_key = ?", "x")
	if plan := explain(t, db, claims); !strings.Contains(plan, "PRIMARY KEY (workspace_id=? AND kind=? AND claim_key=?)") {
		t.Errorf("claims by key: %s", plan)
	}
	remove := sq.Delete(s.claims.name).Where(tenant+" AND cooperation_id = ?", "w", "x")
	if plan := explain(t, db, remove); !strings.Contains(plan, "crm_claims_by_cooperation") {
		t.Errorf("claims of a cooperation: %s", plan)
	}
	log := sq.Select("*").From(s.changes.table).Where(tenant, "w").Where("seq > ?", 1).OrderBy("seq").Limit(10)
	for _, q := range []sq.SelectBuilder{log, log.Where("record_kind = ? AND record_id = ?", "member", "m"), log.Where("unit = ?", "u")} {
		if plan := explain(t, db, q); strings.Contains(plan, "TEMP B-TREE") || !strings.Contains(plan, "seq>?") {
			t.Errorf("the log is not read in order from an index: %s", plan)
		}
	}
	if plan := explain(t, db, log.Where("unit = ?", "u")); !strings.Contains(plan, "crm_changes_by_unit") {
		t.Errorf("the changes of a unit of work: %s", plan)
	}
	for column := range map[string]bool{"": true, "name_key": true} {
		q := inOrder(sq.Select("*").From(s.workspaces.name), crm.Keyset{Size: 10}, column, "workspace_id")
		if plan := explain(t, db, q); strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("workspaces by %q: %s", column, plan)
		}
	}
}

func lists[R crm.Record, W, F any](t *testing.T, db *sql.DB, table *table[R, W, F], filters ...F) {
	t.Helper()
	orders := map[crm.Sort]string{crm.SortCreated: ""}
	for sort, column := range table.sorts {
		orders[sort] = column
	}
	for _, f := range filters {
		for sort, column := range orders {
			for _, k := range []crm.Keyset{
				{Size: 10, Sort: sort}, {Size: 10, Sort: sort, Desc: true},
				{Size: 10, Sort: sort, After: &crm.Position{}}, {Size: 10, Sort: sort, Desc: true, After: &crm.Position{}},
			} {
				q := sq.Select(table.columns...).From(table.name).Where(tenant, "w")
				plan := explain(t, db, inOrder(filtered(q, table.where("w", f)), k, column, table.idColumn))
				if strings.Contains(plan, "TEMP B-TREE") || strings.Contains(plan, "SCAN") || !strings.Contains(plan, "INDEX") {
					t.Errorf("%s by %q, filter %+v: %s", table.name, column, f, plan)
				}
			}
		}
	}
}

func narrowed[R crm.Record, W, F any](t *testing.T, db *sql.DB, table *table[R, W, F], f F, index string) {
	t.Helper()
	q := sq.Select(table.columns...).From(table.name).Where(tenant, "w")
	plan := explain(t, db, inOrder(filtered(q, table.where("w", f)), crm.Keyset{Size: 10}, "", table.idColumn))
	if !strings.Contains(plan, index) {
		t.Errorf("%s, filter %+v does not use %s: %s", table.name, f, index, plan)
	}
}

func explain(t *testing.T, db *sql.DB, q sq.Sqlizer) string {
	t.Helper()
	text, args, err := testDialect.compile(q)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := db.QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+string(text), args...)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	defer rows.Close()
	var plan []string
	for rows.Next() {
		var a, b, c, step any
		if err := rows.Scan(&a, &b, &c, &step); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, step.(string))
	}
	return strings.Join(plan, "; ")
}

// tables is an empty database with the tables of the SQLite migrations.
func tables(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+t.TempDir()+"/plans.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	const folder = "../../sqlite/migrations"
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		text, err := os.ReadFile(folder + "/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		up, _, _ := strings.Cut(string(text), "-- +goose Down")
		if _, err := db.ExecContext(t.Context(), up); err != nil {
			t.Fatalf("%s: %v", f.Name(), err)
		}
	}
	return db
}
