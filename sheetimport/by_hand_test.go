package sheetimport_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/report"
	"github.com/getklar/influencercrm/utm"
)

// made puts a cooperation into the CRM as a person would.
func (s *shop) made(of crm.Influencer, campaign crm.Campaign, c crm.Cooperation) crm.Cooperation {
	s.t.Helper()
	c.Campaign, c.Influencer = campaign.ID, of.ID
	if c.Profile.IsZero() && len(of.Profiles) > 0 {
		c.Profile = of.Profiles[0].ID
	}
	saved, err := s.service.CreateCooperation(s.ctx, s.ws, c)
	if err != nil {
		s.t.Fatal(err)
	}
	return saved.Cooperation
}

func codes(patterns ...string) (rules []discount.Rule) {
	for _, p := range patterns {
		rules = append(rules, discount.Rule{Match: discount.Equals, Pattern: p})
	}
	return rules
}

func days(start, end string) (p budget.Period) {
	if start != "" {
		p.Start = budget.MustParseDate(start)
	}
	if end != "" {
		p.End = budget.MustParseDate(end)
	}
	return p
}

// TestMadeByHand holds rows against a cooperation that a person has made: signed, 500 EUR, from 1 to 30 June, code IDA10.
func TestMadeByHand(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Handle,Platform,Campaign,Posting date,End date,Fee,Discount code,Deal status,Notes\n"
	const same = "Ida,@ida,IG,Sale,2026-06-01,2026-06-30,500,IDA10,signed,\n"
	for _, c := range []struct {
		name string
		edit func(*crm.Cooperation) // of what the person has made
		csv  string
		want []string
		cost int64 // of all cooperations afterwards, in cents
	}{
		{"the same", nil, head + same, []string{"2 duplicate ?made_by_hand"}, 500_00},
		{"the same with the name and code in other letters", nil, head + "IDA,@Ida,Instagram,sale,1.6.2026,30.6.2026,500,ida10,signed,\n",
			[]string{"2 duplicate ?made_by_hand"}, 500_00},
		{"the same without a handle", nil, strings.Replace(head+same, "@ida", "", 1), []string{"2 duplicate ?made_by_hand"}, 500_00},
		{"the same, twice", nil, head + same + same, []string{"2 duplicate ?made_by_hand", "3 duplicate of 2"}, 500_00},
		{"the row says less", nil, "Influencer,Platform,Campaign,Posting date\nIda,IG,Sale,2026-06-01\n",
			[]string{"2 duplicate ?made_by_hand"}, 500_00},
		{"the sheet has no days", nil, "Influencer,Platform,Campaign,Fee,Code\nIda,IG,Sale,500,IDA10\n",
			[]string{"2 duplicate ?made_by_hand"}, 500_00},
		{"the row says more", nil, head + "Ida,@ida,IG,Sale,2026-06-01,2026-06-30,500,IDA10,signed,two stories\n",
			[]string{"2 duplicate ?made_by_hand ?not_taken_over"}, 500_00},
		{"another cost", nil, strings.Replace(head+same, "500", "600", 1), []string{"2 conflict !differs_by_hand@G"}, 500_00},
		{"a cost, where the CRM has none", func(c *crm.Cooperation) { c.Cost, c.Status = budget.Money{}, crm.Draft },
			strings.Replace(head+same, "signed", "draft", 1), []string{"2 conflict !differs_by_hand@G"}, 0},
		{"another status", func(c *crm.Cooperation) { c.Status = crm.Negotiating }, head + same,
			[]string{"2 conflict !differs_by_hand@I"}, 500_00},
		{"the same day with another code", nil, strings.Replace(head+same, "IDA10", "IDA20", 1),
			[]string{"2 conflict !differs_by_hand@H"}, 500_00},
		{"the same day with another end and another cost", nil, head + "Ida,@ida,IG,Sale,2026-06-01,2026-07-30,50,IDA10,signed,\n",
			[]string{"2 conflict !differs_by_hand@G !differs_by_hand@F"}, 500_00},
		{"the same code on some of the days", nil, strings.Replace(head+same, "2026-06-01", "2026-06-03", 1),
			[]string{"2 conflict !differs_by_hand@E"}, 500_00},
		{"the same code on some of the days in two rows", nil,
			head + "Ida,@ida,IG,Sale,2026-06-03,,200,IDA10,signed,\nIda,@ida,IG,Sale,2026-06-17,,300,IDA10,signed,\n",
			[]string{"2 created ?like_by_hand", "3 created ?like_by_hand"}, 1_000_00},
		{"the same code on other days", nil, head + "Ida,@ida,IG,Sale,2026-07-01,2026-07-31,500,IDA10,signed,\n",
			[]string{"2 created ?like_by_hand"}, 1_000_00},
		{"other days with another code", nil, head + "Ida,@ida,IG,Sale,2026-06-03,2026-07-31,500,IDA20,signed,\n",
			[]string{"2 created"}, 1_000_00},
		{"another code and no days", nil, head + "Ida,@ida,IG,Sale,,,500,IDA20,signed,\n",
			[]string{"2 created ?no_dates@E ?like_by_hand"}, 1_000_00},
		{"no days in the CRM", func(c *crm.Cooperation) { c.Period, c.Status = budget.Period{}, crm.Draft },
			strings.Replace(head+same, "signed", "draft", 1), []string{"2 conflict !differs_by_hand@F !differs_by_hand@E"}, 500_00},
		{"no days in the CRM, and two rows", func(c *crm.Cooperation) { c.Period, c.Status, c.Rules = budget.Period{}, crm.Draft, nil },
			head + "Ida,@ida,IG,Sale,2026-06-03,,200,IDA10,signed,\nIda,@ida,IG,Sale,2026-06-17,,300,IDA20,signed,\n",
			[]string{"2 created ?like_by_hand", "3 created ?like_by_hand"}, 1_000_00},
		{"no profile in the CRM", func(c *crm.Cooperation) { c.Profile = crm.ProfileID{} }, head + same,
			[]string{"2 duplicate ?made_by_hand ?not_taken_over"}, 500_00},
		{"cancelled in the CRM", func(c *crm.Cooperation) { c.Cancellation = &crm.Cancellation{On: budget.MustParseDate("2026-06-02")} },
			head + same, []string{"2 conflict !differs_by_hand@I"}, 500_00},
		{"another platform", nil, strings.Replace(strings.Replace(head+same, "IG", "TikTok", 1), "@ida", "@ida.tt", 1),
			[]string{"2 created"}, 1_000_00},
		{"another account on the platform", nil, strings.Replace(head+same, "@ida", "@ida.too", 1),
			[]string{"2 created ?namesake@B ?code_conflict@H"}, 1_000_00},
		{"another campaign", nil, strings.Replace(head+same, "Sale", "Autumn", 1), []string{"2 created"}, 1_000_00},
		{"another influencer", nil, strings.Replace(head+same, "Ida,@ida", "Mats,@mats", 1), []string{"2 created ?code_conflict@H"}, 1_000_00},
		{"the same and another posting on the day", nil, head + same + "Ida,@ida,IG,Sale,2026-06-01,,100,IDA20,signed,\n",
			[]string{"2 duplicate ?made_by_hand", "3 created"}, 600_00},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			ida := s.influencer(crm.Influencer{Name: "Ida", Profiles: []crm.Profile{{Platform: "instagram", Handle: "ida"}}})
			one := crm.Cooperation{Status: crm.Signed, Period: days("2026-06-01", "2026-06-30"),
				Cost: budget.FromMinor(500_00, "EUR"), Rules: codes("IDA10"),
				Profile: ida.Profiles[0].ID}
			if c.edit != nil {
				c.edit(&one)
			}
			one.Campaign, one.Influencer = s.campaign("Sale").ID, ida.ID
			before := s.add(one)
			plan := s.bring(c.csv)
			if diff := cmp.Diff(c.want, account(plan)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			checkCounts(t, plan)
			var cost int64
			for _, there := range s.contents().Cooperations {
				cost += there.Cost.Minor()
				if there.ID == before.ID {
					if diff := cmp.Diff(before, there, exactly...); diff != "" {
						t.Errorf("what the person made has changed (-before +after):\n%s", diff)
					}
				}
			}
			if cost != c.cost {
				t.Errorf("all cost %d, want %d", cost, c.cost)
			}
			head := s.contents().Head
			again := s.bring(c.csv)
			if after := s.contents().Head; after != head {
				t.Errorf("the second import wrote %d changes: %q", after.Seq-head.Seq, account(again))
			}
			for n, r := range plan.Rows {
				if now := again.Rows[n].Verdict; now != r.Verdict && r.Verdict != sheetimport.Created {
					t.Errorf("row %d is %s the second time, and was %s", r.Row, now, r.Verdict)
				}
			}
		})
	}
}

