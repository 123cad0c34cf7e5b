package access

import (
	"context"
	"net/http"
	"time"

	"github.com/getklar/influencercrm/examples/server/state"
)

// How long a browser stays signed in, and how many are at once with one token: the newest.
const (
	sessionTime = 12 * time.Hour
	maxSessions = 50
)

// Sessions are the browsers that have signed in with a token. Each may do what its token may, as long as that is valid.
type Sessions struct {
	db     *state.DB
	tokens *Tokens
	secure bool
	known  *memo[string] // hashes of tokens
}

// NewSessions returns the sessions in a database. Secure tells that browsers reach the server through TLS only: cookies are
// then never sent without.
func NewSessions(db *state.DB, tokens *Tokens, secure bool) *Sessions {
	return &Sessions{db: db, tokens: tokens, secure: secure, known: newMemo[string](tokens.now)}
}

// begin makes a session of a token, and returns its cookie.
func (s *Sessions) begin(ctx context.Context, token Token, tokenHash string, tls bool) (*http.Cookie, error) {
	now := s.tokens.now()
	until := now.Add(sessionTime)
	if !token.ExpiresAt.IsZero() && token.ExpiresAt.Before(until) {
		until = token.ExpiresAt
	}
	secret := newSecret()
	if err := s.db.AddSession(ctx, hash(secret), tokenHash, micros(now), micros(until), maxSessions); err != nil {
		return nil, err
	}
	c := s.cookie(tls)
	c.Value, c.MaxAge = secret, int(until.Sub(now).Seconds())
	return c, nil
}

// find returns the hash of the token of a session.
func (s *Sessions) find(ctx context.Context, cookie string) (tokenHash string, found bool, err error) {
	id := hash(cookie)
	return s.known.find(id, func() (string, bool, error) { return s.db.Session(ctx, id, micros(s.tokens.now())) })
}

func (s *Sessions) end(ctx context.Context, cookie string) error {
	defer s.known.forget()
	return s.db.EndSession(ctx, hash(cookie))
}

// cookie is the cookie of sessions without a value. Scripts do not see it. It is Lax and not Strict so that a link to the
// server from a mail leads to where it points, and not to the form for signing in: no GET writes. Where there is TLS the
// beginning of the name keeps other hosts of the same domain from setting it.
func (s *Sessions) cookie(tls bool) *http.Cookie {
	c := &http.Cookie{Name: plainCookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if tls || s.secure {
		c.Name, c.Secure = secureCookie, true
	}
	return c
}

const (
	plainCookie  = "crm_session"
	secureCookie = "__Host-crm_session"
)

// sent is the value of the cookie that a request has; empty if it has none.
func (s *Sessions) sent(r *http.Request) string {
	c, err := r.Cookie(s.cookie(r.TLS != nil).Name)
	if err != nil || !plausible(c.Value) {
		return ""
	}
	return c.Value
}

// HasSession reports whether a request brings a session, whether it is still good or not.
func HasSession(r *http.Request) bool {
	for _, name := range []string{plainCookie, secureCookie} {
		if _, err := r.Cookie(name); err == nil {
			return true
		}
	}
	return false
}
