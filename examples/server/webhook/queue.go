package webhook

import (
	"slices"
	"sync"
)

// How many webhooks a process sends to at once. Most of the time goes by while a receiver answers, which costs little here.
const (
	maxSending     = 64
	maxOfWorkspace = 4 // so that slow receivers of a few workspaces leave room for the others
)

// candidate is a webhook for which there is something to send.
type candidate struct {
	ID        string `db:"id"`
	Workspace string `db:"workspace"`
}

// queue is the webhooks that wait for their turn, and how many have theirs. Workspaces take turns, so that one with many
// webhooks delays the others no more than one with a single one; in a workspace whoever has waited longest comes first. It
// is safe for concurrent use.
type queue struct {
	most, ofWorkspace int // turns at once

	mu      sync.Mutex
	known   map[string]bool  // webhooks that wait or have their turn
	lines   map[string]*line // of workspaces with such webhooks
	order   []*line          // those in which somebody waits, the next one first
	sending int
}

// line is the webhooks of one workspace.
type line struct {
	waiting []candidate
	sending int
}

func newQueue(most, ofWorkspace int) *queue {
	return &queue{most: most, ofWorkspace: ofWorkspace, known: map[string]bool{}, lines: map[string]*line{}}
}

// put lets a webhook wait, unless it does or has its turn.
func (q *queue) put(c candidate) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.known[c.ID] {
		q.known[c.ID] = true
		q.add(c)
	}
}

func (q *queue) add(c candidate) {
	l := q.lines[c.Workspace]
	if l == nil {
		l = &line{}
		q.lines[c.Workspace] = l
	}
	if len(l.waiting) == 0 {
		q.order = append(q.order, l)
	}
	l.waiting = append(l.waiting, c)
}

// take begins the turn of the next webhook, if there is room for one that waits.
func (q *queue) take() (c candidate, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.sending == q.most {
		return c, false
	}
	n := slices.IndexFunc(q.order, q.hasRoom)
	if n < 0 {
		return c, false
	}
	l := q.order[n]
	c, l.waiting = l.waiting[0], l.waiting[1:]
	if q.order = slices.Delete(q.order, n, n+1); len(l.waiting) > 0 {
		q.order = append(q.order, l)
	}
	l.sending++
	q.sending++
	return c, true
}

// done ends the turn of a webhook, which waits again at the end of its line if there is more to send.
func (q *queue) done(c candidate, more bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	l := q.lines[c.Workspace]
	l.sending--
	q.sending--
	if more {
		q.add(c)
		return
	}
	delete(q.known, c.ID)
	if l.sending == 0 && len(l.waiting) == 0 {
		delete(q.lines, c.Workspace)
	}
}

// contended reports whether somebody waits who could have the place of a webhook.
func (q *queue) contended(c candidate) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	own := q.lines[c.Workspace]
	if len(own.waiting) > 0 {
		return true
	}
	return q.sending == q.most && slices.ContainsFunc(q.order, q.hasRoom)
}

func (q *queue) hasRoom(l *line) bool { return l.sending < q.ofWorkspace }
