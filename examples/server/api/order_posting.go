package api

import (
	"reflect"

	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/examples/server/openapi"
)

// posting is an operation on orders of its body.
func posting(o Operation) Operation {
	o = asking(o)
	o.Body = &openapi.Content{Type: reflect.TypeFor[[]attribution.Order](), Media: []string{"application/x-ndjson", "text/csv"}}
	o.Description = o.Summary + ".\n\nThe body is a list of orders in JSON, JSON lines of them, the CSV export of orders of Shopify or " +
		"WooCommerce or, with `format=klar` or by its fields, a list of orders as Klar's API takes them. A request takes 10,000 orders " +
		"or 32 MiB. What is wrong with one order is told in the answer, and the others count."
	return o
}
