package texts_test

import (
	"testing"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

func TestWithoutEntities(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Ana &amp; Ben":         "Ana & Ben",
		"Ana &amp;amp; Ben":     "Ana & Ben",
		"Ana &amp;amp;amp; Ben": "Ana & Ben",
		"Tom O&#39;Neil":        "Tom O'Neil",
		"Tom O&amp;#x27;Neil":   "Tom O'Neil",
		"J&uuml;rgen":           "Jürgen",
		"A & B; C":              "A & B; C",
		"KIM&REGINA;TOM":        "KIM&REGINA;TOM",
		"Ana&Ltd;":              "Ana&Ltd;",
		"a&LTD;b &semi; &lt;":   "a&LTD;b ; <",
		"R&D;":                  "R&D;",
		"&copy2026":             "&copy2026",
		"":                      "",
	} {
		if got := texts.WithoutEntities(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
