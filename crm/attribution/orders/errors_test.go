package orders_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/attribution/orders"
)

// Short files of each format, to which lines are added.
const (
	shopHeader = "Name,Financial Status,Currency,Total,Taxes,Discount Code,Created at,Cancelled at,Refunded Amount,Id,Note Attributes\n"
	wooHeader  = "order_number,order_date,status,order_total,tax_total,order_currency,coupon_items,refund_items\n"
	aoeHeader  = "Order Number,Order Date,Order Status,Order Total Amount,Order Refund Amount,Currency,Coupon Code,Date of first refund\n"
	goodShop   = "#1,paid,EUR,10.00,1.60,PAM15,2026-06-01 10:00:00 +0200,,0.00,1,\n"
	goodWoo    = "1,2026-06-01 10:00:00,completed,10.00,1.60,EUR,code:PAM15,\n"
	goodAOE    = "1,2026-06-01 10:00,Completed,10.00,0.00,EUR,PAM15,\n"
	goodJSON   = `{"id":"1","at":"2026-06-01T10:00:00Z"}` + "\n"
	goodKlar   = `{"id":"1","createdAt":1780308000,"currencyCodeIso3Letter":"EUR","lineItems":[]}` + "\n"
)

// orderFields are the fields of an order in JSON.
const orderFields = "id, at, codes, touchpoints, amount, cancelled, refund_of"

