package storagetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/budget"
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
		taken, m, lost := s.campaign("Summer"), s.member("there"), s.influencer()
		lost.Responsible = crm.MemberID{9}
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
			"a reference to nothing": {inserting(lost), crm.ErrInvalid, "responsible"},
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
	inShop("Tx: of two errors of what is kept back the first comes", func(s *shop) {
		taken, m, there, c := s.campaign("Summer"), s.member("there"), s.influencer("instagram", "mira"), s.cooperation()
		s.insert(taken, m, there, c)
		lost, same, nowhere := s.influencer(), s.influencer("instagram", "MIRA"), crm.Clone(c)
		lost.Responsible, nowhere.Campaign = crm.MemberID{9}, crm.CampaignID{9}
		type failing struct {
			what  string
			write func(context.Context, crm.Tx) error
			want  error
			field string
		}
		all := []failing{
			{"a name that is taken", inserting(s.campaign("SUMMER")), crm.ErrAlreadyExists, "name"},
			{"an id that is taken", inserting(m), crm.ErrAlreadyExists, "id"},
			{"a profile that is taken", inserting(same), crm.ErrAlreadyExists, "profiles.handle"},
			{"a version that is not", updating(backend.AtRevision(m, 7)), crm.ErrConflict, "version"},
			{"a record that is not", updating(s.member("nobody")), crm.ErrNotFound, "id"},
			{"a reference to nothing", inserting(lost), crm.ErrInvalid, "responsible"},
			{"an update that refers to nothing", updating(nowhere), crm.ErrInvalid, "campaign"},
		}
		for _, first := range all {
			for _, second := range all {
				err := s.try(func(ctx context.Context, tx crm.Tx) error {
					good := s.member("good")
					err := tx.Insert(ctx, good)
					if err == nil {
						err = first.write(ctx, tx)
					}
					if err == nil {
						err = second.write(ctx, tx)
					}
					return err
				})
				s.wantField(first.what+", then "+second.what, err, first.want, first.field)
			}
		}
		s.check("afterwards")
	}),
	inShop("Tx: deletions that are kept back take their turn", func(s *shop) {
		m, there, other, c := s.member("there"), s.campaign("Summer"), s.campaign("Autumn"), s.cooperation()
		c.Campaign = there.ID
		s.insert(m, there, other, c)
		moved := crm.Clone(c)
		moved.Campaign = other.ID
		late := s.member("late")
		type step = func(context.Context, crm.Tx) error
		deleting := func(r crm.Record) step {
			return func(ctx context.Context, tx crm.Tx) error { return tx.Delete(ctx, r) }
		}
		for what, test := range map[string]struct {
			steps []step
			want  error
		}{
			"one that others refer to":         {[]step{deleting(there)}, crm.ErrReferenced},
			"one whose last reference goes on": {[]step{deleting(there), updating(moved)}, crm.ErrReferenced},
			"one at another version":           {[]step{deleting(backend.AtRevision(m, 2))}, crm.ErrConflict},
			"one at the version to come":       {[]step{deleting(backend.AtRevision(m, 2)), updating(m)}, crm.ErrConflict},
			"one that is not there":            {[]step{deleting(s.member("nobody"))}, crm.ErrNotFound},
			"one that comes after it":          {[]step{deleting(late), inserting(late)}, crm.ErrNotFound},
			"one twice":                        {[]step{deleting(m), deleting(m)}, crm.ErrNotFound},
			"an update after it":               {[]step{deleting(m), updating(m)}, crm.ErrNotFound},
			"a taken name after it":            {[]step{deleting(m), inserting(s.campaign("SUMMER"))}, crm.ErrAlreadyExists},
			"before another error":             {[]step{deleting(there), inserting(m)}, crm.ErrReferenced},
			"after another error":              {[]step{inserting(m), deleting(there)}, crm.ErrAlreadyExists},
		} {
			s.wantErr(what, s.try(func(ctx context.Context, tx crm.Tx) error {
				for _, step := range test.steps {
					if err := step(ctx, tx); err != nil {
						return err
					}
				}
				return nil
			}), test.want)
		}
		s.check("after errors")
		again, fresh := s.campaign("Summer"), s.member("there")
		fresh.ID = m.ID
		s.update(func(ctx context.Context, tx crm.Tx) error {
			err := errors.Join(tx.Update(ctx, c, moved), tx.Delete(ctx, there), tx.Insert(ctx, again), tx.Delete(ctx, m))
			if _, got := tx.Members().Get(ctx, m.ID); !errors.Is(got, crm.ErrNotFound) {
				s.Errorf("Get of what is deleted: error %v", got)
			}
			return errors.Join(err, tx.Insert(ctx, fresh))
		})
		delete(s.model, there.Ref())
		delete(s.model, m.Ref())
		s.expect(backend.AtRevision(moved, 2), again, fresh)
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
				i.Tags = []string{fmt.Sprint("tag ", n)}
				i.Profiles = []crm.Profile{{ID: crm.ProfileID(s.newID()), Platform: "tiktok", Handle: fmt.Sprint("mira", n)}}
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
	inShop("Tx: kept back full records of every kind are those of the time of the call, updated too", func(s *shop) {
		for _, k := range kinds {
			fresh, old := k.full(s), k.sample(s, 1)
			s.insert(old)
			before := crm.Clone(old)
			edited := k.edited(s, old)
			s.expect(fresh)
			wantEdited := stored(edited)
			s.update(func(ctx context.Context, tx crm.Tx) error {
				err := errors.Join(tx.Insert(ctx, fresh), tx.Update(ctx, before, edited))
				scribble(fresh)
				scribble(edited)
				scribble(before)
				return err
			})
			s.expect(backend.AtRevision(wantEdited, wantEdited.Revision()+1))
			s.check("after " + string(k.name))
		}
	}),
	inShop("Tx: an error of a profile is that of the time of the call", func(s *shop) {
		there := s.influencer("instagram", "mira")
		s.insert(there)
		for field, edit := range map[string]func(*crm.Influencer){
			"profiles.id":     func(i *crm.Influencer) { i.Profiles[0].ID = there.Profiles[0].ID },
			"profiles.handle": func(i *crm.Influencer) { i.Profiles[0].Handle = "MIRA" },
		} {
			err := s.try(func(ctx context.Context, tx crm.Tx) error {
				i := s.influencer("instagram", "other")
				edit(&i)
				err := tx.Insert(ctx, i)
				i.Profiles[0] = crm.Profile{ID: crm.ProfileID(s.newID()), Platform: "tiktok", Handle: "x"}
				return err
			})
			s.wantField("Insert of a taken "+field, err, crm.ErrAlreadyExists, field)
			err = s.try(func(ctx context.Context, tx crm.Tx) error {
				i := s.influencer("tiktok", "other")
				i.ID, i.Version = s.influencers[1], 1
				i.Profiles[0].Platform = "instagram"
				edit(&i)
				err := tx.Update(ctx, nil, i)
				i.Profiles[0] = crm.Profile{ID: crm.ProfileID(s.newID()), Platform: "tiktok", Handle: "x"}
				return err
			})
			s.wantField("Update to a taken "+field, err, crm.ErrAlreadyExists, field)
		}
		s.check("afterwards")
	}),
	forEachKind("Tx: an update of a record that is inserted after it is an ErrNotFound", func(s *shop, k kind) {
		r := k.sample(s, 1)
		s.wantErr(string(k.name), s.try(func(ctx context.Context, tx crm.Tx) error {
			if err := tx.Update(ctx, nil, r); err != nil {
				return err
			}
			return tx.Insert(ctx, r)
		}), crm.ErrNotFound)
		s.check("afterwards")
	}),
	inShop("Tx: an update that names a record which is inserted after it is an ErrInvalid", func(s *shop) {
		c := s.cooperation()
		s.insert(c)
		for field, edit := range map[string]func(*crm.Cooperation) crm.Record{
			"responsible": func(c *crm.Cooperation) crm.Record { m := s.member("x"); c.Responsible = m.ID; return m },
			"campaign":    func(c *crm.Cooperation) crm.Record { m := s.campaign("x"); c.Campaign = m.ID; return m },
			"influencer":  func(c *crm.Cooperation) crm.Record { m := s.influencer(); c.Influencer = m.ID; return m },
		} {
			changed := crm.Clone(c)
			later := edit(&changed)
			s.wantField(field, s.try(func(ctx context.Context, tx crm.Tx) error {
				if err := tx.Update(ctx, c, changed); err != nil {
					return err
				}
				return tx.Insert(ctx, later)
			}), crm.ErrInvalid, field)
		}
		s.check("afterwards")
	}),
	inShop("Tx: claims, plan, names, counts and log show what is kept back", func(s *shop) {
		i, c := s.influencer("instagram", "mira"), s.cooperation()
		c.Influencer, c.Period.Start = i.ID, day0
		c.Rules = []discount.Rule{{Match: discount.Equals, Pattern: "A"}}
		changes := sampleChanges(s, 3)
		s.update(func(ctx context.Context, tx crm.Tx) error {
			step := func(what string, write func() error) error {
				if err := write(); err != nil {
					return err
				}
				s.returns(what+": claims", s.claims())(tx.Claims(ctx, crm.ClaimFilter{}))
				return nil
			}
			plan := func(what string, write func() error) error {
				if err := write(); err != nil {
					return err
				}
				s.returns(what+": plan", s.planRows())(readPlan(ctx, tx))
				return nil
			}
			s.expect(i, c)
			if err := step("insert", func() error { return tx.Insert(ctx, i, c) }); err != nil {
				return err
			}
			before, was := crm.Clone(c), crm.Clone(i)
			c.Rules, c.Period.End = []discount.Rule{{Match: discount.EndsWith, Pattern: "B"}}, day0.AddDays(3)
			c.Cost = budget.FromMinor(5, "EUR")
			s.expect(backend.AtRevision(c, 2))
			if err := step("update", func() error { return tx.Update(ctx, before, c) }); err != nil {
				return err
			}
			i.Tags, i.Category = []string{"new"}, "Food"
			s.expect(backend.AtRevision(i, 2))
			if err := plan("update of the influencer", func() error { return tx.Update(ctx, was, i) }); err != nil {
				return err
			}
			page, err := tx.Cooperations().List(ctx, crm.CooperationFilter{Tags: []string{"NEW"}}, crm.ListOptions{WithNames: true})
			s.same("page by tag", page.Items, []crm.Cooperation{s.model[c.Ref()].(crm.Cooperation)})
			if page.Names != nil {
				s.same("name of the influencer", page.Names.Influencers[i.ID], i.Name)
			}
			if err := errors.Join(err, tx.Append(ctx, changes)); err != nil {
				return err
			}
			s.returns("log", storedChanges(changes))(tx.Changes(ctx, crm.ChangeFilter{}, 10))
			head, err := tx.Head(ctx)
			last := storedChanges(changes)[2]
			s.same("head", head, crm.Head{Workspace: s.id, Seq: 3, At: last.At, Unit: last.Unit})
			w, werr := tx.Workspace(ctx)
			changed := crm.Clone(w)
			changed.Name = "another"
			uerr := tx.Update(ctx, w, changed)
			again, aerr := tx.Workspace(ctx)
			s.same("workspace", again.Name, "another")
			return errors.Join(err, werr, uerr, aerr)
		})
		s.check("afterwards")
		last := storedChanges(changes)[2]
		s.same("head afterwards", s.contents().Head, crm.Head{Workspace: s.id, Seq: 3, At: last.At, Unit: last.Unit})
		s.returns("head outside", s.contents().Head)(s.store.Reader(s.id).Head(s.ctx))
	}),
	inShop("Update: two of one record in a unit keep claims right", func(s *shop) {
		c := s.cooperation()
		c.Period.Start = day0
		c.Rules = []discount.Rule{{Match: discount.Equals, Pattern: "A"}}
		s.insert(c)
		s.update(func(ctx context.Context, tx crm.Tx) error {
			one, two, three := crm.Clone(c), crm.Clone(c), crm.Clone(c)
			one.Rules[0].Pattern, two.Rules[0].Pattern, three.Rules[0].Pattern = "B", "B", "A"
			two.Version, three.Version = 2, 3
			three.Notes = "n"
			return errors.Join(tx.Update(ctx, c, one), tx.Update(ctx, backend.AtRevision(one, 2), two),
				tx.Update(ctx, backend.AtRevision(two, 3), three))
		})
		c.Notes = "n"
		s.expect(backend.AtRevision(c, 4))
		s.check("afterwards")
	}),
}
