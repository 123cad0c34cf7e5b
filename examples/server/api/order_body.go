package api

import (
	"context"
	"errors"
	"io"
	"iter"
	"reflect"
	"strings"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/attribution/orders"
	"github.com/getklar/influencercrm/examples/server/openapi"
)

// The bounds of the orders in one request.
const (
	maxOrders     = 10_000   // refunds and what cannot be read included
	maxOrderBytes = 32 << 20 // of the body
	maxFailures   = 100      // that are told where no order at all can be read
)

// orderFile says how the orders of a body are read.
type orderFile struct {
	// Format is that of the body; its beginning tells it if it is not given.
	Format orders.Format `json:"format,omitzero"`
	// Zone is the time zone of times without an offset, which WooCommerce writes; that of the workspace if it is not given.
	Zone string `json:"zone,omitzero"`
	// Currency is that of amounts in a body that does not say it, such as an export of WooCommerce's analytics.
	Currency budget.Currency `json:"currency,omitzero"`
	// Net leaves taxes out of amounts. An order in JSON has one amount, which stays as it is.
	Net bool `json:"net,omitzero"`
	// TrimPrefixes are what the shop puts before a code, in upper or lower case.
	TrimPrefixes []string `json:"trim_prefixes,omitzero"`
	// TrimSuffixes are what the shop puts behind a code, in upper or lower case.
	TrimSuffixes []string `json:"trim_suffixes,omitzero"`
}

func (f orderFile) options(ws crm.Workspace) (*orders.Options, error) {
	o := &orders.Options{Format: f.Format, Net: f.Net, TrimPrefixes: f.TrimPrefixes, TrimSuffixes: f.TrimSuffixes}
	zone := f.Zone
	if zone == "" {
		zone = ws.TimeZone
	}
	var err error
	if o.Location, err = time.LoadLocation(zone); err != nil {
		return nil, noZone(zone)
	}
	if f.Currency != "" {
		if o.Currency, err = budget.ParseCurrency(string(f.Currency)); err != nil {
			return nil, noCurrency(string(f.Currency))
		}
	}
	return o, nil
}

// posting is an operation on orders of its body.
func posting(o Operation) Operation {
	o = asking(o)
	o.Body = &openapi.Content{Type: reflect.TypeFor[[]attribution.Order](), Media: []string{"application/x-ndjson", "text/csv"}}
	o.Description = o.Summary + ".\n\nThe body is a list of orders in JSON, JSON lines of them, the CSV export of orders of Shopify or " +
		"WooCommerce or, with `format=klar` or by its fields, a list of orders as Klar's API takes them. A request takes 10,000 orders " +
		"or 32 MiB. What is wrong with one order is told in the answer, and the others count."
	return o
}

// postedOrder is an order of a body, or why it could not be read.
type postedOrder struct {
	attribution.Order
	err error
}

type postedOrders []postedOrder

// each yields all orders and errors, as orders.Read does.
func (p postedOrders) each() iter.Seq2[attribution.Order, error] {
	return func(yield func(attribution.Order, error) bool) {
		for _, o := range p {
			if !yield(o.Order, o.err) {
				return
			}
		}
	}
}

// readOrders reads the orders of a body, all before the first answer, so that what is wrong with the body as a whole is the
// answer. So is what is wrong with its orders, if not even one of them can be read.
func readOrders(ctx context.Context, body io.Reader, f orderFile, ws crm.Workspace) (postedOrders, error) {
	return readEach(ctx, body, f, ws, func(e *orders.Error) *orders.Error { return e })
}

// readEach is readOrders with a change of what is told of an order that cannot be read.
func readEach(ctx context.Context, body io.Reader, f orderFile, ws crm.Workspace, tell func(*orders.Error) *orders.Error) (postedOrders, error) {
	options, err := f.options(ws)
	if err != nil {
		return nil, err
	}
	var all postedOrders
	var failed []error
	for order, err := range orders.Read(body, options) {
		switch {
		case errors.Is(err, orders.ErrFile):
			return nil, bodyError(ctx, err)
		case len(all) == maxOrders:
			return nil, tooManyOrders()
		}
		all = append(all, postedOrder{order, err})
		if e, ok := errors.AsType[*orders.Error](err); ok {
			failed = append(failed, orderError(tell(e)))
		}
	}
	if len(failed) == len(all) && len(failed) > 0 {
		return nil, errors.Join(failed[:min(len(failed), maxFailures)]...)
	}
	return all, nil
}

// readOrder reads the one order of a body in JSON, on one line or several: as the only one of a list.
func readOrder(ctx context.Context, body io.Reader, ws crm.Workspace) (attribution.Order, error) {
	list := io.MultiReader(strings.NewReader("["), body, strings.NewReader("]"))
	all, err := readEach(ctx, list, orderFile{Format: orders.JSON}, ws, func(e *orders.Error) *orders.Error {
		e.Element = 0 // the list is none of the client's
		return e
	})
	switch {
	case err != nil:
		return attribution.Order{}, err
	case len(all) != 1:
		return attribution.Order{}, notOneOrder()
	}
	return all[0].Order, nil
}
