package api

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A reader who has the record as it is gets 304, however the header says so.
func TestIfNoneMatch(t *testing.T) {
	t.Parallel()
	p := newProcess(t, t.TempDir()+"/crm.db", setup{})
	for _, test := range []struct {
		tags []string
		want int
	}{
		{nil, 200},
		{[]string{`"1"`}, 304},
		{[]string{`W/"1"`}, 304},
		{[]string{`"0", "1"`}, 304},
		{[]string{`"0" ,,W/"1" , "2"`}, 304},
		{[]string{`"0"`, `"1"`}, 304},
		{[]string{`"with, a comma", "1"`}, 200}, // no ETag has a blank
		{[]string{`"with,a,comma","1"`}, 304},
		{[]string{`*`}, 304},
		{[]string{`"*"`}, 200},
		{[]string{`"0", *`}, 200},
		{[]string{`"0"`}, 200},
		{[]string{`"0,"1"`}, 200},
		{[]string{`"01"`}, 200},
		{[]string{`1`}, 200},
		{[]string{`w/"1"`}, 200},
		{[]string{`W/ "1"`}, 200},
		{[]string{``}, 200},
	} {
		answer := p.call(http.MethodGet, "", http.Header{"If-None-Match": test.tags}, nil)
		if diff := cmp.Diff(test.want, answer.status); diff != "" {
			t.Errorf("If-None-Match: %q (-want +got):\n%s", test.tags, diff)
		}
	}
}

// FuzzIfNoneMatch: an ETag is found before and after everything that is a list of ETags.
func FuzzIfNoneMatch(f *testing.F) {
	for _, seed := range []string{``, `*`, `"1"`, `W/"1", "2"`, `"a,b"`, `"`, `W/`, ",,\t"} {
		f.Add(seed)
	}
	has := func(list string) bool { return clientHas(http.Header{"If-None-Match": {list}}, `"it"`) }
	f.Fuzz(func(t *testing.T, list string) {
		if !has(`W/"it",` + list) {
			t.Errorf("not found before %q", list)
		}
		if clientHas(http.Header{"If-None-Match": {list, `"end"`}}, `"end"`) && !has(list+`,"it"`) {
			t.Errorf("not found after %q", list)
		}
	})
}
