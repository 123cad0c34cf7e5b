package pages

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
)

// clash is a field that somebody else has saved while a form was open, with another value than the form has.
type clash struct {
	Name, Label  string
	Mine, Theirs []string // as the form sends them; more than one of a field with several values
}

// label names a field of a form for people.
type label struct{ Name, Text string }

// stale reports whether an error says that a record has changed since it was read.
func stale(err error) bool { return errors.Is(err, crm.ErrConflict) }

// meet shows a form again beside what is stored by now, so that the visitor chooses field by field. Stored are the values
// that a form of the record as it is now would have, and was those of the record that the form was made of, or nil if nobody
// knows: a field that only one of the two has changed is as that one wants it. A form whose fields have all been chosen is saved
// on the version that is stored.
func (a view) meet(f *form, was, stored url.Values, version int64, labels []label) view {
	f.Values.Set("version", strconv.FormatInt(version, 10))
	for _, l := range labels {
		mine, theirs, before := clean(f.Values[l.Name]), clean(stored[l.Name]), clean(was[l.Name])
		switch {
		case slices.Equal(mine, theirs):
		case was != nil && slices.Equal(mine, before):
			f.Values[l.Name] = stored[l.Name]
		case was == nil || !slices.Equal(theirs, before):
			f.Clashes = append(f.Clashes, clash{l.Name, l.Text, mine, theirs})
		}
	}
	f.Met = true
	a.status = http.StatusPreconditionFailed
	return a
}

// clean leaves out what is blank, so that a field without a value is like one that is not there.
func clean(values []string) []string {
	var all []string
	for _, v := range values {
		if v = strings.ReplaceAll(strings.TrimSpace(v), "\r\n", "\n"); v != "" {
			all = append(all, v)
		}
	}
	return all
}

// choose puts the values that the visitor has chosen in a meeting into the fields.
func (f *form) choose() {
	for key := range f.Values {
		name, ok := strings.CutPrefix(key, "take.")
		if ok && f.Get(key) == "theirs" && f.Values.Has("theirs."+name) {
			f.Values[name] = f.Values["theirs."+name]
		}
	}
}
