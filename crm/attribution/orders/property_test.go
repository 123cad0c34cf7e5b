package orders_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/attribution/orders"
	"github.com/getklar/influencercrm/utm"
)

// TestJSONOfOrders reads what encoding/json writes of orders, with every field that an order has: one a line, and as a list.
func TestJSONOfOrders(t *testing.T) {
	t.Parallel()
	at := rapid.Custom(func(t *rapid.T) time.Time {
		zone := time.FixedZone("", 60*rapid.IntRange(-12*60, 12*60).Draw(t, "offset"))
		return time.Unix(rapid.Int64Range(1e9, 4e9).Draw(t, "seconds"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds")).In(zone)
	})
	text := rapid.StringMatching(`[a-zA-ZÀ-ž0-9"\\{}<,; -]{0,8}[A-Z]`).Filter(func(s string) bool { return s[0] != ' ' })
	value := rapid.Custom(func(t *rapid.T) utm.Value {
		if rapid.Bool().Draw(t, "set") {
			return utm.Of(rapid.String().Draw(t, "value"))
		}
		return utm.Value{}
	})
	touch := rapid.Custom(func(t *rapid.T) attribution.Touchpoint {
		var p attribution.Touchpoint
		for _, f := range utm.Fields() {
			p.UTM = p.UTM.With(f, value.Draw(t, f.String()))
		}
		if rapid.Bool().Draw(t, "timed") {
			p.At = at.Draw(t, "visit")
		}
		return p
	})
	rapid.Check(t, func(t *rapid.T) {
		var doc bytes.Buffer
		var want []attribution.Order
		lines := json.NewEncoder(&doc)
		for range rapid.IntRange(1, 5).Draw(t, "orders") {
			o := attribution.Order{
				ID: text.Draw(t, "id"), At: at.Draw(t, "at"), Codes: rapid.SliceOfNDistinct(text, 0, 4, rapid.ID).Draw(t, "codes"),
				Touchpoints: rapid.SliceOfN(touch, 0, 3).Draw(t, "touchpoints"),
				Amount: budget.FromMinor(rapid.Int64Range(1, budget.MaxMinor).Draw(t, "amount"),
					budget.Currency(rapid.SampledFrom([]string{"EUR", "JPY", "KWD"}).Draw(t, "currency"))),
				Cancelled: rapid.Bool().Draw(t, "cancelled"),
				RefundOf:  rapid.SampledFrom([]string{"", "1", "x y"}).Draw(t, "refund of"),
			}
			want = append(want, o)
			if err := lines.Encode(o); err != nil {
				t.Fatal(err)
			}
		}
		list, err := json.MarshalIndent(want, "", rapid.SampledFrom([]string{"", " "}).Draw(t, "indent"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range [][]byte{doc.Bytes(), list} {
			var found []attribution.Order
			for o, err := range orders.Read(bytes.NewReader(file), &orders.Options{Format: orders.JSON}) {
				if err != nil {
					t.Fatal(err)
				}
				found = append(found, o)
			}
			if diff := cmp.Diff(want, found, equal(), cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
		}
	})
}
