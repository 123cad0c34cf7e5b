package sqlite

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

// Whatever text is accepted becomes a DSN that names the same file and keeps the store's pragmas.
func FuzzParseSource(f *testing.F) {
	for _, seed := range []string{
		"crm.db", "/var/lib/shop/crm.db", "file:crm.db", "file:///var/crm.db?_pragma=cache_size(-8000)", "50% off?#1.db",
		"file:a%20b.db", "file:x?mode=memory", ":memory:", "", "file:x?_pragma=foreign_keys(0)", "file:x?_pragma= Foreign_Keys=0",
		"file:x?_txlock=deferred&a=b", "a\x00b", "file:", "file:?x", "süß.db",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := parseSource(text)
		if err != nil {
			return
		}
		for _, dsn := range []string{s.writer(), s.reader()} {
			rest, ok := strings.CutPrefix(dsn, "file:")
			path, query, _ := strings.Cut(rest, "?")
			name, err := url.PathUnescape(path)
			if !ok || err != nil || name != s.path {
				t.Fatalf("%q became %q, which names %q (%v), want %q", text, dsn, name, err, s.path)
			}
			values, err := url.ParseQuery(query)
			if err != nil {
				t.Fatalf("%q became %q: %v", text, dsn, err)
			}
			if got := values["_pragma"]; !slices.Equal(got[:len(pragmas)], pragmas) {
				t.Errorf("%q became %q, whose pragmas begin with %q", text, dsn, got)
			}
			for _, pragma := range values["_pragma"][len(pragmas):] {
				if name := strings.ToLower(pragma); strings.Contains(name, "foreign_keys") || strings.Contains(name, "journal_mode") {
					t.Errorf("%q became %q, which sets %q again", text, dsn, pragma)
				}
			}
		}
	})
}
