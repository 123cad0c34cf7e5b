package state

import (
	"context"
	"errors"
	"io"
)

// chunkSize is how many bytes of a file stand in one row, so that neither a statement nor a reader holds a whole file.
const chunkSize = 256 << 10

// AddPlanFile stores a file of a plan that is being made, whose bytes are counted already. It is a crm.ErrBusy if the plan was
// removed.
func (db *DB) AddPlanFile(ctx context.Context, k PlanKey, file int, from io.Reader) error {
	chunk := make([]byte, chunkSize)
	for n := 0; ; n++ {
		size, err := io.ReadFull(from, chunk)
		if size > 0 {
			err := db.Update(ctx, "store a file", func(tx Tx) error {
				if err := tx.hold(ctx, k, 0); err != nil {
					return err
				}
				_, err := tx.Exec(ctx, `INSERT INTO server_plan_files (workspace, plan, file, chunk, bytes) VALUES ($1, $2, $3, $4, $5)`,
					k.Workspace, k.ID, file, n, chunk[:size])
				return err
			})
			if err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// CopyPlanFiles gives a plan that is being made the files of another one of its workspace, and that somebody was erased
// while that one was carried out. Its errors are those of AddPlanFile.
func (db *DB) CopyPlanFiles(ctx context.Context, from, to PlanKey) error {
	return db.Update(ctx, "copy files", func(tx Tx) error {
		if err := tx.hold(ctx, to, 0); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO server_plan_files (workspace, plan, file, chunk, bytes)
			SELECT workspace, $1, file, chunk, bytes FROM server_plan_files WHERE workspace = $2 AND plan = $3`, to.ID, from.Workspace, from.ID)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE server_plans SET names_lost = 1 WHERE workspace = $1 AND id = $2
			AND EXISTS (SELECT 1 FROM server_plans f WHERE f.workspace = $1 AND f.id = $3 AND f.names_lost = 1)`, to.Workspace, to.ID, from.ID)
		return err
	})
}

// dropPlanFiles removes the files of a plan that has been carried out.
func (t Tx) dropPlanFiles(ctx context.Context, k PlanKey) error {
	_, err := t.Exec(ctx, `UPDATE server_plans SET bytes = bytes - (SELECT COALESCE(SUM(LENGTH(f.bytes)), 0) FROM server_plan_files f
		WHERE f.workspace = $1 AND f.plan = $2) WHERE workspace = $1 AND id = $2`, k.Workspace, k.ID)
	if err != nil {
		return err
	}
	_, err = t.Exec(ctx, `DELETE FROM server_plan_files WHERE workspace = $1 AND plan = $2`, k.Workspace, k.ID)
	return err
}

// PlanFile reads a file of a plan, a chunk at a time.
func (db *DB) PlanFile(ctx context.Context, k PlanKey, file int) io.Reader {
	return &planFile{ctx: ctx, db: db, key: k, file: file}
}

type planFile struct {
	ctx   context.Context //nolint:containedctx // of the reader, which io.Reader does not pass on
	db    *DB
	key   PlanKey
	file  int
	next  int // chunk
	rest  []byte
	ended bool
}

// Read implements io.Reader.
func (f *planFile) Read(p []byte) (int, error) {
	for len(f.rest) == 0 && !f.ended {
		var chunks [][]byte
		err := f.db.Select(f.ctx, "read a file", &chunks, `SELECT bytes FROM server_plan_files
			WHERE workspace = $1 AND plan = $2 AND file = $3 AND chunk = $4`, f.key.Workspace, f.key.ID, f.file, f.next)
		if err != nil {
			return 0, err
		}
		if f.next++; len(chunks) == 0 {
			f.ended = true
			break
		}
		f.rest = chunks[0]
	}
	if len(f.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, f.rest)
	f.rest = f.rest[n:]
	return n, nil
}
