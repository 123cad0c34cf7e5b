package peers

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// sizes are the numbers of rules or UTM sets: up to 100,000, or what CRM_BENCH_MAX allows.
func sizes(b *testing.B) (all []int) {
	b.Helper()
	most := 100_000
	if text := os.Getenv("CRM_BENCH_MAX"); text != "" {
		var err error
		if most, err = strconv.Atoi(text); err != nil {
			b.Fatalf("CRM_BENCH_MAX: %v", err)
		}
	}
	for _, n := range []int{100, 10_000, 100_000, 1_000_000} {
		if n <= most {
			all = append(all, n)
		}
	}
	return all
}

// manyRules are rules as workspaces have them: 80 of 100 equal one code, 12 find a text anywhere, 6 at the start and 2 at
// the end.
func manyRules(n int) []discount.Rule {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	rules := make([]discount.Rule, n)
	for i := range rules {
		match, least := discount.Equals, 4
		switch part := i % 100; {
		case part >= 98:
			match, least = discount.EndsWith, 3
		case part >= 92:
			match, least = discount.StartsWith, 3
		case part >= 80:
			match, least = discount.Contains, 3
		}
		if n >= 10_000 && match != discount.Equals {
			least = 5 // with so many, shorter ones would match every code
		}
		rules[i] = discount.Rule{Match: match, Pattern: randomCode(random, least)}
	}
	return rules
}

// manyCodes are codes of 4 to 16 characters, of which three in ten satisfy an equals rule.
func manyCodes(rules []discount.Rule, n int) []string {
	random := rand.New(rand.NewPCG(2, uint64(n)))
	codes := make([]string, n)
	for i := range codes {
		if i%10 < 3 {
			codes[i] = rules[random.IntN(len(rules)/100)*100+random.IntN(80)].Pattern
		} else {
			codes[i] = randomCode(random, 4)
		}
	}
	return codes
}

func randomCode(random *rand.Rand, least int) string {
	code := make([]byte, least+random.IntN(16-least+1))
	for i := range code {
		code[i] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"[random.IntN(36)]
	}
	return string(code)
}

// manySets are UTM sets as workspaces have them: a campaign of one in fifty, an influencer and, in some, more fields.
func manySets(n int) []utm.Params {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	sets := make([]utm.Params, n)
	for i := range sets {
		p := utm.Params{Campaign: utm.Of(fmt.Sprint("campaign-", random.IntN(n/50+1))), Term: utm.Of(fmt.Sprint("influencer-", i))}
		if i%3 > 0 {
			p.Source, p.Medium = utm.Of("instagram"), utm.Of("influencer")
		}
		if i%3 > 1 {
			p.Content = utm.Of(fmt.Sprint("post-", random.IntN(10)))
		}
		sets[i] = p
	}
	return sets
}

// manyTouches are n visits through links of the sets, and n that come from other links.
func manyTouches(sets []utm.Params, n int) (hits, strangers []utm.Params) {
	random := rand.New(rand.NewPCG(2, uint64(len(sets))))
	hits, strangers = make([]utm.Params, n), make([]utm.Params, n)
	for i := range hits {
		hits[i] = sets[random.IntN(len(sets))]
		strangers[i] = utm.Params{Source: utm.Of("google"), Medium: utm.Of("cpc"),
			Campaign: utm.Of(fmt.Sprint("brand-", random.IntN(1000))), Term: utm.Of(fmt.Sprint("word-", i))}
	}
	return hits, strangers
}
