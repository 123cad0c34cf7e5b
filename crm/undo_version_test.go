package crm_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
)

// Who has opened a record before it was deleted does not overwrite what was saved after an undo brought it back.
func TestASaveFromBeforeADeletionIsStale(t *testing.T) {
	t.Parallel()
	kinds := map[string]struct {
		create func(*town) crm.Record
		read   func(*town, crm.Record) crm.Record
		save   func(*town, crm.Record, string) error
	}{
		"member": {
			create: func(w *town) crm.Record { return w.member("Zoe") },
			read: func(w *town, r crm.Record) crm.Record {
				return must(w.crm.Member(ctx, w.ws, r.(crm.Member).ID))(w)
			},
			save: func(w *town, r crm.Record, text string) error {
				m := r.(crm.Member)
				m.Name = text
				_, err := w.crm.UpdateMember(ctx, w.ws, m, "")
				return err
			},
		},
		"campaign": {
			create: func(w *town) crm.Record { return w.campaign("Spring") },
			read: func(w *town, r crm.Record) crm.Record {
				return must(w.crm.Campaign(ctx, w.ws, r.(crm.Campaign).ID))(w)
			},
			save: func(w *town, r crm.Record, text string) error {
				c := r.(crm.Campaign)
				c.Notes = text
				_, err := w.crm.UpdateCampaign(ctx, w.ws, c, "")
				return err
			},
		},
		"influencer": {
			create: func(w *town) crm.Record {
				return w.influencer("Zoe", crm.Profile{Platform: "Instagram", Handle: "zoe"})
			},
			read: func(w *town, r crm.Record) crm.Record {
				return must(w.crm.Influencer(ctx, w.ws, r.(crm.Influencer).ID))(w)
			},
			save: func(w *town, r crm.Record, text string) error {
				i := crm.Clone(r.(crm.Influencer))
				i.Notes = text
				_, err := w.crm.UpdateInfluencer(ctx, w.ws, i, "")
				return err
			},
		},
		"cooperation": {
			create: func(w *town) crm.Record {
				return w.book(crm.Cooperation{Campaign: w.summer.ID, Influencer: w.pam.ID})
			},
			read: func(w *town, r crm.Record) crm.Record { return w.cooperation(r.(crm.Cooperation).ID) },
			save: func(w *town, r crm.Record, text string) error {
				c := crm.Clone(r.(crm.Cooperation))
				c.Notes = text
				_, err := w.crm.UpdateCooperation(ctx, w.ws, c, "")
				return err
			},
		},
	}
	// Each takes a record away and returns the unit of work that did, which is then undone.
	ways := map[string]func(*town, crm.Record) uuid.UUID{
		"deleted": func(w *town, r crm.Record) uuid.UUID {
			must(w.crm.Delete(ctx, w.ws, asRead(r), ""))(w)
			return w.lastUnit()
		},
		"by an undo of its creation": func(w *town, r crm.Record) uuid.UUID {
			created := must(w.crm.History(ctx, w.ws, r.Ref(), 0, 1))(w)[0]
			must(w.crm.UndoUnit(ctx, w.ws, created.Unit, ""))(w)
			return w.lastUnit()
		},
		"deleted, brought back and deleted by an undo of that": func(w *town, r crm.Record) uuid.UUID {
			must(w.crm.Delete(ctx, w.ws, asRead(r), ""))(w)
			must(w.crm.UndoUnit(ctx, w.ws, w.lastUnit(), ""))(w)
			must(w.crm.UndoUnit(ctx, w.ws, w.lastUnit(), ""))(w)
			return w.lastUnit()
		},
		"deleted twice, and the first is undone": func(w *town, r crm.Record) uuid.UUID {
			must(w.crm.Delete(ctx, w.ws, asRead(r), ""))(w)
			first := w.lastUnit()
			must(w.crm.UndoUnit(ctx, w.ws, first, ""))(w)
			must(w.crm.Delete(ctx, w.ws, r.Ref().At(r.Revision()+1), ""))(w)
			return first
		},
	}
	for name, k := range kinds {
		for how, away := range ways {
			t.Run(name+" "+how, func(t *testing.T) {
				t.Parallel()
				w := newTown(t)
				w.shop.tester = t
				opened := k.create(w)
				before := w.head()
				unit := away(w, opened)
				must(w.crm.UndoUnit(ctx, w.ws, unit, ""))(t)
				back := k.read(w, opened)
				if back.Revision() <= opened.Revision() {
					t.Fatalf("it came back at version %d, was read at %d", back.Revision(), opened.Revision())
				}
				for err := k.save(w, back, "by Mira"); err != nil; err = nil {
					t.Fatal(err)
				}
				if err := k.save(w, opened, "by Tom"); !errors.Is(err, crm.ErrConflict) {
					t.Errorf("a save from before the deletion: %v, want ErrConflict", err)
				}
				for _, stale := range []int64{1, 2, back.Revision()} {
					if _, err := w.crm.Archive(ctx, w.ws, opened.Ref().At(stale), ""); !errors.Is(err, crm.ErrConflict) {
						t.Errorf("archived from version %d: %v, want ErrConflict", stale, err)
					}
				}
				sameVersionsAsOf(t, w, before.Seq)
			})
		}
	}
}

