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
