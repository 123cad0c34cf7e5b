package crm_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

func leftText(left []crm.LeftOut) []string {
	lines := []string{}
	for _, l := range left {
		lines = append(lines, strings.Join(slices.DeleteFunc([]string{l.Name, l.Field, l.Value, l.Why.String()},
			func(s string) bool { return s == "" }), " | "))
	}
	return lines
}

func TestCloneACampaign(t *testing.T) {
	t.Parallel()
	s, _, i := defaultsShop(t)
	anna, leo := s.member("Anna"), s.member("Leo")
	otto, pam := s.influencer("Otto"), s.influencer("Pam")
	summer := must(s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{
		Name: "Summer Sale", Budget: eur(500000), RevenueTarget: eur(900000), Period: days("2026-06-01", "2026-06-30"), Notes: "Bring the shoes",
	}))(t)
	deal := crm.Cooperation{Campaign: summer.ID, Influencer: i.ID, Profile: i.Profiles[0].ID, Period: days("2026-06-05", "2026-06-20")}

	whole := deal
	whole.Status, whole.Cost, whole.Spread, whole.LastTouch, whole.Responsible = crm.Signed,
		budget.FromMinor(1000, "USD"), budget.OnEnd, true, anna.ID
	whole.Notes, whole.Custom = "invoice is paid", map[string]string{"Invoice": "4711"}
	whole = s.book(whole)
	given := deal
	given.Name, given.Period = "Her reel", days("2026-06-10", "")
	given.UTM = utm.Params{Medium: utm.Of("paid-social"), Term: utm.Of(""), Content: utm.Of("reel-june")}
	given.Rules = []discount.Rule{equals("JOERG20"), equals("joerg10")}
	given.Responsible = leo.ID
	given = s.book(given)
	row := s.load(crm.Cooperation{Campaign: summer.ID, Influencer: pam.ID, Name: "Row",
		Rules: []discount.Rule{equals("PAM")}, Imported: &crm.Imported{Key: "row 4"}})
	cancelled := s.book(crm.Cooperation{Campaign: summer.ID, Influencer: pam.ID, Name: "Cancelled",
		Cancellation: &crm.Cancellation{On: day("2026-06-02")}})
	away := s.book(crm.Cooperation{Campaign: summer.ID, Influencer: pam.ID, Name: "Away"})
	ottos := s.book(crm.Cooperation{Campaign: summer.ID, Influencer: otto.ID})
	for _, r := range []crm.Record{away, otto, leo} {
		must(s.crm.Archive(ctx, s.ws, asRead(r), ""))(s)
	}

	done := must(s.crm.CloneCampaign(ctx, s.ws, summer.ID,
		crm.CloneOptions{Name: "Autumn Sale", Start: day("2026-09-01"), Cooperations: true}))(t)
	want := summer
	want.ID, want.Name, want.Period = done.Campaign.ID, "Autumn Sale", days("2026-09-01", "2026-09-30")
	if diff := cmp.Diff(want, must(s.crm.Campaign(ctx, s.ws, done.Campaign.ID))(t), values); diff != "" || done.Campaign.ID == summer.ID {
		t.Errorf("campaign (-want +got):\n%s", diff)
	}
	const alone = "it was given to this cooperation alone; the new one has the defaults"
	if diff := cmp.Diff([]string{
		"Her reel | responsible | Leo | this member is archived",
		"Her reel | utm.content | reel-june | " + alone,
		"Her reel | rules[0] | equals JOERG20 | " + alone,
		"Row | rules[0] | equals PAM | " + alone,
		"Cancelled | it was cancelled on 2026-06-02",
		"Away | it was archived on 2026-05-20",
		`Summer Sale - Otto | influencer "Otto": is archived and takes no new cooperations; restore it first`,
	}, leftText(done.LeftOut)); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
	left := []crm.CooperationID{}
	for _, l := range done.LeftOut {
		left = append(left, l.Cooperation)
	}
	if diff := cmp.Diff([]crm.CooperationID{given.ID, given.ID, given.ID, row.ID, cancelled.ID, away.ID, ottos.ID}, left); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}

	if len(done.Cooperations) != 3 {
		t.Fatalf("%d cooperations", len(done.Cooperations))
	}
	for n, from := range []crm.CooperationID{whole.ID, given.ID, row.ID} {
		got := done.Cooperations[n]
		if diff := cmp.Diff(s.cooperation(got.Cooperation.ID), got.Cooperation, values); diff != "" || got.From != from {
			t.Errorf("clone %d (-stored +returned):\n%s", n, diff)
		}
	}
	first, second, third := done.Cooperations[0].Cooperation, done.Cooperations[1].Cooperation, done.Cooperations[2].Cooperation
	expected := whole
	expected.ID, expected.Campaign, expected.Name, expected.Status = first.ID, done.Campaign.ID,
		"Autumn Sale - Jörg Weiß - Instagram", crm.Draft
	expected.Period, expected.Notes, expected.Custom = days("2026-09-05", "2026-09-20"), "", map[string]string{}
	expected.UTM.Campaign, expected.UTM.Content = utm.Of("autumn-sale"), utm.Of("joerg-2026-09")
	if diff := cmp.Diff(expected, first, values); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	wantUTM(t, second, map[string]string{
		"source": "instagram (inherited)", "medium": "paid-social (inherited from profile)", "campaign": "autumn-sale (inherited)",
		"term": "joerg-weiss (inherited)", "content": "joerg-2026-09 (inherited from profile)",
	})
	wantRules(t, second, "inherited", "equals JOERG10")
	if second.Name != "Her reel" || !second.Responsible.IsZero() {
		t.Errorf("second %+v", second)
	}
	wantRules(t, third, "")
	if third.Imported != nil || third.Name != "Row" || len(done.Cooperations[2].Notices) == 0 {
		t.Errorf("third %+v", done.Cooperations[2])
	}
}

