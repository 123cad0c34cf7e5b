package storagetest_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// readBugs break reads outside of units of work, Load, and writes that are kept back.
func readBugs() []bug {
	names := "Load: finds names by their beginning: the longest first, then the greatest, then by id, at most MaxNames"
	return []bug{
		{name: "a Reader of the moment when it was made", category: storagetest.DirectReads,
			subtest: "Reader: each call sees the last state that was committed when it began",
			spoil:   func(b wholeStore) wholeStore { return frozen{b} }},
		{name: "nothing is missing", category: storagetest.DirectReads,
			subtest: "Reader: a call that finds nothing in a workspace that does not exist is an ErrNotFound of the workspace",
			spoil:   func(b wholeStore) wholeStore { return unmissed{b} }},
		{name: "reads directly inside a unit of work", category: storagetest.DirectReads,
			subtest: "Reader: with a callback's context it returns ErrNestedTx",
			spoil:   func(b wholeStore) wholeStore { return withoutContext{b} }},
		{name: "no parents", category: storagetest.Loading,
			subtest: "Load: finds the records that exist, each once, and with Parents what cooperations name",
			spoil: onLoads(func(ctx context.Context, r crm.Reader, n crm.Need) (crm.Loaded, error) {
				n.Parents = false
				return r.Load(ctx, n)
			})},
		{name: "cuts names in silence", category: storagetest.Loading, subtest: names, spoil: onNames(func(n *crm.Names) { n.More = false })},
		{name: "names in another order", category: storagetest.Loading, subtest: names,
			spoil: onNames(func(n *crm.Names) { slices.Reverse(n.Found) })},
		{name: "handles as they are spelt", category: storagetest.Loading, subtest: "Load: finds who has an account by its folded handle",
			spoil: onLoads(func(ctx context.Context, r crm.Reader, n crm.Need) (crm.Loaded, error) {
				l, err := r.Load(ctx, n)
				for at, h := range n.Handles {
					if err == nil && h.Handle != crm.Fold(h.Handle) {
						l.Owners[at] = crm.InfluencerID{}
					}
				}
				return l, err
			})},
		{name: "import keys as names", category: storagetest.Loading,
			subtest: "Load: finds records by folded names and targets of links, and cooperations by import keys, archived ones too, by id",
			spoil: onLoads(func(ctx context.Context, r crm.Reader, n crm.Need) (crm.Loaded, error) {
				n.ImportKeys = slices.Clone(n.ImportKeys)
				for at, key := range n.ImportKeys {
					n.ImportKeys[at] = crm.Fold(key)
				}
				return r.Load(ctx, n)
			})},
		{name: "archived namesakes are not there", category: storagetest.Loading,
			subtest: "Load: finds records by folded names and targets of links, and cooperations by import keys, archived ones too, by id",
			spoil: onLoads(func(ctx context.Context, r crm.Reader, n crm.Need) (crm.Loaded, error) {
				l, err := r.Load(ctx, n)
				if len(n.InfluencerNames) > 0 {
					l.Influencers = slices.DeleteFunc(l.Influencers, func(i crm.Influencer) bool { return !i.ArchivedOn.IsZero() })
				}
				return l, err
			})},
		{name: "loads any number", category: storagetest.Loading, subtest: "Load: too much, or a kind that it does not read, is an ErrInvalid",
			spoil: onLoads(func(ctx context.Context, r crm.Reader, n crm.Need) (crm.Loaded, error) {
				l, err := r.Load(ctx, n)
				if errors.Is(err, crm.ErrInvalid) {
					return crm.Loaded{}, nil
				}
				return l, err
			})},
		{name: "loads what has no id as what is not there", category: storagetest.Loading,
			subtest: "Load: too much, or a kind that it does not read, is an ErrInvalid",
			spoil: onLoads(func(ctx context.Context, r crm.Reader, n crm.Need) (crm.Loaded, error) {
				n.Refs = slices.DeleteFunc(slices.Clone(n.Refs), func(ref crm.Ref) bool { return ref.ID == uuid.Nil })
				return r.Load(ctx, n)
			})},
		{name: "loads records by id", category: storagetest.Loading,
			subtest: "Load: records are in the order of Refs, then parents in the order of the cooperations that name them",
			spoil: onLoads(func(ctx context.Context, r crm.Reader, n crm.Need) (crm.Loaded, error) {
				l, err := r.Load(ctx, n)
				slices.SortFunc(l.Cooperations, func(a, b crm.Cooperation) int { return a.ID.Compare(b.ID) })
				return l, err
			})},
		{name: "loads parents before what was asked for", category: storagetest.Loading,
			subtest: "Load: records are in the order of Refs, then parents in the order of the cooperations that name them",
			spoil: onLoads(func(ctx context.Context, r crm.Reader, n crm.Need) (crm.Loaded, error) {
				l, err := r.Load(ctx, n)
				if n.Parents {
					slices.Reverse(l.Campaigns)
				}
				return l, err
			})},
		{name: "looks for accounts on any spelling of a platform", category: storagetest.Loading,
			subtest: "Load: takes the platform of a handle as it is stored",
			spoil: onLoads(func(ctx context.Context, r crm.Reader, n crm.Need) (crm.Loaded, error) {
				n.Handles = slices.Clone(n.Handles)
				for at := range n.Handles {
					n.Handles[at].Platform = strings.ToLower(n.Handles[at].Platform)
				}
				return r.Load(ctx, n)
			})},
		{name: "keeps back what the caller changes", category: storagetest.KeptBack,
			subtest: "Tx: what is kept back has the values of the time of the call",
			spoil:   func(b wholeStore) wholeStore { return late{b, 0} }},
		{name: "loses the last of what it keeps back", category: storagetest.KeptBack,
			subtest: "Tx: an update makes a name or a profile free for an insert after it",
			spoil:   func(b wholeStore) wholeStore { return late{b, 1} }},
		{name: "does not show what it keeps back", category: storagetest.KeptBack,
			subtest: "Tx: what is kept back is seen by every read and written at the end",
			spoil:   func(b wholeStore) wholeStore { return late{b, 0} }},
		{name: "believes that nothing follows from a change", category: storagetest.KeptBack,
			subtest: "Update: claims, profiles and tags are those of the record, whether it is told the state before or not",
			spoil: onWrites(func(tx crm.Tx) crm.Tx {
				return writes{Tx: tx, update: func(ctx context.Context, before, after crm.Record) error {
					is, ok := after.(crm.Cooperation)
					if was, told := before.(crm.Cooperation); ok && told {
						is.Rules = was.Rules
						return tx.Update(ctx, before, is)
					}
					return tx.Update(ctx, before, after)
				}}
			})},
		{name: "some direct reads do not see where they are", category: storagetest.DirectReads,
			subtest: "Reader: every call says alike that the workspace is missing, the call nested, the context or the store at its end",
			spoil:   func(b wholeStore) wholeStore { return claimsAnywhere{b} }},
		{name: "looks for the workspace before it looks at arguments", category: storagetest.DirectReads,
			subtest: "Reader: bad arguments are an ErrInvalid, in a workspace that does not exist too, after what ends every call",
			spoil:   func(b wholeStore) wholeStore { return workspaceFirst{b} }},
		{name: "looks at arguments before it looks at the context", category: storagetest.DirectReads,
			subtest: "Reader: bad arguments are an ErrInvalid, in a workspace that does not exist too, after what ends every call",
			spoil: onReads(func(r crm.Reader) crm.Reader {
				return loads{r, func(ctx context.Context, r crm.Reader, n crm.Need) (crm.Loaded, error) {
					if err := n.Check(); err != nil {
						return crm.Loaded{}, err
					}
					return r.Load(ctx, n)
				}}
			})},
		{name: "looks at the context before it looks whether it is closed", category: storagetest.Lifecycle,
			subtest: "After Close a context that has ended is not looked at: the error is ErrClosed",
			spoil:   func(b wholeStore) wholeStore { return contextFirst{b} }},
		{name: "looks at the limit before everything else", category: storagetest.Lifecycle,
			subtest: "Heads and Workspaces: bad arguments are an ErrInvalid, after what ends every call",
			spoil:   func(b wholeStore) wholeStore { return limitFirst{b} }},
		{name: "orders names by characters", category: storagetest.Loading,
			subtest: "Load: names are ordered by bytes, a prefix is literal, archived ones count, MaxNames are not More",
			spoil: onNames(func(n *crm.Names) {
				slices.SortStableFunc(n.Found, func(a, b crm.NameKey) int {
					return utf8.RuneCountInString(b.Key) - utf8.RuneCountInString(a.Key)
				})
			})},
		{name: "remembers what it has loaded", category: storagetest.Loading,
			subtest: "Load: asking for nothing finds nothing, and what comes back shares no memory",
			spoil: func(b wholeStore) wholeStore {
				var loaded sync.Map
				return onLoads(func(ctx context.Context, r crm.Reader, n crm.Need) (crm.Loaded, error) {
					if l, ok := loaded.Load(fmt.Sprint(n)); ok {
						return l.(crm.Loaded), nil
					}
					l, err := r.Load(ctx, n)
					loaded.Store(fmt.Sprint(n), l)
					return l, err
				})(b)
			}},
		{name: "writes updates after all inserts", category: storagetest.KeptBack,
			subtest: "Tx: an update of a record that is inserted after it is an ErrNotFound",
			spoil:   func(b wholeStore) wholeStore { return updatesLast{b} }},
		{name: "writes updates after the records that they name", category: storagetest.KeptBack,
			subtest: "Tx: an update that names a record which is inserted after it is an ErrInvalid",
			spoil:   func(b wholeStore) wholeStore { return updatesLast{b} }},
	}
}

