package sheetimport

import (
	"strings"

	"github.com/getklar/influencercrm/crm"
)

// swappedNames are the other ways to write a name: "Ana Ruiz" for "Ruiz, Ana", and the other way round. They are folded.
func swappedNames(name string) []string {
	const mostWords = 4
	if last, first, ok := strings.Cut(name, ","); ok {
		first, last = strings.TrimSpace(first), strings.TrimSpace(last)
		if first == "" || last == "" || strings.ContainsRune(first, ',') {
			return nil
		}
		return []string{crm.Fold(first + " " + last)}
	}
	words := strings.Fields(name)
	if len(words) > mostWords {
		return nil
	}
	var swapped []string
	for n := 1; n < len(words); n++ {
		swapped = append(swapped, crm.Fold(strings.Join(words[n:], " ")+", "+strings.Join(words[:n], " ")))
	}
	return swapped
}

// swapped finds another person whose name is that of a row with the family name first, or last, and who may be the same
// one: whoever has another handle on the platform is not.
func (p *people) swapped(e *entry) *person {
	for _, name := range swappedNames(e.influencer) {
		for _, one := range p.byName[name] {
			if !one.disagrees(e) {
				return one
			}
		}
	}
	return nil
}
