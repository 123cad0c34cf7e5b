package storagetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

func concurrencyChecks() []check {
	return []check{
		{"Update: two writers on one record: one wins, the other gets ErrConflict, nothing is lost", checkTwoWriters},
		{"Update: writers of one workspace come one after the other", checkManyWriters},
		{"Update: everything it wrote is there at once", checkAtomic},
		{"Update: a long one holds up its workspace's other writers", checkLongUpdate},
		{"Update: one of two equal names wins", checkNameRace},
	}
}

func checkTwoWriters(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		r := k.full(s)
		s.insert(r)
		edits := []crm.Record{k.edited(s, r), k.edited(s, k.edited(s, r))}
		errs := inParallel(len(edits), func(n int) error { return s.tryChange(edits[n]) })
		won := 0
		for n, err := range errs {
			switch {
			case err == nil:
				won++
				s.model[r.Ref()] = stored(backend.AtRevision(edits[n], 2))
			case !errors.Is(err, crm.ErrConflict):
				e.Errorf("%s: writer %d got error %v, want nil or ErrConflict", k.name, n, err)
			}
		}
		if won != 1 {
			e.Fatalf("%s: %d of two writers won", k.name, won)
		}
		s.check("after both writers")
	}
}

// inParallel calls fn n times at once.
func inParallel(n int, fn func(int) error) []error {
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { errs[i] = fn(i) })
	}
	all.Wait()
	return errs
}

func checkManyWriters(e *env) {
	const writers = 8
	each := 200
	if testing.Short() {
		each = 25
	}
	s := e.shop()
	counter := crm.Campaign{ID: crm.CampaignID(s.newID()), Version: 1, Name: "0"}
	s.insert(counter)
	errs := inParallel(writers, func(w int) error {
		for n := range each {
			err := s.try(func(ctx context.Context, tx crm.Tx) error {
				c, err := tx.Campaigns().Get(ctx, counter.ID)
				if err != nil {
					return err
				}
				c.Name = fmt.Sprint(c.Version)
				c.Notes = fmt.Sprintf("%d of writer %d", n, w)
				change := sampleChange(s, w*each+n)
				change.Reason, change.At = c.Notes, logStart
				return errors.Join(tx.Update(ctx, c), tx.Append(ctx, []crm.Change{change}))
			})
			if err != nil {
				return fmt.Errorf("write %d: %w", n, err)
			}
		}
		return nil
	})
	for w, err := range errs {
		if err != nil {
			e.Errorf("writer %d: %v", w, err)
		}
	}
	total := writers * each
	all := s.contents()
	e.same("version after all writes", all.Records[crm.KindCampaign][2].Revision(), int64(total+1))
	e.same("head", all.Head.Seq, crm.Seq(total))
	written := map[string]bool{}
	for n, c := range all.Changes {
		if c.Seq != crm.Seq(n+1) {
			e.Fatalf("change %d has seq %d", n, c.Seq)
		}
		written[c.Reason] = true
	}
	e.same("different changes in the log", len(written), total)
}

func checkAtomic(e *env) {
	s := e.shop()
	a := crm.Member{ID: crm.MemberID(s.newID()), Version: 1, Name: "0"}
	b := crm.ImportRun{ID: crm.ImportRunID(s.newID()), Version: 1, Source: "0"}
	s.insert(a, b)
	stop := newSignal()
	rounds := 100
	errs := inParallel(3, func(n int) error {
		if n == 0 {
			defer stop.give()
			for round := range int64(rounds) {
				a, b := a, b
				a.Version, b.Version = round+1, round+1
				a.Name, b.Source = fmt.Sprint(round+1), fmt.Sprint(round+1)
				err := s.try(func(ctx context.Context, tx crm.Tx) error {
					return errors.Join(tx.Update(ctx, a), tx.Append(ctx, sampleChanges(s, 1)), tx.Update(ctx, b))
				})
				if err != nil {
					return err
				}
			}
			return nil
		}
		for {
			var name, source string
			var head crm.Head
			err := s.store.View(e.ctx, s.id, func(ctx context.Context, r crm.Reader) error {
				a, err := r.Members().Get(ctx, a.ID)
				b, err2 := r.ImportRuns().Get(ctx, b.ID)
				var err3 error
				head, err3 = r.Head(ctx)
				name, source = a.Name, b.Source
				return errors.Join(err, err2, err3)
			})
			if err != nil {
				return err
			}
			if name != source || name != fmt.Sprint(head.Seq) {
				return fmt.Errorf("a View saw half of an Update: %s, %s and seq %d", name, source, head.Seq)
			}
			select {
			case <-stop.done:
				return nil
			default:
			}
		}
	})
	e.must("writer and readers", errors.Join(errs...))
}

func checkLongUpdate(e *env) {
	s := e.shop()
	first, second := kinds()[0].sample(s, 1), kinds()[0].sample(s, 2)
	begun, finish := newSignal(), newSignal()
	done := make(chan error, 2)
	go func() {
		done <- s.try(func(ctx context.Context, tx crm.Tx) error {
			begun.give()
			return errors.Join(tx.Insert(ctx, first), finish.await())
		})
	}()
	e.must("first Update", begun.await())
	waiting := make(chan error, 1)
	go func() {
		waiting <- s.try(func(ctx context.Context, tx crm.Tx) error {
			if _, err := tx.Members().Get(ctx, crm.MemberID(first.Ref().ID)); err != nil {
				return fmt.Errorf("the second writer does not see what the first wrote: %w", err)
			}
			return tx.Insert(ctx, second)
		})
	}()
	e.staysOpen("a second writer of the workspace", waiting)
	finish.give()
	e.must("first Update", e.wait("first Update", done))
	e.must("second Update", e.wait("second Update", waiting))
	s.model[first.Ref()], s.model[second.Ref()] = stored(first), stored(second)
	s.check("afterwards")
}

func checkNameRace(e *env) {
	s := e.shop()
	const writers = 6
	names := []string{"Black Week", "BLACK WEEK", "black week", " Black  Week ", "Ｂlack Week", "black week"}
	campaigns := make([]crm.Campaign, writers)
	for n := range campaigns {
		campaigns[n] = crm.Campaign{ID: crm.CampaignID(s.newID()), Version: 1, Name: names[n]}
	}
	errs := inParallel(writers, func(n int) error { return s.tryInsert(campaigns[n]) })
	for n, err := range errs {
		if err == nil {
			s.model[campaigns[n].Ref()] = campaigns[n]
		} else {
			e.wantErr("Insert of an equal name", err, crm.ErrAlreadyExists)
		}
	}
	e.same("campaigns after the race", len(s.records(crm.KindCampaign)), 3)
	s.check("after the race")
}
