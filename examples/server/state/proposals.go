package state

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Proposal is a change that was shown and not yet made.
type Proposal struct {
	ID        uuid.UUID
	Workspace crm.WorkspaceID
	Steps     []byte // JSON, of whoever proposes
	Reason    string
	Digest    string // of what was shown, in hex
	ExpiresAt time.Time
	Unit      uuid.UUID // the unit of work that applied it; zero before
}

// maxProposals is how many proposals of one workspace are kept. They expire, so that only a program without end comes
// to it.
const maxProposals = 200

// AddProposal keeps a proposal, and forgets those that have expired at the time now. It is a
// crm.ErrBusy if there are too many.
func (db *DB) AddProposal(ctx context.Context, p Proposal, now time.Time) error {
	return db.Update(ctx, "keep a proposal", func(tx Tx) error {
		if err := tx.Lock(ctx, "proposals of "+p.Workspace.String()); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM server_proposals WHERE expires_at <= $1`, now.UnixMicro()); err != nil {
			return err
		}
		rows, err := tx.Exec(ctx, `INSERT INTO server_proposals (id, workspace, steps, reason, digest, expires_at, unit)
			SELECT $1, $2, $3, $4, $5, CAST($6 AS BIGINT), '' WHERE (SELECT COUNT(*) FROM server_proposals WHERE workspace = $2) < $7`,
			p.ID.String(), p.Workspace.String(), string(p.Steps), p.Reason, p.Digest, p.ExpiresAt.UnixMicro(), maxProposals)
		if err == nil && rows == 0 {
			err = &crm.Error{Family: crm.ErrBusy, Field: "proposal",
				Problem: sentence.Of("there are %d proposals in this workspace already; apply some, or wait until they expire", maxProposals)}
		}
		return err
	})
}

// Proposal reads a proposal of a workspace, an expired one too if it is still there. It is a crm.ErrNotFound if there
// is none.
func (db *DB) Proposal(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID) (Proposal, error) {
	var row struct {
		Steps, Reason, Digest, Unit string
		ExpiresAt                   int64 `db:"expires_at"`
	}
	found, err := db.Get(ctx, "read a proposal", &row, `SELECT steps, reason, digest, expires_at, unit FROM server_proposals
		WHERE workspace = $1 AND id = $2`, ws.String(), id.String())
	if err == nil && !found {
		return Proposal{}, &crm.Error{Family: crm.ErrNotFound, Field: "proposal", Value: id.String(),
			Problem: sentence.Of("there is no such proposal in this workspace, or it has expired; propose the change again")}
	}
	if err != nil {
		return Proposal{}, err
	}
	p := Proposal{
		ID: id, Workspace: ws, Steps: []byte(row.Steps), Reason: row.Reason, Digest: row.Digest,
		ExpiresAt: time.UnixMicro(row.ExpiresAt).UTC(),
	}
	if row.Unit != "" {
		p.Unit, err = uuid.Parse(row.Unit)
	}
	return p, err
}

// SetApplied notes the unit of work that applied a proposal.
func (db *DB) SetApplied(ctx context.Context, ws crm.WorkspaceID, id, unit uuid.UUID) error {
	_, err := db.Exec(ctx, "note what applied a proposal", `UPDATE server_proposals SET unit = $1 WHERE workspace = $2 AND id = $3`,
		unit.String(), ws.String(), id.String())
	return err
}
