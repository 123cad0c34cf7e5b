package sheetimport_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// An address behind a name is told as read only where it is: the column with addresses counts before it.
func TestEmailBehindNameBesideColumn(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, email, want string }{
		{"none in the column", "", "created email_in_name"},
		{"the same", "ANA@x.example", "created email_in_name"},
		{"another one", "office@y.example", "created remark_in_name"},
	} {
		text := "Influencer,Email,Platform,Date,Fee EUR\nAna Ruiz (ana@x.example)," + test.email + ",Instagram,2026-06-01,100.00\n"
		got := planWords(memoryShop(t, nil).plan(text), nil, "email_in_name", "remark_in_name")
		if diff := cmp.Diff([]string{test.want}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
