package attribution_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/discount"
)

func codeMaker(t testing.TB, deals ...string) *attribution.Index {
	s := snapshot(crm.Workspace{IgnoredCodes: []string{"NEWS10"}}, deals)
	for n, person := range []crm.Influencer{
		{Name: "Pam Style", Profiles: []crm.Profile{
			{Platform: "tiktok", Rules: []discount.Rule{percentage("7.5"), percentage("20")}},
			{Platform: "instagram", Handle: "pam.style", Rules: []discount.Rule{percentage("15.0")}},
		}},
		{Name: "Jörg Weiß"}, {Name: "News"}, {Name: "Pam Other"}, {Name: "王"},
	} {
		person.ID[15] = byte('P' + n)
		s.Influencers = append(s.Influencers, person)
	}
	return must(attribution.NewIndex(s, nil))
}

func percentage(value string) discount.Rule {
	return discount.Rule{Match: discount.Equals, Pattern: "OLD", Benefit: discount.Benefit{Kind: discount.Percentage,
		Value: decimal.RequireFromString(value)}}
}

// The percentage is the one that is given, or that of the influencer's default rules.
func TestNewCodesWithAPercentage(t *testing.T) {
	t.Parallel()
	x := codeMaker(t)
	for _, test := range []struct {
		options attribution.CodeOptions
		want    string
	}{
		{attribution.CodeOptions{}, "PAM20, there is nothing for {percent}"},
		{attribution.CodeOptions{Platform: "instagram"}, "PAM15, there is nothing for {percent}"},
		{attribution.CodeOptions{Percent: 100, Platform: "instagram"}, "PAM100, JOERG100"},
	} {
		var got []string
		for _, c := range must(x.NewCodes("{first_name}{percent}", []crm.InfluencerID{{15: 'P'}, {15: 'Q'}}, &test.options)) {
			got = append(got, c.Code+c.Problem.String())
		}
		if diff := cmp.Diff(test.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", test.options, diff)
		}
	}
	for _, percent := range []int{-1, 101} {
		_, err := x.NewCodes("{percent}", nil, &attribution.CodeOptions{Percent: percent})
		if want := fmt.Sprintf("percent %q: must be a whole number of percent from 1 to 100", fmt.Sprint(percent)); !errors.Is(err, crm.ErrInvalid) || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestNewCodes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, pattern, who string
		deals              []string
		want               string
	}{
		{"the first name", "{first_name}10", "PQ", nil, "PAM10, JOERG10"},
		{"the whole name", "{influencer}", "PQ", nil, "PAMSTYLE, JOERGWEISS"},
		{"a handle", "{handle}-10", "P", nil, "PAMSTYLE-10"},
		{"no handle", "{handle}-10", "Q", nil, "there is nothing for {handle}"},
		{"the campaign", "{campaign}{first_name}", "P", nil, "SUMMERPAM"},
		{"a number", "{first_name}{n}", "P", []string{"A draft =PAM1"}, `PAM20`},
		{"letters of its own", "{random:4}", "P", nil, "YV33"},
		{"on the ignored list", "{first_name}10", "R", nil, `"NEWS10" is on the list of ignored codes`},
		{"another one's code", "{first_name}10", "P", []string{"A 01-01..01-02 =PAM10"}, `"PAM10" satisfies "equals PAM10" of "A"`},
		{"another one's text", "{first_name}10", "P", []string{"A *PAM"}, `"PAM10" satisfies "contains PAM" of "A"`},
		{"one's own text", "{first_name}10", "P", []string{"P ^PAM"}, "PAM10"},
		{"one's own code", "{first_name}10", "P", []string{"P =PAM10"}, `"PAM10" satisfies "equals PAM10" of "P"`},
		{"near another one's code", "{first_name}10", "P", []string{"A =PAM1O"}, `"PAM10" is easily mistyped for "PAM1O" of "A"`},
		{"near one's own code", "{first_name}10", "P", []string{"P =PAM15"}, "PAM10"},
		{"two of one name", "{first_name}10", "PS", nil, `PAM10, "PAM10" is easily mistyped for "PAM10", which was made before it`},
		{"two of one name, numbered", "{first_name}{n}", "PS", nil, "PAM1, PAM20"},
		{"nobody", "{first_name}10", "?", nil, "there is no such influencer"},
		{"a text alone", "SALE", "P", nil, "SALE"},
		{"nothing", "", "P", nil, `"" is no code: pattern "" is empty; write the code, such as PAM10`},
	} {
		var who []crm.InfluencerID
		for _, letter := range test.who {
			who = append(who, crm.InfluencerID{15: byte(letter)})
		}
		codes, err := codeMaker(t, test.deals...).NewCodes(test.pattern, who, &attribution.CodeOptions{
			Campaign: crm.CampaignID{15: 1}, Random: rand.New(rand.NewPCG(1, 2)),
		})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for n, c := range codes {
			if c.Influencer != who[n] {
				t.Errorf("%s: for another one", test.name)
			}
			got = append(got, c.Code+c.Problem.String())
		}
		if diff := cmp.Diff(test.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	for pattern, want := range map[string]string{
		"{name}":                 `pattern "{name}": {name} is no placeholder; use {influencer}, {first_name}, {handle}, {campaign}, {percent}, {n} or {random:4}`,
		"{random}":               `pattern "{random}": {random:4} needs a number from 1 to 16`,
		"{random:99}":            `pattern "{random:99}": {random:4} needs a number from 1 to 16`,
		"{n:2}":                  `pattern "{n:2}": {n} takes no number`,
		"PAM{10":                 `pattern "PAM{10": has a brace that is part of no placeholder; use {influencer}, {first_name}, {handle}, {campaign}, {percent}, {n} or {random:4}`,
		strings.Repeat("A", 300): `a pattern has at most 256 characters`,
	} {
		if _, err := codeMaker(t).NewCodes(pattern, nil, nil); !errors.Is(err, crm.ErrInvalid) || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", pattern, err, want)
		}
	}
	if _, err := codeMaker(t).NewCodes("A", make([]crm.InfluencerID, attribution.MaxNewCodes+1), nil); !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("too many: %v", err)
	}
}

