package tables

import (
	"context"
	"database/sql"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	sq "github.com/Masterminds/squirrel"
	"github.com/google/uuid"
	_ "modernc.org/sqlite"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/internal/dialect"
)

// ask is one field of a filter, and what the plan of a list under it must show.
type ask[F any] struct {
	filter F
	// narrowed is a part of the plan: the index by which the list is narrowed to what the field asks
	// for. Empty: the list is read in its order, and the field is looked at record by record.
	narrowed string
	// in is the only order in which it is narrowed; nil: in every one.
	in *crm.Sort
	// few says that so few records have the value that sorting them is no matter.
	few bool
}

// Every list is read in its order from an index, forwards and backwards, from its start and from a
// token, under each field of its filter: no table is scanned and nothing is sorted. By the usual fields
// the index is narrowed, so that what a list does not show costs it nothing.
func TestListsUseIndexes(t *testing.T) {
	t.Parallel()
	db := tables(t)
	s, err := testSchema()
	if err != nil {
		t.Fatal(err)
	}
	june := budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-06-30")}
	lists(t, db, s.Members, []ask[crm.MemberFilter]{
		{filter: crm.MemberFilter{}}, {filter: crm.MemberFilter{Archive: crm.ArchivedOnly}}, {filter: crm.MemberFilter{Archive: crm.ActiveOrNot}},
		{filter: crm.MemberFilter{Name: "x"}, narrowed: "crm_members_by_name (workspace_id=? AND name_key=?", few: true},
		{filter: crm.MemberFilter{Text: "x"}},
	})
	campaigns := []ask[crm.CampaignFilter]{
		{filter: crm.CampaignFilter{}}, {filter: crm.CampaignFilter{Archive: crm.ArchivedOnly}},
		{filter: crm.CampaignFilter{Archive: crm.ActiveOrNot}},
		{filter: crm.CampaignFilter{Name: "x"}, narrowed: "crm_campaigns_by_name (workspace_id=? AND name_key=?", few: true},
		{filter: crm.CampaignFilter{HasAmount: true}}, {filter: crm.CampaignFilter{Text: "x"}},
		{filter: crm.CampaignFilter{Upcoming: true, On: june.Start}},
	}
	for _, state := range []crm.State{crm.Planned, crm.Running, crm.Ended, crm.Undated} {
		campaigns = append(campaigns, ask[crm.CampaignFilter]{filter: crm.CampaignFilter{State: state, On: june.Start}})
	}
	lists(t, db, s.Campaigns, campaigns)
	lists(t, db, s.Influencers, []ask[crm.InfluencerFilter]{
		{filter: crm.InfluencerFilter{}}, {filter: crm.InfluencerFilter{Archive: crm.ActiveOrNot}},
		{filter: crm.InfluencerFilter{Archive: crm.ArchivedOnly}, narrowed: "crm_influencers_archived"},
		{filter: crm.InfluencerFilter{Name: "x"}, narrowed: "crm_influencers_by_name (workspace_id=? AND name_key=?", few: true},
		{filter: crm.InfluencerFilter{Platforms: []string{"instagram"}, Handle: "x"},
			narrowed: "crm_influencer_profiles_by_handle (workspace_id=? AND platform=? AND handle_key=?", few: true},
		{filter: crm.InfluencerFilter{Link: "https://x.example"},
			narrowed: "crm_influencer_profiles_by_link (workspace_id=? AND link_key=?", few: true},
		{filter: crm.InfluencerFilter{Categories: []string{"x"}}, narrowed: "(workspace_id=? AND category_key=?"},
		{filter: crm.InfluencerFilter{Responsibles: []crm.MemberID{{1}}}, narrowed: "(workspace_id=? AND responsible_id=?"},
		{filter: crm.InfluencerFilter{Platforms: []string{"instagram"}}},
		{filter: crm.InfluencerFilter{Tags: []string{"x"}}}, {filter: crm.InfluencerFilter{Unassigned: true}},
		{filter: crm.InfluencerFilter{Categories: []string{"x", "y"}}}, {filter: crm.InfluencerFilter{Responsibles: []crm.MemberID{{1}, {2}}}},
		{filter: crm.InfluencerFilter{Platforms: []string{"instagram", "tiktok"}, Handle: "x"}, narrowed: "crm_influencer_profiles", few: true},
		{filter: crm.InfluencerFilter{Text: "x"}},
	})
	byStart := crm.SortStart
	cooperations := []ask[crm.CooperationFilter]{
		{filter: crm.CooperationFilter{}}, {filter: crm.CooperationFilter{Archive: crm.ActiveOrNot}},
		{filter: crm.CooperationFilter{Archive: crm.ArchivedOnly}, narrowed: "crm_cooperations_archived"},
		{filter: crm.CooperationFilter{Campaigns: []crm.CampaignID{{1}}}, narrowed: "(workspace_id=? AND campaign_id=?"},
		{filter: crm.CooperationFilter{Influencers: []crm.InfluencerID{{1}}}, narrowed: "(workspace_id=? AND influencer_id=?", few: true},
		{filter: crm.CooperationFilter{Statuses: []crm.Status{crm.Signed}}, narrowed: "(workspace_id=? AND status=?", in: &byStart},
		{filter: crm.CooperationFilter{Responsibles: []crm.MemberID{{1}}}, narrowed: "(workspace_id=? AND responsible_id=?", in: &byStart},
		{filter: crm.CooperationFilter{Name: "x"}, narrowed: "crm_cooperations_by_name (workspace_id=? AND name_key=?", few: true},
		{filter: crm.CooperationFilter{ImportKey: "x"}, narrowed: "crm_cooperations_by_import (workspace_id=? AND import_key=?", few: true},
		{filter: crm.CooperationFilter{ImportSource: "x"}, few: true, // an import counts them and reads them by id
			narrowed: "crm_cooperations_by_source (workspace_id=? AND import_source=?"},
		{filter: crm.CooperationFilter{Campaigns: []crm.CampaignID{{1}}, Name: "x"},
			narrowed: "(workspace_id=? AND campaign_id=? AND name_key=?", few: true},
		{filter: crm.CooperationFilter{Campaigns: []crm.CampaignID{{1}}, Statuses: []crm.Status{crm.Signed},
			During: june}, narrowed: "(workspace_id=? AND campaign_id=?"},
		{filter: crm.CooperationFilter{Platforms: []string{"instagram"}}}, {filter: crm.CooperationFilter{Tags: []string{"x"}}},
		{filter: crm.CooperationFilter{Categories: []string{"x"}}}, {filter: crm.CooperationFilter{Unassigned: true}},
		{filter: crm.CooperationFilter{Statuses: []crm.Status{crm.Draft, crm.Signed}}},
		{filter: crm.CooperationFilter{Responsibles: []crm.MemberID{{1}, {2}}}},
		{filter: crm.CooperationFilter{Campaigns: []crm.CampaignID{{1}, {2}}}, narrowed: "(workspace_id=? AND campaign_id=?", few: true},
		{filter: crm.CooperationFilter{Influencers: []crm.InfluencerID{{1}, {2}}}, narrowed: "(workspace_id=? AND influencer_id=?", few: true},
		{filter: crm.CooperationFilter{Campaigns: []crm.CampaignID{{1}}, Statuses: []crm.Status{crm.Draft, crm.Signed}},
			narrowed: "(workspace_id=? AND campaign_id=?"},
		{filter: crm.CooperationFilter{Responsibles: []crm.MemberID{{1}}, Unassigned: true}},
		{filter: crm.CooperationFilter{Cancelled: crm.CancelledOnly}}, {filter: crm.CooperationFilter{HasAmount: true}},
		{filter: crm.CooperationFilter{During: june}}, {filter: crm.CooperationFilter{Text: "x"}},
	}
	for _, state := range []crm.State{crm.Planned, crm.Running, crm.Ended, crm.Undated} {
		cooperations = append(cooperations, ask[crm.CooperationFilter]{filter: crm.CooperationFilter{State: state, On: june.Start}})
	}
	lists(t, db, s.Cooperations, cooperations)
	lists(t, db, s.ImportRuns, []ask[crm.ImportRunFilter]{{filter: crm.ImportRunFilter{}},
		{filter: crm.ImportRunFilter{Source: "sheet"}}, {filter: crm.ImportRunFilter{Standing: true}}})
}

