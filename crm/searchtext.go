package crm

import (
	"maps"
	"slices"
	"strings"
)

// SearchText is the folded text in which a filter's Text is looked for: a record's name and what
// else a person would type to find it, one item a line. Stores keep it in a column.
func SearchText(r Record) string {
	var parts []string
	switch r := r.(type) {
	case Member:
		parts = []string{r.Name, r.Email}
	case Campaign:
		parts = []string{r.Name, r.Notes}
	case Influencer:
		parts = []string{r.Name, r.Email, r.Phone, r.PhoneE164, r.Category, r.Notes}
		parts = append(parts, r.Tags...)
		for _, p := range r.Profiles {
			parts = append(parts, p.Handle, p.Link)
		}
		parts = append(parts, valuesByKey(r.Custom)...)
	case Cooperation:
		parts = []string{r.Name, r.Notes}
		for _, rule := range r.Rules {
			parts = append(parts, rule.Pattern)
		}
		parts = append(parts, valuesByKey(r.Custom)...)
	}
	folded := make([]string, 0, len(parts))
	for _, part := range parts {
		if f := Fold(part); f != "" {
			folded = append(folded, f)
		}
	}
	return strings.Join(folded, "\n")
}

func valuesByKey(m map[string]string) []string {
	values := make([]string, 0, len(m))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		values = append(values, m[key])
	}
	return values
}
