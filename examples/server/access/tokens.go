package access

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/state"
)

// Tokens are the tokens of a server: those in its database and, perhaps, one of a file. It is safe for concurrent use.
type Tokens struct {
	db     *state.DB
	crm    *crm.Service
	now    func() time.Time
	file   *Token
	inFile string // hash of the token of the file
	known  *memo[Token]
}

// NewTokens returns the tokens in a database. The service tells whether workspaces exist, and the time.
func NewTokens(db *state.DB, service *crm.Service) *Tokens {
	return &Tokens{db: db, crm: service, now: service.Now, known: newMemo[Token](service.Now)}
}

// UseFile takes a token out of the text of a file, besides those in the database. It may do everything; in the log its name
// is "token file". A text of fewer than 32 characters is refused, because it can be guessed.
func (t *Tokens) UseFile(text string) error {
	secret := strings.TrimSpace(text)
	if !plausible(secret) {
		return fmt.Errorf("%w: the token file must hold one token of %d to %d letters, digits and signs without blanks, "+
			"such as `openssl rand -base64 32` makes; "+
			"it holds %d characters", crm.ErrInvalid, minSecret, maxSecret, utf8.RuneCountInString(secret))
	}
	t.file, t.inFile = &Token{Name: "token file", Scope: Admin}, hash(secret)
	return nil
}

// Any reports whether there is a token, or was one. A server whose tokens have all expired is not open to everybody: those
// that are over are removed only when one is made.
func (t *Tokens) Any(ctx context.Context) (bool, error) {
	rows, err := t.db.Tokens(ctx, "", 1)
	return t.file != nil || len(rows) > 0, err
}

// Create makes a token, and removes those that have been over for 30 days. What is wrong with the order is told by *crm.Error,
// all fields at once.
func (t *Tokens) Create(ctx context.Context, o Order) (Issued, error) {
	now := t.now().UTC().Truncate(time.Microsecond)
	o.Name = strings.TrimSpace(o.Name)
	if err := t.check(ctx, o, now); err != nil {
		return Issued{}, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return Issued{}, err
	}
	issued := Issued{Secret: newSecret(), Token: Token{
		ID: id, Name: o.Name, Scope: o.Scope, Workspaces: append([]crm.WorkspaceID{}, o.Workspaces...), CreatedAt: now,
		ExpiresAt: o.ExpiresAt.UTC().Truncate(time.Microsecond),
	}}
	added, err := t.db.AddToken(ctx, issued.row(hash(issued.Secret)), micros(now), micros(now.Add(-keepOver)), maxTokens)
	if err == nil && !added {
		err = tooManyTokens()
	}
	if err != nil {
		return Issued{}, err
	}
	return issued, nil
}

func (t *Tokens) check(ctx context.Context, o Order, now time.Time) error {
	var errs []error
	if n := utf8.RuneCountInString(o.Name); n < 1 || n > maxName {
		errs = append(errs, badName(o.Name))
	}
	if o.Scope <= Public || o.Scope > Admin {
		errs = append(errs, notAScope(""))
	}
	if !o.ExpiresAt.IsZero() && !o.ExpiresAt.After(now) {
		errs = append(errs, alreadyOver(o.ExpiresAt))
	}
	if len(o.Workspaces) > maxWorkspaces {
		return errors.Join(append(errs, tooManyWorkspaces(len(o.Workspaces)))...)
	}
	seen := map[crm.WorkspaceID]bool{}
	for _, ws := range o.Workspaces {
		_, err := t.crm.Workspace(ctx, ws)
		switch {
		case errors.Is(err, crm.ErrNotFound):
			errs = append(errs, noWorkspace(ws))
		case err != nil:
			return err
		case seen[ws]:
			errs = append(errs, workspaceTwice(ws))
		}
		seen[ws] = true
	}
	return errors.Join(errs...)
}

// List lists the tokens in the database, also those that are over and not removed yet, in the order in which they were made,
// from the one after an id, which is zero for the first.
func (t *Tokens) List(ctx context.Context, after uuid.UUID, limit int) ([]Token, error) {
	from := ""
	if after != uuid.Nil {
		from = after.String()
	}
	rows, err := t.db.Tokens(ctx, from, limit)
	list := make([]Token, len(rows))
	for n := 0; n < len(rows) && err == nil; n++ {
		list[n], err = tokenOf(rows[n])
	}
	return list, err
}

// Revoke ends a token. This process takes it no more, others after five seconds at the latest.
func (t *Tokens) Revoke(ctx context.Context, id uuid.UUID) error {
	found, err := t.db.RevokeToken(ctx, id.String(), micros(t.now()))
	t.known.forget()
	if err == nil && !found {
		err = noSuchToken(id.String())
	}
	return err
}

// byHash finds a token that may be used now. One that may not is not found.
func (t *Tokens) byHash(ctx context.Context, hash string) (Token, bool, error) {
	if t.file != nil && sameHash(hash, t.inFile) {
		return *t.file, true, nil
	}
	token, found, err := t.known.find(hash, func() (token Token, found bool, err error) {
		row, found, err := t.db.TokenByHash(ctx, hash)
		if err != nil || !found || !sameHash(hash, row.Hash) {
			return Token{}, false, err
		}
		if token, err = tokenOf(row); err != nil {
			return Token{}, false, fmt.Errorf("%w: token %s: %w", crm.ErrStorage, row.ID, err)
		}
		return token, true, nil
	})
	return token, found && token.valid(t.now()), err
}