// A row that says what a person has made names it, in the plan, in its text and in the status of the row.
func TestMadeByHandIsNamed(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	ida := s.influencer(crm.Influencer{Name: "Ida", Profiles: []crm.Profile{{Platform: "instagram", Handle: "ida"}}})
	sale := s.campaign("Sale")
	first := s.made(ida, sale, crm.Cooperation{Status: crm.Signed, Period: days("2026-06-01", ""), Cost: budget.FromMinor(500_00, "EUR")})
	second := s.made(ida, sale, crm.Cooperation{Status: crm.Signed, Period: days("2026-06-09", ""), Cost: budget.FromMinor(500_00, "EUR")})
	plan := s.plan("Influencer,Platform,Campaign,Posting date,Fee\nIda,IG,Sale,2026-06-01,500\nIda,IG,Sale,2026-06-09,450\n")
	if plan.Rows[0].Cooperation != first.ID || plan.Rows[1].Cooperation != second.ID {
		t.Errorf("%s and %s, want %s and %s", plan.Rows[0].Cooperation, plan.Rows[1].Cooperation, first.ID, second.ID)
	}
	want := map[language.Tag][]string{
		language.English: {
			`Not imported: somebody has made this cooperation in the CRM already: "Sale - Ida - Instagram"; the row changes nothing`,
			`Not imported: Fee "450": somebody has made this cooperation in the CRM already, with 500.00 EUR here: "Sale - Ida - Instagram - 2026-06-09"; ` +
				`decide which is right and write it into both; if they are two, make the other one there too`,
		},
		language.German: {
			`Nicht importiert: jemand hat diese Kooperation im CRM schon angelegt: „Sale - Ida - Instagram“; die Zeile ändert nichts`,
			`Nicht importiert: Fee „450“: jemand hat diese Kooperation im CRM schon angelegt, dort steht hier 500,00 EUR: ` +
				`„Sale - Ida - Instagram - 2026-06-09“; entscheiden, was stimmt, und es in beide schreiben; sind es zwei, die andere auch dort anlegen`,
		},
	}
	for lang, texts := range want {
		status := report.StatusTexts(plan, lang)
		if diff := cmp.Diff(texts, []string{status[2], status[3]}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
	}
	var b strings.Builder
	if err := report.WriteText(&b, plan, nil); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		`  row 2 duplicate: somebody has made this cooperation in the CRM already: "Sale - Ida - Instagram"`,
		`  row 3 conflict in E "Fee" "450": somebody has made this cooperation`,
	} {
		if !strings.Contains(b.String(), line) {
			t.Errorf("%q is missing in\n%s", line, b.String())
		}
	}
}

