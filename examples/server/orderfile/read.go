package orderfile

import (
	"context"
	"errors"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/attribution/orders"
)

// The bounds of the orders in one request.
const (
	MaxOrders   = 10_000   // refunds and what cannot be read included
	MaxBytes    = 32 << 20 // of the body
	MaxFailures = 100      // that are told where no order at all can be read
)

// File says how the orders of a body are read.
type File struct {
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

func (f File) options(ws crm.Workspace) (*orders.Options, error) {
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

// read is an order of a body, or why it could not be read.
type read struct {
	attribution.Order
	err error
}

// Orders are what a body has.
type Orders []read

// Each yields all orders and errors, as orders.Read does.
func (p Orders) Each() iter.Seq2[attribution.Order, error] {
	return func(yield func(attribution.Order, error) bool) {
		for _, o := range p {
			if !yield(o.Order, o.err) {
				return
			}
		}
	}
}

// Read reads the orders of a body, all before the first answer, so that what is wrong with the body as a whole is the
// answer. So is what is wrong with its orders, if not even one of them can be read.
func Read(ctx context.Context, body io.Reader, f File, ws crm.Workspace) (Orders, error) {
	return readEach(ctx, body, f, ws, func(e *orders.Error) *orders.Error { return e })
}

// readEach is Read with a change of what is told of an order that cannot be read.
func readEach(ctx context.Context, body io.Reader, f File, ws crm.Workspace, tell func(*orders.Error) *orders.Error) (Orders, error) {
	options, err := f.options(ws)
	if err != nil {
		return nil, err
	}
	var all Orders
	var failed []error
	for order, err := range orders.Read(body, options) {
		switch {
		case errors.Is(err, orders.ErrFile):
			return nil, BodyError(ctx, err)
		case len(all) == MaxOrders:
			return nil, tooMany()
		}
		all = append(all, read{order, err})
		if e, ok := errors.AsType[*orders.Error](err); ok {
			failed = append(failed, orderError(tell(e)))
		}
	}
	if len(failed) == len(all) && len(failed) > 0 {
		return nil, errors.Join(failed[:min(len(failed), MaxFailures)]...)
	}
	return all, nil
}

// ReadOne reads the one order of a body in JSON, on one line or several: as the only one of a list.
func ReadOne(ctx context.Context, body io.Reader, ws crm.Workspace) (attribution.Order, error) {
	list := io.MultiReader(strings.NewReader("["), body, strings.NewReader("]"))
	all, err := readEach(ctx, list, File{Format: orders.JSON}, ws, func(e *orders.Error) *orders.Error {
		e.Element = 0 // the list is none of the client's
		return e
	})
	switch {
	case err != nil:
		return attribution.Order{}, err
	case len(all) != 1:
		return attribution.Order{}, notOne()
	}
	return all[0].Order, nil
}
