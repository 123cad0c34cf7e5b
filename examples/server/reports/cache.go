package reports

import (
	"context"
	"fmt"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/slots"
)

// The bounds of a Cache.
const (
	MaxReports = 1_000
	MaxBytes   = 64 << 20 // of all reports
	maxReport  = 4 << 20  // bytes of one; a longer one is not kept
	maxMaking  = 4        // at once; the others wait
)

// making is the longest that a report may take.
const making = time.Minute

// quarter is how long a report holds at most. Days begin at a full quarter of an hour, in every time zone.
const quarter = 15 * time.Minute

// Cache keeps the reports that were asked for last. It is safe for use by several goroutines.
type Cache struct {
	making singleflight.Group
	slots  *slots.Slots // of those that are being made

	mu        sync.Mutex // for changes of what follows
	kept      *lru.Cache[Key, report]
	bytes     int
	forgotten int // how often something was forgotten
}

// Key tells reports of a workspace apart: what was asked for, in which form and language.
type Key struct {
	Workspace crm.WorkspaceID
	Asked     string
}

// report is a report of one state of a workspace, which holds for a time.
type report struct {
	head    string
	quarter int64
	content any
	size    int // bytes, about
}

// New makes an empty Cache.
func New() *Cache {
	c := &Cache{slots: slots.New(maxMaking)}
	c.kept, _ = lru.NewWithEvict(MaxReports, func(k Key, r report) { c.bytes -= len(k.Asked) + r.size }) // fails only for a size below 1
	return c
}

// Get returns a report of the workspace as it stands, as Kept does. The body is shared and must not be changed.
func (c *Cache) Get(ctx context.Context, service *crm.Service, key Key, write func(context.Context) ([]byte, error)) ([]byte, error) {
	return Kept(ctx, c, service, key, func(body []byte) int { return len(body) }, write)
}

// Kept returns what somebody asks for of a workspace as it stands: the one that is kept, if nothing has changed since, or the
// one that produce makes, of about so many bytes as size says. Of those who ask for the same at once, one makes it for all; it
// is made to the end although its client may be gone, but only a few are made at once. It is shared and must not be changed.
// Whatever is asked for by one key is of one type.
func Kept[V any](
	ctx context.Context, c *Cache, service *crm.Service, key Key, size func(V) int, produce func(context.Context) (V, error),
) (V, error) {
	var none V
	var head crm.Head
	err := service.Named("head of the report").View(ctx, key.Workspace, func(ctx context.Context, r crm.Reader) (err error) {
		head, err = r.Head(ctx)
		return err
	})
	if err != nil {
		return none, err
	}
	state := fmt.Sprint(head.Seq, head.Unit)
	now := service.Now().UnixNano() / int64(quarter)
	if had, ok := c.kept.Get(key); ok && had.head == state && had.quarter == now {
		return had.content.(V), nil
	}
	// What is made may be of a later state than the head that was read; then the next call makes it anew.
	made, err, _ := c.making.Do(fmt.Sprint(key, state, now), func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), making)
		defer cancel()
		free, err := c.slots.Take(ctx, key.Workspace)
		if err != nil {
			return none, err
		}
		defer free()
		forgotten := c.timesForgotten()
		content, err := produce(ctx)
		if err == nil && size(content) <= maxReport {
			c.keep(key, report{state, now, content, size(content)}, forgotten)
		}
		return content, err
	})
	if err != nil {
		return none, err
	}
	return made.(V), nil
}

// Take waits for a place to make a report that is not kept: only a few are made at once, with those that are. If ctx ends
// before there is one it is a crm.ErrBusy.
func (c *Cache) Take(ctx context.Context, ws crm.WorkspaceID) (free func(), err error) {
	return c.slots.Take(ctx, ws)
}

// timesForgotten is how often something was forgotten up to now.
func (c *Cache) timesForgotten() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.forgotten
}

// keep adds a report. Those that were not asked for the longest time make room for it. One that was begun before something
// was forgotten may be about that, and is not kept.
func (c *Cache) keep(key Key, r report, forgotten int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.forgotten != forgotten {
		return
	}
	c.kept.Remove(key)
	c.bytes += len(key.Asked) + r.size
	c.kept.Add(key, r)
	for c.bytes > MaxBytes {
		c.kept.RemoveOldest()
	}
}

// Forget removes what is kept of a workspace.
func (c *Cache) Forget(ws crm.WorkspaceID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forgotten++
	for _, key := range c.kept.Keys() {
		if key.Workspace == ws {
			c.kept.Remove(key)
		}
	}
}