// The person that a merge took away comes back at a version that nobody has read.
func TestASaveFromBeforeAMergeIsStale(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	zoe := w.influencer("Zoe", crm.Profile{Platform: "Instagram", Handle: "zoe"})
	draft := w.book(crm.Cooperation{Campaign: w.summer.ID, Influencer: zoe.ID})
	w.ok(w.join(w.pam, zoe, crm.MergeOptions{}, ""))
	merge := w.lastUnit()
	for _, unit := range []uuid.UUID{merge, {}, {}} { // undone, merged again by an undo of that, and apart again
		if unit == uuid.Nil {
			unit = w.lastUnit()
		}
		if done := must(w.crm.UndoUnit(ctx, w.ws, unit, ""))(t); len(done.Kept) > 0 {
			t.Fatalf("kept %v", done.Kept)
		}
	}
	back := must(w.crm.Influencer(ctx, w.ws, zoe.ID))(t)
	if back.Version < 3 || w.cooperation(draft.ID).Influencer != zoe.ID {
		t.Errorf("she came back at version %d", back.Version)
	}
	back.Notes = "by Mira"
	must(w.crm.UpdateInfluencer(ctx, w.ws, back, ""))(t)
	for _, stale := range []int64{1, 2, back.Version} {
		i := crm.Clone(zoe)
		i.Version, i.Notes = stale, "by Tom"
		if _, err := w.crm.UpdateInfluencer(ctx, w.ws, i, ""); !errors.Is(err, crm.ErrConflict) {
			t.Errorf("a save from version %d: %v, want ErrConflict", stale, err)
		}
	}
}

// sameVersionsAsOf holds the versions in every past to those that the log leads to.
func sameVersionsAsOf(t *testing.T, w *town, after crm.Seq) {
	t.Helper()
	versions := map[crm.Ref]int64{}
	for _, c := range w.changes() {
		if versions[c.Record]++; c.Kind == crm.Created {
			versions[c.Record] = c.Version()
		}
		if c.Kind == crm.Deleted {
			if got, want := c.Version(), versions[c.Record]-1; got != want {
				t.Errorf("change %d deletes version %d, want %d", c.Seq, got, want)
			}
			delete(versions, c.Record)
		}
		if c.Seq < after {
			continue
		}
		w.ok(w.crm.AsOf(ctx, w.ws, c.Seq, func(_ context.Context, r crm.Reader) error {
			for _, record := range everyRecord(t, r) {
				if got, want := record.Revision(), versions[record.Ref()]; got != want {
					t.Errorf("as of %d %s has version %d, want %d", c.Seq, record.Ref(), got, want)
				}
			}
			return nil
		}))
	}
}

