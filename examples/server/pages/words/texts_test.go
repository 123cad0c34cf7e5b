package words

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

var said = regexp.MustCompile(`\b[sS]ay[ (]("(?:[^"\\]|\\.)*")`)

// Every text that templates and code say is in the catalogue, and the catalogue has no others; each is said in German with
// the values of the English one.
func TestWords(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	read := func(files fs.FS, pattern string) {
		names, err := fs.Glob(files, pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range names {
			content, err := fs.ReadFile(files, name)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			for _, m := range said.FindAllStringSubmatch(string(content), -1) {
				used[strings.Trim(m[1], `"`)] = true
			}
			if strings.Contains(string(content), "}} %") {
				t.Errorf("%s writes a percentage without saying it in the reader's language", name)
			}
		}
	}
	read(os.DirFS(".."), "templates/*.html")
	read(os.DirFS(".."), "*.go")
	read(os.DirFS("."), "*.go")
	for text := range used {
		if _, ok := known()[text]; !ok {
			t.Errorf("%q is not in the catalogue", text)
		}
	}
	if len(texts) != len(known()) {
		t.Errorf("%d texts stand twice; those of several pages belong to frameWords", len(texts)-len(known()))
	}
	for _, w := range texts {
		if !used[w.English] {
			t.Errorf("nobody says %q", w.English)
		}
		verbs := regexp.MustCompile(`%(\[\d\])?[a-z]`)
		if w.German == "" || len(verbs.FindAllString(w.English, -1)) != len(verbs.FindAllString(w.German, -1)) {
			t.Errorf("%q is %q in German", w.English, w.German)
		}
		if strings.Contains(w.English, " %%") || strings.Contains(w.German, "%%") && !strings.Contains(w.German, "\u00a0%%") {
			t.Errorf("%q, %q: a percentage is written 60%% in English, and with a space that breaks no line in German", w.English, w.German)
		}
		if (w.EnglishOne == "") != (w.GermanOne == "") {
			t.Errorf("%q has only one form for one", w.English)
		}
	}
}

func TestSay(t *testing.T) {
	t.Parallel()
	for lang, want := range map[language.Tag][]string{
		language.English: {"1 cooperation", "1,234 cooperations", "Planning", "60%"},
		language.German:  {"1 Kooperation", "1.234 Kooperationen", "Planung", "60\u00a0%"},
	} {
		s := In(lang)
		got := []string{s.Say("%d cooperations", 1), s.Say("%d cooperations", 1234), s.Say("Planning"), s.Say("%d%%", 60)}
		if !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
}
