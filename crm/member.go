package crm

import "github.com/getklar/influencercrm/budget"

// Member is a responsible person of the team.
type Member struct {
	ID         MemberID    `json:"id"`
	Version    int64       `json:"version"`
	Name       string      `json:"name"`
	Email      string      `json:"email,omitzero"`
	ArchivedOn budget.Date `json:"archived_on,omitzero"` // the day it was archived, zero if it was not
}

// Ref implements Record.
func (m Member) Ref() Ref { return Ref{KindMember, m.ID.UUID()} }

// Revision implements Record.
func (m Member) Revision() int64 { return m.Version }

// AtRevision implements Record.
func (m Member) AtRevision(v int64) Record { m.Version = v; return m }

// SortKey implements Record.
func (m Member) SortKey(s Sort) string { return sortKey(s, m.Name, budget.Date{}) }

// SearchText implements Record.
func (m Member) SearchText() string { return searchText(m.Name, m.Email) }

func (m Member) clone() Record { return m }

func (m *Member) normalize() error {
	p := &problems{record: m.Ref()}
	p.name("name", &m.Name, "a team member")
	p.email("email", &m.Email)
	return p.result()
}
