package sheetimport_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/storage/memory"
)

const manyHeader = "Influencer,Handle,Platform,Campaign,Posting date,Fee,Responsible,Email,Discount code\n"

// manyRows is a sheet with three rows for each influencer, five influencers for each campaign and a member for each two
// campaigns. The third row of an influencer is on another platform and says the address.
func manyRows(n, fee int) string {
	var b strings.Builder
	b.WriteString(manyHeader)
	for i := range n {
		one := i / 3
		platform, email := "IG", ""
		if i%3 == 2 {
			platform, email = "TikTok", fmt.Sprintf("ida%d@x.example", one)
		}
		fmt.Fprintf(&b, "Ida %d,@ida%d,%s,Sale %d,2026-06-%02d,%d,Member %d,%s,IDA%d\n", one, one, platform, i/15, 1+i%28, fee, i/30, email, one)
	}
	return b.String()
}

// records is what a workspace holds beside its imports and the end of its log.
func (s *shop) records() contents {
	c := s.contents()
	c.Runs, c.Head = nil, crm.Head{}
	return c
}

func accountOf(t failer, run crm.ImportRun) *sheetimport.Plan {
	t.Helper()
	var p sheetimport.Plan
	if err := json.Unmarshal(run.Plan, &p); err != nil {
		t.Fatal(err)
	}
	return &p
}

// Pieces of any size make the records, the account and the counts that the import makes in one unit of work, in one run,
// and they are undone as one.
func TestPiecesMakeWhatOneUnitMakes(t *testing.T) {
	t.Parallel()
	for name, sheets := range map[string][]string{
		"first import": {manyRows(31, 100)},
		"re-import":    {manyRows(17, 100), manyRows(31, 200)},
		"sample":       {sample(t, "klar-sheet.csv")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			apply := func(size int) (*shop, crm.ImportRun, contents) {
				s := memoryShop(t, &sheetimport.Options{RowsPerUnit: sheetimport.AllRows})
				for _, earlier := range sheets[:len(sheets)-1] {
					s.bring(earlier)
				}
				before := s.records()
				s.options.RowsPerUnit = size
				var last sheetimport.Progress
				s.options.Progress = func(p sheetimport.Progress) {
					if p.Done != last.Done+1 || p.Total < p.Done || p.Attempt != 1 {
						t.Errorf("progress %+v after %+v", p, last)
					}
					last = p
				}
				units := 0
				s.options.Committed = func(run crm.ImportRun) {
					units++
					if stored, err := s.service.ImportRun(s.ctx, s.ws, run.ID); err != nil || stored.Version != run.Version {
						t.Errorf("told of version %d of the run, and stored is %d, %v", run.Version, stored.Version, err)
					}
				}
				run, err := s.importer().Apply(s.ctx, s.plan(sheets[len(sheets)-1]))
				if err != nil {
					t.Fatal(err)
				}
				if units != len(run.Units) {
					t.Errorf("told of %d units of work, want %d", units, len(run.Units))
				}
				if last.Done != last.Total {
					t.Errorf("the progress ends at %+v", last)
				}
				return s, run, before
			}
			whole, want, _ := apply(sheetimport.AllRows)
			rows := want.Counts[string(sheetimport.Created)] + want.Counts[string(sheetimport.Updated)]
			for _, size := range []int{1, 2, 7, rows - 1, rows} {
				s, run, before := apply(size)
				if units := (rows + size - 1) / size; len(run.Units) != units {
					t.Errorf("%d rows in pieces of %d are %d units, want %d", rows, size, len(run.Units), units)
				}
				if diff := cmp.Diff(want, run, cmpopts.IgnoreFields(crm.ImportRun{}, "Units", "Version", "ID")); diff != "" {
					t.Errorf("pieces of %d: the run (-whole +pieces):\n%s", size, diff)
				}
				if diff := cmp.Diff(whole.records(), s.records(), exactly...); diff != "" {
					t.Errorf("pieces of %d (-whole +pieces):\n%s", size, diff)
				}
				preview, err := s.service.DryRun().UndoImport(s.ctx, s.ws, run.ID, "")
				if err != nil {
					t.Fatal(err)
				}
				done, err := s.service.UndoImport(s.ctx, s.ws, run.ID, "")
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(preview, done, cmpopts.IgnoreFields(crm.Undone{}, "Done")); diff != "" || len(done.Kept) > 0 {
					t.Errorf("pieces of %d: kept %v, undone (-preview +done):\n%s", size, done.Kept, diff)
				}
				sameBut := append(slices.Clone(exactly), cmpopts.IgnoreFields(crm.Cooperation{}, "Version"),
					cmpopts.IgnoreFields(crm.Influencer{}, "Version"))
				if diff := cmp.Diff(before, s.records(), sameBut...); diff != "" {
					t.Errorf("pieces of %d: after the undo (-before +after):\n%s", size, diff)
				}
			}
		})
	}
}

