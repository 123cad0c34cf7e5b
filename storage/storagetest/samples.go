package storagetest

import (
	"math/rand/v2"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"
)

// words are texts that have gone wrong in databases: the same to some collations, wildcards in
// patterns, quotes, composed and decomposed letters, characters of four bytes, blanks at the ends.
var words = []string{
	"Strauß", "STRAUSS", "strauss ", "Zoë", "Zoe\u0308", "zoe", "İstanbul", "istanbul", "ISTANBUL",
	"100% off", "100 off", "a_b", "aXb", `c:\temp`, "it's", `say "hi"`, "`tick`", "semi;colon -- no comment", "$1 ? :name @p",
	"👩‍👩‍👧 family", "𝒻ancy", "fancy", "ﬁne", "fine", "naïve\ttab", "line\nbreak", " blank ", "null", "Ωmega", "日本語", "עברית", "-1", "0",
}

// pieces are what people type to find the words.
var pieces = []string{
	"strauss", "STRAUSS", "ß", "zoë", "zoe\u0308", "i", "İ", "%", "_", `\`, "'", `"`, "`", ";", "?", "$1", "👩", "fancy", "FI", "off", "100 off",
	"blank ", "é", "a_b", "mega", "本", "e b", "-- no", "nothing of the kind",
}

func pick[T any](rnd *rand.Rand, from []T) T { return from[rnd.IntN(len(from))] }

// retyped is a text as another person would type it: the same when folded.
func retyped(rnd *rand.Rand, s string) string {
	switch rnd.IntN(5) {
	case 0:
		return strings.ToUpper(s)
	case 1:
		return strings.ToLower(s)
	case 2:
		return " " + s + " "
	case 3:
		return norm.NFD.String(s)
	}
	return s
}

var (
	day0  = budget.MustParseDate("2026-06-01")
	money = []budget.Money{
		{}, budget.FromMinor(0, "EUR"), budget.FromMinor(1, "EUR"), budget.FromMinor(1_234_567, "EUR"), budget.FromMinor(500, "JPY"),
		budget.FromMinor(budget.MaxMinor, "EUR"),
	}
	archives = []crm.Archive{crm.ActiveOnly, crm.ArchivedOnly, crm.ActiveOrNot}
)

// randomDay is one of sixty days, or none.
func randomDay(rnd *rand.Rand) budget.Date {
	if n := rnd.IntN(80); n < 60 {
		return day0.AddDays(n)
	}
	return budget.Date{}
}

// randomPeriod has both days, one or none.
func randomPeriod(rnd *rand.Rand) budget.Period {
	p := budget.Period{Start: randomDay(rnd)}
	if rnd.IntN(2) == 0 {
		if p.End = randomDay(rnd); !p.Start.IsZero() {
			p.End = p.Start.AddDays(rnd.IntN(20))
		}
	}
	return p
}

// rarely is a day of archiving for one record in four.
func rarely(rnd *rand.Rand) budget.Date {
	if rnd.IntN(4) == 0 {
		return day0.AddDays(rnd.IntN(60))
	}
	return budget.Date{}
}

// some picks a part of a list, in its order.
func some[T any](rnd *rand.Rand, from []T) []T {
	picked := []T{}
	for _, each := range from {
		if rnd.IntN(4) == 0 {
			picked = append(picked, each)
		}
	}
	return picked
}

// rules are different claims, with benefits that a store must keep to the last digit.
var rules = []discount.Rule{
	{Match: discount.Equals, Pattern: "Emma10", Benefit: discount.Benefit{Kind: discount.Percentage, Value: decimal.RequireFromString("10")}},
	{Match: discount.Equals, Pattern: "STRAUß"},
	{Match: discount.StartsWith, Pattern: "Emma10", Benefit: discount.Benefit{Kind: discount.Amount, Value: decimal.RequireFromString("9999999999999.9999")}},
	{Match: discount.EndsWith, Pattern: "100%_off", Benefit: discount.Benefit{Kind: discount.FreeShipping}},
	{Match: discount.Contains, Pattern: "ZoE\u0308", Benefit: discount.Benefit{Kind: discount.None}},
	{Match: discount.Contains, Pattern: "👩‍👧", Benefit: discount.Benefit{Kind: discount.Percentage, Value: decimal.RequireFromString("0.0001")}},
}

// params are UTM sets with fields that are set, explicitly empty and not set.
var params = []utm.Params{
	{},
	{Source: utm.Of("instagram"), Medium: utm.Of("influencer")},
	{Source: utm.Of("Instagram"), Campaign: utm.Of("Summer%20Sale"), Term: utm.Of("")},
	{Campaign: utm.Of("summer sale"), Content: utm.Of("")},
	{Source: utm.Of(""), Medium: utm.Of(""), Campaign: utm.Of(""), Term: utm.Of(""), Content: utm.Of("zoë=1&b=%")},
}

// custom are custom fields whose keys and values a store must not confuse.
func custom(rnd *rand.Rand) map[string]string {
	fields := map[string]string{}
	for _, key := range some(rnd, words) {
		fields[key] = pick(rnd, words)
	}
	return fields
}
