package stmtcache

import (
	"container/list"
	"context"
	"database/sql"
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
	byText map[string]*list.Element // of *entry
	recent *list.List               // the one that was used last in front
	missed map[string]bool
}

type entry struct {
	text  string
	stmt  *sqlx.Stmt
	users sync.WaitGroup // calls that begin outside of transactions; closed statements cannot be used there
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
		return e.Value.(*entry).stmt
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
		c.put(text, stmt).users.Done()
	}
}

// QueryContext runs a statement on a connection of the pool, outside of transactions. One that is not in the cache is
// prepared and kept. The caller must not hold a connection of the pool.
func (c *Cache) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	e := c.use(text)
	if e == nil {
		stmt, err := c.db.PreparexContext(ctx, text)
		if err != nil {
			return nil, err
		}
		e = c.put(text, stmt)
	}
	defer e.users.Done()
	return e.stmt.QueryContext(ctx, args...)
}

// use returns a statement that stays open until users.Done, nil if it is not there.
func (c *Cache) use(text string) *entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := c.byText[text]
	if at == nil {
		return nil
	}
	c.recent.MoveToFront(at)
	e := at.Value.(*entry)
	e.users.Add(1)
	return e
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

// put adds a statement, in use as by use. Of one that was there already the new one is closed.
func (c *Cache) put(text string, stmt *sqlx.Stmt) *entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at := c.byText[text]; at != nil {
		c.closing.Go(func() { stmt.Close() })
		e := at.Value.(*entry)
		e.users.Add(1)
		return e
	}
	added := &entry{text: text, stmt: stmt}
	added.users.Add(1)
	c.byText[text] = c.recent.PushFront(added)
	for c.recent.Len() > c.limit {
		evicted := c.recent.Remove(c.recent.Back()).(*entry)
		delete(c.byText, evicted.text)
		// Close waits for calls that run on the statement's connections, so nobody waits for Close.
		c.closing.Go(func() {
			evicted.users.Wait()
			evicted.stmt.Close()
		})
	}
	return added
}

// Close closes all statements. Transactions of the pool must have ended.
func (c *Cache) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for e := c.recent.Front(); e != nil; e = e.Next() {
		e.Value.(*entry).stmt.Close()
	}
	c.recent.Init()
	clear(c.byText)
	c.closing.Wait()
}