// A record has each of its versions once in its whole life, whatever is undone.
func TestVersionsNeverGoDown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(t)
		n, units := 0, []uuid.UUID{s.lastUnit()}
		for range rapid.IntRange(1, 8).Draw(t, "units") {
			if rapid.Bool().Draw(t, "undo") {
				must(s.crm.UndoUnit(ctx, s.ws, rapid.SampledFrom(units).Draw(t, "unit"), ""))(t)
			} else {
				s.ok(s.work(func(w *crm.Work) error {
					for range rapid.IntRange(1, 5).Draw(t, "things") {
						n++
						if err := muddle(t, w, n); err != nil {
							return err
						}
					}
					return nil
				}))
			}
			units = append(units, s.lastUnit())
		}
		highest, now := map[crm.Ref]int64{}, map[crm.Ref]int64{}
		for _, c := range s.changes() {
			if c.Kind == crm.Deleted {
				continue
			}
			if now[c.Record]++; c.Kind == crm.Created {
				now[c.Record] = c.Version()
			}
			if now[c.Record] != highest[c.Record]+1 {
				t.Fatalf("change %d: %s of %s makes version %d after %d", c.Seq, c.Kind, c.Record, now[c.Record], highest[c.Record])
			}
			highest[c.Record] = now[c.Record]
		}
		s.ok(s.crm.View(ctx, s.ws, func(_ context.Context, r crm.Reader) error {
			for _, record := range everyRecord(t, r) {
				if record.Revision() != highest[record.Ref()] {
					t.Fatalf("%s is at version %d, the log at %d", record.Ref(), record.Revision(), highest[record.Ref()])
				}
			}
			return nil
		}))
	})
}

// In a log of an earlier version of this library deletions have no version, and records were made again at version 1.
func TestUndoOfADeletionWithoutItsVersion(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.member("Anna")
	for _, name := range []string{"Anne", "Anni"} {
		m.Name = name
		m = must(s.crm.UpdateMember(ctx, s.ws, m, ""))(t)
	}
	must(s.crm.Delete(ctx, s.ws, m.At(), ""))(t)
	s.ok(s.store.Update(ctx, s.ws, func(ctx context.Context, tx crm.Tx) error {
		last, err := tx.Changes(ctx, crm.ChangeFilter{Newest: true}, 1)
		for n := range last {
			kept := []crm.FieldChange{}
			for _, f := range last[n].Fields {
				if f.Field != "version" {
					kept = append(kept, f)
				}
			}
			last[n].Fields = kept
		}
		return errors.Join(err, tx.Redact(ctx, last))
	}))
	must(s.crm.UndoUnit(ctx, s.ws, s.lastUnit(), ""))(t)
	if back := must(s.crm.Member(ctx, s.ws, m.ID))(t); back.Version != 4 {
		t.Errorf("it came back at version %d, want 4", back.Version)
	}
}

// An undo takes a unit back once more after an undo of its undo, unless a person has changed something since.
func TestUndoOfAUnitTwice(t *testing.T) {
	t.Parallel()
	for name, edited := range map[string]bool{"nobody": false, "somebody edited": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			m := s.member("Anna")
			unit := s.lastUnit()
			must(s.crm.UndoUnit(ctx, s.ws, unit, ""))(t)
			must(s.crm.UndoUnit(ctx, s.ws, s.lastUnit(), ""))(t)
			if edited {
				back := must(s.crm.Member(ctx, s.ws, m.ID))(t)
				back.Email = "anna@shop.example"
				back = must(s.crm.UpdateMember(ctx, s.ws, back, ""))(t)
				must(s.crm.Delete(ctx, s.ws, back.At(), ""))(t)
				must(s.crm.UndoUnit(ctx, s.ws, s.lastUnit(), ""))(t)
			}
			done := must(s.crm.UndoUnit(ctx, s.ws, unit, ""))(t)
			if edited != (len(done.Kept) == 1) || edited == (len(done.Deleted) == 1) {
				t.Errorf("deleted %v, kept %v", done.Deleted, done.Kept)
			}
		})
	}
}
