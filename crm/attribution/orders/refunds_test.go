package orders_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/attribution/orders"
)

// amounts are those of the orders and refunds of a file.
func amounts(text string, o *orders.Options) (amounts, problems []string) {
	found, problems := read(text, o)
	for _, o := range found {
		amounts = append(amounts, o.ID+" "+o.Amount.Amount())
	}
	return amounts, problems
}

// What goes back of an order piece by piece is in the end what was credited for it, and no cent more.
func TestRefundsInParts(t *testing.T) {
	t.Parallel()
	const (
		klar = `{"id":"1","createdAt":1780308000,"currencyCodeIso3Letter":"EUR","financialStatus":"partially_refunded","lineItems":[%s],` +
			`"refundedLineItems":[%s]}`
		woo = "order_number,order_date,status,order_total,order_total_tax,coupon_codes,refund_items,order_currency\n"
	)
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"Klar, two halves of a cent": {
			fmt.Sprintf(klar, `{"id":"a","quantity":2,"totalAmountAfterTaxesAndDiscounts":"100.05"}`,
				`{"lineItemId":"a","refundedQuantity":1,"createdAt":1780308001},{"lineItemId":"a","refundedQuantity":1,"createdAt":1780308002}`),
			[]string{"1 100.05", "1-refund 50.03", "1-refund-2 50.02"},
		},
		"Klar, a line item that takes off is not part of it": {
			fmt.Sprintf(klar, `{"id":"a","quantity":1,"totalAmountAfterTaxesAndDiscounts":"100"},`+
				`{"id":"b","quantity":1,"totalAmountAfterTaxesAndDiscounts":"-5"}`, `{"lineItemId":"a","refundedQuantity":1}`),
			[]string{"1 95.00", "1-refund 95.00"},
		},
		"Klar, a line item that takes off goes back first": {
			fmt.Sprintf(klar, `{"id":"a","quantity":2,"totalAmountAfterTaxesAndDiscounts":"100"},`+
				`{"id":"b","quantity":1,"totalAmountAfterTaxesAndDiscounts":"-5"}`,
				`{"lineItemId":"b","refundedQuantity":1,"createdAt":1780308001},{"lineItemId":"a","refundedQuantity":1,"createdAt":1780308002}`),
			[]string{"1 95.00", "1-refund 45.00"},
		},
		"WooCommerce without taxes": {
			woo + "1,2026-06-01,completed,0.10,0.05,PAM,amount:0.05|date:2026-06-02;amount:0.05|date:2026-06-03,EUR\n",
			[]string{"1 0.05", "1-refund 0.03", "1-refund-2 0.02"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, problems := amounts(c.text, &orders.Options{Net: true})
			if diff := cmp.Diff(c.want, got); diff != "" || len(problems) > 0 {
				t.Errorf("%q, (-want +got):\n%s", problems, diff)
			}
		})
	}
	_, problems := amounts(woo+"1,2026-06-01,completed,5,0,,amount:9999999999999;amount:9999999999999,EUR\n", nil)
	want := []string{`line 2, order 1, refund_items: "9999999999999" is larger than any order; at most 10000000000000.00 EUR are read`}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Error(diff)
	}
}

// Where all pieces of an order go back one after the other, its refunds add up to it, with and without taxes.
func TestRefundsOfAllPieces(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		taxes := rapid.Int64Range(0, 500).Draw(t, "taxes")
		items, total := []string{}, int64(0)
		for n, minor := range rapid.SliceOfN(rapid.Int64Range(1, 1_000), 1, 8).Draw(t, "refunds") {
			items = append(items, fmt.Sprintf("amount:%s|date:2026-06-%02d", budget.FromMinor(minor, "EUR").Amount(), n+1))
			total += minor
		}
		woo := fmt.Sprintf("order_number,order_date,status,order_total,order_total_tax,coupon_codes,refund_items,order_currency\n"+
			"1,2026-06-01,completed,%s,%s,,%s,EUR\n", budget.FromMinor(total, "EUR").Amount(),
			budget.FromMinor(min(taxes, total), "EUR").Amount(), strings.Join(items, ";"))

		pieces, line := rapid.IntRange(1, 7).Draw(t, "pieces"), ""
		for n := range pieces {
			line += fmt.Sprintf(`,{"lineItemId":"a","refundedQuantity":1,"createdAt":%d}`, 1780308000+n)
		}
		klar := fmt.Sprintf(`{"id":"1","createdAt":1780308000,"currencyCodeIso3Letter":"EUR","lineItems":[{"id":"a","quantity":%d,`+
			`"totalAmountAfterTaxesAndDiscounts":%s,"taxes":[{"taxAmount":%s}]}],"refundedLineItems":[%s]}`, pieces,
			budget.FromMinor(total, "EUR").Amount(), budget.FromMinor(taxes, "EUR").Amount(), line[1:])

		options := &orders.Options{Net: rapid.Bool().Draw(t, "net")}
		for _, text := range []string{woo, klar} {
			found, problems := read(text, options)
			if len(problems) > 0 {
				t.Fatalf("%s: %q", text, problems)
			}
			back := int64(0)
			for _, o := range found[1:] {
				back += o.Amount.Minor()
			}
			if back != found[0].Amount.Minor() {
				t.Fatalf("%s: %d of %s went back", text, back, found[0].Amount)
			}
		}
	})
}

// An export that says what is left of an order says what went back.
func TestRefundsByWhatIsLeft(t *testing.T) {
	t.Parallel()
	const header = "Order Number,Order Date,Order Status,Order Total Amount,Order Total Amount (- Refund),Order Refund Amount,Coupon Code\n"
	got, problems := amounts(header+
		"1,2026-06-01,completed,100.00,60.00,,PAM\n"+
		"2,2026-06-01,completed,100.00,100.00,,PAM\n"+
		"3,2026-06-01,refunded,100.00,0.00,,PAM\n"+
		"4,2026-06-01,completed,100.00,60.00,30.00,PAM\n"+
		"5,2026-06-01,completed,100.00,,,PAM\n"+
		"6,2026-06-01,completed,100.00,160.00,,PAM\n", &orders.Options{Currency: "EUR"})
	want := []string{"1 100.00", "1-refund 40.00", "2 100.00", "3 100.00", "3-refund 100.00", "4 100.00", "4-refund 30.00", "5 100.00"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	more := `line 7, order 6, Order Total Amount (- Refund): "160.00" is more than the total of 100.00 EUR; correct one of the two`
	if diff := cmp.Diff([]string{more}, problems); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
