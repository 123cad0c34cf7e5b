package orders_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/attribution/orders"
	"github.com/getklar/influencercrm/utm"
)

// order is an order with an amount such as "47.60 EUR".
func order(id, at, amount string, codes ...string) attribution.Order {
	return attribution.Order{ID: id, At: moment(at), Amount: money(amount), Codes: codes}
}

// cancelled is an order that was called off.
func cancelled(o attribution.Order) attribution.Order {
	o.Cancelled = true
	return o
}

// back is a refund of an order.
func back(of, id, at, amount string) attribution.Order {
	return attribution.Order{ID: id, At: moment(at), Amount: money(amount), RefundOf: of}
}

// visited is an order after a visit, at the order's time, with UTM parameters.
func visited(o attribution.Order, query string) attribution.Order {
	p, err := utm.Parse(query)
	if err != nil {
		panic(err)
	}
	o.Touchpoints = append(o.Touchpoints, attribution.Touchpoint{UTM: p})
	return o
}

func moment(s string) time.Time {
	at, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return at
}

func money(s string) budget.Money {
	amount, currency, _ := strings.Cut(s, " ")
	m, err := budget.ParseMoney(amount, budget.Currency(currency))
	if err != nil {
		panic(err)
	}
	return m
}

func berlin(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// read returns all that a file yields: its orders, and its errors in words.
func read(text string, o *orders.Options) (found []attribution.Order, problems []string) {
	for order, err := range orders.Read(strings.NewReader(text), o) {
		if err != nil {
			problems = append(problems, err.Error())
			continue
		}
		found = append(found, order)
	}
	return found, problems
}

// equal compares orders; amounts are comparable with ==.
func equal() cmp.Option { return cmp.Comparer(func(a, b budget.Money) bool { return a == b }) }

// samples are the files in testdata, and the orders in them.
func samples(t testing.TB) map[string]struct {
	options orders.Options
	want    []attribution.Order
} {
	return map[string]struct {
		options orders.Options
		want    []attribution.Order
	}{
		"orders.jsonl": {want: []attribution.Order{
			order("901", "2026-06-01T00:15:00+02:00", "47.60 EUR", "PAM15"),
			func() attribution.Order {
				o := order("902", "2026-06-01T10:00:00Z", "100.00 EUR", "PAM15", "IDA, 15")
				o = visited(visited(o, "utm_source=instagram&utm_medium=influencer&utm_campaign=summer-26"), "utm_campaign=")
				o.Touchpoints[0].At = moment("2026-05-30T09:00:00Z")
				return o
			}(),
			order("903", "2026-06-02T23:59:59.5-04:00", "64.00 USD", "USA10"),
			cancelled(order("904", "2026-06-03T12:00:00Z", "20.00 EUR", "PAM15")),
			order("905", "2026-06-03T13:00:00Z", "80.00 EUR", "IDA15"),
			back("905", "905-a", "2026-06-08T09:30:00Z", "10.00 EUR"),
			back("905", "905-b", "2026-06-09T08:00:00Z", "70.00 EUR"),
			order("906", "2026-06-04T08:00:00Z", "4200 JPY", "TOKYO5"),
			{ID: "907", At: moment("2026-06-04T09:00:00Z")},
			back("908", "908-back", "2026-06-10T09:00:00Z", "5.00 EUR"),
			order("908", "2026-06-05T09:00:00+05:30", "15.00 EUR", "RENÉ10"),
		}},
		"klar.json": {want: []attribution.Order{
			order("k-801", "2026-06-01T10:00:00Z", "72.51 EUR", "PAM15"),
			order("k-802", "2026-06-01T11:00:00Z", "35.70 EUR", "PAM15", "IDA15", "FREESHIP"),
			order("k-803", "2026-06-01T12:00:00Z", "35.70 EUR", "IDA15"),
			back("k-803", "k-803-refund", "2026-06-02T08:13:20Z", "11.90 EUR"),
			back("k-803", "k-803-refund-2", "2026-06-02T11:00:00Z", "11.90 EUR"),
			order("k-804", "2026-06-01T13:00:00Z", "23.34 EUR"),
			back("k-804", "k-804-refund", "2026-06-02T11:00:00Z", "23.34 EUR"),
			cancelled(order("k-805", "2026-06-01T14:00:00Z", "11.90 EUR", "PAM15")),
			order("k-806", "2026-06-01T15:00:00Z", "59.00 USD", "RENÉ10"),
			visited(order("k-807", "2026-06-01T16:00:00Z", "4200 JPY"), "utm_source=instagram&utm_medium=influencer&utm_campaign=summer-26"),
			visited(order("k-808", "2026-06-01T17:00:00Z", "30.00 EUR", "BUNDLE5"), "utm_source=tiktok&utm_campaign=Drop%202"),
			order("k-809", "2026-06-01T18:00:00Z", "10.00 EUR"),
			back("k-809", "k-809-refund", "2026-06-01T18:00:00Z", "10.00 EUR"),
			cancelled(order("k-810", "2026-06-01T19:00:00Z", "14.69 EUR", "PAM15", "IDA15")),
		}},
		"shopify.csv": {want: []attribution.Order{
			order("#1014", "2026-06-30T23:45:10+02:00", "49.90 EUR", "PAM15"),
			order("#1013", "2026-06-30T12:00:00+02:00", "100.00 EUR", "PAM15", "FREESHIP"),
			order("#1012", "2026-06-29T18:30:00+02:00", "35.00 EUR", "ida-15"),
			back("#1012", "#1012-refund", "2026-06-29T18:30:00+02:00", "12.50 EUR"),
			order("#1011", "2026-06-29T09:05:00+02:00", "60.00 EUR", "IDA15"),
			back("#1011", "#1011-refund", "2026-06-29T09:05:00+02:00", "60.00 EUR"),
			cancelled(order("#1010", "2026-06-28T21:12:00+02:00", "25.00 EUR", "PAM15")),
			cancelled(order("#1009", "2026-06-28T08:00:00+02:00", "80.00 EUR")),
			order("#1008", "2026-06-27T15:00:00-04:00", "59.00 USD", "RENÉ10"),
			order("#1007", "2026-06-27T03:00:00+09:00", "4200 JPY", "TOKYO5"),
			visited(order("#1006", "2026-06-26T10:00:00+02:00", "45.00 EUR"),
				"utm_source=instagram&utm_medium=influencer&utm_campaign=summer-26"),
			order("#1005", "2026-06-26T09:59:59+02:00", "30.00 EUR", "Custom discount"),
			order("#1004", "2026-06-25T17:20:00+02:00", "0.00 EUR", "FULLGIFT"),
			order("#1003", "2026-03-29T01:59:59+01:00", "19.90 EUR", "PAM15"),
			order("#1003", "2025-03-30T03:00:00+02:00", "21.00 EUR", "PAM10"),
			order("#1002", "2026-06-01T00:15:00+02:00", "75.50 EUR", "PAM15", "pam15", "IDA15"),
		}},
		"woocommerce_orders.csv": {options: orders.Options{Location: berlin(t)}, want: []attribution.Order{
			order("501", "2026-06-01T00:15:00+02:00", "47.60 EUR", "pam15"),
			order("502", "2026-06-02T10:00:00+02:00", "1190.00 EUR", "pam15", "ida15", "freeship"),
			cancelled(order("503", "2026-06-03T11:30:00+02:00", "35.70 EUR", "pam15")),
			order("504", "2026-06-04T12:00:00+02:00", "59.50 EUR", "ida15"),
			back("504", "504-refund", "2026-06-10T09:00:00+02:00", "59.50 EUR"),
			order("505", "2026-06-05T13:00:00+02:00", "119.00 EUR", "ida15"),
			back("505", "505-refund", "2026-06-11T16:20:00+02:00", "23.80 EUR"),
			cancelled(order("506", "2026-06-06T14:00:00+02:00", "23.80 EUR")),
			order("507", "2026-06-07T15:00:00+02:00", "84.00 CHF", "tok yo-5"),
			order("508", "2026-06-08T23:59:00+02:00", "11.90 EUR"),
			order("509", "2026-06-09T08:00:00+02:00", "29.75 EUR", "rené10"),
			back("509", "509-refund", "2026-06-09T08:00:00+02:00", "29.75 EUR"),
			order("510", "2026-10-25T00:30:00+02:00", "17.85 EUR", "pam15"),
		}},
		"woocommerce_import_export.csv": {options: orders.Options{Location: berlin(t)}, want: []attribution.Order{
			order("601", "2026-06-01T08:00:00+02:00", "47.60 EUR", "pam15"),
			order("602", "2026-06-02T09:00:00+02:00", "100.00 EUR", "pam15", "ida15"),
			order("603", "2026-06-03T10:00:00+02:00", "80.00 EUR", "ida15"),
			back("603", "603-refund", "2026-06-08T09:30:00+02:00", "10.00 EUR"),
			back("603", "603-refund-2", "2026-06-09T10:00:00+02:00", "5.50 EUR"),
			order("604", "2026-06-04T11:00:00+02:00", "55.00 EUR", "pam15"),
			back("604", "604-refund", "2026-06-05T12:00:00+02:00", "55.00 EUR"),
			cancelled(order("605", "2026-06-05T12:00:00+02:00", "20.00 EUR", "pam15")),
			visited(order("WC-2026-606", "2026-06-06T13:00:00+02:00", "33.00 EUR"),
				"utm_source=instagram&utm_medium=influencer&utm_campaign=summer-26"),
			visited(order("607", "2026-06-07T14:00:00+02:00", "64.00 USD", "usa10"), "utm_source=google&utm_medium=organic"),
		}},
		"woocommerce_analytics.csv": {options: orders.Options{Location: berlin(t), Currency: "EUR"}, want: []attribution.Order{
			back("703", "703-refund-20260611T142000Z-20.00", "2026-06-11T16:20:00+02:00", "20.00 EUR"),
			order("705", "2026-06-10T10:00:00+02:00", "70.59 EUR", "pam15", "ida15"),
			cancelled(order("704", "2026-06-05T13:00:00+02:00", "10.00 EUR", "pam15")),
			order("703", "2026-06-04T12:00:00+02:00", "100.00 EUR", "ida15"),
			order("702", "2026-06-01T00:15:00+02:00", "40.00 EUR"),
		}},
	}
}

// TestSamples reads each file as a whole, and byte by byte.
func TestSamples(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	known := samples(t)
	if len(files) != len(known) {
		t.Errorf("%d files and %d results", len(files), len(known))
	}
	for name, sample := range known {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(filepath.Join("testdata", name))
			if err != nil {
				t.Fatal(err)
			}
			found, problems := read(string(data), &sample.options)
			if diff := cmp.Diff(sample.want, found, equal()); diff != "" || len(problems) > 0 {
				t.Errorf("problems %q, orders (-want +got):\n%s", problems, diff)
			}
			var slowly []attribution.Order
			for o, err := range orders.Read(iotest.OneByteReader(bytes.NewReader(data)), &sample.options) {
				if err != nil {
					t.Fatal(err)
				}
				slowly = append(slowly, o)
			}
			if diff := cmp.Diff(sample.want, slowly, equal()); diff != "" {
				t.Errorf("byte by byte (-want +got):\n%s", diff)
			}
		})
	}
}

