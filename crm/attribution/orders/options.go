package orders

import (
	"time"

	"github.com/getklar/influencercrm/budget"
)

// Format is a kind of file that orders come in.
type Format string

// The formats that [Read] knows.
const (
	JSON        Format = "json"        // attribution.Orders, one a line or in one JSON array
	Klar        Format = "klar"        // orders as Klar's API takes them
	Shopify     Format = "shopify"     // the CSV export of Shopify's admin
	WooCommerce Format = "woocommerce" // a CSV export of WooCommerce or of a plugin for it
)

// Options say how a file is read. The zero Options and nil work.
type Options struct {
	// Format is that of the file. If empty, its first line decides.
	Format Format
	// Location is the shop's time zone, for times without an offset, which WooCommerce writes. Nil is UTC.
	Location *time.Location
	// Currency is that of amounts in a file that does not say it, such as one of WooCommerce's analytics.
	Currency budget.Currency
	// Net leaves the taxes out of amounts. An order in JSON lines has one amount, which stays as it is.
	Net bool
	// TrimPrefixes and TrimSuffixes are what the shop puts before and behind a code: "APP-" makes PAM10 of app-PAM10.
	// Their case does not matter. Of those that fit the longest one is cut off, once, unless nothing would be left.
	TrimPrefixes, TrimSuffixes []string
}

func (o *Options) location() *time.Location {
	if o.Location == nil {
		return time.UTC
	}
	return o.Location
}

// The bounds of a file. What is beyond them is an error.
const (
	MaxOrder   = 1 << 20  // bytes of one order, or of one line of a CSV file
	MaxColumns = 2048     // columns of a CSV file
	MaxHeader  = 64 << 10 // bytes of the first line of a CSV file
	MaxCodes   = 100      // codes of one order
	MaxCode    = 1024     // bytes of a code, and of an order's id
	MaxTouches = 1000     // touchpoints of one order
)
