package sheetimport

import (
	"context"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// A cooperation that a person made has no import key, so no key finds it. If the row of a sheet made it once more, its cost
// would count twice. So a row that would make a cooperation is held against those that people have made for the same campaign
// and influencer. Nobody has said that the two belong together, so the row changes nothing in the CRM: it is a duplicate if it
// says nothing else, else a conflict that says what differs.

// partners are a campaign and an influencer.
type partners struct {
	campaign   crm.CampaignID
	influencer crm.InfluencerID
}

// madeByHand holds the cooperations that no import made.
type madeByHand struct {
	of    map[partners][]*crm.Cooperation
	taken map[crm.CooperationID]bool // by the row that says the same
	// likely counts the rows that may be a cooperation without saying so.
	likely map[crm.CooperationID]int
}

func newMadeByHand() madeByHand {
	return madeByHand{map[partners][]*crm.Cooperation{}, map[crm.CooperationID]bool{}, map[crm.CooperationID]int{}}
}

func (m madeByHand) add(c *crm.Cooperation) {
	at := partners{c.Campaign, c.Influencer}
	m.of[at] = append(m.of[at], c)
}

// sameness says how much a row and a cooperation of one campaign and influencer look like the same.
type sameness uint8

const (
	other   sameness = iota
	alike            // the same code on other days, or another code and no day: probably another posting
	likely           // nothing speaks against it, and the row or the cooperation leaves the day open; or one code on common days
	sameDay          // the same posting date
)

// sameAs compares a row with a cooperation of its campaign and influencer.
func (e *entry) sameAs(c *crm.Cooperation, one *person) sameness {
	if profile, ok := one.Profile(c.Profile); ok {
		account := profile.Account()
		if profile.Platform != e.platform || account.Name() != "" && e.account().Name() != "" && account.Name() != e.account().Name() {
			return other
		}
	}
	row, codes := codeKeys(e.rules), codeKeys(c.Rules)
	shared := slices.ContainsFunc(row, func(code string) bool { return slices.Contains(codes, code) })
	switch day := c.Period.Start; {
	case !day.IsZero() && day == e.period.Start:
		return sameDay
	case day.IsZero() || e.period.Start.IsZero():
		if shared || len(row) == 0 || len(codes) == 0 {
			return likely
		}
		return alike
	case !shared:
		return other
	}
	if _, common := closed(e.period).Overlap(closed(c.Period)); common {
		return likely
	}
	return alike
}

// closed is a period that ends on its first day where its end is open: one code is used for many postings in a row, and most
// sheets have no end for them.
func closed(p budget.Period) budget.Period {
	if p.End.IsZero() {
		p.End = p.Start
	}
	return p
}

// codeKeys are rules in the form in which two are compared, in order.
func codeKeys(rules []discount.Rule) []string {
	keys := make([]string, len(rules))
	for n, r := range rules {
		keys[n] = string(r.Match) + " " + r.Key()
	}
	slices.Sort(keys)
	return keys
}

// differencesFrom lists what a row says otherwise than a cooperation that a person made. What tells the two apart, or
// is money, are conflicts; the rest is left. What a row does not say is no difference.
func (p *planner) differencesFrom(e *entry, c crm.Cooperation, one *person) (conflicts, rest []string, stored map[string]string) {
	profile, _ := one.Profile(c.Profile)
	stored = storedValues(c, profile.Platform, p.resolver.memberNames[c.Responsible])
	says := e.values()
	for _, f := range e.assumed {
		delete(says, string(f))
	}
	for _, field := range fieldsOf(says) {
		f := column.Field(field)
		switch {
		case crm.Fold(says[field]) == crm.Fold(stored[field]):
		case f == column.Code && slices.Equal(codeKeys(e.rules), codeKeys(c.Rules)):
		case f.IsMoney(), f.IsDate(), f.IsUTM(), f == column.Code, f == column.Status:
			conflicts = append(conflicts, field)
		default:
			rest = append(rest, field)
		}
	}
	return conflicts, rest, stored
}

// matchByHand finds the rows that say what a person has put into the CRM already, and counts those that may do so.
func (p *planner) matchByHand(ctx context.Context, known map[*entry]*crm.Cooperation) error {
	by := p.imported.byHand
	if p.plan.pulled || len(by.of) == 0 { // what is pulled stands apart from what people make
		return nil
	}
	for _, whole := range []bool{true, false} { // a row that says less must not take what another row says whole
		for _, e := range p.entries {
			if err := ctx.Err(); err != nil {
				return err
			}
			if e.verdict != "" || known[e] != nil {
				continue
			}
			one, _ := p.resolver.people.find(e)
			p.takeEqual(e, one, whole)
		}
	}
	for _, e := range p.entries {
		if e.verdict != "" || known[e] != nil {
			continue
		}
		one, _ := p.resolver.people.find(e)
		for _, c := range p.candidates(e, one) {
			if !by.taken[c.ID] && e.sameAs(c, one) == likely {
				by.likely[c.ID]++
			}
		}
	}
	return nil
}

// candidates are the cooperations that people have made for the campaign and influencer of a row, by their ids.
func (p *planner) candidates(e *entry, one *person) []*crm.Cooperation {
	campaign, _ := p.resolver.knownCampaign(e)
	if one == nil || campaign == nil {
		return nil
	}
	all := p.imported.byHand.of[partners{campaign.ID, one.ID}]
	slices.SortFunc(all, func(a, b *crm.Cooperation) int { return a.ID.Compare(b.ID) })
	return all
}

// takeEqual makes a row a duplicate if it says nothing else than a cooperation that a person made, and whole: all that tells one
// cooperation from another.
func (p *planner) takeEqual(e *entry, one *person, whole bool) bool {
	by := p.imported.byHand
	for _, c := range p.candidates(e, one) {
		if by.taken[c.ID] || e.sameAs(c, one) < likely {
			continue
		}
		if whole && (e.period != c.Period || !slices.Equal(codeKeys(e.rules), codeKeys(c.Rules))) {
			continue
		}
		conflicts, rest, _ := p.differencesFrom(e, *c, one)
		if len(conflicts) > 0 {
			continue
		}
		by.taken[c.ID] = true
		e.verdict, e.person, e.of, e.same = Duplicate, one.Name, p.imported.rows[c.ID], c.ID
		if e.of != 0 {
			return true
		}
		e.notices = append(e.notices, Remark{Code: "made_by_hand", Message: sentence.Of(
			"somebody has made this cooperation in the CRM already: %q; the row changes nothing", texts.Shorten(c.Name))})
		if len(rest) > 0 {
			e.notices = append(e.notices, Remark{Code: "not_taken_over", Message: sentence.Of(
				"what else the row says is not taken over: %s; write it into the CRM if it is right", texts.Listed(p.headersOf(e, rest)))})
		}
		return true
	}
	return false
}

// headersOf names the columns of some fields.
func (p *planner) headersOf(e *entry, fields []string) []string {
	var names []string
	for _, field := range fields {
		name := strings.TrimPrefix(field, customPrefix)
		if c, ok := e.reader.columns[column.Field(field)]; ok {
			name = c.Header
		}
		if name = texts.Shorten(name); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// isByHand reports whether a row that would make a cooperation is one that a person has made, and says so in its verdict. Where
// the days leave open which of several it could be, the row comes in, with a notice.
func (p *planner) isByHand(e *entry, one *person) bool {
	if p.plan.pulled || one == nil {
		return false
	}
	if p.takeEqual(e, one, false) { // a row of which it was not known before whom it is about
		return true
	}
	by := p.imported.byHand
	var open []*crm.Cooperation
	var notice *crm.Cooperation
	for _, c := range p.candidates(e, one) {
		if by.taken[c.ID] || p.isNamedByID(c) {
			continue
		}
		switch e.sameAs(c, one) {
		case sameDay:
			p.contradict(e, c, one)
			return true
		case likely:
			open = append(open, c)
		case alike:
			notice = c
		}
	}
	switch {
	case len(open) == 1 && by.likely[open[0].ID] <= 1:
		p.contradict(e, open[0], one)
		return true
	case len(open) > 0:
		notice = open[0]
	}
	if notice != nil {
		e.notices = append(e.notices, Remark{Code: "like_by_hand", Message: sentence.Of(
			"somebody has made %q in the CRM for the same campaign and influencer; the row is taken for another cooperation, and both costs count; "+
				"if they are the same, write its dates and codes into the CRM as they are here", texts.Shorten(notice.Name))})
	}
	return false
}

// contradict makes a row a conflict with a cooperation that a person made.
func (p *planner) contradict(e *entry, c *crm.Cooperation, one *person) {
	conflicts, _, stored := p.differencesFrom(e, *c, one)
	e.verdict, e.person, e.same = Conflict, one.Name, c.ID
	for _, field := range conflicts {
		e.problems = append(e.problems, e.remark(column.Field(field), "differs_by_hand", sentence.Of(
			"somebody has made this cooperation in the CRM already, with %s here: %q; decide which is right and write it into both; if they are two, make the other one there too",
			valueOr(field, stored[field]), texts.Shorten(c.Name))))
	}
}