// With names a list is read as without, and each name by the primary key of its table.
func TestNamesUsePrimaryKeys(t *testing.T) {
	t.Parallel()
	db := tables(t)
	s, err := testSchema()
	if err != nil {
		t.Fatal(err)
	}
	f, k := crm.CooperationFilter{Campaigns: []crm.CampaignID{{1}}, Platforms: []string{"instagram"}},
		backend.Keyset{Size: 10, Sort: crm.SortStart, After: &backend.Position{}}
	plan := explain(t, db, s.Cooperations.ListWithNames("w", f, k))
	for _, part := range []string{
		explain(t, db, s.Cooperations.List("w", f, k)),
		"crm_campaigns USING INDEX sqlite_autoindex_crm_campaigns_1 (workspace_id=? AND id=?)",
		"crm_influencers USING INDEX sqlite_autoindex_crm_influencers_1 (workspace_id=? AND id=?)",
		"crm_members USING INDEX sqlite_autoindex_crm_members_1 (workspace_id=? AND id=?)",
	} {
		if !strings.Contains(plan, part) {
			t.Errorf("%q is not in the plan: %s", part, plan)
		}
	}
	if plan := explain(t, db, s.Influencers.ListWithNames("w", crm.InfluencerFilter{}, backend.Keyset{Size: 10})); !strings.Contains(plan, "crm_members_1 (workspace_id=? AND id=?)") {
		t.Errorf("members of influencers: %s", plan)
	}
}

