package tables

import (
	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
)

// OfCooperations selects the records of this table that the cooperations with some ids name in a column.
func (t *Table[R, W, F]) OfCooperations(s *Schema, ws, column string, ids []string) sq.SelectBuilder {
	named := sq.Select(column).From(s.Cooperations.name).Where(tenant, ws).Where(sq.Eq{"id": ids})
	return sq.Select(t.read...).From(t.name).Where(tenant, ws).Where(sq.Expr(t.idColumn+" IN (?)", named))
}

// NameRow is the row of a crm.NameKey.
type NameRow struct{ ID, Key string }

// Dest are pointers to the columns that CooperationNames selects.
func (row *NameRow) Dest() []any { return []any{&row.ID, &row.Key} }

// NameKey makes a key of a row.
func (row *NameRow) NameKey() (crm.NameKey, error) {
	var d decoder
	return crm.NameKey{ID: decodeID[crm.Cooperation](&d, "id", row.ID), Key: row.Key}, d.err
}

// lastCharacter is greater than what follows a prefix in any name.
const lastCharacter = "\U0010FFFF"

// CooperationNames selects the names that a probe asks for, and one more than it gets.
func (s *Schema) CooperationNames(ws string, p crm.NameProbe) sq.SelectBuilder {
	q := sq.Select("id", "name_key").From(s.Cooperations.name).Where(tenant, ws).Where("campaign_id = ?", IDText(p.Campaign))
	if p.Prefix != "" {
		q = q.Where("name_key >= ? AND name_key < ?", p.Prefix, p.Prefix+lastCharacter)
	} else {
		key := func(table, id string) sq.Sqlizer {
			return sq.Select("name_key").From(table).Where(tenant, ws).Where("id = ?", id)
		}
		campaign, influencer := key(s.Campaigns.name, IDText(p.Campaign)), key(s.Influencers.name, IDText(p.Influencer))
		q = q.Where(sq.Expr("name_key >= (?) || ' - ' || (?)", campaign, influencer)).
			Where(sq.Expr("name_key < (?) || ' - ' || (?) || ?", campaign, influencer, lastCharacter))
	}
	return limited(s.dialect, q.OrderBy("octet_length(name_key) DESC", "name_key DESC", "id"), crm.MaxNames+1)
}

// OwnerRow is an account and the influencer that has it.
type OwnerRow struct{ Influencer, Platform, Handle string }

// Dest are pointers to the columns that Owners selects.
func (row *OwnerRow) Dest() []any { return []any{&row.Influencer, &row.Platform, &row.Handle} }

// Owner makes a handle, folded, and its owner of a row.
func (row *OwnerRow) Owner() (crm.Handle, crm.InfluencerID, error) {
	var d decoder
	return crm.Handle{Platform: row.Platform, Handle: row.Handle}, decodeID[crm.Influencer](&d, "influencer_id", row.Influencer), d.err
}

// Owners selects who has accounts on some of the platforms with some of the handles, which are folded.
func (s *Schema) Owners(ws string, platforms, handles []string) sq.SelectBuilder {
	return sq.Select("influencer_id", "platform", "handle_key").From(s.profiles.name).Where(tenant, ws).
		Where(sq.Eq{"platform": platforms, "handle_key": handles}).Where("handle_key <> ''")
}
