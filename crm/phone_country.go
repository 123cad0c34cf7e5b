package crm

// countriesOfZones are the countries of time zones that belong to one. Of countries with many zones, such as the United States,
// Canada, Brazil and Australia, it has the largest; a workspace in another goes by its currency.
var countriesOfZones = map[string]string{
	"Europe/Berlin": "DE", "Europe/Busingen": "DE", "Europe/Vienna": "AT", "Europe/Zurich": "CH", "Europe/Vaduz": "LI", "Europe/London": "GB",
	"Europe/Dublin": "IE", "Europe/Paris": "FR", "Europe/Brussels": "BE", "Europe/Amsterdam": "NL", "Europe/Luxembourg": "LU",
	"Europe/Madrid": "ES", "Atlantic/Canary": "ES", "Europe/Lisbon": "PT", "Europe/Rome": "IT", "Europe/Copenhagen": "DK",
	"Europe/Stockholm": "SE", "Europe/Oslo": "NO", "Europe/Helsinki": "FI", "Europe/Warsaw": "PL", "Europe/Prague": "CZ",
	"Europe/Bratislava": "SK", "Europe/Budapest": "HU", "Europe/Bucharest": "RO", "Europe/Sofia": "BG", "Europe/Athens": "GR",
	"Europe/Zagreb": "HR", "Europe/Ljubljana": "SI", "Europe/Belgrade": "RS", "Europe/Tallinn": "EE", "Europe/Riga": "LV",
	"Europe/Vilnius": "LT", "Europe/Kyiv": "UA", "Europe/Kiev": "UA", "Europe/Istanbul": "TR", "Europe/Malta": "MT",
	"America/New_York": "US", "America/Chicago": "US", "America/Denver": "US", "America/Los_Angeles": "US", "America/Phoenix": "US",
	"America/Toronto": "CA", "America/Vancouver": "CA", "America/Edmonton": "CA", "America/Winnipeg": "CA", "America/Halifax": "CA",
	"America/Mexico_City": "MX", "America/Sao_Paulo": "BR", "America/Bogota": "CO", "America/Santiago": "CL", "America/Lima": "PE",
	"Asia/Tokyo": "JP", "Asia/Seoul": "KR", "Asia/Shanghai": "CN", "Asia/Hong_Kong": "HK", "Asia/Singapore": "SG", "Asia/Kolkata": "IN",
	"Asia/Calcutta": "IN", "Asia/Dubai": "AE", "Asia/Jerusalem": "IL", "Asia/Manila": "PH", "Asia/Jakarta": "ID", "Asia/Bangkok": "TH",
	"Australia/Sydney": "AU", "Australia/Melbourne": "AU", "Australia/Brisbane": "AU", "Australia/Perth": "AU", "Australia/Adelaide": "AU",
	"Pacific/Auckland": "NZ", "Africa/Johannesburg": "ZA", "Africa/Cairo": "EG", "Africa/Lagos": "NG",
}

// countriesOfCurrencies are the countries of currencies that belong to one.
var countriesOfCurrencies = map[string]string{
	"CHF": "CH", "GBP": "GB", "USD": "US", "CAD": "CA", "DKK": "DK", "SEK": "SE", "NOK": "NO", "PLN": "PL", "CZK": "CZ", "HUF": "HU",
	"RON": "RO", "TRY": "TR", "MXN": "MX", "BRL": "BR", "JPY": "JP", "KRW": "KR", "CNY": "CN", "INR": "IN", "AUD": "AU", "NZD": "NZ",
	"ZAR": "ZA", "ILS": "IL", "SGD": "SG", "HKD": "HK", "AED": "AE",
}

// Country returns the country of a workspace as ISO 3166 writes it, DE or CH, by its time zone, else by its currency; empty if
// neither belongs to one country.
func (w Workspace) Country() string {
	if c := countriesOfZones[w.TimeZone]; c != "" {
		return c
	}
	return countriesOfCurrencies[string(w.Currency)]
}
