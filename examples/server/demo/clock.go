package demo

import (
	"encoding/binary"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
)

// clock gives the times and ids of a workspace's history, so that they follow from a seed and a day.
type clock struct {
	mu   sync.Mutex
	now  time.Time
	made uint64
	rnd  *rand.Rand
}

func newClock(seed uint64, on budget.Date) *clock {
	c := &clock{rnd: rand.New(rand.NewPCG(seed, 0))}
	c.set(on)
	return c
}

// set goes on to eight in the morning of a day.
func (c *clock) set(on budget.Date) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = time.Unix(int64(on.UnixDay())*24*3600+8*3600, 0).UTC()
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// NewID makes a UUID of version 7. A counter stands above its random bits, so that ids of one moment are in the order of their
// making.
func (c *clock) NewID() (id uuid.UUID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.made++
	binary.BigEndian.PutUint64(id[:8], uint64(c.now.UnixMilli())<<16|0x7<<12|c.made>>20&0xfff)
	binary.BigEndian.PutUint64(id[8:], 0b10<<62|c.made&0xfffff<<42|c.rnd.Uint64()>>22)
	return id
}
