package reports_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/reports"
	"github.com/getklar/influencercrm/storage/memory"
)

// shop is a workspace whose reports are counted.
type shop struct {
	crm   *crm.Service
	ws    crm.WorkspaceID
	cache *reports.Cache
	made  atomic.Int64
	now   atomic.Int64 // seconds
}

func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{cache: reports.New()}
	s.now.Store(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC).Unix())
	o := &crm.Options{Now: func() time.Time { return time.Unix(s.now.Load(), 0) }}
	store := memory.New(nil)
	s.crm = crm.New(store, o)
	ws, err := crm.NewAdmin(store, o).CreateWorkspace(t.Context(), crm.Workspace{Name: "Shop", Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	s.ws = ws.ID
	return s
}

// get asks for a report, which is the number of how many were made.
func (s *shop) get(t *testing.T, asked string) string {
	t.Helper()
	body, err := s.cache.Get(t.Context(), s.crm, reports.Key{Workspace: s.ws, Asked: asked}, func(context.Context) ([]byte, error) {
		return fmt.Append(nil, s.made.Add(1)), nil
	})
	if err != nil {
		t.Error(err)
	}
	return string(body)
}

func (s *shop) change(t *testing.T, name string) {
	t.Helper()
	if _, err := s.crm.CreateCampaign(t.Context(), s.ws, crm.Campaign{Name: name}); err != nil {
		t.Fatal(err)
	}
}

func TestReportsHoldUntilSomethingChanges(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	got := []string{s.get(t, "a"), s.get(t, "a"), s.get(t, "b"), s.get(t, "a")}
	s.change(t, "Summer")
	got = append(got, s.get(t, "a"), s.get(t, "a"))
	s.now.Add(15 * 60)
	got = append(got, s.get(t, "a"), s.get(t, "a"))
	s.cache.Forget(s.ws)
	got = append(got, s.get(t, "a"))
	if diff := cmp.Diff(strings.Fields("1 1 2 1 3 3 4 4 5"), got); diff != "" {
		t.Error(diff)
	}
}

// TestOneMakesItForAll, also if who began is gone. Failures and very long reports are not kept.
func TestOneMakesItForAll(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	gone, leave := context.WithCancel(t.Context())
	begun, goOn := make(chan struct{}), make(chan struct{})
	key := reports.Key{Workspace: s.ws}
	var all sync.WaitGroup
	all.Go(func() {
		body, err := s.cache.Get(gone, s.crm, key, func(ctx context.Context) ([]byte, error) {
			close(begun)
			<-goOn
			return []byte("first"), ctx.Err()
		})
		if string(body) != "first" || err != nil {
			t.Errorf("%q, %v", body, err)
		}
	})
	<-begun
	leave()
	close(goOn)
	all.Wait()
	if got := s.get(t, ""); got != "first" {
		t.Errorf("got %q, want what was made", got)
	}

	failed := errors.New("no report")
	key.Asked = "refused"
	for range 2 {
		if _, err := s.cache.Get(t.Context(), s.crm, key, func(context.Context) ([]byte, error) { return nil, failed }); !errors.Is(err, failed) {
			t.Error(err)
		}
	}
	key.Asked = "long"
	made := 0
	for range 2 {
		_, err := s.cache.Get(t.Context(), s.crm, key, func(context.Context) ([]byte, error) {
			made++
			return make([]byte, 5<<20), nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	if made != 2 {
		t.Errorf("made %d times, want 2", made)
	}
	if _, err := s.cache.Get(t.Context(), s.crm, reports.Key{}, nil); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("of no workspace: %v", err)
	}
}

// TestReportsOfMany: a report is never older than what was written before it was asked for.
func TestReportsOfMany(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for step := range 20 {
				if n == 0 {
					s.change(t, fmt.Sprint("Campaign ", step))
				}
				count := func(ctx context.Context) (int, error) {
					page, err := s.crm.Campaigns(ctx, s.ws, crm.CampaignFilter{}, crm.ListOptions{})
					return len(page.Items), err
				}
				before, err := count(t.Context())
				if err != nil {
					t.Error(err)
				}
				body, err := s.cache.Get(t.Context(), s.crm, reports.Key{Workspace: s.ws}, func(ctx context.Context) ([]byte, error) {
					now, err := count(ctx)
					return fmt.Append(nil, now), err
				})
				shown := -1
				if _, failed := fmt.Sscan(string(body), &shown); failed != nil || err != nil || shown < before {
					t.Errorf("%d campaigns are shown, after there were %d: %v", shown, before, err)
				}
			}
		})
	}
	all.Wait()
}

// TestReportsAreBounded in number and in bytes; those that were asked for last stay.
func TestReportsAreBounded(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	ask := func(asked string, size int) (made bool) {
		t.Helper()
		_, err := s.cache.Get(t.Context(), s.crm, reports.Key{Workspace: s.ws, Asked: asked}, func(context.Context) ([]byte, error) {
			made = true
			return make([]byte, size), nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	const large = 4<<20 - 100 // a key is counted too, and a longer report is not kept
	for n := range reports.MaxBytes/(4<<20) + 1 {
		ask(fmt.Sprint("large ", n), large)
	}
	if first, second := ask("large 1", large), ask("large 0", large); first || !second {
		t.Errorf("made again: %t, %t, want only the one that was not asked for the longest time", first, second)
	}
	for n := range reports.MaxReports {
		ask(fmt.Sprint("small ", n), 1)
	}
	if !ask("large 1", large) || ask(fmt.Sprint("small ", reports.MaxReports-1), 1) {
		t.Error("the last ones do not stay")
	}
	s.cache.Forget(s.ws)
	for n := range reports.MaxBytes / (4 << 20) {
		ask(fmt.Sprint("large ", n), large)
	}
	if ask("large 0", large) {
		t.Error("what was forgotten still counts")
	}
}

// Values are kept as reports are, beside them, and not if they are too large.
func TestValuesAreKept(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	get := func(size int) *int64 {
		t.Helper()
		v, err := reports.Kept(t.Context(), s.cache, s.crm, reports.Key{Workspace: s.ws, Asked: "value"}, func(*int64) int { return size },
			func(context.Context) (*int64, error) { n := s.made.Add(1); return &n, nil })
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	first := get(100)
	if again := get(100); again != first || *first != 1 {
		t.Errorf("%d and %d: not the same one", *first, *again)
	}
	if s.get(t, "a") != "2" || get(100) != first {
		t.Error("a report and a value are in each other's way")
	}
	s.change(t, "Summer")
	if n := get(5 << 20); *n != 3 {
		t.Errorf("after a change it is still %d", *n)
	}
	if n := get(100); *n != 4 {
		t.Errorf("%d: one of five megabytes was kept", *n)
	}
	if _, err := reports.Kept(t.Context(), s.cache, s.crm, reports.Key{Workspace: s.ws, Asked: "none"}, func(int) int { return 0 },
		func(context.Context) (int, error) { return 0, errors.New("nothing") }); err == nil {
		t.Error("an error is kept")
	}
}
