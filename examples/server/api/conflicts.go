package api

import (
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
)

func conflicts() []Operation {
	type list struct {
		crm.ConflictFilter
		crm.ListOptions
	}
	type filter struct {
		// Rule is the position of a rule of the cooperation, from 0.
		Rule int `json:"rule,omitzero"`
		// Limit is how many are listed.
		Limit int `json:"limit,omitzero"`
	}
	return tagged("Conflicts",
		operation("GET /conflicts", "listConflicts", "Cooperations whose codes or links would claim the orders of others, each with a proof",
			func(c *call[list]) (page[crm.InConflict], error) {
				return paged(c.crm.Conflicts(c.ctx(), c.ws, c.params.ConflictFilter, c.params.ListOptions))
			}),
		partial(taking[crm.Cooperation](operation("POST /conflicts/check", "checkConflicts",
			"The conflicts that a cooperation has or would have; it need not be saved",
			func(c *call[struct{}]) (crm.Conflicts, error) {
				cooperation, err := web.Body[crm.Cooperation](c.request)
				if err != nil {
					return crm.Conflicts{}, err
				}
				return c.crm.ConflictsOf(c.ctx(), c.ws, cooperation)
			}))),
		partial(taking[crm.Cooperation](operation("POST /conflicts/possible", "possibleConflicts",
			"The conflicts that only a code made of two patterns would have, of one rule of a cooperation",
			func(c *call[filter]) (crm.PossibleConflicts, error) {
				cooperation, err := web.Body[crm.Cooperation](c.request)
				if err != nil {
					return crm.PossibleConflicts{}, err
				}
				if n := c.params.Rule; n < 0 || n >= len(cooperation.Rules) {
					return crm.PossibleConflicts{}, noRule(n, len(cooperation.Rules))
				}
				limit := c.params.Limit
				if limit == 0 {
					limit = crm.DefaultPageSize
				}
				return c.crm.PossibleConflicts(c.ctx(), c.ws, cooperation, cooperation.Rules[c.params.Rule], limit)
			}))),
	)
}

// partial is a question about a cooperation that may be unfinished.
func partial(o Operation) Operation {
	o = asking(o)
	o.Body.Partial = true
	return saying("Of the cooperation, only its `influencer` and what may be in conflict are needed.", o)
}

// asking is a POST that writes nothing.
func asking(o Operation) Operation {
	o.Scope, o.Idempotent = Read, false
	return o
}
