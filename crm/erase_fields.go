package crm

import (
	"bytes"
	"encoding/json"
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
	c.Fields = kept
	if h := s.cooperations[c.Record.ID]; c.Record.Kind != KindCooperation || h.seqs[c.Seq] {
		c.Reason = ""
	}
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
		r = s.cooperations[known.ID.UUID()].erase(s, known)
	}
	erased, err := fieldsOf(r)
	for name := range fields {
		if name == versionField {
			continue
		}
		if fields[name] = erased[name]; erased[name] == nil {
			delete(fields, name)
		}
	}
	return fields, err
}
