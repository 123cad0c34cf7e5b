package crm_test

import (
	"testing"

	"github.com/getklar/influencercrm/crm"
)

// What a host writes into a column comes back, and nothing else becomes an id.
func TestIDsInTheHostsTables(t *testing.T) {
	t.Parallel()
	const text = "018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f"
	id := must(crm.ParseID[crm.Workspace](text))(t)
	for _, test := range []struct {
		column any
		want   crm.WorkspaceID
		err    string
	}{
		{text, id, ""},
		{[]byte(text), id, ""},
		{must(id.Value())(t), id, ""},
		{must(crm.WorkspaceID{}.Value())(t), crm.WorkspaceID{}, ""},
		{nil, crm.WorkspaceID{}, ""},
		{"", crm.WorkspaceID{}, ""},
		{"klar", id, `id "klar": is no id; an id looks like 018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f`},
		{int64(42), id, `id "42": is no id; an id looks like 018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f`},
	} {
		got := id
		err := got.Scan(test.column)
		if got != test.want || (err == nil) != (test.err == "") || err != nil && err.Error() != test.err {
			t.Errorf("%v scans as %q with the error %v, want %q and %q", test.column, got, err, test.want, test.err)
		}
	}
	if value := must(id.Value())(t); value != text {
		t.Errorf("the column holds %v", value)
	}
}
