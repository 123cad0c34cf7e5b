package indexes

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/memory"
)

// brands are workspaces in one store, which counts how often records are read together.
type brands struct {
	*testing.T
	crm   *crm.Service
	admin *crm.Admin
	views atomic.Int64
}

func newBrands(t *testing.T) *brands {
	b := &brands{T: t}
	store := memory.New(nil)
	b.crm, b.admin = crm.New(&counted{store, &b.views}, nil), crm.NewAdmin(store, nil)
	return b
}

type counted struct {
	crm.Store
	views *atomic.Int64
}

func (c *counted) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	c.views.Add(1)
	return c.Store.View(ctx, ws, fn)
}

func (b *brands) workspace(id crm.WorkspaceID) crm.WorkspaceID {
	b.Helper()
	ws, err := b.admin.CreateWorkspace(b.Context(), crm.Workspace{ID: id, Name: "Shop", Currency: "EUR", TimeZone: "Europe/Berlin"})
	if err != nil {
		b.Fatal(err)
	}
	return ws.ID
}

// sign makes a signed cooperation with a code.
func (b *brands) sign(ws crm.WorkspaceID, code string) crm.CooperationID {
	b.Helper()
	campaign, err := b.crm.CreateCampaign(b.Context(), ws, crm.Campaign{Name: "Campaign of " + code})
	if err != nil {
		b.Fatal(err)
	}
	influencer, err := b.crm.CreateInfluencer(b.Context(), ws, crm.Influencer{Name: "Influencer of " + code})
	if err != nil {
		b.Fatal(err)
	}
	saved, err := b.crm.CreateCooperation(b.Context(), ws, crm.Cooperation{
		Campaign: campaign.ID, Influencer: influencer.ID, Status: crm.Signed, Cost: budget.FromMinor(100, "EUR"),
		Period: budget.Period{Start: budget.MustParseDate("2026-06-01")},
		Rules:  []discount.Rule{{Match: discount.Equals, Pattern: code}},
	})
	if err != nil {
		b.Fatal(err)
	}
	return saved.Cooperation.ID
}

func (b *brands) get(c *Cache, ws crm.WorkspaceID) *attribution.Index {
	b.Helper()
	x, err := c.Get(b.Context(), b.crm, ws)
	if err != nil {
		b.Fatal(err)
	}
	return x
}

// owner is the cooperation that an order with a code is credited to.
func (b *brands) owner(x *attribution.Index, code string) crm.CooperationID {
	b.Helper()
	d, err := x.Decide(attribution.Order{ID: "1", At: time.Date(2026, 6, 10, 12, 0, 0, 0, time.UTC), Codes: []string{code}})
	if err != nil {
		b.Fatal(err)
	}
	return d.Cooperation
}

func TestGetHasEveryChange(t *testing.T) {
	t.Parallel()
	b, c := newBrands(t), New(nil)
	ws, other := b.workspace(crm.WorkspaceID{}), b.workspace(crm.WorkspaceID{})
	if x := b.get(c, ws); x.Len() != 0 || x.Workspace().ID != ws {
		t.Errorf("an empty workspace has %d cooperations", x.Len())
	}
	for n := range 5 {
		code := fmt.Sprintf("PAM%d", 10*n)
		id := b.sign(ws, code)
		if got := b.owner(b.get(c, ws), code); got != id {
			t.Fatalf("%s is %v's, want %v", code, got, id)
		}
		if got := b.owner(b.get(c, other), code); !got.IsZero() {
			t.Errorf("another workspace has %s: %v", code, got)
		}
	}
	views := b.views.Load()
	first := b.get(c, ws)
	if again := b.get(c, ws); again != first || b.views.Load() != views {
		t.Error("an index that has all changes was read again")
	}
	w := first.Workspace()
	w.IgnoredCodes = []string{"PAM10"}
	if _, err := b.crm.UpdateWorkspace(t.Context(), ws, w, ""); err != nil {
		t.Fatal(err)
	}
	if got := b.owner(b.get(c, ws), "PAM10"); !got.IsZero() {
		t.Errorf("an ignored code credits %v", got)
	}
}

