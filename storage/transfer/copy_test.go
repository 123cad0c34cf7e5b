package transfer_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/storage/soundness"
	"github.com/getklar/influencercrm/storage/transfer"
)

// A copy equals its source between any two stores, and life goes on in it: it is sound, a unit of work of before is
// undone in it, and its past can be read.
func TestCopy(t *testing.T) {
	t.Parallel()
	for from, open := range engines(t) {
		for to, openOther := range engines(t) {
			t.Run(from+" to "+to, func(t *testing.T) {
				t.Parallel()
				ctx, source, copied := t.Context(), open(t), openOther(t)
				fill(t, source)
				result, err := transfer.Copy(ctx, source, copied, shopID, &transfer.Options{EntriesPerUnit: 7})
				if err != nil {
					t.Fatal(err)
				}
				want := contentsOf(t, source)
				wantSame(t, want, contentsOf(t, copied))
				if err := copied.View(ctx, shopID, soundness.Check); err != nil {
					t.Errorf("the copy contradicts itself: %v", err)
				}
				summary, err := transfer.Summarize(ctx, source, shopID, nil)
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(transfer.Result{Summary: summary}, result); d != "" {
					t.Errorf("result (-want +got):\n%s", d)
				}

				service := crm.New(copied, options())
				imported := slices.IndexFunc(want.Changes, func(c crm.Change) bool {
					return c.Kind == crm.Created && c.Record == want.Members[len(want.Members)-1].Ref()
				})
				if _, err := service.UndoUnit(ctx, shopID, want.Changes[imported].Unit, ""); err != nil {
					t.Error(err)
				}
				now := contentsOf(t, copied)
				if d := cmp.Diff(want.Members[:len(want.Members)-1], now.Members, exactly); d != "" {
					t.Errorf("members after the last was undone (-want +got):\n%s", d)
				}
				err = service.AsOf(ctx, shopID, want.Head.Seq, func(ctx context.Context, r crm.Reader) error {
					then, err := r.Members().Count(ctx, crm.MemberFilter{})
					if then != len(want.Members) {
						t.Errorf("there were %d members before, want %d", then, len(want.Members))
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// What no Service writes is copied as it is too.
func TestCopyOdd(t *testing.T) {
	t.Parallel()
	for to, open := range engines(t) {
		t.Run(to, func(t *testing.T) {
			t.Parallel()
			source, copied := inMemory(t), open(t)
			fill(t, source)
			odd(t, source)
			if _, err := transfer.Copy(t.Context(), source, copied, shopID, nil); err != nil {
				t.Fatal(err)
			}
			wantSame(t, contentsOf(t, source), contentsOf(t, copied))
		})
	}
}

// A workspace without anything in it is copied too, and one with no log.
func TestCopyEmpty(t *testing.T) {
	t.Parallel()
	for to, open := range engines(t) {
		t.Run(to, func(t *testing.T) {
			t.Parallel()
			ctx, source, copied := t.Context(), inMemory(t), open(t)
			w := crm.Workspace{ID: shopID, Version: 1, Name: "Empty", Currency: "EUR", TimeZone: "UTC"}
			if err := source.CreateWorkspace(ctx, w, nil); err != nil {
				t.Fatal(err)
			}
			if _, err := transfer.Copy(ctx, source, copied, shopID, nil); err != nil {
				t.Fatal(err)
			}
			wantSame(t, contentsOf(t, source), contentsOf(t, copied))
		})
	}
}

// faulty is a store whose units of work fail after some, and in which other things may go wrong.
type faulty struct {
	transfer.Store
	units int // that succeed
	spoil func(crm.Tx) crm.Tx
}

var errFault = errors.New("the cable was pulled")

func (f *faulty) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	if f.units--; f.units < 0 {
		return errFault
	}
	return f.Store.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error {
		if f.spoil != nil {
			tx = f.spoil(tx)
		}
		return fn(ctx, tx)
	})
}

// Wherever a copy stops, what it leaves is unfinished and nobody takes it for the whole; another call goes on there.
func TestCopyGoesOn(t *testing.T) {
	t.Parallel()
	for to, open := range map[string]func(testing.TB) transfer.Store{"memory": inMemory, "sqlite": inFile} {
		t.Run(to, func(t *testing.T) {
			t.Parallel()
			ctx, source := t.Context(), inMemory(t)
			fill(t, source)
			want := contentsOf(t, source)
			o := &transfer.Options{EntriesPerUnit: 11}
			finished := false
			for units := 0; !finished; units++ {
				copied := open(t)
				_, err := transfer.Copy(ctx, source, &faulty{Store: copied, units: units}, shopID, o)
				if err == nil {
					if finished = true; units < 5 {
						t.Errorf("a copy of %d units proves little", units)
					}
					continue
				}
				if !errors.Is(err, errFault) {
					t.Fatalf("after %d units: error %v, want that of the store", units, err)
				}
				left, err := copied.Reader(shopID).Workspace(ctx)
				if err != nil || !transfer.Unfinished(left) {
					t.Fatalf("after %d units: %+v and error %v are no unfinished copy", units, left, err)
				}
				if _, err := left.Location(); err == nil {
					t.Error("an unfinished copy has a time zone")
				}
				for what, read := range map[string]func() error{
					"summary": func() error { _, err := transfer.Summarize(ctx, copied, shopID, nil); return err },
					"copy":    func() error { _, err := transfer.Copy(ctx, copied, inMemory(t), shopID, nil); return err },
				} {
					if err := read(); !isField(err, crm.ErrInvalid, "name") {
						t.Errorf("%s of an unfinished copy: error %v", what, err)
					}
				}
				result, err := transfer.Copy(ctx, source, copied, shopID, o)
				if err != nil {
					t.Fatalf("after %d units, the second call: %v", units, err)
				}
				if result.Restarted || (result.Resumed == 0) != (units == 0) {
					t.Errorf("after %d units: %d were there already, begun anew: %t", units, result.Resumed, result.Restarted)
				}
				wantSame(t, want, contentsOf(t, copied))
			}
		})
	}
}

// If the source has changed between two calls the second says so and begins anew: also if the log does not show it.
func TestCopyOfAnotherState(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		change func(context.Context, transfer.Store, *crm.Service) error
	}{
		{"a change", func(ctx context.Context, _ transfer.Store, s *crm.Service) error {
			_, err := s.CreateMember(ctx, shopID, crm.Member{Name: "Late"})
			return err
		}},
		{"a picture that nobody names", func(ctx context.Context, store transfer.Store, _ *crm.Service) error {
			return store.Update(ctx, shopID, func(ctx context.Context, tx crm.Tx) error {
				return tx.AddPicture(ctx, crm.Picture{ID: crm.PictureID{15: 1}, Data: []byte{1}})
			})
		}},
		{"a change of a record past the log", func(ctx context.Context, store transfer.Store, _ *crm.Service) error {
			return store.Update(ctx, shopID, func(ctx context.Context, tx crm.Tx) error {
				page, err := tx.Members().List(ctx, crm.MemberFilter{}, crm.ListOptions{Size: 1})
				if err != nil {
					return err
				}
				m := page.Items[0]
				m.Name = "Somebody else"
				return tx.Update(ctx, nil, m)
			})
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			ctx, source, copied := t.Context(), inMemory(t), inFile(t)
			service := fill(t, source)
			o := &transfer.Options{EntriesPerUnit: 11}
			if _, err := transfer.Copy(ctx, source, &faulty{Store: copied, units: 6}, shopID, o); !errors.Is(err, errFault) {
				t.Fatalf("error %v, want that of the store", err)
			}
			if err := test.change(ctx, source, service); err != nil {
				t.Fatal(err)
			}
			result, err := transfer.Copy(ctx, source, copied, shopID, o)
			if err != nil || !result.Restarted || result.Resumed != 0 {
				t.Fatalf("%+v and error %v, want one that was begun anew", result, err)
			}
			wantSame(t, contentsOf(t, source), contentsOf(t, copied))
		})
	}
}

// What is no text does not hide a difference beside it.
func TestCopyComparesWhatIsNoText(t *testing.T) {
	t.Parallel()
	source, copied := inMemory(t), memory.New(nil)
	fill(t, source)
	err := source.Update(t.Context(), shopID, func(ctx context.Context, tx crm.Tx) error {
		return tx.Append(ctx, []crm.Change{{Record: crm.RefTo(shopID), Fields: []crm.FieldChange{
			{Field: "\xff", Before: []byte(" \xff"), After: []byte("1")},
		}}})
	})
	if err != nil {
		t.Fatal(err)
	}
	to := &faulty{Store: copied, units: 1000, spoil: func(tx crm.Tx) crm.Tx {
		return spoiledTx{Tx: tx, change: func(c *crm.Change) {
			if len(c.Fields) > 0 && c.Fields[0].Field == "\xff" {
				c.Fields = []crm.FieldChange{{Field: "\xff", Before: []byte(" \xff"), After: []byte("2")}}
			}
		}}
	}}
	if _, err := transfer.Copy(t.Context(), source, to, shopID, nil); !isField(err, crm.ErrStorage, "fields") {
		t.Errorf("error %v, want one of the fields of the change", err)
	}
}

// spoiledTx writes something else than it is told.
type spoiledTx struct {
	crm.Tx
	record  func(crm.Record) (crm.Record, bool)
	picture func(*crm.Picture)
	change  func(*crm.Change)
}

func (s spoiledTx) Insert(ctx context.Context, records ...crm.Record) error {
	if s.record == nil {
		return s.Tx.Insert(ctx, records...)
	}
	var kept []crm.Record
	for _, r := range records {
		if r, ok := s.record(r); ok {
			kept = append(kept, r)
		}
	}
	return s.Tx.Insert(ctx, kept...)
}

func (s spoiledTx) AddPicture(ctx context.Context, p crm.Picture) error {
	if s.picture != nil {
		s.picture(&p)
	}
	return s.Tx.AddPicture(ctx, p)
}

func (s spoiledTx) Append(ctx context.Context, changes []crm.Change) error {
	for n := range changes {
		if s.change != nil {
			s.change(&changes[n])
		}
	}
	return s.Tx.Append(ctx, changes)
}

// A copy that is not its source is never finished, and the error names the first difference.
func TestCopyFindsDifferences(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		spoil spoiledTx
		kind  crm.Kind
		want  string
	}{
		{"a field", spoiledTx{record: func(r crm.Record) (crm.Record, bool) {
			if c, ok := r.(crm.Cooperation); ok {
				c.Notes += "y"
				return c, true
			}
			return r, true
		}}, crm.KindCooperation, `notes "\"y\"": is "" in the source`},
		{"a version", spoiledTx{record: func(r crm.Record) (crm.Record, bool) {
			if m, ok := r.(crm.Member); ok {
				return m.AtRevision(9), true
			}
			return r, true
		}}, crm.KindMember, `version "9": is "1" in the source`},
		{"a record that is left out", spoiledTx{record: func(r crm.Record) (crm.Record, bool) {
			return r, r.Ref().Kind != crm.KindCooperation
		}}, crm.KindCooperation, "is missing in the copy"},
		{"another id", spoiledTx{record: func(r crm.Record) (crm.Record, bool) {
			if run, ok := r.(crm.ImportRun); ok {
				run.ID[0]--
				return run, true
			}
			return r, true
		}}, crm.KindImportRun, "is in the copy but not in the source"},
		{"a plan", spoiledTx{record: func(r crm.Record) (crm.Record, bool) {
			if run, ok := r.(crm.ImportRun); ok && run.Plan != nil {
				run.Plan = append(run.Plan[:len(run.Plan)-1:len(run.Plan)-1], ' ')
				return run, true
			}
			return r, true
		}}, crm.KindImportRun, "plan"},
		{"a picture", spoiledTx{picture: func(p *crm.Picture) { p.Width++ }}, crm.KindPicture, `width "3": is "2" in the source`},
		{"a time in the log", spoiledTx{change: func(c *crm.Change) { c.At = c.At.AddDate(0, 0, 1) }}, crm.KindWorkspace, "change 1 of the log"},
		{"a reason in the log", spoiledTx{change: func(c *crm.Change) { c.Reason = "" }}, crm.KindCooperation, `reason "": change`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			source, copied := inMemory(t), memory.New(nil)
			fill(t, source)
			to := &faulty{Store: copied, units: 1000, spoil: func(tx crm.Tx) crm.Tx { test.spoil.Tx = tx; return test.spoil }}
			_, err := transfer.Copy(t.Context(), source, to, shopID, nil)
			var e *crm.Error
			if !errors.As(err, &e) || !errors.Is(err, crm.ErrStorage) || e.Record.Kind != test.kind || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one of a %s with %s", err, test.kind, test.want)
			}
			left, err := copied.Reader(shopID).Workspace(t.Context())
			if err != nil || !transfer.Unfinished(left) {
				t.Errorf("%+v and error %v are no unfinished copy", left, err)
			}
		})
	}
}

func TestCopyRefuses(t *testing.T) {
	t.Parallel()
	ctx, source := t.Context(), inMemory(t)
	fill(t, source)
	want := contentsOf(t, source)
	t.Run("a workspace that is there", func(t *testing.T) {
		t.Parallel()
		copied := inFile(t)
		if _, err := transfer.Copy(ctx, source, copied, shopID, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := transfer.Copy(ctx, source, copied, shopID, nil); !isField(err, crm.ErrAlreadyExists, "id") {
			t.Errorf("a second copy: error %v", err)
		}
		wantSame(t, want, contentsOf(t, copied))
	})
	t.Run("the same store", func(t *testing.T) {
		t.Parallel()
		if _, err := transfer.Copy(ctx, source, source, shopID, nil); !isField(err, crm.ErrAlreadyExists, "id") {
			t.Errorf("error %v", err)
		}
	})
	t.Run("no workspace", func(t *testing.T) {
		t.Parallel()
		_, err := transfer.Copy(ctx, source, inMemory(t), crm.WorkspaceID{1}, nil)
		if !isField(err, crm.ErrNotFound, "id") {
			t.Errorf("error %v", err)
		}
	})
	t.Run("a bound below zero", func(t *testing.T) {
		t.Parallel()
		o := &transfer.Options{EntriesPerUnit: -1}
		if _, err := transfer.Copy(ctx, source, inMemory(t), shopID, o); !isField(err, crm.ErrInvalid, "entries per unit") {
			t.Errorf("error %v", err)
		}
	})
	t.Run("inside a unit of work", func(t *testing.T) {
		t.Parallel()
		err := source.View(ctx, shopID, func(ctx context.Context, _ crm.Reader) error {
			_, err := transfer.Copy(ctx, source, inMemory(t), shopID, nil)
			return err
		})
		if !errors.Is(err, crm.ErrNestedTx) {
			t.Errorf("error %v", err)
		}
	})
	t.Run("a context that ends", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(ctx)
		copied := inFile(t)
		o := &transfer.Options{EntriesPerUnit: 5, Progress: func(p transfer.Progress) {
			if p.Done > 20 {
				cancel()
			}
		}}
		if _, err := transfer.Copy(ctx, source, copied, shopID, o); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
		if result, err := transfer.Copy(t.Context(), source, copied, shopID, nil); err != nil || result.Resumed == 0 {
			t.Errorf("the next call: %+v, %v", result, err)
		}
		wantSame(t, want, contentsOf(t, copied))
	})
}

// Something else that writes into an unfinished copy is found, and the copy is not finished by it.
func TestCopyIsDisturbed(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		do   func(context.Context, transfer.Store) error
		want error
	}{
		{"a change in the log", func(ctx context.Context, store transfer.Store) error {
			return store.Update(ctx, shopID, func(ctx context.Context, tx crm.Tx) error {
				return tx.Append(ctx, []crm.Change{{Record: crm.RefTo(shopID), Kind: crm.Updated}})
			})
		}, crm.ErrConflict},
		{"another record of the workspace", func(ctx context.Context, store transfer.Store) error {
			return store.Update(ctx, shopID, func(ctx context.Context, tx crm.Tx) error {
				w, err := tx.Workspace(ctx)
				if err != nil {
					return err
				}
				return tx.Update(ctx, nil, w)
			})
		}, crm.ErrConflict},
		{"the workspace is deleted", func(ctx context.Context, store transfer.Store) error {
			return store.DeleteWorkspace(ctx, shopID)
		}, crm.ErrNotFound},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			ctx, source, copied := t.Context(), inMemory(t), inMemory(t)
			fill(t, source)
			done := false
			o := &transfer.Options{EntriesPerUnit: 20, Progress: func(transfer.Progress) {
				if !done {
					done = true
					if err := test.do(ctx, copied); err != nil {
						t.Error(err)
					}
				}
			}}
			if _, err := transfer.Copy(ctx, source, copied, shopID, o); !errors.Is(err, test.want) {
				t.Errorf("error %v, want %v", err, test.want)
			}
		})
	}
}

