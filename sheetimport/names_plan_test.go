package sheetimport_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/report"
	"golang.org/x/text/language"
)

// outcomes is a plan without its notices.
func outcomes(p *sheetimport.Plan) []string {
	var lines []string
	for _, line := range account(p) {
		line, _, _ = strings.Cut(line, " ?")
		lines = append(lines, line)
	}
	return lines
}

// TestNobodyIsFiledUnderSomebodyElse has rows whose handles or links name nobody, or somebody else, and how many people the
// import makes of them.
func TestNobodyIsFiledUnderSomebodyElse(t *testing.T) {
	t.Parallel()
	const head = "Kampagne,Influencer,Plattform,Handle,Profillink,Postingdatum,Honorar,Code\n"
	for _, c := range []struct {
		name, rows string
		people     int
		want       []string
	}{
		{"words for none",
			"A,Ida,IG,tbd,,2026-06-01,1.00,\nA,Ben,IG,TBD,,2026-06-01,1.00,\nA,Cem,IG,folgt,,2026-06-01,1.00,\nA,Dea,IG,offen,,2026-06-01,1.00,\nA,Eva,IG,n/a,,2026-06-01,1.00,\n", 5,
			[]string{"2 created ?no_value@D", "3 created ?no_value@D", "4 created ?no_value@D", "5 created ?no_value@D", "6 created ?no_value@D"}},
		{"short links", "A,Ida,IG,https://bit.ly/1,,2026-06-01,1.00,\nA,Ben,IG,https://bit.ly/1,,2026-06-01,1.00,\n", 2,
			[]string{"2 created ?not_a_handle@D", "3 created ?not_a_handle@D"}},
		{"one link to a platform for all",
			"A,Ida,IG,,https://www.instagram.com/,2026-06-01,1.00,\nA,Ben,IG,,https://www.instagram.com/,2026-06-01,1.00,\n", 2,
			[]string{"2 created ?link_names_nobody@E", "3 created ?link_names_nobody@E"}},
		{"the site of an agency",
			"A,Ida,TikTok,,https://agency.example/talents,2026-06-01,1.00,\nA,Ben,TikTok,,https://agency.example/talents,2026-06-01,1.00,\n", 2,
			[]string{"2 created ?link_names_nobody@E", "3 created ?link_names_nobody@E"}},
		{"a page of links", "A,Ida,IG,https://linktr.ee/ida,,2026-06-01,1.00,\nA,Ida,IG,@ida,,2026-07-01,1.00,\n", 1,
			[]string{"2 created ?not_a_handle@D", "3 created"}},
		{"numbers of accounts",
			"A,Ida,FB,https://www.facebook.com/profile.php?id=1,,2026-06-01,1.00,\nA,Ben,FB,https://facebook.com/profile.php?id=2,,2026-06-01,1.00,\n" +
				"A,Ida Maria,FB,,https://m.facebook.com/profile.php?id=1&ref=x,2026-07-01,1.00,\n", 2,
			[]string{"2 created ?link_without_handle@D", "3 created ?link_without_handle@D", "4 created ?other_name@B ?kept@E"}},
		{"a link with the handle of another row",
			"A,Ida,IG,@ida,,2026-06-01,1.00,\nA,Ida M.,IG,,https://www.instagram.com/ida/?hl=de,2026-07-01,1.00,\n", 1,
			[]string{"2 created", "3 created ?other_name@B"}},
		{"a link to another platform", "A,Ida,IG,https://www.tiktok.com/@ida,,2026-06-01,1.00,\n", 1, []string{"2 created ?not_a_handle@D"}},
		{"blogs are known by their address",
			"A,Ida,Blog,https://ida.example,,2026-06-01,1.00,\nA,Ida B.,Blog,,www.ida.example/,2026-07-01,1.00,\nA,Ben,Blog,,https://ben.example,2026-06-01,1.00,\n", 2,
			[]string{"2 created ?link_without_handle@D", "3 created ?other_name@B ?kept@E", "4 created"}},
		{"a handle in the column of links", "A,Ida,IG,,@ida,2026-06-01,1.00,\nA,Ida M.,IG,@ida,,2026-07-01,1.00,\n", 1,
			[]string{"2 created", "3 created ?other_name@B"}},
		{"one name, two handles", "A,Ida,IG,@ida,,2026-06-01,1.00,X10\nA,Ida,IG,@ida.m,,2026-06-01,1.00,X10\n", 1,
			[]string{"2 created", "3 conflict of 2 !differs@D"}},
		{"one name, two links", "A,Jörg,IG,,instagram.com/joerg,2026-06-01,1.00,\nA,Jörg,IG,,instagram.com/joerg.2,2026-06-01,1.00,\n", 1,
			[]string{"2 created", "3 conflict of 2 !differs@E"}},
		{"one name, a handle and its link", "A,Ida,IG,@Ida,,2026-06-01,1.00,X10\nA,Ida,IG,https://instagram.com/ida,,2026-06-01,1.00,X10\n", 1,
			[]string{"2 created", "3 duplicate of 2"}},
		{"one name, one handle", "A,Ida,IG,@ida,,2026-06-01,1.00,X10\nA,Ida,IG,,,2026-06-01,1.00,X10\n", 1,
			[]string{"2 created", "3 duplicate of 2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			p := s.bring(head + c.rows)
			checkCounts(t, p)
			if diff := cmp.Diff(c.want, account(p)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if n := len(s.contents().Influencers); n != c.people {
				t.Errorf("%d people, want %d", n, c.people)
			}
			again := s.plan(head + c.rows)
			if again.Counts[sheetimport.Created] != 0 || again.Counts[sheetimport.Updated] != 0 {
				t.Errorf("the same sheet again: %v", account(again))
			}
		})
	}
}

// TestRowsTieNames: what the rows of a sheet say about a name that the CRM no longer has holds for a new row of it.
func TestRowsTieNames(t *testing.T) {
	t.Parallel()
	const head = "Campaign,Influencer,Handle,Platform,Posting date,Fee,Discount code\n"
	const rows = "Summer,Ana Ruiz,@ana,Instagram,2026-06-01,100,ANA10\nSummer,Ana R.,@ana.tt,TikTok,2026-06-02,100,ANA15\n"
	merge := func(s *shop) {
		people := s.contents().Influencers
		into, from := people[0], people[1]
		if into.Name != "Ana Ruiz" {
			into, from = from, into
		}
		if _, err := s.service.MergeInfluencers(s.ctx, s.ws, into.At(), from.At(), crm.MergeOptions{}, ""); err != nil {
			s.t.Fatal(err)
		}
	}
	renamePerson := func(s *shop) {
		for _, one := range s.contents().Influencers {
			if one.Name == "Ana R." {
				one.Name = "Anna Rossi"
				if _, err := s.service.UpdateInfluencer(s.ctx, s.ws, one, ""); err != nil {
					s.t.Fatal(err)
				}
			}
		}
	}
	renameCampaign := func(s *shop) {
		c := s.contents().Campaigns[0]
		c.Name = "Summer Sale 2026"
		if _, err := s.service.UpdateCampaign(s.ctx, s.ws, c, ""); err != nil {
			s.t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name              string
		meanwhile         func(*shop)
		row               string
		campaigns, people int
		want              string
	}{
		{"a merged person, without a handle", merge, "Summer,Ana R.,,TikTok,2026-08-02,100,ANA30\n", 1, 1, "4 created ?known_by_other_rows@B"},
		{"a merged person, on a new platform", merge, "Summer,Ana R.,@ana.yt,YouTube,2026-08-02,100,ANA30\n", 1, 1,
			"4 created ?known_by_other_rows@B"},
		{"a merged person's name with another handle", merge, "Summer,Ana R.,@somebody,TikTok,2026-08-02,100,ANA30\n", 1, 2, "4 created"},
		{"a renamed person", renamePerson, "Summer,Ana R.,,TikTok,2026-08-02,100,ANA30\n", 1, 2, "4 created ?known_by_other_rows@B"},
		{"a renamed campaign", renameCampaign, "Summer,Cora Lind,@cora,TikTok,2026-06-03,100,CORA10\n", 1, 3, "4 created ?known_by_other_rows@A"},
		{"a renamed campaign and a new one", renameCampaign, "Winter,Cora Lind,@cora,TikTok,2026-06-03,100,CORA10\n", 2, 3, "4 created"},
		{"a renamed campaign, and a code that has changed", renameCampaign, "", 1, 2, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			s.bring(head + rows)
			c.meanwhile(s)
			sheet := head + rows + c.row
			if c.row == "" {
				sheet = strings.Replace(sheet, "ANA15", "ANA16", 1)
			}
			p := s.bring(sheet)
			if c.row == "" {
				if p.Counts[sheetimport.Updated] != 1 || p.Counts[sheetimport.Created] != 0 {
					t.Errorf("%v", account(p))
				}
			} else if got := account(p)[2]; got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			have := s.contents()
			if len(have.Campaigns) != c.campaigns || len(have.Influencers) != c.people {
				t.Errorf("%d campaigns and %d people, want %d and %d", len(have.Campaigns), len(have.Influencers), c.campaigns, c.people)
			}
			if again := s.plan(sheet); again.Counts[sheetimport.Unchanged] != len(again.Rows) {
				t.Errorf("the same sheet again: %v", account(again))
			}
		})
	}
}

// TestNoRowIsLost has lines that are no cooperations, and lines that look like none and are one.
func TestNoRowIsLost(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Platform,Posting date,Fee,Code\n"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"the header repeated", head + "Ida,IG,2026-06-01,1.00,\n" + head + "Ben,IG,2026-06-01,1.00,\n",
			[]string{"2 created", "3 skipped", "4 created"}},
		{"the header in two languages",
			head + "Influencer,Plattform,Postingdatum,Honorar,Rabattcode\nBen,IG,2026-06-01,1.00,\n",
			[]string{"3 created"}},
		{"the other language below",
			"Influencer,Platform,Posting date,Fee,Discount code\nInfluencer,Plattform,Postingdatum,Honorar,Code\nBen,IG,2026-06-01,1.00,\n",
			[]string{"2 skipped", "3 created"}},
		{"the header repeated in part", "Name;Plattform;Datum;Honorar\nIda;IG;01.06.2026;1,00\nName;Plattform;;\n",
			[]string{"2 created", "3 skipped"}},
		{"a person who is called like a header", head + "Name,IG,2026-06-01,1.00,\n", []string{"2 created"}},
		{"totals",
			head +
				"Ida,IG,2026-06-01,1.00,\nTotal Sun,,,1.00,\nSumme Juli,,,1.00,\nJuli gesamt:,,,1.00,\n,,Zwischensumme,1.00,\nGrand total 2026,,,1.00,\nTotal (June),,,1.00,\n",
			[]string{"2 created", "3 skipped", "4 skipped", "5 skipped", "6 skipped", "7 skipped", "8 skipped"}},
		{"a person who is called Total", head + "Total Sun,IG,2026-06-01,1.00,\nTotal Sun,,2026-06-01,1.00,TS10\n",
			[]string{"2 created", "3 rejected !platform_missing@B"}},
		{"NUL in one cell", head + "Ida,IG,2026-06-01,1.00,\nB\x00en,IG,2026-06-01,1.00,\nCem,IG,2026-06-01,1.00,\n",
			[]string{"2 created", "3 rejected !nul_character", "4 created"}},
		{"line ends", "Influencer,Platform,Posting date,Fee,Code\rIda,IG,2026-06-01,1.00,\r\nBen,IG,2026-06-01,1.00,\n",
			[]string{"2 created", "3 created"}},
		{"quotation marks in a cell", head + "Ana \"Nana\" Ruiz,IG,2026-06-01,1.00,\n", []string{"2 created"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := memoryShop(t, nil).plan(c.text)
			checkCounts(t, p)
			if diff := cmp.Diff(c.want, outcomes(p)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestDoubleEncoding(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, person, note string }{
		{"all of it", "Name;Plattform;WÃ¤hrung;Honorar\nJÃ¼rgen GrÃ¶ÃŸ;Instagram;EUR;1\nÃ„nne;TikTok;EUR;1\n",
			"Jürgen Größ", "doubly_encoded"},
		{"with signs and dashes", "Name,Platform,Notes,Fee\nZoÃ« Lind,Instagram,fee â€“ 5 â‚¬,1\n", "Zoë Lind", "doubly_encoded"},
		{"emoji", "Name,Platform,Notes,Fee\nAna Ruiz,Instagram,ðŸŽ‰ cafÃ©,1\n", "Ana Ruiz", "doubly_encoded"},
		{"control characters", "Name,Platform,Fee\nElÃ\u00adas \u00c3\u0096z,Instagram,1\n", "Elías Öz", "doubly_encoded"},
		{"in places", "Name;Plattform;Währung;Honorar\nJÃ¼rgen;Instagram;EUR;1\n", "JÃ¼rgen", "doubly_encoded_in_places"},
		{"sound", "Name;Plattform;Währung;Honorar\nJürgen Größ;Instagram;EUR;1\n", "Jürgen Größ", ""},
		{"Portuguese", "Name,Platform,Fee\nJOÃO SÃO,Instagram,1\n", "JOÃO SÃO", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			p := s.bring(c.text)
			note := ""
			for _, n := range p.Notes {
				if strings.HasPrefix(n.Code, "doubly") {
					note = n.Code
				}
			}
			if got := s.contents().Influencers[0].Name; got != c.person || note != c.note {
				t.Errorf("%q with the note %q, want %q with %q", got, note, c.person, c.note)
			}
		})
	}
}

// TestOwnWords maps words of a team's own once, and shows what each was taken for.
func TestOwnWords(t *testing.T) {
	t.Parallel()
	const text = "Name;Plattform;Postingdatum;Honorar;Phase;Last touch;Verantwortlich\n" +
		"Ida;Main;01.06.2026;1,00;🟣 Stufe B;klar;Mi\nBen;IG;02.06.2026;1,00;Stufe-B;;Mi\nCem;IG;03.06.2026;1,00;Booked;ja;Tom\n" +
		"Dea;IG;04.06.2026;1,00;Stufe C;ja;niemand mehr\nEva;IG;05.06.2026;1,00;Deal signed 2026;ja;\n"
	s := memoryShop(t, nil)
	before := s.plan(text)
	want := []string{"2 rejected !unknown_status@E", "3 rejected !unknown_status@E", "4 created",
		"5 rejected !unknown_status@E", "6 rejected !unknown_status@E"}
	if diff := cmp.Diff(want, outcomes(before)); diff != "" {
		t.Errorf("before (-want +got):\n%s", diff)
	}
	var proposed []sheetimport.PlannedValue
	for _, v := range before.Values {
		if v.Field == column.Status {
			proposed = append(proposed, v)
		}
	}
	if diff := cmp.Diff([]sheetimport.PlannedValue{
		{Field: "status", Column: "E", Header: "Phase", Value: "🟣 Stufe B", Rows: 1, Samples: []int{2}, Confidence: "none"},
		{Field: "status", Column: "E", Header: "Phase", Value: "Stufe-B", Rows: 1, Samples: []int{3}, Confidence: "none"},
		{Field: "status", Column: "E", Header: "Phase", Value: "Booked", Rows: 1, Samples: []int{4}, Meaning: "signed", Confidence: "exact"},
		{Field: "status", Column: "E", Header: "Phase", Value: "Stufe C", Rows: 1, Samples: []int{5}, Confidence: "none"},
		{Field: "status", Column: "E", Header: "Phase", Value: "Deal signed 2026", Rows: 1, Samples: []int{6},
			Proposed: "signed", Confidence: "none"},
	}, proposed); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
	s.options.Values = append(before.ProposedValues(), column.ValueMapping{
		{Field: column.Status, Value: "Stufe B", Meaning: "negotiating"}, {Field: column.Status, Value: "stufe c", Meaning: "cancelled"},
		{Field: column.Platform, Value: "Main", Meaning: "Instagram"}, {Field: column.LastTouch, Value: "klar", Meaning: "yes"},
		{Field: column.Responsible, Value: "Mi", Meaning: "Mira Schulz"}, {Field: column.Responsible, Value: "niemand mehr", Meaning: ""},
		{Field: column.Influencer, Value: "Eva", Meaning: "Eva Blum"},
	}...)
	plan := s.bring(text)
	if diff := cmp.Diff([]string{"2 created", "3 created", "4 created", "5 created", "6 created"}, outcomes(plan)); diff != "" {
		t.Errorf("with the mapping (-want +got):\n%s", diff)
	}
	have := s.contents()
	var got []string
	for _, c := range have.Cooperations {
		got = append(got, c.Name+": "+string(c.Status))
	}
	if diff := cmp.Diff([]string{"June 2026 - Ben - Instagram: negotiating", "June 2026 - Cem - Instagram: signed",
		"June 2026 - Dea - Instagram: draft",
		"June 2026 - Eva Blum - Instagram: signed", "June 2026 - Ida - Instagram: negotiating"}, sorted(got)); diff != "" {
		t.Errorf("cooperations (-want +got):\n%s", diff)
	}
	var members []string
	for _, m := range have.Members {
		members = append(members, m.Name)
	}
	if diff := cmp.Diff([]string{"Mira Schulz", "Tom"}, sorted(members)); diff != "" {
		t.Errorf("members (-want +got):\n%s", diff)
	}
	for lang, lines := range map[language.Tag][]string{
		language.English: {`  in E "Phase": "Booked" → signed, 1 row` + "\n",
			`  in B "Plattform": "Main" → Instagram, 1 row` + "\n", `"niemand mehr" stands for no value, 1 row`},
		language.German: {`  in E „Phase“: „Booked“ → unterschrieben, 1 Zeile` + "\n", `„klar“ → ja, 1 Zeile`,
			`„niemand mehr“ steht für keinen Wert, 1 Zeile`},
	} {
		var b strings.Builder
		if err := report.WriteText(&b, plan, &report.TextOptions{Lang: lang}); err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			if !strings.Contains(b.String(), line) {
				t.Errorf("lacks %q:\n%s", line, b.String())
			}
		}
	}
	if again := s.plan(text); again.Counts[sheetimport.Unchanged] != 5 {
		t.Errorf("the same sheet again: %v", account(again))
	}
}

// A comment behind a status goes into the notes, beside what stands there.
func TestStatusCommentIsKept(t *testing.T) {
	t.Parallel()
	const text = "Name,Platform,Posting date,Fee,Status,Notes\nIda,IG,2026-06-01,1.00,signed (contract sent 12.5.),likes tea\nBen,IG,2026-06-01,1.00,✅ Live [via agency],\n"
	s := memoryShop(t, nil)
	s.bring(text)
	var notes []string
	for _, c := range s.contents().Cooperations {
		notes = append(notes, c.Notes)
	}
	if diff := cmp.Diff([]string{"likes tea\ncontract sent 12.5.", "via agency"}, sorted(notes)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if again := s.plan(text); again.Counts[sheetimport.Unchanged] != 2 {
		t.Errorf("the same sheet again: %v", account(again))
	}
}

// TestPeopleOfASheet: phones in national form, numbers of followers with words around them, and who is responsible.
func TestPeopleOfASheet(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ zone, text, phone string }{
		{"Europe/Berlin", "0170 1234567", "+491701234567"}, {"Europe/Vienna", "0664 1234567", "+436641234567"},
		{"Europe/Zurich", "079 123 45 67", "+41791234567"}, {"Europe/London", "07400 123456", "+447400123456"},
		{"America/New_York", "(201) 555-0123", "+12015550123"}, {"Europe/Berlin", "+43 664 1234567", "+436641234567"},
		{"Europe/Berlin", "12", ""}, {"UTC", "0170 1234567", ""},
	} {
		s := memoryShop(t, nil)
		w, err := crm.NewAdmin(s.store, nil).CreateWorkspace(s.ctx, crm.Workspace{Name: "Other", Currency: "EUR", TimeZone: c.zone})
		if err != nil {
			t.Fatal(err)
		}
		s.ws = w.ID
		s.bring("Name,Platform,Fee,Phone\nIda,IG,1.00,\"" + c.text + "\"\n")
		got := ""
		for _, r := range s.contents().Influencers[0].Phone {
			if r == '+' || r >= '0' && r <= '9' {
				got += string(r)
			}
		}
		if got != c.phone {
			t.Errorf("%q in %s is %q, want %q", c.text, c.zone, got, c.phone)
		}
	}
	for _, c := range []struct {
		header, text string
		count        int64
	}{
		{"Followers", "12.5k followers", 12500}, {"Follower IG", "1.234", 1234},
		{"IG-Follower", "Follower: 88.139", 88139}, {"Anzahl Follower Insta", "12.500 Follower", 12500},
		{"Followers (k)", "12.5", 12500}, {"Follower in Tsd.", "12,5", 12500}, {"Follower:innen", "3000", 3000},
		{"Followeranzahl", "1,2 Mio", 1200000},
		{"Abonnenten YouTube", "5000 Abonnenten", 5000}, {"# Subscribers", "900 subs", 900}, {"Follower Stand Juni", "1.200", 1200},
	} {
		s := memoryShop(t, nil)
		s.bring("Name;Platform;Fee;" + c.header + "\nIda;IG;1,00;\"" + c.text + "\"\n")
		if f := s.contents().Influencers[0].Profiles[0].Followers; f == nil || f.Count != c.count {
			t.Errorf("%q under %q is %v, want %d", c.text, c.header, f, c.count)
		}
	}
	s := memoryShop(t, nil)
	s.bring("Name;Plattform;Postingdatum;Honorar;Verantwortlich\nJörg;IG;01.06.2026;1,00;Mira\nJörg;IG;01.07.2026;1,00;\nIda;IG;01.06.2026;1,00;Mira\nIda;IG;01.07.2026;1,00;Tom\n")
	responsible := map[string]bool{}
	for _, one := range s.contents().Influencers {
		responsible[one.Name] = !one.Responsible.IsZero()
	}
	if diff := cmp.Diff(map[string]bool{"Jörg": true, "Ida": false}, responsible); diff != "" {
		t.Errorf("responsible (-want +got):\n%s", diff)
	}
}

// Words that nobody knows are proposed for a status, but as signed nothing that is still to be, or that fell through.
func TestProposedStatuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Deal signed 2026": "signed", "gebucht über Agentur": "signed", "in talks with Kim": "negotiating", "Angebot gesendet an Kim": "negotiating",
		"lost to another brand": "cancelled", "abgesagt von Kim": "cancelled",
		"contract to sign": "negotiating", "not signed": "", "noch nicht unterschrieben": "", "zu unterschreiben": "",
		"needs to be signed": "negotiating", "awaiting signed contract": "", "signed contract missing": "", "soll gebucht werden": "", "wird gebucht": "",
		"muss bestätigt werden": "", "will be booked": "", "signed copy pending": "", "ready to be confirmed": "", "going live": "",
		"signed (cancelled)": "", "signed - lost": "", "confirmed, then dropped out": "cancelled", "gebucht, jetzt entfällt": "",
		"maybe signed": "", "signed?": "", "Stufe C": "",
	} {
		plan := memoryShop(t, nil).plan("Influencer;Platform;Status\nAna;Instagram;" + text + "\n")
		at := slices.IndexFunc(plan.Values, func(v sheetimport.PlannedValue) bool { return v.Field == column.Status })
		if got := plan.Values[at]; got.Proposed != want || got.Meaning != "" {
			t.Errorf("%q: means %q, proposed %q, want %q", text, got.Meaning, got.Proposed, want)
		}
	}
}

