package orders_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/attribution/orders"
)

// TestNet leaves the taxes out of orders and of what goes back.
func TestNet(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"klar.json": {"60.93", "30.00", "30.00", "10.00", "10.00", "19.62", "19.62", "10.00", "59.00", "4200", "25.21", "8.40", "8.40", "12.35"},
		"shopify.csv": {"41.93", "84.03", "29.41", "10.50", "50.42", "50.42", "21.01", "67.23", "59.00", "3818", "37.82", "25.21", "0.00",
			"16.72", "17.65", "63.45"},
		"woocommerce_orders.csv": {"40.00", "1000.00", "30.00", "50.00", "50.00", "100.00", "20.00", "20.00", "84.00", "10.00", "25.00",
			"25.00", "15.00"},
		"woocommerce_import_export.csv": {"40.00", "84.03", "67.23", "8.40", "4.63", "46.22", "46.22", "16.81", "27.73", "64.00"},
		"woocommerce_analytics.csv":     {"20.00", "70.59", "10.00", "100.00", "40.00"},
	} {
		options := samples(t)[name].options
		options.Net = true
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		found, problems := read(string(data), &options)
		var got []string
		for _, o := range found {
			got = append(got, o.Amount.Amount())
		}
		if diff := cmp.Diff(want, got); diff != "" || len(problems) > 0 {
			t.Errorf("%s: %q, (-want +got):\n%s", name, problems, diff)
		}
	}
	_, problems := read(shopHeader+"#2,paid,EUR,5,7,,2026-06-01 10:00:00 +0200,,,,\n", &orders.Options{Net: true})
	if want := []string{`line 2, order #2: "5.00" does not fit the taxes of 7.00 EUR; correct one of the two`}; !cmp.Equal(want, problems) {
		t.Errorf("%q", problems)
	}
}

// TestTrim cuts off what a shop puts around its codes.
func TestTrim(t *testing.T) {
	t.Parallel()
	options := &orders.Options{TrimPrefixes: []string{"", "APP", "App-", "é"}, TrimSuffixes: []string{"-DE", "-x-de"}}
	for typed, want := range map[string]string{
		"APP-PAM15": "PAM15", "app-pam15": "pam15", "APPLE5": "LE5", "PAM15-DE": "PAM15", "app-pam15-de": "pam15",
		"PAM15-X-DE": "PAM15", "APP-": "-", "APP": "APP", "-DE": "-DE", "PAM-DE-DE": "PAM-DE", "APP-APP-A": "APP-A", "app- PAM15": "PAM15",
		"Éa": "a", "ÉÉ": "É", "\u0130PAM": "\u0130PAM",
	} {
		doc := `{"id":"1","at":"2026-06-01T10:00:00Z","codes":["` + typed + `"]}`
		found, problems := read(doc, options)
		if len(problems) > 0 || len(found) != 1 || !cmp.Equal([]string{want}, found[0].Codes) {
			t.Errorf("%s: %v %v, want %s", typed, found, problems, want)
		}
	}
}

// TestSeparators reads codes and amounts as shops and spreadsheets write them.
func TestSeparators(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string][]string{
		"A, B,A":        {"A", "B"},
		"A;B|C\nD\r\nE": {"A", "B", "C", "D", "E"},
		" , ;":          nil,
		"10 % off":      {"10 % off"},
		"'-A":           {"-A"},
	} {
		found, problems := read(shopHeader+`#1,paid,EUR,1,0,"`+cell+`",2026-06-01 10:00:00 +0200,,,,`, nil)
		if len(problems) > 0 || len(found) != 1 || !cmp.Equal(want, found[0].Codes) {
			t.Errorf("%q: %v %v, want %q", cell, found, problems, want)
		}
	}
	for cell, want := range map[string]string{
		"1234.5": "1234.50", "1,234.50": "1234.50", "1.234,50": "1234.50", "1234,5": "1234.50", "1,5": "1.50", "1,234,567": "1234567.00",
		"1,234,567.891": "1234567.89", "0.005": "0.01", "12": "12.00", "1.234.567": "1234567.00", "1.234.567,8": "1234567.80",
	} {
		found, problems := read(shopHeader+`#1,paid,EUR,"`+cell+`",0,,2026-06-01 10:00:00 +0200,,,,`, nil)
		if len(problems) > 0 || len(found) != 1 || found[0].Amount.Amount() != want {
			t.Errorf("%q: %v %v, want %q", cell, found, problems, want)
		}
	}
	for cell, want := range map[string]string{
		"2026-06-01 10:00:00 +0200": "2026-06-01T10:00:00+02:00", "2026-06-01T10:00:00Z": "2026-06-01T10:00:00Z",
		"2026-06-01T10:00:00.25+02:00": "2026-06-01T10:00:00.25+02:00", "2026-06-01 10:00:00 UTC": "2026-06-01T10:00:00Z",
		"2026-06-01T10:00:00-0330": "2026-06-01T10:00:00-03:30", "2026-06-01 10:00:00+02:00": "2026-06-01T10:00:00+02:00",
		"2026-06-01 10:00:00": "2026-06-01T10:00:00Z", "2026-06-01T10:00:00": "2026-06-01T10:00:00Z", "2026-06-01 10:00": "2026-06-01T10:00:00Z",
		"2026-06-01": "2026-06-01T00:00:00Z", "01.06.2026 10:00:00": "2026-06-01T10:00:00Z", "01.06.2026": "2026-06-01T00:00:00Z",
	} {
		found, problems := read(shopHeader+"#1,paid,EUR,1,0,,"+cell+",,,,", nil)
		if len(problems) > 0 || len(found) != 1 || !found[0].At.Equal(moment(want)) {
			t.Errorf("%q: %v %v, want %q", cell, found, problems, want)
		}
	}
}