// inWords is what a workspace holds, without ids.
func (c contents) inWords() []string {
	names := map[crm.Ref]string{}
	var lines []string
	for _, r := range c.Members {
		names[r.Ref()] = r.Name
		lines = append(lines, "member "+r.Name)
	}
	for _, r := range c.Campaigns {
		names[r.Ref()] = r.Name
		lines = append(lines, "campaign "+r.Name)
	}
	for _, r := range c.Influencers {
		names[r.Ref()] = r.Name
		line := fmt.Sprint("influencer ", r.Name, " ", r.Email, " ", names[crm.RefTo(r.Responsible)])
		for _, p := range r.Profiles {
			names[crm.RefTo(r.ID)] = r.Name
			line += fmt.Sprint(" ", p.Platform, " ", p.Handle, " ", p.Rules, " ", p.UTM)
		}
		lines = append(lines, line)
	}
	for _, r := range c.Cooperations {
		lines = append(lines, fmt.Sprint("cooperation ", r.Name, " ", names[crm.RefTo(r.Campaign)], " ", names[crm.RefTo(r.Influencer)],
			" ", r.Period, " ", r.Cost, " ", r.Rules, " ", names[crm.RefTo(r.Responsible)], " ", r.Imported.Key))
	}
	slices.Sort(lines)
	return lines
}

