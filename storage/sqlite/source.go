package sqlite

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
)

// driverName is the name under which modernc.org/sqlite registers itself.
const driverName = "sqlite"

// maxBusy is how many milliseconds a connection waits for others at a time. They are few because a wait inside SQLite
// does not end with a context: the store waits longer by repeating it, up to Options.BusyTimeout.
const maxBusy = 100

// busyPragma comes first, so that the pragmas after it wait too.
var busyPragma = fmt.Sprintf("busy_timeout(%d)", maxBusy)

// The pragmas of every connection. FULL makes each commit durable for one fsync, which is most of the cost of a small
// commit; NORMAL could lose the last commits when power fails.
var pragmas = []string{busyPragma, "journal_mode(WAL)", "foreign_keys(1)", "synchronous(FULL)"}

// source is where a database is: its path and what else its DSN said.
type source struct {
	path  string
	query url.Values
}

// DSNs returns the two DSNs with which a host that needs other settings than those of Pools opens its own pools for New, with
// the driver "sqlite", on the file at a path or at a DSN as Open takes it. Open the writer first: it creates the file.
//
//	writerDSN, readersDSN, err := sqlite.DSNs("shop.db")
//	…
//	writer, err := sql.Open("sqlite", writerDSN)
//	…
//	writer.SetMaxOpenConns(1)
func DSNs(path string) (writer, readers string, err error) {
	s, err := parseSource(path)
	if err != nil {
		return "", "", err
	}
	return s.writer(), s.reader(), nil
}

func parseSource(text string) (source, error) {
	s := source{path: text, query: url.Values{}}
	if rest, ok := strings.CutPrefix(text, "file:"); ok {
		path, query, _ := strings.Cut(rest, "?")
		var err error
		if s.path, err = url.PathUnescape(strings.TrimPrefix(path, "//")); err != nil {
			return s, badSource(text, "its path cannot be read: use %25 for a percent sign")
		}
		if s.query, err = url.ParseQuery(query); err != nil {
			return s, badSource(text, "what stands after its ? cannot be read")
		}
	}
	switch {
	case s.path == "" || s.path == ":memory:" || s.query.Get("mode") == "memory":
		return s, badSource(text, "a database needs a file; for one in memory use the package storage/memory")
	case strings.ContainsRune(s.path, 0):
		return s, badSource(text, "a path does not hold a NUL")
	}
	for _, key := range slices.Sorted(maps.Keys(s.query)) {
		if key != "_pragma" && key != "vfs" { // the others change what the store has to rely on
			return s, badSource(text, fmt.Sprintf("%s is set by the store; leave it out, only _pragma and vfs may stand there", crm.Shorten(key)))
		}
	}
	for _, pragma := range s.query["_pragma"] {
		name := strings.ToLower(pragma)
		for _, own := range append([]string{"query_only("}, pragmas...) {
			if own, _, _ = strings.Cut(own, "("); strings.Contains(name, own) { // main.synchronous too
				return s, badSource(text, own+" is set by the store; leave it out")
			}
		}
	}
	return s, nil
}

func badSource(text, problem string) error {
	return fmt.Errorf("%w: database %q: %s", crm.ErrInvalid, crm.Shorten(text), problem)
}

func (s source) writer() string {
	return s.dsn(url.Values{"_txlock": {"immediate"}, "_pragma": pragmas})
}

func (s source) reader() string {
	return s.dsn(url.Values{"_pragma": append(append([]string{}, pragmas...), "query_only(1)")})
}

// dsn puts the store's own parameters before the caller's.
func (s source) dsn(own url.Values) string {
	for key, values := range s.query {
		own[key] = append(own[key], values...)
	}
	path := &url.URL{Path: s.path}
	return "file:" + path.EscapedPath() + "?" + own.Encode()
}