// Many calls at once read the records once, and all have them.
func TestGetReadsOnce(t *testing.T) {
	t.Parallel()
	b, c := newBrands(t), New(nil)
	ws := b.workspace(crm.WorkspaceID{})
	for _, code := range []string{"PAM10", "EMMA10"} { // the first time all records, then what is new
		id := b.sign(ws, code)
		b.views.Store(0)
		var calls sync.WaitGroup
		for range 32 {
			calls.Go(func() {
				x, err := c.Get(t.Context(), b.crm, ws)
				if err != nil {
					t.Error(err)
					return
				}
				if got := b.owner(x, code); got != id {
					t.Errorf("%s is %v's, want %v", code, got, id)
				}
			})
		}
		calls.Wait()
		if got := b.views.Load(); got != 1 {
			t.Errorf("%s: the records were read %d times", code, got)
		}
	}
}

// A workspace that is there again under its id has another log, even one of the same length.
func TestGetKnowsAnotherLog(t *testing.T) {
	t.Parallel()
	b, c := newBrands(t), New(nil)
	ws := b.workspace(crm.WorkspaceID{})
	b.sign(ws, "PAM10")
	b.get(c, ws)
	for _, look := range []bool{true, false} { // while it is away
		if err := b.admin.DeleteWorkspace(t.Context(), ws); err != nil {
			t.Fatal(err)
		}
		if look {
			if _, err := c.Get(t.Context(), b.crm, ws); !errors.Is(err, crm.ErrNotFound) {
				t.Errorf("a deleted workspace: %v", err)
			}
			if len(c.slots) != 0 || c.cooperations != 0 {
				t.Errorf("%d slots with %d cooperations are left of it", len(c.slots), c.cooperations)
			}
		}
		b.workspace(ws)
		id := b.sign(ws, "EMMA10")
		if x := b.get(c, ws); b.owner(x, "EMMA10") != id || !b.owner(x, "PAM10").IsZero() {
			t.Errorf("the new workspace has the old one's rules; looked in between: %t", look)
		}
	}
}

func TestCacheIsBounded(t *testing.T) {
	t.Parallel()
	b := newBrands(t)
	var all []crm.WorkspaceID
	for n := range 4 {
		ws := b.workspace(crm.WorkspaceID{})
		for m := range 2 {
			b.sign(ws, fmt.Sprintf("CODE%d%d", n, m))
		}
		all = append(all, ws)
	}
	for _, test := range []struct {
		name    string
		options Options
		kept    []crm.WorkspaceID // the last used first
	}{
		{"by workspaces", Options{Workspaces: 2}, []crm.WorkspaceID{all[0], all[3]}},
		{"by cooperations", Options{Cooperations: 5}, []crm.WorkspaceID{all[0], all[3]}},
		{"one that is too large stays alone", Options{Cooperations: 1}, []crm.WorkspaceID{all[0]}},
		{"not at all", Options{}, []crm.WorkspaceID{all[0], all[3], all[2], all[1]}},
	} {
		c := New(&test.options)
		for _, n := range []int{0, 1, 2, 3, 0} {
			b.get(c, all[n])
		}
		var kept []crm.WorkspaceID
		for e := c.byUse.Front(); e != nil; e = e.Next() {
			kept = append(kept, e.Value.(*slot).workspace)
		}
		if fmt.Sprint(kept) != fmt.Sprint(test.kept) || c.cooperations != 2*len(kept) || len(c.slots) != len(kept) {
			t.Errorf("%s: %v with %d cooperations in %d slots, want %v", test.name, kept, c.cooperations, len(c.slots), test.kept)
		}
	}
}

