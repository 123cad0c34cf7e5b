package tables

import (
	"strings"
	"testing"

	sq "github.com/Masterminds/squirrel"
	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/internal/dialect"
)

// distributed is a dialect of a database with statements for many rows, as one that is spread over nodes is.
var distributed = dialect.Dialect{
	Contains: "strpos(search, ?) > 0", Lock: "FOR UPDATE", LimitInText: true, ColumnType: func(string) string { return "text" },
}

// statements are all statements of one workspace: those whose text is fixed, and lists under every field of their
// filters.
func statements(t *testing.T) []string {
	t.Helper()
	var all []string
	compile := func(q sq.Sqlizer) (string, error) {
		text, _, err := q.ToSql()
		all = append(all, text)
		return text, err
	}
	s, err := New(distributed, "", "crm_", compile)
	if err != nil {
		t.Fatal(err)
	}
	day := budget.MustParseDate("2026-06-01")
	june, two := budget.Period{Start: day, End: day}, []string{"x", "y"}
	lists := listsUnder(s.Members, crm.MemberFilter{Name: "x", Text: "x"})
	lists = append(lists, listsUnder(s.Campaigns, crm.CampaignFilter{Name: "x", HasAmount: true, State: crm.Running,
		On: day, Upcoming: true, Text: "x"})...)
	for _, f := range []crm.InfluencerFilter{
		{Name: "x", Categories: two, Responsibles: []crm.MemberID{{1}, {2}}, Unassigned: true, Tags: two, Platforms: two, Text: "x"},
		{Platforms: two, Handle: "x", Link: "x"}, {Handle: "x"}, {Link: "x"}, {Platforms: two[:1], Handle: "x"}, {Unassigned: true},
	} {
		lists = append(lists, listsUnder(s.Influencers, f)...)
	}
	lists = append(lists, listsUnder(s.Cooperations, crm.CooperationFilter{Campaigns: []crm.CampaignID{{1}},
		Influencers: []crm.InfluencerID{{1}, {2}}, Platforms: two,
		Categories: two, Statuses: []crm.Status{crm.Draft, crm.Signed}, Responsibles: []crm.MemberID{{1}},
		Unassigned: true, Tags: two, Name: "x", ImportKey: "x", ImportSource: "x",
		Cancelled: crm.CancelledOnly, HasAmount: true,
		State: crm.Running, On: day, During: june, Text: "x"})...)
	lists = append(lists, listsUnder(s.ImportRuns, crm.ImportRunFilter{Source: "x", Standing: true})...)
	lists = append(lists, s.Sums("w", crm.CooperationFilter{Platforms: two, Tags: two}))
	facets := s.Facets("w", crm.CooperationFilter{Platforms: two, Tags: two})
	lists = append(lists, facets.Tags, facets.Categories, facets.Platforms, s.Months("w", crm.CooperationFilter{Categories: two}))
	ofInfluencers := s.InfluencerFacets("w", crm.InfluencerFilter{Platforms: two, Tags: two, Text: "x"})
	lists = append(lists, ofInfluencers.Tags, ofInfluencers.Categories, ofInfluencers.Platforms, ofInfluencers.Responsibles)
	claims, _ := s.Claims("w", crm.ClaimFilter{Kinds: []crm.ClaimKind{crm.ClaimEquals}, Key: "x"})
	lists = append(lists, claims,
		s.Changes.List("w", crm.ChangeFilter{After: 1, Before: 9, Newest: true, Record: crm.RefTo(crm.MemberID{1}),
			Unit: uuid.UUID{1}}, 10))
	for _, q := range lists {
		if _, err := compile(q); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func listsUnder[R crm.Record, W, F any](table *Table[R, W, F], f F) (all []sq.Sqlizer) {
	var none R
	for sort := range table.sorts {
		all = append(all, table.List("w", f, backend.Keyset{Size: 10, Sort: sort, After: &backend.Position{Key: none.SortKey(sort)}}))
	}
	return append(all, table.List("w", f, backend.Keyset{Size: 10}), table.Count("w", f), table.ByID("w", []string{"x", "y"}))
}

// A distributed database finds the one node that a query concerns by its condition on the workspace, and each query in
// brackets needs one of its own. With two of them it may find none. Its count of the rows of an INSERT … SELECT is of
// those selected, so these return what they have added.
func TestStatementsAreForOneNode(t *testing.T) {
	t.Parallel()
	verbs := map[string]int{}
	for _, text := range statements(t) {
		verb, _, _ := strings.Cut(text, " ")
		verbs[verb]++
		if verb == "INSERT" {
			if strings.Contains(text, "SELECT") {
				verbs["INSERT … SELECT"]++
				if !strings.HasSuffix(text, " RETURNING workspace_id") {
					t.Errorf("its rows cannot be counted: %s", text)
				}
			}
			continue
		}
		for _, query := range queries(text) {
			if n := strings.Count(query, tenant); n != 1 {
				t.Errorf("%q names its workspace %d times, want 1, in %s", query, n, text)
			}
		}
	}
	for _, verb := range []string{"SELECT", "UPDATE", "DELETE", "INSERT", "INSERT … SELECT"} {
		if verbs[verb] < 5 {
			t.Errorf("%d statements begin with %s; there are more", verbs[verb], verb)
		}
	}
}

// queries are a statement and the queries in brackets in it, each without those inside.
func queries(text string) []string {
	all := []string{""}
	open := []int{0} // by the number of brackets that are open, the query in all that stands there
	for n, r := range text {
		at := open[len(open)-1]
		switch r {
		case '(':
			if strings.HasPrefix(text[n:], "(SELECT ") {
				at, all = len(all), append(all, "")
			}
			open = append(open, at)
			continue
		case ')':
			open = open[:len(open)-1]
			continue
		}
		all[at] += string(r)
	}
	return all
}

func TestQueries(t *testing.T) {
	t.Parallel()
	want := []string{"DELETE FROM a WHERE b = ? AND c IN  AND d OR e", "SELECT f FROM g WHERE h = i? AND NOT EXISTS ", "SELECT 1 FROM j"}
	got := queries("DELETE FROM a WHERE b = ? AND c IN (SELECT f FROM g WHERE h = i(?) AND NOT EXISTS (SELECT 1 FROM j)) AND (d OR e)")
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("queries (-want +got):\n%s", d)
	}
}

// The row of a workspace is found by the unit's own workspace, and that of another one not at all.
func TestKey(t *testing.T) {
	t.Parallel()
	s, err := testSchema()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		kind crm.Kind
		id   string
		want []any
	}{
		{crm.KindMember, "m", []any{"w", "m"}},
		{crm.KindWorkspace, "w", []any{"w"}},
		{crm.KindWorkspace, "v", []any{nil}},
	} {
		if d := cmp.Diff(test.want, s.Kind(test.kind).Key("w", test.id)); d != "" {
			t.Errorf("%s %s (-want +got):\n%s", test.kind, test.id, d)
		}
	}
}
