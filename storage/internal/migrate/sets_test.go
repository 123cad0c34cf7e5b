package migrate_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// statistics is the migration that only SQLite needs.
const statistics = "00005_statistics.sql"

// All databases have the same migrations: the same tables, columns, keys and indexes at each version.
// What is left of the files when the words are gone that only one database knows is equal.
func TestSetsAreEqual(t *testing.T) {
	t.Parallel()
	sqlite, postgres := migrationSet(t, "../../sqlite/migrations"), migrationSet(t, "../../postgres/migrations")
	for name := range sqlite {
		if name == statistics && postgres[name] != nil {
			continue
		}
		if d := cmp.Diff(sqlite[name], postgres[name]); d != "" {
			t.Errorf("%s (-sqlite +postgres):\n%s", name, d)
		}
	}
	for name := range postgres {
		if sqlite[name] == nil {
			t.Errorf("%s is one of PostgreSQL only", name)
		}
	}
}

var (
	comment    = regexp.MustCompile(`--[^\n]*`)
	spaces     = regexp.MustCompile(`\s+`)
	onlyHere   = regexp.MustCompile(` STRICT|, WITHOUT ROWID| WITHOUT ROWID| COLLATE "C"|CONSTRAINT \w+ `)
	primaryKey = regexp.MustCompile(`^(?:CREATE|ALTER) TABLE (\w+)\b.*?(,| ADD) (PRIMARY KEY \([^)]*\))`)
	onlySQLite = regexp.MustCompile(`^ANALYZE |^INSERT INTO sqlite_stat1 `) // statistics
	textTypes  = regexp.MustCompile(`\b(uuid|text)\b`)
	intTypes   = regexp.MustCompile(`\b(bigint|integer|boolean)\b`)
	byteTypes  = regexp.MustCompile(`\bbytea\b`)
)

// migrationSet is the statements of each file of a folder, in the words that databases share, and the primary keys,
// which a table gets when it is made or later.
func migrationSet(t *testing.T, folder string) map[string][]string {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	set := map[string][]string{}
	for _, f := range files {
		content, err := os.ReadFile(filepath.Join(folder, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		text := comment.ReplaceAllString(string(content), "")
		text = onlyHere.ReplaceAllString(spaces.ReplaceAllString(text, " "), "")
		text = textTypes.ReplaceAllString(text, "TEXT")
		text = intTypes.ReplaceAllString(text, "INTEGER")
		text = byteTypes.ReplaceAllString(text, "BLOB")
		statements, keys := []string{}, []string{}
		for statement := range strings.SplitSeq(text, ";") {
			statement = strings.TrimSpace(statement)
			if found := primaryKey.FindStringSubmatch(statement); found != nil {
				keys = append(keys, found[1]+" "+found[3])
				if found[2] != "," {
					continue // that is all it does
				}
				statement = strings.Replace(statement, ", "+found[3], "", 1)
			}
			if statement != "" && !onlySQLite.MatchString(statement) {
				statements = append(statements, statement)
			}
		}
		slices.Sort(keys)
		set[f.Name()] = append(statements, keys...)
	}
	return set
}
