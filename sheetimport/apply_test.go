package sheetimport_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/storage/memory"
)

const smallSheet = "Influencer,Handle,Platform,Campaign,Posting date,Fee,Responsible,Discount code\n" +
	"Ida,@ida,IG,Sale,2026-06-01,100,Mira,IDA10\n" +
	"Mats,@mats,IG,Sale,2026-06-01,200,Jan,MATS10\n" +
	"Lea,@lea,,Sale,2026-06-01,300,Jan,LEA10\n"

func TestPlanWritesNothing(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	before := s.contents()
	s.plan(smallSheet)
	if diff := cmp.Diff(before, s.contents(), exactly...); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

func TestTheIDsOfThePlanAreThoseOfTheRecords(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	plan := s.bring(smallSheet)
	planned := map[string]bool{}
	for _, r := range plan.Rows {
		for _, c := range r.Changes {
			planned[string(c.Record)+" "+c.ID] = true
		}
	}
	there := s.contents()
	kept := map[string]bool{}
	keep := func(r crm.Record) { kept[string(r.Ref().Kind)+" "+r.Ref().IDString()] = true }
	for _, r := range there.Members {
		keep(r)
	}
	for _, r := range there.Campaigns {
		keep(r)
	}
	for _, r := range there.Influencers {
		keep(r)
	}
	for _, r := range there.Cooperations {
		keep(r)
	}
	if diff := cmp.Diff(planned, kept); diff != "" || len(kept) != 7 {
		t.Errorf("%d records; (-planned +kept):\n%s", len(kept), diff)
	}
}

func TestTheRunIsRecorded(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	plan := s.plan(smallSheet)
	run, err := s.importer().Apply(s.ctx, plan)
	if err != nil {
		t.Fatal(err)
	}
	runs := s.contents().Runs
	if len(runs) != 1 {
		t.Fatalf("%d runs", len(runs))
	}
	kept := runs[0]
	if kept.ID != run.ID || kept.Source != "plan.csv" || kept.Actor != "mira" || kept.At.IsZero() {
		t.Errorf("kept %+v, returned %+v", kept, run)
	}
	if diff := cmp.Diff(map[string]int{"created": 2, "rejected": 1}, kept.Counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	var account sheetimport.Plan
	if err := json.Unmarshal(kept.Plan, &account); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plan.Rows, account.Rows); diff != "" {
		t.Errorf("rows of the account (-want +got):\n%s", diff)
	}
	if _, err := s.importer().Apply(s.ctx, &account); err == nil {
		t.Error("the account of a plan was carried out, though it has no sheet")
	}
	if _, err := s.importer().Apply(s.ctx, nil); err == nil {
		t.Error("no plan was carried out")
	}
}

func TestAnySourceNameCanBeKept(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", " ", strings.Repeat("ä", 500), "a\x00b\nc", "\xff"} {
		s := memoryShop(t, nil)
		plan, err := s.importer().Plan(s.ctx, s.ws, csvfile.New(name, strings.NewReader(smallSheet), nil))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.importer().Apply(s.ctx, plan); err != nil {
			t.Errorf("source %.20q: %v", name, err)
		}
	}
}