// A row of which only a later row tells whom it is about is held against what people made, too.
func TestMadeByHandOfANamesake(t *testing.T) {
	t.Parallel()
	for _, further := range []int{0, 60} { // with few rows a plan reads what they name, with many the whole workspace
		s := memoryShop(t, nil)
		ida := s.influencer(crm.Influencer{Name: "Ida", Profiles: []crm.Profile{{Platform: "instagram", Handle: "ida"}}})
		s.influencer(crm.Influencer{Name: "Ida", Profiles: []crm.Profile{{Platform: "tiktok", Handle: "other"}}})
		s.made(ida, s.campaign("Sale"), crm.Cooperation{Status: crm.Signed, Period: days("2026-06-01", ""),
			Cost: budget.FromMinor(500_00, "EUR")})
		text := "Influencer,Handle,Platform,Campaign,Posting date,Fee\nIda,@ida,Twitch,Sale,2026-06-09,1\nIda,@ida,IG,Sale,2026-06-01,500\n"
		for n := range further {
			text += "Mats,,IG,Sale,2026-07-01," + strings.Repeat("1", n%5+1) + "\n"
		}
		plan := s.plan(text)
		if got := account(plan)[1]; got != "3 duplicate ?made_by_hand" {
			t.Errorf("%d further rows: %s", further, got)
		}
	}
}