// An import that stops between two pieces or in one leaves a run that says how far it came. The sheet again goes on with
// that run, without being asked for, until all is as if nothing had happened; the run is undone as one.
func TestPiecesStopAndGoOn(t *testing.T) {
	t.Parallel()
	const rows, size = 14, 5
	text := manyRows(rows, 100)
	whole := memoryShop(t, nil)
	whole.bring(text)
	want := whole.contents().inWords()
	total := 0
	memoryShop(t, &sheetimport.Options{Progress: func(p sheetimport.Progress) { total = p.Total }}).bring(text)
	for stop := 1; stop < total; stop++ {
		ctx, cancel := context.WithCancel(t.Context())
		s := memoryShop(t, &sheetimport.Options{RowsPerUnit: size, Progress: func(p sheetimport.Progress) {
			if p.Done == stop {
				cancel()
			}
		}})
		s.options.Reimport = false
		run, err := s.importer().Apply(ctx, s.plan(text))
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped at record %d: %v", stop, err)
		}
		there := s.contents()
		if len(there.Cooperations)%size != 0 {
			t.Errorf("stopped at record %d: %d cooperations, though a piece is written whole or not at all", stop, len(there.Cooperations))
		}
		stored := &crm.ImportRun{}
		if len(there.Runs) > 0 {
			stored = &there.Runs[0]
			counts := map[string]int{"created": len(there.Cooperations), "open": rows - len(there.Cooperations)}
			if diff := cmp.Diff(counts, stored.Counts); diff != "" || len(stored.Plan) != 0 || len(stored.Units)*size != len(there.Cooperations) {
				t.Errorf("stopped at record %d: %d units; counts (-want +got):\n%s", stop, len(stored.Units), diff)
			}
			if said := fmt.Sprintf("%d rows done and %d rows left", len(there.Cooperations), rows-len(there.Cooperations)); !strings.Contains(err.Error(), said) {
				t.Errorf("the error is %q, and does not say %q", err, said)
			}
		}
		if diff := cmp.Diff(*stored, run, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("stopped at record %d: the run (-stored +returned):\n%s", stop, diff)
		}

		s.options.Progress = nil
		plan := s.plan(text)
		if plan.Counts[sheetimport.Unchanged] != len(there.Cooperations) || plan.Counts[sheetimport.Created] != rows-len(there.Cooperations) {
			t.Errorf("stopped at record %d: the sheet again has %v", stop, plan.Counts)
		}
		if len(there.Runs) > 0 && (plan.Imported.Open == 0 || !slices.ContainsFunc(plan.Notes, func(n sheet.Note) bool { return n.Code == "import_goes_on" })) {
			t.Errorf("the plan does not say that it goes on: %+v, %v", plan.Imported, plan.Notes)
		}
		second, err := s.importer().Apply(s.ctx, plan)
		if err != nil {
			t.Fatal(err)
		}
		done := s.contents()
		if len(done.Runs) != 1 || len(there.Runs) > 0 && second.ID != run.ID {
			t.Errorf("stopped at record %d: %d runs", stop, len(done.Runs))
		}
		if diff := cmp.Diff(want, done.inWords()); diff != "" {
			t.Errorf("stopped at record %d and went on (-whole +got):\n%s", stop, diff)
		}
		if again := s.plan(text); again.Counts[sheetimport.Unchanged] != rows {
			t.Errorf("after all the sheet again has %v", again.Counts)
		}
		if _, err := s.importer().Apply(s.ctx, s.plan(text)); !errors.Is(err, sheetimport.ErrImported) {
			t.Errorf("an import that is through is imported again: %v", err)
		}
		if undone, err := s.service.UndoImport(s.ctx, s.ws, second.ID, ""); err != nil || len(undone.Kept) > 0 || len(undone.Deleted) != total {
			t.Errorf("stopped at record %d: undone %d of %d, kept %v, error %v", stop, len(undone.Deleted), total, undone.Kept, err)
		}
	}
}

// Whatever the sheets, two imports in pieces leave what they leave in one unit of work each, and undoing the second takes
// back the same.
func TestPiecesProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		first, second := drawTable(t), drawTable(t)
		size := rapid.IntRange(1, 6).Draw(t, "rows in a unit")
		apply := func(size int) (after, undone contents, done crm.Undone) {
			s := memoryShop(t, &sheetimport.Options{RowsPerUnit: size})
			s.bring(first.text(t, first.inOrder()))
			run, err := s.importer().Apply(s.ctx, s.plan(second.text(t, second.inOrder())))
			if err != nil {
				t.Fatal(err)
			}
			after = s.records()
			if done, err = s.service.UndoImport(s.ctx, s.ws, run.ID, ""); err != nil {
				t.Fatal(err)
			}
			return after, s.records(), done
		}
		wantAfter, wantUndone, want := apply(sheetimport.AllRows)
		gotAfter, gotUndone, got := apply(size)
		if diff := cmp.Diff(wantAfter, gotAfter, exactly...); diff != "" {
			t.Fatalf("(-whole +pieces):\n%s", diff)
		}
		if diff := cmp.Diff(wantUndone, gotUndone, exactly...); diff != "" || len(got.Kept) != len(want.Kept) {
			t.Fatalf("kept %v, not %v; undone (-whole +pieces):\n%s", got.Kept, want.Kept, diff)
		}
	})
}

// The member who is responsible for an influencer may be named by a later row of theirs than the one in whose unit of work
// the influencer is created.
func TestPiecesBringTheMemberOfALaterRow(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, &sheetimport.Options{RowsPerUnit: 1})
	s.bring("Campaign,Influencer,Handle,Platform,Posting date,Fee,Responsible\n" +
		"Sale,Ida,@ida,Instagram,2026-06-01,100.00,\nSale,Ida,@ida,Instagram,2026-07-01,100.00,Mira\n")
	there := s.records()
	if len(there.Influencers) != 1 || len(there.Members) != 1 || there.Influencers[0].Responsible != there.Members[0].ID {
		t.Errorf("responsible for %v is one of %v", there.Influencers, there.Members)
	}
}

