package storagetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/google/uuid"
)

func logChecks() []check {
	return []check{
		{"Append: seqs follow the head without a gap from 1 on, whatever the changes say", checkSeqs},
		{"Append: a unit of work that failed leaves no gap", checkNoGap},
		{"Append: changes come back as they were written", checkChangeValues},
		{"Append: takes more changes than a page has", checkManyChanges},
		{"Append: no changes change nothing", checkNoChanges},
		{"Redact: changes what changes say and nothing else", checkRedact},
		{"Redact: a change that the log does not hold is an ErrInvalid", checkRedactOthers},
		{"Redact: a unit of work that failed has redacted nothing", checkRedactFailed},
		{"Changes: only those after a seq, in the order of their seq, at most the limit", checkAfter},
		{"Changes: only those of one record", checkRecordFilter},
		{"Changes: only those of one unit of work", checkUnitFilter},
		{"Changes: the limit is between 1 and MaxPageSize", checkLimit},
		{"Head: is the end of the workspace's log", checkHead},
	}
}

func checkSeqs(e *env) {
	s := e.shop()
	changes := sampleChanges(s, 12)
	for n := range changes {
		changes[n].Seq = []crm.Seq{0, -5, 1, 1 << 40}[n%4]
	}
	s.log(changes[:1]...)
	s.update(func(ctx context.Context, tx crm.Tx) error {
		return errors.Join(tx.Append(ctx, changes[1:4]), tx.Append(ctx, changes[4:5]), tx.Append(ctx, changes[5:9]))
	})
	s.log(changes[9:]...)
	e.same("log", s.contents().Changes, storedChanges(changes))
}

func checkNoGap(e *env) {
	s := e.shop()
	changes := sampleChanges(s, 6)
	s.log(changes[:2]...)
	e.wantErr("Update", s.try(failing(func(ctx context.Context, tx crm.Tx) error { return tx.Append(ctx, changes) })), errOwn)
	e.wantErr("Update", s.try(func(ctx context.Context, tx crm.Tx) error {
		return errors.Join(tx.Append(ctx, changes), tx.Update(ctx, crm.Member{ID: crm.MemberID(uuid.Max), Version: 1}))
	}), crm.ErrNotFound)
	e.same("log after failed units", s.contents().Changes, storedChanges(changes[:2]))
	s.log(changes[2:]...)
	e.same("log", s.contents().Changes, storedChanges(changes))
}

func checkChangeValues(e *env) {
	s := e.shop()
	changes := sampleChanges(s, 2*len(words))
	s.log(changes...)
	e.same("log", s.contents().Changes, storedChanges(changes))
	// A log outlives its records: it does not refer to them.
	m := kinds()[0].sample(s, 1)
	s.insert(m)
	s.log(crm.Change{Record: m.Ref(), Kind: crm.Created, At: logStart})
	s.remove(m)
	e.same("changes after the record's delete", len(s.contents().Changes), len(changes)+1)
}

func checkManyChanges(e *env) {
	s := e.shop()
	changes := sampleChanges(s, crm.MaxPageSize+500)
	s.log(changes...)
	all := s.contents()
	e.same("log", all.Changes, storedChanges(changes))
	e.same("head", all.Head.Seq, crm.Seq(len(changes)))
}

func checkNoChanges(e *env) {
	s := e.shop()
	s.log()
	s.log([]crm.Change{}...)
	e.same("head", s.contents().Head, crm.Head{Workspace: s.id})
	s.log(sampleChanges(s, 1)...)
	before := s.contents()
	s.log()
	e.same("contents", s.contents(), before)
}

// redacted is a change as a redaction leaves it; every second one says nothing any more.
func redacted(n int, c crm.Change) crm.Change {
	c.Reason, c.Fields = awkward, []crm.FieldChange{{Field: "name", Before: json.RawMessage(oddJSON)}}
	if n%2 == 0 {
		c.Reason, c.Fields = "", []crm.FieldChange{}
	}
	return c
}

func checkRedact(e *env) {
	s := e.shop()
	s.log(sampleChanges(s, 12)...)
	m := kinds()[0].sample(s, 1)
	s.insert(m)
	before := s.contents()
	want := before
	want.Changes = slices.Clone(before.Changes)
	asked := []crm.Change{}
	for _, n := range []int{7, 0, 11, 2} {
		want.Changes[n] = redacted(n, want.Changes[n])
		c := want.Changes[n]
		c.At, c.Actor = c.At.Add(time.Hour), "somebody else" // these stay
		asked = append(asked, c)
	}
	s.update(func(ctx context.Context, tx crm.Tx) error {
		if err := tx.Redact(ctx, asked); err != nil {
			return err
		}
		seen, err := readLog(ctx, tx, crm.ChangeFilter{}, crm.MaxPageSize)
		e.same("log within the unit", seen, want.Changes)
		return err
	})
	e.same("contents", s.contents(), want)
	s.update(func(ctx context.Context, tx crm.Tx) error { return tx.Redact(ctx, nil) })
	e.same("contents after redacting nothing", s.contents(), want)
	s.log(sampleChange(s, 13))
	e.same("head", s.contents().Head.Seq, crm.Seq(13))
}

func checkRedactOthers(e *env) {
	s, other := e.shop(), e.shop()
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
		e.wantField("Redact, "+what, err, crm.ErrInvalid, "seq")
	}
	e.same("contents", s.contents(), before)
}