// Who waits for another call's reading can go; who reads goes on for the others.
func TestGetEndsWithItsContext(t *testing.T) {
	t.Parallel()
	b, c := newBrands(t), New(nil)
	ws := b.workspace(crm.WorkspaceID{})
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	s := c.enter(ws)
	s.turn <- struct{}{}
	if _, err := c.Get(gone, b.crm, ws); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting: %v", err)
	}
	<-s.turn
	ctx, cancel := context.WithCancel(t.Context())
	service := crm.New(&cancelling{b.crm, memory.New(nil), cancel}, nil)
	if _, err := c.Get(ctx, service, ws); err != nil || s.latest.Load() == nil {
		t.Errorf("reading: %v", err)
	}
}

// cancelling ends the context of its caller when records are read.
type cancelling struct {
	service *crm.Service
	crm.Store
	cancel func()
}

func (c *cancelling) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	c.cancel()
	return c.service.View(ctx, ws, fn)
}

func TestAsOf(t *testing.T) {
	t.Parallel()
	b := newBrands(t)
	ws := b.workspace(crm.WorkspaceID{})
	pam := b.sign(ws, "PAM10")
	then := b.get(New(nil), ws).Seq()
	b.sign(ws, "EMMA10")
	c := New(nil)
	x, free, err := c.AsOf(t.Context(), b.crm, ws, then)
	if err != nil || x.Seq() != then || b.owner(x, "PAM10") != pam || !b.owner(x, "EMMA10").IsZero() {
		t.Errorf("as of %d: %v", then, err)
	}
	free()
	if _, _, err := c.AsOf(t.Context(), b.crm, ws, then+100); !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("a change to come: %v", err)
	}
}

// Ids of no workspace make no index leave, and nothing of them stays; neither does a call that has failed otherwise.
func TestUnknownWorkspacesTakeNoPlace(t *testing.T) {
	t.Parallel()
	b, c := newBrands(t), New(&Options{Workspaces: 2})
	one, two := b.workspace(crm.WorkspaceID{}), b.workspace(crm.WorkspaceID{})
	want := []*attribution.Index{b.get(c, one), b.get(c, two)}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for range 5 {
		if _, err := c.Get(t.Context(), b.crm, crm.ID[crm.Workspace](uuid.New())); !errors.Is(err, crm.ErrNotFound) {
			t.Errorf("no workspace: %v", err)
		}
		if _, err := c.Get(gone, b.crm, crm.ID[crm.Workspace](uuid.New())); err == nil {
			t.Error("a call whose context has ended got an index")
		}
	}
	if got := []*attribution.Index{b.get(c, one), b.get(c, two)}; got[0] != want[0] || got[1] != want[1] {
		t.Error("indexes have left for workspaces that there are not")
	}
	if len(c.slots) != 2 || c.byUse.Len() != 2 {
		t.Errorf("%d slots, %d with an index, want 2 and 2", len(c.slots), c.byUse.Len())
	}
}

// There are as many indexes of the past at once as there may be, half of them of one workspace, until their callers give them
// back. What fails leaves none behind.
func TestAsOfIsBounded(t *testing.T) {
	t.Parallel()
	b, c := newBrands(t), New(&Options{AtOnce: 2})
	north, south := b.workspace(crm.WorkspaceID{}), b.workspace(crm.WorkspaceID{})
	asOf := func(ctx context.Context, ws crm.WorkspaceID, at crm.Seq) (func(), error) {
		_, free, err := c.AsOf(ctx, b.crm, ws, at)
		return free, err
	}
	short, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := asOf(t.Context(), north, 1_000); !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("a change to come: %v", err)
	}
	first, err := asOf(t.Context(), north, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := asOf(short, north, 1); !errors.Is(err, crm.ErrBusy) {
		t.Errorf("one more of the workspace: %v", err)
	}
	if _, err := c.Own(short, north); !errors.Is(err, crm.ErrBusy) {
		t.Errorf("another index of the workspace that is not kept: %v", err)
	}
	b.get(c, north) // that of now does not wait for those
	second, err := asOf(t.Context(), south, 1)
	if err != nil {
		t.Fatalf("that of another workspace: %v", err)
	}
	defer second()
	first()
	third, err := asOf(t.Context(), north, 1)
	if err != nil {
		t.Fatalf("when one has gone: %v", err)
	}
	third()
}