// Where an undo in one unit of work would hold up others, the pieces are taken back one by one, the last one first. To undo
// the import then only marks it.
func TestPiecesAreUndoneOneByOne(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, &sheetimport.Options{RowsPerUnit: 3})
	s.bring(manyRows(7, 100))
	before := s.records()
	run, err := s.importer().Apply(s.ctx, s.plan(manyRows(20, 200)))
	if err != nil {
		t.Fatal(err)
	}
	for _, unit := range slices.Backward(run.Units) {
		if done, err := s.service.UndoUnit(s.ctx, s.ws, unit, ""); err != nil || len(done.Kept) > 0 {
			t.Fatalf("kept %v, error %v", done.Kept, err)
		}
	}
	sameBut := append(slices.Clone(exactly), cmpopts.IgnoreFields(crm.Cooperation{}, "Version"),
		cmpopts.IgnoreFields(crm.Influencer{}, "Version"))
	if diff := cmp.Diff(before, s.records(), sameBut...); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	done, err := s.service.UndoImport(s.ctx, s.ws, run.ID, "")
	if err != nil || len(done.Deleted)+len(done.Restored)+len(done.Recreated) > 0 {
		t.Errorf("undone again: %+v, error %v", done, err)
	}
	if marked, err := s.service.ImportRun(s.ctx, s.ws, run.ID); err != nil || marked.UndoneAt.IsZero() {
		t.Errorf("the run is %+v, error %v", marked.UndoneAt, err)
	}
}

// An import that has left rows is gone on with by its own sheet only.
func TestAnotherSheetDoesNotGoOn(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := memoryShop(t, &sheetimport.Options{RowsPerUnit: 2, Progress: func(p sheetimport.Progress) {
		if p.Done > 8 {
			cancel()
		}
	}})
	s.options.Reimport = false
	if _, err := s.importer().Apply(ctx, s.plan(manyRows(20, 100))); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	other := s.planNamed("other.csv", manyRows(20, 100))
	if _, err := s.importer().Apply(s.ctx, other); !errors.Is(err, sheetimport.ErrImported) {
		t.Errorf("another sheet goes on with the import: %v", err)
	}
	s.options.Reimport = true
	if _, err := s.importer().Apply(s.ctx, s.planNamed("other.csv", manyRows(20, 100))); err != nil {
		t.Fatal(err)
	}
	if runs := s.contents().Runs; len(runs) != 2 {
		t.Errorf("%d runs, want 2", len(runs))
	}
}

