package sheetimport_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
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
		if got := sheetimport.CurrencyInFormat(code); got != want {
			t.Errorf("CurrencyInFormat(%q) = %q, want %q", code, got, want)
		}
	}
}

// The currency that a workbook shows beside a number is that of the amount, or the row is rejected. It is never the
// workspace's without a word.
func TestXLSXCurrencies(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		format    string
		workspace string // EUR if empty
		want      string
	}{
		{`#,##0.00\ [$Kč-405]`, "", "1234.50 CZK"}, {`[$R$-416]\ #,##0.00`, "", "1234.50 BRL"}, {`[$HK$-C04]#,##0.00`, "", "1234.50 HKD"},
		{`#,##0.00\ [$Ft-40E]`, "", "1234.50 HUF"}, {`#,##0.00\ "CHF inkl. MwSt"`, "", "1234.50 CHF"}, {`#,##0.00\ [$zł-415]`, "", "1234.50 PLN"},
		{`#,##0.00\ "netto"`, "", "1234.50 EUR"}, {`0.00E+00`, "", "1234.50 EUR"}, {`#,##0.00`, "", "1234.50 EUR"}, {`[$-407]#,##0.00`, "", "1234.50 EUR"},
		{`#,##0.00\ [$€-407]`, "", "1234.50 EUR"}, {`[$$-409]#,##0.00`, "", "1234.50 USD"}, {`[$$-1009]#,##0.00`, "", "1234.50 CAD"}, {`"$"#,##0.00`, "", "1234.50 USD"},
		{`"$"#,##0.00`, "CAD", "1234.50 CAD"}, {`[$$-409]#,##0.00`, "CAD", "1234.50 USD"}, {`[$kr-41D]\ #,##0.00`, "", "1234.50 SEK"},
		{`#,##0.00\ "kr"`, "", "!ambiguous_currency"}, {`#,##0.00\ "kr"`, "SEK", "1234.50 SEK"}, {`#,##0.00\ [$kr-414]`, "SEK", "1234.50 NOK"},
		{`[$¥-804]#,##0.00`, "", "1234.50 CNY"}, {`"¥"#,##0.00`, "", "!ambiguous_currency"}, {`_-* #,##0.00\ [$Kč-405]_-;\-* #,##0.00\ [$Kč-405]_-`, "", "1234.50 CZK"},
		{`#,##0.00\ [$Taler-407]`, "", "!unknown_currency"}, {`"₿"#,##0.00`, "", "!unknown_currency"}, {`#,##0.00\ "EUR / USD"`, "", "!unknown_currency"},
		{`[>1000]#,##0.00\ [$Kč-405];#,##0.00\ [$€-407]`, "", "1234.50 CZK"}, {`yyyy\-mm\-dd`, "", "!not_an_amount"}, {`d.m`, "", "!not_an_amount"},
	} {
		data := book(t, func(f *excelize.File) {
			row(t, f, "Sheet1", 1, "Influencer", "Platform", "Campaign", "Posting date", "Fixed Costs", "Deal status")
			row(t, f, "Sheet1", 2, "Ida", "IG", "Sale", "2026-06-01", 1234.5, "signed")
			style(t, f, "Sheet1", "E2", test.format)
		})
		s := memoryShop(t, nil)
		if test.workspace != "" {
			ws, err := crm.NewAdmin(s.store, nil).CreateWorkspace(s.ctx, crm.Workspace{Name: "Other", Currency: budget.Currency(test.workspace)})
			if err != nil {
				t.Fatal(err)
			}
			s.ws = ws.ID
		}
		plan, err := s.importer().Plan(s.ctx, s.ws, sheetimport.XLSX("deals.xlsx", bytes.NewReader(data), nil))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, c := range plan.Rows[0].Changes {
			if c.Field == "cost" {
				got = c.To
			}
		}
		for _, m := range plan.Rows[0].Problems {
			got = "!" + m.Code
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s%v", test.format, diff, plan.Rows[0])
		}
	}
}
