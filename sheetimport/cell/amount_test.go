package cell_test

import (
	"cmp"
	"errors"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/cell"
)

// cellFailure shows a cell's error in short: the code and the readings.
func cellFailure(err error) string {
	out := "!" + cellCode(err)
	if e, ok := errors.AsType[*cell.Error](err); ok && len(e.Readings) > 0 {
		out += " " + strings.Join(e.Readings, " ")
	}
	return out
}

// amountOf shows a reading of an amount: "1234.5 EUR", "blank", or the error.
func amountOf(text string, s cell.DecimalStyle) string {
	a, err := cell.ParseAmount(text, s, "")
	switch {
	case err != nil:
		return cellFailure(err)
	case a.Blank:
		return "blank"
	}
	return strings.TrimSpace(a.Value.String() + " " + string(a.Currency))
}

func TestParseAmount(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		// One reading.
		{"1.234,56", "1234.56"}, {"1,234.56", "1234.56"}, {"1 234,56", "1234.56"}, {"1\u00A0234,56", "1234.56"}, {"1\u202F234,56", "1234.56"},
		{"1'200.-", "1200"}, {"1’200.–", "1200"}, {"800,-", "800"}, {"800,-- €", "800 EUR"}, {"1.234.567", "1234567"},
		{"1,234,567", "1234567"},
		{"12,50", "12.5"}, {"12.5", "12.5"}, {"1,5", "1.5"}, {"0", "0"}, {"0,00", "0"}, {"1234", "1234"}, {"7500.00", "7500"}, {"007", "7"},
		{"0.500", "0.5"}, {"1234.5000", "1234.5"}, {"12 345", "12345"}, {"1'234.5", "1234.5"},
		{"  \u200B500\uFEFF ", "500"},
		// With the currency, before or after.
		{"EUR 500", "500 EUR"}, {"500 EUR", "500 EUR"}, {"€500", "500 EUR"}, {"4,500.00 €", "4500 EUR"}, {"7.500,00 €", "7500 EUR"},
		{"500 Euro", "500 EUR"}, {"CHF 1'200.-", "1200 CHF"}, {"500 USD", "500 USD"}, {"$1,234.50", "1234.5 USD"}, {"500 Fr.", "500 CHF"},
		{"€ 500 EUR", "500 EUR"}, {"500 eur", "500 EUR"}, {"JPY 5000", "5000 JPY"},
		// With a word for the zeros.
		{"1.2k", "1200"}, {"12,5k €", "12500 EUR"}, {"€2k", "2000 EUR"}, {"1,2 Mio. €", "1200000 EUR"},
		{"5 Tsd. EUR", "5000 EUR"}, {"1.23456k", "1234.56"},
		{"1,234k", "!ambiguous_amount 1234 1234000"}, {"-2k", "!negative_amount"}, {"2 kr", "!ambiguous_currency SEK NOK DKK"},
		// Two readings.
		{"1.234", "!ambiguous_amount 1234 1.234"}, {"1,234", "!ambiguous_amount 1.234 1234"}, {"10.005", "!ambiguous_amount 10005 10.005"},
		{"1.234 €", "!ambiguous_amount 1234 1.234"},
		// No amount, which is not the amount 0.
		{"", "blank"}, {"\u00A0", "blank"}, {"-", "blank"}, {"–", "blank"}, {"n/a", "blank"}, {`\N`, "blank"},
		{"k. A.", "blank"}, {"tbd", "blank"}, {"TBA", "blank"},
		{"Barter", "blank"}, {"gifted", "blank"}, {"FREE", "blank"}, {"kostenlos", "blank"}, {"Produkt", "blank"},
		// Never a silent number.
		{"-500", "!negative_amount"}, {"−500,00 €", "!negative_amount"}, {"€ -500", "!negative_amount"}, {"(500.00)", "!negative_amount"},
		{"500-", "!negative_amount"}, {"(1.234,00 €)", "!negative_amount"}, {"($500)", "!negative_amount"},
		{"NaN", "!not_an_amount"}, {"Inf", "!not_an_amount"}, {"0x1F4", "!not_an_amount"}, {"1e3", "!not_an_amount"}, {"1E3", "!not_an_amount"},
		{"99999999999999999999", "!too_large"}, {"1000000000000000", "1000000000000000"}, {"1888888888888856", "!too_large"},
		{"10,000,000,000,000.00 EUR", "10000000000000 EUR"}, {"10,000,000,000,000.01 EUR", "!too_large"}, {"1000000000000001 JPY", "!too_large"},
		{"500 + Produkt", "!not_an_amount"}, {"500-700", "!not_an_amount"},
		{"500 – 700 €", "!not_an_amount"},
		{"see contract", "!not_an_amount"}, {"two thousand", "!not_an_amount"}, {"10k-15k", "!not_an_amount"},
		{">100k", "!not_an_amount"}, {"~50", "!not_an_amount"},
		{">100", "!not_an_amount"}, {"12.34.56", "!not_an_amount"}, {"1,23,456", "123456"}, {"1.234,567.8", "!not_an_amount"},
		{"EUR 500 USD", "!not_an_amount"}, {"500 kr", "!ambiguous_currency SEK NOK DKK"},
		{"¥7700", "!ambiguous_currency JPY CNY"}, {"500 kr EUR", "!not_an_amount"},
		{"kr 500-700", "!not_an_amount"}, {"1.6.2026", "!not_an_amount"}, {"2026-06-01", "!not_an_amount"},
		{"12.34567", "12.3457"}, {"12,345 EUR", "!ambiguous_amount 12.345 12345"}, {"0,005 €", "!too_precise"}, {"5.5 JPY", "!too_precise"},
		{".", "!not_an_amount"}, {"(500", "!not_an_amount"}, {"٣٠٠", "!not_an_amount"}, {"#VALUE!", "!formula_error"},
		{"Loading...", "!formula_error"},
	}
	for _, tt := range tests {
		if got := amountOf(tt.in, cell.StyleUnknown); got != tt.want {
			t.Errorf("ParseAmount(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestParseAmountWithStyle(t *testing.T) {
	t.Parallel()
	const comma, point = cell.CommaDecimals, cell.PointDecimals
	tests := []struct {
		in    string
		style cell.DecimalStyle
		want  string
	}{
		{"1.234", comma, "1234"}, {"1.234", point, "1.234"}, {"1,234", comma, "1.234"}, {"1,234", point, "1234"},
		{"1.234,50", point, "1234.5"}, // has only one reading anyway
		{"1,234 €", comma, "!too_precise 1.234 1234.00"},
	}
	for _, tt := range tests {
		if got := amountOf(tt.in, tt.style); got != tt.want {
			t.Errorf("ParseAmount(%q, %s) = %q, want %q", tt.in, tt.style, got, tt.want)
		}
	}
}

// A text has no more decimals than its currency; zeros beyond them say nothing, unless a thousand may be meant.
func TestParseAmountWithMoreDecimalsThanTheCurrency(t *testing.T) {
	t.Parallel()
	const unknown, comma, point = cell.StyleUnknown, cell.CommaDecimals, cell.PointDecimals
	for _, tt := range []struct {
		in     string
		style  cell.DecimalStyle
		likely budget.Currency
		want   string
	}{
		// The style speaks for decimals that the currency does not have.
		{"1.000", point, "EUR", "!too_precise 1000.00 1.00"}, {"1,000", comma, "EUR", "!too_precise 1.00 1000.00"},
		{"$ 1.000", point, "EUR", "!too_precise 1000.00 1.00"}, {"1.000 €", point, "USD", "!too_precise 1000.00 1.00"},
		{"EUR 12,500", comma, "EUR", "!too_precise 12.50 12500.00"}, {"999.990", point, "EUR", "!too_precise 999990.00 999.99"},
		{"12.345", point, "EUR", "!too_precise 12345.00 12.345"}, {"1.000 € zzgl. MwSt.", point, "EUR", "!too_precise 1000.00 1.00"},
		// Only one reading.
		{"1,234.5678", point, "EUR", "!too_precise"}, {"1,234.5678", unknown, "EUR", "!too_precise"}, {"1,234.500", point, "EUR", "1234.5 EUR"},
		{"1.234,500 €", comma, "EUR", "1234.5 EUR"}, {"1500.0000", unknown, "EUR", "1500 EUR"}, {"1500.000", point, "EUR", "1500 EUR"},
		{"0.500", unknown, "EUR", "0.5 EUR"}, {"1'000.000", unknown, "EUR", "1000 EUR"}, {"1.50000k", unknown, "EUR", "1500 EUR"},
		// The style speaks for thousands, or the text does.
		{"1.000", comma, "EUR", "1000 EUR"}, {"1,000", point, "EUR", "1000 EUR"}, {"$ 1.000", comma, "EUR", "1000 USD"},
		{"1.000,00", comma, "EUR", "1000 EUR"}, {"1,000.00", comma, "EUR", "1000 EUR"}, {"1.000,00", point, "EUR", "1000 EUR"},
		{"1,000.00", point, "EUR", "1000 EUR"}, {"1.000,-", point, "EUR", "1000 EUR"}, {"1.000.000", point, "EUR", "1000000 EUR"},
		{"1.000", unknown, "EUR", "!ambiguous_amount 1000 1.000"}, {"1.500k", point, "EUR", "1500 EUR"},
		// Three decimals, to which an export adds a zero.
		{"1.000", point, "KWD", "1 KWD"}, {"1.234 BHD", point, "EUR", "1.234 BHD"}, {"12,345 TND", comma, "EUR", "12.345 TND"},
		{"1.234 KWD", comma, "EUR", "1234 KWD"}, {"0.500", unknown, "KWD", "0.5 KWD"}, {"1.2340", unknown, "KWD", "1.234 KWD"},
		{"1.2345", unknown, "KWD", "!too_precise"}, {"1.0000 EUR", unknown, "KWD", "1 EUR"},
		{"1.000 EUR", point, "KWD", "!too_precise 1000.00 1.00"},
		// None.
		{"1.000", point, "JPY", "1000 JPY"}, {"1,000 JPY", comma, "EUR", "1000 JPY"}, {"1000.00", unknown, "JPY", "1000 JPY"},
		{"¥1,000.50", unknown, "JPY", "!too_precise"}, {"1000.0 JPY", unknown, "EUR", "1000 JPY"},
		// More than any currency has: what a program computed or wrote.
		{"840.336134", point, "EUR", "840.34 EUR ~840.336134"}, {"1500.00000", point, "EUR", "1500 EUR"},
		{"1200.1000000000001", point, "EUR", "1200.1 EUR"}, {"1.0000000000000000", unknown, "EUR", "1 EUR"},
	} {
		a, err := cell.ParseAmount(tt.in, tt.style, tt.likely)
		got := cellFailure(err)
		if err == nil {
			if got = a.Value.String() + " " + string(cmp.Or(a.Currency, tt.likely)); a.Computed != "" {
				got += " ~" + a.Computed
			}
		}
		if got != tt.want {
			t.Errorf("ParseAmount(%q, %s, %s) = %q, want %q", tt.in, tt.style, tt.likely, got, tt.want)
		}
	}
}

func TestDecimalStyleOf(t *testing.T) {
	t.Parallel()
	const unknown, comma, point = cell.StyleUnknown, cell.CommaDecimals, cell.PointDecimals
	tests := []struct {
		column string
		want   cell.DecimalStyle
	}{
		{"", unknown}, {"500|1.234|2,500||x|tbd", unknown}, {"1.234|7.500,00 €", comma}, {"1.234|12,50", comma}, {"1.234.567", comma},
		{"1,234|1,234.50", point}, {"-12.5", point}, {"12,50|12.50", unknown}, {"12,50|12.50|12,50", unknown}, {"1'234", unknown},
	}
	for _, tt := range tests {
		if got, _ := cell.DecimalStyleOf(strings.Split(tt.column, "|")); got != tt.want {
			t.Errorf("DecimalStyleOf(%q) = %s, want %s", tt.column, got, tt.want)
		}
	}
}

func TestNoAmount(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "", "–": "", "N/A": "", "TBD": "tbd", "Barter": "barter",
		"nur Produkt": "nur produkt", "gifted.": "gifted",
		"-   €": "", "$ -": "", "€ –": "", "EUR -": "", "- USD": "", "-€": ""} {
		if word, ok := cell.NoAmount(in); !ok || word != want {
			t.Errorf("NoAmount(%q) = %q, %v; want %q", in, word, ok, want)
		}
	}
	for _, in := range []string{"500", "-500 €", "€", "XY -", "EUR"} {
		if _, ok := cell.NoAmount(in); ok {
			t.Errorf("NoAmount(%q) is true", in)
		}
	}
}

func TestParseAmountErrorsSaySomething(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"two thousand":    `"two thousand" is not an amount; write it like 1234.50, 1.234,50 € or 1,234.50 EUR`,
		"1.234":           `"1.234" can be read in two ways (1234 or 1.234); write it with two decimals, like 1234.00, or say how the whole sheet writes amounts`,
		"¥7700":           `"¥7700" has the sign "¥", which several currencies use (JPY or CNY); write the three letters of the currency, like 7700 JPY`,
		"kr 500":          `"kr 500" has the sign "kr", which several currencies use (SEK or NOK or DKK); write the three letters of the currency, like 500 SEK`,
		"500 / 600":       `"500 / 600" is more than one amount; write the one amount that was agreed`,
		"500 / 3 Stories": `"500 / 3 Stories" is a rate and not a whole amount; write what is paid in all`,
		"€500/2":          `"€500/2" is a rate and not a whole amount; write what is paid in all`,
		"500 €/Post":      `"500 €/Post" is a rate and not a whole amount; write what is paid in all`,
		"500-700":         `"500-700" is more than one amount; write the one amount that was agreed`,
		"-200":            `"-200" is below zero; write the amount without a minus sign, or leave the cell blank`,
	} {
		_, err := cell.ParseAmount(in, cell.StyleUnknown, "")
		if diff := gocmp.Diff(want, err.Error()); diff != "" {
			t.Errorf("ParseAmount(%q) (-want +got):\n%s", in, diff)
		}
	}
}

