package pages

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What the visitor chooses where two have saved stands in the fields; what nobody has changed is no question.
func TestClash(t *testing.T) {
	t.Parallel()
	f := &form{Values: url.Values{"version": {"3"}, "name": {"Summer"}, "notes": {"a\r\nb"}, "tags": {"x", "y"}, "budget": {""}}}
	stored := url.Values{"name": {"Sommer"}, "notes": {"a\nb"}, "tags": {"x", "z"}, "budget": nil}
	view{}.meet(f, nil, stored, 5, []label{{Name: "name", Text: "Name"}, {Name: "notes", Text: "Notes"},
		{Name: "tags", Text: "Tags"}, {Name: "budget", Text: "Budget"}})
	want := []clash{{Name: "name", Label: "Name", Mine: []string{"Summer"}, Theirs: []string{"Sommer"}},
		{Name: "tags", Label: "Tags", Mine: []string{"x", "y"}, Theirs: []string{"x", "z"}}}
	if diff := cmp.Diff(want, f.Clashes); diff != "" || f.Get("version") != "5" {
		t.Errorf("version %s (-want +got):\n%s", f.Get("version"), diff)
	}
	f = &form{Values: url.Values{"name": {"Summer"}, "notes": {"mine"}, "tags": {"x"}}}
	view{}.meet(f, url.Values{"name": {"Summer"}, "notes": {"before"}, "tags": {"y"}},
		url.Values{"name": {"Sommer"}, "notes": {"before"}, "tags": {"z"}}, 5,
		[]label{{Name: "name", Text: "Name"}, {Name: "notes", Text: "Notes"}, {Name: "tags", Text: "Tags"}})
	want = []clash{{Name: "tags", Label: "Tags", Mine: []string{"x"}, Theirs: []string{"z"}}}
	if diff := cmp.Diff(want, f.Clashes); diff != "" || f.Get("name") != "Sommer" || f.Get("notes") != "mine" {
		t.Errorf("%v (-want +got):\n%s", f.Values, diff)
	}
	chosen := &form{Values: url.Values{
		"name": {"Summer"}, "take.name": {"mine"}, "theirs.name": {"Sommer"},
		"tags": {"x", "y"}, "take.tags": {"theirs"}, "theirs.tags": {"x", "z"},
		"notes": {"kept"}, "take.notes": {"theirs"},
	}}
	chosen.choose()
	got := url.Values{"name": chosen.Values["name"], "tags": chosen.Values["tags"], "notes": chosen.Values["notes"]}
	if diff := cmp.Diff(url.Values{"name": {"Summer"}, "tags": {"x", "z"}, "notes": {"kept"}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
