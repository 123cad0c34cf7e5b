package crm_test

import (
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// TestInternationalPhone has numbers as people of a country write them at home.
func TestInternationalPhone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ zone, currency, typed, want string }{
		{"Europe/Berlin", "EUR", "0170 1234567", "+49 170 1234567"},
		{"Europe/Berlin", "EUR", " (030) 123456 ", "+49 30 123456"},
		{"Europe/Vienna", "EUR", "0664 1234567", "+43 664 1234567"},
		{"UTC", "CHF", "079 123 45 67", "+41 79 123 45 67"},
		{"Europe/London", "GBP", "07400 123456", "+44 7400 123456"},
		{"America/New_York", "USD", "201-555-0123", "+1 201-555-0123"},
		{"Europe/Berlin", "EUR", "+43 664 1234567", ""}, // says its country itself
		{"Europe/Berlin", "EUR", "0043 664 1234567", ""},
		{"UTC", "EUR", "0170 1234567", ""}, // neither the zone nor the currency belongs to one country
		{"Europe/Berlin", "EUR", "0170/1234567", "+49 170 1234567"},
		{"Europe/Berlin", "EUR", "030\u2013123456", "+49 30 123456"},
		{"Europe/Berlin", "EUR", "49 170 1234567", "+49 170 1234567"}, // the plus was lost
		{"Europe/Berlin", "EUR", "491701234567", "+49 170 1234567"},
		{"Europe/Berlin", "EUR", "491701234567.0", "+49 170 1234567"},
		{"Europe/Vienna", "EUR", "43 664 1234567", "+43 664 1234567"},
		{"America/New_York", "USD", "1 201 555 0123", "+1 201-555-0123"},
		{"UTC", "NOK", "47 12 34 56", "+47 47 12 34 56"}, // a Norwegian number that begins like the country's code
		{"Europe/Berlin", "EUR", "0170 1234567 / 8", ""}, // two numbers
		{"Europe/Berlin", "EUR", "0170 1234567 / 0171 1234567", ""},
		{"Europe/Vienna", "EUR", "0664 1234567 Pam", ""}, // letters are no digits
		{"America/New_York", "USD", "1-800-FLOWERS", ""},
		{"Europe/Berlin", "EUR", "12", ""},
		{"Europe/Berlin", "EUR", "call me", ""},
		{"Europe/Berlin", "EUR", "", ""},
	} {
		w := crm.Workspace{TimeZone: c.zone, Currency: budget.Currency(c.currency)}
		got, ok := w.InternationalPhone(c.typed)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%q in %s is %q, %t; want %q", c.typed, c.zone, got, ok, c.want)
		}
	}
}