func TestCloneOptions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		period budget.Period
		o      crm.CloneOptions
		want   budget.Period
		err    string
	}{
		{"by days", days("2026-06-01", "2026-06-30"), crm.CloneOptions{Days: 30}, days("2026-07-01", "2026-07-30"), ""},
		{"back", days("", "2026-06-30"), crm.CloneOptions{Days: -30}, days("", "2026-05-31"), ""},
		{"not at all", days("2026-06-01", ""), crm.CloneOptions{}, days("2026-06-01", ""), ""},
		{"to a start", days("2026-06-01", "2026-06-30"), crm.CloneOptions{Start: day("2024-02-01")}, days("2024-02-01", "2024-03-01"), ""},
		{"undated", budget.Period{}, crm.CloneOptions{Days: 30}, budget.Period{}, ""},
		{"a start from nowhere", days("", "2026-06-30"), crm.CloneOptions{Start: day("2026-07-01")}, budget.Period{},
			`campaign start "2026-07-01": "Summer" has no start to move from; say by how many days it moves`},
		{"both", days("2026-06-01", ""), crm.CloneOptions{Start: day("2026-07-01"), Days: 30}, budget.Period{},
			`campaign days "30": say either on which day the new campaign starts or by how many days it moves`},
		{"out of the calendar", days("2026-06-01", ""), crm.CloneOptions{Days: 1 << 40}, budget.Period{},
			"is outside the years 1900 to 2200; check the year"},
		{"to a start out of the calendar", days("2026-06-01", ""),
			crm.CloneOptions{Start: day("2026-06-01").AddDays(1 << 40)}, budget.Period{},
			"is outside the years 1900 to 2200; check the year"},
		{"without a name", days("2026-06-01", ""), crm.CloneOptions{Name: " "}, budget.Period{}, `campaign name "": a campaign needs a name`},
		{"with its own name", days("2026-06-01", ""), crm.CloneOptions{Name: "SUMMER"}, budget.Period{},
			`campaign name "SUMMER": there is a campaign "Summer" already; choose another name`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			c := must(s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Name: "Summer", Period: test.period}))(t)
			s.book(crm.Cooperation{Campaign: c.ID, Influencer: s.influencer("Pam").ID})
			if test.o.Name == "" {
				test.o.Name = "Autumn"
			}
			before := s.head()
			done, err := s.crm.CloneCampaign(ctx, s.ws, c.ID, test.o)
			switch {
			case test.err != "":
				if len(crm.FieldErrors(err)) == 0 || !strings.Contains(err.Error(), test.err) {
					t.Errorf("got %v, want %s", err, test.err)
				}
				if s.head() != before {
					t.Error("something was written")
				}
			case err != nil:
				t.Error(err)
			case done.Campaign.Period != test.want || len(done.Cooperations) != 0 || done.Cooperations == nil || done.LeftOut == nil:
				t.Errorf("%+v", done)
			}
		})
	}
}

func TestACloneThatMovesACooperationOutOfTheCalendarLeavesItOut(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	c := s.campaign("Summer")
	s.book(crm.Cooperation{Campaign: c.ID, Influencer: s.influencer("Pam").ID, Period: days("2026-06-01", "2026-06-02")})
	done := must(s.crm.CloneCampaign(ctx, s.ws, c.ID, crm.CloneOptions{Name: "Far", Days: 100_000, Cooperations: true}))(t)
	want := []string{`Summer - Pam | period.start "2300-03-17": is outside the years 1900 to 2200; check the year; period.end "2300-03-18": is outside the years 1900 to 2200; check the year`}
	if diff := cmp.Diff(want, leftText(done.LeftOut)); diff != "" || len(done.Cooperations) != 0 {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
	if _, err := s.crm.CloneCampaign(ctx, s.ws, crm.CampaignID(nobody), crm.CloneOptions{Name: "x"}); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("nobody's campaign: %v", err)
	}
}