// A new member of the team whose name may be those of several people is told once, unless a mapping says who it is.
func TestMembersThatMayBeSeveral(t *testing.T) {
	t.Parallel()
	for names, want := range map[string][]string{
		"Anna / Ben|anna / ben|Anna": {"created several_members", "created", "created"},
		"Anna & Ben|Anna, Ben":       {"created several_members", "created several_members"},
		"Anna und Ben|Anna|Ben":      {"created several_members", "created", "created"},
		"Schulz, Anna":               {"created several_members"},
		"Anna-Lena Müller|Andy Sand": {"created", "created"},
		"A. & B.|R&D":                {"created", "created several_members"},
	} {
		s := memoryShop(t, nil)
		s.options.Values = column.ValueMapping{{Field: column.Responsible, Value: "A. & B.", Meaning: "A. & B."}}
		text := "Influencer;Platform;Posting date;Responsible\n"
		for n, name := range strings.Split(names, "|") {
			text += fmt.Sprintf("Ana %c;Instagram;2026-06-01;%s\n", 'A'+n, name)
		}
		if diff := cmp.Diff(want, planWords(s.bring(text), nil, "several_members")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", names, diff)
		}
		if again := planWords(s.plan(text), nil, "several_members"); slices.ContainsFunc(again, func(w string) bool { return strings.Contains(w, "several") }) {
			t.Errorf("%s, again: %q", names, again)
		}
	}
}

// A new influencer without an account whose name may be those of several people is told once.
func TestInfluencersThatMayBeSeveral(t *testing.T) {
	t.Parallel()
	for row, want := range map[string]string{
		"Mia & Ole;": "created several_influencers", "Mia / Ole;": "created several_influencers", "Mia und Ole;": "created several_influencers",
		"Mia, Ole, Bo;": "created several_influencers", "Mia & Ole;@miaundole": "created", "Blom, Mia;": "created", "Mia Blom | Food & Travel;": "created",
		"Mia Blom;": "created", "Andy Sand;": "created",
	} {
		plan := memoryShop(t, nil).plan("Influencer;Handle;Platform;Posting date;Fee\n" + row + ";Instagram;2026-06-01;100.00\n" + row + ";Instagram;2026-07-01;100.00\n")
		if diff := cmp.Diff([]string{want, "created"}, planWords(plan, nil, "several_influencers")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row, diff)
		}
	}
}
