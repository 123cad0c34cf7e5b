package tables

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// BenchmarkDecode makes records of rows, and rows of records.
func BenchmarkDecode(b *testing.B) {
	for name, c := range map[string]crm.Cooperation{"plain": plainCooperation(), "rich": richCooperation()} {
		b.Run("cooperation/"+name, func(b *testing.B) { benchmarkRow(b, c, encodeCooperation, decodeCooperation) })
	}
	b.Run("influencer", func(b *testing.B) { benchmarkRow(b, richInfluencer(), encodeInfluencer, decodeInfluencer) })
}

// BenchmarkEncode makes the arguments of an insert of records.
func BenchmarkEncode(b *testing.B) {
	s, err := testSchema()
	if err != nil {
		b.Fatal(err)
	}
	for name, r := range map[string]crm.Record{
		"cooperation/plain": plainCooperation(), "cooperation/rich": richCooperation(), "influencer": richInfluencer(),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			kind := s.KindOf(r)
			for b.Loop() {
				if _, err := kind.row("00000000-0000-7000-8000-000000000001", r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchmarkRow[R crm.Record, W any](b *testing.B, r R, encode func(string, R) (W, error), decode func(*W) (R, error)) {
	b.Helper()
	row, err := encode("00000000-0000-7000-8000-000000000001", r)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decode(&row); err != nil {
			b.Fatal(err)
		}
	}
}

// plainCooperation is one that has a code and little else, as most have.
func plainCooperation() crm.Cooperation {
	june := budget.MustParseDate("2026-06-01")
	return crm.Clone(crm.Cooperation{
		ID: crm.CooperationID{1}, Version: 1, Campaign: crm.CampaignID{1}, Influencer: crm.InfluencerID{1},
		Profile: crm.ProfileID{1}, Name: "Summer - Pam - Instagram", NameMode: crm.NameAuto, Status: crm.Signed,
		Period: budget.Period{Start: june, End: june.AddDays(30)}, Cost: budget.FromMinor(100_00, "EUR"),
		Rules: []discount.Rule{{Match: discount.Equals, Pattern: "PAM10"}}, Responsible: crm.MemberID{1},
	})
}

// richCooperation is an imported one with everything set.
func richCooperation() crm.Cooperation {
	c := plainCooperation()
	c.UTM = utm.Params{Source: utm.Of("instagram"), Medium: utm.Of("influencer"), Campaign: utm.Of("summer"), Content: utm.Of("")}
	c.UTMOrigins = crm.UTMOrigins{
		utm.Source: {Kind: crm.Inherited}, utm.Medium: {Kind: crm.Inherited, Profile: crm.ProfileID{1}},
		utm.Term: {Kind: crm.Pending, Template: "{influencer}"}, utm.Content: {Kind: crm.Overridden},
	}
	c.Rules = append(c.Rules, discount.Rule{
		Match: discount.StartsWith, Pattern: "Jörg", Benefit: discount.Benefit{Kind: discount.Percentage,
			Value: decimal.RequireFromString("12.5")},
	})
	c.RulesOrigin = crm.Provenance{Kind: crm.Overridden}
	c.Custom = map[string]string{"Contact": "Mira", "Shoes": "42"}
	c.Cancellation = &crm.Cancellation{On: c.Period.Start, Fee: budget.FromMinor(5_00, "EUR"), Reason: "ill", Status: crm.Signed}
	c.Imported = &crm.Imported{Source: "sheet", Key: "7", Values: map[string]string{}}
	for n := range 15 {
		c.Imported.Values[fmt.Sprint("field ", n)] = fmt.Sprint("value ", n)
	}
	return c
}

// richInfluencer has two profiles with defaults.
func richInfluencer() crm.Influencer {
	profile := crm.Profile{
		ID: crm.ProfileID{1}, Platform: "instagram", Handle: "pam", Link: "https://instagram.com/pam",
		Followers: &crm.Followers{Count: 12_345, On: budget.MustParseDate("2026-05-01")},
		UTM:       utm.MustParseTemplate(utm.Params{Content: utm.Of("{handle}")}),
		Rules:     []discount.Rule{{Match: discount.Contains, Pattern: "PAMELA"}},
	}
	other := profile
	other.ID, other.Platform = crm.ProfileID{2}, "tiktok"
	return crm.Clone(crm.Influencer{
		ID: crm.InfluencerID{1}, Version: 1, Name: "Pam", Email: "pam@example.com", Category: "Fashion", Responsible: crm.MemberID{1},
		Tags: []string{"VIP", "Summer"}, Profiles: []crm.Profile{profile, other}, Custom: map[string]string{"Shoes": "42"},
	})
}

// BenchmarkList builds the statement of a page, which every page pays.
func BenchmarkList(b *testing.B) {
	s, err := testSchema()
	if err != nil {
		b.Fatal(err)
	}
	f := crm.CooperationFilter{Campaigns: []crm.CampaignID{{1}}}
	k := backend.Keyset{Size: 50, Sort: crm.SortStart, After: &backend.Position{}}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := s.Cooperations.List("w", f, k).ToSql(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRow makes the place for the rows of a query.
func BenchmarkRow(b *testing.B) {
	s, err := testSchema()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if len(s.Cooperations.Row().Dest) == 0 {
			b.Fatal("no columns")
		}
	}
}
