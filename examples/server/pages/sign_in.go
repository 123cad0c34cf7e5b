package pages

import (
	"net/http"
	"net/url"

	"github.com/getklar/influencercrm/crm/sentence"
)

// signInData is what the page for signing in shows.
type signInData struct {
	Problem string // why the token that was sent does not let its owner in; empty at first
	Next    string // the page that was asked for
}

// SignIn is the page for signing in, whose form is sent to /login; see access.Form.
func (p *Pages) SignIn(w http.ResponseWriter, r *http.Request, status int, problem error, next string) {
	v := &visit{Request: r, pages: p, face: p.faces[languageOf(r)], crm: p.crm}
	d := signInData{Next: next}
	if problem != nil {
		d.Problem = sentence.OfError(problem).In(v.face.Lang)
	}
	v.shows("/login?" + url.Values{"next": {next}}.Encode())
	view{page: "sign_in", title: v.say("Sign in"), data: d, status: status}.write(w, v)
}
