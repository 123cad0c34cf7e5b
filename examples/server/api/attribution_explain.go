package api

import (
	"cmp"
	"github.com/getklar/influencercrm/examples/server/orderfile"
	"maps"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/web"
)

// explained is an order with all that can be said about whom it is credited to.
type explained struct {
	Decision attribution.Decision `json:"decision"`
	// Reasons say why each of the candidates lost, in their order; empty for the one that won.
	Reasons []string `json:"reasons"`
	// Findings say what an order lacks that is credited to nobody, what needs the fewest changes first.
	Findings []orderfile.Finding `json:"findings"`
	// Doubts say whom an order that a visit credited may have been meant for.
	Doubts []orderfile.Finding `json:"doubts"`
	// Names are those of all records that are named.
	Names []crm.NamedRef `json:"names"`
}

func (t *attributor) explain(c *call[moment]) (explained, error) {
	x, free, err := indexAt(t, c, c.params)
	if err != nil {
		return explained{}, err
	}
	defer free()
	order, err := orderfile.ReadOne(c.ctx(), c.request.Body, x.Workspace())
	if err != nil {
		return explained{}, err
	}
	d, err := x.Decide(order)
	if err != nil {
		return explained{}, err
	}
	lacks, err := x.Diagnose(c.ctx(), order)
	if err != nil {
		return explained{}, err
	}
	doubts, err := x.Doubts(c.ctx(), order)
	if err != nil {
		return explained{}, err
	}
	lang := web.Language(c.request)
	e := explained{Decision: d, Reasons: []string{}, Findings: orderfile.Findings(lacks, lang), Doubts: orderfile.Findings(doubts, lang)}
	named := names{}
	for _, candidate := range d.Candidates {
		e.Reasons = append(e.Reasons, candidate.Why().In(lang))
		named.add(crm.RefTo(candidate.Cooperation), crm.RefTo(candidate.Campaign), crm.RefTo(candidate.Influencer))
	}
	for _, f := range slices.Concat(lacks, doubts) {
		named.add(crm.RefTo(f.Cooperation), crm.RefTo(f.Influencer))
		for _, fix := range f.Fixes {
			named.add(fix.Record)
		}
	}
	e.Names = named.of(x)
	return e, nil
}

// names are records whose names an answer has.
type names map[crm.Ref]bool

func (n names) add(refs ...crm.Ref) {
	for _, ref := range refs {
		n[ref] = true
	}
}

// of are the names in an index, by kind and id. What has none there is left out.
func (n names) of(x *attribution.Index) []crm.NamedRef {
	named := []crm.NamedRef{}
	for _, ref := range slices.SortedFunc(maps.Keys(n), func(a, b crm.Ref) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.IDString(), b.IDString()))
	}) {
		if name := x.Name(ref); name != "" {
			named = append(named, crm.NamedRef{Ref: ref, Name: name})
		}
	}
	return named
}
