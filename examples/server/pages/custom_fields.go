package pages

import (
	"net/url"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
)

// A custom field of a record stands in a form as custom.NAME; emptied, it goes. The name of a new one stands in customName, and
// its value in customValue.
const (
	customPrefix = "custom."
	customName   = "new_field.name"
	customValue  = "new_field.value"
)

// customField is a custom field in a form.
type customField struct {
	Name, Value string
	Long        bool // it needs more than a line
	Wrong       string
}

// Input is the name of the field's input.
func (c customField) Input() string { return customPrefix + c.Name }

// longValue is from how many bytes on a value needs more than a line.
const longValue = 80

// Custom are the custom fields in a form, by their names.
func (f *form) Custom() (all []customField) {
	for input := range f.Values {
		name, ok := strings.CutPrefix(input, customPrefix)
		if !ok {
			continue
		}
		value := f.Get(input)
		all = append(all, customField{Name: name, Value: value, Wrong: f.Wrong(input),
			Long: len(value) > longValue || strings.Contains(value, "\n")})
	}
	slices.SortFunc(all, func(a, b customField) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// setCustom puts the custom fields of a record into the values of its form.
func setCustom(x url.Values, fields map[string]string) {
	for name, value := range fields {
		x.Set(customPrefix+name, value)
	}
}

// meetCustom takes over the custom fields that only theirs have, because nobody has typed anything about them, and names those in
// which the two can differ. The name of a field tells which one it is, so that name and value are no group.
func meetCustom(mine, theirs url.Values) (all []label) {
	for _, c := range newForm(theirs).Custom() {
		if !mine.Has(c.Input()) {
			mine.Set(c.Input(), c.Value)
		}
	}
	return customLabels(mine)
}

// customLabels name the custom fields of a form.
func customLabels(x url.Values) (all []label) {
	for _, c := range newForm(x).Custom() {
		all = append(all, label{Name: c.Input(), Text: c.Name})
	}
	return all
}

// readCustom are the custom fields that are typed over those of a record: an empty value is a field that goes. One that the form
// does not have stays as it is.
func (v *visit) readCustom(f *form, stored map[string]string) map[string]string {
	fields := map[string]string{}
	for name, value := range stored {
		fields[name] = value
	}
	for _, c := range f.Custom() {
		fields[c.Name] = strings.ReplaceAll(c.Value, "\r\n", "\n")
	}
	name, value := crm.Clean(f.Get(customName)), f.Get(customValue)
	switch {
	case name == "" && strings.TrimSpace(value) == "":
	case name == "":
		f.wrong(customName, v.say("A field needs a name."))
	case strings.TrimSpace(value) == "":
		f.wrong(customValue, v.say("A field needs a value."))
	case fields[name] != "":
		f.wrong(customName, v.say("There is a field of this name. Change it above."))
		if !f.Values.Has(customPrefix + name) { // it was added meanwhile
			f.Values.Set(customPrefix+name, fields[name])
		}
	default:
		fields[name] = value
	}
	return fields
}

// knowCustom gives a form that was saved before the custom fields that the save has added, which it still has as a new one.
func (f *form) knowCustom(stored map[string]string) {
	for name, value := range stored {
		if f.Values.Has(customPrefix + name) {
			continue
		}
		if typed := f.Get(customValue); crm.Clean(f.Get(customName)) == name && strings.TrimSpace(typed) != "" {
			value = typed
			f.Values.Set(customName, "")
			f.Values.Set(customValue, "")
		}
		f.Values.Set(customPrefix+name, value)
	}
}

// placeCustom puts what is wrong with the new field beside its inputs.
func (f *form) placeCustom() {
	for n, p := range f.Problems {
		switch p.Field {
		case "custom":
			f.Problems[n].Field = customName
		case customPrefix + crm.Shorten(crm.Clean(f.Get(customName))):
			f.Problems[n].Field = customValue
		}
	}
}
