package access

import (
	"sync"
	"time"
)

// How long, and of how many hashes, it is remembered what they stand for.
const (
	memoTime = 5 * time.Second
	memoSize = 10_000
)

// memo remembers what hashes stand for.
type memo[V any] struct {
	now func() time.Time

	mu        sync.Mutex
	byID      map[string]remembered[V]
	forgotten uint64 // how often
}

type remembered[V any] struct {
	value V
	until time.Time
}

func newMemo[V any](now func() time.Time) *memo[V] {
	return &memo[V]{now: now, byID: map[string]remembered[V]{}}
}

// find returns what a hash stands for, and reads it if that is not remembered. What was read while something was forgotten
// may be of before, and is not remembered.
func (m *memo[V]) find(hash string, read func() (V, bool, error)) (value V, found bool, err error) {
	value, found, forgotten := m.get(hash)
	if found {
		return value, true, nil
	}
	if value, found, err = read(); found && err == nil {
		m.put(hash, value, forgotten)
	}
	return value, found, err
}

func (m *memo[V]) get(hash string) (value V, ok bool, forgotten uint64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.byID[hash]
	return r.value, ok && m.now().Before(r.until), m.forgotten
}

func (m *memo[V]) put(hash string, value V, forgotten uint64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.forgotten != forgotten {
		return
	}
	if len(m.byID) >= memoSize {
		clear(m.byID) // the next look-ups fill it again
	}
	m.byID[hash] = remembered[V]{value, m.now().Add(memoTime)}
}

// forget forgets everything. It is called after what has changed was written.
func (m *memo[V]) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forgotten++
	clear(m.byID)
}
