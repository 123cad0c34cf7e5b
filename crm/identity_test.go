package crm_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

func TestIdentityKeys(t *testing.T) {
	t.Parallel()
	profile := func(platform, handle, link string) crm.Profile {
		return crm.Profile{Platform: platform, Handle: handle, Link: link}
	}
	for want, i := range map[string]crm.Influencer{
		"": {Notes: "nothing", Phone: "by mail", Profiles: []crm.Profile{profile("instagram", "", "")}},
		"name anna müller, words anna mueller, words anna muller": {Name: "Anna MÜLLER"},
		"name muller, anna-maria, words anna maria muller":        {Name: "Muller,  Anna-Maria"},
		"name 🌸":               {Name: "🌸"},
		"email x@mail.example": {Name: "Erased person", Email: "x@mail.example"}, // who says nothing about who it was
		"email kim@mail.example, phone +491701234567": {Email: " Kim@MAIL.example", PhoneE164: "+491701234567"},
		"handle kimlee, link pam.example/me": {Profiles: []crm.Profile{profile("instagram", "Kim.Lee", ""),
			profile("tiktok", "kim_lee-", "https://www.Pam.example/Me/?x=1")}},
		"handle kimlee, link instagram.com/kim.lee": {Profiles: []crm.Profile{profile("instagram", "", "https://instagram.com/Kim.Lee")}},
		"handle ___": {Profiles: []crm.Profile{profile("instagram", "___", "no link")}},
	} {
		var got []string
		for _, key := range crm.IdentityKeys(i) {
			got = append(got, fmt.Sprint(key.Kind, " ", key.Text))
		}
		if d := cmp.Diff(want, strings.Join(got, ", ")); d != "" {
			t.Errorf("%+v (-want +got):\n%s", i, d)
		}
	}
}

// Each key counts for itself: who is too late for the one may be there for another.
func TestSharing(t *testing.T) {
	t.Parallel()
	var all []crm.Influencer
	for n := range crm.MaxSharers + 2 {
		all = append(all, crm.Influencer{ID: crm.InfluencerID{15: byte(crm.MaxSharers + 2 - n)}, Name: "Pam"})
	}
	all[0].Email = "last@mail.example"
	need := crm.Need{Identities: []crm.IdentityKey{
		{Kind: crm.IdentityName, Text: "pam"}, {Kind: crm.IdentityEmail, Text: "last@mail.example"}, {Kind: crm.IdentityEmail, Text: "pam"},
	}}
	found := need.Sharing(all)
	if len(found) != crm.MaxSharers+1 || found[0].ID != (crm.InfluencerID{15: 1}) || found[crm.MaxSharers].ID != all[0].ID {
		t.Errorf("%d, the first %v, the last %v", len(found), found[0].ID, found[len(found)-1].ID)
	}
	if all[0].Email == "" {
		t.Error("what it was given was changed")
	}
	if need.Archive = crm.ArchivedOnly; len(need.Sharing(all)) > 0 {
		t.Error("somebody is archived")
	}
}
