package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/sqlite"
)

const (
	writerDSN = "?_txlock=immediate&_pragma=busy_timeout(100)&_pragma=journal_mode(WAL)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)"
	readerDSN = "?_pragma=busy_timeout(100)&_pragma=journal_mode(WAL)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)&_pragma=query_only(1)"
)

// hostPools are a host's own connections to a file.
func hostPools(t testing.TB, path, writerParams, readerParams string, writers int) (writer, readers *sql.DB) {
	t.Helper()
	var pools [2]*sql.DB
	for n, params := range []string{writerParams, readerParams} {
		db, err := sql.Open("sqlite", "file:"+path+params)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		pools[n] = db
	}
	pools[0].SetMaxOpenConns(writers)
	return pools[0], pools[1]
}

func TestNewOnTheHostsDatabase(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	writer, readers := hostPools(t, file(t), writerDSN, readerDSN, 1)
	store, err := sqlite.New(ctx, writer, readers, &sqlite.Options{Prefix: "shop_"})
	if err != nil {
		t.Fatal(err)
	}
	ws := shop(1)
	if err := store.CreateWorkspace(ctx, ws, nil); !errors.Is(err, crm.ErrStorage) {
		t.Errorf("before Migrate: got error %v, want one that is %q", err, crm.ErrStorage)
	}
	if err := store.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	if err := store.CreateWorkspace(ctx, ws, nil); err != nil {
		t.Fatal(err)
	}
	err = store.Update(ctx, ws.ID, func(ctx context.Context, tx crm.Tx) error { return tx.Insert(ctx, sample()...) })
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}

	rows, err := readers.QueryContext(ctx, "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'shop_%'")
	if err != nil {
		t.Fatalf("the host's pool after the store's Close: %v", err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s stands outside the prefix", name)
	}
	files, err := fs.Glob(store.Migrations(), "*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("migrations: %v, %v", files, err)
	}
	for _, name := range files {
		text, err := fs.ReadFile(store.Migrations(), name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), sqlite.DefaultPrefix) || !strings.Contains(string(text), "shop_") {
			t.Errorf("%s is not under the prefix", name)
		}
	}
}

func TestNewRefusesWrongConnections(t *testing.T) {
	t.Parallel()
	without := func(dsn, part string) string { return strings.Replace(dsn, part, "x=1", 1) }
	for _, test := range []struct {
		name           string
		writer, reader string
		writers        int
		want           string
	}{
		{"many writers", writerDSN, readerDSN, 2, "SetMaxOpenConns(1)"},
		{"no WAL", without(writerDSN, "_pragma=journal_mode(WAL)"), without(readerDSN, "_pragma=journal_mode(WAL)"), 1,
			"writer: journal_mode is delete"},
		{"no foreign keys", without(writerDSN, "_pragma=foreign_keys(1)"), readerDSN, 1, "writer: foreign_keys is 0"},
		{"no busy timeout", without(writerDSN, "_pragma=busy_timeout(100)"), readerDSN, 1, "writer: busy_timeout is 0"},
		{"long busy timeout", strings.Replace(writerDSN, "busy_timeout(100)", "busy_timeout(101)", 1), readerDSN, 1,
			"writer: busy_timeout is 101"},
		{"readers' long busy timeout", writerDSN, strings.Replace(readerDSN, "busy_timeout(100)", "busy_timeout(6000)",
			1), 1, "readers: busy_timeout is 6000"},
		{"not durable", strings.Replace(writerDSN, "FULL", "NORMAL", 1), readerDSN, 1, "writer: synchronous is 1"},
		{"readers may write", writerDSN, without(readerDSN, "_pragma=query_only(1)"), 1, "readers: query_only is 0"},
		{"deferred writer", without(writerDSN, "_txlock=immediate"), readerDSN, 1, "writer: _txlock is not immediate"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path := file(t)
			writer, readers := hostPools(t, path, test.writer, test.reader, test.writers)
			_, err := sqlite.New(t.Context(), writer, readers, nil)
			if !errors.Is(err, crm.ErrInvalid) || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("got error %v, want one with %q", err, test.want)
			}
			if test.writers == 1 && !strings.Contains(err.Error(), "file:"+path+"?") {
				t.Errorf("%v does not name the DSN to use", err)
			}
		})
	}

	t.Run("two files", func(t *testing.T) {
		t.Parallel()
		writer, _ := hostPools(t, file(t), writerDSN, readerDSN, 1)
		_, readers := hostPools(t, file(t), writerDSN, readerDSN, 1)
		if _, err := sqlite.New(t.Context(), writer, readers, nil); !errors.Is(err, crm.ErrInvalid) {
			t.Errorf("got error %v, want one that is %q", err, crm.ErrInvalid)
		}
	})
}

