package sqlite_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/quickdir"
	"github.com/getklar/influencercrm/storage/soundness"
)

// A copy that is made while somebody writes is the workspace at one moment.
func TestBackupWhileWriting(t *testing.T) {
	t.Parallel()
	ctx, path := t.Context(), file(t)
	store := openFile(t, path, nil)
	service := crm.New(store, nil)
	ws, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Beauty", Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	stop, done := make(chan struct{}), make(chan error)
	go func() {
		for {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			if _, err := service.CreateMember(ctx, ws.ID, crm.Member{Name: "Mira"}); err != nil {
				done <- err
				return
			}
		}
	}()
	own, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer own.Close()
	var seen crm.Seq
	for n := range 3 {
		for head := seen; head <= seen+3; { // somebody writes between two copies
			err := service.View(ctx, ws.ID, func(ctx context.Context, r crm.Reader) error {
				h, err := r.Head(ctx)
				head = h.Seq
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		copied := filepath.Join(quickdir.New(t), string(rune('a'+n))+".db")
		if _, err := own.ExecContext(ctx, "VACUUM INTO ?", copied); err != nil {
			t.Fatal(err)
		}
		restored := openFile(t, copied, nil)
		err := restored.View(ctx, ws.ID, func(ctx context.Context, r crm.Reader) error {
			head, err := r.Head(ctx)
			if err != nil {
				return err
			}
			if head.Seq <= seen {
				t.Errorf("the copy ends at %d, the one before at %d", head.Seq, seen)
			}
			seen = head.Seq
			return soundness.Check(ctx, r)
		})
		if err != nil {
			t.Error(err)
		}
	}
	close(stop)
	if err := <-done; err != nil {
		t.Error(err)
	}
}
