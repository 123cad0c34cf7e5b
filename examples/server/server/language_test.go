package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/examples/server/server"
)

// Exports that pages link to are in the language that the visitor has chosen there, and for programs in the one that
// they ask for.
func TestExportInTheChosenLanguage(t *testing.T) {
	t.Parallel()
	s := newTown(t, true, server.Options{})
	place := "GET /v1/workspaces/" + s.a.String() + "/report?format=markdown"
	for _, test := range []struct {
		headers []string
		want    string
	}{
		{[]string{"Accept-Language: en", "Cookie: crm_language=de"}, "Prognose"},
		{[]string{"Accept-Language: de", "Cookie: crm_language=en"}, "forecast"},
		{[]string{"Accept-Language: de", "Cookie: crm_language=fr"}, "Prognose"},
		{[]string{"Accept-Language: de"}, "Prognose"},
		{nil, "forecast"},
	} {
		if a := s.do(ask{place: place, headers: test.headers}); a.status != http.StatusOK || !strings.Contains(a.body, test.want) {
			t.Errorf("%q: %d %s", test.headers, a.status, a.body)
		}
	}
}
