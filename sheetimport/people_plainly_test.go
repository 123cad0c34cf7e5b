package sheetimport_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Who is named by a handle in one row and by the name in another may be one person, and nobody is put together by that alone.
func TestPlainlyTheSamePerson(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"the handle first",
			"Influencer,Handle,Platform,Posting date,Fee\n@anaruiz,,Instagram,2026-06-01,100.00\nAna Ruiz,,Instagram,2026-06-02,100.00\n",
			[]string{"created signed", "created signed maybe_same_person"}},
		{"the name first, on another platform",
			"Influencer;Handle;Plattform;Datum;Honorar\nJörg Müller;;Instagram;01.06.2026;100,00\n@joerg_mueller92;;TikTok;02.06.2026;100,00\n",
			[]string{"created signed", "created signed maybe_same_person"}},
		{"a title before the name",
			"Influencer,Handle,Platform,Posting date,Fee\nAna Ruiz,,Instagram,2026-06-01,100.00\nDr. Ana Ruiz,,Instagram,2026-06-02,100.00\nNEW: Ana Ruiz,,TikTok,2026-06-03,100.00\n",
			[]string{"created signed", "created signed maybe_same_person", "created signed maybe_same_person"}},
		{"no title",
			"Influencer,Handle,Platform,Posting date,Fee\nMan Power,,Instagram,2026-06-01,100.00\nNewman Power,,Instagram,2026-06-02,100.00\n",
			[]string{"created signed", "created signed"}},
		{"another handle on the platform is somebody else",
			"Influencer,Handle,Platform,Posting date,Fee\nanaruiz,anaruiz,Instagram,2026-06-01,100.00\nAna Ruiz,ana.r,Instagram,2026-06-02,100.00\n",
			[]string{"created signed", "created signed"}},
		{"short names tell nobody",
			"Influencer,Handle,Platform,Posting date,Fee\nAna B,,Instagram,2026-06-01,100.00\n@anab,,TikTok,2026-06-02,100.00\n",
			[]string{"created signed", "created signed"}},
		{"other letters",
			"Influencer,Handle,Platform,Posting date,Fee\n@anaruiz,,Instagram,2026-06-01,100.00\nAna Ruizo,,Instagram,2026-06-02,100.00\n",
			[]string{"created signed", "created signed"}},
	} {
		if diff := cmp.Diff(test.want, rowWords(t, test.text, "maybe_same_person")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