// drawByHand fills a workspace with cooperations that people have made, which differ in what tells two rows apart.
func drawByHand(t *rapid.T) *shop {
	s := memoryShop(t, nil)
	var people []crm.Influencer
	for n, name := range []string{"Ida Castell", "Mats Lang", "Lea Weiß"} {
		i := crm.Influencer{Name: name, Profiles: []crm.Profile{{Platform: "instagram", Handle: string(rune('a' + n))},
			{Platform: "tiktok", Handle: string(rune('k' + n))}}}
		people = append(people, s.influencer(i))
	}
	campaigns := []crm.Campaign{s.campaign("Sale"), s.campaign("Always on")}
	type apart struct{ influencer, campaign, day int } // the platform does not tell two rows apart
	made := map[apart]bool{}
	for range rapid.IntRange(1, 8).Draw(t, "cooperations") {
		at := apart{rapid.IntRange(0, 2).Draw(t, "influencer"), rapid.IntRange(0, 1).Draw(t, "campaign"), rapid.IntRange(0, 3).Draw(t, "day")}
		if made[at] {
			continue
		}
		made[at] = true
		c := crm.Cooperation{
			Campaign: campaigns[at.campaign].ID, Influencer: people[at.influencer].ID,
			Profile: people[at.influencer].Profiles[rapid.IntRange(0, 1).Draw(t, "profile")].ID,
			Status:  rapid.SampledFrom([]crm.Status{crm.Draft, crm.Negotiating, crm.Signed}).Draw(t, "status"),
			Cost:    budget.FromMinor(rapid.Int64Range(0, 100_000).Draw(t, "cost"), "EUR"),
			Notes:   rapid.SampledFrom([]string{"", "two stories"}).Draw(t, "notes"), LastTouch: rapid.Bool().Draw(t, "last touch"),
			Rules: codes(rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"SALE10", "IDA10", "LEA20"}), 0, 2,
				rapid.ID[string]).Draw(t, "codes")...),
		}
		if at.day > 0 {
			c.Period.Start = budget.MustParseDate("2026-06-01").AddDays(7 * at.day)
			if rapid.Bool().Draw(t, "with an end") {
				c.Period.End = c.Period.Start.AddDays(rapid.IntRange(0, 20).Draw(t, "days"))
			}
		}
		if rapid.Bool().Draw(t, "utm") {
			c.UTM = utm.Params{Source: utm.Of("instagram"), Term: utm.Of("ida")}
		}
		s.add(c)
	}
	return s
}

// TestByHandAgain exports what people have made, and imports the sheet: as it is, and without the column of ids, in any order of
// the rows. Neither changes anything.
func TestByHandAgain(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := drawByHand(t)
		before := s.contents()
		text, _ := s.export()
		for _, sheet := range []string{text, withoutIDs(t, text)} {
			plan := s.bring(sheet)
			for _, r := range plan.Rows {
				if r.Verdict != sheetimport.Unchanged && r.Verdict != sheetimport.Duplicate {
					t.Fatalf("row %d is %s: %v %v\n%s", r.Row, r.Verdict, r.Problems, r.Notices, sheet)
				}
			}
			after := s.contents()
			after.Runs = before.Runs
			if diff := cmp.Diff(before, after, exactly...); diff != "" {
				t.Fatalf("(-before +after):\n%s", diff)
			}
		}
	})
}

// withoutIDs is an exported sheet without its column of ids, its rows in another order.
func withoutIDs(t *rapid.T, text string) string {
	rows := parseCSV(t, text)
	at := slices.Index(rows[2], "CRM ID")
	for n, row := range rows {
		rows[n] = slices.Delete(row, at, at+1)
	}
	rows = append(rows[:3:3], rapid.Permutation(rows[3:]).Draw(t, "order")...)
	return formatCSV(t, rows)
}

// What somebody makes between the plan and its import is found, too.
func TestMadeByHandMeanwhile(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	ida := s.influencer(crm.Influencer{Name: "Ida", Profiles: []crm.Profile{{Platform: "instagram", Handle: "ida"}}})
	sale := s.campaign("Sale")
	plan := s.plan("Influencer,Platform,Campaign,Posting date,Fee\nIda,IG,Sale,2026-06-01,500\n")
	s.made(ida, sale, crm.Cooperation{Status: crm.Signed, Period: days("2026-06-01", ""), Cost: budget.FromMinor(500_00, "EUR")})
	if _, err := s.importer().Apply(context.Background(), plan); err == nil {
		t.Error("the import of the outdated plan went on")
	}
	if n := len(s.contents().Cooperations); n != 1 {
		t.Errorf("%d cooperations, want 1", n)
	}
}
