package crm

import (
	"bytes"
	"encoding/json"

	"github.com/getklar/influencercrm/utm"
)

// erasedName is the name of an influencer whose data were erased.
const erasedName = "Erased person"

// eraseInfluencer removes the personal data from an influencer. Category, platforms and ids remain.
func eraseInfluencer(i Influencer) Influencer {
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

// eraseCooperation takes the personal data of a cooperation's influencer out of it. Dates, money, status and codes
// stay: they are the shop's books, and orders hold the codes anyway. A UTM set that names the person goes as a whole,
// because without that field it would match the links of others.
func (s *erasureSubject) eraseCooperation(c Cooperation) Cooperation {
	c = Clone(c)
	c.Name, c.Notes, c.Custom, c.Imported = erasedName, "", map[string]string{}, nil
	if c.Cancellation != nil {
		c.Cancellation.Reason = ""
	}
	for _, f := range utm.Fields() {
		if s.isInUTM(c.UTM.Get(f).String()) {
			c.UTM = utm.Params{}
		}
	}
	return c
}

// eraseChange takes the personal data out of a change, in the same way as out of the record. Fields in which before and
// after are then equal are dropped.
func (s *erasureSubject) eraseChange(c Change) (Change, error) {
	before, err := s.eraseFields(c, func(f FieldChange) json.RawMessage { return f.Before })
	if err != nil {
		return c, err
	}
	after, err := s.eraseFields(c, func(f FieldChange) json.RawMessage { return f.After })
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

// eraseFields returns one side of a change without personal data: the fields that the change has and that still have a
// value.
func (s *erasureSubject) eraseFields(c Change, side func(FieldChange) json.RawMessage) (map[string]json.RawMessage, error) {
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
		r = eraseInfluencer(known)
	case Cooperation:
		r = s.eraseCooperation(known)
	}
	erased, err := fieldsOf(r)
	for name := range fields {
		if fields[name] = erased[name]; erased[name] == nil {
			delete(fields, name)
		}
	}
	return fields, err
}
