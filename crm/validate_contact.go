package crm

import (
	"net/mail"
	"net/url"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// link checks an http or https link.
func (p *problems) link(field string, s *string) {
	p.text(field, s, MaxLink, false)
	if *s == "" {
		return
	}
	u, err := url.Parse(*s)
	if err != nil || u.Host == "" || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https") {
		p.add(field, *s, "is no web link; it must start with https:// and name a site")
	}
}

// email checks a bare address like mira@example.com.
func (p *problems) email(field string, s *string) {
	p.text(field, s, MaxLink, false)
	if *s == "" {
		return
	}
	a, err := mail.ParseAddress(*s)
	if err != nil || a.Address != *s || strings.ContainsAny(*s, "<>\"") {
		p.add(field, *s, "is no email address; it looks like mira@example.com")
	}
}

// phone checks a number with its country code and returns its E.164 form; the typed form is kept
// beside it.
func (p *problems) phone(field string, s *string) string {
	p.text(field, s, MaxName, false)
	if *s == "" {
		return ""
	}
	n, err := phonenumbers.Parse(*s, "")
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		p.add(field, *s, "is no phone number; write it with its country code, like +49 170 1234567")
		return ""
	}
	return phonenumbers.Format(n, phonenumbers.E164)
}
