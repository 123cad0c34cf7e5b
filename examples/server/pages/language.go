package pages

import (
	"net/http"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

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
