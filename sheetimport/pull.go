package sheetimport

import (
	"context"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// ErrReadOnly says that what was pulled from a sheet cannot be changed in the CRM. It is a [crm.ErrInvalid].
var ErrReadOnly error = sentence.Errorf("%s: what is pulled from a sheet is read-only; change the sheet and pull it again", crm.ErrInvalid)

// Pulled is what a sheet says, as records.
type Pulled struct {
	// Service reads the records, under the id of the workspace: its report, conflicts, lists and snapshots are those of
	// any workspace. A call that would write is an [ErrReadOnly].
	Service *crm.Service
	// Plan is the account of each row. What is not [Created] in it is no record.
	Plan *Plan
}

// PullStore keeps what is pulled. It is empty, and memory.New makes one.
type PullStore interface {
	crm.Store
	crm.AdminStore
}

// Pull reads a sheet into records of its own, apart from those of the workspace's CRM, for a workspace whose active
// source the sheet is. Nothing is written into the workspace; the records are kept in a store of the caller's, which
// may be thrown away with the next pull. A pull that fails leaves nothing in it.
//
// Rows are read as an import into an empty workspace reads them: one that is rejected, a duplicate, a blank one is no
// record. Currency, time zone, tail days, ignored codes and month budgets are those of the workspace. The ids are made
// of what identifies a record: name, campaign, dates, UTM fields and codes for a cooperation, the folded name for a
// campaign and an influencer, and the handle too for influencers of the same name. So each pull gives an unchanged row
// the same id, whatever line it is in.
//
// Where the sheet is not the active source, because the CRM is connected or the sheet is not, it is not read, and the
// error is a [crm.ErrInvalid]. See crm.DataSources.
func (i *Importer) Pull(ctx context.Context, ws crm.WorkspaceID, source sheet.Source, into PullStore) (*Pulled, error) {
	if source == nil || into == nil {
		panic("sheetimport: Pull needs a Source and a store to pull into, and was given nil")
	}
	workspace, err := i.service.Workspace(ctx, ws)
	if err != nil {
		return nil, err
	}
	if err := sheetIsActive(workspace); err != nil {
		return nil, err
	}
	sheet, err := i.read(ctx, source)
	if err != nil {
		return nil, err
	}
	if err := into.CreateWorkspace(ctx, workspace, nil); err != nil {
		return nil, fmt.Errorf("keeping what is pulled: %w", err)
	}
	pulled := &Pulled{Service: i.service.WithStore(readOnly{into})}
	err = i.service.WithStore(unlogged{into}).Update(ctx, ws, func(ctx context.Context, w *crm.Work) error {
		pulled.Plan, err = i.plan(ctx, w, ws, input{sheet: sheet}, &Plan{today: i.options.Today, pulled: true})
		if err != nil {
			return err
		}
		return pulled.Plan.writes.write(ctx, w, i.report(&Progress{Attempt: 1, Total: pulled.Plan.writes.count()}))
	})
	if err != nil {
		// The records that are half written are deleted even if the caller no longer waits.
		return nil, errors.Join(fmt.Errorf("pulling %q: %w", texts.Shorten(sheet.Name), err),
			into.DeleteWorkspace(context.WithoutCancel(ctx), ws))
	}
	return pulled, nil
}

// sheetIsActive returns an error for a workspace whose active source is not the sheet.
func sheetIsActive(ws crm.Workspace) error {
	problem := sentence.Of("the sheet is not connected; connect it before it is pulled")
	switch ws.Sources.Active() {
	case crm.SheetSource:
		return nil
	case crm.CRMSource:
		problem = sentence.Of("the CRM is connected and counts, so the sheet is not pulled; disconnect the CRM to go back to the sheet")
	}
	return &crm.Error{Family: crm.ErrInvalid, Record: ws.Ref(), Field: "sources", Value: string(ws.Sources.Active()), Problem: problem}
}

// readOnly is a store that refuses writes.
type readOnly struct{ crm.Store }

// Update implements crm.Store.
func (readOnly) Update(context.Context, crm.WorkspaceID, func(context.Context, crm.Tx) error) error {
	return ErrReadOnly
}

// unlogged is a store that keeps no change log: the history of pulled records is that of the sheet.
type unlogged struct{ crm.Store }

// Update implements crm.Store.
func (u unlogged) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	return u.Store.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error { return fn(ctx, unloggedTx{tx}) })
}

type unloggedTx struct{ crm.Tx }

// Append implements crm.Tx.
func (unloggedTx) Append(context.Context, []crm.Change) error { return nil }
