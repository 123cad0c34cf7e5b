package storagetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

func checkDoomed(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		there, stale, missing := k.sample(s, 1), k.sample(s, 2), k.sample(s, 3)
		s.insert(there, stale)
		before := s.contents()
		for _, c := range []struct {
			what  string
			want  error
			write func(context.Context, crm.Tx) error
		}{
			{"Insert of an id that is taken", crm.ErrAlreadyExists, func(ctx context.Context, tx crm.Tx) error { return tx.Insert(ctx, there) }},
			{"Update of a stale version", crm.ErrConflict, func(ctx context.Context, tx crm.Tx) error { return tx.Update(ctx, backend.AtRevision(stale, 9)) }},
			{"Update of a missing record", crm.ErrNotFound, func(ctx context.Context, tx crm.Tx) error { return tx.Update(ctx, missing) }},
			{"Delete of a stale version", crm.ErrConflict, func(ctx context.Context, tx crm.Tx) error { return tx.Delete(ctx, backend.AtRevision(stale, 9)) }},
			{"Delete of a missing record", crm.ErrNotFound, func(ctx context.Context, tx crm.Tx) error { return tx.Delete(ctx, missing) }},
			{"Delete of a record in use", crm.ErrReferenced, func(ctx context.Context, tx crm.Tx) error {
				holder := crm.Cooperation{ID: crm.CooperationID(number(1, 900)), Version: 1, Campaign: s.campaigns[0], Influencer: s.influencers[0]}
				c := s.model[crm.RefTo(s.campaigns[0])]
				return errors.Join(tx.Insert(ctx, holder), tx.Delete(ctx, c))
			}},
			{"Insert that names nothing", crm.ErrInvalid, func(ctx context.Context, tx crm.Tx) error {
				return tx.Insert(ctx, crm.Influencer{ID: crm.InfluencerID(number(1, 901)), Version: 1, Name: "x", Responsible: crm.MemberID(number(1, 902))})
			}},
		} {
			what := fmt.Sprintf("%s: %s", k.name, c.what)
			var failed error
			err := s.try(func(ctx context.Context, tx crm.Tx) error {
				if err := tx.Update(ctx, k.edited(s, there)); err != nil {
					return err
				}
				failed = c.write(ctx, tx)
				_ = tx.Insert(ctx, crm.Member{ID: crm.MemberID(number(1, 903)), Version: 1, Name: "after the failure"})
				_ = tx.Append(ctx, sampleChanges(s, 1))
				return nil
			})
			e.wantErr(what, failed, c.want)
			e.wantErr(what+": fn returned nil, Update", err, c.want)
			err = s.try(func(ctx context.Context, tx crm.Tx) error { _ = c.write(ctx, tx); return errOwn })
			e.wantErr(what+": fn returned its own error, Update", err, errOwn)
			e.same(what+": contents afterwards", s.contents(), before)
		}
	}
}

func checkReadFailure(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		r := k.sample(s, 1)
		s.update(func(ctx context.Context, tx crm.Tx) error {
			if _, err := k.get(ctx, tx, r.Ref().ID); !errors.Is(err, crm.ErrNotFound) {
				return fmt.Errorf("Get of a missing %s: %w", k.name, err)
			}
			if _, err := k.list(ctx, tx, k.all, crm.ListOptions{Size: -1}); !errors.Is(err, crm.ErrInvalid) {
				return fmt.Errorf("List with a bad size: %w", err)
			}
			if _, err := tx.Changes(ctx, crm.ChangeFilter{}, 0); !errors.Is(err, crm.ErrInvalid) {
				return fmt.Errorf("Changes with limit 0: %w", err)
			}
			return tx.Insert(ctx, r)
		})
		s.model[r.Ref()] = stored(r)
		s.check("after the Update")
	}
}
