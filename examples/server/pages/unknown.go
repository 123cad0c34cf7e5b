package pages

import "github.com/getklar/influencercrm/crm"

// unknown refuses a field that says what is to be done, or with what, and says nothing that its page has. Nothing is done then:
// a form without it must not get the effect of whichever value comes last.
func (f *form) unknown(v *visit, name string) {
	f.wrong(name, v.say("“%s” is nothing that this page can do; use one of its buttons", crm.Shorten(f.Get(name))))
}
