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
	Logged string // how many changes have a workspace, a seq and a unit
}

// LogEntry is a change in the log of the workspace. No other unit of work writes one with the same seq and unit.
type LogEntry struct {
	Seq  int64
	Unit string
}

// Keys are of use for as long as a unit is retried, which is seconds. One unit in pruneEvery removes
// keys that are older than keepKeys.
const (
	keepKeys   = 24 * time.Hour
	pruneEvery = 64
)

// KeyQueries go with the unit's last writes. The last entry that the unit has made in the log tells the next attempt
// whether the unit was committed; a unit without one, nil, stores its key. There are none if it writes nothing; a joined
// unit has none either, because the host commits it.
func (s *Session) KeyQueries(writes bool, last *LogEntry) (queries []*dialect.Query) {
	if !s.runner.Dialect.Remote || !s.wrote && !writes || s.Joined() {
		return nil
	}
	ws, now, keys := s.ws.UUID().String(), time.Now(), s.runner.Keys
	if s.entry = last; last == nil {
		queries = append(queries, &dialect.Query{Text: keys.Insert, Args: []any{ws, s.key.String(), now.UnixMicro()}})
	}
	if s.key[len(s.key)-1]%pruneEvery == 0 { // random
		queries = append(queries, &dialect.Query{Text: keys.Prune, Args: []any{ws, ws, now.Add(-keepKeys).UnixMicro()}})
	}
	s.wrote = true
	return queries
}

// CommitUnknown reports whether an earlier attempt may have been committed, because its COMMIT was not answered or its
// answer does not say.
func (s *Session) CommitUnknown() bool { return s.commitUnknown }

// ResolveCommit finds out, by its entry in the log or the unit's key, whether an earlier attempt was committed. The caller
// has locked the workspace, so that no earlier transaction is still open.
func (s *Session) ResolveCommit(ctx context.Context) (committed bool, err error) {
	text, args := s.runner.Keys.Exists, []any{s.ws.UUID().String(), s.key.String()}
	if s.entry != nil {
		text, args = s.runner.Keys.Logged, []any{s.ws.UUID().String(), s.entry.Seq, s.entry.Unit}
	}
	var n int
	if _, err := s.Get(ctx, []any{&n}, text, args...); err != nil {
		return false, s.Fail(ctx, "looking for what the unit has written", err)
	}
	s.CommitResolved()
	return n > 0, nil
}

// CommitResolved says that the caller has found out by other means.
func (s *Session) CommitResolved() { s.commitUnknown = false }
