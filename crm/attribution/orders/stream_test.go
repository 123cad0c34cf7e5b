package orders_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm/attribution/orders"
)

// endless is a file of n orders, which come to be as they are read.
type endless struct {
	header, footer string
	line           func(n int) string
	orders, made   int
	given          int // bytes
	rest           string
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		switch {
		case e.made == 0:
			e.rest = e.header + e.line(0)
		case e.made < e.orders:
			e.rest = e.line(e.made)
		case e.made == e.orders:
			e.rest = e.footer
		}
		e.made++
		if e.rest == "" {
			return 0, io.EOF
		}
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	e.given += n
	return n, nil
}

// files are long files of each format.
func files(n int) map[string]*endless {
	return map[string]*endless{
		"json": {orders: n, line: func(n int) string {
			return fmt.Sprintf(`{"id":"%d","at":"2026-06-01T10:00:00Z","codes":["PAM%d"],"amount":{"amount":"47.60","currency":"EUR"}}`+"\n", n, n%1000)
		}},
		"klar": {orders: n, header: "[",
			footer: "{\"id\":\"end\",\"createdAt\":1780308000,\"currencyCodeIso3Letter\":\"EUR\"}]",
			line: func(n int) string {
				return fmt.Sprintf(`{"id":"%d","createdAt":1780308000,"currencyCodeIso3Letter":"EUR","lineItems":[{"id":"a","quantity":2,`+
					`"totalAmountAfterTaxesAndDiscounts":40.0,"taxes":[{"taxAmount":3.8}],"discounts":[{"isVoucher":true,"voucherCode":"PAM%d"}]}]},`+"\n", n, n%1000)
			}},
		"shopify": {orders: n, header: shopHeader, line: func(n int) string {
			return fmt.Sprintf("#%d,paid,EUR,47.60,7.60,\"PAM%d, FREESHIP\",2026-06-01 10:00:00 +0200,,0.00,%d,\n#%d,,,,,,,,,,\n", n, n%1000, n, n)
		}},
		"woocommerce": {orders: n, header: wooHeader, line: func(n int) string {
			return fmt.Sprintf("%d,2026-06-01 10:00:00,completed,47.60,7.60,EUR,code:PAM%d|amount:3.00,\n", n, n%1000)
		}},
	}
}

// TestStream reads ahead by no more than its buffers, however long the file is.
func TestStream(t *testing.T) {
	t.Parallel()
	const n, ahead = 20_000, 2 * orders.MaxHeader
	for name, file := range files(n) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			read, longest := 0, len(file.header)+len(file.line(n))
			for _, err := range orders.Read(file, nil) {
				if err != nil {
					t.Fatal(err)
				}
				if read++; file.given > read*longest+ahead {
					t.Fatalf("%d bytes are read for %d orders", file.given, read)
				}
			}
			want := n
			if file.footer != "" { // which has one more
				want++
			}
			if read != want {
				t.Errorf("%d orders, want %d", read, want)
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	for name := range files(1) {
		b.Run(name, func(b *testing.B) {
			file := files(b.N)[name]
			b.ReportAllocs()
			n := 0
			for _, err := range orders.Read(file, nil) {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
			b.SetBytes(int64(file.given / max(n, 1)))
		})
	}
	// What the parts of the standard library take for a file that they can read alone.
	b.Run("floor/lines", func(b *testing.B) {
		b.ReportAllocs()
		file := files(b.N)["json"]
		if n, err := io.Copy(io.Discard, file); err != nil || n == 0 {
			b.Fatal(n, err)
		}
		b.SetBytes(int64(file.given / b.N))
	})
}

// TestStrayQuote does not read a file to its end for a quotation mark that nothing closes.
func TestStrayQuote(t *testing.T) {
	t.Parallel()
	file := files(1_000_000)["shopify"]
	made := file.line
	file.line = func(n int) string { return strings.ReplaceAll(made(n), `"`, "") }
	file.header += "#0,\"paid,EUR,1,0,,2026-06-01,,,,\n"
	problems := 0
	for _, err := range orders.Read(file, nil) {
		if err != nil {
			problems++
		}
	}
	if problems != 1 || file.given > 2*orders.MaxOrder {
		t.Errorf("%d problems after %d bytes", problems, file.given)
	}
}