// Orders of our own in one JSON array are told from Klar's by the fields of the first one.
func TestListOfOrders(t *testing.T) {
	t.Parallel()
	const bad = `{"id":"2","at":"soon"}`
	one, klar := strings.TrimSpace(goodJSON), strings.TrimSpace(goodKlar)
	for _, test := range []struct {
		text     string
		found    int
		problems []string
	}{
		{"[" + one + "]", 1, nil},
		{" [\n\t" + one + ",\n\t" + bad + ",\n\t" + one + "\n]\n", 2,
			[]string{`line 3, element 2 of the list, order 2, at: "soon" is not a time; write it like 2026-06-01T10:00:00+02:00`}},
		{`[{"id":"2"},` + one + "]", 1,
			[]string{"line 1, element 1 of the list, order 2, at: the time of the order is missing; write it like 2026-06-01T10:00:00+02:00"}},
		{"[" + klar + "," + klar + "]", 2, nil},
		{"[]", 0, nil},
		{"[" + one, 1, []string{"line 1: the file ends before its list of orders does; it was not copied whole"}},
	} {
		found, problems := read(test.text, nil)
		if diff := cmp.Diff(test.problems, problems); diff != "" || len(found) != test.found {
			t.Errorf("%s: %d orders, problems (-want +got):\n%s", test.text, len(found), diff)
		}
	}
}

