package crm

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
)

// MemberErasure is the result of EraseMember.
type MemberErasure struct {
	Done
	Member       Member `json:"member"`       // as it is now
	Cooperations int    `json:"cooperations"` // whose sheet named the member, now or in the log, and lost that
	Changes      int    `json:"changes"`      // of the log
	Imports      int    `json:"imports"`      // whose accounts named the member and lost their rows
}

// EraseMember takes the name and email of a team member out of the workspace, from the version that was read, as a
// person can demand (GDPR, article 17): out of the record and of the log as far as it goes back, with the reasons of its
// changes, out of what cooperations remember of the sheets that they came from, and out of the accounts of imports.
// Nothing brings them back, no undo and no look into the past.
//
// The member is called "Erased person" then, and is archived, if they were not. Records that name the member keep the
// id, so that the report still tells what one person was responsible for. The Actor of changes stays: it is the host's
// own word for who did something, which need not be a member, and the shop's record of it. A host that has to erase that
// too gives ids as actors. Texts that people wrote, such as notes, are not searched, and the reason of the erasure itself
// stays in the log, so it should not name the person.
//
// It reads the whole log and holds up the workspace's writers for that time.
func (w *Work) EraseMember(ctx context.Context, id MemberID, version int64, reason string) (MemberErasure, error) {
	before, err := current(ctx, w.Members(), id, version)
	if err != nil {
		return MemberErasure{}, err
	}
	if err := checkReason(before.Ref(), &reason); err != nil {
		return MemberErasure{}, err
	}
	if err := w.log.flush(ctx, w.tx); err != nil { // what this unit has done so far is erased too
		return MemberErasure{}, err
	}
	subject := newMemberSubject(before)
	if err := eachChange(ctx, w, ChangeFilter{Record: before.Ref()}, subject.addFrom); err != nil {
		return MemberErasure{}, err
	}
	done := MemberErasure{}
	each := func(fn func(Change) error) error { return eachChange(ctx, w, ChangeFilter{}, fn) }
	if done.Changes, err = w.redact(ctx, &subject.erasureSubject, each, subject.eraseChange); err != nil {
		return MemberErasure{}, err
	}
	if done.Imports, err = w.eraseImports(ctx, &subject.erasureSubject); err != nil {
		return MemberErasure{}, err
	}
	after := eraseMember(before)
	if after.ArchivedOn.IsZero() {
		if after.ArchivedOn, err = w.today(); err != nil {
			return MemberErasure{}, err
		}
	}
	if done.Member, err = eraseTo(ctx, w, before, eraseMember(before), after, reason); err != nil {
		return MemberErasure{}, err
	}
	done.Cooperations, err = w.eraseMemberFromRows(ctx, subject, reason)
	done.Done = w.done()
	return done, err
}

// EraseMember is Work.EraseMember.
func (s *Service) EraseMember(ctx context.Context, ws WorkspaceID, id MemberID, version int64,
	reason string) (MemberErasure, error) {
	return update(ctx, s, ws, "erase member", func(ctx context.Context, w *Work) (MemberErasure, error) {
		return w.EraseMember(ctx, id, version, reason)
	})
}

// memberSubject is a team member with the texts that name them.
type memberSubject struct {
	erasureSubject
	ref  Ref
	said map[string]bool // names and addresses, folded
}

func newMemberSubject(m Member) *memberSubject {
	s := &memberSubject{*newErasureSubject(), m.Ref(), map[string]bool{}}
	s.add(m.Name)
	s.add(m.Email)
	return s
}

func (s *memberSubject) add(text string) {
	if text != "" && text != erasedName {
		s.said[Fold(text)] = true
		s.addText(text, false)
	}
}

// addFrom adds the names and addresses in a change of the member.
func (s *memberSubject) addFrom(c Change) error {
	for _, f := range c.Fields {
		for _, value := range []json.RawMessage{f.Before, f.After} {
			var text string
			if (f.Field == "name" || f.Field == "email") && decodeField(value, &text) {
				s.add(text)
			}
		}
	}
	return nil
}

func eraseMember(m Member) Member {
	m.Name, m.Email = erasedName, ""
	return m
}

// eraseImported takes the member out of what a cooperation remembers of its row. It returns the same pointer if that does
// not name them.
func (s *memberSubject) eraseImported(from *Imported) *Imported {
	if from == nil {
		return nil
	}
	const field = "responsible" // only there a value is a member, and not somebody of the same name
	if value, has := from.Values[field]; !has || !s.said[Fold(value)] {
		return from
	}
	kept := maps.Clone(from.Values)
	delete(kept, field)
	return &Imported{Source: from.Source, Key: from.Key, Values: kept}
}

// eraseChange takes the member out of a change. Fields in which before and after are then equal are dropped.
func (s *memberSubject) eraseChange(c Change) (Change, error) {
	if c.Record != s.ref && c.Record.Kind != KindCooperation {
		return c, nil
	}
	kept := []FieldChange{}
	for _, f := range c.Fields {
		var err error
		if f.Before, err = s.eraseField(c, f.Field, f.Before); err != nil {
			return c, err
		}
		if f.After, err = s.eraseField(c, f.Field, f.After); err != nil {
			return c, err
		}
		if !bytes.Equal(f.Before, f.After) {
			kept = append(kept, f)
		}
	}
	if c.Fields = kept; c.Record == s.ref {
		c.Reason = ""
	}
	return c, nil
}

// eraseField is one side of a field of a change without the member; nil if nothing is left.
func (s *memberSubject) eraseField(c Change, field string, value json.RawMessage) (json.RawMessage, error) {
	switch {
	case value == nil:
		return nil, nil
	case c.Record == s.ref && field == "name":
		return json.Marshal(erasedName)
	case c.Record == s.ref && field == "email":
		return nil, nil
	case c.Record.Kind == KindCooperation && field == "imported":
		var from Imported
		if !decodeField(value, &from) {
			return value, nil
		}
		if erased := s.eraseImported(&from); erased != &from {
			return json.Marshal(erased)
		}
	}
	return value, nil
}

// eraseMemberFromRows takes a member out of what cooperations remember of their rows, now or in the log; see eraseCopies. It
// returns how many did.
func (w *Work) eraseMemberFromRows(ctx context.Context, s *memberSubject, reason string) (n int, err error) {
	err = Each(ctx, w.Cooperations(), CooperationFilter{Archive: ActiveOrNot}, func(c Cooperation) error {
		erased := s.eraseImported(c.Imported)
		if erased == c.Imported && !s.redacted[c.Ref()] {
			return nil
		}
		n++
		after := c
		after.Imported = erased
		_, err := eraseTo(ctx, w, c, after, after, reason)
		return err
	})
	return n, err
}
