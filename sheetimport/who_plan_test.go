package sheetimport_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
)

// TestWhoAndOnWhichAccount has rows whose names and accounts stand in other places than two columns of their own, and
// who comes of them.
func TestWhoAndOnWhichAccount(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, csv string
		people    []string // name, handles and followers
		rows      []string
	}{
		{"a family name beside a first name", "Name;Vorname;Plattform;Datum;Honorar\nMaier;Lena;IG;4.12.2026;600\nMaier;Tom;IG;4.12.2026;600\n",
			[]string{"Lena Maier", "Tom Maier"}, []string{"2 created ?name_joined@A", "3 created ?name_joined@A"}},
		{"names to be known by beside a first name",
			"Name;Vorname;Plattform;Datum;Honorar\nDagi Bee;Dagmar;IG;4.12.2026;600\nTheGymJoe;Joe;IG;4.12.2026;600\n",
			[]string{"Dagi Bee", "TheGymJoe"}, []string{"2 created", "3 created"}},
		{"one name and two first names",
			"Name;Vorname;Plattform;Datum;Honorar\nTeam Nord;Lena;IG;4.12.2026;600\nTeam Nord;Tom;IG;4.12.2026;600\n",
			[]string{"Team Nord"}, []string{"2 created", "3 conflict of 2 !differs@B"}},
		{"a first name beside a family name", "Name,Surname,Platform,Date,Fee\nLena,Maier,IG,2026-12-04,600\nLena,Schmidt,IG,2026-12-04,600\n",
			[]string{"Lena Maier", "Lena Schmidt"}, []string{"2 created ?name_joined@A", "3 created ?name_joined@A"}},
		{"a name to be known by", "Creator,First name,Platform,Date,Fee\nlenafit,Lena,IG,2026-12-04,600\n",
			[]string{"lenafit"}, []string{"2 created"}},
		{"an account behind the name", "Creator,Platform,Date,Fee\nAna Lee (@analee),IG,2026-12-04,600\nBen - @ben.tv,IG,2026-12-04,600\n",
			[]string{"Ana Lee @analee", "Ben @ben.tv"}, []string{"2 created ?account_in_name@A", "3 created ?account_in_name@A"}},
		{"an account instead of the name", "Creator,Platform,Handle,Date,Fee\nLena,IG,@lena,2026-12-04,600\n@lena,IG,,2026-12-11,600\n",
			[]string{"Lena @lena"}, []string{"2 created", "3 created ?account_in_name@A"}},
		{"an account of several",
			"Creator,Platform,Date,Fee\nLena (@agx),IG,2026-12-04,1\nTom (@agx),IG,2026-12-04,1\n",
			[]string{"Lena (@agx)", "Tom (@agx)"}, []string{"2 created", "3 created"}},
		{"an account beside that of its column",
			"Creator,Platform,Handle,Date,Fee\nLena (@lena),IG,@lena,2026-12-04,1\n", []string{"Lena @lena"},
			[]string{"2 created"}},
		{"cancelled behind the name", "Creator,Platform,Date,Fee,Status\nHal (abgesagt),IG,2026-12-04,1,cancelled\n",
			[]string{"Hal"}, []string{"2 created ?cancelled@E"}},
		{"particles in family names",
			"Name;Vorname;Plattform;Datum;Honorar\nvon Berg;Al;IG;4.12.2026;600\nMcKay;Bo;IG;4.12.2026;600\nSCHULZ;Cid;IG;4.12.2026;600\n",
			[]string{"Al von Berg", "Bo McKay", "Cid SCHULZ"},
			[]string{"2 created ?name_joined@A", "3 created ?name_joined@A", "4 created ?name_joined@A"}},
		{"accounts that may be somebody else's",
			"Creator,Platform,Date,Fee\nTom via @agency,IG,2026-12-04,1\nMia und @ben,IG,2026-12-04,1\nlena@shop.example,IG,2026-12-04,1\n" +
				"Zoe (Agentur @brand),IG,2026-12-04,1\nAna & Ben (@ana),IG,2026-12-04,1\n@a / @b,IG,2026-12-04,1\nhttps://www.tiktok.com/@mia,IG,2026-12-04,1\n",
			[]string{"@a / @b", "Ana & Ben (@ana)", "Mia und @ben", "Tom via @agency", "Zoe (Agentur @brand)",
				"https://www.tiktok.com/@mia", "lena@shop.example"},
			[]string{"2 created", "3 created ?several_influencers@A", "4 created", "5 created", "6 created ?several_influencers@A",
				"7 created ?several_influencers@A", "8 created"}},
		{"a link instead of the name", "Creator,Platform,Date,Fee\nhttps://www.instagram.com/cyro/,IG,2026-12-04,600\n",
			[]string{"cyro @cyro"}, []string{"2 created ?account_in_name@A"}},
		{"a column of accounts for each platform",
			"Creator,Platform,Instagram handle,TikTok handle,Date,Fee\nAna,IG,@ana,@ana.tt,2026-12-04,600\nAna,TikTok,@ana,@ana.tt,2026-12-11,600\n",
			[]string{"Ana @ana @ana.tt"}, []string{"2 created", "3 created"}},
		{"kinds of accounts",
			"Creator,Platform,Instagram Account,Date,Fee\nBen,IG,creator,2026-12-04,1\nCid,IG,creator,2026-12-04,1\n",
			[]string{"Ben", "Cid"}, []string{"2 created", "3 created"}},
		{"platforms with yes and no", "Creator,Platform,Instagram,TikTok,Date,Fee\nAna,IG,yes,no,2026-12-04,600\n",
			[]string{"Ana"}, []string{"2 created"}},
		{"followers of each platform",
			"Creator,Platform,Instagram Followers,TikTok Followers,Date,Fee\nAna,IG,12k,300k,2026-12-04,600\nBen,TikTok,12k,300k,2026-12-04,600\n",
			[]string{"Ana 12000", "Ben 300000"}, []string{"2 created", "3 created"}},
		{"followers of another platform",
			"Creator,Platform,Instagram Followers,Date,Fee\nAna,TikTok,50000,2026-12-04,600\n", []string{"Ana"},
			[]string{"2 created"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			p := s.bring(c.csv)
			var rows []string
			for _, line := range account(p) {
				rows = append(rows, strings.NewReplacer(" ?campaign_missing", "", " ?no_campaign", "").Replace(line))
			}
			if diff := cmp.Diff(c.rows, rows); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			var people []string
			for _, one := range s.contents().Influencers {
				people = append(people, describe(one))
			}
			if diff := cmp.Diff(c.people, sorted(people)); diff != "" {
				t.Errorf("influencers (-want +got):\n%s", diff)
			}
		})
	}
}