func TestParseCount(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   string
		want int64
		fail string
	}{
		{"88139", 88139, ""}, {"88.139", 88139, ""}, {"12,500", 12500, ""}, {"1 234 567", 1234567, ""},
		{"1'234", 1234, ""}, {"1.234.567", 1234567, ""},
		{"0", 0, ""}, {"88139.0", 88139, ""}, {"12.000", 12000, ""}, {"1.234,00", 1234, ""},
		{"1.2k", 1200, ""}, {"1,2k", 1200, ""}, {"12,5k", 12500, ""}, {"1.2M", 1200000, ""}, {"120 Tsd.", 120000, ""},
		{"1,2 Mio", 1200000, ""}, {"1,2 Mio.", 1200000, ""},
		{"2 Mrd", 2000000000, ""}, {"120K", 120000, ""}, {"1.50k", 1500, ""}, {"1.234.567k", 1234567000, ""},
		{"0,5k", 500, ""}, {"1.2345k", 0, "not_a_count"},
		{"1,234k", 0, "ambiguous_count"}, {"1.234 Tsd.", 0, "ambiguous_count"}, {"10k-15k", 0, "not_a_count"},
		{">100k", 0, "not_a_count"}, {"~50k", 0, "not_a_count"},
		{"1 billion", 0, "not_a_count"}, {"k", 0, "not_a_count"}, {"5kk", 0, "not_a_count"}, {"99999999999999k", 0, "too_large"},
		{"12.5", 0, "not_a_count"}, {"-5", 0, "not_a_count"}, {"1e3", 0, "not_a_count"}, {">100", 0, "not_a_count"},
		{"many", 0, "not_a_count"}, {"99999999999999999999", 0, "too_large"}, {"#N/A", 0, "formula_error"},
	}
	for _, tt := range tests {
		n, blank, err := cell.ParseCount(tt.in)
		if n != tt.want || blank || cellCode(err) != tt.fail {
			t.Errorf("ParseCount(%q) = %d, %v, %v; want %d, %q", tt.in, n, blank, err, tt.want, tt.fail)
		}
	}
	for _, in := range []string{"", " ", "-", "n/a"} {
		if n, blank, err := cell.ParseCount(in); n != 0 || !blank || err != nil {
			t.Errorf("ParseCount(%q) = %d, %v, %v; want blank", in, n, blank, err)
		}
	}
}

// An amount of two decimals is the same in every way to write it.
func TestParseAmountRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := decimal.New(rapid.Int64Range(0, 1e15).Draw(t, "cents"), -2)
		plain := want.StringFixed(2)
		english := grouped(plain, ',', '.')
		german := grouped(plain, '.', ',')
		for _, text := range []string{plain, english, german, english + " EUR", german + " €", "€" + english, grouped(plain, '\'', '.'), grouped(plain, ' ', ',')} {
			got, err := cell.ParseAmount(text, cell.StyleUnknown, "")
			if err != nil || got.Blank || !got.Value.Equal(want) {
				t.Fatalf("ParseAmount(%q) = %s, %v, %v; want %s", text, got.Value, got.Blank, err, want)
			}
		}
	})
}

// grouped writes a plain decimal with separators.
func grouped(plain string, group, decimal byte) string {
	whole, fraction, _ := strings.Cut(plain, ".")
	var b strings.Builder
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(group)
		}
		b.WriteByte(whole[i])
	}
	return b.String() + string(decimal) + fraction
}

// cellCode is the code of a cell's error, "" for nil.
func cellCode(err error) string {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*cell.Error](err); ok {
		return e.Code
	}
	return "not a CellError: " + err.Error()
}