func TestAPlanIsRefusedWhenWhatItShowsIsNoMoreTrue(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		change  func(context.Context, *crm.Work) error
		refused bool
	}{
		{"nothing happened", func(context.Context, *crm.Work) error { return nil }, false},
		{"another campaign", func(ctx context.Context, w *crm.Work) error {
			_, err := w.CreateCampaign(ctx, crm.Campaign{Name: "Other"})
			return err
		}, false},
		{"another influencer and member", func(ctx context.Context, w *crm.Work) error {
			_, err := w.CreateInfluencer(ctx, crm.Influencer{Name: "Other"})
			if err == nil {
				_, err = w.CreateMember(ctx, crm.Member{Name: "Other"})
			}
			return err
		}, false},
		{"the campaign", func(ctx context.Context, w *crm.Work) error {
			_, err := w.CreateCampaign(ctx, crm.Campaign{Name: "SALE"})
			return err
		}, true},
		{"the member", func(ctx context.Context, w *crm.Work) error {
			_, err := w.CreateMember(ctx, crm.Member{Name: "mira"})
			return err
		}, true},
		{"the handle", func(ctx context.Context, w *crm.Work) error {
			_, err := w.CreateInfluencer(ctx, crm.Influencer{Name: "X", Profiles: []crm.Profile{{Platform: "instagram", Handle: "IDA"}}})
			return err
		}, true},
		{"the name", func(ctx context.Context, w *crm.Work) error {
			_, err := w.CreateInfluencer(ctx, crm.Influencer{Name: "Mats"})
			return err
		}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			plan := s.plan(smallSheet)
			if err := s.service.Update(s.ctx, s.ws, c.change); err != nil {
				t.Fatal(err)
			}
			before := s.contents()
			_, err := s.importer().Apply(s.ctx, plan)
			if errors.Is(err, sheetimport.ErrPlanOutdated) != c.refused || !c.refused && err != nil {
				t.Fatalf("error %v; want refused: %v", err, c.refused)
			}
			if c.refused {
				if diff := cmp.Diff(before, s.contents(), exactly...); diff != "" {
					t.Errorf("something was written (-before +after):\n%s", diff)
				}
			}
		})
	}
}

func TestAPlanIsAppliedOnce(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	plan := s.bring(smallSheet)
	if _, err := s.importer().Apply(s.ctx, plan); !errors.Is(err, sheetimport.ErrPlanOutdated) {
		t.Errorf("error %v, want ErrPlanOutdated", err)
	}
}

// TestPlansAreEqual makes plans of a wide sheet again and again: an order that depends on a map would refuse some.
func TestPlansAreEqual(t *testing.T) {
	t.Parallel()
	row := map[string]string{
		"Email": "nope", "Phone": "nope", "Category": strings.Repeat("x", 300), "Responsible": strings.Repeat("y", 300), "Notes": "#REF!",
		"Campaign budget": "1", "Revenue target": "2", "Favourite colour": "#REF!",
	}
	for range 20 {
		memoryShop(t, nil).bring(full(row, good))
	}
}

func TestProgress(t *testing.T) {
	t.Parallel()
	var heard []sheetimport.Progress
	s := memoryShop(t, &sheetimport.Options{Progress: func(p sheetimport.Progress) { heard = append(heard, p) }})
	s.bring(smallSheet)
	const total = 2 + 1 + 2 + 2 // members, campaigns, influencers, cooperations
	if len(heard) != total {
		t.Fatalf("heard %v", heard)
	}
	for n, p := range heard {
		if want := (sheetimport.Progress{Attempt: 1, Done: n + 1, Total: total}); p != want {
			t.Errorf("heard %+v, want %+v", p, want)
		}
	}
}

// brokenStore is a store whose transactions break at the nth write, or that begins each of them twice.
type brokenStore struct {
	*memory.Store
	failAt int
	twice  bool
}

var errBroken = fmt.Errorf("%w: the disk is full", crm.ErrStorage)

func (b *brokenStore) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	if b.twice {
		errAgain := errors.New("again")
		err := b.Store.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error {
			if err := fn(ctx, tx); err != nil {
				return err
			}
			return errAgain
		})
		if !errors.Is(err, errAgain) {
			return err
		}
	}
	return b.Store.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error { return fn(ctx, &brokenTx{Tx: tx, left: b.failAt}) })
}

type brokenTx struct {
	crm.Tx
	left int // writes until it breaks; below 0 never
}

func (b *brokenTx) Insert(ctx context.Context, records ...crm.Record) error {
	if b.left--; b.left == 0 {
		return errBroken
	}
	return b.Tx.Insert(ctx, records...)
}