func describe(i crm.Influencer) string {
	text := i.Name
	for _, p := range i.Profiles {
		if p.Handle != "" {
			text += " @" + p.Handle
		}
		if p.Followers != nil {
			text += " " + strconv.FormatInt(p.Followers.Count, 10)
		}
	}
	return text
}

// TestRowsThatAreNoCooperation has lines of forms and totals, cells that stand for those above them, and rows that contradict
// themselves.
func TestRowsThatAreNoCooperation(t *testing.T) {
	t.Parallel()
	const head = "No.,Creator,Platform,Campaign,Date,Fee,Status,Code,Format,Paid\n"
	const ana = "1,Ana,IG,Sale,2026-12-04,600,signed,ANA10,Reel,TRUE\n"
	for _, c := range []struct {
		name, rows string
		want       []string
	}{
		{"a line of a form", "2,,,,,€0.00,,,,FALSE\n3.,,,,,- €,,,,falsch\n", []string{"3 skipped", "4 skipped"}},
		{"a line with a name", "2,Ben,,,,€0.00,,,,FALSE\n", []string{"3 rejected !platform_missing@C"}},
		{"totals of platforms", ",TOTAL INSTAGRAM,Instagram,,,600,,,,\n,Subtotal,IG,,,600,,,,\n,Gesamtsumme,Alle Plattformen,,,600,,,,\n",
			[]string{"3 skipped ?total_row", "4 skipped ?total_row", "5 skipped ?total_row"}},
		{"somebody who is called so", ",Total,IG,Sale,2026-12-05,600,signed,,,\n", []string{"3 created"}},
		{"ditto", ",dito,IG,siehe oben,2026-12-05,1,signed,\"\"\"\",,\n", []string{"3 rejected !ditto@B !ditto@D !ditto@H"}},
		{"a heading", "JANUARY 2027,,,,,,,,,\n", []string{"3 rejected !platform_missing@C !name_missing@B"}},
		{"another status", strings.Replace(ana, "signed", "cancelled", 1), []string{"3 conflict of 2 !differs@G ?cancelled@G"}},
		{"no status", strings.Replace(ana, "signed", "", 1), []string{"3 duplicate of 2 ?no_status@G"}},
		{"another format", strings.Replace(ana, "Reel", "Story", 1), []string{"3 duplicate of 2 ?duplicate_differs@I"}},
		{"another number", strings.Replace(ana, "1,", "7,", 1), []string{"3 duplicate of 2"}},
		{"cancelled beside the name", ",Hal (ABGESAGT),IG,Sale,2026-12-05,1,signed,,,\n,Gu - cancelled,IG,Sale,2026-12-05,1,signed,,,\n",
			[]string{"3 rejected !contradicts_status@B", "4 rejected !contradicts_status@B"}},
		{"a code that is not there yet",
			",Ben,IG,Sale,2026-12-05,1,signed,angefragt,,\n,Cem,IG,Sale,2026-12-05,1,signed,ACTIVE,,\n",
			[]string{"3 created ?no_value@H", "4 created"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := memoryShop(t, nil).bring(head + ana + c.rows)
			checkCounts(t, p)
			if diff := cmp.Diff(c.want, account(p)[1:]); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
	p := memoryShop(t, nil).plan("Creator,Platform,Date,Fee,Notes\nAna,IG,2026-12-04,600,abgesagt\n")
	if diff := cmp.Diff([]string{"2 rejected !contradicts_status@E"}, account(p)); diff != "" {
		t.Errorf("a note (-want +got):\n%s", diff)
	}
}

// What programs write around a value is none of it.
func TestValuesWithWhatProgramsAdd(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	p := s.bring("Creator,Platform,Campaign,Date,Fee,UTM Source,UTM Medium\n" +
		"Ana,IG,Xmas (https://www.notion.so/Xmas-1234?pvs=21),2026-12-04,600,utm_source=ig,?utm_source=ig&utm_medium=story\n")
	if diff := cmp.Diff([]string{"2 created ?utm_with_key@F ?utm_with_key@G"}, account(p)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	c := s.contents()
	got := []string{c.Campaigns[0].Name}
	for _, f := range []column.Field{column.UTMSource, column.UTMMedium} {
		got = append(got, valueOf(p.Rows[0], f))
	}
	if diff := cmp.Diff([]string{"Xmas", "ig", "story"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestLayoutsThatSayWhereElsewhere has exports and sheets that have no column for the platform.
func TestLayoutsThatSayWhereElsewhere(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, csv string
		want      []string // the accounts of the plan's rows
		refused   string
	}{
		{"a list of profiles",
			"Username,Fullname,Profile URL,Date,Fee\nana,Ana Lee,https://www.instagram.com/ana,2026-12-04,600\nben,Ben,tiktok.com/@ben,2026-12-04,1\n",
			[]string{"instagram ana", "tiktok ben"}, ""},
		{"names of users for each platform",
			"Creator,Instagram Username,TikTok Username,Date,Fee\nAna,ana,,2026-12-04,600\nBen,,ben,2026-12-04,1\n",
			[]string{"instagram ana", "tiktok ben"}, ""},
		{"fees for each platform",
			"Creator,Instagram,TikTok,Date,Status\nAna,600,,2026-12-04,signed\nBen,,300,2026-12-04,signed\n",
			nil, "no header row"},
		{"formats",
			"Creator,Handle,Deliverables,Date,Fee\nAna,@ana,1x Reel + 3x Story IG,2026-12-04,600\nBen,ben,2 TikToks,2026-12-04,1\n",
			[]string{"instagram ana", "tiktok ben"}, ""},
		{"formats beside links",
			"Creator,Type,Profile link,Date,Fee\nAna,Macro,https://instagram.com/ana,2026-12-04,600\n",
			[]string{"instagram ana"}, ""},
		{"formats beside platforms", "Creator,Handle,Format,Platform,Date,Fee\nAna,ana,IG Reel,TikTok,2026-12-04,600\n",
			[]string{"tiktok ana"}, ""},
		{"formats of which one names none",
			"Creator,Format,Date,Fee\nAna,IG Reel,2026-12-04,600\nBen,Reel,2026-12-04,600\n", nil, "no header row"},
		{"links of a shop", "Creator,Profile URL,Date,Fee\nAna,https://shop.example/ana,2026-12-04,600\n", nil, "no header row"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			p, err := s.importer().Plan(s.ctx, s.ws, csvfile.New("plan.csv", strings.NewReader(c.csv), nil))
			if c.refused != "" {
				if err == nil || !strings.Contains(err.Error(), c.refused) {
					t.Errorf("%v, %v; want it refused", p, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.importer().Apply(s.ctx, p); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, one := range s.contents().Influencers {
				for _, profile := range one.Profiles {
					got = append(got, profile.Platform+" "+profile.Handle)
				}
			}
			if diff := cmp.Diff(c.want, sorted(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What another column of dates proves, and what wraps or ends a day in words.
func TestDatesBesideOtherDates(t *testing.T) {
	t.Parallel()
	p := memoryShop(t, nil).bring("Creator,Platform,Campaign,Start date,End date,Fee\n" +
		"Ana,IG,Sale,12/04/2026,12/20/2026,600\nBen,IG,\"Sale\nAutumn\",\"Fri\n2026-12-11\",ongoing,1\n")
	if diff := cmp.Diff([]string{"2 created ?read_by_column@D", "3 created ?open_end@E"}, account(p)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	got := []string{valueOf(p.Rows[0], column.Start), valueOf(p.Rows[1], column.Start), valueOf(p.Rows[1], column.End)}
	if diff := cmp.Diff([]string{"2026-12-04", "2026-12-11", ""}, got); diff != "" {
		t.Errorf("dates (-want +got):\n%s", diff)
	}
}

// TestLaterVersions has sheets in which a second column has the last word, on some rows only.
func TestLaterVersions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, header, rows string
		field              column.Field
		want               []string
	}{
		{"status", "Status,New status", "cancelled,\nnegotiating,signed\ndraft,\n", column.Status, []string{"cancelled", "signed", "draft"}},
		{"cost", "Fee,Final fee", "500,\n300,250\n200,0\n", column.Cost, []string{"500.00 EUR", "250.00 EUR", "200.00 EUR"}},
		{"dates", "Date,Live", "2026-12-01,\n2026-12-02,2026-12-05\n2026-12-03,\n", column.Start,
			[]string{"2026-12-01", "2026-12-02", "2026-12-03"}},
		{"dates that are none", "Date,Live", "2026-12-01,ja\n2026-12-02,2026-12-05\n", column.Start, []string{"2026-12-01", "2026-12-02"}},
		{"another currency", "Fee (USD),Final fee (EUR)", "300,\n200,250\n", column.Cost, []string{"", "250.00 EUR"}},
		{"a gross amount is no earlier one", "Planned fee,Fee", "300,\n200,250\n", column.Cost, []string{"", "250.00 EUR"}},
		{"another noun", "Fee,Final price", "500,49.90\n300,39.90\n", column.Cost, []string{"500.00 EUR", "300.00 EUR"}},
		{"words beside amounts", "Fee,Price", "400,49.90\n300,39.90\n", column.Cost, []string{"400.00 EUR", "300.00 EUR"}},
		{"rows that end before the later column", "Fee,Final fee", "200\n300,250\n", column.Cost, []string{"200.00 EUR", "250.00 EUR"}},
		{"few cells of many", "Gage,Preis", strings.Repeat("7,500\n", 100) + strings.Repeat(",500\n", 400), column.Cost,
			slices.Repeat([]string{"500.00 EUR"}, 500)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			csv := "Creator,Platform,Campaign," + c.header + "\n"
			for n, row := range strings.Split(strings.TrimSpace(c.rows), "\n") {
				csv += "Person " + strconv.Itoa(n) + ",IG,Sale," + row + "\n"
			}
			p := memoryShop(t, nil).bring(csv)
			var got []string
			for _, r := range p.Rows {
				got = append(got, valueOf(r, c.field))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A sheet that has no number in its months yet is not refused for what they may be.
func TestMonthsThatAreBlank(t *testing.T) {
	t.Parallel()
	p := memoryShop(t, nil).plan("Creator,Platform,Campaign,Posts,January 2026,February 2026\nAna,IG,Sale,3,,\n")
	if got := account(p); len(got) != 1 || !strings.Contains(got[0], "rejected") {
		t.Errorf("%v", got)
	}
}
