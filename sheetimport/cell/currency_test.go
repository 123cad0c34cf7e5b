package cell_test

import (
	"testing"

	"github.com/getklar/influencercrm/sheetimport/cell"
)

func TestCurrencyInFormat(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		`General`: "", `#,##0.00`: "", `0.00E+00`: "", `[$-407]#,##0.00`: "", `[Red]#,##0.00`: "", `#,##0.00 "netto"`: "", `0 "all in"`: "", `yyyy-mm-dd`: "", "…": "",
		`#,##0.00\ [$Kč-405]`: "CZK", `[$R$-416]\ #,##0.00`: "BRL", `[$HK$-C04]#,##0.00`: "HKD", `#,##0.00\ [$Ft-40E]`: "HUF", `#,##0.00\ [$zł-415]`: "PLN",
		`#,##0.00\ "CHF inkl. MwSt"`: "CHF", `#,##0.00 [$€-407]`: "EUR", `#,##0.00 "€"`: "EUR", `#,##0.00\ \€`: "EUR", `€#,##0.00`: "EUR", `#,##0.00 [$USD]`: "USD",
		`_-* #,##0.00\ "Kč"_-;\-* #,##0.00\ "Kč"_-`: "CZK", `_-[$$-1009]* #,##0.00_-`: "CAD", `[$$-409]#,##0.00`: "USD", `[$$-C09]#,##0`: "AUD", `[$$-1409]0`: "NZD",
		`[$$-4809]0`: "SGD", `[$$-80A]0`: "MXN", `[$$]0`: "$", `"$"#,##0.00`: "$", `$#,##0.00`: "$", `[$$-en-CA]#,##0.00`: "CAD", `[$US$-409]0`: "USD", `[$CA$-1009]0`: "CAD",
		`0 [$kr-41D]`: "SEK", `0 [$kr-414]`: "NOK", `[$kr.-406] 0`: "DKK", `[$kr-sv-SE] 0`: "SEK", `0 "kr"`: "kr", `0 [$kr]`: "kr", `[$kr.-40F] 0`: "ISK",
		`[$¥-411]0`: "JPY", `[$¥-804]0`: "CNY", `[$¥-zh-CN]0`: "CNY", `"¥"0`: "¥", `[$￥-804]0`: "CNY", `[$£-809]0`: "GBP", `[$£-C01]0`: "EGP",
		`"R" #,##0`: "ZAR", `#,##0 "лв."`: "BGN", `[$₽-419]0`: "RUB", `"₿"0`: "₿", `[$Taler-407] 0`: "Taler", `[$CHF-807]\ 0;[$CHF-807]\ -0`: "CHF",
		`0 "€/Post"`: "EUR", `0"EUR netto"`: "EUR", `0 "PLN + VAT"`: "PLN", `[<1000]0 [$€-407];0 [$USD]`: "", `[$`: "", `"`: "", `\`: "", `_`: "", `[`: "",
	} {
		if got := cell.CurrencyInFormat(code); got != want {
			t.Errorf("CurrencyInFormat(%q) = %q, want %q", code, got, want)
		}
	}
}
