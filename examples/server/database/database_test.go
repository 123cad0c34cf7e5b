package database_test

import (
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/getklar/influencercrm/examples/server/database"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// Whoever opens a file while another program writes waits for it, and fails only after the time that every write has.
func TestOpenWhileAnotherWrites(t *testing.T) {
	t.Parallel()
	for _, fresh := range []bool{true, false} {
		path := filepath.Join(t.TempDir(), "crm.db")
		if !fresh {
			db, err := database.Open(t.Context(), path, nil)
			if err := errors.Join(err, db.Close()); err != nil {
				t.Fatal(err)
			}
		}
		writer, readers, err := sqlite.Pools(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer writer.Close()
		defer readers.Close()
		tx, err := writer.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		opened := make(chan error, 1)
		go func() {
			db, err := database.Open(t.Context(), path, nil)
			if err == nil {
				err = db.Close()
			}
			opened <- err
		}()
		select {
		case err := <-opened:
			t.Errorf("opened a new file: %t; it did not wait: %v", fresh, err)
			opened <- nil
		case <-time.After(400 * time.Millisecond): // longer than a wait inside SQLite
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		if err := <-opened; err != nil {
			t.Errorf("a new file: %t; when the other program was done: %v", fresh, err)
		}
	}
}

// Programs that start together on a new file make its tables once.
func TestOpenTogether(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "crm.db")
	var opening sync.WaitGroup
	for range 6 {
		opening.Go(func() {
			db, err := database.Open(t.Context(), path, nil)
			if err == nil {
				err = db.Close()
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	opening.Wait()
}
