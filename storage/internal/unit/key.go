package unit

import (
	"context"
	"time"
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

// RecordKey stores the unit's key as its last write, if it wrote anything. A joined unit has none: the host
// commits it.
func (s *Session) RecordKey(ctx context.Context) error {
	if !s.runner.Dialect.Remote || !s.wrote || s.failed != nil || s.Joined() {
		return nil //nolint:nilerr // a unit that is doomed commits nothing, and attempt returns why
	}
	ws, now, keys := s.ws.UUID().String(), time.Now(), s.runner.Keys
	if _, err := s.Exec(ctx, keys.Insert, ws, s.key.String(), now.UnixMicro()); err != nil {
		return s.Fail(ctx, "recording the unit's key", err)
	}
	if s.key[len(s.key)-1]%pruneEvery != 0 { // random
		return nil
	}
	if _, err := s.Exec(ctx, keys.Prune, ws, ws, now.Add(-keepKeys).UnixMicro()); err != nil {
		return s.Fail(ctx, "removing old units' keys", err)
	}
	return nil
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
