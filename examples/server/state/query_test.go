package state_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
	"github.com/getklar/influencercrm/examples/server/state"
)

// What a transaction writes is there whole or not at all, and an error says what was attempted.
func TestUpdate(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		db, ctx := testdb.Open(t, dsn).State, t.Context()
		begin := func(tx state.Tx, hash string) error {
			_, err := tx.Exec(ctx, "INSERT INTO server_sessions (hash, token_hash, expires_at) VALUES ($1, 'a', 1)", hash)
			return err
		}
		count := func() (n int) {
			if _, err := db.Get(ctx, "count", &n, "SELECT COUNT(*) FROM server_sessions"); err != nil {
				t.Fatal(err)
			}
			return n
		}
		refused := &crm.Error{Family: crm.ErrInvalid, Field: "it"}
		if err := db.Update(ctx, "try", func(tx state.Tx) error { return errors.Join(begin(tx, "1"), refused) }); !errors.Is(err, refused) || count() != 0 {
			t.Errorf("refused: %v, %d rows", err, count())
		}
		err := db.Update(ctx, "sign two in", func(tx state.Tx) error {
			if err := begin(tx, "1"); err != nil {
				return err
			}
			return begin(tx, "1")
		})
		if !errors.Is(err, crm.ErrStorage) || !strings.Contains(err.Error(), "sign two in") || count() != 0 {
			t.Errorf("one key twice: %v, %d rows", err, count())
		}
		done(t, db.Update(ctx, "sign in", func(tx state.Tx) error { return begin(tx, "1") }))
		if count() != 1 {
			t.Errorf("%d rows", count())
		}
		if _, err := db.Exec(ctx, "fly", "UPDATE nowhere SET x = 1"); !errors.Is(err, crm.ErrStorage) || !strings.Contains(err.Error(), "fly") {
			t.Errorf("no such table: %v", err)
		}
	})
}
