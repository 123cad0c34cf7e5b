package cell_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport/cell"
)

var twoShortNumbers = regexp.MustCompile(`^(\d{1,2})[/-](\d{1,2})[/-](\d\d|\d{4})$`)

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-06-01", "2026-06-01T23:30:00-07:00", "1.6.26", "1. Juni 2026", "Jun 1, 2026", "03/04/26", "13/04/2026", "46174", "KW 23", "1-Jun-26", "\u00A0"} {
		f.Add(s, uint8(0))
		f.Add(s, uint8(1))
	}
	f.Fuzz(func(t *testing.T, s string, order uint8) {
		d, err := cell.ParseDate(s, cell.DateOrder(order%3))
		if err != nil {
			if !d.IsZero() || cellCode(err) == "" {
				t.Fatalf("ParseDate(%q) = %s, %v", s, d, err)
			}
			return
		}
		if m := twoShortNumbers.FindStringSubmatch(strings.TrimSpace(s)); m != nil && order%3 == 0 {
			a, _ := strconv.Atoi(m[1])
			b, _ := strconv.Atoi(m[2])
			if a <= 12 && b <= 12 && a != b {
				t.Fatalf("ParseDate(%q) = %s, but it has two readings", s, d)
			}
		}
		if d.IsZero() {
			return
		}
		if again, err := cell.ParseDate(d.String(), cell.OrderUnknown); err != nil || again != d {
			t.Fatalf("ParseDate(%q) = %s, which is read back as %s, %v", s, d, again, err)
		}
		alone, err := cell.ParseDate(s, cell.OrderUnknown)
		if err == nil && alone != d {
			t.Fatalf("ParseDate(%q) = %s with an order and %s without", s, d, alone)
		}
	})
}

var oneShortGroup = regexp.MustCompile(`^[1-9]\d{0,2}[.,]\d{3}$`)

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"1.234,56 €", "1,234.56", "1'200.-", "800,-", "EUR 500", "(500.00)", "-5", "1e3", "0x1F4", "NaN", "1.234", "tbd", "1.500,-", "₹1,50,000", "USD $5", "840.336134453782", "500 € zzgl. 19 % MwSt.", "10% commission", "5 T€", "500 Fr.", "12 345,6"} {
		f.Add(s, uint8(0))
		f.Add(s, uint8(1))
	}
	limit := decimal.New(budget.MaxMinor, 0)
	f.Fuzz(func(t *testing.T, s string, style uint8) {
		a, err := cell.ParseAmount(s, cell.DecimalStyle(style%3), "")
		d, c, blank := a.Value, a.Currency, a.Blank
		if err != nil {
			if !d.IsZero() || c != "" || blank || cellCode(err) == "" {
				t.Fatalf("ParseAmount(%q) = %s, %s, %v, %v", s, d, c, blank, err)
			}
			return
		}
		if d.IsNegative() || d.GreaterThan(limit) || d.Exponent() < -4 || d.Exponent() > 0 {
			t.Fatalf("ParseAmount(%q) = %s", s, d)
		}
		if blank {
			return
		}
		if style%3 == 0 && oneShortGroup.MatchString(strings.TrimSpace(s)) {
			t.Fatalf("ParseAmount(%q) = %s, but it has two readings", s, d)
		}
		if again, err := cell.ParseAmount(d.StringFixed(4), cell.StyleUnknown, ""); err != nil || !again.Value.Equal(d) {
			t.Fatalf("ParseAmount(%q) = %s, which is read back as %s, %v", s, d, again.Value, err)
		}
	})
}

func FuzzParseCodes(f *testing.F) {
	for _, s := range []string{"CR9, CR10", "enthält PAM", "code enthält PAM; PAM*", "10-Mar", "1E5", "A / B\nC", "*", `equals " x"`, "CR9 CR10", "[x]", "ANNA15 (15%)", "-1%", "PAM10 (old)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		rules, err := cell.ParseCodes(s)
		if err != nil {
			if rules != nil || cellCode(err) == "" {
				t.Fatalf("ParseCodes(%q) = %v, %v", s, rules, err)
			}
			return
		}
		type key struct {
			match discount.Match
			key   string
		}
		seen := map[key]bool{}
		for _, r := range rules {
			if err := r.Validate(); err != nil {
				t.Fatalf("ParseCodes(%q): rule %s: %v", s, r, err)
			}
			k := key{r.Match, r.Key()}
			if seen[k] {
				t.Fatalf("ParseCodes(%q): %s twice", s, r)
			}
			seen[k] = true
			if strings.ContainsAny(r.Pattern, ",;/|\n\r\"") {
				continue // such a pattern would be cut when it is read back
			}
			r.Benefit = discount.Benefit{} // which the text of a rule does not have
			again, err := cell.ParseCodes(r.String())
			if err != nil || len(again) != 1 || !again[0].Equal(r) {
				t.Fatalf("ParseCodes(%q): %s is read back as %v, %v", s, r, again, err)
			}
		}
	})
}
