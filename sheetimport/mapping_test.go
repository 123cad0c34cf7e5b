package sheetimport_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
)

// fieldsOf are the fields of a plan's columns, with how sure they are.
func fieldsOf(p *sheetimport.Plan) []string {
	var all []string
	for _, c := range p.Columns {
		all = append(all, c.Column+" "+string(c.Field)+" "+string(c.Confidence))
	}
	return all
}

func TestMapping(t *testing.T) {
	t.Parallel()
	const sheet = "Who,Where,When,Money,Mood,Fee\nIda,IG,2026-06-01,100,good,7\n,,,,meh,\n"
	mapped := column.Mapping{
		{Header: "who", Field: column.Influencer}, {Header: "Where", Field: column.Platform},
		{Header: "When:", Field: column.Start}, {Header: "Money", Field: column.Cost},
		{Header: "Mood", Field: column.Ignored}, {Header: "Elsewhere", Field: column.Custom},
	}
	s := memoryShop(t, nil)
	if _, err := s.importer().Plan(s.ctx, s.ws, csvfile.New("x.csv", strings.NewReader(sheet), nil)); !errors.Is(err, column.ErrNoHeader) {
		t.Errorf("without a mapping: got error %v, want %q", err, column.ErrNoHeader)
	}
	plan := memoryShop(t, &sheetimport.Options{Mapping: mapped}).plan(sheet)
	want := []string{"A influencer given", "B platform given", "C start given", "D cost given", "E ignored given", "F custom none"}
	if d := cmp.Diff(want, fieldsOf(plan)); d != "" {
		t.Errorf("columns (-want +got):\n%s", d)
	}
	if plan.Counts[sheetimport.Created] != 1 || plan.Counts[sheetimport.Skipped] != 1 {
		t.Errorf("counts %v; want one created, and the row of the ignored column alone skipped", plan.Counts)
	}
	var notes []string
	for _, n := range plan.Notes {
		notes = append(notes, n.Code+" "+n.Text.String())
	}
	want = []string{
		`mapped_column_missing the mapping names columns that the sheet does not have: "Elsewhere"`,
		`custom_columns kept as custom fields: F "Fee"`,
		`columns_left_out left out: E "Mood"`,
		"no_tracking_column no column for discount codes and none for UTM fields or links with them was found; the cooperations earn no orders; " +
			`if there is one, call it "Discount code" or "Tracking link"`,
		"no_status_column the sheet has no column for the status; its rows count as signed",
	}
	if d := cmp.Diff(want, notes); d != "" {
		t.Errorf("notes (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"good", "meh"}, plan.Columns[4].Samples); d != "" {
		t.Errorf("samples (-want +got):\n%s", d)
	}
}

// A header that stands twice is told by its number.
func TestMappingOfEqualHeaders(t *testing.T) {
	t.Parallel()
	plan := memoryShop(t, &sheetimport.Options{Mapping: column.Mapping{{Header: "Date", Nth: 2, Field: column.Start},
		{Header: "Date", Field: column.End}}}).
		plan("Name,Platform,Date,Date\nIda,IG,2026-06-30,2026-06-01\n")
	if d := cmp.Diff([]string{"A influencer inferred", "B platform exact", "C end given", "D start given"}, fieldsOf(plan)); d != "" {
		t.Errorf("columns (-want +got):\n%s", d)
	}
}

// The mapping of a plan makes the same plan again, also from its JSON and for a sheet with the columns in another order;
// changed, it changes the plan.
func TestMappingIsReusable(t *testing.T) {
	t.Parallel()
	first := memoryShop(t, nil).plan("Name,Platform,Date,Fee,Fee,Status,Reach\nIda,IG,2026-06-01,5,5,signed,9\n")
	text, err := json.Marshal(first.Mapping)
	if err != nil {
		t.Fatal(err)
	}
	var kept column.Mapping
	if err := json.Unmarshal(text, &kept); err != nil {
		t.Fatal(err)
	}
	again := memoryShop(t,
		&sheetimport.Options{Mapping: kept}).plan("Reach,Status,Fee,Fee,Date,Platform,Name\n9,signed,5,5,2026-06-01,IG,Ida\n")
	if first.HeaderKey != again.HeaderKey {
		t.Errorf("keys %q and %q of the same headers differ", first.HeaderKey, again.HeaderKey)
	}
	if other := memoryShop(t, nil).plan("Name,Platform\nIda,IG\n"); other.HeaderKey == first.HeaderKey {
		t.Error("other headers have the same key")
	}
	if d := cmp.Diff(first.Rows[0].Changes[0], again.Rows[0].Changes[0]); d != "" {
		t.Errorf("changes (-first +again):\n%s", d)
	}
	for n, c := range kept {
		if c.Header == "Reach" {
			kept[n].Field = column.Followers
		}
	}
	changed := memoryShop(t,
		&sheetimport.Options{Mapping: kept}).plan("Name,Platform,Date,Fee,Fee,Status,Reach\nIda,IG,2026-06-01,5,5,signed,9\n")
	if got := fieldsOf(changed)[6]; got != "G followers given" {
		t.Errorf("the column is %q", got)
	}
}

func TestMappingRefusals(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		mapping column.Mapping
		field   string
		want    string
	}{
		{"no header", column.Mapping{{Header: " ", Field: column.Cost}}, "mapping[0].header", "must not be blank"},
		{"negative number", column.Mapping{{Header: "Fee", Nth: -1, Field: column.Cost}}, "mapping[0].nth", "1 is the first"},
		{"no field", column.Mapping{{Header: "Fee"}}, "mapping[0].field", "campaign, campaign_budget"},
		{"unknown field", column.Mapping{{Header: "Fee", Field: "price"}}, "mapping[0].field", `"price": is not a field`},
		{"one column twice", column.Mapping{{Header: "Fee", Field: column.Cost},
			{Header: "FEE", Nth: 1, Field: column.Custom}}, "mapping[1].header", "mapped twice"},
		{"one field twice", column.Mapping{{Header: "Fee", Field: column.Cost}, {Header: "Rate", Field: column.Cost}},
			"mapping[1].field", `columns "Fee" and "Rate"`},
		{"too many", make(column.Mapping, 16_385), "mapping[16384].header", "at most 16384"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, &sheetimport.Options{Mapping: test.mapping})
			_, err := s.importer().Plan(s.ctx, s.ws, csvfile.New("x.csv", strings.NewReader("Name,Platform\nIda,IG\n"), nil))
			found := crm.FieldErrors(err)
			if len(found) != 1 || found[0].Field != test.field || !errors.Is(err, crm.ErrInvalid) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one about %s that says %q", err, test.field, test.want)
			}
		})
	}
}