// TestShapes reads variants of a format that say the same.
func TestShapes(t *testing.T) {
	t.Parallel()
	one := order("1", "2026-06-01T10:00:00Z", "10.00 EUR", "PAM15")
	klar := `{"id":"1","createdAt":1780308000,"lineItems":[{"id":"a","quantity":"1","totalAmountAfterTaxesAndDiscounts":"10.00",` +
		`"discounts":[{"voucherCode":"PAM15"}]}],"cancelledAt":false,"shipping":null}`
	analytics := "Date,Order #,Status,Coupon(s),Net Sales\n2026-06-01 10:00:00,1,completed,PAM15,10\n"
	for name, text := range map[string]string{
		"JSON":                          `{"id":"1","codes":["PAM15"],"amount":{"currency":"eur","amount":"10.00"},"at":"2026-06-01T12:00:00+02:00"}`,
		"JSON with space":               "\t{ \"id\" : \"1\" ,\t\"\\u0063odes\" : [ \"PAM15\" , \"\" ] , \"amount\" : { \"currency\" : \"EUR\" , \"amount\" : \"10.00\" } , \"cancelled\" : false , \"at\" : \"2026-06-01T10:00:00Z\" } \r\n",
		"Klar in a list":                "[" + klar + "]",
		"Klar after Klar":               klar + "\n",
		"Klar in two lists, one empty":  "[]\n[ " + klar + " ]",
		"Klar with braces in texts":     strings.Replace(klar, `"id":"1"`, `"shipping":{"city":"}]\\\"{"},"id":"1"`, 1),
		"WooCommerce":                   analytics,
		"WooCommerce with tabs":         strings.ReplaceAll(analytics, ",", "\t"),
		"WooCommerce with bars":         strings.ReplaceAll(analytics, ",", "|"),
		"sep=":                          "\ufeffsep=;\r\n" + strings.ReplaceAll(analytics, ",", ";"),
		"numbered coupon columns":       "Order ID,Date created,Status,Coupon Code 1,Coupon Code 2,Order Total\n1,2026-06-01 10:00,wc-completed,,PAM15,10\n",
		"what is left after refunds":    "Order Number,Order Date,Order Status,Coupon Code,Order Total Amount (- Refund)\n1,2026-06-01 10:00,refunded,PAM15,10\n",
		"a line that is repeated":       "Order Number,Order Date,Order Status,Coupon Code,Order Total\n1,2026-06-01 10:00,completed,PAM15,10\n1,2026-06-01 10:00,completed,PAM15,10\n",
		"the number before the post id": "order_id,order_number,order_date,status,coupon_items,order_total\n77,1,2026-06-01 10:00,completed,code:PAM15,10\n",
		"blank lines and no line end":   "Order Number,Order Date,Order Status,Coupon Code,Order Total\n\n,,,,\n1,2026-06-01 10:00,completed,PAM15,10",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, problems := read(text, &orders.Options{Currency: "EUR"})
			if diff := cmp.Diff([]attribution.Order{one}, found, equal()); diff != "" || len(problems) > 0 {
				t.Errorf("%q, (-want +got):\n%s", problems, diff)
			}
		})
	}
}

// TestStop ends the reading where the caller has enough.
func TestStop(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		shopHeader + "#1,refunded,EUR,1,0,,2026-06-01,,,,\n#2,x\n#3,x\n",
		shopHeader + "#2,x\n#3,x\n",
		"nothing",
	} {
		n := 0
		for range orders.Read(strings.NewReader(text), nil) {
			n++
			break
		}
		if n != 1 {
			t.Errorf("%q: %d", text, n)
		}
	}
}
