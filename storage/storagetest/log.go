package storagetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

var logChecks = []check{
	inShop("Append: seqs follow the head without a gap from 1 on, whatever the changes say", func(s *shop) {
		changes := sampleChanges(s, 12)
		for n := range changes {
			changes[n].Seq = []crm.Seq{0, -5, 1, 1 << 40}[n%4]
		}
		s.log(changes[:1]...)
		s.update(func(ctx context.Context, tx crm.Tx) error {
			return errors.Join(tx.Append(ctx, changes[1:4]), tx.Append(ctx, changes[4:5]), tx.Append(ctx, changes[5:9]))
		})
		s.log(changes[9:]...)
		s.same("log", s.contents().Changes, storedChanges(changes))
	}),
	inShop("Append: a unit of work that failed leaves no gap", func(s *shop) {
		changes := sampleChanges(s, 6)
		s.log(changes[:2]...)
		appending := func(ctx context.Context, tx crm.Tx) error { return tx.Append(ctx, changes) }
		s.wantErr("Update", s.try(failing(appending)), errOwn)
		s.wantErr("Update", s.try(func(ctx context.Context, tx crm.Tx) error {
			return errors.Join(appending(ctx, tx), tx.Update(ctx, nil, crm.Member{ID: crm.MemberID(uuid.Max), Version: 1}))
		}), crm.ErrNotFound)
		s.same("log after failed units", s.contents().Changes, storedChanges(changes[:2]))
		s.log(changes[2:]...)
		s.same("log", s.contents().Changes, storedChanges(changes))
	}),
	inShop("Append: changes come back as they were written", func(s *shop) {
		changes := sampleChanges(s, 2*len(words))
		s.log(changes...)
		s.same("log", s.contents().Changes, storedChanges(changes))
		// A log outlives its records: it does not refer to them.
		m := members.sample(s, 1)
		s.insert(m)
		s.log(crm.Change{Record: m.Ref(), Kind: crm.Created, At: logStart})
		s.remove(m)
		s.same("changes after the record's delete", len(s.contents().Changes), len(changes)+1)
	}),
	inShop("Append: takes more changes than a page has", func(s *shop) {
		changes := sampleChanges(s, crm.MaxPageSize+500)
		s.log(changes...)
		all := s.contents()
		s.same("log", all.Changes, storedChanges(changes))
		s.same("head", all.Head.Seq, crm.Seq(len(changes)))
	}),
	inShop("Append: no changes change nothing", func(s *shop) {
		s.log()
		s.log([]crm.Change{}...)
		s.same("head", s.contents().Head, headAfter(s, nil))
		s.log(sampleChanges(s, 1)...)
		before := s.contents()
		s.log()
		s.same("contents", s.contents(), before)
	}),
	inShop("Redact: changes what changes say and nothing else", func(s *shop) {
		s.log(sampleChanges(s, 12)...)
		s.insert(members.sample(s, 1))
		want := s.contents()
		asked := []crm.Change{}
		for _, n := range []int{7, 0, 11, 2} {
			c := redacted(n, want.Changes[n])
			want.Changes[n] = c
			c.At, c.Actor = c.At.Add(time.Hour), "somebody else" // these stay
			asked = append(asked, c)
		}
		s.update(func(ctx context.Context, tx crm.Tx) error {
			if err := tx.Redact(ctx, asked); err != nil {
				return err
			}
			s.returns("log within the unit", want.Changes)(readLog(ctx, tx, crm.ChangeFilter{}, crm.MaxPageSize))
			return nil
		})
		s.same("contents", s.contents(), want)
		s.update(func(ctx context.Context, tx crm.Tx) error { return tx.Redact(ctx, nil) })
		s.same("contents after redacting nothing", s.contents(), want)
		s.log(sampleChange(s, 13))
		s.same("head", s.contents().Head.Seq, crm.Seq(13))
	}),
	inTwoShops("Redact: a change that the log does not hold is an ErrInvalid", func(s, other *shop) {
		s.log(sampleChanges(s, 4)...)
		other.log(sampleChanges(other, 6)...)
		before := s.contents()
		for what, spoil := range map[string]func(*crm.Change){
			"seq 0":          func(c *crm.Change) { c.Seq = 0 },
			"negative seq":   func(c *crm.Change) { c.Seq = -1 },
			"later seq":      func(c *crm.Change) { c.Seq = 5 }, // which another workspace has
			"huge seq":       func(c *crm.Change) { c.Seq = 1 << 62 },
			"another seq":    func(c *crm.Change) { c.Seq++ },
			"another unit":   func(c *crm.Change) { c.Unit = number(9, 99) },
			"another record": func(c *crm.Change) { c.Record.ID = number(9, 99) },
			"record's kind":  func(c *crm.Change) { c.Record.Kind = crm.KindCooperation },
			"another kind":   func(c *crm.Change) { c.Kind = crm.Erased },
		} {
			good, bad := redacted(0, before.Changes[0]), redacted(1, before.Changes[1])
			spoil(&bad)
			err := s.try(func(ctx context.Context, tx crm.Tx) error { return tx.Redact(ctx, []crm.Change{good, bad}) })
			s.wantField("Redact, "+what, err, crm.ErrInvalid, "seq")
		}
		s.same("contents", s.contents(), before)
	}),
	inShop("Redact: a unit of work that failed has redacted nothing", func(s *shop) {
		s.log(sampleChanges(s, 4)...)
		before := s.contents()
		redact := func(ctx context.Context, tx crm.Tx) error {
			return tx.Redact(ctx, []crm.Change{redacted(1, before.Changes[1])})
		}
		s.view(func(ctx context.Context, r crm.Reader) error {
			s.wantErr("Update", s.try(failing(redact)), errOwn)
			s.log(sampleChanges(s, 1)...)
			seen, err := readLog(ctx, r, crm.ChangeFilter{}, crm.MaxPageSize)
			s.same("log in an older snapshot", seen, before.Changes)
			return err
		})
		s.same("log", s.contents().Changes[:4], before.Changes)
		s.view(func(ctx context.Context, r crm.Reader) error {
			s.update(redact)
			seen, err := readLog(ctx, r, crm.ChangeFilter{}, 4)
			s.same("log in a snapshot from before the redaction", seen[:4], before.Changes)
			return err
		})
	}),
	inShop("Changes: only those after a seq, in the order of their seq, at most the limit", func(s *shop) {
		changes := sampleChanges(s, 10)
		s.log(changes...)
		all := storedChanges(changes)
		s.view(func(ctx context.Context, r crm.Reader) error {
			for after := range crm.Seq(13) {
				for _, limit := range []int{1, 3, 10, crm.MaxPageSize} {
					want := all[min(int(after), len(all)):]
					want = want[:min(limit, len(want))]
					what := fmt.Sprintf("changes after %d, limit %d", after, limit)
					s.returns(what, want)(r.Changes(ctx, crm.ChangeFilter{After: after}, limit))
				}
			}
			for _, limit := range []int{1, 2, 3, 7} {
				s.returns(fmt.Sprintf("log read %d at a time", limit), all)(readLog(ctx, r, crm.ChangeFilter{}, limit))
			}
			return nil
		})
	}),
	inShop("Changes: only those before a seq; with Newest in the order from the last to the first", func(s *shop) {
		changes := sampleChanges(s, 30)
		for n := range changes {
			changes[n].Unit = number(9, n%3+1)
		}
		s.log(changes...)
		filters := []crm.ChangeFilter{
			{}, {Record: changes[2].Record}, {Unit: number(9, 2)}, {Unit: number(9, 1), Record: changes[0].Record}, {Unit: number(9, 4)},
		}
		s.view(func(ctx context.Context, r crm.Reader) error {
			for _, f := range filters {
				for _, f.Before = range []crm.Seq{0, 1, 2, 7, 30, 31, 1 << 40} {
					for _, f.After = range []crm.Seq{0, 5, 6, 29, 40} {
						s.ordersChanges(ctx, r, changes, f)
					}
				}
			}
			f := crm.ChangeFilter{Newest: true}
			all := []crm.Change{}
			for range len(changes) {
				some, err := r.Changes(ctx, f, 7)
				s.must("Changes", err)
				if len(some) == 0 {
					break
				}
				all = append(all, some...)
				f.Before = some[len(some)-1].Seq
			}
			want := storedChanges(changes)
			slices.Reverse(want)
			s.same("the log from its end, page by page", all, want)
			return nil
		})
	}),
	inShop("Changes: only those of one record", func(s *shop) {
		changes := sampleChanges(s, 30)
		s.log(changes...)
		for _, record := range []crm.Ref{
			crm.RefTo(s.members[0]), {Kind: crm.KindInfluencer, ID: s.members[0].UUID()}, changes[2].Record, crm.RefTo(s.members[1]),
		} {
			s.selectsChanges(changes, crm.ChangeFilter{Record: record})
		}
	}),
	inShop("Changes: only those of one unit of work", func(s *shop) {
		changes := sampleChanges(s, 30)
		for n := range changes { // three units that take turns
			changes[n].Unit = number(9, n%3+1)
		}
		s.log(changes...)
		for _, unit := range []uuid.UUID{number(9, 1), number(9, 3), number(9, 4)} {
			s.selectsChanges(changes, crm.ChangeFilter{Unit: unit})
			s.selectsChanges(changes, crm.ChangeFilter{Unit: unit, Record: crm.RefTo(s.members[0])})
		}
	}),
	inShop("Changes: the limit is between 1 and MaxPageSize", func(s *shop) {
		s.log(sampleChanges(s, 1)...)
		s.view(func(ctx context.Context, r crm.Reader) error {
			for _, limit := range []int{0, -1, crm.MaxPageSize + 1, 1 << 40} {
				s.fails(fmt.Sprintf("Changes with limit %d", limit), crm.ErrInvalid)(r.Changes(ctx, crm.ChangeFilter{}, limit))
			}
			return nil
		})
	}),
	inShop("Changes: the bounds of the filter are not negative", func(s *shop) {
		s.log(sampleChanges(s, 1)...)
		s.view(func(ctx context.Context, r crm.Reader) error {
			for _, f := range []crm.ChangeFilter{{After: -1}, {Before: -1}, {After: -1 << 63, Before: 1}, {Before: -1 << 63, Newest: true}} {
				s.fails(fmt.Sprintf("Changes after %d and before %d", f.After, f.Before), crm.ErrInvalid)(r.Changes(ctx, f, 1))
			}
			return nil
		})
	}),
	inShop("Head: is the end of the workspace's log", func(s *shop) {
		changes := sampleChanges(s, 5)
		for n := range changes {
			s.same("head", s.contents().Head, headAfter(s, changes[:n]))
			s.log(changes[n])
		}
		s.insert(members.sample(s, 1))
		s.same("head after a write that is not in the log", s.contents().Head, headAfter(s, changes))
	}),
}

