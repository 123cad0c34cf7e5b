package written

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
)

var ofGerman = sync.OnceValue(func() Numerals { return Of(language.German) })

// German returns an amount with its currency, and a day, as a German sentence has them: 16.114,81 EUR, 01.06.2026. Other
// values it returns as they are.
func German(value any) any {
	switch v := value.(type) {
	case budget.Money:
		if !v.IsSet() {
			return ""
		}
		return ofGerman().Amount(v) + " " + string(v.Currency())
	case budget.Date:
		if v.IsZero() {
			return ""
		}
		return fmt.Sprintf("%02d.%02d.%d", v.Day(), v.Month().TimeMonth(), v.Year())
	}
	return value
}

// GermanQuotes puts a value, or each of a list, into German quotation marks: „x“. What cannot be seen in it is written
// out, as by %q.
func GermanQuotes(value any) string {
	if list := reflect.ValueOf(value); list.Kind() == reflect.Slice {
		all := make([]string, list.Len())
		for n := range all {
			all[n] = GermanQuotes(list.Index(n).Interface())
		}
		return strings.Join(all, ", ")
	}
	escaped := strconv.Quote(fmt.Sprint(value))
	return "„" + strings.ReplaceAll(strings.ReplaceAll(escaped[1:len(escaped)-1], `\"`, `"`), `\\`, `\`) + "“"
}

// verbs are those of package fmt, with their positions if they have some.
var verbs = regexp.MustCompile(`%(?:\[(\d)\])?\+?[a-zA-Z]`)

// QuotedArgs reports which values of a format of package fmt are formatted with %q.
func QuotedArgs(format string) map[int]bool {
	quoted, next := map[int]bool{}, 0
	for _, verb := range verbs.FindAllStringSubmatch(strings.ReplaceAll(format, "%%", ""), -1) {
		if verb[1] != "" {
			next, _ = strconv.Atoi(verb[1])
			next--
		}
		if verb[0] == "%q" || strings.HasSuffix(verb[0], "]q") {
			quoted[next] = true
		}
		next++
	}
	return quoted
}

var quotingVerbs = regexp.MustCompile(`%(\[\d\])?q`)

// WithoutQuotes is a format for values that have their quotation marks already, for want of those of %q.
func WithoutQuotes(format string) string { return quotingVerbs.ReplaceAllString(format, "%${1}s") }
