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

func (m Member) withRevision(v int64) Record { m.Version = v; return m }

func (m *Member) normalize() error {
	p := &problems{record: m.Ref()}
	p.name("name", &m.Name, "a team member")
	p.email("email", &m.Email)
	return p.result()
}