// TestProblems names what is wrong with an order, and reads the order after it.
func TestProblems(t *testing.T) {
	t.Parallel()
	klar := func(fields string) string {
		return `{"createdAt":1780308000,"currencyCodeIso3Letter":"EUR","id":"k1",` + fields + "}\n" + goodKlar
	}
	lineItem := func(fields string) string { return klar(`"lineItems":[{"id":"a",` + fields + `}]`) }
	const whole = `"quantity":2,"totalAmountAfterTaxesAndDiscounts":10`
	for _, test := range []struct{ name, text, want string }{
		{"no amount", shopHeader + "#2,paid,EUR,ten,0,,2026-06-01 10:00:00 +0200,,,,\n" + goodShop,
			`line 2, order #2, Total: "ten" is not an amount; write it like 1234.50`},
		{"an ambiguous amount", shopHeader + `#2,paid,EUR,"1,234",0,,2026-06-01 10:00:00 +0200,,,,` + "\n" + goodShop,
			`line 2, order #2, Total: "1,234" can be read in two ways; write it like 1234.50`},
		{"a thousand or one", shopHeader + `#2,paid,EUR,1.234,0,,2026-06-01 10:00:00 +0200,,,,` + "\n" + goodShop,
			`line 2, order #2, Total: "1.234" can be read in two ways; write it like 1234.50`},
		{"groups of two", shopHeader + `#2,paid,EUR,"12,34.50",0,,2026-06-01 10:00:00 +0200,,,,` + "\n" + goodShop,
			`line 2, order #2, Total: "12,34.50" can be read in two ways; write it like 1234.50`},
		{"too large an amount", shopHeader + "#2,paid,EUR,99999999999999999,0,,2026-06-01 10:00:00 +0200,,,,\n" + goodShop,
			`line 2, order #2, Total: "99999999999999999" is larger than any order; at most 10000000000000.00 EUR are read`},
		{"below zero", shopHeader + "#2,paid,EUR,-5,0,,2026-06-01 10:00:00 +0200,,,,\n" + goodShop,
			`line 2, order #2, Total: "-5" is below zero; write what goes back as a refund of its order`},
		{"a refund that is no amount", shopHeader + "#2,paid,EUR,5,0,,2026-06-01 10:00:00 +0200,,all,,\n" + goodShop,
			`line 2, order #2, Refunded Amount: "all" is not an amount; write it like 1234.50`},
		{"no total", shopHeader + "#2,paid,EUR,,0,,2026-06-01 10:00:00 +0200,,,,\n" + goodShop,
			`line 2, order #2, Total: the total of the order is missing; the lines of an order must stand together, the one with its total first`},
		{"no currency", shopHeader + "#2,paid,,5,0,,2026-06-01 10:00:00 +0200,,,,\n" + goodShop,
			`line 2, order #2, Currency: the currency is missing; write one, like EUR, or give the reader the shop's`},
		{"another currency", shopHeader + "#2,paid,Euro,5,0,,2026-06-01 10:00:00 +0200,,,,\n" + goodShop,
			`line 2, order #2, Currency: "Euro" is not a currency; write a code of three letters, like EUR`},
		{"no time", shopHeader + "#2,paid,EUR,5,0,,,,,,\n" + goodShop,
			`line 2, order #2, Created at: the time of the order is missing; write it like 2026-06-01 10:00:00 +0200`},
		{"month or day", shopHeader + "#2,paid,EUR,5,0,,06/01/2026 10:00,,,,\n" + goodShop,
			`line 2, order #2, Created at: "06/01/2026 10:00" is not a time; write it like 2026-06-01 10:00:00 +0200`},
		{"no such day", shopHeader + "#2,paid,EUR,5,0,,2026-02-30 10:00:00 +0200,,,,\n" + goodShop,
			`line 2, order #2, Created at: "2026-02-30 10:00:00 +0200" is not a time; write it like 2026-06-01 10:00:00 +0200`},
		{"a year long ago", shopHeader + "#2,paid,EUR,5,0,,0026-06-01 10:00:00 +0200,,,,\n" + goodShop,
			`line 2, order #2, Created at: "0026-06-01 10:00:00 +0200" is not a time; write it like 2026-06-01 10:00:00 +0200`},
		{"no id", shopHeader + ",paid,EUR,5,0,,2026-06-01 10:00:00 +0200,,,,\n" + goodShop,
			`line 2, Name: the order has no id; write its number there`},
		{"a long id", shopHeader + strings.Repeat("1", orders.MaxCode+1) + ",paid,EUR,5,0,,2026-06-01 10:00:00 +0200,,,,\n" + goodShop,
			`line 2, order ` + strings.Repeat("1", 60) + `…, Name: "` + strings.Repeat("1", 60) +
				`…" is longer than 1024 bytes, and no number of an order is`},
		{"a long code", shopHeader + "#2,paid,EUR,5,0," + strings.Repeat("C", orders.MaxCode+1) + ",2026-06-01 10:00:00 +0200,,,,\n" + goodShop,
			`line 2, order #2, Discount Code: "` + strings.Repeat("C", 60) +
				`…" is longer than 1024 bytes, and no discount code is; put the code alone there`},
		{"too many codes", shopHeader + `#2,paid,EUR,5,0,"` + manyCodes(orders.MaxCodes+1) + `",2026-06-01 10:00:00 +0200,,,,` + "\n" + goodShop,
			`line 2, order #2, Discount Code: "C100" is one code too many; an order has at most 100`},
		{"too many codes on two lines", shopHeader + `#2,paid,EUR,5,0,"` + manyCodes(orders.MaxCodes) + `",2026-06-01 10:00:00 +0200,,,,` + "\n" +
			"#2,,,,,LAST,,,,,\n" + goodShop,
			`line 3, order #2, Discount Code: "LAST" is one code too many; an order has at most 100`},
		{"too few cells", shopHeader + "#2,paid,EUR,5\n" + goodShop,
			`line 2: has 4 cells and the header 11; check the quotation marks of this line and the ones before`},
		{"too many cells", shopHeader + "\n#2,paid,EUR,5,,,,,,,,\n" + goodShop,
			`line 3: has 12 cells and the header 11; check the quotation marks of this line and the ones before`},
		{"a quotation mark inside", shopHeader + "#2,paid,EUR,5,0,A\"B,2026-06-01 10:00:00 +0200,,,,\n" + goodShop,
			`line 2: has a quotation mark that does not fit; put the cell in quotation marks and double those inside`},
		{"text behind a quotation mark", shopHeader + "#2,paid,EUR,5,0,\"A\nB\"C,2026-06-01 10:00:00 +0200,,,,\n" + goodShop,
			`line 2: has a quotation mark that is not closed before line 3, and the lines between were not read; close it or take it out`},
		{"a quotation mark that nothing closes", shopHeader + goodShop + "#2,paid,EUR,5,0,\"A,2026-06-01 10:00:00 +0200,,,,\n#3,paid\n",
			`line 3: has a quotation mark that is not closed before line 4, and the lines between were not read; close it or take it out`},
		{"Windows-1252", shopHeader + "#2,paid,EUR,5,0,REN\xc910,2026-06-01 10:00:00 +0200,,,,\n" + goodShop,
			`line 2, Discount Code: is not valid text (UTF-8)`},
		{"lines of an order apart", shopHeader + "#2,paid,EUR,5,0,,2026-06-01 10:00:00 +0200,,,,\n" + goodShop + "#2,,,,,,,,,,\n",
			`line 4, order #2, Created at: the time of the order is missing; write it like 2026-06-01 10:00:00 +0200`},
		{"a line behind one of several lines", shopHeader + "#1,paid,EUR,10.00,1.60,PAM15,2026-06-01 10:00:00 +0200,,0.00,1,\"a\nb\n\"\n" +
			"#2,paid,EUR,x,0,,2026-06-01 10:00:00 +0200,,,,\n",
			`line 5, order #2, Total: "x" is not an amount; write it like 1234.50`},
		{"behind sep=", "sep=;\r\n" + strings.ReplaceAll(shopHeader+"#2,paid,EUR,x,0,,2026-06-01 10:00:00 +0200,,,,\n"+goodShop, ",", ";"),
			`line 3, order #2, Total: "x" is not an amount; write it like 1234.50`},

		{"no state", wooHeader + "2,2026-06-01 10:00:00,,5,0,EUR,,\n" + goodWoo,
			`line 2, order 2, status: the state of the order is missing; write it like completed or cancelled`},
		{"a refund below zero of nothing",
			"Date,Order #,Status,Coupon(s),Net Sales,Currency\n2026-06-01,2,refunded,,-0.001,EUR\n2026-06-01 10:00:00,1,completed,PAM15,10,EUR\n",
			`line 2, order 2: "0.00" is nothing that can go back; leave the line out`},
		{"a refund that is no amount", wooHeader + "2,2026-06-01 10:00:00,completed,5,0,EUR,,amount:all|reason:x\n" + goodWoo,
			`line 2, order 2, refund_items: "all" is not an amount; write it like 1234.50`},
		{"a refund at no time", wooHeader + "2,2026-06-01 10:00:00,completed,5,0,EUR,,amount:2|date:soon\n" + goodWoo,
			`line 2, order 2, refund_items: "soon" is not a time; write it like 2026-06-01 10:00:00 +0200`},
		{"a first refund at no time", aoeHeader + "2,2026-06-01 10:00,Completed,5,2,EUR,,soon\n" + goodAOE,
			`line 2, order 2, Date of first refund: "soon" is not a time; write it like 2026-06-01 10:00:00 +0200`},

		{"not JSON", goodJSON + "{]\n", `line 2: is not JSON: the character ']' cannot stand there`},
		{"cut off", goodJSON + "{\"id\":\"2\"\n", `line 2: ends in the middle of an order; it was not copied whole`},
		{"no object", goodJSON + "17\n", `line 2: "17" is no object; write it in braces, with its fields`},
		{"two on a line", "\n" + goodJSON + strings.TrimSpace(goodJSON) + goodJSON,
			`line 3: is followed by something else; write one order a line`},
		{"an unknown field", goodJSON + `{"id":"2","at":"2026-06-01T10:00:00Z","email":"x"}`,
			`line 2, email: is no field here; the fields are ` + orderFields},
		{"a field in capitals", goodJSON + `{"ID":"2"}`, `line 2, ID: is no field here; the fields are ` + orderFields},
		{"a field twice", goodJSON + `{"id":"2","id":"3"}`, `line 2, id: stands there twice; leave one of them out`},
		{"an unknown UTM field", goodJSON + `{"id":"2","at":"2026-06-01T10:00:00Z","touchpoints":[{"utm":{}},{"utm":{"id":"x"}}]}`,
			`line 2, order 2, touchpoints[1].utm.id: is no field here; the fields are source, medium, campaign, term, content`},
		{"a number as id", goodJSON + `{"id":2}`, `line 2, id: is of another kind (a number); write a text in quotation marks`},
		{"no id in JSON", goodJSON + `{"at":"2026-06-01T10:00:00Z"}`, `line 2, id: the order has no id; write its number there`},
		{"no time in JSON", goodJSON + `{"id":"2"}`,
			`line 2, order 2, at: the time of the order is missing; write it like 2026-06-01T10:00:00+02:00`},
		{"a time without an offset", goodJSON + `{"id":"2","at":"2026-06-01 10:00:00"}`,
			`line 2, order 2, at: "2026-06-01 10:00:00" is not a time; write it like 2026-06-01T10:00:00+02:00`},
		{"codes as a text", goodJSON + `{"id":"2","at":"2026-06-01T10:00:00Z","codes":"A"}`,
			`line 2, order 2, codes: is of another kind (a text); write a list in brackets`},
		{"cancelled as a text", goodJSON + `{"id":"2","at":"2026-06-01T10:00:00Z","cancelled":"no"}`,
			`line 2, order 2, cancelled: is of another kind (a text); write true or false`},
		{"an amount as a number", goodJSON + `{"id":"2","at":"2026-06-01T10:00:00Z","amount":5}`,
			`line 2, order 2, amount: "5" is no object; write it in braces, with its fields`},
		{"a decimal comma", goodJSON + `{"id":"2","at":"2026-06-01T10:00:00Z","amount":{"amount":"5,00","currency":"EUR"}}`,
			`line 2, order 2, amount.amount: "5,00" is not an amount; write it like 1234.50`},
		{"too many decimals", goodJSON + `{"id":"2","at":"2026-06-01T10:00:00Z","amount":{"amount":"5.001","currency":"EUR"}}`,
			`line 2, order 2, amount.amount: "5.001" has more decimals than EUR, which has 2`},
		{"no currency in JSON", goodJSON + `{"id":"2","at":"2026-06-01T10:00:00Z","amount":{"amount":"5"}}`,
			`line 2, order 2, amount.currency: the currency is missing; write one, like EUR, or give the reader the shop's`},
		{"a refund of nothing", goodJSON + `{"id":"2","at":"2026-06-01T10:00:00Z","refund_of":"1"}`,
			`line 2, order 2, amount: is not above zero, as what a refund takes back must be`},
		{"below zero in JSON", goodJSON + `{"id":"2","at":"2026-06-01T10:00:00Z","amount":{"amount":"-5","currency":"EUR"}}`,
			`line 2, order 2, amount: "-5.00" is below zero; write what goes back as a refund of its order`},
		{"an element of a list", "[" + strings.TrimSpace(goodJSON) + `,{"id":"2","at":"soon"}]`,
			`line 1, element 2 of the list, order 2, at: "soon" is not a time; write it like 2026-06-01T10:00:00+02:00`},
		{"too many touchpoints", goodJSON + `{"id":"2","at":"2026-06-01T10:00:00Z","touchpoints":[{}` +
			strings.Repeat(",{}", orders.MaxTouches) + "]}",
			`line 2, order 2, touchpoints: has 1001 touchpoints; at most 1000 are read`},
		{"too many codes in JSON", goodJSON + `{"id":"2","at":"2026-06-01T10:00:00Z","codes":["` +
			strings.ReplaceAll(manyCodes(orders.MaxCodes+1), ",", `","`) + `"]}`,
			`line 2, order 2, codes[100]: "C100" is one code too many; an order has at most 100`},
		{"a long line", goodJSON + `{"id":"` + strings.Repeat("x", orders.MaxOrder) + "\"}\n",
			`line 2: is longer than 1048576 bytes; an order is much shorter`},
		{"bad text", goodJSON + "{\"id\":\"\xff\"}", `line 2: is not valid text (UTF-8)`},

		{"Klar: no time", `{"id":"k1","lineItems":[]}` + goodKlar,
			`line 1, order k1, createdAt: the time of the order is missing; write the seconds since 1970`},
		{"Klar: milliseconds", klar(`"createdAt":1780308000000`),
			`line 1, order k1, createdAt: "1780308000000" is in milliseconds; write the seconds since 1970`},
		{"Klar: no such time", klar(`"createdAt":12`), `line 1, order k1, createdAt: "12" is not a time; write the seconds since 1970`},
		{"Klar: a time as text", klar(`"createdAt":"now"`), `line 1, order k1, createdAt: "now" is not a time; write the seconds since 1970`},
		{"Klar: an id as number", klar(`"id":7`), `line 1, order k1, id: is of another kind (a number); write a text in quotation marks`},
		{"Klar: no currency", klar(`"currencyCodeIso3Letter":""`),
			`line 1, order k1, currencyCodeIso3Letter: the currency is missing; write one, like EUR, or give the reader the shop's`},
		{"Klar: no amount", lineItem(`"quantity":2`),
			`line 1, order k1, lineItems[0].totalAmountAfterTaxesAndDiscounts: the amount is missing; write it like 1234.50`},
		{"Klar: no quantity", lineItem(`"totalAmountAfterTaxesAndDiscounts":2`),
			`line 1, order k1, lineItems[0].quantity: is not a number of pieces; write one above zero`},
		{"Klar: a quantity of zero", lineItem(`"quantity":0`),
			`line 1, order k1, lineItems[0].quantity: "0" is not a number of pieces; write one above zero`},
		{"Klar: an enormous number", lineItem(`"quantity":1,"totalAmountAfterTaxesAndDiscounts":1e999999999`),
			`line 1, order k1, lineItems[0].totalAmountAfterTaxesAndDiscounts: "1e999999999" is not an amount; write it like 1234.50`},
		{"Klar: a tax that is no number", lineItem(whole + `,"taxes":[{},{"taxAmount":1e-99}]`),
			`line 1, order k1, lineItems[0].taxes[1].taxAmount: "1e-99" is not an amount; write it like 1234.50`},
		{"Klar: below zero", lineItem(`"quantity":2,"totalAmountAfterTaxesAndDiscounts":-3.5`),
			`line 1, order k1, lineItems: "-3.50" is below zero; write what goes back as a refund of its order`},
		{"Klar: larger than any order", lineItem(`"quantity":2,"totalAmountAfterTaxesAndDiscounts":1e15`),
			`line 1, order k1, lineItems: "1000000000000000" is larger than any order; at most 10000000000000.00 EUR are read`},
		{"Klar: a refund of another order", klar(`"lineItems":[{"id":"a",` + whole + `}],"refundedLineItems":[{"lineItemId":"b"}]`),
			`line 1, order k1, refundedLineItems[0].lineItemId: "b" is no line item of the order; write the id of one`},
		{"Klar: more refunded than ordered",
			klar(`"lineItems":[{"id":"a",` + whole +
				`}],"refundedLineItems":[{"lineItemId":"a","refundedQuantity":3}]`),
			`line 1, order k1, refundedLineItems[0].refundedQuantity: "3" is more than the 2 that were ordered`},
		{"Klar: more refunded than ordered, in two parts", klar(`"lineItems":[{"id":"a",` + whole +
			`}],"refundedLineItems":[{"lineItemId":"a","refundedQuantity":2},{"lineItemId":"a","refundedQuantity":1}]`),
			`line 1, order k1, refundedLineItems[1].refundedQuantity: "3" is more than the 2 that were ordered`},
		{"Klar: too long", klar(`"note":"` + strings.Repeat("x", orders.MaxOrder) + `"`),
			`line 1: is longer than 1048576 bytes; an order is much shorter`},
		{"Klar: not JSON", "[" + strings.TrimSpace(goodKlar) + ",\n{\"id\" \"k2\"}\n]",
			`line 2, element 2 of the list: is not JSON: the character '"' cannot stand there`},
		{"Klar: bad text", klar("\"orderName\":\"\xff\""), `line 1: is not valid text (UTF-8)`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			found, problems := read(test.text, nil)
			if diff := cmp.Diff([]string{test.want}, problems); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if !slices.ContainsFunc(found, func(o attribution.Order) bool { return strings.TrimPrefix(o.ID, "#") == "1" }) {
				t.Errorf("the other order was not read: %v", found)
			}
			for _, err := range orders.Read(strings.NewReader(test.text), nil) {
				if err != nil && !errors.Is(err, orders.ErrOrder) {
					t.Errorf("the family is %v", err)
				}
			}
		})
	}
}

