package sheetimport

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/getklar/influencercrm/crm"
)

// germanLetters are letters as handles have them.
var germanLetters = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")

// beforeName is what stands before a name in one row and not in another: "Dr. Ana Ruiz", "NEW: Ana Ruiz".
var beforeName = regexp.MustCompile(`(?i)^(?:(?:dr|prof|mrs?|ms|frau|herr|neu|new)(?:\.\s*|:\s*|\s+))+`)

// plainLetters are the letters of a name or a handle and nothing else: "anaruiz" of "Ana Ruiz", "@ana.ruiz", "ana_ruiz92" and
// "Dr. Ana Ruiz". They are "" where they are too few to tell anybody.
func plainLetters(text string) string {
	const fewest = 6 // letters
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, norm.NFD.String(germanLetters.Replace(crm.Fold(beforeName.ReplaceAllString(text, "")))))
	if len(letters) < fewest {
		return ""
	}
	return letters
}

// addPlain adds a name or a handle of a person.
func (p *people) addPlain(one *person, text string) {
	key := plainLetters(text)
	if key == "" || slices.Contains(p.byPlain[key], one) {
		return
	}
	const most = 10 // people; of more nobody knows which one is meant
	if len(p.byPlain[key]) < most {
		p.byPlain[key] = append(p.byPlain[key], one)
	}
}

// plainly finds another person of the sheet who has the letters of a row's name as a handle, or those of its handle as
// a name, and who may be the same one: somebody is "@anaruiz" in one row, and "Ana Ruiz" without a handle in another. Whoever
// has another handle on the platform is not.
func (p *people) plainly(e *entry) *person {
	for _, text := range []string{e.influencer, e.handle} {
		for _, one := range p.byPlain[plainLetters(text)] {
			if (one.isNew || len(one.rows) > 0) && !one.disagrees(e) && crm.Fold(one.Name) != crm.Fold(e.influencer) {
				return one
			}
		}
	}
	return nil
}
