package unit

import (
	"context"
	"sync"

	"github.com/getklar/influencercrm/crm"
)

// writerQueue lets the writers of a workspace in one by one, before they take a connection. Otherwise those
// who wait for each other would hold all connections of a pool, and block readers and other workspaces. Writers
// of different processes meet at the lock on the workspace's row.
type writerQueue struct {
	mu     sync.Mutex
	queues map[crm.WorkspaceID]*workspaceQueue // of the workspaces that have a writer
}

type workspaceQueue struct {
	token chan struct{} // held by the writer whose turn it is
	users int           // the writer and those who wait
}

// enter waits for the writers before. The writer calls leave when it is done.
func (q *writerQueue) enter(ctx context.Context, ws crm.WorkspaceID) (leave func(), err error) {
	w := q.join(ws)
	select {
	case w.token <- struct{}{}:
		return func() {
			<-w.token
			q.leave(ws, w)
		}, nil
	case <-ctx.Done():
		q.leave(ws, w)
		return nil, ctx.Err()
	}
}

func (q *writerQueue) join(ws crm.WorkspaceID) *workspaceQueue {
	q.mu.Lock()
	defer q.mu.Unlock()
	w := q.queues[ws]
	if w == nil {
		if q.queues == nil {
			q.queues = map[crm.WorkspaceID]*workspaceQueue{}
		}
		w = &workspaceQueue{token: make(chan struct{}, 1)}
		q.queues[ws] = w
	}
	w.users++
	return w
}

func (q *writerQueue) leave(ws crm.WorkspaceID, w *workspaceQueue) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if w.users--; w.users == 0 {
		delete(q.queues, ws)
	}
}

// len is how many write or wait.
func (q *writerQueue) len() (n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, w := range q.queues {
		n += w.users
	}
	return n
}
