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

// OfImported selects the records of this table that the cooperations under some import keys name in a column.
func (t *Table[R, W, F]) OfImported(s *Schema, ws, column string, keys []string) sq.SelectBuilder {
	named := importedUnder(sq.Select(column).From(s.Cooperations.name).Where(tenant, ws), keys)
	return sq.Select(t.read...).From(t.name).Where(tenant, ws).Where(sq.Expr(t.idColumn+" IN (?)", named))
}

// Named selects the records of this table with one of some folded names.
func (t *Table[R, W, F]) Named(ws string, names []string) sq.SelectBuilder {
	return sq.Select(t.read...).From(t.name).Where(tenant, ws).Where(sq.Eq{"name_key": names})
}

// Imported selects the cooperations under some import keys.
func (s *Schema) Imported(ws string, keys []string) sq.SelectBuilder {
	return importedUnder(sq.Select(s.Cooperations.read...).From(s.Cooperations.name).Where(tenant, ws), keys)
}

func importedUnder(q sq.SelectBuilder, keys []string) sq.SelectBuilder {
	return q.Where(sq.Eq{"import_key": keys}).Where("import_key <> ''")
}

// LinkKeys are what the profiles are found by whose links lead where some links do.
func LinkKeys(links []string) []string {
	var keys []string
	for _, link := range links {
		keys = append(keys, linkKeys(link)...)
	}
	return keys
}

// Linked selects the influencers that have a profile under one of some LinkKeys.
func (s *Schema) Linked(ws string, keys []string) sq.SelectBuilder {
	profiles := sq.Select("influencer_id").From(s.profiles.name).Where(tenant, ws).Where(sq.Eq{"link_key": keys})
	return sq.Select(s.Influencers.read...).From(s.Influencers.name).Where(tenant, ws).Where(sq.Expr("id IN (?)", profiles))
}

// NameRow is the row of a crm.NameKey.
type NameRow struct{ ID, Key string }

// Dest are pointers to the columns that NameStatements select.
func (row *NameRow) Dest() []any { return []any{&row.ID, &row.Key} }

// NameKey makes a key of a row.
func (row *NameRow) NameKey() (crm.NameKey, error) {
	var d decoder
	return crm.NameKey{ID: decodeID[crm.Cooperation](&d, "id", row.ID), Key: row.Key}, d.err
}

// lastCharacter is greater than what follows a prefix in any name.
const lastCharacter = "\U0010FFFF"

// NameStatements find names of cooperations; see crm.NameProbe. Their texts never change: they are a part of every new
// cooperation.
type NameStatements struct {
	Like  string // that begin with a prefix
	OfTwo string // that begin with the names of a campaign and an influencer

	limit []any // how many there are at most, where that is an argument
}

func nameStatements(s *Schema) NameStatements {
	names := func(conditions ...sq.Sqlizer) string {
		q := sq.Select("id", "name_key").From(s.Cooperations.name).Where(tenant, 0).Where("campaign_id = ?", 0)
		for _, c := range conditions {
			q = q.Where(c)
		}
		return s.text(limited(s.dialect, q.OrderBy("octet_length(name_key) DESC", "name_key DESC", "id"), crm.MaxNames+1))
	}
	key := func(table string) sq.Sqlizer {
		return sq.Select("name_key").From(table).Where(tenant, 0).Where("id = ?", 0)
	}
	campaign, influencer := key(s.Campaigns.name), key(s.Influencers.name)
	n := NameStatements{
		Like: names(sq.Expr("name_key >= ?", 0), sq.Expr("name_key < ?", 0)),
		OfTwo: names(sq.Expr("name_key >= (?) || ' - ' || (?)", campaign, influencer),
			sq.Expr("name_key < (?) || ' - ' || (?) || ?", campaign, influencer, 0)),
	}
	if !s.dialect.LimitInText {
		n.limit = []any{crm.MaxNames + 1}
	}
	return n
}

// Find is the statement that answers a probe, with its arguments.
func (n NameStatements) Find(ws string, p crm.NameProbe) (text string, args []any) {
	campaign := IDText(p.Campaign)
	if p.Prefix != "" {
		return n.Like, append([]any{ws, campaign, p.Prefix, p.Prefix + lastCharacter}, n.limit...)
	}
	two := []any{ws, campaign, ws, IDText(p.Influencer)}
	args = append([]any{ws, campaign}, append(two, two...)...)
	return n.OfTwo, append(append(args, lastCharacter), n.limit...)
}

// OwnerRow is an account and the influencer that has it.
type OwnerRow struct{ Influencer, Platform, Handle string }

// Dest are pointers to the columns that OwnerStatements select.
func (row *OwnerRow) Dest() []any { return []any{&row.Influencer, &row.Platform, &row.Handle} }

// Owner makes a handle, folded, and its owner of a row.
func (row *OwnerRow) Owner() (crm.Handle, crm.InfluencerID, error) {
	var d decoder
	return crm.Handle{Platform: row.Platform, Handle: row.Handle}, decodeID[crm.Influencer](&d, "influencer_id", row.Influencer), d.err
}

// OwnerStatements find who has accounts.
type OwnerStatements struct {
	One  string // the account on a platform with a handle
	some sq.SelectBuilder
}

func ownerStatements(s *Schema) OwnerStatements {
	owners := sq.Select("influencer_id", "platform", "handle_key").From(s.profiles.name)
	one := owners.Where(tenant, 0).Where("platform = ?", 0).Where("handle_key = ?", 0).Where("handle_key <> ''")
	return OwnerStatements{One: s.text(one), some: owners}
}

// Some selects the accounts on some of the platforms with some of the handles.
func (o OwnerStatements) Some(ws string, platforms, handles []string) sq.SelectBuilder {
	return o.some.Where(tenant, ws).Where(sq.Eq{"platform": platforms, "handle_key": handles}).Where("handle_key <> ''")
}
