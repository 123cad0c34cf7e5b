package api

import (
	"context"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/crm/wire"
)

// These are what the operations of one kind of records have in common with those of the others.

// reads is an operation that reads one record.
func reads[R crm.Record, ID any](
	read func(*crm.Service, context.Context, crm.WorkspaceID, ID) (R, error),
) func(*call[oneRead[ID]]) (R, error) {
	return func(c *call[oneRead[ID]]) (R, error) { return read(c.crm, c.ctx(), c.ws, c.params.ID) }
}

// creates is an operation that makes a record of the body, in which the CRM fills in what is left out.
func creates[R crm.Record, A any](
	save func(*crm.Service, context.Context, crm.WorkspaceID, R) (A, error),
) func(*call[dryRun]) (A, error) {
	return func(c *call[dryRun]) (A, error) {
		record, err := web.Body[R](c.request)
		if err != nil {
			var none A
			return none, err
		}
		return save(c.crm, c.ctx(), c.ws, record)
	}
}

// edits is an operation that changes a record by a merge patch or, with PUT, as a whole.
func edits[ID, A any](
	save func(context.Context, *crm.Service, crm.WorkspaceID, ID, wire.Edit) (A, error),
) func(*call[oneWritten[ID]]) (A, error) {
	return func(c *call[oneWritten[ID]]) (A, error) {
		edit, err := web.Edit(c.request, c.params.Reason)
		if err != nil {
			var none A
			return none, err
		}
		return save(c.ctx(), c.crm, c.ws, c.params.ID, edit)
	}
}

// stamped is an operation on a record that needs nothing but its id, the version in If-Match and a reason.
func stamped[ID, A any](
	do func(s *crm.Service, ctx context.Context, ws crm.WorkspaceID, id ID, version int64, reason string) (A, error),
) func(*call[oneWritten[ID]]) (A, error) {
	return func(c *call[oneWritten[ID]]) (A, error) {
		version, err := web.Version(c.request)
		if err != nil {
			var none A
			return none, err
		}
		return do(c.crm, c.ctx(), c.ws, c.params.ID, version, c.params.Reason)
	}
}

// at makes an operation of a service that takes a crm.At one that takes an id and a version.
func at[R crm.Record, A any](
	do func(*crm.Service, context.Context, crm.WorkspaceID, crm.At, string) (A, error),
) func(s *crm.Service, ctx context.Context, ws crm.WorkspaceID, id crm.ID[R], version int64, reason string) (A, error) {
	return func(s *crm.Service, ctx context.Context, ws crm.WorkspaceID, id crm.ID[R], version int64, reason string) (A, error) {
		return do(s, ctx, ws, crm.At{Ref: crm.RefTo(id), Version: version}, reason)
	}
}

// kept are the operations that every kind of records has that can be archived and deleted. Its path is like "/members", and
// its name, in ids, like "Member".
func kept[R crm.Record](path, name, word string) []Operation {
	return []Operation{
		versioned(operation("POST "+path+"/{id}/archive", "archive"+name, "Archive "+word, stamped(at[R]((*crm.Service).Archive)))),
		versioned(operation("POST "+path+"/{id}/restore", "restore"+name, "Restore "+word+" from the archive",
			stamped(at[R]((*crm.Service).Restore)))),
		versioned(operation("DELETE "+path+"/{id}", "delete"+name, "Delete "+word+" that nothing refers to",
			stamped(at[R]((*crm.Service).Delete)))),
	}
}

// count is how many records a filter selects.
type count struct {
	Count int `json:"count"`
}

func counted(n int, err error) (count, error) { return count{n}, err }
