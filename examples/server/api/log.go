package api

import (
	"context"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/told"
)

func changes() []Operation {
	return tagged("History",
		operation("GET /changes", "listChanges", "The log of changes, of all records or one, from the first or from the last one", listChanges),
		operation("POST /units/{unit}/undo", "undoUnit", "Take back what one unit of work did",
			func(c *call[struct {
				// Unit is the id of the unit of work.
				Unit uuid.UUID `json:"unit"`
				writing
			}]) (crm.Undone, error) {
				return c.crm.UndoUnit(c.ctx(), c.ws, c.params.Unit, c.params.Reason)
			}),
	)
}

type logParams struct {
	// After selects changes with a larger seq; 0 begins with the first one.
	After crm.Seq `json:"after,omitzero"`
	// Before selects changes with a smaller seq.
	Before crm.Seq `json:"before,omitzero"`
	// Newest puts the last changes first.
	Newest bool `json:"newest,omitzero"`
	// Kind and ID are those of the only record whose changes are wanted.
	Kind crm.Kind  `json:"kind,omitzero"`
	ID   uuid.UUID `json:"id,omitzero"`
	// Unit is that of the only unit of work whose changes are wanted.
	Unit uuid.UUID `json:"unit,omitzero"`
	// Limit is how many changes are returned.
	Limit int `json:"limit,omitzero"`
}

func listChanges(c *call[logParams]) (list1[told.Change], error) {
	p := c.params
	if p.Limit == 0 {
		p.Limit = crm.DefaultPageSize
	}
	f := crm.ChangeFilter{After: p.After, Before: p.Before, Record: crm.Ref{Kind: p.Kind, ID: p.ID}, Unit: p.Unit, Newest: p.Newest}
	var all []crm.Change
	err := c.crm.View(c.ctx(), c.ws, func(ctx context.Context, r crm.Reader) (err error) {
		all, err = r.Changes(ctx, f, p.Limit)
		return err
	})
	if err != nil {
		return list1[told.Change]{}, err
	}
	return listed(told.Changes(c.ctx(), c.crm, c.ws, web.Language(c.request), all))
}
