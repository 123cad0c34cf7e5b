package api

import (
	"reflect"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/openapi"
	"github.com/getklar/influencercrm/examples/server/webhook"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// required are the fields that the document says a request must have. Nothing else reads it: the library refuses what is
// missing, with a code for each field, and a test holds the two against each other.
var required = openapi.Required{
	reflect.TypeFor[crm.Workspace]():   {"name", "currency"},
	reflect.TypeFor[crm.Member]():      {"name"},
	reflect.TypeFor[crm.Campaign]():    {"name"},
	reflect.TypeFor[crm.Influencer]():  {"name"},
	reflect.TypeFor[crm.Profile]():     {"platform"},
	reflect.TypeFor[crm.Cooperation](): {"campaign", "influencer"},
	reflect.TypeFor[discount.Rule]():   {"match", "pattern"},

	reflect.TypeFor[Selection]():     {"records"},
	reflect.TypeFor[statusChange]():  {"records", "status"},
	reflect.TypeFor[tagChange]():     {"records"},
	reflect.TypeFor[reapplication](): {"records"},
	reflect.TypeFor[crm.At]():        {"kind", "id"},
	reflect.TypeFor[merging]():       {"from"},
	reflect.TypeFor[mergedAway]():    {"id", "version"},
	reflect.TypeFor[defaultFields](): {"fields"},

	reflect.TypeFor[scenarios]():           {"scenarios"},
	reflect.TypeFor[budget.Change]():       {"op"},
	reflect.TypeFor[budget.Item]():         {"id", "campaign", "stage"},
	reflect.TypeFor[budget.Cancellation](): {"on"},

	reflect.TypeFor[attribution.Order](): {"id", "at"},
	reflect.TypeFor[impactBody]():        {"orders"},
	reflect.TypeFor[codesBody]():         {"influencers", "pattern"},
	reflect.TypeFor[linksBody]():         {"links"},

	reflect.TypeFor[column.MappedColumn](): {"header", "field"},
	reflect.TypeFor[column.MappedValue]():  {"field", "value"},

	reflect.TypeFor[access.Order]():  {"name", "scope"},
	reflect.TypeFor[webhook.Draft](): {"url"},
}
