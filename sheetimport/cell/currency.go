package cell

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// currencySigns are signs and words that mean one currency, in lower case. A bare "$" is the US dollar, as in most
// sheets, unless another dollar is expected: see dollar. For signs of several currencies see sharedSigns.
var currencySigns = indexSigns(map[budget.Currency]string{
	"AED": "د.إ", "ARS": "ar$", "AUD": "a$ au$ aud$", "AZN": "₼", "BDT": "৳", "BGN": "лв лв.", "BRL": "r$",
	"CAD": "c$ ca$ cad$ can$",
	"CHF": "fr. sfr. sfr franken", "CLP": "clp$", "CNY": "cn¥ rmb 元 yuan", "COP": "col$ cop$", "CRC": "₡",
	"CZK": "kč kc kčs", "DKK": "dkr dkr.",
	"EUR": "€ euro euros", "GBP": "£ gb£ pfund pound pounds", "GEL": "₾", "GHS": "₵ gh₵", "HKD": "hk$",
	"HUF": "ft ft. forint", "IDR": "rp rp.",
	"ILS": "₪", "INR": "₹", "ISK": "ikr ikr.", "JMD": "j$", "JPY": "jp¥ 円 yen", "KES": "ksh ksh.", "KHR": "៛",
	"KRW": "₩ 원", "KZT": "₸", "LAK": "₭", "MNT": "₮", "MXN": "mx$ mex$",
	"MYR": "rm", "NAD": "n$", "NGN": "₦", "NOK": "nkr nkr.", "NZD": "nz$", "PEN": "s/ s/.", "PHP": "₱",
	"PLN": "zł zl zł. złotych zloty", "PYG": "₲", "RON": "lei leu",
	"RSD": "din din. дин дин.", "RUB": "₽ руб руб. rubel", "SAR": "ر.س sr", "SEK": "skr skr.", "SGD": "s$ sg$",
	"THB": "฿", "TRY": "₺ tl",
	"TTD": "tt$", "TWD": "nt$", "UAH": "₴ грн грн.", "USD": "$ us$ usd$ u$s dollar dollars us-dollar", "VND": "₫ đ", "ZAR": "r",
})

func indexSigns(signs map[budget.Currency]string) map[string]budget.Currency {
	index := map[string]budget.Currency{}
	for c, list := range signs {
		for sign := range strings.FieldsSeq(list) {
			index[sign] = c
		}
	}
	return index
}

// sharedSigns are signs that several currencies use, with the three letters of these. Which one is meant is said
// elsewhere or not at all: it is never guessed.
var sharedSigns = map[string][]string{
	"¥": {"JPY", "CNY"}, "￥": {"JPY", "CNY"},
	"kr": {"SEK", "NOK", "DKK"}, "kr.": {"SEK", "NOK", "DKK"}, "kronen": {"SEK", "NOK", "DKK"}, "kronor": {"SEK"}, "kroner": {"NOK", "DKK"},
	"rs": {"INR", "PKR", "LKR", "NPR"}, "rs.": {"INR", "PKR", "LKR", "NPR"}, "₨": {"INR", "PKR", "LKR", "NPR"},
	"dh": {"AED", "MAD"}, "dhs": {"AED", "MAD"}, "﷼": {"SAR", "QAR", "OMR", "IRR", "YER"},
}

// dollars are the currencies that are written with a bare "$" at home.
var dollars = []budget.Currency{
	"USD", "ARS", "AUD", "BBD", "BMD", "BND", "BSD", "BZD", "CAD", "CLP", "COP", "DOP", "FJD", "GYD", "HKD", "JMD", "KYD", "LRD", "MXN",
	"NAD", "NZD", "SBD", "SGD", "SRD", "TTD", "TWD", "UYU", "XCD",
}

func isDollar(sign string) bool {
	return sign == "$" || strings.EqualFold(sign, "dollar") || strings.EqualFold(sign, "dollars")
}

// dollar is the currency of a bare "$" where another one is likely.
func dollar(likely budget.Currency) budget.Currency {
	if slices.Contains(dollars, likely) {
		return likely
	}
	return "USD"
}

// localeCurrencies are the currencies of the numbers by which Excel calls locales, where they decide what a sign means.
var localeCurrencies = map[string]budget.Currency{
	"0404": "TWD", "0406": "DKK", "0409": "USD", "0411": "JPY", "0414": "NOK", "041D": "SEK", "040F": "ISK", "0438": "DKK", "0439": "INR",
	"0420": "PKR", "0461": "NPR", "045B": "LKR", "0804": "CNY", "0814": "NOK", "080A": "MXN", "0809": "GBP", "0C01": "EGP", "0C04": "HKD",
	"0C09": "AUD", "0C0C": "CAD", "1004": "SGD", "1009": "CAD", "1409": "NZD", "1C09": "ZAR", "1C0A": "DOP", "2009": "JMD", "2409": "USD",
	"240A": "COP", "2801": "SYP", "2809": "BZD", "2C09": "TTD", "2C0A": "ARS", "3001": "LBP", "300A": "USD", "340A": "CLP", "380A": "UYU",
	"3801": "AED", "3C09": "HKD", "4009": "INR", "440A": "USD", "4409": "MYR", "4809": "SGD", "500A": "USD", "540A": "USD", "0401": "SAR",
	"0429": "IRR", "2001": "OMR", "2401": "YER", "4001": "QAR", "1801": "MAD", "083E": "BND",
}

