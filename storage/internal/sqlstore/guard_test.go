package sqlstore

import (
	"strings"
	"testing"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/storage/internal/dialect"
)

func TestCompileRefusesWritesWithoutTheirWorkspace(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		query sq.Sqlizer
	}{
		{"update of everything", sq.Update("t").Set("name", "x")},
		{"update by id", sq.Update("t").Set("name", "x").Where("id = ?", 1)},
		{"workspace set, not asked for", sq.Update("t").Set("workspace_id", 1).Where("id = ?", 1)},
		{"workspace as an alternative", sq.Update("t").Set("name", "x").Where("id = ? OR workspace_id = ?", 1, 2)},
		{"alternative at the end", sq.Delete("t").Where(tenant+" AND (a = ? OR b = ?) or c = ?", 1, 2, 3, 4)},
		{"another column that ends so", sq.Update("t").Set("name", "x").Where("old_workspace_id = ?", 1)},
		{"workspace compared with itself", sq.Delete("t").Where("workspace_id = workspace_id")},
		{"any other workspace", sq.Delete("t").Where("workspace_id = ? OR 1", 1)},
		{"delete of everything", sq.Delete("t")},
		{"delete with an empty condition", sq.Delete("t").Where(sq.Eq{})},
		{"delete with an empty condition beside", sq.Delete("t").Where(tenant, 1).Where(sq.And{})},
		{"delete by an empty list", sq.Delete("t").Where(tenant, 1).Where(sq.Eq{"id": []string{}})},
		{"select with an empty condition", sq.Select("*").From("t").Where(sq.Eq{})},
		{"insert without", sq.Insert("t").Columns("id", "name").Values(1, 2)},
		{"insert with it as a value", sq.Insert("t").Columns("id").Values("(workspace_id,")},
		{"insert of another column that ends so", sq.Insert("t").Columns("old_workspace_id", "id").Values(1, 2)},
		{"insert without columns", sq.Insert("t").Values(1, 2)},
		{"insert from a select", sq.Insert("t").Columns("workspace_id").Select(sq.Select("workspace_id").From("u"))},
		{"insert of columns without", sq.Expr("INSERT INTO t (id) SELECT * FROM unnest(?::text[]) RETURNING workspace_id", nil)},
		{"insert of many rows that are not counted", sq.Expr("INSERT INTO t (workspace_id) SELECT * FROM unnest(?::text[])", nil)},
		{"update of a workspace named twice", sq.Update("t").Set("name", "x").Where(tenant+" AND workspace_id = ? AND version = ?", 1, 1, 2)},
		{"delete of a workspace named twice", sq.Delete("t").Where(tenant, 1).Where("id IN (?)", 2).Where(tenant, 1)},
		{"anything else", sq.Expr("DROP TABLE t")},
		{"in lower case", sq.Expr("delete from t")},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if text, _, err := compile(testDialect, test.query); err == nil {
				t.Errorf("%q passes", text)
			}
		})
	}
}

func TestCompileTurnsPlaceholdersOnce(t *testing.T) {
	t.Parallel()
	dollar := testDialect
	dollar.Placeholder = sq.Dollar
	inner := sq.Select("influencer_id").From("u").Where(tenant, "a").Where("tag_key = ?", "b")
	for _, test := range []struct {
		query sq.Sqlizer
		want  string
	}{
		{sq.Select("*").From("t").Where(tenant, "a").Where(sq.Expr("id IN (?)", inner)).Where("name = ?", "c"),
			"SELECT * FROM t WHERE workspace_id = $1 AND id IN (SELECT influencer_id FROM u WHERE workspace_id = $2 AND tag_key = $3) AND name = $4"},
		{sq.Delete("t").Where(tenant+" AND (a = ? OR b = ?)", "a", "b", "c"), "DELETE FROM t WHERE workspace_id = $1 AND (a = $2 OR b = $3)"},
		{sq.Delete("t").Where(tenant+" AND id = ?", "a", "b"), "DELETE FROM t WHERE workspace_id = $1 AND id = $2"},
		{sq.Insert("t").Columns("id", "workspace_id").Values(nil, nil).Suffix("ON CONFLICT DO NOTHING"),
			"INSERT INTO t (id,workspace_id) VALUES ($1,$2) ON CONFLICT DO NOTHING"},
		{sq.Expr("INSERT INTO t (workspace_id,id) SELECT * FROM unnest(?::text[],?::text[]) ON CONFLICT DO NOTHING RETURNING workspace_id", nil, nil),
			"INSERT INTO t (workspace_id,id) SELECT * FROM unnest($1::text[],$2::text[]) ON CONFLICT DO NOTHING RETURNING workspace_id"},
		{sq.Delete("t").Where(tenant, "a").Where(sq.Expr("id IN (?)", inner)),
			"DELETE FROM t WHERE workspace_id = $1 AND id IN (SELECT influencer_id FROM u WHERE workspace_id = $2 AND tag_key = $3)"},
		{sq.Select("*").From("t").Where(tenant, "a").OrderBy("id").Suffix("LIMIT ?", 3),
			"SELECT * FROM t WHERE workspace_id = $1 ORDER BY id LIMIT $2"},
	} {
		text, args, err := compile(dollar, test.query)
		if err != nil {
			t.Error(err)
			continue
		}
		if text != test.want || len(args) != strings.Count(test.want, "$") {
			t.Errorf("got %s with %d arguments, want %s", text, len(args), test.want)
		}
	}
}

func TestCheckPrefix(t *testing.T) {
	t.Parallel()
	for prefix, ok := range map[string]bool{
		"crm_": true, "a": true, "shop2_crm_": true,
		"": false, "Crm": false, "2crm": false, "crm-": false, "crm;drop": false, "sqlite_": false, "pg_crm_": false,
		strings.Repeat("a", 32): false,
	} {
		if err := CheckPrefix(prefix); (err == nil) != ok {
			t.Errorf("%q: %v", prefix, err)
		}
	}
}

var testDialect = dialect.Dialect{Name: "test", Placeholder: sq.Question, Contains: "instr(search, ?) > 0"}
