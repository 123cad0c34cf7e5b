package sqlstore

import (
	"errors"
	"slices"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
)

// schema is all tables under one prefix in one dialect, with the statements whose text is fixed. The
// tables may stand in a schema of the database.
type schema struct {
	dialect Dialect
	begin   string // of every table's name
	errs    []error

	statements     []statement // all of them
	readStatements []statement // those that only read

	workspaces   *table[crm.Workspace, workspaceRow, workspaceFilter]
	members      *table[crm.Member, memberRow, crm.MemberFilter]
	campaigns    *table[crm.Campaign, campaignRow, crm.CampaignFilter]
	influencers  *table[crm.Influencer, influencerRow, crm.InfluencerFilter]
	cooperations *table[crm.Cooperation, cooperationRow, crm.CooperationFilter]
	importRuns   *table[crm.ImportRun, importRunRow, crm.ImportRunFilter]

	profiles derived
	// profileExists counts the profiles with an id, of all influencers.
	profileExists statement

	tags     derived
	claims   derived
	pictures pictureStatements
	changes  changeStatements
	keys     keyStatements
	wipe     []statement // every table of a workspace, what refers before what is referred to
}

// derived is a table that is made from a record each time it is written, for searching.
type derived struct {
	name   string
	insert adding
	remove statement // of all rows of one record
}

func newSchema(d Dialect, space, prefix string) (*schema, error) {
	s := &schema{dialect: d, begin: prefix}
	if space != "" {
		s.begin = space + "." + prefix
	}
	s.workspaces = workspaceTable(s)
	s.members = memberTable(s)
	s.campaigns = campaignTable(s)
	s.influencers = influencerTable(s)
	s.cooperations = cooperationTable(s)
	s.importRuns = importRunTable(s)
	s.profiles = s.derive("influencer_profiles", "influencer_id", profileColumns)
	s.profileExists = s.read(sq.Select("COUNT(*)").From(s.profiles.name).Where(tenant+" AND profile_id = ?", 0, 0))
	s.tags = s.derive("influencer_tags", "influencer_id", tagColumns)
	s.claims = s.derive("claims", "cooperation_id", claimColumns)
	s.pictures = newPictureStatements(s)
	s.changes = newChangeStatements(s)
	s.keys = newKeyStatements(s)
	for _, name := range allTables {
		s.wipe = append(s.wipe, s.write(sq.Delete(s.table(name)).Where(tenant, 0)))
	}
	return s, errors.Join(s.errs...)
}

// allTables are all tables of workspaces, what refers before what is referred to.
var allTables = []string{"claims", "influencer_tags", "influencer_profiles", "cooperations", "influencers",
	"campaigns", "members", "pictures", "import_runs", "changes", "units", "workspaces"}

// Tables are the full names of all tables of workspaces, what is referred to before what refers.
func (s *Store) Tables() []string {
	names := make([]string, len(allTables))
	for n, name := range allTables {
		names[len(allTables)-1-n] = s.schema.table(name)
	}
	return names
}

// table is a table's full name.
func (s *schema) table(name string) string { return s.begin + name }

func (s *schema) derive(name, owner string, columns []string) derived {
	name = s.table(name)
	return derived{
		name:   name,
		insert: s.adding(name, columns, unlessTaken),
		remove: s.write(sq.Delete(name).Where(tenant+" AND "+owner+" = ?", 0, 0)),
	}
}

// write adds a statement for writers, read one for both.
func (s *schema) write(q sq.Sqlizer) statement {
	text, _, err := s.dialect.compile(q)
	if err != nil {
		s.errs = append(s.errs, err)
	}
	if !slices.Contains(s.statements, text) {
		s.statements = append(s.statements, text)
	}
	return text
}

func (s *schema) read(q sq.Sqlizer) statement {
	text := s.write(q)
	if !slices.Contains(s.readStatements, text) {
		s.readStatements = append(s.readStatements, text)
	}
	return text
}
