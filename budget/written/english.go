package written

import (
	"strconv"
	"sync"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
)

var ofEnglish = sync.OnceValue(func() Numerals { return Of(language.English) })

// English returns an amount with its currency, a day and a month as people read them in an English sentence: 16,114.81 EUR,
// 1 Jun 2026, June 2026. Other values it returns as they are. What programs read, as in logs, has the values' own String.
func English(value any) any {
	switch v := value.(type) {
	case budget.Money:
		if !v.IsSet() {
			return ""
		}
		return ofEnglish().Amount(v) + " " + string(v.Currency())
	case budget.Date:
		if v.IsZero() {
			return ""
		}
		return strconv.Itoa(v.Day()) + " " + v.Month().TimeMonth().String()[:3] + " " + strconv.Itoa(v.Year())
	case budget.Month:
		if v.IsZero() {
			return ""
		}
		return v.TimeMonth().String() + " " + strconv.Itoa(v.Year())
	}
	return value
}