func manyCodes(n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprint("C", i))
	}
	return strings.Join(all, ",")
}

// TestFiles says what a file is that has no orders, and stops there.
func TestFiles(t *testing.T) {
	t.Parallel()
	const noFormat = "line 1: the file is none of the known formats: JSON lines of orders, Klar's order JSON, or the CSV export of " +
		"orders of Shopify or WooCommerce with its header"
	for _, test := range []struct {
		name, text string
		options    orders.Options
		want       string
	}{
		{"empty", "", orders.Options{}, "the file is empty; it should hold orders"},
		{"blank", "\ufeff \r\n\t\n", orders.Options{}, "the file is empty; it should hold orders"},
		{"UTF-16", "\xff\xfeN\x00", orders.Options{}, "the file is UTF-16; save it as UTF-8"},
		{"UTF-16 from the other end", "\xfe\xff\x00N", orders.Options{}, "the file is UTF-16; save it as UTF-8"},
		{"another file", "PK\x03\x04", orders.Options{}, noFormat},
		{"a web page", "<html>\n<body>", orders.Options{}, noFormat},
		{"another table", "Name,Total\nx,y\n", orders.Options{Format: ""},
			`line 1: the column "Created at" is missing; export the orders with it`},
		{"a table of customers", "First Name,Last Name,Email\n", orders.Options{}, noFormat},
		{"an unknown format", "x", orders.Options{Format: "magento"},
			`format: "magento" is no format of orders; those are json, klar, shopify and woocommerce`},
		{"no discount codes", strings.Replace(shopHeader, ",Discount Code", "", 1), orders.Options{},
			`line 1: the column "Discount Code" is missing; export the orders with it`},
		{"no currency column, no taxes", "Name,Financial Status,Total,Discount Code,Created at\n", orders.Options{Net: true},
			`line 1: the column "Taxes" is missing; export the orders with it`},
		{"no coupons", "\n\nOrder Number,Order Date,Order Status,Order Total\n", orders.Options{},
			`line 3: the column "Coupon(s)" is missing; export the orders with it`},
		{"no total", "Order Number,Order Date,Order Status,Coupon Code\n", orders.Options{},
			`line 1: the column "Order Total Amount" is missing; export the orders with it`},
		{"another format than it is", shopHeader, orders.Options{Format: orders.WooCommerce},
			`line 1: the column "Order Number" is missing; export the orders with it`},
		{"none of the columns", "a,b\n", orders.Options{Format: orders.WooCommerce}, noFormat},
		{"a header with a quotation mark", `Name,Created at,Total,"Discount` + "\n", orders.Options{},
			"line 1: has a quotation mark that does not fit; put the cell in quotation marks and double those inside"},
		{"a header of many columns", shopHeader[:len(shopHeader)-1] + strings.Repeat(",x", orders.MaxColumns) + "\n",
			orders.Options{Format: orders.Shopify},
			"line 1: has 2059 columns; at most 2048 are read"},
		{"a long header", "Name" + strings.Repeat(",", orders.MaxHeader), orders.Options{},
			"line 1: is longer than 65536 bytes, and no header of a CSV file is; check that the file holds orders"},
		{"a quotation mark over a million bytes", shopHeader + "#1,\"" + strings.Repeat("#2,paid\n", orders.MaxOrder/4), orders.Options{},
			"line 2: is longer than 1048576 bytes; a quotation mark that nothing closes may stand in it"},
		{"a list of numbers", "[1]", orders.Options{},
			`line 1: "1" stands where an order is expected; write the orders as one list, or one after the other`},
		{"no comma", "[{}{}]", orders.Options{Format: orders.Klar},
			`line 1: "{" stands where an order is expected; write the orders as one list, or one after the other`},
		{"two commas", "[{},\n,{}]", orders.Options{Format: orders.Klar},
			`line 2: "," stands where an order is expected; write the orders as one list, or one after the other`},
		{"no end of the list", "[", orders.Options{}, `line 1: the file ends before its list of orders does; it was not copied whole`},
		{"no end of an order", "[\n{\"id\":[\n", orders.Options{}, `line 2: ends in the middle of an order; it was not copied whole`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var last error
			n := 0
			for o, err := range orders.Read(strings.NewReader(test.text), &test.options) {
				if err == nil {
					t.Errorf("read %v", o)
				}
				if !errors.Is(err, orders.ErrOrder) {
					last = err
					n++
				}
			}
			if last == nil || last.Error() != test.want || n != 1 || !errors.Is(last, orders.ErrFile) {
				t.Errorf("%d errors, the last is\n%v, want\n%s", n, last, test.want)
			}
		})
	}
}

// TestErrorFields gives a program the parts of an error, and a person the sentence in German.
func TestErrorFields(t *testing.T) {
	t.Parallel()
	for _, err := range orders.Read(strings.NewReader(shopHeader+"#2,paid,EUR,ten,0,,2026-06-01 10:00:00 +0200,,,,\n"), nil) {
		var bad *orders.Error
		if !errors.As(err, &bad) {
			t.Fatalf("%v is no *orders.Error", err)
		}
		got := []any{bad.Line, bad.Order, bad.Field, bad.Value, bad.Code(), bad.In(language.German)}
		want := []any{2, "#2", "Total", "ten", "not_an_amount",
			`Zeile 2, Bestellung #2, Total: „ten“ ist kein Betrag; schreiben wie 1234.50`}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}
