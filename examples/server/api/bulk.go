package api

import (
	"context"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
)

// Selection is what bulk operations are about.
type Selection struct {
	Records []crm.At `json:"records"` // each with the version that was read, or without one for whatever is stored
}

func (s Selection) selects() bool { return s.Records != nil }

// Bodies of bulk operations.
type (
	statusChange struct {
		Selection
		Status crm.Status `json:"status"`
	}
	tagChange struct {
		Selection
		Add    []string `json:"add,omitzero"`
		Remove []string `json:"remove,omitzero"`
	}
	reapplication struct {
		Selection
		Force bool `json:"force,omitzero"` // signed cooperations too, for which there must be a reason
	}
)

func bulk() []Operation {
	return tagged("Bulk changes",
		taking[statusChange](operation("POST /bulk/status", "setStatuses", "Move cooperations to a status, with a result for each",
			bulked(func(ctx context.Context, c *call[writing], b statusChange) (crm.Bulk, error) {
				return c.crm.SetStatus(ctx, c.ws, b.Records, b.Status, c.params.Reason)
			}))),
		taking[Selection](operation("POST /bulk/archive", "archiveAll", "Archive records of any kind, with a result for each",
			bulked(func(ctx context.Context, c *call[writing], b Selection) (crm.Bulk, error) {
				return c.crm.ArchiveAll(ctx, c.ws, b.Records, c.params.Reason)
			}))),
		taking[tagChange](operation("POST /bulk/tags", "tagAll", "Add and remove tags of influencers, with a result for each",
			bulked(func(ctx context.Context, c *call[writing], b tagChange) (crm.Bulk, error) {
				return c.crm.Tag(ctx, c.ws, b.Records, b.Add, b.Remove)
			}))),
		taking[reapplication](operation("POST /bulk/reapply-defaults", "reapplyDefaults",
			"Fill UTM fields and discount codes of cooperations again, from the defaults as they are now, with a result for each",
			bulked(func(ctx context.Context, c *call[writing], b reapplication) (crm.Reapplication, error) {
				return c.crm.ReapplyDefaults(ctx, c.ws, b.Records, crm.Reapply{Force: b.Force}, c.params.Reason)
			}))),
	)
}

// bulked is an operation on what its body selects.
func bulked[B interface{ selects() bool }, A any](do func(context.Context, *call[writing], B) (A, error)) func(*call[writing]) (A, error) {
	return func(c *call[writing]) (A, error) {
		body, err := web.Body[B](c.request)
		if err == nil && !body.selects() {
			err = missing("records")
		}
		if err != nil {
			var none A
			return none, err
		}
		return do(c.ctx(), c, body)
	}
}
