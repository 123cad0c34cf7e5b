package attribution

import (
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// layer has records with what finds their cooperations by codes and UTM sets. It does not change.
type layer struct {
	records
	strict    bool // compares UTM values byte by byte
	campaigns map[crm.CampaignID]*crm.Campaign
	people    map[crm.InfluencerID]*crm.Influencer
	deals     []deal
	byID      map[crm.CooperationID]*deal
	codes     *discount.Index // of the patterns; several rules have one
	byPattern groups
	ranks     []rank     // of the groups of byPattern
	sets      *utm.Index // of the UTM sets; several cooperations have one
	bySet     groups
	loose     looseCodes
	near      func() *neighbours  // for orders that nobody earned
	others    func() *otherValues // for links that credit nobody
}

// deal is a cooperation with what decisions ask of it most, side by side in memory: a cooperation is large, and of many of them
// little is in the caches of a processor.
type deal struct {
	*crm.Cooperation
	barred Reason // why it can earn on no day, if that is so
	number int32  // among the deals of all layers
	live   budget.Period
	end    budget.Date // of its period with tail days, whether or not it was archived; zero for open-ended
	fields int         // of its UTM set
	own    int         // 1 if its rules are not inherited
}

// rank is what claims by the rules with one pattern are ranked by.
type rank struct{ match, length int }

// newLayer makes a layer of records. Its deals are numbered from first on.
func newLayer(r records, first int, ws crm.Workspace, strict bool) *layer {
	l := &layer{
		records: r, strict: strict, loose: looseCodes{comparison: ws.CodeComparison},
		campaigns: make(map[crm.CampaignID]*crm.Campaign, len(r.Campaigns)),
		people:    make(map[crm.InfluencerID]*crm.Influencer, len(r.Influencers)),
		byID:      make(map[crm.CooperationID]*deal, len(r.Cooperations)),
	}
	for n := range r.Campaigns {
		l.campaigns[r.Campaigns[n].ID] = &r.Campaigns[n]
	}
	for n := range r.Influencers {
		l.people[r.Influencers[n].ID] = &r.Influencers[n]
	}
	l.addDeals(first, ws.TailDays)
	l.near = sync.OnceValue(l.makeNeighbours)
	l.others = sync.OnceValue(l.makeOtherValues)
	return l
}

func (l *layer) addDeals(first, tailDays int) {
	rules, sets := newGrouping[discount.Rule](), newGrouping[utm.Params]()
	l.deals = make([]deal, len(l.Cooperations))
	for n := range l.Cooperations {
		c, d := &l.Cooperations[n], &l.deals[n]
		l.byID[c.ID] = d
		*d = deal{Cooperation: c, barred: barred(c), number: int32(first + n), live: c.LiveDays(tailDays), fields: c.UTM.Specificity()}
		if c.RulesOrigin.Kind != crm.Inherited {
			d.own = 1
		}
		if !c.Period.End.IsZero() {
			d.end = c.Period.End.AddDays(tailDays)
		}
		for at, r := range c.Rules {
			key := r.Key()
			group := rules.add(string(r.Match)+" "+key, discount.Rule{Match: r.Match, Pattern: key}, member{deal: int32(n), rule: int32(at)})
			l.loose.add(r, group)
		}
		if c.UTM.Usable() {
			sets.add(l.setKey(c.UTM), c.UTM, member{deal: int32(n)})
		}
	}
	for _, r := range rules.heads {
		l.ranks = append(l.ranks, rank{strength(r.Match), utf8.RuneCountInString(r.Pattern)})
	}
	l.codes, l.byPattern = discount.NewIndex(rules.heads), rules.groups()
	l.sets, l.bySet = utm.NewIndex(sets.heads, l.strict), sets.groups()
}

// setKey tells UTM sets apart that the index tells apart.
func (l *layer) setKey(p utm.Params) string {
	if !l.strict {
		return utm.Key(p)
	}
	var b strings.Builder
	for _, f := range utm.Fields() {
		fmt.Fprintf(&b, "%q", p.Get(f).String())
	}
	return b.String()
}

// set is the UTM set of a group.
func (l *layer) set(group int) utm.Params { return l.deals[l.bySet.of(group)[0].deal].UTM }
