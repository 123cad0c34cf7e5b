package sqlstore

import (
	"context"
	"time"

	sq "github.com/Masterminds/squirrel"
)

// A unit of work leaves its key in the transaction that writes it. When the answer to a commit is
// lost, the next try takes the workspace's row first, which waits for the end of the transaction that
// may still hold it, and then finds the key or not: so nothing is written twice.

// Keys are of use for as long as a unit is tried again, which is seconds. One unit in pruneEvery
// removes at most pruneMost that are older than keptFor, which is more than come in meanwhile.
const (
	keptFor    = 24 * time.Hour
	pruneEvery = 64
	pruneMost  = 1_000
)

type keyStatements struct{ insert, exists, prune statement }

func newKeyStatements(s *schema) keyStatements {
	name := s.table("units")
	old := sq.Select("key").From(name).Where(tenant, 0).Where("at < ?", 0).OrderBy("at").Limit(pruneMost)
	return keyStatements{
		insert: s.write(insertInto(name, []string{"workspace_id", "key", "at"}, unlessTaken)),
		exists: s.read(sq.Select("COUNT(*)").From(name).Where(tenant+" AND key = ?", 0, 0)),
		prune:  s.write(sq.Delete(name).Where(tenant, 0).Where(sq.Expr("key IN (?)", old))),
	}
}

// sign leaves the unit's key, if it wrote anything.
func (w *writer) sign(ctx context.Context) error {
	if !w.store.dialect.Remote || !w.wrote || w.failed != nil || w.store.joined != nil {
		return nil //nolint:nilerr // a unit that is doomed writes nothing, and commit says why; a joined one is the host's to commit
	}
	now := time.Now()
	if _, err := w.exec(ctx, w.store.schema.keys.insert, w.wsText, w.key.String(), micros(now)); err != nil {
		return w.fail(ctx, "leaving the unit's key", err)
	}
	if w.key[len(w.key)-1]%pruneEvery != 0 { // random
		return nil
	}
	if _, err := w.exec(ctx, w.store.schema.keys.prune, w.wsText, w.wsText, micros(now.Add(-keptFor))); err != nil {
		return w.fail(ctx, "removing old units' keys", err)
	}
	return nil
}

// settle finds out, with the workspace's row in hand, whether an earlier try of the unit is there.
func (w *writer) settle(ctx context.Context) (there bool, err error) {
	var n int
	if _, err := w.get(ctx, &n, w.store.schema.keys.exists, w.wsText, w.key.String()); err != nil {
		return false, w.fail(ctx, "looking for the unit's key", err)
	}
	w.doubt = false
	return n > 0, nil
}
