package storagetest

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

var directChecks = []check{
	inTwoShops("Reader: each call sees the last state that was committed when it began", func(a, b *shop) {
		r := b.store.Reader(b.id)
		for n, k := range kinds {
			b.withRecords(k, 3)
			b.log(sampleChanges(b, n+1)...)
			all, err := readAll(b.ctx, r)
			b.must("reads outside of units of work", err)
			b.same("outside of units of work", all, b.contents())
		}
		m := b.member("not committed")
		b.wantErr("Update", b.try(failing(inserting(m))), errOwn)
		b.fails("Get of what was taken back", crm.ErrNotFound)(r.Members().Get(b.ctx, m.ID))
		a.check("the other workspace")
	}),
	inShop("Reader: does not wait for a writer and sees nothing of it", func(s *shop) {
		m, r := s.member("Mira"), s.store.Reader(s.id)
		s.update(func(ctx context.Context, tx crm.Tx) error {
			if err := tx.Insert(ctx, m); err != nil {
				return err
			}
			s.must("read beside a writer", s.inTime("read beside a writer", func() error {
				if _, err := r.Members().Get(s.ctx, m.ID); !errors.Is(err, crm.ErrNotFound) {
					s.Errorf("Get of what a writer has not committed: error %v", err)
				}
				_, err := r.Head(s.ctx)
				return err
			}))
			return nil
		})
		s.returns("Get after the commit", stored(m))(r.Members().Get(s.ctx, m.ID))
	}),
	{"Reader: a call that finds nothing in a workspace that does not exist is an ErrNotFound of the workspace", func(e *env) {
		ws := crm.WorkspaceID(number(0, 77))
		e.missing(e.store.Reader(ws), ws)
		gone := e.shop()
		r := e.store.Reader(gone.id)
		e.returns("Workspace", plainWorkspace(gone.id))(r.Workspace(e.ctx))
		e.must("DeleteWorkspace", e.store.DeleteWorkspace(e.ctx, gone.id))
		e.missing(r, gone.id)
	}},
	inShop("Reader: a record that is not there is an ErrNotFound of the record", func(s *shop) {
		id := crm.MemberID(s.newID())
		_, err := s.store.Reader(s.id).Members().Get(s.ctx, id)
		s.ofRecord("Get", err, crm.RefTo(id))
	}),
	inShop("Reader: with a callback's context it returns ErrNestedTx", func(s *shop) {
		r := s.store.Reader(s.id)
		nested := func(ctx context.Context) {
			s.fails("Workspace", crm.ErrNestedTx)(r.Workspace(ctx))
			s.fails("Get", crm.ErrNestedTx)(r.Members().Get(ctx, s.members[0]))
			s.fails("Head", crm.ErrNestedTx)(r.Head(ctx))
		}
		s.view(func(ctx context.Context, _ crm.Reader) error { nested(ctx); return nil })
		s.update(func(ctx context.Context, _ crm.Tx) error { nested(ctx); return nil })
	}),
	inShop("Reader: ends with its context, and after Close it returns ErrClosed", func(s *shop) {
		r := s.store.Reader(s.id)
		ctx, cancel := context.WithCancel(s.ctx)
		cancel()
		s.fails("Workspace", context.Canceled)(r.Workspace(ctx))
		s.fails("List", context.Canceled)(r.Members().List(ctx, crm.MemberFilter{}, crm.ListOptions{}))
		s.must("Close", s.store.Close())
		s.fails("Workspace after Close", crm.ErrClosed)(r.Workspace(s.ctx))
		s.fails("Get after Close", crm.ErrClosed)(r.Members().Get(s.ctx, s.members[0]))
	}),
	inShop("Reader: every call says alike that the workspace is missing, the call nested, the context or the store at its end", func(s *shop) {
		ws := crm.WorkspaceID(number(0, 77))
		for what, read := range reads(s.store.Reader(ws)) {
			s.ofRecord(what, read(s.ctx), crm.RefTo(ws))
		}
		for what, need := range map[string]crm.Need{
			"names":   {Names: []crm.NameProbe{{Campaign: s.campaigns[0], Prefix: "x"}, {Campaign: s.campaigns[0], Influencer: s.influencers[0]}}},
			"handles": {Handles: []crm.Handle{{Platform: "tiktok", Handle: "x"}}},
			"sharers": {Identities: []crm.IdentityKey{{Kind: crm.IdentityEmail, Text: "x"}}},
		} {
			_, err := s.store.Reader(ws).Load(s.ctx, need)
			s.ofRecord("Load of "+what, err, crm.RefTo(ws))
		}
		r := s.store.Reader(s.id)
		s.view(func(ctx context.Context, _ crm.Reader) error {
			for what, read := range reads(r) {
				s.wantErr(what+" in a View", read(ctx), crm.ErrNestedTx)
			}
			return nil
		})
		s.update(func(ctx context.Context, _ crm.Tx) error {
			for what, read := range reads(r) {
				s.wantErr(what+" in an Update", read(ctx), crm.ErrNestedTx)
			}
			return nil
		})
		ctx, cancel := context.WithCancel(s.ctx)
		cancel()
		for what, read := range reads(r) {
			s.wantErr(what+" with an ended context", read(ctx), context.Canceled)
		}
		s.must("Close", s.store.Close())
		for what, read := range reads(r) {
			s.wantErr(what+" after Close", read(s.ctx), crm.ErrClosed)
		}
	}),
	inShop("Reader: bad arguments are an ErrInvalid, in a workspace that does not exist too, after what ends every call", func(s *shop) {
		in := func(where string, r crm.Reader, ctx context.Context) {
			ended, cancel := context.WithCancel(ctx)
			cancel()
			for what, read := range badReads(r) {
				s.onlyErr(what+where, read(ctx), crm.ErrInvalid, crm.ErrNotFound)
				s.onlyErr(what+where+", with an ended context", read(ended), context.Canceled, crm.ErrInvalid)
			}
		}
		r, missing := s.store.Reader(s.id), s.store.Reader(crm.WorkspaceID(number(0, 77)))
		in("", r, s.ctx)
		in(" in a workspace that does not exist", missing, s.ctx)
		s.view(func(ctx context.Context, inside crm.Reader) error {
			in(" in a View", inside, ctx)
			for what, read := range badReads(r) {
				s.onlyErr(what+", nested", read(ctx), crm.ErrNestedTx, crm.ErrInvalid)
			}
			return nil
		})
		s.update(func(ctx context.Context, tx crm.Tx) error { in(" in an Update", tx, ctx); return nil })
		s.must("Close", s.store.Close())
		for what, read := range badReads(missing) {
			s.onlyErr(what+" after Close", read(s.ctx), crm.ErrClosed, crm.ErrInvalid)
		}
	}),
}