// Two copies at once into one store do not make a wrong one: each ends, or fails because of the other.
func TestCopyTwiceAtOnce(t *testing.T) {
	t.Parallel()
	for to, open := range map[string]func(testing.TB) transfer.Store{"memory": inMemory, "sqlite": inFile} {
		t.Run(to, func(t *testing.T) {
			t.Parallel()
			ctx, source, copied := t.Context(), inMemory(t), open(t)
			fill(t, source)
			o := &transfer.Options{EntriesPerUnit: 2}
			errs := make(chan error, 2)
			for range cap(errs) {
				go func() { _, err := transfer.Copy(ctx, source, copied, shopID, o); errs <- err }()
			}
			whole := false
			for range cap(errs) {
				err := <-errs
				whole = whole || err == nil
				if err != nil && !errors.Is(err, crm.ErrAlreadyExists) && !errors.Is(err, crm.ErrConflict) {
					t.Errorf("error %v is not because of the other copy", err)
				}
			}
			if !whole {
				if _, err := transfer.Copy(ctx, source, copied, shopID, o); err != nil {
					t.Fatal(err)
				}
			}
			wantSame(t, contentsOf(t, source), contentsOf(t, copied))
		})
	}
}

// Progress goes forward to the total, which is known from the beginning, in two steps.
func TestCopyTellsItsProgress(t *testing.T) {
	t.Parallel()
	source := inMemory(t)
	fill(t, source)
	var seen []transfer.Progress
	o := &transfer.Options{EntriesPerUnit: 10, Progress: func(p transfer.Progress) { seen = append(seen, p) }}
	if _, err := transfer.Copy(t.Context(), source, inMemory(t), shopID, o); err != nil {
		t.Fatal(err)
	}
	total := seen[0].Total
	for n, p := range seen[1:] {
		before := seen[n]
		if p.Total != total || p.Step == before.Step && p.Done < before.Done || p.Step != before.Step && before.Done != total {
			t.Errorf("%+v after %+v", p, before)
		}
	}
	last := seen[len(seen)-1]
	if d := cmp.Diff(transfer.Progress{Step: transfer.Verifying, Done: total, Total: total}, last); d != "" || seen[0].Step != transfer.Writing {
		t.Errorf("last (-want +got):\n%s", d)
	}
}
