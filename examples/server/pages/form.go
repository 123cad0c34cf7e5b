package pages

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
)

// form is what stands in the fields of a page, by the names that they have in JSON, and what is wrong with it.
type form struct {
	Values   url.Values
	Problems []web.FieldError
	// Clashes are the fields that differ from what somebody else has saved meanwhile, and Met tells that somebody has, also
	// where no field differs.
	Clashes []clash
	Met     bool
	// Saver says who has saved meanwhile; see savedSince.
	Saver string
	// Erased tells that a person's data were erased since the form was made, and what it held with them; see erasedSince.
	Erased bool
	// Asked is why a visitor has to choose where nobody else has saved anything.
	Asked string
	// words are what values of fields mean to people, such as the name behind an id; see Show.
	words map[string]string
	// chosenFor are the ids of the records that are chosen, by the records that are changed where those are others.
	chosenFor map[crm.Ref][]string
	// profiles are those of an influencer as they are stored, by their ids; see Folded.
	profiles map[string]typedProfile
}

// newForm shows values that somebody is about to change.
func newForm(values url.Values) *form { return &form{Values: values} }

// typed is what a visitor has typed, or chosen where it met what somebody else has saved. A choice that cannot be read
// is refused: the form without it would overwrite what was chosen. For the same reason a form with such a choice meets
// what is stored once more.
func (v *visit) typed() *form {
	f := &form{Values: v.PostForm}
	taken := f.taken()
	if tooMany(taken) {
		f.wrong("", v.say("That is more than can be decided at once."))
		f.forgetVersion()
		return f
	}
	for _, name := range taken {
		if _, ok := f.offered("", name); !ok && f.Values.Has("group."+name) {
			f.unknown(v, "take."+name)
			f.forgetVersion()
		}
	}
	f.choose()
	return f
}

// forgetVersion makes the form one of no version that there is, so that saving it asks about all in which it differs.
func (f *form) forgetVersion() {
	if f.Values.Has("version") {
		f.Values.Set("version", "0")
	}
}

// Get is the value of a field.
func (f *form) Get(name string) string { return f.Values.Get(name) }

// Has reports whether a value of a field with several is chosen.
func (f *form) Has(name, value string) bool { return slices.Contains(f.Values[name], value) }

// Show are values of a field as people read them.
func (f *form) Show(name string, values []string) string {
	if len(values) == 0 {
		return "–"
	}
	shown := slices.Clone(values)
	for n, value := range shown {
		shown[n] = cmp.Or(f.words[name+" "+value], value)
	}
	return strings.Join(shown, ", ")
}

// Wrong is what is wrong with a field; empty if nothing is.
func (f *form) Wrong(name string) string {
	for _, p := range f.Problems {
		if p.Field == name {
			return p.Problem
		}
	}
	return ""
}

// refused reports whether an error is about what was typed, and keeps what is wrong for the fields. Another error is the
// page's.
func (f *form) refused(v *visit, err error) bool {
	if err == nil || !errors.Is(err, crm.ErrInvalid) && !errors.Is(err, crm.ErrAlreadyExists) && !errors.Is(err, crm.ErrReferenced) {
		return false
	}
	p := v.face.Problem(err)
	if len(p.Errors) == 0 {
		p.Errors = []web.FieldError{{Problem: p.Detail}}
	}
	for _, e := range p.Errors {
		if typed := sayable(f.Get(e.Field)); typed != "" && e.Value != "" { // as it was typed, not as it was read
			e.Value = typed
		}
		e.Value = sayable(e.Value)
		f.Problems = append(f.Problems, e)
	}
	return true
}

// sayable is a value as a message may quote it; empty for the id of a record, which a list sends and nobody has typed.
func sayable(value string) string {
	if _, err := uuid.Parse(value); err == nil {
		return ""
	}
	return crm.Shorten(value)
}

// wrong marks a field.
func (f *form) wrong(name, problem string) {
	f.Problems = append(f.Problems, web.FieldError{Field: name, Value: sayable(f.Get(name)), Problem: problem})
}

// TooLong reports whether a form would be longer than the page of its record takes. Profiles do not count: those that are as they
// are stored are not sent; see Folded.
func (f *form) TooLong() bool {
	size := 0
	for name, values := range f.Values {
		for _, value := range values {
			if !strings.HasPrefix(name, "profiles[") {
				size += len(url.QueryEscape(name)) + len(url.QueryEscape(value)) + len("=&")
			}
		}
	}
	return size > maxRecord-profilesSize
}

// again shows a form with what is wrong in it.
func (a view) again() view {
	a.status = http.StatusUnprocessableEntity
	return a
}

// field is an input of a form with its label.
type field struct {
	Form     *form
	Name     string
	Label    string
	Kind     string // text, date, amount, number, email, tel, url, area, select, check
	Hint     string
	Required bool
	Options  []option
	List     string // the id of a list of suggestions
	Value    string
	Wrong    string
}

// option is something to choose.
type option struct {
	Value, Label string
	Selected     bool
}

// newField makes a field of a form for a template. More are pairs of "hint", "required", "options", "list", "value" and
// what they are.
func newField(f *form, name, label, kind string, more ...any) (field, error) {
	x := field{Form: f, Name: name, Label: label, Kind: kind, Value: f.Get(name), Wrong: f.Wrong(name)}
	if len(more)%2 != 0 {
		return x, fmt.Errorf("field %s: want pairs", name)
	}
	for n := 0; n < len(more); n += 2 {
		var ok bool
		switch more[n] {
		case "hint":
			x.Hint, ok = more[n+1].(string)
		case "required":
			x.Required, ok = more[n+1].(bool)
		case "list":
			x.List, ok = more[n+1].(string)
		case "value":
			x.Value, ok = more[n+1].(string)
		case "options":
			if x.Options, ok = more[n+1].([]option); ok {
				x.Options = slices.Clone(x.Options)
				for i := range x.Options {
					x.Options[i].Selected = x.Options[i].Value == x.Value
				}
			}
		}
		if !ok {
			return x, fmt.Errorf("field %s: %v %T", name, more[n], more[n+1])
		}
	}
	return x, nil
}

// ID is that of the input, for its label and for links to it.
func (x field) ID() string { return "field-" + x.Name }
