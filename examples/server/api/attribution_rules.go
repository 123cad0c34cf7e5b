package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"github.com/getklar/influencercrm/examples/server/orderfile"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/attribution/orders"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/discount"
)

// changedRecords are records as they would be, whole. They are not saved.
type changedRecords struct {
	Workspace    *crm.Workspace    `json:"workspace,omitempty"`
	Campaigns    []crm.Campaign    `json:"campaigns,omitzero"`
	Influencers  []crm.Influencer  `json:"influencers,omitzero"`
	Cooperations []crm.Cooperation `json:"cooperations,omitzero"` // a new one needs an id as well; any UUID will do
}

// impactBody is what an impact is asked of.
type impactBody struct {
	changedRecords
	Orders []attribution.Order `json:"orders"` // past ones
}

// all are the records. One without an id could not be told from another one, and of two with one id only one would count.
func (c changedRecords) all() ([]crm.Record, error) {
	var all []crm.Record
	if c.Workspace != nil {
		all = append(all, *c.Workspace)
	}
	var errs []error
	for _, list := range []struct {
		name    string
		records []crm.Record
	}{{"campaigns", asRecords(c.Campaigns)}, {"influencers", asRecords(c.Influencers)}, {"cooperations", asRecords(c.Cooperations)}} {
		first := map[crm.Ref]string{}
		for n, record := range list.records {
			place := fmt.Sprintf("%s[%d]", list.name, n)
			ref := record.Ref()
			switch before := first[ref]; {
			case ref.ID == uuid.Nil:
				errs = append(errs, withoutID(place+".id"))
			case before != "":
				errs = append(errs, twice(place+".id", ref, before))
			default:
				first[ref] = place
			}
		}
		all = append(all, list.records...)
	}
	return all, errors.Join(errs...)
}

// checkReferences refuses cooperations whose campaign or influencer is neither in an index nor among the records.
func (c changedRecords) checkReferences(x *attribution.Index) error {
	given := map[crm.Ref]bool{}
	for _, r := range c.Campaigns {
		given[r.Ref()] = true
	}
	for _, r := range c.Influencers {
		given[r.Ref()] = true
	}
	var errs []error
	for n, r := range c.Cooperations {
		for _, ref := range []crm.Ref{crm.RefTo(r.Campaign), crm.RefTo(r.Influencer)} {
			if !given[ref] && x.Name(ref) == "" && len(errs) < orderfile.MaxFailures {
				errs = append(errs, backend.Dangling(r.Ref(), fmt.Sprintf("cooperations[%d].%s", n, ref.Kind), ref.IDString()))
			}
		}
	}
	return errors.Join(errs...)
}

func asRecords[R crm.Record](list []R) []crm.Record {
	records := make([]crm.Record, len(list))
	for n, r := range list {
		records[n] = r
	}
	return records
}

func (t *attributor) impact(c *call[moment]) (attribution.Impact, error) {
	x, free, err := ownIndexAt(t, c, c.params)
	if err != nil {
		return attribution.Impact{}, err
	}
	defer free()
	// The orders are read as those of all other operations are, with the same checks.
	asked, err := web.Body[struct {
		changedRecords
		Orders json.RawMessage `json:"orders"`
	}](c.request)
	if err != nil {
		return attribution.Impact{}, err
	}
	records, err := asked.all()
	if err != nil {
		return attribution.Impact{}, err
	}
	if len(asked.Orders) == 0 {
		return attribution.Impact{}, missing("orders")
	}
	if err := asked.checkReferences(x); err != nil {
		return attribution.Impact{}, err
	}
	after, err := x.With(records...)
	if err != nil {
		return attribution.Impact{}, err
	}
	past, err := orderfile.Read(c.ctx(), bytes.NewReader(asked.Orders), orderfile.File{Format: orders.JSON}, x.Workspace())
	if err != nil {
		return attribution.Impact{}, err
	}
	return x.Impact(c.ctx(), after, past.Each())
}

type backTestParams struct {
	orderfile.File
	moment
	// Influencer is whose rule it would be.
	Influencer crm.InfluencerID `json:"influencer"`
	// Match and Pattern are the rule.
	Match   discount.Match `json:"match"`
	Pattern string         `json:"pattern"`
}

func (t *attributor) backTest(c *call[backTestParams]) (attribution.BackTest, error) {
	p := c.params
	if p.Influencer.IsZero() {
		return attribution.BackTest{}, missing("influencer")
	}
	x, free, err := indexAt(t, c, p.moment)
	if err != nil {
		return attribution.BackTest{}, err
	}
	defer free()
	if x.Name(crm.RefTo(p.Influencer)) == "" {
		return attribution.BackTest{}, crm.RefTo(p.Influencer).NotFound()
	}
	past, err := orderfile.Read(c.ctx(), c.request.Body, p.File, x.Workspace())
	if err != nil {
		return attribution.BackTest{}, err
	}
	return x.BackTest(c.ctx(), p.Influencer, discount.Rule{Match: p.Match, Pattern: p.Pattern}, past.Each())
}

