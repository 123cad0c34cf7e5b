package storagetest

import (
	"math/rand/v2"
	"strings"
	"time"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// words are texts that have gone wrong in databases: the same to some collations, wildcards in
// patterns, quotes, composed and decomposed letters, characters of four bytes, blanks at the ends.
var words = []string{
	"Strauß", "STRAUSS", "strauss ", "Zoë", "Zoe\u0308", "zoe", "İstanbul", "istanbul", "ISTANBUL",
	"100% off", "100 off", "a_b", "aXb", `c:\temp`, "it's", `say "hi"`, "`tick`", "semi;colon -- no comment", "$1 ? :name @p",
	"👩‍👩‍👧 family", "𝒻ancy", "fancy", "ﬁne", "fine", "naïve\ttab", "line\nbreak", " blank ", "null", "Ωmega", "日本語",
	"עברית", "-1", "0",
}

// pieces are what people type to find the words.
var pieces = []string{
	"strauss", "STRAUSS", "ß", "zoë", "zoe\u0308", "i", "İ", "%", "_", `\`, "'", `"`, "`", ";", "?", "$1", "👩", "fancy",
	"FI", "off", "100 off",
	"blank ", "é", "a_b", "mega", "本", "e b", "-- no", "nothing of the kind",
}

// awkward is a text that a store has to return as it is.
var awkward = "\u00a0 " + strings.Join(words, " | ") + " \u200b "

// oddJSON is a document that changes if somebody reads and writes it again.
const oddJSON = "{ \"b\": 1.50, \"a\" :[1e3,\t\"\\u00e9\",9007199254740993 ],\"b\":\"👩\" }"

var (
	day0  = budget.MustParseDate("2026-06-01")
	money = []budget.Money{
		{}, budget.FromMinor(0, "EUR"), budget.FromMinor(1, "EUR"), budget.FromMinor(1_234_567, "EUR"), budget.FromMinor(500, "JPY"),
		budget.FromMinor(budget.MaxMinor, "EUR"),
	}
	archives  = []crm.Archive{crm.ActiveOnly, crm.ArchivedOnly, crm.ActiveOrNot}
	states    = []crm.State{crm.Planned, crm.Running, crm.Ended, crm.Undated}
	platforms = []string{"instagram", "tiktok", "onlybeauty", "日本"}
	links     = []string{
		"", "https://example.com/Mira", "https://example.com/mira", "https://example.com/m_ra", "https://例え.jp/%C3%A9?a=b#c",
		"http://www.example.com/Mira/?x=1", "https://www.instagram.com/mira/", "https://instagram.com/Mira?igsh=1",
		"https://m.facebook.com/profile.php?id=1",
	}
)

// rules are different claims, with benefits that a store must keep to the last digit.
var rules = []discount.Rule{
	{Match: discount.Equals, Pattern: "Emma10", Benefit: benefit(discount.Percentage, "10")},
	{Match: discount.Equals, Pattern: "STRAUß"},
	{Match: discount.StartsWith, Pattern: "Emma10", Benefit: benefit(discount.Amount, "9999999999999.9999")},
	{Match: discount.EndsWith, Pattern: "100%_off", Benefit: discount.Benefit{Kind: discount.FreeShipping}},
	{Match: discount.Contains, Pattern: "ZoE\u0308", Benefit: discount.Benefit{Kind: discount.None}},
	{Match: discount.Contains, Pattern: "👩‍👧", Benefit: benefit(discount.Percentage, "0.0001")},
}

func benefit(kind discount.BenefitKind, value string) discount.Benefit {
	return discount.Benefit{Kind: kind, Value: decimal.RequireFromString(value)}
}

// params are UTM sets with fields that are set, explicitly empty and not set.
var params = []utm.Params{
	{},
	{Source: utm.Of("instagram"), Medium: utm.Of("influencer")},
	{Source: utm.Of("Instagram"), Campaign: utm.Of("Summer%20Sale"), Term: utm.Of("")},
	{Campaign: utm.Of("summer sale"), Content: utm.Of("")},
	{Source: utm.Of(""), Medium: utm.Of(""), Campaign: utm.Of(""), Term: utm.Of(""), Content: utm.Of("zoë=1&b=%")},
}

// templates are the recommended one and one of each of params.
var templates = func() []utm.Template {
	all := []utm.Template{utm.Recommended()}
	for _, p := range params {
		all = append(all, utm.MustParseTemplate(p))
	}
	return all
}()

// draw is where random values for the records of a workspace come from.
type draw struct {
	*shop
	*rand.Rand
	typed *int // how many pieces were drawn
}

// newDraw draws the same values for the same seed.
func newDraw(s *shop, seed int) draw {
	return draw{s, rand.New(rand.NewPCG(uint64(seed), 1)), new(int)}
}

// pick draws one of a list.
func pick[T any](d draw, from []T) T { return from[d.IntN(len(from))] }

// piece takes the pieces in turn, so that none is left out.
func (d draw) piece() string {
	*d.typed++
	return pieces[*d.typed%len(pieces)]
}

// some draws a part of a list, in its order.
func some[T any](d draw, from []T) []T {
	picked := []T{}
	for _, each := range from {
		if d.IntN(4) == 0 {
			picked = append(picked, each)
		}
	}
	return picked
}

// retyped is one of several texts as another person would type it: the same when folded.
func (d draw) retyped(from []string) string {
	text := pick(d, from)
	switch d.IntN(5) {
	case 0:
		return strings.ToUpper(text)
	case 1:
		return strings.ToLower(text)
	case 2:
		return " " + text + " "
	case 3:
		return norm.NFD.String(text)
	}
	return text
}

// day is one of sixty days, or none.
func (d draw) day() budget.Date {
	if n := d.IntN(80); n < 60 {
		return day0.AddDays(n)
	}
	return budget.Date{}
}

// today is one of the days that the periods lie around.
func (d draw) today() budget.Date { return day0.AddDays(d.IntN(70)) }

// period has both days, one or none.
func (d draw) period() budget.Period {
	p := budget.Period{Start: d.day()}
	if d.IntN(2) == 0 {
		if p.End = d.day(); !p.Start.IsZero() {
			p.End = p.Start.AddDays(d.IntN(20))
		}
	}
	return p
}

// rarely is a day of archiving for one record in four.
func (d draw) rarely() budget.Date {
	if d.IntN(4) == 0 {
		return day0.AddDays(d.IntN(60))
	}
	return budget.Date{}
}

// times have few different values, so that lists have ties.
func (d draw) times() crm.Times {
	made := logStart.Add(time.Duration(d.IntN(3)) * time.Hour)
	return crm.Times{CreatedAt: made, ChangedAt: made.Add(time.Duration(d.IntN(3)) * time.Microsecond)}
}

// custom are custom fields whose keys and values a store must not confuse.
func (d draw) custom() map[string]string {
	fields := map[string]string{}
	for _, key := range some(d, words) {
		fields[key] = pick(d, words)
	}
	return fields
}
