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

// erasureSubject is everything in a workspace that is about one person: an influencer, those that were merged into it and
// did not come back, and the cooperations that were ever theirs, deleted ones included.
type erasureSubject struct {
	influencers  map[uuid.UUID]bool
	cooperations map[uuid.UUID]*erasureHistory
	wrong        wrongMerges
	copied       map[uuid.UUID][]copiedValues // by influencers who are somebody else
	names        []copiedName
	values       map[personalValue]bool // of all of the person's influencers, at any time
	texts        map[string]bool        // names, handles, links and addresses, as they stand in the log
	slugs        map[string]bool        // of names and handles, as they stand in links

	records  map[Ref]bool // whose changes may say something about the person
	redacted map[Ref]bool // whose changes have lost fields
}

func newErasureSubject() *erasureSubject {
	return &erasureSubject{
		influencers: map[uuid.UUID]bool{}, cooperations: map[uuid.UUID]*erasureHistory{},
		wrong:  wrongMerges{moves: map[[3]uuid.UUID]bool{}, undos: map[uuid.UUID]bool{}, reasons: map[unitReason]bool{}},
		copied: map[uuid.UUID][]copiedValues{}, values: map[personalValue]bool{}, texts: map[string]bool{}, slugs: map[string]bool{},
		records: map[Ref]bool{}, redacted: map[Ref]bool{},
	}
}

// shortestName is the length in bytes from which a name is searched within other texts. A shorter one would be found in many
// words, and is compared with whole texts.
const shortestName = 3

// findErasureSubject reads the log to find the influencers who are one person with an influencer, and then what is about
// them.
func findErasureSubject(ctx context.Context, r Reader, i Influencer) (*erasureSubject, error) {
	subject := newErasureSubject()
	subject.influencers[i.ID.UUID()] = true
	merges, err := readMerges(ctx, r)
	if err != nil {
		return nil, err
	}
	subject.addMerged(merges)
	for id := range subject.influencers {
		subject.records[Ref{KindInfluencer, id}] = true
		if err := eachChange(ctx, r, ChangeFilter{Record: Ref{KindInfluencer, id}}, subject.addFrom); err != nil {
			return nil, err
		}
	}
	if err := subject.addWrongMerges(ctx, r, merges); err != nil {
		return nil, err
	}
	for id := range subject.copied {
		subject.records[Ref{KindInfluencer, id}] = true
	}
	if err := eachChange(ctx, r, ChangeFilter{}, subject.addRecord); err != nil {
		return nil, err
	}
	err = subject.eachChange(ctx, r, func(c Change) error {
		if h := subject.cooperations[c.Record.ID]; h != nil {
			return h.observe(subject, c)
		}
		return nil
	})
	for _, h := range subject.cooperations {
		if err == nil {
			err = h.endWrongMerge(subject, uuid.Nil)
		}
	}
	if err != nil {
		return nil, err
	}
	// Those that are the person's now are erased whatever the log says of them.
	return subject, Each(ctx, r.Cooperations(), CooperationFilter{Influencers: []InfluencerID{i.ID},
		Archive: ActiveOrNot}, func(c Cooperation) error {
		subject.history(c.Ref()).add(c)
		return nil
	})
}

// addRecord notes the record of a change if that says something about the person.
func (s *erasureSubject) addRecord(c Change) error {
	if c.Record.Kind != KindInfluencer && c.Record.Kind != KindCooperation {
		return nil
	}
	if s.wrong.reasons[unitReason{c.Unit, c.Reason}] {
		s.records[c.Record] = true
	}
	if c.Record.Kind == KindInfluencer {
		return nil
	}
	for _, f := range c.Fields {
		var name string
		switch {
		case s.isInfluencer(f):
			s.history(c.Record)
		case f.Field == "name" && len(s.names) > 0 && decodeField(f.After, &name) && s.hasCopiedName(c, name):
			s.history(c.Record).names[name] = true
		}
	}
	return nil
}

// hasCopiedName reports whether a change names a cooperation of somebody else who had a name of the person then.
func (s *erasureSubject) hasCopiedName(c Change, name string) bool {
	return slices.ContainsFunc(s.names, func(n copiedName) bool {
		return strings.Contains(name, n.name) && (c.Unit == n.unit || n.from <= c.Seq && c.Seq <= n.to)
	})
}

// history returns what is known of a cooperation, which is one of the subject's from now on.
func (s *erasureSubject) history(ref Ref) *erasureHistory {
	if s.cooperations[ref.ID] == nil {
		s.cooperations[ref.ID] = newErasureHistory()
		s.records[ref] = true
	}
	return s.cooperations[ref.ID]
}

// eachChange calls fn with the changes of the subject's records, those of each in the order of the log. Whichever takes
// fewer reads: one for each record, or all of the log.
func (s *erasureSubject) eachChange(ctx context.Context, r Reader, fn func(Change) error) error {
	head, err := r.Head(ctx)
	if err != nil {
		return err
	}
	if len(s.records)*MaxPageSize > int(head.Seq) {
		return eachChange(ctx, r, ChangeFilter{}, func(c Change) error {
			if !s.records[c.Record] {
				return nil
			}
			return fn(c)
		})
	}
	for ref := range s.records {
		if err := eachChange(ctx, r, ChangeFilter{Record: ref}, fn); err != nil {
			return err
		}
	}
	return nil
}

// addFrom adds what a change of the person's own record says about them.
func (s *erasureSubject) addFrom(c Change) error {
	was, is, err := personalValuesIn(c)
	maps.Copy(was, is)
	for v := range was {
		s.values[v] = true
		switch v.field {
		case "name", "handle":
			s.addText(v.text, true)
		case "phone", "phone_e164", "email", "link":
			s.addText(v.text, false)
		}
	}
	return err
}

func (s *erasureSubject) addText(text string, isName bool) {
	if text == "" || text == erasedName {
		return
	}
	s.texts[text] = true
	if slug := utm.Slug(text); isName && slug != "" {
		s.slugs[slug] = true
	}
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

// isInText reports whether a text contains one of the person's, or is one that is short.
func (s *erasureSubject) isInText(text string) bool {
	for said := range s.texts {
		if text == said || len(said) >= shortestName && strings.Contains(text, said) {
			return true
		}
	}
	return false
}

// isInUTM reports whether the value of a UTM parameter contains a name or handle of the person, or is one that is short.
func (s *erasureSubject) isInUTM(value string) bool {
	slug := utm.Slug(value)
	for name := range s.slugs {
		if slug == name || len(name) >= shortestName && strings.Contains(slug, name) {
			return true
		}
	}
	return false
}

// isInJSON reports whether a JSON document contains a text of the person, or has one that is short as a text of its own.
func (s *erasureSubject) isInJSON(doc json.RawMessage) bool {
	for text := range s.texts {
		quoted, err := json.Marshal(text)
		if err == nil && len(text) >= shortestName {
			quoted = quoted[1 : len(quoted)-1]
		}
		if err == nil && bytes.Contains(doc, quoted) {
			return true
		}
	}
	return false
}