// frozen gives out Readers of one moment.
type frozen struct{ wholeStore }

func (f frozen) Reader(ws crm.WorkspaceID) crm.Reader {
	r := f.wholeStore.Reader(ws)
	head, err := r.Head(context.Background())
	if err != nil {
		return r
	}
	return frozenHead{r, head}
}

type frozenHead struct {
	crm.Reader
	head crm.Head
}

func (f frozenHead) Head(context.Context) (crm.Head, error) { return f.head, nil }

// unmissed counts nothing where there is no workspace.
type unmissed struct{ wholeStore }

func (u unmissed) Reader(ws crm.WorkspaceID) crm.Reader { return uncounted{u.wholeStore.Reader(ws)} }

type uncounted struct{ crm.Reader }

func (u uncounted) Influencers() crm.Records[crm.Influencer, crm.InfluencerFilter] {
	all := u.Reader.Influencers()
	return list[crm.Influencer, crm.InfluencerFilter]{Records: all, count: func(ctx context.Context, f crm.InfluencerFilter) (int, error) {
		n, err := all.Count(ctx, f)
		if errors.Is(err, crm.ErrNotFound) {
			return 0, nil
		}
		return n, err
	}}
}

// withoutContext does not see in which unit of work it is asked.
type withoutContext struct{ wholeStore }

