package orders_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/attribution/orders"
)

// fuzz reads any bytes as a format. Nothing panics, every error is one of ours and says a sentence, and every order is one
// that our own format takes again.
func fuzz(f *testing.F, format orders.Format, seeds ...string) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data[:min(len(data), 2000)]) // more only makes each input slower
	}
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, net := range []bool{false, true} {
			o := &orders.Options{Format: format, Currency: "EUR", Net: net, TrimPrefixes: []string{"app-"}, TrimSuffixes: []string{"é"}}
			check(t, data, o)
		}
	})
}

func check(t *testing.T, data []byte, o *orders.Options) {
	var last error
	for found, err := range orders.Read(bytes.NewReader(data), o) {
		if errors.Is(last, orders.ErrFile) {
			t.Fatalf("reads on after %v", last)
		}
		last = err
		var bad *orders.Error
		switch {
		case err == nil:
			again(t, found)
		case !errors.As(err, &bad) || errors.Is(err, orders.ErrOrder) == errors.Is(err, orders.ErrFile):
			t.Fatalf("%v is none of our errors", err)
		case bad.Code() == "" || !utf8.ValidString(err.Error()) || errors.Is(err, orders.ErrOrder) && bad.Line == 0:
			t.Fatalf("%q has the code %q and line %d", err, bad.Code(), bad.Line)
		}
	}
}

// again reads an order from our own format.
func again(t *testing.T, o attribution.Order) {
	doc, err := json.Marshal(o)
	if err != nil {
		t.Fatalf("%v: %v", o, err)
	}
	for same, err := range orders.Read(bytes.NewReader(doc), &orders.Options{Format: orders.JSON}) {
		if diff := cmp.Diff(o, same, equal(), cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Fatalf("%s: %v, (-read +again):\n%s", doc, err, diff)
		}
	}
}

func FuzzRead(f *testing.F)        { fuzz(f, "") }
func FuzzJSON(f *testing.F)        { fuzz(f, orders.JSON, goodJSON, "["+goodJSON+","+goodJSON+"]") }
func FuzzKlar(f *testing.F)        { fuzz(f, orders.Klar, goodKlar) }
func FuzzShopify(f *testing.F)     { fuzz(f, orders.Shopify, shopHeader+goodShop) }
func FuzzWooCommerce(f *testing.F) { fuzz(f, orders.WooCommerce, wooHeader+goodWoo, aoeHeader+goodAOE) }
