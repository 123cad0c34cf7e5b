package migrate_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/getklar/influencercrm/storage/internal/migrate"
)

func TestWithPrefix(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"00001_a.sql": {Data: []byte("CREATE TABLE crm_a (x TEXT REFERENCES crm_b (y));")},
		"00002_b.sql": {Data: []byte("DROP TABLE crm_a;")},
	}
	for _, test := range []struct{ prefix, want string }{
		{"crm_", "CREATE TABLE crm_a (x TEXT REFERENCES crm_b (y));"},
		{"much_longer_", "CREATE TABLE much_longer_a (x TEXT REFERENCES much_longer_b (y));"},
		{"s", "CREATE TABLE sa (x TEXT REFERENCES sb (y));"},
	} {
		prefixed := migrate.WithPrefix(files, "crm_", test.prefix)
		text, err := fs.ReadFile(prefixed, "00001_a.sql")
		if err != nil || string(text) != test.want {
			t.Errorf("%q: got %q, %v; want %q", test.prefix, text, err, test.want)
		}
		if err := fstest.TestFS(prefixed, "00001_a.sql", "00002_b.sql"); err != nil && test.prefix == "crm_" {
			t.Error(err)
		}
		if names, err := fs.Glob(prefixed, "*.sql"); err != nil || len(names) != 2 {
			t.Errorf("%q: files %v, %v", test.prefix, names, err)
		}
		if _, err := prefixed.Open("absent.sql"); err == nil {
			t.Errorf("%q: an absent file opens", test.prefix)
		}
	}
}

func TestInSchema(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"00001_a.sql": {Data: []byte("-- +goose Up\nCREATE TABLE crm_a (x int);\n\n-- +goose Down\nDROP TABLE crm_a;\n")}}
	text, err := fs.ReadFile(migrate.InSchema(files, "shop"), "00001_a.sql")
	const want = "-- +goose Up\nSET LOCAL search_path TO shop;\nCREATE TABLE crm_a (x int);\n\n-- +goose Down\nSET LOCAL search_path TO shop;\nDROP TABLE crm_a;\n"
	if err != nil || string(text) != want {
		t.Errorf("got %q, %v; want %q", text, err, want)
	}
}
