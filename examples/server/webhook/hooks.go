package webhook

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/state"
)

// Options are the settings of Hooks; the zero value works.
type Options struct {
	// Private allows addresses in private networks and on this machine, and http.
	Private bool
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Timeout is how long an attempt may take; 0 is 15 seconds.
	Timeout time.Duration
	// Logger gets what is wrong on the side of the server; nil is slog.Default().
	Logger *slog.Logger
}

// Hooks are the webhooks of all workspaces. They are safe for concurrent use.
type Hooks struct {
	db      *state.DB
	crm     *crm.Service
	admin   *crm.Admin
	o       Options
	client  *http.Client
	process string // of this value, for leases
	queue   *queue

	mu      sync.Mutex
	stirred map[string]bool // workspaces in which there may be something to send

	looking     sync.Mutex          // held by a look
	seen        map[string]crm.Head // by workspace, of the look before
	lookedAtAll time.Time
}

// New keeps webhooks in a database, beside the service whose changes they are told of. The admin tells which workspaces have
// changes.
func New(db *state.DB, service *crm.Service, admin *crm.Admin, o Options) *Hooks {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Timeout == 0 {
		o.Timeout = defaultTimeout
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return &Hooks{
		db: db, crm: service, admin: admin, o: o, client: newClient(o), process: uuid.NewString(),
		queue: newQueue(maxSending, maxOfWorkspace), stirred: map[string]bool{},
	}
}

func (h *Hooks) micros() int64 { return h.o.Now().UnixMicro() }

// List returns the webhooks of a workspace, the oldest first.
func (h *Hooks) List(ctx context.Context, ws crm.WorkspaceID) ([]Webhook, error) {
	if _, err := h.head(ctx, ws); err != nil {
		return nil, err
	}
	var rows []row
	if err := h.db.Select(ctx, "list webhooks", &rows, `SELECT `+columns+` FROM server_webhooks WHERE workspace = $1 ORDER BY id`, ws.String()); err != nil {
		return nil, err
	}
	all := make([]Webhook, len(rows))
	for n, r := range rows {
		w, err := r.webhook()
		if err != nil {
			return nil, err
		}
		all[n] = w
	}
	return all, nil
}

// Get reads a webhook.
func (h *Hooks) Get(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID) (Webhook, error) {
	r, err := h.get(ctx, ws, id)
	if err != nil {
		return Webhook{}, err
	}
	return r.webhook()
}

func (h *Hooks) get(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID) (row, error) {
	var r row
	found, err := h.db.Get(ctx, "read a webhook", &r,
		`SELECT `+columns+` FROM server_webhooks WHERE id = $1 AND workspace = $2`, id.String(), ws.String())
	if err == nil && !found {
		err = noWebhook(id.String())
	}
	return r, err
}

// Create makes a webhook. Its secret is in the answer, and nowhere else later.
func (h *Hooks) Create(ctx context.Context, ws crm.WorkspaceID, n Draft) (Webhook, error) {
	head, err := h.head(ctx, ws)
	if err := errors.Join(err, checkURL(n.URL, h.o.Private), checkKinds(n.Kinds)); err != nil {
		return Webhook{}, err
	}
	position := head.Seq
	if n.After != nil {
		if position = *n.After; position < 0 || position > head.Seq {
			return Webhook{}, noSeq(position, head.Seq)
		}
	}
	id, err := uuid.NewV7()
	if err != nil {
		return Webhook{}, err
	}
	r := row{
		ID: id.String(), Workspace: ws.String(), Version: 1, URL: n.URL, Kinds: joinKinds(n.Kinds), Secret: newSecret(), Active: 1,
		Position: int64(position), CreatedAt: h.micros(),
	}
	var rows int64
	err = h.db.Update(ctx, "make a webhook", func(tx state.Tx) (err error) {
		if err := tx.Lock(ctx, "webhooks of "+r.Workspace); err != nil {
			return err
		}
		rows, err = tx.Exec(ctx, `INSERT INTO server_webhooks (`+columns+`, leased_by, leased_until)
			SELECT $1, $2, 1, $3, $4, $5, 1, CAST($6 AS BIGINT), CAST($7 AS BIGINT), '', 0
			WHERE (SELECT count(*) FROM server_webhooks WHERE workspace = $2) < $8`,
			r.ID, r.Workspace, r.URL, r.Kinds, r.Secret, r.Position, r.CreatedAt, MaxWebhooks)
		return err
	})
	if err != nil {
		return Webhook{}, err
	}
	if rows == 0 {
		return Webhook{}, tooMany()
	}
	h.stir(r.Workspace)
	w, err := r.webhook()
	w.Secret = r.Secret
	return w, err
}

// Edit changes a webhook from the version that was read.
func (h *Hooks) Edit(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID, version int64, e Edit) (Webhook, error) {
	r, err := h.get(ctx, ws, id)
	if err != nil {
		return Webhook{}, err
	}
	if e.URL != nil {
		r.URL, err = *e.URL, checkURL(*e.URL, h.o.Private)
	}
	if e.Kinds != nil {
		r.Kinds, err = joinKinds(*e.Kinds), errors.Join(err, checkKinds(*e.Kinds))
	}
	if err != nil {
		return Webhook{}, err
	}
	if e.Active != nil {
		r.Active = 0
		if *e.Active {
			r.Active = 1
		}
	}
	var rows int64
	err = h.db.Update(ctx, "change a webhook", func(tx state.Tx) error {
		rows, err = tx.Exec(ctx, `UPDATE server_webhooks SET version = version + 1, url = $1, kinds = $2, active = $3
			WHERE id = $4 AND workspace = $5 AND version = $6`, r.URL, r.Kinds, r.Active, r.ID, r.Workspace, version)
		if err != nil || rows == 0 || e.Active == nil || !*e.Active {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE server_deliveries SET begun_at = $1, due_at = $1, attempts = 0
			WHERE webhook = $2 AND state = 'pending'`, h.micros(), r.ID)
		return err
	})
	switch {
	case err != nil:
		return Webhook{}, err
	case rows == 0:
		return Webhook{}, h.stale(ctx, ws, id, version)
	}
	h.stir(r.Workspace)
	return h.Get(ctx, ws, id)
}

// Delete deletes a webhook and its deliveries, from the version that was read.
func (h *Hooks) Delete(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID, version int64) error {
	var rows int64
	err := h.db.Update(ctx, "delete a webhook", func(tx state.Tx) (err error) {
		rows, err = tx.Exec(ctx, `DELETE FROM server_webhooks WHERE id = $1 AND workspace = $2 AND version = $3`,
			id.String(), ws.String(), version)
		if err == nil && rows > 0 {
			_, err = tx.Exec(ctx, `DELETE FROM server_deliveries WHERE webhook = $1`, id.String())
		}
		return err
	})
	if err == nil && rows == 0 {
		return h.stale(ctx, ws, id, version)
	}
	return err
}

// stale says why a write from a version found nothing.
func (h *Hooks) stale(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID, version int64) error {
	r, err := h.get(ctx, ws, id)
	if err != nil {
		return err
	}
	return crm.Ref{}.Stale(version, r.Version)
}

// head is the end of the log of a workspace; a crm.ErrNotFound if there is no such workspace.
func (h *Hooks) head(ctx context.Context, ws crm.WorkspaceID) (head crm.Head, err error) {
	err = h.crm.View(ctx, ws, func(ctx context.Context, r crm.Reader) (err error) {
		head, err = r.Head(ctx)
		return err
	})
	return head, err
}

func checkKinds(kinds []crm.Kind) error {
	var errs []error
	for n, k := range kinds {
		if !slices.Contains(kindsOfLog, k) || slices.Contains(kinds[:n], k) {
			errs = append(errs, noKind(n, k))
		}
	}
	return errors.Join(errs...)
}

// newSecret is one of 256 bits, as Standard Webhooks writes them.
func newSecret() string {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // it never fails
	return "whsec_" + base64.StdEncoding.EncodeToString(key)
}
