package access

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/guard"
)

// Gate finds who calls. Requests without a token pass as the zero Caller, which Allow lets do nothing that needs a scope.
type Gate struct {
	tokens   *Tokens
	sessions *Sessions
	open     bool
	failures *guard.Limiter // of tokens that are not valid, by address
	log      *slog.Logger
}

// How many tokens that are not valid one address may send before they are refused as too many: so many at once, and then
// one a second.
const maxFailures = 20

// NewGate returns a gate. An open one lets everybody do everything who shows no token, which is right only for a server
// that nobody else reaches. Requests that came through a proxy are never let in so: a proxy on this machine may serve
// everybody.
func NewGate(tokens *Tokens, sessions *Sessions, open bool, log *slog.Logger) *Gate {
	return &Gate{tokens, sessions, open, guard.NewLimiter(1, maxFailures, tokens.now), log}
}

// Handler puts the Caller of each request into its context.
func (g *Gate) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		caller, err := g.caller(r)
		if err != nil {
			web.WriteProblem(w, r, err, g.log)
			return
		}
		next.ServeHTTP(w, r.WithContext(WithCaller(r.Context(), caller)))
	})
}

func (g *Gate) caller(r *http.Request) (Caller, error) {
	if sent := r.Header.Values("Authorization"); len(sent) > 0 {
		scheme, secret, _ := strings.Cut(sent[0], " ")
		if len(sent) > 1 || !strings.EqualFold(scheme, "Bearer") {
			return Caller{}, notABearer()
		}
		token, _, err := g.bySecret(r.Context(), strings.TrimSpace(secret), address(r))
		return token.caller(), err
	}
	if cookie := g.sessions.sent(r); cookie != "" {
		token, found, err := g.byCookie(r.Context(), cookie)
		if err != nil || found {
			return token.caller(), err
		}
	}
	if g.open && !proxied(r) {
		return Caller{Scope: Admin}, nil
	}
	return Caller{}, nil
}

// bySecret finds a token that somebody shows at an address, and its hash. A valid one always gets in: behind a proxy all
// callers have one address, and those who guess must not lock out the others.
func (g *Gate) bySecret(ctx context.Context, secret, address string) (Token, string, error) {
	var token Token
	var found bool
	var err error
	id := hash(secret)
	if plausible(secret) {
		token, found, err = g.tokens.byHash(ctx, id)
	}
	switch {
	case err != nil:
		return Token{}, "", err
	case found:
		return token, id, nil
	}
	if wait := g.failures.Take(address); wait > 0 {
		return Token{}, "", tooManyFailures(wait)
	}
	return Token{}, "", badToken()
}

// byCookie finds the token of a session. A session that is over is no failure: the browser signs in again.
func (g *Gate) byCookie(ctx context.Context, cookie string) (Token, bool, error) {
	id, found, err := g.sessions.find(ctx, cookie)
	if err != nil || !found {
		return Token{}, false, err
	}
	return g.tokens.byHash(ctx, id)
}

// caller is the zero Caller of the zero Token.
func (t Token) caller() Caller {
	c := Caller{Token: t.ID.String(), Name: t.Name, Scope: t.Scope, Workspaces: t.Workspaces}
	switch {
	case t.Scope == Public:
		c.Token = ""
	case t.ID == uuid.Nil:
		c.Token = "file"
	}
	return c
}

// address is the IP address that a request comes from.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// proxied reports whether a proxy has passed a request on.
func proxied(r *http.Request) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if r.Header.Get(name) != "" {
			return true
		}
	}
	return false
}

// Tokens are those that the gate knows.
func (g *Gate) Tokens() *Tokens { return g.tokens }

// ForAll lets only those through who may read all workspaces.
func (g *Gate) ForAll(next http.Handler) http.Handler { return g.only(Caller.AllowAll, next) }

// ForReaders lets only those through who may read something.
func (g *Gate) ForReaders(next http.Handler) http.Handler {
	return g.only(func(c Caller) error { return c.Allow(Read, crm.WorkspaceID{}) }, next)
}

func (g *Gate) only(allow func(Caller) error, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := allow(CallerOf(r.Context())); err != nil {
			web.WriteProblem(w, r, err, g.log)
			return
		}
		next.ServeHTTP(w, r)
	})
}
