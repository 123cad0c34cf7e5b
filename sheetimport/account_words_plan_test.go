package sheetimport_test

import (
	"strings"
	"testing"

	"github.com/getklar/influencercrm/sheetimport/cell"
)

// Words about an account are no account: two rows that have one are two people.
func TestWordsAboutAnAccount(t *testing.T) {
	t.Parallel()
	for _, word := range []string{
		"private", "Public", "(deleted)", "suspended", "banned", "Link", "profile", "see link", "Instagram", "IG", "12", "main",
		"privat", "gelöscht", "gesperrt", "Profil", "s.o.", "siehe Link", "hier", "mehrere", "verifiziert",
	} {
		s := memoryShop(t, nil)
		s.bring(full(map[string]string{"Influencer": "Ana", "Handle": word, "Platform": "Instagram"},
			map[string]string{"Influencer": "Ben", "Handle": word, "Platform": "Instagram"}))
		if people := s.contents().Influencers; len(people) != 2 || len(people[0].Profiles) != 1 || people[0].Profiles[0].Handle != "" {
			t.Errorf("%q: %d people, %v", word, len(people), people)
		}
	}
	for _, account := range []string{"@private", "@link", "123fit", "privatkoch", "tiktok"} {
		s := memoryShop(t, nil)
		s.bring(full(map[string]string{"Influencer": "Ana", "Handle": account, "Platform": "Instagram"}))
		if got := s.contents().Influencers[0].Profiles[0].Handle; got != strings.TrimPrefix(account, "@") {
			t.Errorf("%q: got %q", account, got)
		}
	}
	if cell.IsNoAccount("") || cell.IsNoAccount("@hier") {
		t.Error("a blank cell and a name count as words about an account")
	}
}

// A number of followers and the platform behind a name are no part of it, so that one person stays one.
func TestRemarksBehindNames(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, want string }{
		{"Ana Ruiz (120k)", "Ana Ruiz ?remark_in_name"}, {"Ana Ruiz - 1.2M", "Ana Ruiz ?remark_in_name"},
		{"Ana Ruiz (ca. 12,5k)", "Ana Ruiz ?remark_in_name"}, {"Jörg Ott (12.500 Follower)", "Jörg Ott ?remark_in_name"},
		{"Jörg Ott – 45 K Abos", "Jörg Ott ?remark_in_name"}, {"Jörg Ott (Instagram)", "Jörg Ott ?remark_in_name"},
		{"Jörg Ott (IG)", "Jörg Ott ?remark_in_name"}, {"Jörg Ott - Insta", "Jörg Ott ?remark_in_name"},
		{"Jörg Ott (TikTok)", "Jörg Ott (TikTok)"}, {"Jörg Ott (Berlin)", "Jörg Ott (Berlin)"}, {"Studio 54 (2)", "Studio 54 (2)"},
		{"Haus 24 - 7", "Haus 24 - 7"}, {"Mr. 5k", "Mr. 5k"}, {"Ana\n@ana", "Ana ?account_in_name"},
		{"Jörg Ott\n(@joerg)", "Jörg Ott ?account_in_name"},
	} {
		plan := memoryShop(t, nil).plan(full(map[string]string{"Influencer": test.name, "Handle": "", "Platform": "Instagram"}))
		got := plan.Rows[0].Influencer
		for _, n := range plan.Rows[0].Notices {
			if n.Header == "Influencer" {
				got += " ?" + n.Code
			}
		}
		if got != test.want {
			t.Errorf("%q: got %q, want %q", test.name, got, test.want)
		}
	}
}
