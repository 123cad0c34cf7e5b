package sheetimport

import (
	"context"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// placement is a place in the plan of a sheet: one influencer's posting on one day. It finds a cooperation whose key has
// changed, where it is unique in the sheet and in the CRM.
type placement struct {
	campaign   crm.CampaignID
	influencer crm.InfluencerID
	platform   string
	start      string
}

// earlierImports holds the cooperations that earlier imports made, as rows look for them.
type earlierImports struct {
	all         []*crm.Cooperation
	byKey       map[string]*crm.Cooperation
	byPlacement map[placement][]*crm.Cooperation
	found       map[crm.CooperationID]bool // by a row of this sheet

	byHand madeByHand

	byID map[crm.CooperationID]*crm.Cooperation // all that were added
	rows map[crm.CooperationID]int              // the rows that carry these ids
}

func newEarlierImports() *earlierImports {
	return &earlierImports{byKey: map[string]*crm.Cooperation{}, byPlacement: map[placement][]*crm.Cooperation{},
		found: map[crm.CooperationID]bool{}, byHand: newMadeByHand(), rows: map[crm.CooperationID]int{},
		byID: map[crm.CooperationID]*crm.Cooperation{}}
}

// add adds a cooperation of the CRM. Its placement is that of the sheet it came from, so that a posting which somebody
// moves in the CRM is still found. One that is there already is not added again.
func (m *earlierImports) add(c crm.Cooperation) {
	if m.byID[c.ID] != nil {
		return
	}
	if m.byID[c.ID] = &c; c.Imported == nil {
		m.byHand.add(&c)
		return
	}
	m.all = append(m.all, &c)
	if other := m.byKey[c.Imported.Key]; other == nil || other.ID.Compare(c.ID) < 0 { // the last one, in any order
		m.byKey[c.Imported.Key] = &c
	}
	values := c.Imported.Values
	s := placement{c.Campaign, c.Influencer, values[string(column.Platform)], values[string(column.Start)]}
	m.byPlacement[s] = append(m.byPlacement[s], &c)
}

// match finds the cooperations that earlier imports made of the good rows, beside those that are known by their ids: by key,
// else by placement. No two rows get the same one.
func (p *planner) match(ctx context.Context, known map[*entry]*crm.Cooperation) error {
	placements := map[placement]int{}
	var placed, moved, unread []*entry
	for _, e := range p.entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !e.isSought() {
			continue
		}
		placed = append(placed, e)
		c := p.foundByKey(e)
		switch {
		case e.verdict == Rejected && c != nil:
			p.imported.found[c.ID] = true
		case e.verdict == Rejected:
			unread = append(unread, e)
		case c != nil && p.isNamedByID(c):
			e.verdict, e.of = Duplicate, p.imported.rows[c.ID]
		case c != nil:
			known[e], p.imported.found[c.ID] = c, true
		default:
			moved = append(moved, e)
		}
	}
	p.tieNames(known)
	for _, e := range placed {
		if s, ok := p.placementOf(e); ok {
			placements[s]++
		}
	}
	for _, e := range moved {
		s, ok := p.placementOf(e)
		if !ok || placements[s] != 1 {
			continue
		}
		if same := p.imported.byPlacement[s]; len(same) == 1 && !p.imported.found[same[0].ID] {
			known[e], p.imported.found[same[0].ID] = same[0], true
		}
	}
	p.matchUndated(moved, known)
	for _, e := range unread { // such a row may be any cooperation of its placement, so none of them is reported as gone
		if s, ok := p.placementOf(e); ok {
			for _, c := range p.imported.byPlacement[s] {
				p.imported.found[c.ID] = true
			}
		}
	}
	return nil
}

// matchUndated finds the cooperations of rows without a start whose month, week or quarter has changed since they were
// imported, or which were imported before that told rows apart: what else makes their key is equal, and one is left on
// either side.
func (p *planner) matchUndated(moved []*entry, known map[*entry]*crm.Cooperation) {
	rows := map[string][]*entry{}
	var order []string
	for _, e := range moved {
		if known[e] != nil || !e.period.Start.IsZero() || e.timeText() == "" {
			continue
		}
		key := e.keyWithout()
		if rows[key] == nil {
			order = append(order, key)
		}
		rows[key] = append(rows[key], e)
	}
	for _, key := range order {
		e := rows[key][0]
		campaign, _ := p.resolver.knownCampaign(e)
		one, _ := p.resolver.people.find(e)
		if campaign == nil || one == nil {
			continue
		}
		values := e.values()
		var left []*crm.Cooperation
		for _, c := range p.imported.byPlacement[placement{campaign.ID, one.ID, e.platform, ""}] {
			if !p.imported.found[c.ID] && sameUndated(values, c.Imported.Values) {
				left = append(left, c)
			}
		}
		if len(left) == 1 && (len(rows[key]) == 1 || left[0].Imported.Key == key) { // of rows that were repeats then, the first came in
			known[e], p.imported.found[left[0].ID] = left[0], true
		}
	}
}

// sameUndated reports whether two cooperations agree in what makes the key of a row, but for who, the campaign and the start.
func sameUndated(a, b map[string]string) bool {
	for _, f := range keyFields {
		if f != column.Start && a[string(f)] != b[string(f)] {
			return false
		}
	}
	return true
}

// isSought reports whether the cooperation of the row is looked for by what the row says. The id of a row finds it without, and
// rows that say nothing or repeat another have none of their own. A rejected row may still stand for one.
func (e *entry) isSought() bool {
	return e.known == nil && (e.verdict == "" || e.verdict == Rejected)
}

// foundByKey is the cooperation that an earlier import made of a row as it is; nil if there is none, or if not all of the key
// could be read.
func (p *planner) foundByKey(e *entry) *crm.Cooperation {
	if e.verdict == Rejected && !e.knowsKey() {
		return nil
	}
	return p.imported.byKey[e.key()]
}

// isNamedByID reports whether a row carries the id of a cooperation.
func (p *planner) isNamedByID(c *crm.Cooperation) bool { return p.imported.rows[c.ID] != 0 }

// knowsKey reports whether all that makes the key of a rejected row was read.
func (e *entry) knowsKey() bool {
	if e.influencer == "" {
		return false
	}
	for _, f := range keyFields {
		if e.failed[f] {
			return false
		}
	}
	return true
}

// keyFields are the columns behind the key of a row.
var keyFields = []column.Field{
	column.Influencer, column.FirstName, column.LastName, column.Campaign, column.Start, column.End, column.Code, column.Match,
	column.UTMSource, column.UTMMedium, column.UTMCampaign, column.UTMTerm, column.UTMContent,
}

// placementOf is the placement of a row whose campaign and influencer the CRM has. Of a rejected row it takes what was
// read.
func (p *planner) placementOf(e *entry) (placement, bool) {
	campaign, _ := p.resolver.knownCampaign(e)
	one, _ := p.resolver.people.find(e)
	if campaign == nil || one == nil || e.period.Start == (budget.Date{}) {
		return placement{}, false
	}
	return placement{campaign.ID, one.ID, e.platform, e.period.Start.String()}, true
}