// redacted is a change as a redaction leaves it; every second one says nothing any more.
func redacted(n int, c crm.Change) crm.Change {
	c.Reason, c.Fields = awkward, []crm.FieldChange{{Field: "name", Before: json.RawMessage(oddJSON)}}
	if n%2 == 0 {
		c.Reason, c.Fields = "", []crm.FieldChange{}
	}
	return c
}

// ordersChanges compares the changes of a log under a filter, in both orders, with what it means.
func (s *shop) ordersChanges(ctx context.Context, r crm.Reader, log []crm.Change, f crm.ChangeFilter) {
	s.Helper()
	want := slices.DeleteFunc(storedChanges(log), func(c crm.Change) bool {
		return f.Record != (crm.Ref{}) && c.Record != f.Record || f.Unit != uuid.Nil && c.Unit != f.Unit ||
			c.Seq <= f.After || f.Before > 0 && c.Seq >= f.Before
	})
	for _, f.Newest = range []bool{false, true} {
		for _, limit := range []int{1, 3, crm.MaxPageSize} {
			some := want[:min(limit, len(want))]
			s.returns(fmt.Sprintf("%d changes with %+v", limit, f), some)(r.Changes(ctx, f, limit))
		}
		slices.Reverse(want)
	}
}

// selectsChanges compares the changes of a log that a filter selects, all and after each one, with what it means.
func (s *shop) selectsChanges(log []crm.Change, f crm.ChangeFilter) {
	s.Helper()
	want := slices.DeleteFunc(storedChanges(log), func(c crm.Change) bool {
		return f.Record != (crm.Ref{}) && c.Record != f.Record || f.Unit != uuid.Nil && c.Unit != f.Unit
	})
	s.view(func(ctx context.Context, r crm.Reader) error {
		s.returns(fmt.Sprintf("changes with %+v", f), want)(readLog(ctx, r, f, 3))
		for n, c := range want {
			f.After = c.Seq
			s.returns(fmt.Sprintf("changes with %+v", f), want[n+1:])(r.Changes(ctx, f, crm.MaxPageSize))
		}
		return nil
	})
}