// What somebody writes after the plan was made again, and before the import has the writer, is seen too.
func TestWhatIsWrittenBeforeTheWriterIsTaken(t *testing.T) {
	t.Parallel()
	handle := func(s *shop) error {
		_, err := s.service.CreateInfluencer(s.ctx, s.ws,
			crm.Influencer{Name: "X", Profiles: []crm.Profile{{Platform: "tiktok", Handle: "ida1"}}})
		return err
	}
	stranger := func(s *shop) error {
		_, err := s.service.CreateInfluencer(s.ctx, s.ws, crm.Influencer{Name: "Stranger"})
		return err
	}
	sheet := func(name string) func(*shop) error {
		return func(s *shop) error {
			_, err := s.importer().Apply(s.ctx, s.planNamed(name, manyRows(6, 100)))
			return err
		}
	}
	for name, c := range map[string]struct {
		size      int
		meanwhile func(*shop) error
		want      error
		created   int
	}{
		"whole, a stranger":             {0, stranger, nil, 6},
		"whole, a handle":               {0, handle, sheetimport.ErrPlanOutdated, 0},
		"whole, the same sheet":         {0, sheet("plan.csv"), sheetimport.ErrImported, 6},
		"whole, another sheet":          {0, sheet("other.csv"), sheetimport.ErrImported, 6},
		"in pieces, a stranger":         {2, stranger, nil, 6},
		"in pieces, a handle":           {2, handle, nil, 3},
		"in pieces, the same sheet":     {2, sheet("plan.csv"), sheetimport.ErrImported, 6},
		"in pieces, another sheet":      {2, sheet("other.csv"), sheetimport.ErrImported, 6},
		"all in a piece, another sheet": {6, sheet("other.csv"), sheetimport.ErrImported, 6},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := &betweenStore{Store: memory.New(nil)}
			s := newShop(t, store, &sheetimport.Options{RowsPerUnit: c.size})
			s.options.Reimport = false
			plan := s.plan(manyRows(6, 100))
			var there contents
			store.before = func() {
				if err := c.meanwhile(s); err != nil {
					t.Error(err)
				}
				there = s.contents()
			}
			_, err := s.importer().Apply(s.ctx, plan)
			if !errors.Is(err, c.want) || c.want == nil && err != nil {
				t.Errorf("error %v, want %v", err, c.want)
			}
			after := s.contents()
			if diff := cmp.Diff(there, after, exactly...); c.want != nil && diff != "" {
				t.Errorf("it wrote (-before +after):\n%s", diff)
			}
			if len(after.Cooperations) != c.created {
				t.Errorf("%d cooperations, want %d", len(after.Cooperations), c.created)
			}
		})
	}
}

func runIDs(runs []crm.ImportRun) (ids []crm.ImportRunID) {
	for _, r := range runs {
		ids = append(ids, r.ID)
	}
	return ids
}

// An import stops when it is undone, or when another one begins.
func TestPiecesStopForAnotherImport(t *testing.T) {
	t.Parallel()
	for name, meanwhile := range map[string]func(*shop) error{
		"undone": func(s *shop) error {
			_, err := s.service.UndoImport(s.ctx, s.ws, s.contents().Runs[0].ID, "")
			return err
		},
		"gone on with": func(s *shop) error {
			_, err := s.importer().Apply(s.ctx, s.plan(manyRows(20, 100)))
			return err
		},
		"another one": func(s *shop) error {
			_, err := s.importer().Apply(s.ctx, s.planNamed("other.csv", manyRows(20, 100)))
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := &betweenStore{Store: memory.New(nil)}
			s := newShop(t, store, &sheetimport.Options{RowsPerUnit: 6})
			plan := s.plan(manyRows(20, 100))
			var there contents
			store.after = map[int]func(){store.n + 2: func() {
				store.after = nil
				if err := meanwhile(s); err != nil {
					t.Error(err)
				}
				there = s.contents()
			}}
			if _, err := s.importer().Apply(s.ctx, plan); !errors.Is(err, sheetimport.ErrPlanOutdated) {
				t.Errorf("the import goes on: %v", err)
			}
			if diff := cmp.Diff(there, s.contents(), exactly...); diff != "" {
				t.Errorf("it wrote (-before +after):\n%s", diff)
			}
		})
	}
}

// Whoever is erased while an import goes on is not in its account.
func TestPiecesKeepNothingOfWhoIsErased(t *testing.T) {
	t.Parallel()
	store := &betweenStore{Store: memory.New(nil)}
	s := newShop(t, store, &sheetimport.Options{RowsPerUnit: 4})
	plan := s.plan(manyRows(20, 100))
	store.after = map[int]func(){store.n + 1: func() {
		one := s.contents().Influencers[0]
		if _, err := s.service.Erase(s.ctx, s.ws, one.ID, one.Version, ""); err != nil {
			t.Error(err)
		}
	}}
	run, err := s.importer().Apply(s.ctx, plan)
	if err != nil {
		t.Fatal(err)
	}
	if len(run.Plan) > 0 || run.Counts[string(sheetimport.Created)] != 20 {
		t.Errorf("counts %v, and an account of %d bytes", run.Counts, len(run.Plan))
	}
}

