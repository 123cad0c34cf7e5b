package crm

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/utm"
)

// erasureSubject is everything in a workspace that is about one person: an influencer, those that were merged into it,
// and the cooperations that were ever theirs, deleted ones included.
type erasureSubject struct {
	influencers  map[uuid.UUID]bool
	cooperations map[uuid.UUID]*erasureHistory
	profiles     map[ProfileID]bool
	texts        map[string]bool // names, handles, links and addresses, as they stand in the log
	slugs        map[string]bool // of names and handles, as they stand in links
}

// shortestName is the length from which a name is searched in other texts. A shorter one would be found in many words.
const shortestName = 3

// findErasureSubject reads the log to find the influencers who were merged into one, repeatedly because those may be
// the result of a merge too, and then their cooperations.
func findErasureSubject(ctx context.Context, r Reader, i Influencer) (*erasureSubject, error) {
	subject := &erasureSubject{
		influencers: map[uuid.UUID]bool{i.ID.UUID(): true}, cooperations: map[uuid.UUID]*erasureHistory{},
		profiles: map[ProfileID]bool{}, texts: map[string]bool{}, slugs: map[string]bool{},
	}
	read := map[uuid.UUID]bool{}
	for known := 0; known < len(subject.influencers); {
		known = len(subject.influencers)
		for _, id := range slices.Collect(maps.Keys(subject.influencers)) {
			if read[id] {
				continue
			}
			read[id] = true
			if err := eachChange(ctx, r, ChangeFilter{Record: Ref{KindInfluencer, id}}, subject.addFrom); err != nil {
				return nil, err
			}
		}
		merged := mergeFinder{subject: subject}
		err := eachChange(ctx, r, ChangeFilter{}, func(c Change) error {
			merged.observe(c)
			return nil
		})
		if err != nil {
			return nil, err
		}
		merged.endUnit()
	}
	err := eachChange(ctx, r, ChangeFilter{}, func(c Change) error {
		if c.Record.Kind == KindCooperation && subject.cooperations[c.Record.ID] == nil &&
			slices.ContainsFunc(c.Fields, subject.isInfluencer) {
			subject.cooperations[c.Record.ID] = newErasureHistory()
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = subject.eachChange(ctx, r, func(c Change) error {
		if h := subject.cooperations[c.Record.ID]; h != nil {
			return h.observe(subject, c)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	// Those that are the person's now are erased whatever the log says of them.
	return subject, Each(ctx, r.Cooperations(), CooperationFilter{Influencers: []InfluencerID{i.ID}, Archive: ActiveOrNot}, func(c Cooperation) error {
		if subject.cooperations[c.ID.UUID()] == nil {
			subject.cooperations[c.ID.UUID()] = newErasureHistory()
		}
		subject.cooperations[c.ID.UUID()].add(c)
		return nil
	})
}

// eachChange calls fn with the changes of the person's records, those of each in the order of the log. Whichever takes
// fewer reads: one for each record, or all of the log.
func (s *erasureSubject) eachChange(ctx context.Context, r Reader, fn func(Change) error) error {
	head, err := r.Head(ctx)
	if err != nil {
		return err
	}
	if (len(s.influencers)+len(s.cooperations))*MaxPageSize > int(head.Seq) {
		return eachChange(ctx, r, ChangeFilter{}, func(c Change) error {
			if !s.has(c.Record) {
				return nil
			}
			return fn(c)
		})
	}
	for id := range s.influencers {
		if err := eachChange(ctx, r, ChangeFilter{Record: Ref{KindInfluencer, id}}, fn); err != nil {
			return err
		}
	}
	for id := range s.cooperations {
		if err := eachChange(ctx, r, ChangeFilter{Record: Ref{KindCooperation, id}}, fn); err != nil {
			return err
		}
	}
	return nil
}

// has reports whether a record is, or ever was, one of the person's.
func (s *erasureSubject) has(ref Ref) bool {
	switch ref.Kind {
	case KindInfluencer:
		return s.influencers[ref.ID]
	case KindCooperation:
		return s.cooperations[ref.ID] != nil
	}
	return false
}

// addFrom adds the names and accounts in a change of the person's own record.
func (s *erasureSubject) addFrom(c Change) error {
	for _, f := range c.Fields {
		for _, value := range []json.RawMessage{f.Before, f.After} {
			switch f.Field {
			case "name", "phone", "phone_e164", "email":
				var text string
				if decodeField(value, &text) {
					s.addText(text, f.Field == "name")
				}
			case "profiles":
				var profiles []struct {
					ID     ProfileID `json:"id"`
					Handle string    `json:"handle"`
					Link   string    `json:"link"`
				}
				if !decodeField(value, &profiles) {
					continue
				}
				for _, p := range profiles {
					s.profiles[p.ID] = true
					s.addText(p.Handle, true)
					s.addText(p.Link, false)
				}
			}
		}
	}
	return nil
}

func (s *erasureSubject) addText(text string, isName bool) {
	if len(text) >= shortestName && text != erasedName {
		s.texts[text] = true
	}
	if slug := utm.Slug(text); isName && len(slug) >= shortestName && text != erasedName {
		s.slugs[slug] = true
	}
}

// mergeFinder finds the influencers who were merged into the person: those who had one of the person's profiles, which
// keep their ids, and those who gave the person a cooperation and were deleted in the same unit of work.
type mergeFinder struct {
	subject  *erasureSubject
	unit     uuid.UUID          // of the last change; the changes of a unit are contiguous in the log
	deleted  map[uuid.UUID]bool // in this unit
	previous map[uuid.UUID]bool // who had cooperations that went to the person in this unit
}

func (m *mergeFinder) observe(c Change) {
	if c.Unit != m.unit {
		m.endUnit()
		m.unit, m.deleted, m.previous = c.Unit, map[uuid.UUID]bool{}, map[uuid.UUID]bool{}
	}
	switch c.Record.Kind {
	case KindInfluencer:
		m.deleted[c.Record.ID] = c.Kind == Deleted
		if m.subject.hadProfileOf(c) {
			m.subject.influencers[c.Record.ID] = true
		}
	case KindCooperation:
		for _, f := range c.Fields {
			var from, to InfluencerID
			if f.Field == "influencer" && c.Kind == Updated && decodeField(f.Before, &from) &&
				decodeField(f.After, &to) && m.subject.influencers[to.UUID()] {
				m.previous[from.UUID()] = true
			}
		}
	}
}

func (m *mergeFinder) endUnit() {
	for id := range m.previous {
		if m.deleted[id] {
			m.subject.influencers[id] = true
		}
	}
}

// hadProfileOf reports whether a change is about a profile of the person.
func (s *erasureSubject) hadProfileOf(c Change) bool {
	for _, f := range c.Fields {
		for id := range s.profiles {
			if f.Field == "profiles" && (bytes.Contains(f.Before, []byte(id.String())) ||
				bytes.Contains(f.After, []byte(id.String()))) {
				return true
			}
		}
	}
	return false
}

// isInfluencer reports whether a field of a cooperation names the person.
func (s *erasureSubject) isInfluencer(f FieldChange) bool {
	for _, value := range []json.RawMessage{f.Before, f.After} {
		var id InfluencerID
		if f.Field == "influencer" && decodeField(value, &id) && s.influencers[id.UUID()] {
			return true
		}
	}
	return false
}

// isInUTM reports whether the value of a UTM parameter contains a name or handle of the person.
func (s *erasureSubject) isInUTM(value string) bool {
	slug := utm.Slug(value)
	for name := range s.slugs {
		if strings.Contains(slug, name) {
			return true
		}
	}
	return false
}

// isInJSON reports whether a JSON document contains a text of the person.
func (s *erasureSubject) isInJSON(doc json.RawMessage) bool {
	for text := range s.texts {
		quoted, err := json.Marshal(text)
		if err == nil && bytes.Contains(doc, quoted[1:len(quoted)-1]) {
			return true
		}
	}
	return false
}
