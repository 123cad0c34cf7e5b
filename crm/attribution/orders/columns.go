package orders

import (
	"strings"
	"unicode"
)

// field is what a column of a CSV file says about an order.
type field int

const (
	fieldID field = iota
	fieldInternalID
	fieldTime
	fieldStatus
	fieldCancelledAt
	fieldCurrency
	fieldTotal
	fieldTotalLeft // what is left of the total after refunds
	fieldNetTotal  // the total without taxes and shipping; refunds are lines of their own
	fieldTaxes
	fieldRefunded
	fieldRefundTime
	fieldRefundItems
	fieldCodes
	fieldCouponItems
	fieldNotes
	fieldUTMSource
	fieldUTMMedium
	fieldUTMCampaign
	fieldUTMTerm
	fieldUTMContent
	numFields
)

// column is a field with the headers of the columns that have it, the better one first.
type column struct {
	field   field
	headers []string
}

// shopifyColumns are the columns of Shopify's export of orders that say something about who earned them.
var shopifyColumns = []column{
	{fieldID, []string{"Name"}},
	{fieldInternalID, []string{"Id"}},
	{fieldTime, []string{"Created at"}},
	{fieldStatus, []string{"Financial Status"}},
	{fieldCancelledAt, []string{"Cancelled at"}},
	{fieldCurrency, []string{"Currency"}},
	{fieldTotal, []string{"Total"}},
	{fieldTaxes, []string{"Taxes"}},
	{fieldRefunded, []string{"Refunded Amount"}},
	{fieldCodes, []string{"Discount Code"}},
	{fieldNotes, []string{"Note Attributes"}},
}

// wooColumns are those of WooCommerce's analytics, of Advanced Order Export by its labels and its keys, of Order Import
// Export, and of Customer/Order/Coupon Export. UTM parameters are metadata of WooCommerce's own.
var wooColumns = []column{
	{fieldID, []string{"Order Number", "Order #", "Order ID"}},
	{fieldTime, []string{"Order Date", "Date created", "Date"}},
	{fieldStatus, []string{"Order Status", "Status"}},
	{fieldCurrency, []string{"Order currency", "Currency"}},
	{fieldTotal, []string{"Order Total Amount", "Order Total"}},
	{fieldTotalLeft, []string{"Order Total Amount (- Refund)", "order_total_inc_refund"}},
	{fieldNetTotal, []string{"Net Sales", "net_total"}},
	{fieldTaxes, []string{"Order Total Tax Amount", "order_total_tax", "tax_total"}},
	{fieldRefunded, []string{"Order Refund Amount", "order_refund", "refunded_total"}},
	{fieldRefundTime, []string{"Date of first refund", "first_refund_date"}},
	{fieldRefundItems, []string{"refund_items"}},
	{fieldCodes, []string{"Coupon(s)", "Coupon Code", "Coupon Codes"}},
	{fieldCouponItems, []string{"coupon_items"}},
	{fieldUTMSource, []string{"_wc_order_attribution_utm_source", "meta:_wc_order_attribution_utm_source"}},
	{fieldUTMMedium, []string{"_wc_order_attribution_utm_medium", "meta:_wc_order_attribution_utm_medium"}},
	{fieldUTMCampaign, []string{"_wc_order_attribution_utm_campaign", "meta:_wc_order_attribution_utm_campaign"}},
	{fieldUTMTerm, []string{"_wc_order_attribution_utm_term", "meta:_wc_order_attribution_utm_term"}},
	{fieldUTMContent, []string{"_wc_order_attribution_utm_content", "meta:_wc_order_attribution_utm_content"}},
}

// columnKey is a header without case, spaces and signs, so that "Order Number" and order_number are one.
func columnKey(header string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, header)
}

func columnKeys(headers []string) []string {
	keys := make([]string, len(headers))
	for n, h := range headers {
		keys[n] = columnKey(h)
	}
	return keys
}

// find returns where the columns of a field stand in a header, of which it is given the keys, the better ones first. Plugins
// that give each coupon columns of its own number them.
func (c column) find(keys []string) (at []int) {
	for _, header := range c.headers {
		want := columnKey(header)
		for n, key := range keys {
			if key == want || c.field == fieldCodes && strings.TrimRight(key, "0123456789") == want {
				at = append(at, n)
			}
		}
	}
	return at
}
