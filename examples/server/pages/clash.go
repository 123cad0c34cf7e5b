package pages

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
)

// clash is what somebody else has saved while a form was open, with other values than the form has.
type clash struct {
	Name, Label  string
	Mine, Theirs []string // what is said; more than one of a field with several values
	Group        string   // the fields as they are stored, as JSON, if it is more than the field of the name
}

// label names for people what two who save can differ in: a field of a form, or a group of fields, which is of one of
// the two as a whole. Fields are a group if one means nothing without the other: 900 of one person and dollars of the
// other are an amount that nobody has typed, and the same goes for the days of a period, for an account and for a list
// of codes. Fields that merely stand side by side, such as budget and target, are none: both people would be asked
// about what only one has changed.
type label struct {
	In   string // what the names of its inputs begin with, where it is of a part of the form; see profileLabels
	Name string
	Text string
	// Of are the fields of a group. One that ends in [ stands for all that begin so, and an empty one for all that there are.
	Of []string
	// Says is what a group says, by which two forms are compared; nil is the values of the field of the name.
	Says func(url.Values) []string
}

func (l label) says(x url.Values) []string {
	if l.Says != nil {
		return l.Says(x)
	}
	return clean(x[l.Name])
}

func (l label) fields() []string {
	if l.Of == nil {
		return []string{l.Name}
	}
	return l.Of
}

// maxGroup is more fields than a group has. Each choice may look at all that a form has sent of the record, or of a
// profile: maxTaken is more choices than a meeting has besides those about profiles, and maxTakenOf how many it has
// about one.
const (
	maxGroup   = 8
	maxTaken   = crm.MaxCustomFields + 100
	maxTakenOf = 9
)

// tooMany reports whether there are more choices than a meeting has.
func tooMany(taken []string) bool {
	counts := map[string]int{}
	for _, name := range taken {
		most, id := maxTaken, ""
		if rest, ok := strings.CutPrefix(name, profileUnit); ok {
			most = maxTakenOf
			id, _, _ = strings.Cut(rest, ".")
			id = profileUnit + id
		}
		if counts[id]++; counts[id] > most {
			return true
		}
	}
	return false
}

// group is what one of the two has in the fields of a label.
type group struct {
	Of     []string   `json:"of"`
	Values url.Values `json:"values"`
}

func (l label) group(x url.Values) group {
	g := group{l.fields(), url.Values{}}
	for _, name := range g.names(x) {
		g.Values[name] = x[name]
	}
	return g
}

// names are those of the fields of a group that a form has.
func (g group) names(x url.Values) (all []string) {
	for _, field := range g.Of {
		if field != "" && !strings.HasSuffix(field, "[") {
			if x.Has(field) {
				all = append(all, field)
			}
			continue
		}
		for name := range x {
			if strings.HasPrefix(name, field) {
				all = append(all, name)
			}
		}
	}
	return all
}

// put gives the fields of a form the values of a group. Those that the group does not have go.
func (g group) put(x url.Values) {
	for _, name := range g.names(x) {
		delete(x, name)
	}
	for name, values := range g.Values {
		x[name] = slices.Clone(values)
	}
}

// stale reports whether an error says that a record has changed since it was read.
func stale(err error) bool { return errors.Is(err, crm.ErrConflict) }

// merge takes over what only they have changed, and returns what both have. Was are the values before, or nil if nobody knows.
func merge(mine, was, theirs url.Values, labels []label) (met []clash) {
	for _, l := range labels {
		ours, others, before := l.says(mine), l.says(theirs), l.says(was)
		switch {
		case slices.Equal(ours, others):
		case was != nil && slices.Equal(ours, before):
			l.group(theirs).put(mine)
		case was == nil || !slices.Equal(others, before):
			met = append(met, l.clash(ours, others, theirs))
		}
	}
	return met
}

func (l label) clash(mine, others []string, theirs url.Values) clash {
	c := clash{Name: l.In + l.Name, Label: l.Text, Mine: mine, Theirs: others}
	if l.Of != nil {
		text, _ := json.Marshal(l.group(theirs)) // maps and lists of texts have no errors
		c.Group = string(text)
	}
	return c
}

// meet prepares a form for being shown again beside what is stored by now, so that the visitor chooses field by field.
// Stored are the values that a form of the record as it is now would have, and was those of the record that the form
// was made of, or nil if nobody knows: what only one of the two has changed is as that one wants it. A form whose
// fields have all been chosen is saved on the version that is stored.
func (f *form) meet(was, stored url.Values, version int64, labels []label) {
	f.Values.Set("version", strconv.FormatInt(version, 10))
	f.Clashes = append(f.Clashes, merge(f.Values, was, stored, labels)...)
	f.Met = true
}

// meets is the answer with a form that has met another one.
func (a view) meets() view {
	a.status = http.StatusPreconditionFailed
	return a
}

// meet is form.meet for a page that is made of the form alone.
func (a view) meet(f *form, was, stored url.Values, version int64, labels []label) view {
	f.meet(was, stored, version, labels)
	return a.meets()
}

// keep shows again what of a meeting is not decided, after another button than the one that saves: the form is on the
// version of the meeting already, and would overwrite what it has met. What the visitor wants as the others have it
// stands in the form by now. X is the part of the form that the labels are of. It returns what the others have.
func (f *form) keep(x url.Values, labels []label) (theirs url.Values) {
	theirs = url.Values{}
	for _, l := range labels {
		name := l.In + l.Name
		if !f.Values.Has("take."+name) || f.Get("take."+name) == "theirs" {
			continue
		}
		g, ok := f.offered(l.In, l.Name)
		if !ok {
			continue
		}
		if mine, others := l.says(x), l.says(g.Values); !slices.Equal(mine, others) {
			f.Clashes = append(f.Clashes, l.clash(mine, others, g.Values))
			g.put(theirs)
		}
	}
	return theirs
}

// offered is what a meeting has offered to take over, as the form has kept it.
func (f *form) offered(in, name string) (g group, ok bool) {
	if text := f.Get("group." + in + name); text != "" {
		err := json.Unmarshal([]byte(text), &g)
		return g, err == nil && len(g.Of) <= maxGroup
	}
	theirs := "theirs." + in + name
	return group{[]string{name}, url.Values{name: f.Values[theirs]}}, f.Values.Has(theirs)
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

// taken are the names of what the visitor has chosen as the others have it, in a meeting.
func (f *form) taken() (all []string) {
	for key := range f.Values {
		if name, ok := strings.CutPrefix(key, "take."); ok && f.Get(key) == "theirs" {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

// choose puts the values that the visitor has chosen in a meeting into the fields.
func (f *form) choose() {
	for _, name := range f.taken() {
		if g, ok := f.offered("", name); ok && !strings.HasPrefix(name, profileUnit) {
			g.put(f.Values)
		}
	}
}

// periodLabel is that of the two days of a period. They are one group: the start of one person and the end of another
// are a period that nobody has planned, over which a cost would be spread.
func (v *visit) periodLabel() label {
	return label{Name: "period", Text: v.say("Dates"), Of: []string{"period.start", "period.end"}, Says: func(x url.Values) []string {
		f := newForm(x)
		p := v.period(f, "period.start", "period.end")
		switch {
		case len(f.Problems) > 0:
			return []string{strings.TrimSpace(x.Get("period.start")) + " – " + strings.TrimSpace(x.Get("period.end"))}
		case p.IsZero():
			return nil
		}
		return []string{v.face.Days(p)}
	}}
}
