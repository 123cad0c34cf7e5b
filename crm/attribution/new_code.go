package attribution

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// The bounds of NewCodes.
const (
	MaxNewCodes = 200
	MaxRandom   = 16 // letters and digits of a {random} part
	maxTries    = 1_000
)

// clearLetters are letters and digits of which none looks like another one; see discount.LookAlike.
const clearLetters = "ACDEFGHKMNPRTUVWXY34679"

// CodeOptions are what NewCodes fills placeholders with.
type CodeOptions struct {
	Campaign crm.CampaignID // for {campaign}
	Platform string         // of the profile whose handle {handle} is; the first profile with a handle unless it is said
	// Percent is what the codes take off, for {percent}. If it is 0, it is that of each influencer's default rules: of the
	// Platform's profile, or of the first one that has it.
	Percent int
	// Random draws {random}; the same source gives the same codes. Nil draws from the runtime's.
	Random *rand.Rand
}

// NewCode is a code for an influencer, or why there is none.
type NewCode struct {
	Influencer crm.InfluencerID  `json:"influencer"`
	Code       string            `json:"code,omitzero"`
	Problem    sentence.Sentence `json:"problem,omitzero"` // zero if there is a code
}

// NewCodes makes a code for each influencer of a list of at most MaxNewCodes, from a pattern such as "{first_name}10" or
// "{handle}-{random:4}". A code has capital letters and digits without accents, and what the pattern has between
// placeholders:
//
//	{influencer}  the influencer's name, {first_name} its first word
//	{handle}      the handle of a profile
//	{campaign}    the name of a campaign
//	{percent}     what the code takes off, such as 10
//	{n}           1, 2, 3, …, the first one that is free
//	{random:4}    so many letters and digits, none of which looks like another one
//
// A code is free if no rule of another influencer knows it, whenever that is live, no rule of anybody equals it, the
// workspace does not ignore it, and it is not one slip off a code of another influencer: what customers mistype then goes to
// nobody, and not to somebody else. So are the codes of one call of each other.
//
// A pattern that cannot be read, and a Percent beyond 100, is a crm.ErrInvalid. An influencer for whom there is no free
// code has a Problem.
func (x *Index) NewCodes(pattern string, influencers []crm.InfluencerID, o *CodeOptions) ([]NewCode, error) {
	if o == nil {
		o = &CodeOptions{}
	}
	invalid := func(field, value string, s sentence.Sentence) error {
		return &crm.Error{Family: crm.ErrInvalid, Field: field, Value: crm.Shorten(value), Problem: s}
	}
	if len(influencers) > MaxNewCodes {
		return nil, invalid("influencers", strconv.Itoa(len(influencers)), sentence.Of("at most %d codes can be made at once", MaxNewCodes))
	}
	if o.Percent < 0 || o.Percent > 100 {
		return nil, invalid("percent", strconv.Itoa(o.Percent), sentence.Of("must be a whole number of percent from 1 to 100"))
	}
	p, problem := parseCodePattern(pattern)
	if !problem.IsZero() {
		return nil, invalid("pattern", pattern, problem)
	}
	made := map[string]crm.InfluencerID{} // in normal form
	codes := make([]NewCode, len(influencers))
	for n, id := range influencers {
		codes[n].Influencer = id
		codes[n].Code, codes[n].Problem = x.newCode(p, id, o, made)
	}
	return codes, nil
}

func (x *Index) newCode(p codePattern, id crm.InfluencerID, o *CodeOptions, made map[string]crm.InfluencerID) (string, sentence.Sentence) {
	person := x.person(id)
	if person == nil {
		return "", sentence.Of("there is no such influencer")
	}
	words, missing := x.codeWords(p, person, o)
	if missing != "" {
		return "", sentence.Of("there is nothing for {%s}", missing)
	}
	tries := maxTries
	if !p.varies {
		tries = 1
	}
	var problem sentence.Sentence
	for n := 1; n <= tries; n++ {
		code := p.fill(words, n, o.Random)
		rule := discount.Rule{Match: discount.Equals, Pattern: code}
		if err := rule.Validate(); err != nil {
			return "", sentence.Of("%q is no code: %s", code, sentence.OfError(err))
		}
		if problem = x.taken(code, id, made); problem.IsZero() {
			made[discount.Normalize(code)] = id
			return code, sentence.Sentence{}
		}
	}
	return "", problem
}

// taken says why a code is not free for an influencer.
func (x *Index) taken(code string, id crm.InfluencerID, made map[string]crm.InfluencerID) sentence.Sentence {
	if x.ignored.has(code) { // or one that the shop takes it for
		return sentence.Of("%q is on the list of ignored codes", code)
	}
	for c := range x.claimsOf(code, budget.Date{}) {
		switch r := c.Rules[c.rule]; {
		case c.loose:
			return sameCode(code, r.Pattern)
		case c.Influencer != id || r.Match == discount.Equals:
			return sentence.Of("%q satisfies %q of %q", code, r.String(), c.Name)
		}
	}
	key := discount.Normalize(code)
	for l := range x.layers() {
		near := l.near()
		for _, n := range near.codes.Find(code, 4*MaxFindings) {
			for d, rule := range x.members(l, &l.byPattern, []int{near.groups[n.Position]}) {
				if d.Influencer != id {
					return sentence.Of("%q is easily mistyped for %q of %q", code, d.Rules[rule].Pattern, d.Name)
				}
			}
		}
	}
	for other, of := range made {
		if slip := discount.SlipOf(key, other); other == key || of != id && (slip != "" || discount.SlipOf(other, key) != "") {
			return sentence.Of("%q is easily mistyped for %q, which was made before it", code, strings.ToUpper(other))
		}
	}
	return sentence.Sentence{}
}