// A store that begins each piece twice makes the same records.
func TestPiecesMayBeginAgain(t *testing.T) {
	t.Parallel()
	sheet := manyRows(20, 100)
	whole := memoryShop(t, nil)
	whole.bring(sheet)
	store := &brokenStore{Store: memory.New(nil)}
	attempts := map[int]int{}
	s := newShop(t, store, &sheetimport.Options{RowsPerUnit: 6, Progress: func(p sheetimport.Progress) { attempts[p.Attempt]++ }})
	plan := s.plan(sheet)
	store.twice = true
	if _, err := s.importer().Apply(s.ctx, plan); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(whole.records(), s.records(), exactly...); diff != "" {
		t.Errorf("(-once +twice):\n%s", diff)
	}
	if attempts[1] != attempts[2] || len(attempts) != 2 {
		t.Errorf("progress by attempt: %v", attempts)
	}
}

// An import is one unit of work unless pieces are asked for, or the store's workspaces share one writer and it is large.
func TestWhenAnImportGoesInPieces(t *testing.T) {
	t.Parallel()
	const rows = sheetimport.DefaultRowsPerUnit + 1
	for name, c := range map[string]struct {
		backend string
		rows    int
		size    int
		units   int
	}{
		"memory":               {"memory", rows, 0, 1},
		"memory, asked for":    {"memory", rows, 300, 2},
		"sqlite":               {"sqlite", rows, 0, 2},
		"sqlite, few rows":     {"sqlite", rows - 1, 0, 1},
		"sqlite, asked for":    {"sqlite", 10, 4, 3},
		"sqlite, all together": {"sqlite", rows, sheetimport.AllRows, 1},
		"nothing to write":     {"sqlite", 0, 4, 1},
		"less than nothing":    {"memory", 10, -4, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t, backends[c.backend](t), &sheetimport.Options{RowsPerUnit: c.size})
			sheet := manyRows(c.rows, 100)
			if c.rows == 0 {
				sheet += ",,,,,,,,\n"
			}
			run, err := s.importer().Apply(s.ctx, s.plan(sheet))
			if err != nil {
				t.Fatal(err)
			}
			if len(run.Units) != c.units || len(s.contents().Cooperations) != c.rows {
				t.Errorf("%d units made %d cooperations, want %d and %d", len(run.Units), len(s.contents().Cooperations), c.units, c.rows)
			}
		})
	}
}

// unsureStore writes a unit and then loses the answer, or cannot be read for a while.
type unsureStore struct {
	*memory.Store
	unsure bool
	unread bool // from the next unit on
	units  int
}

func (u *unsureStore) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	u.units++
	if err := u.Store.Update(ctx, ws, fn); err != nil || !u.unsure {
		return err
	}
	return fmt.Errorf("%w: %w", crm.ErrUnknownOutcome, crm.ErrBusy)
}

func (u *unsureStore) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	if u.unread && u.units > 0 {
		return fmt.Errorf("%w: all readers are in use", crm.ErrBusy)
	}
	return u.Store.View(ctx, ws, fn)
}

// A piece that may have been written is not tried again, as one that had to wait is: only a look at the workspace can
// tell whether it is there.
func TestPieceOfUnknownOutcome(t *testing.T) {
	t.Parallel()
	store := &unsureStore{Store: memory.New(nil)}
	s := newShop(t, store, &sheetimport.Options{RowsPerUnit: 3})
	plan := s.plan(manyRows(9, 100))
	store.unsure = true
	if _, err := s.importer().Apply(s.ctx, plan); !errors.Is(err, crm.ErrUnknownOutcome) {
		t.Errorf("got error %v", err)
	}
}

// What is only read to save work does not stop an import.
func TestPiecesWithoutReaders(t *testing.T) {
	t.Parallel()
	store := &unsureStore{Store: memory.New(nil)}
	s := newShop(t, store, &sheetimport.Options{RowsPerUnit: 3})
	plan := s.plan(manyRows(9, 100))
	store.unread, store.units = true, 0
	run, err := s.importer().Apply(s.ctx, plan)
	if err != nil || run.Counts[string(sheetimport.Created)] != 9 {
		t.Errorf("%v, error %v", run.Counts, err)
	}
}
