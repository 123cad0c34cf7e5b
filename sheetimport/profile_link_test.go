package sheetimport_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

// TestProfileLinkAlone has rows that name an account by its link only, or by a link and something else.
func TestProfileLinkAlone(t *testing.T) {
	t.Parallel()
	const names = "Influencer,Platform,Profile link,Campaign,Posting date,Fee,Code\n"
	const both = "Influencer,Platform,Handle,Profile link,Campaign,Posting date,Fee,Code\n"
	const links = "Platform,Profile link,Campaign,Posting date,Fee,Code\n"
	for _, c := range []struct {
		name, csv string
		want      []string
		profiles  []string // "name: platform @handle link"
	}{
		{"a link", names + "Ida,IG,https://www.instagram.com/Ida.C/?igsh=1,Sale,2026-06-01,1,IDA10\n", []string{"2 created"},
			[]string{"Ida: instagram @Ida.C https://www.instagram.com/Ida.C/?igsh=1"}},
		{"a link without its scheme", names + "Ida,TikTok,tiktok.com/@ida,Sale,2026-06-01,1,IDA10\n",
			[]string{"2 created"}, []string{"Ida: tiktok @ida https://tiktok.com/@ida"}},
		{"a link in German",
			"Influencer,Plattform,Profillink,Kampagne,Postingdatum,Honorar,Rabattcode\nIda,YouTube,https://youtube.com/@idatv,Sale,1.6.2026,1,IDA10\n",
			[]string{"2 created"}, []string{"Ida: youtube @idatv https://youtube.com/@idatv"}},
		{"a link to another platform", names + "Ida,IG,https://www.tiktok.com/@ida,Sale,2026-06-01,1,IDA10\n",
			[]string{"2 created ?link_of_another_platform@C"},
			[]string{"Ida: instagram @ https://www.tiktok.com/@ida"}},
		{"a handle and a link to another platform", both + "Ida,IG,@ida,https://www.tiktok.com/@ida,Sale,2026-06-01,1,IDA10\n",
			[]string{"2 created ?link_of_another_platform@D"}, []string{"Ida: instagram @ida https://www.tiktok.com/@ida"}},
		{"a handle and a link to another profile", both + "Ida,IG,@ida,https://www.instagram.com/idas.shop,Sale,2026-06-01,1,IDA10\n",
			[]string{"2 created ?link_of_another_handle@D"}, []string{"Ida: instagram @ida https://www.instagram.com/idas.shop"}},
		{"a handle and its link", both + "Ida,IG,@IDA,https://www.instagram.com/ida,Sale,2026-06-01,1,IDA10\n", []string{"2 created"},
			[]string{"Ida: instagram @IDA https://www.instagram.com/ida"}},
		{"a word for no handle and a link", both + "Ida,IG,tbd,https://www.instagram.com/ida,Sale,2026-06-01,1,IDA10\n",
			[]string{"2 created ?no_value@C"},
			[]string{"Ida: instagram @ida https://www.instagram.com/ida"}},
		{"a short link", names + "Ida,IG,https://bit.ly/1,Sale,2026-06-01,1,IDA10\n",
			[]string{"2 created ?link_names_nobody@C"}, []string{"Ida: instagram @ https://bit.ly/1"}},
		{"a page of one's own on a platform without a site",
			names + "Ida,Blog,https://ida.example,Sale,2026-06-01,1,IDA10\n", []string{"2 created"},
			[]string{"Ida: blog @ https://ida.example"}},
		{"a link to a platform for a newsletter",
			names + "Ida,Newsletter,https://www.instagram.com/ida,Sale,2026-06-01,1,IDA10\n", []string{"2 created"},
			[]string{"Ida: newsletter @ https://www.instagram.com/ida"}},
		{"no names", links + "IG,instagram.com/ida,Sale,2026-06-01,1,IDA10\nTikTok,https://bit.ly/1,Sale,2026-06-01,1,IDA20\n",
			[]string{"2 created ?name_from_handle@B", "3 rejected !name_missing ?link_names_nobody@B"},
			[]string{"ida: instagram @ida https://instagram.com/ida"}},
		{"one name with two accounts",
			names +
				"Ida,IG,instagram.com/ida,Sale,2026-06-01,1,IDA10\nIda,IG,instagram.com/ida.two,Sale,2026-06-08,1,IDA10\n",
			[]string{"2 created ?code_conflict@G", "3 created ?namesake ?code_conflict@G"},
			[]string{"Ida: instagram @ida https://instagram.com/ida",
				"Ida: instagram @ida.two https://instagram.com/ida.two"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			plan := s.bring(c.csv)
			if diff := cmp.Diff(c.want, account(plan)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			var profiles []string
			for _, i := range s.contents().Influencers {
				for _, p := range i.Profiles {
					profiles = append(profiles, i.Name+": "+p.Platform+" @"+p.Handle+" "+p.Link)
				}
			}
			if diff := cmp.Diff(c.profiles, profiles); diff != "" {
				t.Errorf("profiles (-want +got):\n%s", diff)
			}
			head := s.contents().Head
			if s.bring(c.csv); s.contents().Head != head {
				t.Error("the second import changed something")
			}
		})
	}
}

// A profile of the CRM that has only its link gets the handle that the link names, and stays one profile.
func TestHandleOfALinkInTheCRM(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	s.influencer(crm.Influencer{Name: "Ida", Profiles: []crm.Profile{{Platform: "instagram"},
		{Platform: "instagram", Link: "https://instagram.com/ida"}}})
	plan := s.bring("Influencer,Platform,Profile link,Campaign,Posting date,Fee,Code\nIda,IG,https://instagram.com/ida,Sale,2026-06-01,1,IDA10\n")
	if diff := cmp.Diff([]string{"2 created"}, account(plan)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want := []crm.Profile{{Platform: "instagram"}, {Platform: "instagram", Handle: "ida", Link: "https://instagram.com/ida"}}
	for n, p := range s.contents().Influencers[0].Profiles {
		if got := (crm.Profile{Platform: p.Platform, Handle: p.Handle, Link: p.Link}); cmp.Diff(want[n], got) != "" {
			t.Errorf("profile %d (-want +got):\n%s", n, cmp.Diff(want[n], got))
		}
	}
}