// ledger is whose a code was and is, with the names of all records in it.
type ledger struct {
	attribution.Ledger
	Names []crm.NamedRef `json:"names"`
}

func (t *attributor) ledger(c *call[struct {
	moment
	// Code is compared as codes are, without regard to case.
	Code string `json:"code"`
}]) (ledger, error) {
	if c.params.Code == "" {
		return ledger{}, missing("code")
	}
	x, free, err := indexAt(t, c, c.params.moment)
	if err != nil {
		return ledger{}, err
	}
	defer free()
	l := ledger{Ledger: x.Ledger(c.params.Code)}
	named := names{}
	for _, tenure := range l.Tenures {
		named.add(crm.RefTo(tenure.Cooperation), crm.RefTo(tenure.Influencer))
	}
	for _, overlap := range l.Overlaps {
		for _, id := range overlap.Influencers {
			named.add(crm.RefTo(id))
		}
	}
	l.Names = named.of(x)
	return l, nil
}

type radarParams struct {
	orderfile.File
	moment
	// MinOrders is from how many orders on a use stands out; 5 if it is not given.
	MinOrders int `json:"min_orders,omitzero"`
	// Multiple is how many times as often as in the weeks before a code is used suddenly; 4 if it is not given.
	Multiple int `json:"multiple,omitzero"`
	// Limit is how many codes are listed; 100 if it is not given, and at most 1,000.
	Limit int `json:"limit,omitzero"`
}

// leaks are codes that are used as leaked ones are, those with most orders first.
type leaks struct {
	Items  []attribution.Leak `json:"items"`
	More   int                `json:"more,omitzero"`   // that are not listed
	Failed int                `json:"failed,omitzero"` // orders that could not be read or decided
	Names  []crm.NamedRef     `json:"names"`           // of all records that are named
}

func (t *attributor) radar(c *call[radarParams]) (leaks, error) {
	p := c.params
	if p.Limit == 0 {
		p.Limit = 100
	}
	if p.Limit < 0 || p.Limit > orderfile.MaxListed {
		return leaks{}, outOfRange("limit", p.Limit, orderfile.MaxListed)
	}
	x, free, err := indexAt(t, c, p.moment)
	if err != nil {
		return leaks{}, err
	}
	defer free()
	all, err := orderfile.Read(c.ctx(), c.request.Body, p.File, x.Workspace())
	if err != nil {
		return leaks{}, err
	}
	var found leaks
	radar := attribution.NewRadar(x, &attribution.RadarOptions{MinOrders: p.MinOrders, Multiple: p.Multiple})
	for d, err := range x.DecideAll(c.ctx(), all.Each()) {
		if c.ctx().Err() != nil {
			return leaks{}, c.ctx().Err()
		}
		if err == nil {
			err = radar.Add(d.Order, d.Decision)
		}
		if err != nil {
			found.Failed++
		}
	}
	found.Items, found.More = radar.Leaks(p.Limit)
	named := names{}
	for _, leak := range found.Items {
		named.add(crm.RefTo(leak.Cooperation), crm.RefTo(leak.Influencer))
	}
	found.Names = named.of(x)
	return found, nil
}

// codesBody says for whom codes are made, and how.
type codesBody struct {
	// Pattern has the placeholders {influencer}, {first_name}, {handle}, {campaign}, {percent}, {n} and {random:4}, with a
	// number from 1 to 16 there.
	Pattern     string             `json:"pattern"`
	Influencers []crm.InfluencerID `json:"influencers"`       // at most 200
	Campaign    crm.CampaignID     `json:"campaign,omitzero"` // for {campaign}
	Platform    string             `json:"platform,omitzero"` // of the profile whose handle is wanted; any if it is not given
	Percent     int                `json:"percent,omitzero"`  // for {percent}; that of the influencer's default rules if it is not given
}

// newCode is a code for an influencer, or why there is none.
type newCode struct {
	Influencer crm.InfluencerID `json:"influencer"`
	Code       string           `json:"code,omitzero"`
	Problem    string           `json:"problem,omitzero"` // in the language of the request
}

func (t *attributor) codes(c *call[struct{}]) (list1[newCode], error) {
	asked, err := web.Body[codesBody](c.request)
	if err != nil {
		return list1[newCode]{}, err
	}
	switch {
	case asked.Pattern == "":
		return list1[newCode]{}, missing("pattern")
	case len(asked.Influencers) == 0:
		return list1[newCode]{}, missing("influencers")
	}
	x, err := t.indexes.Get(c.ctx(), c.crm, c.ws)
	if err != nil {
		return list1[newCode]{}, err
	}
	o := &attribution.CodeOptions{Campaign: asked.Campaign, Platform: asked.Platform, Percent: asked.Percent}
	made, err := x.NewCodes(asked.Pattern, asked.Influencers, o)
	if err != nil {
		return list1[newCode]{}, err
	}
	codes := make([]newCode, len(made))
	for n, m := range made {
		codes[n] = newCode{m.Influencer, m.Code, m.Problem.In(web.Language(c.request))}
	}
	return listed(codes, nil)
}
