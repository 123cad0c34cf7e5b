package column

import (
	"testing"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// TestNoHeaderMeansTwoFields: without its blanks, too, each known header belongs to one field.
func TestNoHeaderMeansTwoFields(t *testing.T) {
	t.Parallel()
	for _, s := range synonyms {
		for _, p := range texts.Phrases(s.en + "," + s.de + "," + s.weak) {
			if got := headerTerms[compact(headerKey(p))]; got.field != s.field {
				t.Errorf("%q of %s is read as %s", p, s.field, got.field)
			}
		}
	}
	for h := range ambiguousHeaders {
		if got, ok := headerTerms[h]; ok {
			t.Errorf("%q is ambiguous and %s", h, got.field)
		}
	}
}
