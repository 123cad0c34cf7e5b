package api

import (
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/crm/wire"
)

func cooperations() []Operation {
	type filter struct{ crm.CooperationFilter }
	type list struct {
		filter
		listing
	}
	return tagged("Cooperations", slices.Concat([]Operation{
		operation("GET /cooperations", "listCooperations", "List cooperations",
			func(c *call[list]) (page[crm.Cooperation], error) {
				return paged(c.crm.Cooperations(c.ctx(), c.ws, c.params.CooperationFilter, c.params.ListOptions))
			}),
		operation("GET /cooperations/count", "countCooperations", "Count cooperations",
			func(c *call[filter]) (count, error) {
				return counted(c.crm.CountCooperations(c.ctx(), c.ws, c.params.CooperationFilter))
			}),
		operation("GET /cooperations/totals", "sumCooperations", "Counts and sums per status of what a filter selects",
			func(c *call[filter]) (crm.Totals, error) {
				return c.crm.Totals(c.ctx(), c.ws, c.params.CooperationFilter)
			}),
		operation("GET /cooperations/facets", "facetCooperations", "Count cooperations by tag, category, platform and month",
			func(c *call[filter]) (crm.Facets, error) {
				return c.crm.Facets(c.ctx(), c.ws, c.params.CooperationFilter)
			}),
		creating[crm.Cooperation](operation("POST /cooperations", "createCooperation", "Plan a cooperation; what is left out is filled in",
			creates((*crm.Service).CreateCooperation))),
		operation("GET /cooperations/{id}", "getCooperation", "Read a cooperation", reads((*crm.Service).Cooperation)),
		editing[crm.Cooperation](operation("PATCH /cooperations/{id}", "patchCooperation",
			"Change fields of a cooperation", edits(wire.EditCooperation))),
		editing[crm.Cooperation](operation("PUT /cooperations/{id}", "replaceCooperation", "Replace a cooperation", edits(wire.EditCooperation))),
		versioned(taking[crm.Cancellation](operation("POST /cooperations/{id}/cancel", "cancelCooperation",
			"Cancel a cooperation", cancelCooperation))),
		versioned(operation("POST /cooperations/{id}/reinstate", "reinstateCooperation", "Take a cancellation back",
			stamped((*crm.Service).Reinstate))),
		versioned(taking[defaultFields](operation("POST /cooperations/{id}/use-defaults", "useDefaults",
			"Take the default in fields that were overridden",
			useDefaults))),
	}, kept[crm.Cooperation]("/cooperations", "Cooperation", "a cooperation"))...)
}

func cancelCooperation(c *call[oneWritten[crm.CooperationID]]) (crm.Saved, error) {
	version, err := web.Version(c.request)
	if err != nil {
		return crm.Saved{}, err
	}
	cancellation, err := web.Body[crm.Cancellation](c.request)
	if err != nil {
		return crm.Saved{}, err
	}
	return c.crm.Cancel(c.ctx(), c.ws, c.params.ID, version, cancellation, c.params.Reason)
}

// defaultFields are the fields that shall have their defaults again.
type defaultFields struct {
	Fields []string `json:"fields"` // such as "utm.term" and "rules"
}

func useDefaults(c *call[oneWritten[crm.CooperationID]]) (crm.Saved, error) {
	version, err := web.Version(c.request)
	if err != nil {
		return crm.Saved{}, err
	}
	of, err := web.Body[defaultFields](c.request)
	if err != nil {
		return crm.Saved{}, err
	}
	return c.crm.UseDefaults(c.ctx(), c.ws, c.params.ID, version, of.Fields, c.params.Reason)
}
