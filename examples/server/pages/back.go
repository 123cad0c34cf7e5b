package pages

import (
	"net/http"
	"net/url"
	"strings"
)

// back is the page that a form names in its field "back", if it is one of this server, without what it says was done.
func (v *visit) back(otherwise string) string {
	text := v.PostForm.Get("back")
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(text, "/") || strings.HasPrefix(text, "//") ||
		strings.ContainsFunc(text, func(r rune) bool { return r == '\\' || r < ' ' }) {
		return otherwise
	}
	u.RawQuery = withoutToast(u.Query()).Encode()
	return u.String()
}

// toasts are the parameters of an address by which a page says what happened; they are no part of where it is.
var toasts = []string{"done", "already", "news", "joined"}

// withoutToast removes from a query by what a page says what happened.
func withoutToast(q url.Values) url.Values {
	for _, name := range toasts {
		q.Del(name)
	}
	return q
}

// Here is the address of the page that is shown, for its forms and links: where it can be asked for, also if what was sent to
// another place led to it.
func (v *visit) Here() string {
	if v.shown != "" {
		return v.shown
	}
	u := *v.URL
	u.RawQuery = withoutToast(u.Query()).Encode()
	return u.RequestURI()
}

// shows sets the address of the page that answers a form. A page that was asked for is where it was asked for.
func (v *visit) shows(address string) {
	if v.Method == http.MethodPost {
		v.shown = address
	}
}