func (w withoutContext) Reader(ws crm.WorkspaceID) crm.Reader {
	return headWithout{w.wholeStore.Reader(ws)}
}

type headWithout struct{ crm.Reader }

func (h headWithout) Head(context.Context) (crm.Head, error) {
	return h.Reader.Head(context.Background())
}

func onLoads(load func(context.Context, crm.Reader, crm.Need) (crm.Loaded, error)) func(wholeStore) wholeStore {
	return onReads(func(r crm.Reader) crm.Reader { return loads{r, load} })
}

func onNames(spoil func(*crm.Names)) func(wholeStore) wholeStore {
	return onLoads(func(ctx context.Context, r crm.Reader, n crm.Need) (crm.Loaded, error) {
		l, err := r.Load(ctx, n)
		for at := range l.Names {
			spoil(&l.Names[at])
		}
		return l, err
	})
}

type loads struct {
	crm.Reader
	load func(context.Context, crm.Reader, crm.Need) (crm.Loaded, error)
}

func (l loads) Load(ctx context.Context, n crm.Need) (crm.Loaded, error) {
	return l.load(ctx, l.Reader, n)
}

// late inserts at the end of a unit of work, without the last records.
type late struct {
	wholeStore
	lost int
}

func (l late) Update(ctx context.Context, ws crm.WorkspaceID, fn updateFunc) error {
	return l.wholeStore.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error {
		var kept []crm.Record
		err := fn(ctx, writes{Tx: tx, insert: func(_ context.Context, records ...crm.Record) error {
			kept = append(kept, records...)
			return nil
		}})
		if err != nil {
			return err
		}
		if lost := min(l.lost, len(kept)); len(kept) < 3 { // those that a shop begins with are there
			kept = kept[:len(kept)-lost]
		}
		return tx.Insert(ctx, kept...)
	})
}

// updatesLast updates at the end of a unit of work.
type updatesLast struct{ wholeStore }

func (u updatesLast) Update(ctx context.Context, ws crm.WorkspaceID, fn updateFunc) error {
	return u.wholeStore.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error {
		var kept []crm.Record
		err := fn(ctx, writes{Tx: tx, update: func(_ context.Context, _, after crm.Record) error {
			kept = append(kept, after)
			return nil
		}})
		for _, r := range kept {
			err = errors.Join(err, tx.Update(ctx, nil, r))
		}
		return err
	})
}

// claimsAnywhere reads claims without looking at the context.
type claimsAnywhere struct{ wholeStore }

func (c claimsAnywhere) Reader(ws crm.WorkspaceID) crm.Reader {
	return claimsWithout{c.wholeStore.Reader(ws)}
}

type claimsWithout struct{ crm.Reader }

func (c claimsWithout) Claims(_ context.Context, f crm.ClaimFilter) ([]crm.Claim, error) {
	return c.Reader.Claims(context.Background(), f)
}

// workspaceFirst looks for the workspace before it reads changes.
type workspaceFirst struct{ wholeStore }

func (w workspaceFirst) Reader(ws crm.WorkspaceID) crm.Reader {
	return changesAfterHead{w.wholeStore.Reader(ws)}
}

type changesAfterHead struct{ crm.Reader }

func (c changesAfterHead) Changes(ctx context.Context, f crm.ChangeFilter, limit int) ([]crm.Change, error) {
	if _, err := c.Reader.Head(ctx); err != nil {
		return nil, err
	}
	return c.Reader.Changes(ctx, f, limit)
}

// contextFirst looks at the context before a View.
type contextFirst struct{ wholeStore }

func (c contextFirst) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return c.wholeStore.View(ctx, ws, fn)
}

// limitFirst looks at the limit of Heads before it looks whether it is closed.
type limitFirst struct{ wholeStore }

func (l limitFirst) Heads(ctx context.Context, after crm.WorkspaceID, limit int) ([]crm.Head, error) {
	if err := crm.CheckLimit(limit); err != nil {
		return nil, err
	}
	return l.wholeStore.Heads(ctx, after, limit)
}
