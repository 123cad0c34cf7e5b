package crm

import (
	"bytes"
	"encoding/json"

	"github.com/getklar/influencercrm/utm"
)

// erasedName is what an influencer is called whose data were erased.
const erasedName = "Erased person"

// blank takes the personal data out of an influencer: what remains is that there was somebody, of some
// category, with accounts on some platforms.
func (i Influencer) blank() Influencer {
	i = Clone(i)
	i.Name, i.Phone, i.PhoneE164, i.Email, i.Notes = erasedName, "", "", "", ""
	i.Tags, i.Custom, i.Picture = []string{}, map[string]string{}, PictureID{}
	for n, p := range i.Profiles {
		i.Profiles[n] = eraseProfile(p)
	}
	return i
}

func eraseProfile(p Profile) Profile {
	return Profile{ID: p.ID, Platform: p.Platform, Rules: cloneSlice(p.Rules[:0])}
}

// blank takes the personal data of a cooperation's influencer out of it. Dates, money, status and codes
// stay: they are the shop's books, and orders hold the codes anyway. A UTM set that names the person goes
// as a whole, because without that field it would match the links of others.
func (c Cooperation) blank(of *person) Cooperation {
	c = Clone(c)
	c.Name, c.Notes, c.Custom, c.Imported = erasedName, "", map[string]string{}, nil
	if c.Cancellation != nil {
		c.Cancellation.Reason = ""
	}
	for _, f := range utm.Fields() {
		if of.isNamedIn(c.UTM.Get(f).String()) {
			c.UTM = utm.Params{}
		}
	}
	return c
}

// blankChange takes the personal data out of what a change says, by what blank does with the record. A
// field that then has not changed is dropped.
func (of *person) eraseChange(c Change) (Change, error) {
	before, err := of.eraseFields(c, func(f FieldChange) json.RawMessage { return f.Before })
	if err != nil {
		return c, err
	}
	after, err := of.eraseFields(c, func(f FieldChange) json.RawMessage { return f.After })
	if err != nil {
		return c, err
	}
	kept := []FieldChange{}
	for _, f := range c.Fields {
		if f.Before, f.After = before[f.Field], after[f.Field]; !bytes.Equal(f.Before, f.After) {
			kept = append(kept, f)
		}
	}
	c.Fields, c.Reason = kept, ""
	return c, nil
}

// blankFields is one side of a change, blanked: only the fields that it has, as far as they have a value
// then.
func (of *person) eraseFields(c Change, side func(FieldChange) json.RawMessage) (map[string]json.RawMessage, error) {
	fields := map[string]json.RawMessage{}
	for _, f := range c.Fields {
		if value := side(f); value != nil {
			fields[f.Field] = value
		}
	}
	if len(fields) == 0 {
		return fields, nil
	}
	r, err := rebuild(c.Record, fields, 1)
	if err != nil {
		return nil, err
	}
	switch known := r.(type) {
	case Influencer:
		r = known.blank()
	case Cooperation:
		r = known.blank(of)
	}
	blanked, err := fieldsOf(r)
	for name := range fields {
		if fields[name] = blanked[name]; blanked[name] == nil {
			delete(fields, name)
		}
	}
	return fields, err
}