// currencyOfLocale is the currency of a locale in a number format: the number of one in hexadecimal, or its tag.
func currencyOfLocale(locale string) budget.Currency {
	if n, err := strconv.ParseUint(locale, 16, 32); err == nil { // the upper half is about digits and calendars
		if c := localeCurrencies[fmt.Sprintf("%04X", n&0xFFFF)]; c != "" {
			return c
		}
	}
	tag, err := language.Parse(locale)
	if err != nil {
		return ""
	}
	unit, confidence := currency.FromTag(tag)
	if c := budget.Currency(unit.String()); confidence >= language.High && CurrencyOf(string(c)) == c {
		return c
	}
	return ""
}

// currencyOfSign is what a sign that a format marks as a currency means in a locale.
func currencyOfSign(sign, locale string) string {
	sign = texts.Trim(sign)
	local := currencyOfLocale(locale)
	lower := strings.ToLower(sign)
	switch {
	case sign == "":
		return ""
	case isDollar(sign):
		if slices.Contains(dollars, local) {
			return string(local)
		}
		return "$"
	case sharedSigns[lower] != nil:
		if slices.Contains(sharedSigns[lower], string(local)) || local == "ISK" {
			return string(local)
		}
		return lower
	case lower == "£" && (local == "EGP" || local == "SYP" || local == "LBP"):
		return string(local)
	}
	if c := CurrencyOf(sign); c != "" {
		return string(c)
	}
	return sign
}

// currencyShown finds the currency in the text around a number: CHF in "1,234.50 CHF inkl. MwSt". It is empty if
// none stands there, and a list for more than one. Letters in lower case are a currency only when they stand alone:
// "all in" is not the Albanian lek.
func currencyShown(text string) string {
	var found []string
	add := func(c string) {
		if !slices.Contains(found, c) {
			found = append(found, c)
		}
	}
	words := unitWords(text)
	for _, word := range words {
		if c := currencyWord(word, len(words) == 1); c != "" {
			add(c)
			continue
		}
		for _, part := range strings.FieldsFunc(word, func(r rune) bool { return r == '/' || r == '-' || r == '.' }) { // €/Post
			if c := currencyWord(part, len(words) == 1); c != "" {
				add(c)
			} else if at := strings.IndexFunc(part, func(r rune) bool { return unicode.Is(unicode.Sc, r) }); at >= 0 {
				sign, _ := utf8.DecodeRuneInString(part[at:])
				add(cmp.Or(currencyWord(part[:at]+string(sign), true), currencyWord(string(sign), true), string(sign)))
			}
		}
	}
	return strings.Join(found, " ")
}

// currencyWord is the currency of a word of a number's text, or the sign of several.
func currencyWord(word string, alone bool) string {
	lower := strings.ToLower(word)
	switch {
	case isDollar(lower):
		return "$"
	case sharedSigns[lower] != nil:
		return lower
	case currencySigns[lower] != "" && (alone || len(word) > 1 || word != lower || word[0] == '$'):
		return string(currencySigns[lower])
	case alone, word == strings.ToUpper(word) && word != "ALL" && word != "TOP":
		return string(CurrencyOf(word))
	}
	return ""
}

// CurrencyOf reads a sign or an ISO 4217 code, "" if it is neither.
func CurrencyOf(word string) budget.Currency {
	if c, ok := currencySigns[strings.ToLower(word)]; ok {
		return c
	}
	if len(word) != 3 {
		return ""
	}
	c, err := budget.ParseCurrency(word)
	if err != nil {
		return ""
	}
	return c
}

// SharedSign returns the currencies that share a sign or word, such as "kr"; nil for any other text.
func SharedSign(word string) []string { return sharedSigns[strings.ToLower(word)] }

// ParseCurrency reads a cell that names a currency, "" for a blank one. A sign of several currencies means that of the
// workspace if it is one of them, and is ambiguous_currency otherwise.
func ParseCurrency(text string, workspace budget.Currency) (budget.Currency, error) {
	t, err := ParseOptionalText(text)
	if err != nil || t == "" {
		return "", err
	}
	if isDollar(t) {
		return dollar(workspace), nil
	}
	if meant := SharedSign(t); meant != nil {
		if slices.Contains(meant, string(workspace)) {
			return workspace, nil
		}
		return "", NewError("ambiguous_currency", t, sentence.Of("is the sign of several currencies"),
			sentence.Of("write the three letters of the one that is meant"), meant...)
	}
	c := CurrencyOf(t)
	if c == "" {
		return "", NewError("unknown_currency", t, sentence.Of("is no currency"), sentence.Of("write its three letters, like EUR"))
	}
	return c, nil
}
