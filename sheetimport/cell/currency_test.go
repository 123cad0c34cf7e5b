package cell_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/sheetimport/cell"
)

func TestCurrencyInFormat(t *testing.T) {
	t.Parallel()
	value := decimal.RequireFromString("1234.5")
	for code, want := range map[string]string{
		`General`: "", `#,##0.00`: "", `0.00E+00`: "", `[$-407]#,##0.00`: "", `[Red]#,##0.00`: "",
		`#,##0.00 "netto"`: "", `0 "all in"`: "", `yyyy-mm-dd`: "", "…": "",
		`#,##0.00\ [$Kč-405]`: "CZK", `[$R$-416]\ #,##0.00`: "BRL", `[$HK$-C04]#,##0.00`: "HKD",
		`#,##0.00\ [$Ft-40E]`: "HUF", `#,##0.00\ [$zł-415]`: "PLN",
		`#,##0.00\ "CHF inkl. MwSt"`: "CHF", `#,##0.00 [$€-407]`: "EUR", `#,##0.00 "€"`: "EUR", `#,##0.00\ \€`: "EUR",
		`€#,##0.00`: "EUR", `#,##0.00 [$USD]`: "USD",
		`_-* #,##0.00\ "Kč"_-;\-* #,##0.00\ "Kč"_-`: "CZK", `_-[$$-1009]* #,##0.00_-`: "CAD", `[$$-409]#,##0.00`: "USD",
		`[$$-C09]#,##0`: "AUD", `[$$-1409]0`: "NZD",
		`[$$-4809]0`: "SGD", `[$$-80A]0`: "MXN", `[$$]0`: "$", `"$"#,##0.00`: "$", `$#,##0.00`: "$",
		`[$$-en-CA]#,##0.00`: "CAD", `[$US$-409]0`: "USD", `[$CA$-1009]0`: "CAD",
		`0 [$kr-41D]`: "SEK", `0 [$kr-414]`: "NOK", `[$kr.-406] 0`: "DKK", `[$kr-sv-SE] 0`: "SEK", `0 "kr"`: "kr",
		`0 [$kr]`: "kr", `[$kr.-40F] 0`: "ISK",
		`[$¥-411]0`: "JPY", `[$¥-804]0`: "CNY", `[$¥-zh-CN]0`: "CNY", `"¥"0`: "¥", `[$￥-804]0`: "CNY",
		`[$£-809]0`: "GBP", `[$£-C01]0`: "EGP",
		`"R" #,##0`: "ZAR", `#,##0 "лв."`: "BGN", `[$₽-419]0`: "RUB", `"₿"0`: "₿", `[$Taler-407] 0`: "Taler",
		`[$CHF-807]\ 0;[$CHF-807]\ -0`: "CHF",
		`0 "€/Post"`:                   "EUR", `0"EUR netto"`: "EUR", `0 "PLN + VAT"`: "PLN", `[<1000]0 [$€-407];0 [$USD]`: "USD",
		`[<1000]0.00" $";0.00`: "? $", `[<1000]0.00;0.00" $"`: "$", `[>9999]0.00 "Kč";0.00`: "? CZK", `[$`: "",
		`"`: "", `\`: "", `_`: "", `[`: "",
	} {
		if got := cell.CurrencyInFormat(code, value); got != want {
			t.Errorf("CurrencyInFormat(%q) = %q, want %q", code, got, want)
		}
	}
}

// A format shows more than the digits of the number behind a cell: the section that applies, words for zeros, and words
// that nobody knows.
func TestUnitInFormat(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ code, value, want string }{
		{`[<1000]#,##0.00" $";#,##0.00" €"`, "1234.5", "EUR"}, {`[<1000]#,##0.00" $";#,##0.00" €"`, "999", "$"},
		{`[<10]0" $";[<100]0" CHF";0" €"`, "50", "CHF"}, {`[<10]0" $";[<100]0" CHF";0" €"`, "500", "EUR"},
		{`[<10]0" $";[>100]0" €"`, "50", "#"},
		{`0" €";-0" $";0" CHF"`, "1", "EUR"}, {`0" €";-0" $";0" CHF"`, "-1", "$"}, {`0" €";-0" $";0" CHF"`, "0", "CHF"},
		{`0" €";-0" $"`, "0", "EUR"},
		{`[Red][<0]0" $";0" a;x €"`, "1", "a;x €"}, {`_-* #,##0.00\ "€"_-;\-* #,##0.00\ "€"_-;_-* "-"??\ "€"_-;_-@_-`, "0", "EUR"},
		{`0.0" k€"`, "1.5", "k EUR"}, {`0.0"k"`, "1.5", "k"}, {`0.0" Tsd. €"`, "1.5", "k EUR"},
		{`0.0" TEUR"`, "1.5", "k EUR"}, {`0.0" T€"`, "1.5", "k EUR"},
		{`0.0" Mio. €"`, "1.5", "m EUR"}, {`0.0\k[$€-407]`, "1.5", "k EUR"}, {`0,"k €"`, "1500", "EUR"},
		{`#,##0.0,,"M"`, "1500000", ""}, {`0,"M €"`, "1500", "? M €"},
		{`#,##0,`, "1500", ""}, {`0" ct"`, "50", "ct"}, {`0" x 100 €"`, "5", "? x ### €"}, {`0"00 €"`, "15", "? ## €"},
		{`0"."00`, "150", "? ."}, {`0"€"00`, "150", "? €"},
		{`0" %"`, "15", "%"}, {`#\'##0.00" CHF"`, "1500", "CHF"}, {`#\ ##0.00\ "zł"`, "1500", "PLN"},
		{`0" kn"`, "5", "kn"}, {`0" KM"`, "5", "KM"}, {`"Br" 0`, "5", "Br"},
		{`"KSh" 0`, "5", "KES"}, {`"USh" 0`, "5", "USh"}, {`"B/." 0`, "5", "B/."}, {`0" DM"`, "5", "DM"},
		{`0"€ zzgl. MwSt"`, "5", "EUR"}, {`0" chf netto"`, "5", "CHF"}, {`0" pro Post"`, "5", ""},
		{`"ca. "0" €/Story"`, "5", "EUR"}, {`0" p.M."`, "5", ""}, {`0" Stück"`, "5", ""},
	} {
		if got := cell.CurrencyInFormat(test.code, decimal.RequireFromString(test.value)); got != test.want {
			t.Errorf("CurrencyInFormat(%q, %s) = %q, want %q", test.code, test.value, got, test.want)
		}
	}
}