func TestApplyIsAllOrNothing(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 8; n++ { // 7 records and the run
		t.Run(fmt.Sprint("write ", n), func(t *testing.T) {
			t.Parallel()
			store := &brokenStore{Store: memory.New(nil)}
			s := newShop(t, store, nil)
			before := s.contents()
			plan := s.plan(smallSheet)
			store.failAt = n
			if run, err := s.importer().Apply(s.ctx, plan); !errors.Is(err, crm.ErrStorage) || run.ID.UUID() != (uuid.UUID{}) {
				t.Fatalf("run %s, error %v; want none and the store's", run.ID, err)
			}
			if diff := cmp.Diff(before, s.contents(), exactly...); diff != "" {
				t.Errorf("something was written (-before +after):\n%s", diff)
			}
			store.failAt = 0
			if _, err := s.importer().Apply(s.ctx, plan); err != nil {
				t.Errorf("the same plan after the failure: %v", err)
			}
		})
	}
}

func TestApplyStopsWithItsContext(t *testing.T) {
	t.Parallel()
	for done := 1; done <= 7; done++ {
		ctx, cancel := context.WithCancel(t.Context())
		s := memoryShop(t, &sheetimport.Options{Progress: func(p sheetimport.Progress) {
			if p.Done == done {
				cancel()
			}
		}})
		before := s.contents()
		if _, err := s.importer().Apply(ctx, s.plan(smallSheet)); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled after %d: error %v", done, err)
		}
		if diff := cmp.Diff(before, s.contents(), exactly...); diff != "" {
			t.Errorf("cancelled after %d: something was written (-before +after):\n%s", done, diff)
		}
		if _, err := s.importer().Plan(ctx, s.ws, csvfile.New("plan.csv", strings.NewReader(smallSheet), nil)); !errors.Is(err, context.Canceled) {
			t.Errorf("plan with a cancelled context: %v", err)
		}
	}
}

func TestApplyMayBeginAgain(t *testing.T) {
	t.Parallel()
	store := &brokenStore{Store: memory.New(nil)}
	attempts := map[int]int{}
	s := newShop(t, store, &sheetimport.Options{Progress: func(p sheetimport.Progress) { attempts[p.Attempt]++ }})
	plan := s.plan(smallSheet)
	store.twice = true
	if _, err := s.importer().Apply(s.ctx, plan); err != nil {
		t.Fatal(err)
	}
	if there := s.contents(); len(there.Cooperations) != 2 || len(there.Runs) != 1 {
		t.Errorf("%d cooperations, %d runs", len(there.Cooperations), len(there.Runs))
	}
	if diff := cmp.Diff(map[int]int{1: 7, 2: 7}, attempts); diff != "" {
		t.Errorf("progress by attempt (-want +got):\n%s", diff)
	}
}

func TestASheetThatCannotBeRead(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	for _, csv := range []string{"", "\n\n", "Colour,Size\nred,1\n", "PK\x03\x04", "Influencer,Handle\nIda,@ida\n"} {
		if _, err := s.importer().Plan(s.ctx, s.ws, csvfile.New("plan.csv", strings.NewReader(csv), nil)); !errors.Is(err, sheet.ErrUnreadable) {
			t.Errorf("%q: error %v, want ErrUnreadable", csv, err)
		}
	}
	if _, err := s.importer().Plan(s.ctx, crm.WorkspaceID{1}, csvfile.New("plan.csv", strings.NewReader(smallSheet), nil)); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("unknown workspace: error %v, want ErrNotFound", err)
	}
}

func TestPlanJSON(t *testing.T) {
	t.Parallel()
	plan := memoryShop(t, nil).plan("Influencer,Handle,Platform,Campaign,Posting date,Fee\n" +
		"Ida,@ida,Insta,Sale,2026-06-01,100\nIda,@ida,Insta,Sale,2026-06-01,100.00\nMats,@mats,Insta,,13.13.2026,-\n")
	text, err := json.MarshalIndent(plan, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "plan.json", string(text)+"\n")
}