// codePattern is a pattern of codes that was read.
type codePattern struct {
	parts  []codePart
	varies bool // from try to try
}

// codePart is a text, or a placeholder if it has a name.
type codePart struct {
	text, name string
	count      int // of a {random}
}

var placeholder = regexp.MustCompile(`\{([a-z_]+)(?::(\d{1,4}))?\}`)

func parseCodePattern(pattern string) (p codePattern, problem sentence.Sentence) {
	if len(pattern) > discount.MaxCodeLen*4 {
		return p, sentence.Of("a pattern has at most %d characters", discount.MaxCodeLen*4)
	}
	at := 0
	for _, m := range placeholder.FindAllStringSubmatchIndex(pattern, -1) {
		p.parts = append(p.parts, codePart{text: pattern[at:m[0]]})
		part := codePart{name: pattern[m[2]:m[3]]}
		at = m[1]
		if m[4] >= 0 {
			part.count, _ = strconv.Atoi(pattern[m[4]:m[5]])
		}
		switch part.name {
		case "influencer", "first_name", "handle", "campaign", "percent", "n":
			if m[4] >= 0 {
				return p, sentence.Of("{%s} takes no number", part.name)
			}
		case "random":
			if part.count < 1 || part.count > MaxRandom {
				return p, sentence.Of("{random:4} needs a number from 1 to %d", MaxRandom)
			}
		default:
			return p,
				sentence.Of("{%s} is no placeholder; use {influencer}, {first_name}, {handle}, {campaign}, {percent}, {n} or {random:4}", part.name)
		}
		p.varies = p.varies || part.name == "n" || part.name == "random"
		p.parts = append(p.parts, part)
	}
	if p.parts = append(p.parts, codePart{text: pattern[at:]}); strings.ContainsAny(textOf(p.parts), "{}") {
		return p,
			sentence.Of("has a brace that is part of no placeholder; use {influencer}, {first_name}, {handle}, {campaign}, {percent}, {n} or {random:4}")
	}
	return p, sentence.Sentence{}
}

func textOf(parts []codePart) string {
	var b strings.Builder
	for _, part := range parts {
		b.WriteString(part.text)
	}
	return b.String()
}

// codeWords are what the placeholders of a pattern stand for; missing is one that nothing is there for.
func (x *Index) codeWords(p codePattern, person *crm.Influencer, o *CodeOptions) (words map[string]string, missing string) {
	first, _, _ := strings.Cut(strings.TrimSpace(person.Name), " ")
	texts := map[string]string{"influencer": person.Name, "first_name": first}
	if o.Percent > 0 {
		texts["percent"] = strconv.Itoa(o.Percent)
	}
	for _, profile := range person.Profiles {
		if o.Platform != "" && o.Platform != profile.Platform {
			continue
		}
		texts["handle"] = cmp.Or(texts["handle"], profile.Handle)
		texts["percent"] = cmp.Or(texts["percent"], percentOf(profile.Rules))
	}
	if c := x.campaign(o.Campaign); c != nil {
		texts["campaign"] = c.Name
	}
	words = map[string]string{}
	for _, part := range p.parts {
		if part.name == "" || part.name == "n" || part.name == "random" {
			continue
		}
		slug := strings.ReplaceAll(utm.Slug(texts[part.name]), "-", "")
		if words[part.name] = strings.ToUpper(slug); words[part.name] == "" {
			return nil, part.name
		}
	}
	return words, ""
}

// percentOf is the first whole percentage that a code of some rules takes off, "" if there is none.
func percentOf(rules []discount.Rule) string {
	for _, r := range rules {
		if r.Benefit.Kind == discount.Percentage && r.Benefit.Value.IsInteger() {
			return r.Benefit.Value.Truncate(0).String()
		}
	}
	return ""
}

func (p codePattern) fill(words map[string]string, n int, random *rand.Rand) string {
	var b strings.Builder
	for _, part := range p.parts {
		switch part.name {
		case "":
			b.WriteString(part.text)
		case "n":
			fmt.Fprint(&b, n)
		case "random":
			for range part.count {
				b.WriteByte(clearLetters[draw(random, len(clearLetters))])
			}
		default:
			b.WriteString(words[part.name])
		}
	}
	return strings.ToUpper(b.String())
}

func draw(random *rand.Rand, n int) int {
	if random == nil {
		return rand.IntN(n)
	}
	return random.IntN(n)
}
