package tables

import (
	"errors"
	"reflect"
	"slices"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/dialect"
)

// Schema is all tables under one prefix in one dialect, with the statements whose text is fixed.
type Schema struct {
	Workspaces   *Table[crm.Workspace, workspaceRow, workspaceFilter]
	Members      *Table[crm.Member, memberRow, crm.MemberFilter]
	Campaigns    *Table[crm.Campaign, campaignRow, crm.CampaignFilter]
	Influencers  *Table[crm.Influencer, influencerRow, crm.InfluencerFilter]
	Cooperations *Table[crm.Cooperation, cooperationRow, crm.CooperationFilter]
	ImportRuns   *Table[crm.ImportRun, importRunRow, crm.ImportRunFilter]

	Open, Lock    string // read an OpenRow; Lock locks it, and with it the workspace
	ProfileExists string // counts the profiles with an id, of all influencers
	Plan          PlanStatements
	PlanSums      PlanSumStatements
	Identities    IdentityStatements
	NameProbes    NameStatements
	Owners        OwnerStatements
	Pictures      PictureStatements
	Changes       ChangeStatements
	Keys          KeyStatements
	Wipe          []string // of each table of a workspace, in an order that foreign keys allow

	dialect dialect.Dialect
	prefix  string // of table names, with the database schema if there is one
	compile func(sq.Sqlizer) (string, error)
	errs    []error
	byType  map[reflect.Type]*Kind
	byName  map[crm.Kind]*Kind

	profiles, tags, claims Derived
}

// Derived is a table whose rows are derived from a record each time it is written, for searching.
type Derived struct {
	Insert Insertion
	Remove string // all rows of one record
	Unique bool   // no key of a row may be taken

	name string
}

// New makes the tables under a prefix, in a schema of the database if one is named. Compile turns a builder into
// the text of a statement.
func New(d dialect.Dialect, space, prefix string, compile func(sq.Sqlizer) (string, error)) (*Schema, error) {
	s := &Schema{dialect: d, prefix: prefix, compile: compile, byType: map[reflect.Type]*Kind{}, byName: map[crm.Kind]*Kind{}}
	if space != "" {
		s.prefix = space + "." + prefix
	}
	s.profiles = s.derived("influencer_profiles", "influencer_id", profileColumns)
	s.profiles.Unique = true
	s.ProfileExists = s.text(sq.Select("COUNT(*)").From(s.profiles.name).Where(tenant+" AND profile_id = ?", 0, 0))
	s.tags = s.derived("influencer_tags", "influencer_id", tagColumns)
	s.claims = s.derived("claims", "cooperation_id", claimColumns)

	s.Workspaces = workspaceTable(s)
	s.Members = memberTable(s)
	s.Campaigns = campaignTable(s)
	s.Influencers = influencerTable(s)
	s.Cooperations = cooperationTable(s)
	s.ImportRuns = importRunTable(s)
	s.Plan = planStatements(s)
	s.PlanSums = planSumStatements(s)
	s.Identities = identityStatements(s)
	s.NameProbes = nameStatements(s)
	s.Owners = ownerStatements(s)
	s.Pictures = pictureStatements(s)
	s.Changes = changeStatements(s)
	columns := slices.Concat(s.Workspaces.read, headColumns[1:], []string{"plan_seq", "identity_seq"})
	open := sq.Select(columns...).From(s.Workspaces.name).Where(tenant, 0)
	s.Open, s.Lock = s.text(open), s.text(open.Suffix(s.dialect.Lock))
	s.Keys = keyStatements(s)
	for _, name := range allTables {
		s.Wipe = append(s.Wipe, s.text(sq.Delete(s.table(name)).Where(tenant, 0)))
	}
	return s, errors.Join(s.errs...)
}

// allTables are in an order in which they can be emptied: a table comes before those that its foreign keys name.
var allTables = []string{"claims", "influencer_tags", "influencer_profiles", "cooperations", "influencers",
	"campaigns", "members", "pictures", "import_runs", "plan_sums", "changes", "units", "workspaces"}

// Names are the full names of all tables, each after those that its foreign keys name: workspaces first.
func (s *Schema) Names() []string {
	names := make([]string, len(allTables))
	for n, name := range allTables {
		names[len(allTables)-1-n] = s.table(name)
	}
	return names
}

// table is a table's full name.
func (s *Schema) table(name string) string { return s.prefix + name }

// text is a statement whose text is fixed. Its arguments are placeholders for those that it runs with.
func (s *Schema) text(q sq.Sqlizer) string {
	text, err := s.compile(q)
	if err != nil {
		s.errs = append(s.errs, err)
	}
	return text
}

func (s *Schema) derived(name, owner string, columns []string) Derived {
	name = s.table(name)
	return Derived{
		name:   name,
		Insert: s.insertion(name, columns, unlessTaken),
		Remove: s.text(sq.Delete(name).Where(tenant+" AND "+owner+" = ?", 0, 0)),
	}
}

// KeyStatements are those of the idempotency keys of units of work.
type KeyStatements struct{ Insert, Exists, Prune, Logged string }

// pruneMost is how many old keys one unit removes at most, which is more than come in meanwhile.
const pruneMost = 1_000

func keyStatements(s *Schema) KeyStatements {
	name := s.table("units")
	old := sq.Select("key").From(name).Where(tenant, 0).Where("at < ?", 0).OrderBy("at").Limit(pruneMost)
	return KeyStatements{
		Insert: s.text(insertRows(1, name, []string{"workspace_id", "key", "at"}, unlessTaken)),
		Exists: s.text(sq.Select("COUNT(*)").From(name).Where(tenant+" AND key = ?", 0, 0)),
		Prune:  s.text(sq.Delete(name).Where(tenant, 0).Where(sq.Expr("key IN (?)", old))),
		Logged: s.text(sq.Select("COUNT(*)").From(s.table("changes")).Where(tenant+" AND seq = ? AND unit = ?", 0, 0, 0)),
	}
}
