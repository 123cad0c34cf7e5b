//go:build linux

package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
)

const (
	faultShops   = 4
	faultWriters = 8
)

// writers write members, each with a change, into several workspaces, and remember what they were told.
type writers struct {
	t       *testing.T
	stores  []*postgres.Store
	stop    chan struct{}
	running sync.WaitGroup
	next    atomic.Int64

	mu      sync.Mutex
	told    *sync.Cond        // a unit of work has ended
	there   map[int]int       // by the number of a member that is said to be written, its workspace
	by      [faultWriters]int // units that are said to be written
	refused int               // units that ended with an error
}

// startWriters sets writers to work, two in each workspace, through stores in turn.
func startWriters(t *testing.T, stores ...*postgres.Store) *writers {
	t.Helper()
	w := &writers{t: t, stores: stores, stop: make(chan struct{}), there: map[int]int{}}
	w.told = sync.NewCond(&w.mu)
	for n := range faultShops {
		if err := stores[0].CreateWorkspace(t.Context(), shop(n+1), nil); err != nil {
			t.Fatal(err)
		}
	}
	for n := range faultWriters {
		w.running.Go(func() { w.write(n) })
	}
	t.Cleanup(w.end)
	return w
}

func (w *writers) write(writer int) {
	store, of := w.stores[writer%len(w.stores)], writer%faultShops+1
	for {
		select {
		case <-w.stop:
			return
		default:
		}
		n := int(w.next.Add(1))
		err := store.Update(context.Background(), shop(of).ID, func(ctx context.Context, tx crm.Tx) error { return addMember(ctx, tx, n) })
		w.mu.Lock()
		switch {
		case err == nil:
			w.there[n] = of
			w.by[writer]++
		case errors.Is(err, crm.ErrBusy), errors.Is(err, crm.ErrUnavailable), errors.Is(err, crm.ErrStorage):
			w.refused++
		default:
			w.t.Errorf("writer %d: %v is no error that Update is said to return", writer, err)
		}
		w.told.Broadcast()
		w.mu.Unlock()
	}
}

// await waits until each writer has written so many more, however long that takes.
func (w *writers) await(more int) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	start := w.by
	for n := range faultWriters {
		for w.by[n] < start[n]+more {
			w.told.Wait()
		}
	}
}

func (w *writers) end() {
	select {
	case <-w.stop:
	default:
		close(w.stop)
	}
	w.running.Wait()
}

// check compares what is there with what the writers were told: all that is said to be written is there,
// and whatever is there is there once, with its one change, in a log without a gap.
func (w *writers) check(store *postgres.Store) {
	w.t.Helper()
	w.end()
	ctx := w.t.Context()
	for of := 1; of <= faultShops; of++ {
		err := store.View(ctx, shop(of).ID, func(ctx context.Context, r crm.Reader) error {
			there := map[crm.MemberID]int{}
			for o := (crm.ListOptions{Size: crm.MaxPageSize}); ; {
				page, err := r.Members().List(ctx, crm.MemberFilter{}, o)
				if err != nil {
					return err
				}
				for _, m := range page.Items {
					there[m.ID] = 0
				}
				if o.Token = page.Next; o.Token == "" {
					break
				}
			}
			var seq crm.Seq
			for {
				changes, err := r.Changes(ctx, crm.ChangeFilter{After: seq}, crm.MaxPageSize)
				if err != nil {
					return err
				}
				if len(changes) == 0 {
					break
				}
				for _, c := range changes {
					if seq++; c.Seq != seq {
						return fmt.Errorf("seq %d follows %d", c.Seq, seq-1)
					}
					there[crm.MemberID(c.Record.ID)]++
				}
			}
			for id, changes := range there {
				if changes != 1 {
					return fmt.Errorf("member %s has %d changes", id, changes)
				}
			}
			for n, shop := range w.there {
				if _, ok := there[id[crm.Member](n)]; shop == of && !ok {
					return fmt.Errorf("member %d, which is said to be written, is not there", n)
				}
			}
			return nil
		})
		if err != nil {
			w.t.Errorf("workspace %d: %v", of, err)
		}
	}
	w.t.Logf("%d units of work were acknowledged, %d refused", len(w.there), w.refused)
}

// A server that is killed amid writers, and comes back, has everything that it said was written, once.
func TestServerKilledAmidWriters(t *testing.T) {
	t.Parallel()
	server := pgtest.Own(t)
	patient := openStore(t, server.DSN(), &postgres.Options{BusyTimeout: 20 * time.Second})
	hasty := openStore(t, server.DSN(), &postgres.Options{BusyTimeout: 400 * time.Millisecond})
	w := startWriters(t, patient, hasty)
	for range 2 {
		w.await(5)
		server.Kill()
		server.Start()
	}
	w.await(5)
	w.check(patient)
}

// With synchronous replication nothing that was acknowledged is lost when the standby takes over, and
// the writers find it by themselves.
func TestStandbyTakesOver(t *testing.T) {
	t.Parallel()
	primary := pgtest.Own(t, "synchronous_commit=remote_apply")
	store := openStore(t, primary.DSN(), nil) // makes the tables
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	standby := primary.Standby("synchronous_commit=remote_apply")
	// Said to the primary alone, and only now: a standby with this setting would wait for one of its own.
	primary.Exec("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
	primary.Exec("SELECT pg_reload_conf()")
	primary.AwaitRow("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'")

	both := "postgres://crm@" + primary.Address() + "," + standby.Address() +
		"/postgres?sslmode=disable&target_session_attrs=read-write&connect_timeout=2"
	store = openStore(t, both, &postgres.Options{BusyTimeout: 20 * time.Second})
	w := startWriters(t, store)
	w.await(5)
	primary.Kill()
	standby.Promote()
	w.await(5)
	w.check(openStore(t, standby.DSN(), nil))
}
