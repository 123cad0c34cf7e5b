package storagetest_test

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/storagetest"
	"github.com/google/uuid"
)

// logBugs break the log, the claims and the walls between workspaces.
func logBugs() []bug {
	return []bug{
		{name: "drops a change", category: storagetest.Log, subtest: "Append: changes come back as they were written",
			spoil: onWrites(dropsChange)},
		{name: "leaves a gap in the log", category: storagetest.Log,
			subtest: "Append: seqs follow the head without a gap from 1 on, whatever the changes say",
			spoil:   onReads(func(r crm.Reader) crm.Reader { return gaps{r} })},
		{name: "mixes up records with one id", category: storagetest.Log, subtest: "Changes: only those of one record",
			spoil: onReads(func(r crm.Reader) crm.Reader { return mixesKinds{r} })},
		{name: "mixes up units of work", category: storagetest.Log, subtest: "Changes: only those of one unit of work",
			spoil: onReads(func(r crm.Reader) crm.Reader { return mixesUnits{r} })},
		{name: "includes the change it should start after", category: storagetest.Log,
			subtest: "Changes: only those after a seq, in the order of their seq, at most the limit",
			spoil:   onReads(func(r crm.Reader) crm.Reader { return inclusive{r} })},
		{name: "turns a page of the oldest changes around", category: storagetest.Log,
			subtest: "Changes: only those before a seq; with Newest in the order from the last to the first",
			spoil:   onReads(func(r crm.Reader) crm.Reader { return turnsAround{r} })},
		{name: "takes a negative bound for none", category: storagetest.Log, subtest: "Changes: the bounds of the filter are not negative",
			spoil: onReads(func(r crm.Reader) crm.Reader { return boundless{r} })},
		{name: "log without limit", category: storagetest.Log, subtest: "Changes: the limit is between 1 and MaxPageSize",
			spoil: onReads(func(r crm.Reader) crm.Reader { return unlimited{r} })},
		{name: "redacts any change with a seq", category: storagetest.Log,
			subtest: "Redact: a change that the log does not hold is an ErrInvalid",
			spoil:   onWrites(redactsAny)},
		{name: "redacts nothing", category: storagetest.Log, subtest: "Redact: changes what changes say and nothing else",
			spoil: onWrites(func(tx crm.Tx) crm.Tx {
				return writes{Tx: tx, redact: func(context.Context, []crm.Change) error { return nil }}
			})},
		{name: "keeps old claims", category: storagetest.Claims, subtest: "Claims: are replaced on Update and gone on Delete",
			spoil: func(b wholeStore) wholeStore {
				var old sync.Map
				return hooked{wholeStore: b, reader: func(r crm.Reader) crm.Reader { return oldClaims{r, &old} }}
			}},
		{name: "forgets the archive day of claims", category: storagetest.Claims,
			subtest: "Claims: keep the end of their cooperation and the first archive day",
			spoil:   onReads(func(r crm.Reader) crm.Reader { return timelessClaims{r} })},
		{name: "claims in no order", category: storagetest.Claims, subtest: "Claims: are ordered by start day, cooperation, kind and key",
			spoil: onReads(func(r crm.Reader) crm.Reader { return reversedClaims{r} })},
		{name: "shows another workspace", category: storagetest.Isolation,
			subtest: "A unit of work cannot see another workspace, of equal ids and names even",
			spoil:   func(b wholeStore) wholeStore { return leaks{b} }},
		{name: "writes to another workspace", category: storagetest.Isolation,
			subtest: "A unit of work cannot change another workspace, of equal ids even", spoil: func(b wholeStore) wholeStore { return spills{b} }},
	}
}

// turnsAround takes the first changes for the newest ones.
type turnsAround struct{ crm.Reader }

func (t turnsAround) Changes(ctx context.Context, f crm.ChangeFilter, limit int) ([]crm.Change, error) {
	newest := f.Newest
	f.Newest = false
	changes, err := t.Reader.Changes(ctx, f, limit)
	if newest {
		slices.Reverse(changes)
	}
	return changes, err
}

func redactsAny(tx crm.Tx) crm.Tx {
	return writes{Tx: tx, redact: func(ctx context.Context, changes []crm.Change) error {
		for n, c := range changes {
			log, err := tx.Changes(ctx, crm.ChangeFilter{After: max(c.Seq, 1) - 1}, 1)
			if err == nil && len(log) == 1 {
				changes[n].Seq, changes[n].Unit, changes[n].Record, changes[n].Kind = log[0].Seq, log[0].Unit, log[0].Record, log[0].Kind
			}
		}
		return tx.Redact(ctx, changes)
	}}
}

func dropsChange(tx crm.Tx) crm.Tx {
	return writes{Tx: tx, append: func(ctx context.Context, changes []crm.Change) error {
		return tx.Append(ctx, changes[:min(len(changes), 10)])
	}}
}

type gaps struct{ crm.Reader }

func (g gaps) Changes(ctx context.Context, f crm.ChangeFilter, limit int) ([]crm.Change, error) {
	changes, err := g.Reader.Changes(ctx, f, limit)
	for n := range changes {
		if changes[n].Seq > 4 {
			changes[n].Seq++
		}
	}
	return changes, err
}

type mixesKinds struct{ crm.Reader }

