package storagetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

var planChecks = []check{
	inTwoShops("PlanRows: is the PlanRowOf each cooperation, archived ones too, and its influencer", func(a, b *shop) {
		a.withRecords(cooperations, 100)
		a.check("random cooperations")
		fee := budget.FromMinor(5_00, "EUR")
		for n, edit := range []func(*crm.Cooperation){
			func(*crm.Cooperation) {},
			func(c *crm.Cooperation) { c.ArchivedOn = day0 },
			func(c *crm.Cooperation) { c.Cancellation = &crm.Cancellation{} },
			func(c *crm.Cooperation) {
				c.Cancellation = &crm.Cancellation{On: day0, Fee: fee, Reason: "left out", Status: crm.Signed}
			},
			func(c *crm.Cooperation) { c.Responsible = crm.MemberID{} },
			func(c *crm.Cooperation) { c.Profile = b.profileOf(0, 1) },
			func(c *crm.Cooperation) { c.Profile = b.profileOf(1, 0) }, // of another influencer
			func(c *crm.Cooperation) { c.Profile = crm.ProfileID(b.newID()) },
			func(c *crm.Cooperation) { c.Campaign, c.Influencer = b.campaigns[1], b.influencers[1] },
		} {
			c := b.cooperation()
			c.Name, c.Status, c.Spread = fmt.Sprint("Deal ", n), crm.Negotiating, budget.OnEnd
			c.Cost, c.Period = budget.FromMinor(int64(n), "USD"), budget.Period{Start: day0, End: day0.AddDays(n)}
			edit(&c)
			b.insert(c)
		}
		b.check("all kinds of cooperations")
	}),
	inShop("PlanRows: name, category, tags and platform are those that the influencer has now", func(s *shop) {
		i, c := s.influencer("instagram", "mira"), s.cooperation()
		i.Category, i.Tags = "Fashion", []string{"VIP"}
		c.Influencer, c.Profile = i.ID, i.Profiles[0].ID
		s.insert(i, c)
		s.check("at first")
		i.Name, i.Category, i.Tags, i.Profiles[0].Platform = "Mira M.", "Food", []string{"a", "A", ""}, "tiktok"
		s.update(func(ctx context.Context, tx crm.Tx) error {
			err := tx.Update(ctx, nil, i)
			s.expect(backend.AtRevision(i, 2))
			s.returns("inside the Update", s.planRows())(readPlan(ctx, tx))
			return err
		})
		s.check("after the Update")
		i.Version, i.Profiles, i.Tags = 2, nil, nil
		s.change(i)
		s.check("without profiles and tags")
	}),
	inShop("PlanRows: a profile without an id is nobody's", func(s *shop) {
		i, c := s.influencer("instagram", "mira"), s.cooperation()
		i.Profiles[0].ID = crm.ProfileID{}
		c.Influencer = i.ID
		s.insert(i, c)
		for _, row := range s.contents().PlanRows {
			s.same("platform", row.Platform, "")
		}
		s.check("afterwards")
	}),
	inShop("PlanRows: an error of fn ends it and is returned", func(s *shop) {
		s.insert(s.cooperation(), s.cooperation(), s.cooperation())
		read := func(ctx context.Context, r crm.Reader) {
			for stop := 1; stop <= 3; stop++ {
				rows := 0
				err := r.PlanRows(ctx, func(crm.PlanRow) error {
					if rows++; rows == stop {
						return fmt.Errorf("row %d: %w", rows, errOwn)
					}
					return nil
				})
				s.wantErr("PlanRows", err, errOwn)
				s.same("rows", rows, stop)
			}
			s.returns("the rows afterwards", s.planRows())(readPlan(ctx, r))
		}
		s.view(func(ctx context.Context, r crm.Reader) error { read(ctx, r); return nil })
		s.update(func(ctx context.Context, tx crm.Tx) error { read(ctx, tx); return nil })
		read(s.ctx, s.store.Reader(s.id))
		notFound := crm.RefTo(s.members[0]).NotFound()
		err := s.store.Reader(s.id).PlanRows(s.ctx, func(crm.PlanRow) error { return notFound })
		s.ofRecord("PlanRows whose fn finds nothing", err, crm.RefTo(s.members[0]))
	}),
	inShop("PlanRows: outside of units of work the rows and their influencers are of one state", func(s *shop) {
		s.insert(s.cooperation())
		r := s.store.Reader(s.id)
		s.returns("at first", s.planRows())(readPlan(s.ctx, r))
		const units = 60
		writing := start(func() error {
			for range units {
				i, c := s.influencer("instagram", ""), s.cooperation()
				i.Category, c.Influencer, c.Profile = "Fashion", i.ID, i.Profiles[0].ID
				s.expect(i, c)
				if err := s.tryInsert(i, c); err != nil {
					return err
				}
			}
			return nil
		})
		for rows := 0; rows < units+1; {
			all, err := readPlan(s.ctx, r)
			if err != nil || len(all) < rows {
				s.Fatalf("%d rows after %d, error %v", len(all), rows, err)
			}
			rows = len(all)
			for _, row := range all {
				if row.Influencer != s.influencers[0] && (row.Category != "Fashion" || row.Platform != "instagram") {
					s.Fatalf("a row without what its influencer has: %+v", row)
				}
			}
			select {
			case err := <-writing:
				s.must("writes beside PlanRows", err)
				writing <- nil
			default:
			}
		}
		s.must("writes beside PlanRows", s.wait("writes beside PlanRows", writing))
		s.check("afterwards")
	}),
	inShop("PlanRows: what comes back shares no memory with the store or an earlier answer", func(s *shop) {
		c := s.cooperation()
		c.Cancellation = &crm.Cancellation{On: day0}
		s.insert(c)
		read := func(ctx context.Context, r crm.Reader) error {
			first, err := readPlan(ctx, r)
			scribble(first)
			second, err2 := readPlan(ctx, r)
			s.same("after the first answer was overwritten", second, s.planRows())
			scribble(second)
			return errors.Join(err, err2)
		}
		s.view(read)
		s.update(func(ctx context.Context, tx crm.Tx) error { return read(ctx, tx) })
		s.check("afterwards")
	}),
}
