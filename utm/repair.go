package utm

import (
	"errors"
	"iter"
	"regexp"
	"slices"
	"strings"
)

// Repair returns the link that was meant by one with faults: as [Mend] does, and with https:// in front, misspelt
// names right, fields in front of the #, values escaped, each field once and those without a value left out. A link
// without such faults comes back as it is. certain is false, and the link as it was, where somebody has to decide: if
// a field has two values, if [Params.Validate] refuses one, if Mend finds the link [Unclear], or if what comes out is
// no address or has faults of that kind still.
func Repair(link string) (repaired string, certain bool) {
	link = strings.TrimSpace(link)
	once, ok := repairOnce(link)
	if !ok {
		return link, false
	}
	if once != link {
		if again, ok := repairOnce(once); !ok || again != once {
			return link, false // links inside links, mostly
		}
	}
	c := linkCheck{link: once}
	c.run()
	if slices.ContainsFunc(c.found, isRepairable) {
		return link, false
	}
	return once, true
}

// isRepairable reports whether a fault is one that a repaired link does not have.
func isRepairable(err error) bool {
	var fault *LinkError
	return errors.As(err, &fault) && !slices.Contains([]Defect{Misspelt, NoFields, TooGeneral}, fault.Kind)
}

func repairOnce(link string) (repaired string, ok bool) {
	if checkLinkLen(link) != nil {
		return "", false
	}
	mended, defects := Mend(link)
	meant := withScheme(straighten(mended))
	params, err := Parse(meant)
	if err != nil || slices.Contains(defects, Unclear) || hasSeveralValues(meant) {
		return "", false
	}
	params = params.withoutEmpty()
	built, err := Build(replaceFields(meant, Params{}), params)
	if err != nil {
		return "", false
	}
	if hasFieldsAsBuilt(link, params) {
		return link, true
	}
	return built, true
}

// hasFieldsAsBuilt reports whether a link has its fields as they should be, so that none has to move.
func hasFieldsAsBuilt(link string, p Params) bool {
	read, err := Parse(link)
	if err != nil || read != p || ValidateAddress(link) != nil {
		return false
	}
	seen := map[Field]bool{}
	for pair := range strings.SplitSeq(queryOf(link), "&") {
		f, isField := fieldOf(pair)
		name, raw, _ := strings.Cut(pair, "=")
		if isField && (seen[f] || name != f.Key() || unencoded(raw) >= 0) {
			return false
		}
		seen[f] = seen[f] || isField
	}
	return true
}

// withoutEmpty returns p without the fields that are blank.
func (p Params) withoutEmpty() Params {
	for _, f := range Fields() {
		if strings.TrimSpace(p.Get(f).String()) == "" {
			p = p.With(f, Value{})
		}
	}
	return p
}

// fieldPairs yields the UTM fields of a link's query with their values as they stand there.
func fieldPairs(link string) iter.Seq2[Field, string] {
	return func(yield func(Field, string) bool) {
		for pair := range strings.SplitSeq(queryOf(link), "&") {
			_, raw, _ := strings.Cut(pair, "=")
			if f, ok := fieldOf(pair); ok && !yield(f, raw) {
				return
			}
		}
	}
}

// hasSeveralValues reports whether a link has two values for a field that are not blank.
func hasSeveralValues(link string) bool {
	var seen Params
	for f, raw := range fieldPairs(link) {
		value := strings.TrimSpace(readable(raw))
		if value == "" {
			continue
		}
		if before := seen.Get(f); before.IsSet() && before.String() != value {
			return true
		}
		seen = seen.With(f, Of(value))
	}
	return false
}

// straighten puts misspelt fields under their names, and fields behind the # in front of it, where a link has none of
// these.
func straighten(link string) string {
	link, fragment, hasFragment := strings.Cut(link, "#")
	if link != "" && queryOf(link) == link { // a bare query
		link = "?" + link
	}
	link = renameMisspelt(link)
	if hasFragment {
		link += "#" + fragment
	}
	return moveHidden(link)
}

// renameMisspelt takes a link without its fragment.
func renameMisspelt(link string) string {
	query := queryOf(link)
	there, err := Parse(link)
	if err != nil || query == "" {
		return link
	}
	pairs := strings.Split(query, "&")
	for n, pair := range pairs {
		raw, value, hasValue := strings.Cut(pair, "=")
		if _, known := fieldOf(pair); known || !hasValue {
			continue
		}
		if f, ok := meantField(unescape(raw)); ok && there.Get(f).String() == "" {
			pairs[n] = f.Key() + "=" + value
		}
	}
	return strings.TrimSuffix(link, query) + strings.Join(pairs, "&")
}

// hiddenFields are the fields behind the # of a link that it does not have in front of it.
func hiddenFields(link string) Params {
	front, fragment, _ := strings.Cut(link, "#")
	seen, err := Parse(front)
	hidden, errHidden := Parse(fragment)
	if err != nil || errHidden != nil {
		return Params{}
	}
	for _, f := range Fields() {
		if seen.Get(f).String() != "" || hidden.Get(f).String() == "" {
			hidden = hidden.With(f, Value{})
		}
	}
	return hidden
}

// moveHidden puts the fields behind the # of a link in front of it.
func moveHidden(link string) string {
	hidden := hiddenFields(link)
	if hidden.IsZero() {
		return link
	}
	front, fragment, _ := strings.Cut(link, "#")
	query := queryOf(fragment)
	rest := strings.TrimSuffix(strings.TrimSuffix(fragment, query), "?")
	pairs := slices.DeleteFunc(strings.Split(query, "&"), func(pair string) bool {
		f, ok := fieldOf(pair)
		return ok && hidden.Get(f).IsSet()
	})
	if left := strings.Join(pairs, "&"); left != "" && rest != "" {
		rest += "?" + left
	} else {
		rest += left
	}
	if rest != "" {
		rest = "#" + rest
	}
	there, _ := Parse(front) // no longer than the link
	return replaceFields(front, hidden.Or(there)) + rest
}

// hostAhead is how a link begins whose scheme was left out, as apps show links.
var hostAhead = regexp.MustCompile(`^(?://)?([\pL\pN-]+(?:\.[\pL\pN-]+)+(?::\d+)?(?:[/?#]|$))`)

func withScheme(link string) string {
	if hostAhead.MatchString(link) {
		return "https://" + strings.TrimPrefix(link, "//")
	}
	return link
}
