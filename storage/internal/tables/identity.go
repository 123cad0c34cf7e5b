package tables

import (
	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
)

// Influencers are found by their identity keys through columns of their own rows and of those of their profiles. A program of an
// earlier version does not write them: crm_workspaces.identity_seq is the seq up to which they are kept. A migration after which
// they have to be others sets it to -1.

// identityColumn is a column with texts of identity keys of a kind; the others of its table are in the order of their texts.
type identityColumn struct {
	kind      crm.IdentityKind
	name      string
	ofProfile bool // in the table of profiles
	whole     bool // has long texts as they are
}

var identityColumns = []identityColumn{
	{crm.IdentityHandle, "bare_handle_key", true, false},
	{crm.IdentityLink, "page_key", true, false},
	{crm.IdentityPhone, "phone_e164", false, true},
	{crm.IdentityEmail, "email_key", false, false},
	{crm.IdentityName, "name_key", false, true},
	{crm.IdentityWords, "words_key", false, false},
	{crm.IdentityWords, "spelled_key", false, false}, // with umlauts spelled out, where that is another text
}

// identityTexts are the texts of some identity keys, by their kind, as columns have them.
func identityTexts(keys []crm.IdentityKey) map[crm.IdentityKind][]string {
	texts := map[crm.IdentityKind][]string{}
	for _, k := range keys {
		texts[k.Kind] = append(texts[k.Kind], linkKey(k.Text))
	}
	return texts
}

// ownIdentity are the texts that an influencer has without profiles: of the email address and the words of the name.
func ownIdentity(i crm.Influencer) (email, words, spelled string) {
	i.Profiles = nil
	texts := identityTexts(crm.IdentityKeys(i))
	return nth(texts[crm.IdentityEmail], 0), nth(texts[crm.IdentityWords], 0), nth(texts[crm.IdentityWords], 1)
}

// profileIdentity are the texts of a profile: of its handle and its link.
func profileIdentity(p crm.Profile) (handle, page string) {
	texts := identityTexts(crm.IdentityKeys(crm.Influencer{Profiles: []crm.Profile{p}}))
	return nth(texts[crm.IdentityHandle], 0), nth(texts[crm.IdentityLink], 0)
}

func nth(texts []string, n int) string {
	if n < len(texts) {
		return texts[n]
	}
	return ""
}

// IdentityStatements find influencers by their identity keys, and keep these.
type IdentityStatements struct {
	Keep string // says that the keys are kept up to the head of the log

	own, profile string // write the keys of an influencer and of a profile, where they are others
	find         map[crm.IdentityKind][]sharerStatement
	limit        []any // how many there are at most, where that is an argument
}

// sharerStatement finds the influencers with a text in a column.
type sharerStatement struct {
	identityColumn
	text map[crm.Archive]string
}

func identityStatements(s *Schema) IdentityStatements {
	influencers, profiles := s.Influencers.name, s.profiles.name
	own := sq.Update(influencers).Set("email_key", 0).Set("words_key", 0).Set("spelled_key", 0).Where(tenant+" AND id = ?", 0, 0).
		Where("(email_key <> ? OR words_key <> ? OR spelled_key <> ?)", 0, 0, 0)
	profile := sq.Update(profiles).Set("bare_handle_key", 0).Set("page_key", 0).Where(tenant+" AND influencer_id = ? AND place = ?", 0, 0, 0).
		Where("(bare_handle_key <> ? OR page_key <> ?)", 0, 0)
	all := IdentityStatements{
		Keep: s.text(sq.Update(s.Workspaces.name).Set("identity_seq", sq.Expr("seq")).Where(tenant, 0)),
		own:  s.text(own), profile: s.text(profile),
		find: map[crm.IdentityKind][]sharerStatement{},
	}
	for _, column := range identityColumns {
		statement := sharerStatement{column, map[crm.Archive]string{}}
		for _, archive := range []crm.Archive{crm.ActiveOnly, crm.ArchivedOnly, crm.ActiveOrNot} {
			statement.text[archive] = s.text(s.sharers(column, archive))
		}
		all.find[column.kind] = append(all.find[column.kind], statement)
	}
	if !s.dialect.LimitInText {
		all.limit = []any{crm.MaxSharers}
	}
	return all
}

// sharers selects the first influencers with a text in a column. Those of profiles are cut before they are read: their
// look-up must not be one of two that a database may put together in another order. Nor is the database shown that the column
// archived_on is asked for: without statistics PostgreSQL takes an index of what is not archived for the smallest of all.
func (s *Schema) sharers(column identityColumn, among crm.Archive) sq.Sqlizer {
	influencers, profiles := s.Influencers.name, s.profiles.name
	selected := map[crm.Archive]string{crm.ActiveOnly: " = ''", crm.ArchivedOnly: " <> ''"}[among] // "": all
	read := sq.Select(s.Influencers.read...).From(influencers).Where(tenant, 0)
	has := func(q sq.SelectBuilder) sq.SelectBuilder {
		return q.Where(column.name+" = ?", 0).Where(column.name + " <> ''")
	}
	if !column.ofProfile {
		all := has(read)
		if selected != "" {
			all = all.Where("archived_on || ''" + selected)
		}
		return limited(s.dialect, all.OrderBy("id"), crm.MaxSharers)
	}
	ids := has(sq.Select("influencer_id").From(profiles).Where(tenant, 0))
	if selected != "" {
		ids = ids.Where("(SELECT archived_on FROM "+influencers+" WHERE "+tenant+" AND id = "+profiles+".influencer_id)"+selected, 0)
	}
	return read.Where(sq.Expr("id IN (?)", limited(s.dialect, ids.GroupBy("influencer_id").OrderBy("influencer_id"), crm.MaxSharers)))
}

// Statement is a statement with its arguments.
type Statement struct {
	Text string
	Args []any
}

// Find are the statements that find the first influencers with an identity key.
func (s IdentityStatements) Find(ws string, k crm.IdentityKey, among crm.Archive) (all []Statement) {
	for _, column := range s.find[k.Kind] {
		args, text := []any{ws}, k.Text
		if column.ofProfile {
			args = append(args, ws)
		}
		if !column.whole {
			text = linkKey(text)
		}
		args = append(args, text)
		if column.ofProfile && among != crm.ActiveOrNot {
			args = append(args, ws)
		}
		all = append(all, Statement{column.text[among], append(args, s.limit...)})
	}
	return all
}

// Rewrite are the statements that write the keys of an influencer that is there, where they are others.
func (s IdentityStatements) Rewrite(ws string, i crm.Influencer) (all []Statement) {
	id := IDText(i.ID)
	email, words, spelled := ownIdentity(i)
	all = append(all, Statement{s.own, []any{email, words, spelled, ws, id, email, words, spelled}})
	for n, p := range i.Profiles {
		handle, page := profileIdentity(p)
		all = append(all, Statement{s.profile, []any{handle, page, ws, id, n, handle, page}})
	}
	return all
}
