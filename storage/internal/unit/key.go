package unit

import (
	"context"
	"time"

	"github.com/getklar/influencercrm/storage/internal/dialect"
)

// KeyStatements are the texts of the statements for idempotency keys.
type KeyStatements struct {
	Insert string // of workspace, key and time in microseconds
	Exists string // how many rows have a workspace and a key
	Prune  string // removes some keys, of a workspace (given twice), from before a time
}

// Keys are of use for as long as a unit is retried, which is seconds. One unit in pruneEvery removes
// keys that are older than keepKeys.
const (
	keepKeys   = 24 * time.Hour
	pruneEvery = 64
)

// KeyQueries store the unit's key with its last writes. There are none if it writes nothing; a joined unit has none
// either, because the host commits it.
func (s *Session) KeyQueries(writes bool) []*dialect.Query {
	if !s.runner.Dialect.Remote || !s.wrote && !writes || s.Joined() {
		return nil
	}
	ws, now, keys := s.ws.UUID().String(), time.Now(), s.runner.Keys
	queries := []*dialect.Query{{Text: keys.Insert, Args: []any{ws, s.key.String(), now.UnixMicro()}}}
	if s.key[len(s.key)-1]%pruneEvery == 0 { // random
		queries = append(queries, &dialect.Query{Text: keys.Prune, Args: []any{ws, ws, now.Add(-keepKeys).UnixMicro()}})
	}
	s.wrote = true
	return queries
}

// CommitUnknown reports whether an earlier attempt may have been committed, because its COMMIT was not answered or its
// answer does not say.
func (s *Session) CommitUnknown() bool { return s.commitUnknown }

// ResolveCommit finds out by the unit's key whether an earlier attempt was committed. The caller has locked the
// workspace, so that no earlier transaction is still open.
func (s *Session) ResolveCommit(ctx context.Context) (committed bool, err error) {
	var n int
	if _, err := s.Get(ctx, []any{&n}, s.runner.Keys.Exists, s.ws.UUID().String(), s.key.String()); err != nil {
		return false, s.Fail(ctx, "looking for the unit's key", err)
	}
	s.CommitResolved()
	return n > 0, nil
}

// CommitResolved says that the caller has found out by other means.
func (s *Session) CommitResolved() { s.commitUnknown = false }
