package budget_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
)

func TestParseMoney(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		in       string
		currency budget.Currency
		want     string
		err      error
	}{
		{"1234.50", "EUR", "1234.50 EUR", nil},
		{"1234.5", "EUR", "1234.50 EUR", nil},
		{"12", "EUR", "12.00 EUR", nil},
		{"-12.34", "EUR", "-12.34 EUR", nil},
		{"-0.05", "EUR", "-0.05 EUR", nil},
		{"0", "EUR", "0.00 EUR", nil},
		{"-0", "EUR", "0.00 EUR", nil},
		{"007.10", "EUR", "7.10 EUR", nil},
		{"1.50000", "EUR", "1.50 EUR", nil},
		{"1.505", "EUR", "", budget.ErrPrecision},
		{"100", "JPY", "100 JPY", nil},
		{"100.0", "JPY", "100 JPY", nil},
		{"100.5", "JPY", "", budget.ErrPrecision},
		{"0.001", "KWD", "0.001 KWD", nil},
		{"10000000000000.00", "EUR", "10000000000000.00 EUR", nil},
		{"10000000000000.01", "EUR", "", budget.ErrTooLarge},
		{"-10000000000000.01", "EUR", "", budget.ErrTooLarge},
		{"1000000000000000", "JPY", "1000000000000000 JPY", nil},
		{strings.Repeat("9", 60), "EUR", "", budget.ErrTooLarge},
		{strings.Repeat("9", 65), "EUR", "", budget.ErrAmount},
		{"", "EUR", "", budget.ErrAmount},
		{"-", "EUR", "", budget.ErrAmount},
		{".", "EUR", "", budget.ErrAmount},
		{".5", "EUR", "", budget.ErrAmount},
		{"5.", "EUR", "", budget.ErrAmount},
		{"5.", "JPY", "", budget.ErrAmount},
		{"+5", "EUR", "", budget.ErrAmount},
		{"1e3", "EUR", "", budget.ErrAmount},
		{"1,5", "EUR", "", budget.ErrAmount},
		{"1.234.50", "EUR", "", budget.ErrAmount},
		{"1 234", "EUR", "", budget.ErrAmount},
		{"NaN", "EUR", "", budget.ErrAmount},
		{"--1", "EUR", "", budget.ErrAmount},
		{"١٢", "EUR", "", budget.ErrAmount},
		{"12", "", "", budget.ErrCurrency},
		{"12", "eur", "", budget.ErrCurrency},
	} {
		m, err := budget.ParseMoney(tc.in, tc.currency)
		if !errors.Is(err, tc.err) || (err != nil && m.IsSet()) {
			t.Errorf("ParseMoney(%q, %s): %v, want %v", tc.in, tc.currency, err, tc.err)
		}
		if m.String() != tc.want {
			t.Errorf("ParseMoney(%q, %s) = %q, want %q", tc.in, tc.currency, m, tc.want)
		}
	}
}

func TestNewMoney(t *testing.T) {
	t.Parallel()
	nines := new(big.Int).Exp(big.NewInt(10), big.NewInt(5000), nil)
	for _, tc := range []struct {
		amount decimal.Decimal
		want   string
		err    error
	}{
		{decimal.RequireFromString("1234.500"), "1234.50 EUR", nil},
		{decimal.RequireFromString("-0.01"), "-0.01 EUR", nil},
		{decimal.New(1, 13), "10000000000000.00 EUR", nil},
		{decimal.New(1, 14), "", budget.ErrTooLarge},
		{decimal.New(1, -3), "", budget.ErrPrecision},
		{decimal.New(1005, -3), "", budget.ErrPrecision},
		{decimal.New(1, math.MaxInt32), "", budget.ErrTooLarge},
		{decimal.New(1, math.MinInt32), "", budget.ErrPrecision},
		{decimal.New(0, math.MaxInt32), "0.00 EUR", nil},
		{decimal.New(math.MinInt64, math.MaxInt32), "", budget.ErrTooLarge},
		{decimal.NewFromBigInt(nines, -5000), "1.00 EUR", nil},
		{decimal.NewFromBigInt(nines, 0), "", budget.ErrTooLarge},
		{decimal.Decimal{}, "0.00 EUR", nil},
	} {
		m, err := budget.NewMoney(tc.amount, "EUR")
		if !errors.Is(err, tc.err) || m.String() != tc.want {
			t.Errorf("NewMoney(exponent %d) = %q, %v, want %q, %v", tc.amount.Exponent(), m, err, tc.want, tc.err)
		}
	}
	if _, err := budget.NewMoney(decimal.New(1, 0), "EURO"); !errors.Is(err, budget.ErrCurrency) {
		t.Errorf("EURO: %v", err)
	}
}