// badReads are calls of a Reader with bad arguments, by what is wrong.
func badReads(r crm.Reader) map[string]func(context.Context) error {
	all := map[string]func(context.Context) error{}
	for what, limit := range map[string]int{"zero": 0, "negative": -1, "too large": crm.MaxPageSize + 1} {
		all["Changes, the limit "+what] = func(ctx context.Context) error { _, err := r.Changes(ctx, crm.ChangeFilter{}, limit); return err }
	}
	for what, need := range map[string]crm.Need{
		"too many":        {Handles: make([]crm.Handle, crm.MaxNeed+1)},
		"an unknown kind": {Refs: []crm.Ref{{Kind: "x", ID: uuid.UUID{1}}}},
		"a zero id":       {Refs: []crm.Ref{crm.RefTo(crm.MemberID{})}},
		"an archive":      {Identities: []crm.IdentityKey{{Kind: crm.IdentityEmail, Text: "x"}}, Archive: "x"},
	} {
		all["Load, "+what] = func(ctx context.Context) error { _, err := r.Load(ctx, need); return err }
	}
	for _, k := range kinds {
		for what, o := range map[string]crm.ListOptions{
			"the size": {Size: crm.MaxPageSize + 1}, "the sort": {Sort: "x"}, "the token": {Token: "x"},
		} {
			all["List of "+string(k.name)+"s, "+what] = func(ctx context.Context) error { _, err := k.list(ctx, r, k.all, o); return err }
		}
	}
	campaigns, influencers, cooperations := crm.CampaignFilter{Archive: "x"}, crm.InfluencerFilter{Archive: "x"},
		crm.CooperationFilter{Statuses: []crm.Status{"x"}}
	all["List of campaigns, the filter"] = func(ctx context.Context) error {
		_, err := r.Campaigns().List(ctx, campaigns, crm.ListOptions{})
		return err
	}
	all["Count of campaigns, the filter"] = func(ctx context.Context) error { _, err := r.Campaigns().Count(ctx, campaigns); return err }
	all["List of influencers, the filter"] = func(ctx context.Context) error {
		_, err := r.Influencers().List(ctx, influencers, crm.ListOptions{})
		return err
	}
	all["Count of influencers, the filter"] = func(ctx context.Context) error { _, err := r.Influencers().Count(ctx, influencers); return err }
	all["List of cooperations, the filter"] = func(ctx context.Context) error {
		_, err := r.Cooperations().List(ctx, cooperations, crm.ListOptions{})
		return err
	}
	all["Count of cooperations, the filter"] = func(ctx context.Context) error { _, err := r.Cooperations().Count(ctx, cooperations); return err }
	all["Facets, the filter"] = func(ctx context.Context) error { _, err := r.Facets(ctx, cooperations); return err }
	all["Sums, the filter"] = func(ctx context.Context) error { _, err := r.Sums(ctx, cooperations); return err }
	return all
}