func checkRedactFailed(e *env) {
	s := e.shop()
	s.log(sampleChanges(s, 4)...)
	before := s.contents()
	redact := func(ctx context.Context, tx crm.Tx) error {
		return tx.Redact(ctx, []crm.Change{redacted(1, before.Changes[1])})
	}
	s.view(func(ctx context.Context, r crm.Reader) error {
		e.wantErr("Update", s.try(failing(redact)), errOwn)
		s.update(func(ctx context.Context, tx crm.Tx) error { return tx.Append(ctx, sampleChanges(s, 1)) })
		seen, err := readLog(ctx, r, crm.ChangeFilter{}, crm.MaxPageSize)
		e.same("log in an older snapshot", seen, before.Changes)
		return err
	})
	e.same("log", s.contents().Changes[:4], before.Changes)
	s.view(func(ctx context.Context, r crm.Reader) error {
		s.update(redact)
		seen, err := readLog(ctx, r, crm.ChangeFilter{}, 4)
		e.same("log in a snapshot from before the redaction", seen[:4], before.Changes)
		return err
	})
}

func checkAfter(e *env) {
	s := e.shop()
	changes := sampleChanges(s, 10)
	s.log(changes...)
	all := storedChanges(changes)
	s.view(func(ctx context.Context, r crm.Reader) error {
		for after := range crm.Seq(13) {
			for _, limit := range []int{1, 3, 10, crm.MaxPageSize} {
				want := all[min(int(after), len(all)):]
				want = want[:min(limit, len(want))]
				got, err := r.Changes(ctx, crm.ChangeFilter{After: after}, limit)
				e.same(fmt.Sprintf("changes after %d, limit %d", after, limit), got, want)
				e.same("error", err, nil)
			}
		}
		for _, limit := range []int{1, 2, 3, 7} {
			got, err := readLog(ctx, r, crm.ChangeFilter{}, limit)
			e.same(fmt.Sprintf("log read %d at a time", limit), got, all)
			e.same("error", err, nil)
		}
		return nil
	})
}

func checkRecordFilter(e *env) {
	s := e.shop()
	changes := sampleChanges(s, 30)
	s.log(changes...)
	all := storedChanges(changes)
	for _, record := range []crm.Ref{crm.RefTo(s.members[0]), {Kind: crm.KindInfluencer, ID: s.members[0].UUID()}, all[2].Record, crm.RefTo(s.members[1])} {
		want := []crm.Change{}
		for _, c := range all {
			if c.Record == record {
				want = append(want, c)
			}
		}
		s.view(func(ctx context.Context, r crm.Reader) error {
			got, err := readLog(ctx, r, crm.ChangeFilter{Record: record}, 3)
			e.same("changes of "+record.String(), got, want)
			e.must("Changes", err)
			for n, c := range want {
				got, err := r.Changes(ctx, crm.ChangeFilter{Record: record, After: c.Seq}, crm.MaxPageSize)
				e.same(fmt.Sprintf("changes of %s after %d", record, c.Seq), got, want[n+1:])
				e.must("Changes", err)
			}
			return nil
		})
	}
}

func checkUnitFilter(e *env) {
	s := e.shop()
	changes := sampleChanges(s, 30)
	for n := range changes { // three units that take turns
		changes[n].Unit = number(9, n%3+1)
	}
	s.log(changes...)
	all := storedChanges(changes)
	member := crm.RefTo(s.members[0])
	for _, unit := range []uuid.UUID{number(9, 1), number(9, 3), number(9, 4)} {
		for _, record := range []crm.Ref{{}, member} {
			want := []crm.Change{}
			for _, c := range all {
				if c.Unit == unit && (record == (crm.Ref{}) || c.Record == record) {
					want = append(want, c)
				}
			}
			f := crm.ChangeFilter{Unit: unit, Record: record}
			s.view(func(ctx context.Context, r crm.Reader) error {
				got, err := readLog(ctx, r, f, 3)
				e.same(fmt.Sprintf("changes of unit %s, record %s", unit, record), got, want)
				e.must("Changes", err)
				for n, c := range want {
					f := f
					f.After = c.Seq
					got, err := r.Changes(ctx, f, crm.MaxPageSize)
					e.same(fmt.Sprintf("changes of unit %s, record %s, after %d", unit, record, c.Seq), got, want[n+1:])
					e.must("Changes", err)
				}
				return nil
			})
		}
	}
}

func checkLimit(e *env) {
	s := e.shop()
	s.log(sampleChanges(s, 1)...)
	s.view(func(ctx context.Context, r crm.Reader) error {
		for _, limit := range []int{0, -1, crm.MaxPageSize + 1, 1 << 40} {
			_, err := r.Changes(ctx, crm.ChangeFilter{}, limit)
			e.wantErr(fmt.Sprintf("Changes with limit %d", limit), err, crm.ErrInvalid)
		}
		return nil
	})
}

func checkHead(e *env) {
	s := e.shop()
	e.same("head of an empty log", s.contents().Head, crm.Head{Workspace: s.id})
	for n, c := range sampleChanges(s, 5) {
		s.log(c)
		e.same("head", s.contents().Head, crm.Head{Workspace: s.id, Seq: crm.Seq(n + 1), At: backend.StoredTime(c.At)})
	}
	before := s.contents().Head
	s.insert(kinds()[0].sample(s, 1))
	e.same("head after a write that is not in the log", s.contents().Head, before)
}
