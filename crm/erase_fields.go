package crm

import (
	"bytes"
	"encoding/json"
)

// erasedName is the name of an influencer or member whose data were erased.
const erasedName = "Erased person"

// IsErased reports whether a record is that of an influencer or a member and has no personal data, as Erase and
// EraseMember leave it: erasing it would change nothing in it, but that it would be archived. One that got new data
// since the erasure is not erased, nor is one of somebody whom people call "Erased person", unless it says nothing else
// about them. The log and the cooperations may say more than the record.
func IsErased(r Record) bool {
	var erased Record
	switch r := r.(type) {
	case Influencer:
		erased = eraseInfluencer(r)
	case Member:
		erased = eraseMember(r)
	default:
		return false
	}
	lost, err := diff(Clone(r), erased)
	return err == nil && len(lost) == 0
}

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
	h := s.cooperations[c.Record.ID]
	if s.influencers[c.Record.ID] || h != nil && h.seqs[c.Seq] || s.wrong.reasons[unitReason{c.Unit, c.Reason}] {
		c.Reason = ""
	}
	erase := s.eraserOf(c)
	if erase == nil {
		return c, nil
	}
	before, err := eraseFields(c, func(f FieldChange) json.RawMessage { return f.Before }, erase)
	if err != nil {
		return c, err
	}
	after, err := eraseFields(c, func(f FieldChange) json.RawMessage { return f.After }, erase)
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
	return c, nil
}

// eraserOf returns what takes the personal data out of a state of the record before and after a change; nil if that has none.
func (s *erasureSubject) eraserOf(c Change) func(Record) Record {
	h := s.cooperations[c.Record.ID]
	switch {
	case s.influencers[c.Record.ID]:
		return func(r Record) Record { return eraseInfluencer(r.(Influencer)) }
	case len(s.copied[c.Record.ID]) > 0:
		return func(r Record) Record { return s.eraseCopied(r.(Influencer), c.Seq) }
	case h != nil && len(h.names) > 0: // it has one of each state
		return func(r Record) Record { return h.erase(s, r.(Cooperation)) }
	}
	return nil
}

// eraseFields returns one side of a change without personal data: the fields that the change has and that still have a
// value.
func eraseFields(c Change, side func(FieldChange) json.RawMessage, erase func(Record) Record) (map[string]json.RawMessage, error) {
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
	erased, err := fieldsOf(erase(r))
	for name := range fields {
		if isOfLog(name) {
			continue
		}
		if fields[name] = erased[name]; erased[name] == nil {
			delete(fields, name)
		}
	}
	return fields, err
}
