package crm

import (
	"context"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Member is a responsible person of the team.
type Member struct {
	ID         MemberID    `json:"id"`
	Version    int64       `json:"version"`
	Name       string      `json:"name"`
	Email      string      `json:"email,omitzero"`
	ArchivedOn budget.Date `json:"archived_on,omitzero"` // the day it was archived, zero if it was not
	Times
}

// Ref implements Record.
func (m Member) Ref() Ref { return Ref{KindMember, m.ID.UUID()} }

// Revision implements Record.
func (m Member) Revision() int64 { return m.Version }

// AtRevision implements Record.
func (m Member) AtRevision(v int64) Record { m.Version = v; return m }

// AtTimes implements Record.
func (m Member) AtTimes(t Times) Record { m.Times = t; return m }

// SortKey implements Record.
func (m Member) SortKey(s Sort) string { return sortKey(s, m.Name, budget.Date{}, m.Times) }

// SearchText implements Record.
func (m Member) SearchText() string { return searchText(m.Name, m.Email) }

func (m Member) clone() Record { return m }

func (m *Member) normalize() error {
	p := &problems{record: m.Ref()}
	p.name("name", &m.Name, "a team member")
	p.email("email", &m.Email)
	return p.result()
}

// CreateMember adds a team member. An id that is given is kept, and is one that no record has had; see Work.
func (w *Work) CreateMember(ctx context.Context, m Member) (Member, error) {
	m.ArchivedOn = budget.Date{}
	if err := m.normalize(); err != nil {
		return Member{}, err
	}
	m.ID = newID(w, m.ID)
	return insert(ctx, w, m)
}

// UpdateMember changes a team member, from the version that was read.
func (w *Work) UpdateMember(ctx context.Context, m Member, reason string) (Member, error) {
	before, err := editable(ctx, w.Members(), m.ID, m.Version)
	if err != nil {
		return Member{}, err
	}
	m.ArchivedOn = before.ArchivedOn
	if err := m.normalize(); err != nil {
		return Member{}, err
	}
	return replace(ctx, w, before, m, reason)
}

// checkResponsible refuses a responsible member who does not exist, or who is archived and newly chosen.
func (w *Work) checkResponsible(ctx context.Context, record Ref, before, after MemberID) error {
	if after.IsZero() || after == before {
		return nil
	}
	m, err := named(ctx, w.Members(), record, "responsible", after)
	if err == nil && !m.ArchivedOn.IsZero() {
		err = &Error{Family: ErrInvalid, Record: record, Field: "responsible", Value: m.Name,
			Problem: sentence.Of("is archived; choose a member who is still in the team")}
	}
	return err
}

// fillResponsible pre-fills the responsible member of a new cooperation from its influencer. A member who is archived
// gets nothing new, so then nobody is responsible, with a notice.
func (w *Work) fillResponsible(ctx context.Context, c *Cooperation, from Influencer) ([]Notice, error) {
	if !c.Responsible.IsZero() || from.Responsible.IsZero() {
		return nil, nil
	}
	gone, err := w.archivedMember(ctx, from.Responsible)
	if err != nil {
		return nil, err
	}
	if gone != "" {
		return []Notice{newNotice("responsible", sentence.Of(
			"nobody is responsible, because %q, who is for the influencer, is archived; choose a member who is still in the team",
			Shorten(gone)))}, nil
	}
	c.Responsible = from.Responsible
	return nil, nil
}

// archivedMember is the name of a member who is archived, and empty for one who is not.
func (w *Work) archivedMember(ctx context.Context, id MemberID) (string, error) {
	if id.IsZero() {
		return "", nil
	}
	found, err := w.Members().GetAll(ctx, []MemberID{id})
	if err != nil || len(found) == 0 || found[0].ArchivedOn.IsZero() {
		return "", err
	}
	return found[0].Name, nil
}

// named reads the record that a field of another record names. If there is none, the error is about the field.
func named[R Record, F any](ctx context.Context, records Records[R, F], record Ref, field string, id ID[R]) (R, error) {
	found, err := records.GetAll(ctx, []ID[R]{id})
	var none R
	if err != nil {
		return none, err
	}
	if len(found) == 0 {
		return none, &Error{Family: ErrInvalid, Record: record, Field: field, Value: id.String(),
			Problem: sentence.Of("there is no such %s in this workspace", none.Ref().Kind.Word())}
	}
	return found[0], nil
}