func TestCurrency(t *testing.T) {
	t.Parallel()
	for in, digits := range map[string]int{
		"EUR": 2, "usd": 2, " gbp ": 2, "JPY": 0, "KWD": 3, "CHF": 2, "RSD": 2, "IDR": 2,
		"ISK": 0, "CLF": 4, "XOF": 0, "XCD": 2, "SLE": 2, "HUF": 2,
	} {
		c, err := budget.ParseCurrency(in)
		if err != nil || c.Digits() != digits {
			t.Errorf("ParseCurrency(%q) = %q with %d digits, %v", in, c, c.Digits(), err)
		}
	}
	for _, bad := range []string{"", "€", "EURO", "EU", "XXX", "XTS", "XAU", "XDR", "ABC", "E R", "ÄÖÜ", "Euro"} {
		if c, err := budget.ParseCurrency(bad); !errors.Is(err, budget.ErrCurrency) {
			t.Errorf("ParseCurrency(%q) = %q, %v", bad, c, err)
		}
	}
}

func TestArithmetic(t *testing.T) {
	t.Parallel()
	most, least := budget.FromMinor(math.MaxInt64, "EUR"), budget.FromMinor(math.MinInt64, "EUR")
	none, usd := budget.Money{}, budget.FromMinor(1, "USD")
	type result struct {
		m   budget.Money
		err error
	}
	pair := func(m budget.Money, err error) result { return result{m, err} }
	for name, tc := range map[string]struct {
		got  result
		want budget.Money
		err  error
	}{
		"add":                {pair(eur("1.10").Add(eur("2.25"))), eur("3.35"), nil},
		"sub":                {pair(eur("1.10").Sub(eur("2.25"))), eur("-1.15"), nil},
		"neg":                {pair(eur("1.10").Neg()), eur("-1.10"), nil},
		"none + x":           {pair(none.Add(usd)), usd, nil},
		"x + none":           {pair(usd.Add(none)), usd, nil},
		"none - x":           {pair(none.Sub(usd)), budget.FromMinor(-1, "USD"), nil},
		"none + none":        {pair(none.Add(none)), none, nil},
		"-none":              {pair(none.Neg()), none, nil},
		"most + 1":           {pair(most.Add(eur("0.01"))), none, budget.ErrOverflow},
		"least - 1":          {pair(least.Sub(eur("0.01"))), none, budget.ErrOverflow},
		"least + least":      {pair(least.Add(least)), none, budget.ErrOverflow},
		"0 - least":          {pair(eur("0").Sub(least)), none, budget.ErrOverflow},
		"-least":             {pair(least.Neg()), none, budget.ErrOverflow},
		"most + 0":           {pair(most.Add(eur("0"))), most, nil},
		"least - 0":          {pair(least.Sub(eur("0"))), least, nil},
		"two currencies":     {pair(eur("1").Add(usd)), none, budget.ErrCurrency},
		"two currencies sub": {pair(eur("1").Sub(usd)), none, budget.ErrCurrency},
	} {
		if !errors.Is(tc.got.err, tc.err) || tc.got.m != tc.want {
			t.Errorf("%s = %v, %v, want %v, %v", name, tc.got.m, tc.got.err, tc.want, tc.err)
		}
	}
	if n, err := eur("1").Compare(eur("2")); n != -1 || err != nil {
		t.Errorf("Compare = %d, %v", n, err)
	}
	if _, err := eur("1").Compare(none); !errors.Is(err, budget.ErrCurrency) {
		t.Errorf("Compare with nothing: %v", err)
	}
	if got := least.String(); got != "-92233720368547758.08 EUR" {
		t.Errorf("the least amount is %s", got)
	}
}

func TestMoneyProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom([]budget.Currency{"EUR", "JPY", "KWD", "CLF"}).Draw(t, "currency")
		m := budget.FromMinor(rapid.Int64Range(-budget.MaxMinor, budget.MaxMinor).Draw(t, "minor"), c)
		if back, err := budget.ParseMoney(m.Amount(), c); err != nil || back != m {
			t.Fatalf("%s came back as %s, %v", m, back, err)
		}
		if back, err := budget.NewMoney(m.Decimal(), c); err != nil || back != m {
			t.Fatalf("%s came back from decimal as %s, %v", m, back, err)
		}
		if got := m.Decimal().StringFixed(int32(c.Digits())); got != m.Amount() {
			t.Fatalf("decimal says %s, Amount %s", got, m.Amount())
		}
		data, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		var back budget.Money
		if err := json.Unmarshal(data, &back); err != nil || back != m {
			t.Fatalf("%s came back as %s, %v", data, back, err)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Int64().Draw(t, "x"), rapid.Int64().Draw(t, "y")
		exact := new(big.Int).Add(big.NewInt(x), big.NewInt(y))
		sum, err := budget.FromMinor(x, "EUR").Add(budget.FromMinor(y, "EUR"))
		if exact.IsInt64() != (err == nil) || (err == nil && sum.Minor() != exact.Int64()) {
			t.Fatalf("%d + %d = %v, %v", x, y, sum, err)
		}
		exact.Sub(big.NewInt(x), big.NewInt(y))
		difference, err := budget.FromMinor(x, "EUR").Sub(budget.FromMinor(y, "EUR"))
		if exact.IsInt64() != (err == nil) || (err == nil && difference.Minor() != exact.Int64()) {
			t.Fatalf("%d - %d = %v, %v", x, y, difference, err)
		}
	})
}

func TestMoneyInJSON(t *testing.T) {
	t.Parallel()
	type record struct {
		Cost   budget.Money `json:"cost"`
		Budget budget.Money `json:"budget,omitzero"`
	}
	for want, in := range map[string]record{
		`{"cost":null}`: {},
		`{"cost":{"amount":"1234.50","currency":"EUR"}}`:                                           {Cost: eur("1234.5")},
		`{"cost":{"amount":"0.00","currency":"EUR"},"budget":{"amount":"-3.00","currency":"EUR"}}`: {eur("0"), eur("-3")},
	} {
		data, err := json.Marshal(in)
		if diff := cmp.Diff(want, string(data)); diff != "" || err != nil {
			t.Errorf("%v: -want +got\n%s", err, diff)
		}
		var out record
		if err := json.Unmarshal(data, &out); err != nil || out != in {
			t.Errorf("%s came back as %v, %v", data, out, err)
		}
	}
	for in, want := range map[string]error{
		`12.5`:                                 budget.ErrAmount,
		`"12"`:                                 budget.ErrAmount,
		`{"amount":12.5,"currency":"EUR"}`:     budget.ErrAmount,
		`{"amount":"12.5"}`:                    budget.ErrCurrency,
		`{"amount":"","currency":"EUR"}`:       budget.ErrAmount,
		`{"amount":"12.555","currency":"EUR"}`: budget.ErrPrecision,
		`{"amount":"10000000000000.01","currency":"EUR"}`: budget.ErrTooLarge,
	} {
		var m budget.Money
		if err := json.Unmarshal([]byte(in), &m); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", in, err, want)
		}
	}
}

func TestStage(t *testing.T) {
	t.Parallel()
	for _, s := range budget.Stages() {
		if got, err := budget.ParseStage(" " + strings.ToUpper(string(s))); got != s || err != nil {
			t.Errorf("ParseStage(%q) = %q, %v", s, got, err)
		}
	}
	if _, err := budget.ParseStage("cancelled"); !errors.Is(err, budget.ErrStage) {
		t.Errorf("cancelled: %v", err)
	}
}
