package orders_test

import (
	"errors"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/getklar/influencercrm/crm/attribution/orders"
)

// An export of WooCommerce says neither its time zone nor, in the analytics, its currency. A line that cannot be read is
// told and passed over.
func ExampleRead() {
	const export = `Date,Order #,Status,Coupon(s),Net Sales
2026-06-01 00:15:00,702,completed,"pam15, freeship",40.00
2026-06-01 09:30:00,703,completed,ida15,forty
2026-06-02 10:00:00,702,refunded,,-15.00
`
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		log.Fatal(err)
	}
	for order, err := range orders.Read(strings.NewReader(export), &orders.Options{Location: berlin, Currency: "EUR"}) {
		switch {
		case errors.Is(err, orders.ErrOrder):
			fmt.Println(err)
		case err != nil:
			log.Fatal(err)
		case order.RefundOf != "":
			fmt.Println(order.Amount, "of", order.RefundOf, "went back on", order.At.Format(time.DateOnly))
		default:
			fmt.Println(order.ID, order.At.Format(time.RFC3339), order.Amount, order.Codes)
		}
	}
	// Output:
	// 702 2026-06-01T00:15:00+02:00 40.00 EUR [pam15 freeship]
	// line 3, order 703, Net Sales: "forty" is not an amount; write it like 1234.50
	// 15.00 EUR of 702 went back on 2026-06-02
}

// A shop that puts its own text around codes says so, and gets them as its influencers have them.
func ExampleRead_klar() {
	const body = `[{
  "id": "12345678",
  "createdAt": 1780308000,
  "currencyCodeIso3Letter": "EUR",
  "lineItems": [{
    "id": "1", "quantity": 2, "totalAmountAfterTaxesAndDiscounts": 40.00, "taxes": [{"taxAmount": 3.80}],
    "discounts": [{"isVoucher": true, "voucherCode": "APP-PAM15"}, {"isVoucher": false, "title": "Sale"}]
  }]
}]`
	for order, err := range orders.Read(strings.NewReader(body), &orders.Options{TrimPrefixes: []string{"app-"}}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(order.ID, order.At.Format(time.RFC3339), order.Amount, order.Codes)
	}
	// Output: 12345678 2026-06-01T10:00:00Z 47.60 EUR [PAM15]
}
