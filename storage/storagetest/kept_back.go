package storagetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/discount"
)

var keptBackChecks = []check{
	forEachKind("Tx: what is kept back is seen by every read and written at the end", func(s *shop, k kind) {
		var all []crm.Record
		for n := range 50 { // more than a few
			all = append(all, k.sample(s, n))
		}
		s.update(func(ctx context.Context, tx crm.Tx) error {
			for n, r := range all {
				if err := tx.Insert(ctx, r); err != nil {
					return err
				}
				if n%10 != 9 {
					continue
				}
				got, err := k.get(ctx, tx, r.Ref().ID)
				s.same(fmt.Sprintf("Get of number %d", n), got, stored(r))
				count, countErr := k.count(ctx, tx, k.all)
				if count < n+1 {
					s.Errorf("Count: %d %ss after %d were inserted", count, k.name, n+1)
				}
				if err := errors.Join(err, countErr); err != nil {
					return err
				}
			}
			return tx.Append(ctx, sampleChanges(s, 1))
		})
		s.expect(all...)
		s.check("afterwards")
		s.same("head", s.contents().Head.Seq, crm.Seq(1))
	}),
	inShop("Tx: what is kept back has the values of the time of the call", func(s *shop) {
		c := s.cooperation()
		c.Rules = []discount.Rule{{Match: discount.Equals, Pattern: "SUMMER"}}
		c.Custom = map[string]string{"Size": "S"}
		changes := sampleChanges(s, 1)
		s.expect(c)
		want := storedChanges(sampleChanges(s, 1))
		s.update(func(ctx context.Context, tx crm.Tx) error {
			err := errors.Join(tx.Insert(ctx, c), tx.Append(ctx, changes))
			c.Rules[0].Pattern, c.Custom["Size"], changes[0].Reason = "WINTER", "XL", "another"
			return err
		})
		s.check("afterwards")
		s.same("log", s.contents().Changes, want)
	}),
	inShop("Tx: the errors of what is kept back come with a later read or at the end, and are the same", func(s *shop) {
		taken, m := s.campaign("Summer"), s.member("there")
		s.insert(taken, m)
		for what, c := range map[string]struct {
			write func(context.Context, crm.Tx) error
			want  error
			field string
		}{
			"a name that is taken":   {inserting(s.campaign("SUMMER")), crm.ErrAlreadyExists, "name"},
			"an id that is taken":    {inserting(m), crm.ErrAlreadyExists, "id"},
			"a version that is not":  {updating(backend.AtRevision(m, 7)), crm.ErrConflict, "version"},
			"a record that is not":   {updating(s.member("nobody")), crm.ErrNotFound, "id"},
			"a reference to nothing": {inserting(crm.Influencer{ID: crm.InfluencerID(s.newID()), Version: 1, Name: "x", Responsible: crm.MemberID{9}}), crm.ErrInvalid, "responsible"},
		} {
			atTheEnd := s.try(func(ctx context.Context, tx crm.Tx) error {
				_ = c.write(ctx, tx)
				return nil
			})
			s.wantField(what+", at the end", atTheEnd, c.want, c.field)
			var read error
			after := s.try(func(ctx context.Context, tx crm.Tx) error {
				read = c.write(ctx, tx)
				if _, err := readAll(ctx, tx); read == nil {
					read = err
				}
				return nil
			})
			s.wantField(what+", with a read", read, c.want, c.field)
			s.wantField(what+", after the read", after, c.want, c.field)
		}
		s.check("afterwards")
	}),
	inShop("Tx: an update makes a name or a profile free for an insert after it", func(s *shop) {
		old, i := s.campaign("Summer"), s.influencer("instagram", "mira")
		s.insert(old, i)
		next, other := s.campaign("Summer"), s.influencer("instagram", "mira")
		old.Name, i.Profiles = "Spring", nil
		s.update(func(ctx context.Context, tx crm.Tx) error {
			return errors.Join(tx.Update(ctx, nil, old), tx.Insert(ctx, next), tx.Update(ctx, nil, i), tx.Insert(ctx, other))
		})
		s.expect(backend.AtRevision(old, 2), backend.AtRevision(i, 2), next, other)
		s.check("afterwards")
	}),
	inShop("Update: claims, profiles and tags are those of the record, whether it is told the state before or not", func(s *shop) {
		i, c := s.influencer("instagram", "mira"), s.cooperation()
		c.Influencer, c.Period.Start = i.ID, day0
		s.insert(i, c)
		for n, told := range []bool{true, false, true, false} {
			before, was := crm.Clone(i), crm.Clone(c)
			if n < 2 {
				i.Tags, i.Profiles = []string{fmt.Sprint("tag ", n)}, []crm.Profile{{ID: crm.ProfileID(s.newID()), Platform: "tiktok", Handle: fmt.Sprint("mira", n)}}
				c.Rules = []discount.Rule{{Match: discount.Equals, Pattern: fmt.Sprint("CODE", n)}}
			}
			i.Notes, c.Notes = fmt.Sprint("note ", n), fmt.Sprint("note ", n)
			s.update(func(ctx context.Context, tx crm.Tx) error {
				if !told {
					return errors.Join(tx.Update(ctx, nil, i), tx.Update(ctx, nil, c))
				}
				return errors.Join(tx.Update(ctx, before, i), tx.Update(ctx, was, c))
			})
			i.Version, c.Version = i.Version+1, c.Version+1
			s.expect(i, c)
			s.check(fmt.Sprint("edit ", n))
			found := s.load(crm.Need{Handles: []crm.Handle{{Platform: "tiktok", Handle: fmt.Sprint("mira", min(n, 1))}}})
			s.same("owner of the account", found.Owners, []crm.InfluencerID{i.ID})
		}
	}),
}
