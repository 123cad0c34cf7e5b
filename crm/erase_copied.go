package crm

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// personalValue is a piece of what an influencer's record says about a person.
type personalValue struct{ field, text string }

// copiedValues are what a merge that was undone has copied from the person into the record of somebody else. That one's own
// data stay as they are, also where they are the same.
type copiedValues struct {
	from, to Seq // the changes of the record that brought them and took them out; to is 0 if they stand still
	values   map[personalValue]bool
}

// copiedName is a name of the person that somebody else was called by for a time, and cooperations after them.
type copiedName struct {
	name     string
	unit     uuid.UUID // of the merge, which renames cooperations before it renames the influencer
	from, to Seq
}

// addCopied notes what a merge has copied from the person into an influencer who is somebody else. It may have come by way
// of another one, into whom the person had been merged.
func (s *erasureSubject) addCopied(ctx context.Context, r Reader, m *pastMerge) error {
	source := s.values
	if !s.influencers[m.from] {
		source = map[personalValue]bool{}
		for _, c := range s.copied[m.from] {
			maps.Copy(source, c.values)
		}
	}
	ref, copied := Ref{KindInfluencer, m.into}, []copiedValues{}
	err := eachChange(ctx, r, ChangeFilter{Record: ref, Unit: m.unit}, func(c Change) error {
		was, is, err := personalValuesIn(c)
		maps.DeleteFunc(is, func(v personalValue, _ bool) bool { return was[v] || !source[v] })
		if len(is) > 0 && c.Kind == Updated {
			copied = append(copied, copiedValues{from: c.Seq, values: is})
		}
		return err
	})
	if err == nil && m.undone != uuid.Nil {
		err = eachChange(ctx, r, ChangeFilter{Record: ref, Unit: m.undone}, func(c Change) error {
			was, is, err := personalValuesIn(c)
			for n := range copied {
				if copied[n].isTakenOut(was, is) {
					copied[n].to = c.Seq
				}
			}
			return err
		})
	}
	for _, c := range copied {
		for v := range c.values {
			switch {
			case v.field != "name":
			case c.to == 0: // they are called that, whatever it comes from
				delete(c.values, v)
			default:
				s.names = append(s.names, copiedName{v.text, m.unit, c.from, c.to})
			}
		}
	}
	s.copied[m.into] = append(s.copied[m.into], copied...)
	return err
}

// isTakenOut reports whether a change takes all of the values out of the record.
func (c copiedValues) isTakenOut(was, is map[personalValue]bool) bool {
	for v := range c.values {
		if !was[v] || is[v] {
			return false
		}
	}
	return true
}

// standsAt reports whether the values stood before or after a change of the record, or in the record if seq is 0.
func (c copiedValues) standsAt(seq Seq) bool {
	if seq == 0 {
		return c.to == 0
	}
	return c.from <= seq && (c.to == 0 || seq <= c.to)
}

// eraseCopied takes out of the state of somebody else what was copied into it from the person; seq is 0 for today's.
func (s *erasureSubject) eraseCopied(i Influencer, seq Seq) Influencer {
	is := func(field, text string) bool {
		return slices.ContainsFunc(s.copied[i.ID.UUID()], func(c copiedValues) bool {
			return c.standsAt(seq) && c.values[personalValue{field, text}]
		})
	}
	i = Clone(i)
	if is("name", i.Name) {
		i.Name = erasedName
	}
	for field, text := range map[string]*string{"phone": &i.Phone, "phone_e164": &i.PhoneE164, "email": &i.Email} {
		if is(field, *text) {
			*text = ""
		}
	}
	isLine := func(line string) bool { return is("notes", Fold(line)) }
	if lines := strings.Split(i.Notes, "\n"); slices.ContainsFunc(lines, isLine) {
		i.Notes = Clean(strings.Join(slices.DeleteFunc(lines, isLine), "\n"))
	}
	i.Tags = slices.DeleteFunc(i.Tags, func(tag string) bool { return is("tags", tag) })
	maps.DeleteFunc(i.Custom, func(name, value string) bool { return is("custom."+name, value) })
	for n, p := range i.Profiles {
		if is("profiles", p.ID.String()) {
			i.Profiles[n] = eraseProfile(p)
			continue
		}
		if is("handle", p.Handle) {
			i.Profiles[n].Handle = ""
		}
		if is("link", p.Link) {
			i.Profiles[n].Link = ""
		}
	}
	return i
}

// personalValuesIn are those of a change of an influencer, before and after it.
func personalValuesIn(c Change) (was, is map[personalValue]bool, err error) {
	before, after := map[string]json.RawMessage{}, map[string]json.RawMessage{}
	for _, f := range c.Fields {
		before[f.Field], after[f.Field] = f.Before, f.After
	}
	if was, err = personalValuesOf(c.Record, before); err == nil {
		is, err = personalValuesOf(c.Record, after)
	}
	return was, is, err
}

// personalValuesOf are those of an influencer with some fields of the log.
func personalValuesOf(ref Ref, fields map[string]json.RawMessage) (map[personalValue]bool, error) {
	overlay(fields, nil) // drops what is not set
	r, err := rebuild(ref, fields, 1)
	if err != nil {
		return nil, err
	}
	i, values := r.(Influencer), map[personalValue]bool{}
	add := func(field, text string) {
		if text != "" {
			values[personalValue{field, text}] = true
		}
	}
	add("name", i.Name)
	add("phone", i.Phone)
	add("phone_e164", i.PhoneE164)
	add("email", i.Email)
	for _, line := range strings.Split(i.Notes, "\n") {
		add("notes", Fold(line))
	}
	for _, tag := range i.Tags {
		add("tags", tag)
	}
	for name, value := range i.Custom {
		add("custom."+name, value)
	}
	for _, p := range i.Profiles {
		add("profiles", p.ID.String())
		add("handle", p.Handle)
		add("link", p.Link)
	}
	return values, nil
}
