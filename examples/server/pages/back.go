package pages

import (
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
	q := u.Query()
	q.Del("done")
	u.RawQuery = q.Encode()
	return u.String()
}

// Here is the address of the page itself, for forms that come back to it.
func (v *visit) Here() string {
	u := *v.URL
	q := u.Query()
	q.Del("done")
	u.RawQuery = q.Encode()
	return u.RequestURI()
}