// A code that was made, given to its influencer, credits the influencer, and was nobody else's.
func TestNewCodesAreFree(t *testing.T) {
	t.Parallel()
	patterns := rapid.SampledFrom([]string{"PAM{n}", "{first_name}1{n}", "EMMA{random:1}", "{random:3}", "P{random:2}0"})
	rapid.Check(t, func(t *rapid.T) {
		var deals []string
		for n := range rapid.IntRange(0, 6).Draw(t, "deals") {
			deals = append(deals, fmt.Sprintf("%c 06-01..06-30 %s", 'A'+n, rapid.SampledFrom([]string{
				"=PAM1", "=PAM2", "^PAM1", "$0", "*A3", "=EMMAK", "*MMA", "=ACD", "^X", "=P3", "*KK",
			}).Draw(t, "rule")))
		}
		s := snapshot(crm.Workspace{}, deals)
		for n := range 4 {
			s.Influencers = append(s.Influencers, crm.Influencer{ID: crm.InfluencerID{15: 'P' + byte(n)}, Name: "Pam"})
		}
		x := must(attribution.NewIndex(s, nil))
		who := []crm.InfluencerID{{15: 'P'}, {15: 'Q'}, {15: 'R'}, {15: 'S'}}
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		codes := must(x.NewCodes(patterns.Draw(t, "pattern"), who, &attribution.CodeOptions{Random: random}))
		var given []crm.Record
		for _, c := range codes {
			if c.Code == "" {
				continue
			}
			if d := must(x.Decide(order("06-10T12:00 " + c.Code))); len(d.Candidates) > 0 {
				t.Fatalf("%s: %s", c.Code, outcome(d))
			}
			booked := deal(fmt.Sprintf("%c 06-01..06-30 =%s", c.Influencer[15], c.Code))
			if err := booked.Rules[0].Validate(); err != nil {
				t.Fatal(err)
			}
			given = append(given, booked)
		}
		y := must(x.With(given...))
		for _, c := range codes {
			if c.Code == "" {
				continue
			}
			if d := must(y.Decide(order("06-10T12:00 " + c.Code))); d.Influencer != c.Influencer || len(d.Candidates) != 1 {
				t.Fatalf("%s: %s", c.Code, outcome(d))
			}
		}
	})
}

func FuzzNewCodes(f *testing.F) {
	for _, pattern := range []string{"{first_name}10", "{random:4}", "{n}{", "{random:99}", "ä{handle}", "{}", "}{n:1}"} {
		f.Add(pattern)
	}
	x := codeMaker(f)
	f.Fuzz(func(t *testing.T, pattern string) {
		codes, err := x.NewCodes(pattern, []crm.InfluencerID{{15: 'P'}}, nil)
		if err != nil {
			if !errors.Is(err, crm.ErrInvalid) {
				t.Fatal(err)
			}
			return
		}
		if c := codes[0]; (c.Code == "") == c.Problem.IsZero() || c.Code != "" && (discount.Rule{Match: discount.Equals, Pattern: c.Code}).Validate() != nil {
			t.Fatalf("%q: %q, %s", pattern, c.Code, c.Problem)
		}
	})
}

// Codes for a new campaign, without a list on the side of which ones are taken.
func ExampleIndex_NewCodes() {
	x := indexOf(crm.Workspace{}, []string{"A 06-01..06-30 =PAM10"})
	x = must(x.With(crm.Influencer{ID: crm.InfluencerID{15: 'P'}, Name: "Pam Style"},
		crm.Influencer{ID: crm.InfluencerID{15: 'T'}, Name: "Tom"}))
	codes, err := x.NewCodes("{first_name}10", []crm.InfluencerID{{15: 'P'}, {15: 'T'}}, nil)
	if err != nil {
		panic(err)
	}
	for _, c := range codes {
		fmt.Println(c.Code, c.Problem)
	}
	// Output:
	//  "PAM10" satisfies "equals PAM10" of "A"
	// TOM10
}