func TestACloneIsNotBiggerThanABulk(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	c, pam := s.campaign("Summer"), s.influencer("Pam")
	s.ok(s.work(func(w *crm.Work) error {
		for n := range crm.MaxBulk + 1 {
			if _, err := w.ImportCooperation(ctx, crm.Cooperation{Campaign: c.ID, Influencer: pam.ID, Name: fmt.Sprint("Deal ", n)}); err != nil {
				return err
			}
		}
		return nil
	}))
	_, err := s.crm.CloneCampaign(ctx, s.ws, c.ID, crm.CloneOptions{Name: "Autumn", Cooperations: true})
	const want = `campaign cooperations "10001": at most 10000 cooperations can be cloned with their campaign; clone the campaign without them`
	if !errors.Is(err, crm.ErrInvalid) || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	must(s.crm.CloneCampaign(ctx, s.ws, c.ID, crm.CloneOptions{Name: "Autumn"}))(t)
}

func TestCloneAMonth(t *testing.T) {
	t.Parallel()
	tests := []struct {
		from, to string // the campaign's name, and the month
		want     string // the new one's name
		period   budget.Period
		dates    [2]string // of a cooperation, before and after
	}{
		{"June 2026", "", "July 2026", days("2026-07-01", "2026-07-31"), [2]string{"2026-06-15 2026-06-30", "2026-07-15 2026-07-31"}},
		{" june  2026 ", "2026-09", "September 2026", days("2026-09-01", "2026-09-30"),
			[2]string{"2026-06-01 2026-07-10", "2026-09-01 2026-10-10"}},
		{"December 2026", "", "January 2027", days("2027-01-01", "2027-01-31"), [2]string{"2026-12-31 ", "2027-01-31 "}},
		{"JANUARY 2027", "", "February 2027", days("2027-02-01", "2027-02-28"), [2]string{"2027-01-29 2027-01-30", "2027-02-28 2027-02-28"}},
		{"February 2027", "2024-02", "February 2024", days("2024-02-01", "2024-02-29"),
			[2]string{"2027-02-27 2027-02-28", "2024-02-27 2024-02-29"}},
		{"May 2026", "2026-06", "June 2026", days("2026-06-01", "2026-06-30"), [2]string{" ", " "}},
	}
	for _, test := range tests {
		t.Run(test.from+" to "+test.want, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			c := must(s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Name: test.from, Budget: eur(1000)}))(t)
			before := strings.Split(test.dates[0], " ")
			s.book(crm.Cooperation{Campaign: c.ID, Influencer: s.influencer("Pam").ID, Period: days(before[0], before[1])})
			var to budget.Month
			if test.to != "" {
				to = budget.MustParseMonth(test.to)
			}
			done := must(s.crm.CloneMonth(ctx, s.ws, c.ID, to))(t)
			if got := done.Campaign; got.Name != test.want || got.Period != test.period || got.Budget != eur(1000) {
				t.Errorf("%+v", got)
			}
			p := done.Cooperations[0].Cooperation.Period
			if got := p.Start.String() + " " + p.End.String(); got != test.dates[1] {
				t.Errorf("%s became %s, want %s", test.dates[0], got, test.dates[1])
			}
		})
	}
}

func TestAMonthThatCannotBeCloned(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	june := s.campaign("June 2026")
	tests := []struct {
		name string
		to   budget.Month
		want string
	}{
		{"", budget.MustParseMonth("2026-06"), `campaign name "June 2026": there is a campaign "June 2026" already; choose another name`},
		{"", budget.MustParseMonth("2026-06").Add(10_000), `campaign month "2859-10": is outside the years 1900 to 2200; check the year`},
		{"Summer 2026", budget.Month{},
			`campaign name "Summer 2026": is not the name of a month, like "June 2026"; clone it under a name and with dates of your own`},
		{"June", budget.Month{}, `is not the name of a month`},
		{"2026", budget.Month{}, `is not the name of a month`},
		{"June 20266", budget.Month{}, `is not the name of a month`},
		{"June +2027", budget.Month{}, `is not the name of a month`},
		{"Juni 2026", budget.Month{}, `is not the name of a month`},
		{"June 2026 Sale", budget.Month{}, `is not the name of a month`},
	}
	for _, test := range tests {
		c := june
		if test.name != "" {
			c = s.campaign(test.name)
		}
		if _, err := s.crm.CloneMonth(ctx, s.ws, c.ID, test.to); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %s", c.Name, err, test.want)
		}
	}
}

func FuzzNameOfAMonth(f *testing.F) {
	for _, name := range []string{"June 2026", " june\t2026", "June 02026", "June -1", "Ｊｕｎｅ ２０２６", "June", "2026", "May 99999999999999999999", "March 1899", "March 2200"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		s := newShop(t)
		c, err := s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Name: name})
		if err != nil {
			return // no name of a campaign, which is tested elsewhere
		}
		done, err := s.crm.CloneMonth(ctx, s.ws, c.ID, budget.Month{})
		if err != nil {
			if len(crm.FieldErrors(err)) != 1 {
				t.Fatal(err)
			}
			return
		}
		month := done.Campaign.Period.Start.Month().Add(-1)
		if want := fmt.Sprintf("%s %d", month.TimeMonth(), month.Year()); crm.Fold(name) != crm.Fold(want) {
			t.Fatalf("%q was read as %s", name, want)
		}
	})
}
