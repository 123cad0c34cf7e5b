package pages

import (
	"fmt"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
)

// visitIn is a visit in a language, as far as numbers need one.
func visitIn(lang language.Tag) *visit { return &visit{face: newFace(lang)} }

// Amounts are read as the form's language writes them, or refused: none is read as another one.
func TestAmount(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text     string
		currency budget.Currency
		en, de   string // "" is refused
	}{
		{"1234", "EUR", "1234.00", "1234.00"},
		{"1,234.50", "EUR", "1234.50", ""},
		{"1.234,50", "EUR", "", "1234.50"},
		{"1.000", "EUR", "", "1000.00"},
		{"2.500", "EUR", "", "2500.00"},
		{"1,000", "EUR", "1000.00", ""},
		{"7,500", "EUR", "7500.00", ""},
		{"2,5000", "EUR", "", ""},
		{"0,500", "EUR", "", ""},
		{"0.500", "EUR", "", ""},
		{"00.500", "EUR", "", ""},
		{"0.50", "EUR", "0.50", ""},
		{"0,5", "EUR", "", "0.50"},
		{"12 50", "EUR", "", ""},
		{"12 500", "EUR", "12500.00", "12500.00"},
		{"12\u00a0500,5", "EUR", "", "12500.50"},
		{"1 000.5", "EUR", "1000.50", ""},
		{"€ 5", "EUR", "5.00", "5.00"},
		{"5 €", "EUR", "5.00", "5.00"},
		{"5 EUR", "EUR", "5.00", "5.00"},
		{"€5", "USD", "", ""},
		{"$5", "USD", "5.00", "5.00"},
		{"5 EUR", "USD", "", ""},
		{"12€50", "EUR", "", ""},
		{"1EUR5", "EUR", "", ""},
		{"EUREUR5", "EUR", "", ""},
		{"€5€", "EUR", "", ""},
		{"1.000", "JPY", "", "1000"},
		{"1,000", "JPY", "1000", ""},
		{"5.250", "KWD", "5.250", "5250.000"},
		{"-5", "EUR", "-5.00", "-5.00"},
		{"1e3", "EUR", "", ""},
		{"1_000", "EUR", "", ""},
		{"٣", "EUR", "", ""},
		{"99999999999999999", "EUR", "", ""},
		{fmt.Sprintf("%0900000d", 1), "EUR", "", ""},
	} {
		read := func(lang language.Tag) string {
			f := newForm(url.Values{"cost": {test.text}})
			m := visitIn(lang).amount(f, "cost", test.currency)
			if (f.Wrong("cost") != "") == m.IsSet() {
				t.Errorf("%.20q: %q and %v", test.text, f.Wrong("cost"), m)
			}
			if !m.IsSet() {
				return ""
			}
			return m.Amount()
		}
		if diff := cmp.Diff([]string{test.en, test.de}, []string{read(language.English), read(language.German)}); diff != "" {
			t.Errorf("%.20q in %s (-want +got):\n%s", test.text, test.currency, diff)
		}
	}
}

// What a field shows is read back as the same amount, in every currency and language.
func TestAmountComesBack(t *testing.T) {
	t.Parallel()
	currencies := []budget.Currency{"EUR", "USD", "JPY", "KWD", "CHF"}
	visits := []*visit{visitIn(language.English), visitIn(language.German)}
	rapid.Check(t, func(t *rapid.T) {
		m := budget.FromMinor(rapid.Int64Range(-budget.MaxMinor, budget.MaxMinor).Draw(t, "minor"),
			rapid.SampledFrom(currencies).Draw(t, "currency"))
		v := rapid.SampledFrom(visits).Draw(t, "visit")
		f := newForm(url.Values{"cost": {v.face.TypedAmount(m)}})
		if got := v.amount(f, "cost", m.Currency()); got != m {
			t.Fatalf("%v is shown as %q and read as %v: %v", m, f.Get("cost"), got, f.Problems)
		}
	})
}
