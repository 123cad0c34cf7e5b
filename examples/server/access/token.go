package access

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/state"
)

// Token is what is known of a token. The token itself is not.
type Token struct {
	ID         uuid.UUID         `json:"id"`
	Name       string            `json:"name"` // who acts, for the log of changes
	Scope      Scope             `json:"scope"`
	Workspaces []crm.WorkspaceID `json:"workspaces"` // the only ones that it is for; empty for all
	CreatedAt  time.Time         `json:"created_at"`
	ExpiresAt  time.Time         `json:"expires_at,omitzero"` // it is valid before; absent for ever
	RevokedAt  time.Time         `json:"revoked_at,omitzero"`
}

// Order is what a new token is to be.
type Order struct {
	Name       string            `json:"name"` // of 1 to 100 characters; who acts, for the log of changes
	Scope      Scope             `json:"scope"`
	Workspaces []crm.WorkspaceID `json:"workspaces,omitzero"` // the only ones that it is for, at most 100; empty for all
	ExpiresAt  time.Time         `json:"expires_at,omitzero"` // it is valid before; absent for ever
}

// Issued is a new token.
type Issued struct {
	Token
	Secret string `json:"token"` // to send after the word Bearer; it is shown once
}

// Bounds of tokens.
const (
	maxName       = 100 // characters
	maxWorkspaces = 100
	maxTokens     = 10_000 // in a database
	minSecret     = 32     // characters
	maxSecret     = 512
)

// keepOver is how long a token is listed after it was revoked or has expired. It makes room earlier if it is needed.
const keepOver = 30 * 24 * time.Hour

// newSecret makes 256 random bits as a text. The beginning lets scanners of source code know a token.
func newSecret() string {
	bits := make([]byte, 32)
	_, _ = rand.Read(bits) // never fails
	return "crm_" + base64.RawURLEncoding.EncodeToString(bits)
}

func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

func sameHash(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// plausible reports whether a text can be a token: nothing else is looked up.
func plausible(secret string) bool {
	return len(secret) >= minSecret && len(secret) <= maxSecret &&
		!strings.ContainsFunc(secret, func(r rune) bool { return r <= ' ' || r > '~' })
}

// valid reports whether the token may be used at a time.
func (t Token) valid(now time.Time) bool {
	return t.RevokedAt.IsZero() && (t.ExpiresAt.IsZero() || now.Before(t.ExpiresAt))
}

func (t Token) row(hash string) state.Token {
	names := make([]string, len(t.Workspaces))
	for n, ws := range t.Workspaces {
		names[n] = ws.String()
	}
	return state.Token{ID: t.ID.String(), Hash: hash, Name: t.Name, Scope: t.Scope.String(), Workspaces: strings.Join(names, " "),
		CreatedAt: micros(t.CreatedAt), ExpiresAt: micros(t.ExpiresAt), RevokedAt: micros(t.RevokedAt)}
}

func tokenOf(row state.Token) (t Token, err error) {
	if t.ID, err = uuid.Parse(row.ID); err != nil {
		return t, err
	}
	if t.Scope, err = ParseScope(row.Scope); err != nil {
		return t, err
	}
	t.Workspaces = []crm.WorkspaceID{}
	for name := range strings.FieldsSeq(row.Workspaces) {
		ws, err := crm.ParseID[crm.Workspace](name)
		if err != nil {
			return t, err
		}
		t.Workspaces = append(t.Workspaces, ws)
	}
	t.Name, t.CreatedAt, t.ExpiresAt, t.RevokedAt = row.Name, moment(row.CreatedAt), moment(row.ExpiresAt), moment(row.RevokedAt)
	return t, nil
}

// micros and moment turn times into columns and back; no time is 0.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func moment(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}