// The look-ups that are no lists use their indexes too.
func TestLookUpsUseIndexes(t *testing.T) {
	t.Parallel()
	db := tables(t)
	s, err := testSchema()
	if err != nil {
		t.Fatal(err)
	}
	claims, _ := s.Claims("w", crm.ClaimFilter{Kinds: []crm.ClaimKind{crm.ClaimEquals, crm.ClaimContains}, Key: "x"})
	if plan := explain(t, db, claims); !strings.Contains(plan, "PRIMARY KEY (workspace_id=? AND kind=? AND claim_key=?)") {
		t.Errorf("claims by key: %s", plan)
	}
	remove := sq.Delete(s.claims.name).Where(tenant+" AND cooperation_id = ?", "w", "x")
	if plan := explain(t, db, remove); !strings.Contains(plan, "crm_claims_by_cooperation") {
		t.Errorf("claims of a cooperation: %s", plan)
	}
	remove = sq.Delete(s.table("pictures")).Where(tenant+" AND influencer_id = ?", "w", "x")
	if plan := explain(t, db, remove); !strings.Contains(plan, "crm_pictures_by_influencer") {
		t.Errorf("pictures of an influencer: %s", plan)
	}
	if plan := explain(t, db, s.Pictures.IDs("w", crm.PictureID{1}, 10)); strings.Contains(plan, "TEMP B-TREE") ||
		!strings.Contains(plan, "COVERING INDEX sqlite_autoindex_crm_pictures_1 (workspace_id=? AND id>?)") {
		t.Errorf("ids of pictures: %s", plan)
	}
	for _, column := range identityColumns {
		for _, among := range []crm.Archive{crm.ActiveOnly, crm.ArchivedOnly, crm.ActiveOrNot} {
			plan := explain(t, db, s.sharers(column, among))
			if strings.Contains(plan, "TEMP B-TREE") || strings.Contains(plan, "SCAN") || !strings.Contains(plan, "(workspace_id=? AND "+column.name+"=?)") {
				t.Errorf("influencers of %q by %s: %s", among, column.name, plan)
			}
		}
	}
	for _, f := range []crm.ChangeFilter{{After: 1}, {After: 1, Record: crm.RefTo(crm.MemberID{1})}, {After: 1, Unit: uuid.UUID{1}},
		{Before: 9, Newest: true}, {Before: 9, Record: crm.RefTo(crm.MemberID{1}), Newest: true}, {Unit: uuid.UUID{1}, Newest: true}} {
		plan := explain(t, db, s.Changes.List("w", f, 10))
		if strings.Contains(plan, "TEMP B-TREE") || !strings.Contains(plan, "seq>?") {
			t.Errorf("the log is not read in order from an index: %s", plan)
		}
		if f.Unit != uuid.Nil && !strings.Contains(plan, "crm_changes_by_unit") {
			t.Errorf("the changes of a unit of work: %s", plan)
		}
	}
	for _, sort := range []crm.Sort{crm.SortCreated, crm.SortName} {
		if plan := explain(t, db, s.Workspaces.ListAll(backend.Keyset{Size: 10, Sort: sort})); strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("workspaces by %q: %s", sort, plan)
		}
	}
}

