package pages

import (
	"net/http"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

// words is a text of the pages, as a format of package fmt, in both languages. The forms for one are for texts whose first
// value is a number that decides.
type words struct {
	English, German       string
	EnglishOne, GermanOne string
}

// printers say the texts of the catalogue. They are made at their first use.
var printers = sync.OnceValue(func() map[language.Tag]*message.Printer {
	b := catalog.NewBuilder(catalog.Fallback(language.English))
	set := func(lang language.Tag, key, text, one string) {
		if one == "" {
			_ = b.SetString(lang, key, text) // a test says each
			return
		}
		_ = b.Set(lang, key, plural.Selectf(1, "%d", "=1", one, plural.Other, text))
	}
	for _, t := range texts {
		set(language.English, t.English, t.English, t.EnglishOne)
		set(language.German, t.English, t.German, t.GermanOne)
	}
	return map[language.Tag]*message.Printer{
		language.English: message.NewPrinter(language.English, message.Catalog(b)),
		language.German:  message.NewPrinter(language.German, message.Catalog(b)),
	}
})

func printer(lang language.Tag) *message.Printer { return printers()[lang] }

// known are the texts of the catalogue by their English ones.
var known = sync.OnceValue(func() map[string]words {
	m := map[string]words{}
	for _, t := range texts {
		m[t.English] = t
	}
	return m
})

// say is a text in the language of the face. What the catalogue lacks stays English.
func (f *face) say(format string, args ...any) string {
	t, ok := known()[format]
	switch {
	case len(args) > 0:
		return f.numbers.Sprintf(format, args...)
	case ok && f.lang == language.German:
		return t.German
	default:
		return format
	}
}

// languageCookie keeps the language that a visitor has chosen.
const languageCookie = "crm_language"

// languageOf is the language that a visitor has chosen, else that of the browser.
func languageOf(r *http.Request) language.Tag {
	if c, err := r.Cookie(languageCookie); err == nil {
		switch c.Value {
		case "en":
			return language.English
		case "de":
			return language.German
		}
	}
	if base, _ := web.Language(r).Base(); base.String() == "de" { // it may have a region
		return language.German
	}
	return language.English
}

// InChosenLanguage has a handler answer in the language that a visitor has chosen in the pages. The API knows only that
// of the browser, and pages link to its exports: a plan of the German pages would come in English.
func InChosenLanguage(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie(languageCookie); err == nil && (c.Value == "en" || c.Value == "de") {
			r = r.Clone(r.Context()) // a handler does not change the request that it is given
			r.Header.Set("Accept-Language", c.Value)
		}
		next.ServeHTTP(w, r)
	})
}

// setLanguage keeps the language that the visitor chooses.
func (v *visit) setLanguage() (answer, error) {
	lang := v.PostForm.Get("lang")
	if lang != "en" && lang != "de" {
		return nil, refusal.Invalid("lang", lang, sentence.Of("is no language of the pages; use en or de"))
	}
	return withCookie{redirect(v.back("/")), &http.Cookie{
		Name: languageCookie, Value: lang, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}}, nil
}

// withCookie is an answer that sets a cookie.
type withCookie struct {
	answer
	cookie *http.Cookie
}

func (a withCookie) write(w http.ResponseWriter, v *visit) {
	http.SetCookie(w, a.cookie)
	a.answer.write(w, v)
}