func (m mixesKinds) Changes(ctx context.Context, f crm.ChangeFilter, limit int) ([]crm.Change, error) {
	if f.Record == (crm.Ref{}) {
		return m.Reader.Changes(ctx, f, limit)
	}
	all, err := m.Reader.Changes(ctx, crm.ChangeFilter{After: f.After}, crm.MaxPageSize)
	all = slices.DeleteFunc(all, func(c crm.Change) bool { return c.Record.ID != f.Record.ID })
	return all[:min(limit, len(all))], err
}

// mixesUnits takes no notice of the unit where a record is asked for too.
type mixesUnits struct{ crm.Reader }

func (m mixesUnits) Changes(ctx context.Context, f crm.ChangeFilter, limit int) ([]crm.Change, error) {
	if f.Record != (crm.Ref{}) {
		f.Unit = uuid.Nil
	}
	return m.Reader.Changes(ctx, f, limit)
}

type inclusive struct{ crm.Reader }

func (i inclusive) Changes(ctx context.Context, f crm.ChangeFilter, limit int) ([]crm.Change, error) {
	f.After--
	return i.Reader.Changes(ctx, f, limit)
}

type unlimited struct{ crm.Reader }

func (u unlimited) Changes(ctx context.Context, f crm.ChangeFilter, limit int) ([]crm.Change, error) {
	return u.Reader.Changes(ctx, f, min(max(limit, 1), crm.MaxPageSize))
}

type oldClaims struct {
	crm.Reader
	old *sync.Map
}

func (o oldClaims) Claims(ctx context.Context, f crm.ClaimFilter) ([]crm.Claim, error) {
	claims, err := o.Reader.Claims(ctx, f)
	for _, c := range claims {
		o.old.Store(c, true)
	}
	o.old.Range(func(c, _ any) bool {
		if !slices.Contains(claims, c.(crm.Claim)) {
			claims = append(claims, c.(crm.Claim))
		}
		return true
	})
	return claims, err
}

type timelessClaims struct{ crm.Reader }

func (t timelessClaims) Claims(ctx context.Context, f crm.ClaimFilter) ([]crm.Claim, error) {
	claims, err := t.Reader.Claims(ctx, f)
	for n := range claims {
		claims[n].Until = budget.Date{}
	}
	return claims, err
}

type reversedClaims struct{ crm.Reader }

func (r reversedClaims) Claims(ctx context.Context, f crm.ClaimFilter) ([]crm.Claim, error) {
	claims, err := r.Reader.Claims(ctx, f)
	slices.SortStableFunc(claims, func(a, b crm.Claim) int { return -a.Cooperation.Compare(b.Cooperation) })
	return claims, err
}

// others calls fn with each other workspace.
func others(store wholeStore, ws crm.WorkspaceID, fn func(crm.WorkspaceID) error) error {
	page, err := store.Workspaces(context.Background(), crm.ListOptions{})
	for _, w := range page.Items {
		if w.ID != ws {
			err = errors.Join(err, fn(w.ID))
		}
	}
	return err
}

// leaks finds a member of another workspace where its own has none.
type leaks struct{ wholeStore }

func (l leaks) View(ctx context.Context, ws crm.WorkspaceID, fn viewFunc) error {
	return l.wholeStore.View(ctx, ws, func(ctx context.Context, r crm.Reader) error {
		return fn(ctx, spoiled{Reader: r, members: func(good memberList) memberList {
			return list[crm.Member, crm.MemberFilter]{Records: good, get: func(ctx context.Context, id crm.MemberID) (crm.Member, error) {
				m, err := good.Get(ctx, id)
				if err == nil {
					return m, nil
				}
				return m, others(l.wholeStore, ws, func(other crm.WorkspaceID) error {
					return l.wholeStore.View(context.Background(), other, func(ctx context.Context, r crm.Reader) (err error) {
						m, err = r.Members().Get(ctx, id)
						return err
					})
				})
			}}
		}})
	})
}

// spills deletes import runs by their id alone.
type spills struct{ wholeStore }

func (s spills) Update(ctx context.Context, ws crm.WorkspaceID, fn updateFunc) error {
	return s.wholeStore.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error { return fn(ctx, spillingTx{tx, s.wholeStore, ws}) })
}

type spillingTx struct {
	crm.Tx
	store wholeStore
	ws    crm.WorkspaceID
}

func (s spillingTx) Delete(ctx context.Context, r crm.Record) error {
	run, ok := r.(crm.ImportRun)
	if ok {
		err := others(s.store, s.ws, func(other crm.WorkspaceID) error {
			return s.store.Update(context.Background(), other, func(ctx context.Context, tx crm.Tx) error {
				theirs, err := tx.ImportRuns().Get(ctx, run.ID)
				if errors.Is(err, crm.ErrNotFound) {
					return nil
				}
				return errors.Join(err, tx.Delete(ctx, theirs))
			})
		})
		if err != nil {
			return err
		}
	}
	return s.Tx.Delete(ctx, r)
}

// boundless takes negative bounds for none.
type boundless struct{ crm.Reader }

func (u boundless) Changes(ctx context.Context, f crm.ChangeFilter, limit int) ([]crm.Change, error) {
	f.After, f.Before = max(f.After, 0), max(f.Before, 0)
	return u.Reader.Changes(ctx, f, limit)
}
