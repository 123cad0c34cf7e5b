package column_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// What is said now wins over what was said earlier, of a column, of a field that one column has, and of a word.
func TestMappingsOverEarlierOnes(t *testing.T) {
	t.Parallel()
	now := column.Mapping{{Header: "Who", Field: column.Influencer}, {Header: "Codes", Nth: 2, Field: column.Code}}
	earlier := column.Mapping{
		{Header: "who:", Field: column.Custom}, {Header: "Name", Field: column.Influencer}, {Header: "Codes", Field: column.Code},
		{Header: "Mood", Field: column.Ignored},
	}
	want := column.Mapping{now[0], now[1], earlier[2], earlier[3]}
	got := now.Over(earlier)
	if diff := cmp.Diff(want, got); diff != "" || got.Check() != nil || len(now) != 2 {
		t.Errorf("columns, %v (-want +got):\n%s", got.Check(), diff)
	}
	values := column.ValueMapping{{Field: column.Status, Value: "Live", Meaning: "signed"}}
	said := column.ValueMapping{
		{Field: column.Status, Value: "✅ live", Meaning: "draft"}, {Field: column.Platform, Value: "live", Meaning: "twitch"},
	}
	wanted := column.ValueMapping{values[0], said[1]}
	if diff := cmp.Diff(wanted, values.Over(said)); diff != "" || values.Over(said).Check() != nil {
		t.Errorf("words (-want +got):\n%s", diff)
	}
	if got := column.Mapping(nil).Over(nil); got != nil {
		t.Errorf("nothing over nothing is %v", got)
	}
}

// The key of a header that is not found is among those of the rows that can be it.
func TestKeysOfRows(t *testing.T) {
	t.Parallel()
	s := &sheet.Table{Rows: []sheet.Row{
		{Number: 1, Cells: []sheet.Cell{{Text: "Our deals"}}},
		{Number: 3, Cells: []sheet.Cell{{Text: "Who"}, {}, {Text: " Where "}}},
		{Number: 4, Cells: []sheet.Cell{{Text: "Ida"}, {Text: "x"}, {Text: "Main"}}},
	}}
	h, err := column.FindHeader(s, column.Mapping{{Header: "Who", Field: column.Influencer}, {Header: "Where", Field: column.Platform}})
	if err != nil {
		t.Fatal(err)
	}
	if keys := column.Keys(s); len(keys) != 2 || keys[0] != h.Key() {
		t.Errorf("keys %v, want first %s", keys, h.Key())
	}
}