// seldom are orders that lists are seldom looked at in, so that only the list of all that is not archived has an index for
// each. What a filter leaves is sorted, or read in the order and looked at record by record.
var seldom = []crm.Sort{crm.SortChanged, crm.SortStatus, crm.SortCost, crm.SortInfluencer}

func lists[R crm.Record, W, F any](t *testing.T, db *sql.DB, table *Table[R, W, F], asks []ask[F]) {
	t.Helper()
	orders := map[crm.Sort][]string{crm.SortCreated: nil}
	maps.Copy(orders, table.sorts)
	asked := map[string]bool{}
	for _, a := range asks {
		for n := range reflect.TypeFor[F]().NumField() {
			if !reflect.ValueOf(a.filter).Field(n).IsZero() {
				asked[reflect.TypeFor[F]().Field(n).Name] = true
			}
		}
		for sort, column := range orders {
			var none R
			at := &backend.Position{Key: none.SortKey(sort)}
			for _, k := range []backend.Keyset{
				{Size: 10, Sort: sort}, {Size: 10, Sort: sort, Desc: true},
				{Size: 10, Sort: sort, After: at}, {Size: 10, Sort: sort, Desc: true, After: at},
			} {
				plan := explain(t, db, table.List("w", a.filter, k))
				whole := reflect.ValueOf(a.filter).IsZero()
				sorts := strings.Contains(plan, "TEMP B-TREE") && !a.few && (whole || !slices.Contains(seldom, sort))
				narrowed := strings.Contains(plan, a.narrowed) || a.in != nil && *a.in != sort || slices.Contains(seldom, sort)
				if sorts || strings.Contains(plan, "SCAN") || !strings.Contains(plan, "INDEX") || !narrowed {
					t.Errorf("%s by %v, filter %+v: %s", table.name, column, a.filter, plan)
				}
			}
		}
	}
	for n := range reflect.TypeFor[F]().NumField() {
		if name := reflect.TypeFor[F]().Field(n).Name; !asked[name] {
			t.Errorf("no plan is looked at for %s of the filter of %s", name, table.name)
		}
	}
}

func explain(t *testing.T, db *sql.DB, q sq.Sqlizer) string {
	t.Helper()
	text, args, err := q.ToSql()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := db.QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+text, args...)
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

func testSchema() (*Schema, error) {
	return New(dialect.Dialect{Contains: "instr(search, ?) > 0"}, "", "crm_", func(q sq.Sqlizer) (string, error) {
		text, _, err := q.ToSql()
		return text, err
	})
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