// missing reports calls that do not say that the workspace is missing.
func (e *env) missing(r crm.Reader, ws crm.WorkspaceID) {
	e.Helper()
	for what, call := range map[string]func() error{
		"Workspace": func() error { _, err := r.Workspace(e.ctx); return err },
		"Head":      func() error { _, err := r.Head(e.ctx); return err },
		"Get":       func() error { _, err := r.Campaigns().Get(e.ctx, crm.CampaignID{1}); return err },
		"GetAll":    func() error { _, err := r.Campaigns().GetAll(e.ctx, []crm.CampaignID{{1}}); return err },
		"List": func() error {
			_, err := r.Cooperations().List(e.ctx, crm.CooperationFilter{}, crm.ListOptions{})
			return err
		},
		"Count":     func() error { _, err := r.Influencers().Count(e.ctx, crm.InfluencerFilter{}); return err },
		"Claims":    func() error { _, err := r.Claims(e.ctx, crm.ClaimFilter{}); return err },
		"Facets":    func() error { _, err := r.Facets(e.ctx, crm.CooperationFilter{}); return err },
		"Sums":      func() error { _, err := r.Sums(e.ctx, crm.CooperationFilter{}); return err },
		"Changes":   func() error { _, err := r.Changes(e.ctx, crm.ChangeFilter{}, 1); return err },
		"Picture":   func() error { _, err := r.Picture(e.ctx, crm.PictureID{1}); return err },
		"PlanRows":  func() error { return r.PlanRows(e.ctx, func(crm.PlanRow) error { return nil }) },
		"PlanSums":  func() error { _, _, err := r.PlanSums(e.ctx, crm.PlanSumFilter{}); return err },
		"PlanSpans": func() error { _, err := r.PlanSpans(e.ctx, []crm.CampaignID{{1}}); return err },
		"Load": func() error {
			_, err := r.Load(e.ctx, crm.Need{Refs: []crm.Ref{crm.RefTo(crm.MemberID{1})}})
			return err
		},
	} {
		e.ofRecord(what, call(), crm.RefTo(ws))
	}
}

// ofRecord reports an error that is no ErrNotFound of a record.
func (e *env) ofRecord(what string, err error, ref crm.Ref) {
	e.Helper()
	e.wantErr(what, err, crm.ErrNotFound)
	if detail := (*crm.Error)(nil); !errors.As(err, &detail) || detail.Record != ref {
		e.Errorf("%s: error %v, want one of the %s", what, err, ref)
	}
}

// reads are all calls of a Reader that can fail.
func reads(r crm.Reader) map[string]func(context.Context) error {
	all := map[string]func(context.Context) error{
		"Workspace": func(ctx context.Context) error { _, err := r.Workspace(ctx); return err },
		"Head":      func(ctx context.Context) error { _, err := r.Head(ctx); return err },
		"Claims":    func(ctx context.Context) error { _, err := r.Claims(ctx, crm.ClaimFilter{}); return err },
		"Facets":    func(ctx context.Context) error { _, err := r.Facets(ctx, crm.CooperationFilter{}); return err },
		"Sums":      func(ctx context.Context) error { _, err := r.Sums(ctx, crm.CooperationFilter{}); return err },
		"Changes":   func(ctx context.Context) error { _, err := r.Changes(ctx, crm.ChangeFilter{}, 1); return err },
		"Picture":   func(ctx context.Context) error { _, err := r.Picture(ctx, crm.PictureID{1}); return err },
		"PictureIDs": func(ctx context.Context) error {
			_, err := r.PictureIDs(ctx, crm.PictureID{}, 1)
			return err
		},
		"PlanRows": func(ctx context.Context) error { return r.PlanRows(ctx, func(crm.PlanRow) error { return nil }) },
		"PlanSums": func(ctx context.Context) error { _, _, err := r.PlanSums(ctx, crm.PlanSumFilter{}); return err },
		"PlanSpans": func(ctx context.Context) error {
			_, err := r.PlanSpans(ctx, []crm.CampaignID{{1}})
			return err
		},
		"Load": func(ctx context.Context) error {
			_, err := r.Load(ctx, crm.Need{Refs: []crm.Ref{crm.RefTo(crm.MemberID{1})}})
			return err
		},
	}
	for _, k := range kinds {
		all["Get of a "+string(k.name)] = func(ctx context.Context) error { _, err := k.get(ctx, r, uuid.UUID{1}); return err }
		all["GetAll of "+string(k.name)+"s"] = func(ctx context.Context) error {
			_, err := k.getAll(ctx, r, []uuid.UUID{{1}, {2}})
			return err
		}
		all["List of "+string(k.name)+"s"] = func(ctx context.Context) error {
			_, err := k.list(ctx, r, k.all, crm.ListOptions{})
			return err
		}
		all["Count of "+string(k.name)+"s"] = func(ctx context.Context) error { _, err := k.count(ctx, r, k.all); return err }
	}
	return all
}
