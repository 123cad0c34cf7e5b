package sqlstore

import (
	"context"
	"sync"

	"github.com/getklar/influencercrm/crm"
)

// turns lets the writers of a workspace in one by one, before they take a connection: those who wait
// for each other would otherwise hold all of a pool, and keep readers and other workspaces from it.
// Writers in other processes meet at the workspace's row.
type turns struct {
	mu  sync.Mutex
	all map[crm.WorkspaceID]*turn // of the workspaces that have a writer
}

type turn struct {
	token chan struct{} // held by the one who writes
	users int           // who writes or waits
}

// take waits for the writer before. What it returns gives the turn to the next one.
func (t *turns) take(ctx context.Context, ws crm.WorkspaceID) (give func(), err error) {
	t.mu.Lock()
	of := t.all[ws]
	if of == nil {
		if t.all == nil {
			t.all = map[crm.WorkspaceID]*turn{}
		}
		of = &turn{token: make(chan struct{}, 1)}
		t.all[ws] = of
	}
	of.users++
	t.mu.Unlock()

	select {
	case of.token <- struct{}{}:
		return func() {
			<-of.token
			t.leave(ws, of)
		}, nil
	case <-ctx.Done():
		t.leave(ws, of)
		return nil, ctx.Err()
	}
}

// queued is how many write or wait.
func (t *turns) queued() (n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, of := range t.all {
		n += of.users
	}
	return n
}

func (t *turns) leave(ws crm.WorkspaceID, of *turn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if of.users--; of.users == 0 {
		delete(t.all, ws)
	}
}
