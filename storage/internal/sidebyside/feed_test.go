package sidebyside_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/internal/quickdir"
	"github.com/getklar/influencercrm/storage/postgres"
	"github.com/getklar/influencercrm/storage/sqlite"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// feedStores are, for each kind of store, two on the same data where there can be two, as in two programs.
func feedStores(t *testing.T) map[string][2]storagetest.Backend {
	t.Helper()
	memory := inMemory()
	all := map[string][2]storagetest.Backend{"memory": {memory, memory}}
	path := filepath.Join(quickdir.New(t), "crm.db")
	var files [2]storagetest.Backend
	for n := range files {
		store, err := sqlite.Open(t.Context(), path, &sqlite.Options{BusyTimeout: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { store.Close() })
		files[n] = store
	}
	all["sqlite"] = files
	if pgtest.Offered(t) {
		dsn := pgtest.Database(t)
		var two [2]storagetest.Backend
		for n := range two {
			store, err := postgres.Open(t.Context(), dsn, &postgres.Options{BusyTimeout: time.Minute})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { store.Close() })
			two[n] = store
		}
		all["postgres"] = two
	}
	return all
}

// However many write at the same time, whoever reads or follows the log of a workspace sees each change
// once, in order and without a gap, and the heads are never behind what is said to be written.
func TestFeedUnderWriters(t *testing.T) {
	t.Parallel()
	for name, stores := range feedStores(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const writers, units, shops = 16, 6, 2
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
			defer cancel()
			feeds := make([]*feed, shops)
			for n := range feeds {
				feeds[n] = newFeed(t, ctx, stores)
			}
			var writing sync.WaitGroup
			for n := range writers {
				writing.Go(func() { feeds[n%shops].write(ctx, n, units) })
			}
			writing.Wait()
			for _, f := range feeds {
				f.end(ctx)
			}
		})
	}
}

// feed is a workspace that many write and several follow.
type feed struct {
	t        *testing.T
	ws       crm.WorkspaceID
	services [2]*crm.Service
	admin    *crm.Admin
	written  atomic.Int64 // changes that are said to be written

	followers []*follower
	last      atomic.Int64 // the end of the log, once nobody else writes any more; 0 before
}

// follower is somebody who goes along with the log.
type follower struct {
	name string
	seen []crm.Change
	done chan error
}

func newFeed(t *testing.T, ctx context.Context, stores [2]storagetest.Backend) *feed {
	t.Helper()
	f := &feed{t: t, admin: crm.NewAdmin(stores[1], nil)}
	for n, store := range stores {
		f.services[n] = crm.New(store, nil)
	}
	w, err := crm.NewAdmin(stores[0], nil).CreateWorkspace(ctx, crm.Workspace{Name: "Shop", Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	f.ws = w.ID
	f.written.Store(1)
	for n, service := range f.services {
		for _, limit := range []int{1, 0} {
			f.follow(ctx, fmt.Sprint("Follow of service ", n, " by ", limit),
				func(ctx context.Context, fn func(context.Context, []crm.Change) error) error {
					return service.Follow(ctx, f.ws, 0, &crm.FollowOptions{Interval: time.Millisecond, Limit: limit}, fn)
				})
		}
		f.follow(ctx, fmt.Sprint("pages of service ", n), func(ctx context.Context, fn func(context.Context, []crm.Change) error) error {
			return page(ctx, service, f.ws, fn)
		})
	}
	return f
}

// page reads the log in pages until the context ends.
func page(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, fn func(context.Context, []crm.Change) error) error {
	var after crm.Seq
	for {
		var changes []crm.Change
		err := service.View(ctx, ws, func(ctx context.Context, r crm.Reader) (err error) {
			changes, err = r.Changes(ctx, crm.ChangeFilter{After: after}, 7)
			return err
		})
		if err != nil {
			return err
		}
		if len(changes) == 0 {
			time.Sleep(time.Millisecond)
			continue
		}
		if err := fn(ctx, changes); err != nil {
			return err
		}
		after = changes[len(changes)-1].Seq
	}
}

var errSeen = errors.New("all of the log is seen")

// follow lets somebody follow until the end of the log.
func (f *feed) follow(ctx context.Context, name string, by func(context.Context, func(context.Context, []crm.Change) error) error) {
	one := &follower{name: name, done: make(chan error, 1)}
	f.followers = append(f.followers, one)
	go func() {
		one.done <- by(ctx, func(_ context.Context, changes []crm.Change) error {
			one.seen = append(one.seen, changes...)
			if last := f.last.Load(); last > 0 && int64(changes[len(changes)-1].Seq) >= last {
				return errSeen
			}
			return nil
		})
	}()
}

// write does units of work of one to five changes, of which every fourth fails at its end.
func (f *feed) write(ctx context.Context, writer, units int) {
	random := rand.New(rand.NewPCG(uint64(writer), 1))
	dropped := errors.New("dropped")
	service := f.services[writer%len(f.services)]
	for n := range units {
		count := random.IntN(5) + 1
		fails := random.IntN(4) == 0
		err := service.Update(ctx, f.ws, func(ctx context.Context, w *crm.Work) error {
			for i := range count {
				if _, err := w.CreateMember(ctx, crm.Member{Name: fmt.Sprint("Member ", writer, " ", n, " ", i)}); err != nil {
					return err
				}
			}
			if fails {
				return dropped
			}
			return nil
		})
		if fails != errors.Is(err, dropped) || !fails && err != nil {
			f.t.Errorf("writer %d: %v", writer, err)
			return
		}
		if fails {
			continue
		}
		// What this one has written is in the head that is read after it; so is all that was added up before.
		written := f.written.Add(int64(count))
		if head := f.head(ctx); int64(head) < written {
			f.t.Errorf("the head is at %d, and at least %d changes are written", head, written)
		}
	}
}

// head is that of the workspace as the administrator sees it.
func (f *feed) head(ctx context.Context) crm.Seq {
	var after crm.WorkspaceID
	for {
		heads, err := f.admin.Heads(ctx, after, 1)
		if err != nil || len(heads) == 0 {
			f.t.Errorf("heads: %v, %v", heads, err)
			return 0
		}
		if after = heads[0].Workspace; after == f.ws {
			return heads[0].Seq
		}
	}
}

// end writes one last change, which tells the followers to come to an end, and compares what they saw.
func (f *feed) end(ctx context.Context) {
	f.t.Helper()
	last := crm.Seq(f.written.Load() + 1)
	f.last.Store(int64(last))
	if _, err := f.services[0].CreateMember(ctx, f.ws, crm.Member{Name: "The last one"}); err != nil {
		f.t.Fatal(err)
	}
	if head := f.head(ctx); head != last {
		f.t.Errorf("the head is at %d, and %d changes are written", head, last)
	}
	for _, one := range f.followers {
		if err := <-one.done; !errors.Is(err, errSeen) {
			f.t.Errorf("%s: %v", one.name, err)
		}
		for n, c := range one.seen {
			if c.Seq != crm.Seq(n+1) {
				f.t.Errorf("%s: seq %d is the %dth", one.name, c.Seq, n+1)
				break
			}
		}
		if crm.Seq(len(one.seen)) != last {
			f.t.Errorf("%s saw %d changes, want %d", one.name, len(one.seen), last)
		}
	}
}
