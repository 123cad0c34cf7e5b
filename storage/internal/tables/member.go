package tables

import (
	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
)

type memberRow struct {
	rowKey
	Name       string `db:"name"`
	NameKey    string `db:"name_key,derived"`
	Email      string `db:"email"`
	ArchivedOn string `db:"archived_on"`
	Search     string `db:"search,derived"`
	rowTimes
}

func memberTable(s *Schema) *Table[crm.Member, memberRow, crm.MemberFilter] {
	t := &Table[crm.Member, memberRow, crm.MemberFilter]{
		name:     s.table("members"),
		idColumn: "id",
		sorts:    map[crm.Sort][]string{crm.SortName: {"name_key"}},
		encode:   encodeMember,
		decode:   decodeMember,
		where: func(_ string, f crm.MemberFilter) sq.And {
			c := conditions{contains: s.dialect.Contains}
			c.archive(f.Archive)
			c.equal("name_key", f.Name)
			c.text(f.Text)
			return c.all
		},
	}
	t.define(s, crm.KindMember)
	return t
}

func encodeMember(ws string, m crm.Member) (memberRow, error) {
	e := encoder{ref: m.Ref()}
	row := memberRow{
		rowKey:     keyOf(ws, m),
		Name:       m.Name,
		NameKey:    crm.Fold(m.Name),
		Email:      m.Email,
		ArchivedOn: e.date("archived_on", m.ArchivedOn),
		Search:     m.SearchText(),
		rowTimes:   rowTimesOf(m),
	}
	return row, e.err
}

func decodeMember(row *memberRow) (crm.Member, error) {
	var d decoder
	m := crm.Member{
		ID:         decodeID[crm.Member](&d, "id", row.ID),
		Version:    row.Version,
		Name:       row.Name,
		Email:      row.Email,
		ArchivedOn: d.date("archived_on", row.ArchivedOn),
		Times:      row.times(),
	}
	return m, d.err
}