// A wait for a writer outside of the store's pools ends with the context, and with the busy timeout.
func TestHostsWaitEndsInTime(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	path := file(t)
	writer, readers := hostPools(t, path, writerDSN, readerDSN, 1)
	store, err := sqlite.New(ctx, writer, readers, &sqlite.Options{BusyTimeout: 600 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	ws := shop(1)
	if err := errors.Join(store.Migrate(ctx), store.CreateWorkspace(ctx, ws, nil)); err != nil {
		t.Fatal(err)
	}
	rival, _ := hostPools(t, path, writerDSN, readerDSN, 1)
	held, err := rival.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer held.Rollback()

	// The rival is held for as long as the test waits, so it ends only if the wait does.
	for _, test := range []struct {
		name    string
		timeout time.Duration
		want    error
	}{
		{"context", 500 * time.Millisecond, context.DeadlineExceeded},
		{"busy timeout", time.Minute, crm.ErrBusy},
	} {
		ctx, cancel := context.WithTimeout(ctx, test.timeout)
		err := store.Update(ctx, ws.ID, func(context.Context, crm.Tx) error { return nil })
		cancel()
		if !errors.Is(err, test.want) {
			t.Errorf("%s: got error %v, want %v", test.name, err, test.want)
		}
	}
}

// A read beside a host who uses all of the readers' connections itself waits no longer than the busy timeout and its
// context, whether it ran before or not.
func TestDirectReadsWaitForTheHostsReaders(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	writer, readers := hostPools(t, file(t), writerDSN, readerDSN, 1)
	readers.SetMaxOpenConns(1)
	store, err := sqlite.New(ctx, writer, readers, &sqlite.Options{BusyTimeout: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	ws := shop(1)
	if err := errors.Join(store.Migrate(ctx), store.CreateWorkspace(ctx, ws, nil)); err != nil {
		t.Fatal(err)
	}
	reader := store.Reader(ws.ID)
	head := func(ctx context.Context) error { _, err := reader.Head(ctx); return err }
	workspace := func(ctx context.Context) error { _, err := reader.Workspace(ctx); return err }
	if err := head(ctx); err != nil {
		t.Fatal(err)
	}
	held, err := readers.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := head(ctx); err == nil || !strings.Contains(err.Error(), "the host itself uses") {
		t.Errorf("got error %v, want one that says who uses the connection", err)
	}
	for name, read := range map[string]func(context.Context) error{"prepared": head, "new": workspace} {
		if err := read(ctx); !errors.Is(err, crm.ErrBusy) {
			t.Errorf("%s: got error %v, want one that is %q", name, err, crm.ErrBusy)
		}
		short, cancel := context.WithTimeout(ctx, time.Millisecond)
		if err := read(short); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: got error %v, want one that is %q", name, err, context.DeadlineExceeded)
		}
		cancel()
	}
	if err := errors.Join(held.Close(), head(ctx), workspace(ctx)); err != nil {
		t.Errorf("after the host's use: %v", err)
	}
}

// The DSNs that a host asks for are ones that New takes, and the host's own tables fit in beside the store's.
func TestNewTakesTheDSNsThatItGives(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	for _, path := range []string{file(t), "file:" + file(t) + "?_pragma=cache_size(-8000)", file(t) + " 100% mine?#"} {
		writerDSN, readersDSN, err := sqlite.DSNs(path)
		if err != nil {
			t.Fatal(err)
		}
		writer, err := sql.Open("sqlite", writerDSN)
		if err != nil {
			t.Fatal(err)
		}
		defer writer.Close()
		writer.SetMaxOpenConns(1)
		readers, err := sql.Open("sqlite", readersDSN)
		if err != nil {
			t.Fatal(err)
		}
		defer readers.Close()
		store, err := sqlite.New(ctx, writer, readers, nil)
		if err != nil {
			t.Fatalf("%q: %v", path, err)
		}
		if err := store.Migrate(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := writer.ExecContext(ctx, "CREATE TABLE orders (id TEXT PRIMARY KEY)"); err != nil {
			t.Errorf("%q: a table of the host's own: %v", path, err)
		}
		var orders int
		if err := readers.QueryRowContext(ctx, "SELECT COUNT(*) FROM orders").Scan(&orders); err != nil || orders != 0 {
			t.Errorf("%q: read %d orders, %v", path, orders, err)
		}
		if _, err := readers.ExecContext(ctx, "DELETE FROM orders"); err == nil {
			t.Errorf("%q: the readers write", path)
		}
	}
	for _, path := range []string{"", ":memory:", "file:shop.db?mode=ro"} {
		if _, _, err := sqlite.DSNs(path); !errors.Is(err, crm.ErrInvalid) {
			t.Errorf("%q: got error %v, want one that is %q", path, err, crm.ErrInvalid)
		}
	}
}

// The DSN that a refusal names is one that New takes.
func TestNewTakesTheDSNThatItNames(t *testing.T) {
	t.Parallel()
	path := file(t)
	writer, readers := hostPools(t, path, "", "", 1)
	for range 3 {
		_, err := sqlite.New(t.Context(), writer, readers, nil)
		if err == nil {
			return
		}
		_, dsn, found := strings.Cut(err.Error(), `DSN "file:`+path)
		if !found {
			t.Fatal(err)
		}
		dsn = strings.TrimSuffix(dsn, `"`)
		if strings.Contains(dsn, "query_only") {
			_, readers = hostPools(t, path, "", dsn, 1)
		} else {
			writer, _ = hostPools(t, path, dsn, "", 1)
		}
	}
	t.Error("refused again")
}

// New waits for a program that writes, up to the timeout, and no longer than its context.
func TestNewWhileAnotherWrites(t *testing.T) {
	t.Parallel()
	path := file(t)
	other, _ := hostPools(t, path, writerDSN, readerDSN, 1)
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	open := func(ctx context.Context, timeout time.Duration) error {
		writer, readers := hostPools(t, path, writerDSN, readerDSN, 1)
		_, err := sqlite.New(ctx, writer, readers, &sqlite.Options{BusyTimeout: timeout})
		return err
	}
	wantError(t, "after the timeout", open(t.Context(), 50*time.Millisecond), crm.ErrBusy, "held by another program")
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := open(short, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("after its context ended: %v", err)
	}
	opened := make(chan error)
	go func() { opened <- open(t.Context(), time.Hour) }()
	select {
	case err := <-opened:
		t.Fatalf("it did not wait: %v", err)
	case <-time.After(250 * time.Millisecond): // longer than a wait inside SQLite
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-opened; err != nil {
		t.Errorf("when the other program was done: %v", err)
	}
}
