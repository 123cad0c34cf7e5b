package stmtcache

import (
	"container/list"
	"context"
	"sync"

	"github.com/jmoiron/sqlx"
)

// Cache is the prepared statements of one pool.
type Cache struct {
	db    *sqlx.DB
	limit int

	filling chan struct{}  // a token, held while statements are prepared
	closing sync.WaitGroup // evicted statements that are being closed

	mu     sync.Mutex
	byText map[string]*list.Element // of entries
	recent *list.List               // entries, the one that was used last in front
	missed map[string]bool
}

type entry struct {
	text string
	stmt *sqlx.Stmt
}

// New makes an empty cache of at most limit statements.
func New(db *sqlx.DB, limit int) *Cache {
	return &Cache{
		db: db, limit: limit, filling: make(chan struct{}, 1),
		byText: map[string]*list.Element{}, recent: list.New(), missed: map[string]bool{},
	}
}

// get returns a statement, or nil and notes the miss.
func (c *Cache) get(text string) *sqlx.Stmt {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byText[text]; e != nil {
		c.recent.MoveToFront(e)
		return e.Value.(entry).stmt
	}
	if len(c.missed) < c.limit {
		c.missed[text] = true
	}
	return nil
}

// Fill prepares the statements that were missed. The caller must not hold a connection of the pool. Fill returns
// early if the context ends or a statement cannot be prepared: whoever runs that statement gets the error.
//
// Callers wait for each other. Each statement takes a connection again, and a Fill that had to wait for units of
// work in between, once for each statement, would not come to an end on a busy pool.
func (c *Cache) Fill(ctx context.Context) {
	select {
	case c.filling <- struct{}{}:
		defer func() { <-c.filling }()
	case <-ctx.Done():
		return
	}
	for text := range c.takeMissed() {
		stmt, err := c.db.PreparexContext(ctx, text)
		if err != nil {
			return
		}
		c.put(text, stmt)
	}
}

func (c *Cache) takeMissed() map[string]bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.missed) == 0 {
		return nil
	}
	missed := c.missed
	c.missed = map[string]bool{}
	for text := range missed {
		if c.byText[text] != nil { // prepared since
			delete(missed, text)
		}
	}
	return missed
}

func (c *Cache) put(text string, stmt *sqlx.Stmt) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byText[text] = c.recent.PushFront(entry{text, stmt})
	for c.recent.Len() > c.limit {
		evicted := c.recent.Remove(c.recent.Back()).(entry)
		delete(c.byText, evicted.text)
		// Close waits for calls that run on the statement's connections, so nobody waits for Close.
		c.closing.Go(func() { evicted.stmt.Close() })
	}
}

// Close closes all statements. Transactions of the pool must have ended.
func (c *Cache) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for e := c.recent.Front(); e != nil; e = e.Next() {
		e.Value.(entry).stmt.Close()
	}
	c.recent.Init()
	clear(c.byText)
	c.closing.Wait()
}
