package pages

import (
	"testing"

	"golang.org/x/text/language"
)

// Every page can be read in every language, and is read once.
func TestFaces(t *testing.T) {
	t.Parallel()
	for _, lang := range []language.Tag{language.English, language.German} {
		f := newFace(lang)
		if len(f.pages) < 20 {
			t.Errorf("%v has %d pages", lang, len(f.pages))
		}
		for name, page := range f.pages {
			if first := page(); first.Lookup("layout") == nil || first != page() {
				t.Errorf("%v: %s has no layout, or is another one the second time", lang, name)
			}
		}
	}
}
