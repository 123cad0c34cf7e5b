package state

import "context"

// Token is a row of server_tokens. Times are microseconds since 1970, or 0.
type Token struct {
	ID         string `db:"id"`
	Hash       string `db:"hash"`
	Name       string `db:"name"`
	Scope      string `db:"scope"`
	Workspaces string `db:"workspaces"`
	CreatedAt  int64  `db:"created_at"`
	ExpiresAt  int64  `db:"expires_at"`
	RevokedAt  int64  `db:"revoked_at"`
}

const tokenColumns = "id, hash, name, scope, workspaces, created_at, expires_at, revoked_at"

// overSince is the time since when a token is revoked or expired, which for one that may be used for ever never comes.
const overSince = "CASE WHEN revoked_at > 0 AND (expires_at = 0 OR revoked_at < expires_at) THEN revoked_at " +
	"WHEN expires_at > 0 THEN expires_at ELSE 9223372036854775807 END"

// AddToken keeps a token, and removes those that have been over since a time. If there are as many as there may be, the one
// that has been over for longest makes room; if none is over, the token is not added.
func (db *DB) AddToken(ctx context.Context, t Token, now, longOver int64, most int) (added bool, err error) {
	err = db.Update(ctx, "add a token", func(tx Tx) error {
		if err := tx.Lock(ctx, "tokens"); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM server_tokens WHERE "+overSince+" <= $1", longOver); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM server_tokens WHERE (SELECT COUNT(*) FROM server_tokens) >= $1 AND id IN ("+
			"SELECT id FROM server_tokens WHERE "+overSince+" <= $2 ORDER BY "+overSince+", id LIMIT 1)", most, now); err != nil {
			return err
		}
		rows, err := tx.Exec(ctx, "INSERT INTO server_tokens ("+tokenColumns+") "+
			"SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE (SELECT COUNT(*) FROM server_tokens) < $9",
			t.ID, t.Hash, t.Name, t.Scope, t.Workspaces, t.CreatedAt, t.ExpiresAt, t.RevokedAt, most)
		added = rows > 0
		return err
	})
	return added, err
}

// Tokens lists tokens by id, which is the order in which they were made, from the one after an id.
func (db *DB) Tokens(ctx context.Context, after string, limit int) (list []Token, err error) {
	err = db.Select(ctx, "list tokens", &list,
		"SELECT "+tokenColumns+" FROM server_tokens WHERE id > $1 ORDER BY id LIMIT $2", after, limit)
	return list, err
}

// TokenByHash finds a token by its hash.
func (db *DB) TokenByHash(ctx context.Context, hash string) (t Token, found bool, err error) {
	found, err = db.Get(ctx, "find a token", &t, "SELECT "+tokenColumns+" FROM server_tokens WHERE hash = $1", hash)
	return t, found, err
}

// RevokeToken revokes a token; not found is one that there is not, or that was revoked before.
func (db *DB) RevokeToken(ctx context.Context, id string, at int64) (found bool, err error) {
	rows, err := db.Exec(ctx, "revoke a token", "UPDATE server_tokens SET revoked_at = $1 WHERE id = $2 AND revoked_at = 0", at, id)
	return rows > 0, err
}

// AddSession keeps a session, and removes those that are over, and the oldest of its token above so many.
func (db *DB) AddSession(ctx context.Context, hash, tokenHash string, now, expiresAt int64, most int) error {
	return db.Update(ctx, "add a session", func(tx Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM server_sessions WHERE expires_at <= $1 OR token_hash = $2 AND hash NOT IN ("+
			"SELECT hash FROM server_sessions WHERE token_hash = $2 ORDER BY expires_at DESC LIMIT $3)", now, tokenHash, most-1)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "INSERT INTO server_sessions (hash, token_hash, expires_at) VALUES ($1, $2, $3)", hash, tokenHash, expiresAt)
		return err
	})
}

// Session finds the hash of the token of a session.
func (db *DB) Session(ctx context.Context, hash string, now int64) (tokenHash string, found bool, err error) {
	found, err = db.Get(ctx, "find a session", &tokenHash,
		"SELECT token_hash FROM server_sessions WHERE hash = $1 AND expires_at > $2", hash, now)
	return tokenHash, found, err
}

// EndSession ends a session.
func (db *DB) EndSession(ctx context.Context, hash string) error {
	_, err := db.Exec(ctx, "end a session", "DELETE FROM server_sessions WHERE hash = $1", hash)
	return err
}