// TestPersonalDetails holds the readers to leaving out who ordered.
func TestPersonalDetails(t *testing.T) {
	t.Parallel()
	for name, sample := range samples(t) {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		found, _ := read(string(data), &sample.options)
		for _, o := range found {
			text := strings.ToLower(strings.Join(append(o.Codes, o.ID, o.RefundOf), " "))
			for _, touch := range o.Touchpoints {
				for _, f := range utm.Fields() {
					text += " " + strings.ToLower(touch.UTM.Get(f).String())
				}
			}
			for _, detail := range []string{"example", "sample", "invented", "placeholder", "@", "lane"} {
				if strings.Contains(text, detail) {
					t.Errorf("%s: %s holds %q", name, text, detail)
				}
			}
		}
	}
}

// TestReaderFails passes on what the reader says.
func TestReaderFails(t *testing.T) {
	t.Parallel()
	failure := errors.New("the disk is gone")
	for name, sample := range samples(t) {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, cut := range []int{0, 1, 3, len(data) / 2, len(data) - 5} {
			var last error
			after := 0
			for _, err := range orders.Read(iotest.DataErrReader(&failing{data[:cut], failure}), &sample.options) {
				if last != nil {
					after++
				}
				last = err
			}
			if !errors.Is(last, failure) || !errors.Is(last, orders.ErrFile) || after > 0 {
				t.Errorf("%s after %d bytes: %v, and %d more", name, cut, last, after)
			}
		}
	}
}

// failing reads its data and then fails.
type failing struct {
	data []byte
	err  error
}

func (f *failing) Read(p []byte) (int, error) {
	if len(f.data) == 0 {
		return 0, f.err
	}
	n := copy(p, f.data)
	f.data = f.data[n:]
	return n, nil
}

// Two refunds of an order on one day are two, also where an export has days and no times.
func TestRefundsOfOneDay(t *testing.T) {
	t.Parallel()
	const header = "Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Net Sales,Attribution\n"
	found, problems := read(header+
		"2026-06-11,703,'-€20.00,refunded,Gil,returning,1× Serum,-1,,'-20,Direct\n"+
		"2026-06-11,703,'-€5.50,refunded,Gil,returning,1× Serum,-1,,'-5.5,Direct\n", &orders.Options{Location: berlin(t), Currency: "EUR"})
	var ids []string
	for _, o := range found {
		ids = append(ids, o.ID+" "+o.Amount.Amount())
	}
	want := []string{"703-refund-20260610T220000Z-20.00 20.00", "703-refund-20260610T220000Z-5.50 5.50"}
	if diff := cmp.Diff(want, ids); diff != "" || len(problems) > 0 {
		t.Error(diff, problems)
	}
}
