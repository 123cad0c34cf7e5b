package storagetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

var concurrencyChecks = []check{
	forEachKind("Update: two writers on one record: one wins, the other gets ErrConflict, nothing is lost", func(s *shop, k kind) {
		r := k.full(s)
		s.insert(r)
		edits := []crm.Record{k.edited(s, r), k.edited(s, k.edited(s, r))}
		won := 0
		for n, err := range inParallel(len(edits), func(n int) error { return s.tryChange(edits[n]) }) {
			switch {
			case err == nil:
				won++
				s.expect(backend.AtRevision(edits[n], 2))
			case !errors.Is(err, crm.ErrConflict):
				s.Errorf("%s: writer %d got error %v, want nil or ErrConflict", k.name, n, err)
			}
		}
		if won != 1 {
			s.Fatalf("%s: %d of two writers won", k.name, won)
		}
		s.check("after both writers")
	}),
	inShop("Update: writers of one workspace come one after the other", func(s *shop) {
		const writers, each = 8, 50
		counter := s.campaign("0")
		s.insert(counter)
		errs := inParallel(writers, func(w int) error {
			for n := range each {
				err := s.try(func(ctx context.Context, tx crm.Tx) error {
					c, err := tx.Campaigns().Get(ctx, counter.ID)
					if err != nil {
						return err
					}
					c.Name, c.Notes = fmt.Sprint(c.Version), fmt.Sprintf("%d of writer %d", n, w)
					change := sampleChange(s, w*each+n)
					change.Reason, change.At = c.Notes, logStart
					return errors.Join(tx.Update(ctx, nil, c), tx.Append(ctx, []crm.Change{change}))
				})
				if err != nil {
					return fmt.Errorf("writer %d, write %d: %w", w, n, err)
				}
			}
			return nil
		})
		if err := errors.Join(errs...); err != nil {
			s.Error(err)
		}
		all := s.contents()
		s.same("version after all writes", all.Records[crm.KindCampaign][2].Revision(), int64(writers*each+1))
		s.same("head", all.Head.Seq, crm.Seq(writers*each))
		written := map[string]bool{}
		for n, c := range all.Changes {
			if c.Seq != crm.Seq(n+1) {
				s.Fatalf("change %d has seq %d", n, c.Seq)
			}
			written[c.Reason] = true
		}
		s.same("different changes in the log", len(written), writers*each)
	}),
	inShop("Update: everything it wrote is there at once", func(s *shop) {
		a, b := s.member("0"), s.importRun("0")
		s.insert(a, b)
		stop := newSignal()
		write := func() error {
			defer stop.give()
			for round := range int64(100) {
				a.Version, b.Version = round+1, round+1
				a.Name, b.Source = fmt.Sprint(round+1), fmt.Sprint(round+1)
				err := s.try(func(ctx context.Context, tx crm.Tx) error {
					return errors.Join(tx.Update(ctx, nil, a), tx.Append(ctx, sampleChanges(s, 1)), tx.Update(ctx, nil, b))
				})
				if err != nil {
					return err
				}
			}
			return nil
		}
		read := func(member crm.MemberID, run crm.ImportRunID) error {
			return s.store.View(s.ctx, s.id, func(ctx context.Context, r crm.Reader) error {
				a, err := r.Members().Get(ctx, member)
				b, err2 := r.ImportRuns().Get(ctx, run)
				head, err3 := r.Head(ctx)
				if err := errors.Join(err, err2, err3); err != nil {
					return err
				}
				if a.Name != b.Source || a.Name != fmt.Sprint(head.Seq) {
					return fmt.Errorf("a View saw half of an Update: %s, %s and seq %d", a.Name, b.Source, head.Seq)
				}
				return nil
			})
		}
		member, run := a.ID, b.ID
		errs := inParallel(3, func(n int) error {
			if n == 0 {
				return write()
			}
			for {
				if err := read(member, run); err != nil {
					return err
				}
				select {
				case <-stop.done:
					return nil
				default:
				}
			}
		})
		s.must("writer and readers", errors.Join(errs...))
	}),
	inShop("Update: a long one holds up its workspace's other writers", func(s *shop) {
		first, second := s.member("first"), s.member("second")
		begun, finish := newSignal(), newSignal()
		writing := start(func() error {
			return s.try(func(ctx context.Context, tx crm.Tx) error {
				begun.give()
				return errors.Join(tx.Insert(ctx, first), finish.await())
			})
		})
		s.must("first Update", begun.await())
		waiting := start(func() error {
			return s.try(func(ctx context.Context, tx crm.Tx) error {
				if _, err := tx.Members().Get(ctx, first.ID); err != nil {
					return fmt.Errorf("the second writer does not see what the first wrote: %w", err)
				}
				return tx.Insert(ctx, second)
			})
		})
		s.staysOpen("a second writer of the workspace", waiting)
		finish.give()
		s.must("first Update", s.wait("first Update", writing))
		s.must("second Update", s.wait("second Update", waiting))
		s.expect(first, second)
		s.check("afterwards")
	}),
	inShop("Update: one of two equal names wins", func(s *shop) {
		var campaigns []crm.Campaign
		for _, name := range []string{"Black Week", "BLACK WEEK", "black week", " Black  Week ", "Ｂlack Week", "black week"} {
			campaigns = append(campaigns, s.campaign(name))
		}
		for n, err := range inParallel(len(campaigns), func(n int) error { return s.tryInsert(campaigns[n]) }) {
			if err == nil {
				s.expect(campaigns[n])
			} else {
				s.wantErr("Insert of an equal name", err, crm.ErrAlreadyExists)
			}
		}
		s.same("campaigns after the race", len(s.records(crm.KindCampaign)), 3)
		s.check("after the race")
	}),
}
