package cell_test

import (
	"strings"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// feeTable is what the fee columns of real sheets hold, in English and German, with its reading or its refusal: "1500 EUR",
// "none" with the word that says so, "results" where the pay depends on results, "!code" with the readings. A "+" stands
// before what is left out beside the amount, "~" before the number that was rounded.
var feeTable = []struct {
	kind, likely string
	cells        [][2]string
}{
	{"no cents", "EUR", [][2]string{
		{"EUR 1.500,-", "1500 EUR"}, {"2.750,– €", "2750 EUR"}, {"€ 12.500,--", "12500 EUR"}, {"800,-", "800"},
		{"1.500,—", "1500"}, {"1.500,−", "1500"},
		{"1500,=", "1500"}, {"1.200.-", "1200"}, {"CHF 1'200.–", "1200 CHF"}, {"Fr. 1'500.--", "1500 CHF"},
		{"1,500.-", "1500"}, {"1 500,- €", "1500 EUR"},
		{"1.500:-", "1500"}, {"₹5,000/-", "5000 INR"}, {"1.250.000,- €", "1250000 EUR"}, {"1.500,-€", "1500 EUR"},
		{"12,50,-", "!not_an_amount"}, {"-1.500,-", "!negative_amount"},
		{"1.500,- bis 2.000,-", "!not_an_amount"}, {"1.500", "!ambiguous_amount 1500 1.500"},
	}},
	{"lakh grouping", "INR", [][2]string{
		{"₹1,50,000", "150000 INR"}, {"12,34,567.50 INR", "1234567.5 INR"}, {"Rs. 2,00,000", "200000 INR"},
		{"Rs 75,000", "!ambiguous_amount 75.000 75000"}, {"1,00,00,000", "10000000"},
		{"1.5 lakh", "150000"}, {"₹ 2 lakhs", "200000 INR"}, {"1 crore", "10000000"}, {"INR 1,50,000/-", "150000 INR"},
		{"1,5,000", "!not_an_amount"}, {"1,50,00", "!not_an_amount"}, {"150,00,000", "!not_an_amount"},
		{"0,50,000", "!not_an_amount"}, {"1.50.000", "!not_an_amount"},
	}},
	{"a sign and a code", "EUR", [][2]string{
		{"USD $1,500.00", "1500 USD"}, {"$1,500.00 USD", "1500 USD"}, {"US$ 1,500.00", "1500 USD"},
		{"US $1,500.00", "1500 USD"}, {"$500.00 CAD", "500 CAD"}, {"CAD $500.00", "500 CAD"},
		{"AUD 500 $", "500 AUD"}, {"R$ 1.500,00", "1500 BRL"}, {"NZ$500.00", "500 NZD"}, {"A$ 500", "500 AUD"},
		{"HK$500", "500 HKD"}, {"MX$ 500", "500 MXN"}, {"S$500.50", "500.5 SGD"},
		{"500,00 Kč", "500 CZK"}, {"1 500 Kč", "1500 CZK"}, {"1.500,00 zł", "1500 PLN"}, {"25 000 Ft", "25000 HUF"},
		{"1.500,00 TL", "1500 TRY"}, {"500 lei", "500 RON"},
		{"£500 GBP", "500 GBP"}, {"EUR €500", "500 EUR"}, {"500 € EUR", "500 EUR"}, {"SFr. 500.50", "500.5 CHF"},
		{"kr 500 SEK", "500 SEK"}, {"EUR: 500", "500 EUR"}, {"500 Euro.", "500 EUR"},
		{"€500 USD", "!not_an_amount"}, {"$500 EUR", "!not_an_amount"}, {"kr 500 EUR", "!not_an_amount"},
		{"C$500 USD", "!not_an_amount"}, {"500 Taler", "!not_an_amount"},
	}},
	{"a dollar alone", "CAD", [][2]string{{"$1,500.00", "1500 CAD"}, {"1,500.00 $", "1500 CAD"},
		{"500 dollars", "500 CAD"}, {"US$500", "500 USD"}, {"$500 AUD", "500 AUD"}}},
	{"currencies without decimals", "EUR", [][2]string{
		{"5,000 JPY", "5000 JPY"}, {"5.000 JPY", "5000 JPY"}, {"JPY 150,000", "150000 JPY"}, {"₩50,000", "50000 KRW"},
		{"1.500.000 ₫", "1500000 VND"}, {"CLP 45.000", "45000 CLP"},
		{"5000 円", "5000 JPY"}, {"5,000.00 JPY", "5000 JPY"}, {"12.5k JPY", "12500 JPY"}, {"5.5 JPY", "!too_precise"},
		{"5,000 KWD", "!ambiguous_amount 5.000 5000"},
		{"¥5,000", "!ambiguous_currency JPY CNY"},
	}},
	{"the workspace's currency without decimals", "JPY", [][2]string{{"5,000", "5000"}, {"5.000", "5000"},
		{"¥5,000", "5000 JPY"}, {"5,000 EUR", "!ambiguous_amount 5.000 5000"}}},
	{"words for zeros", "EUR", [][2]string{
		{"1.5k", "1500"}, {"1,5k €", "1500 EUR"}, {"€2k", "2000 EUR"}, {"5 T€", "5000 EUR"}, {"5 TEUR", "5000 EUR"},
		{"1,5 TEUR", "1500 EUR"}, {"2,5 Tsd. €", "2500 EUR"}, {"1,2 Mio. €", "1200000 EUR"},
		{"2 kEUR", "2000 EUR"}, {"3 TCHF", "3000 CHF"}, {"1.5K USD", "1500 USD"},
	}},
	{"words beside the amount", "EUR", [][2]string{
		{"500 € netto", "500 EUR +netto"}, {"500 € (brutto)", "500 EUR +brutto"},
		{"1.500,00 € zzgl. MwSt.", "1500 EUR +zzgl. MwSt."}, {"500 EUR + 19 % MwSt", "500 EUR +19 % MwSt"},
		{"500€ zzgl. 19% USt.", "500 EUR +zzgl. 19% USt."}, {"€500 excl. VAT", "500 EUR +excl. VAT"},
		{"€500 + VAT", "500 EUR +VAT"}, {"500 USD plus tax", "500 USD +plus tax"},
		{"500 € inkl. MwSt.", "500 EUR +inkl. MwSt."}, {"500 flat", "500 +flat"},
		{"500 € pauschal", "500 EUR +pauschal"}, {"Fee: 500 €", "500 EUR +Fee"},
		{"Honorar 1.500,00 €", "1500 EUR +Honorar"},
		{"0 € (barter)", "0 EUR +barter"}, {"500 € (barter)", "!not_an_amount"}, {"500 + Produkt", "!not_an_amount"},
		{"€500 + product", "!not_an_amount"}, {"500 € + 10 % Provision", "!not_an_amount"},
		{"500 + 10% commission", "!not_an_amount"}, {"500 / Post", "!not_an_amount"},
		{"500 € pro Story", "!not_an_amount"}, {"500 per post", "!not_an_amount"},
		{"500 € monatlich", "!not_an_amount"},
	}},
	{"no exact amount", "EUR", [][2]string{
		{"500-700", "!not_an_amount"}, {"500 – 700 €", "!not_an_amount"}, {"500 bis 700", "!not_an_amount"},
		{"between 500 and 700", "!not_an_amount"}, {"ca. 500", "!not_an_amount"}, {"~500", "!not_an_amount"},
		{"ab 500 €", "!not_an_amount"}, {"from 500", "!not_an_amount"}, {"max. 500", "!not_an_amount"},
		{"500+", "!not_an_amount"}, {"500?", "!not_an_amount"}, {"2 x 750", "!not_an_amount"},
		{"500/700", "!not_an_amount"},
		{"see contract", "!not_an_amount"}, {"siehe Vertrag", "!not_an_amount"}, {"as agreed", "!not_an_amount"},
		{"wie besprochen", "!not_an_amount"}, {"dito", "!not_an_amount"}, {"10%", "!not_an_amount"},
		{"1e3", "!not_an_amount"},
	}},
	{"no amount in words", "EUR", [][2]string{
		{"on request", "none"}, {"On request", "none"}, {"price on request", "none"}, {"unpaid", "none"},
		{"gifting", "none"}, {"Gifted", "none"}, {"gifted product", "none"}, {"product only", "none"},
		{"no fee", "none"},
		{"barter", "none"}, {"Barter deal", "none"}, {"in-kind", "none"}, {"PR package", "none"}, {"n/c", "none"},
		{"to be negotiated", "none"}, {"tbd", "none"}, {"TBC (agency)", "none"}, {"gifted / unpaid", "none"},
		{"auf Anfrage", "none"}, {"Preis auf Anfrage", "none"}, {"nach Absprache", "none"}, {"unbezahlt", "none"},
		{"unentgeltlich", "none"}, {"kostenfrei", "none"}, {"kein Honorar", "none"}, {"ohne Vergütung", "none"},
		{"gegen Produkt", "none"}, {"nur Produkte", "none"}, {"Produktmuster", "none"}, {"Sachleistung", "none"},
		{"Tauschgeschäft", "none"}, {"VHB", "none"}, {"in Verhandlung", "none"}, {"noch offen", "none"},
		{"Geschenk (Produkt)", "none"},
		{"", "blank"}, {"–", "blank"}, {"n/a", "blank"}, {"k. A.", "blank"}, {"nan", "!not_an_amount"},
		{"Lisa", "!not_an_amount"}, {"two thousand", "!not_an_amount"}, {"paid", "!not_an_amount"},
	}},
	{"paid by results", "EUR", [][2]string{
		{"commission only", "results"}, {"Commission", "results"}, {"10% commission", "results"},
		{"commission 12,5 %", "results"}, {"rev share (20%)", "results"}, {"CPO", "results"},
		{"affiliate only", "results"},
		{"performance-based", "results"}, {"10 % of sales", "results"}, {"commission only / gifted", "results"},
		{"nur Provision", "results"}, {"auf Provisionsbasis", "results"}, {"15 % Provision", "results"},
		{"Umsatzbeteiligung", "results"}, {"10% Umsatzbeteiligung", "results"}, {"15 % vom Umsatz", "results"},
		{"rein erfolgsbasiert", "!not_an_amount"},
		{"5 € CPO", "!not_an_amount"}, {"5€ per order", "!not_an_amount"}, {"5 € pro Bestellung", "!not_an_amount"},
	}},
	{"computed by a program", "EUR", [][2]string{
		{"840.336134453782", "840.34 ~840.336134453782"}, {"840,336134453782 €", "840.34 EUR ~840.336134453782"},
		{"59.970000000000006", "59.97"}, {"0.30000000000000004", "0.3"},
		{"33.333333333333336", "33.33 ~33.3333333333333"},
		{"1000.005 €", "!too_precise"}, {"1000.0051 €", "!too_precise"}, {"12.34567", "12.35 ~12.34567"},
	}},
}

func TestFeeTable(t *testing.T) {
	t.Parallel()
	for _, table := range feeTable {
		for _, c := range table.cells {
			if got := feeOf(c[0], budget.Currency(table.likely)); got != c[1] {
				t.Errorf("%s: %q = %q, want %q", table.kind, c[0], got, c[1])
			}
		}
	}
}

// feeOf shows a reading as the table of fees has it.
func feeOf(text string, likely budget.Currency) string {
	a, err := cell.ParseAmount(text, cell.StyleUnknown, likely)
	if err != nil {
		return cellFailure(err)
	}
	word, none := cell.NoAmount(text)
	switch {
	case a.Blank != none:
		return "blank and not"
	case none && cell.PaidByResults(text):
		return "results"
	case none && word != "":
		return "none"
	case none:
		return "blank"
	}
	shown := a.Value.String() + " " + string(a.Currency)
	if a.Beside != "" {
		shown += " +" + a.Beside
	}
	if a.Computed != "" {
		shown = strings.TrimSpace(shown) + " ~" + a.Computed
	}
	return strings.ReplaceAll(strings.TrimSpace(shown), "  ", " ")
}

// A number that a workbook stores is exact: no style decides about it, and what a formula gave it is rounded to the
// decimals of its currency.
func TestStoredAmounts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		value, currency, shown, likely, want string
	}{
		{"1500", "", "1.500", "EUR", "1500"}, {"1.5", "", "1,5", "EUR", "1.5"},
		{"1.234", "", "1,23", "EUR", "1.23 ~1.234"}, {"840.336134453782", "EUR", "840,34 €", "EUR",
			"840.34 EUR ~840.336134453782"},
		{"0.125", "", "0.13", "EUR", "0.13 ~0.125"}, {"1000.005", "", "1,000.01", "EUR", "1000.01 ~1000.005"},
		{"5000.4", "JPY", "¥5,000", "EUR", "5000 JPY ~5000.4"}, {"1.2345", "", "1.2345", "KWD", "1.235 ~1.2345"},
		{"1.5", "k EUR", "1.5 k€", "EUR", "1500 EUR"}, {"-5", "", "-5", "EUR", "!negative_amount"},
		{"12", "? kn", "12 kn", "EUR", "!unknown_currency"}, {"0.004", "", "0.00", "EUR", "0 ~0.004"},
		{"1500", "$", "$1,500", "EUR", "1500 USD"}, {"1500", "$", "$1,500", "AUD", "1500 AUD"},
	} {
		c := sheet.Cell{Text: test.shown, Raw: &sheet.RawValue{Kind: sheet.RawNumber, Value: test.value, Currency: test.currency}}
		for _, style := range []cell.DecimalStyle{cell.StyleUnknown, cell.CommaDecimals, cell.PointDecimals} {
			a, err := cell.ReadAmount(c, cell.AmountText(*c.Raw, c.Text), style, budget.Currency(test.likely))
			got := strings.TrimSpace(a.Value.String() + " " + string(a.Currency))
			if a.Computed != "" {
				got += " ~" + a.Computed
			}
			if err != nil {
				got = cellFailure(err)
			}
			if got != test.want {
				t.Errorf("%+v with %s decimals = %q, want %q", test, style, got, test.want)
			}
		}
	}
}

func TestColumnsProveDecimals(t *testing.T) {
	t.Parallel()
	for column, want := range map[string]string{
		"1.234|800,-": "comma [800,-]", "1.234|1.500,– €": "comma [1.500,– €]", "1.234|800.-": "unknown []",
		"1.234|1,50,000":    "point [1,50,000]",
		"1.234|12,50|12.50": "unknown [12,50 12.50]", "1.234|500 € zzgl. 19 % MwSt.": "unknown []",
		"tbd|7.500,00 € netto": "comma [7.500,00 € netto]",
	} {
		style, proofs := cell.DecimalStyleOf(strings.Split(column, "|"))
		if got := style.String() + " [" + strings.Join(proofs, " ") + "]"; got != want {
			t.Errorf("%q proves %q, want %q", column, got, want)
		}
	}
}
