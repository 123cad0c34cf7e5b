package sheetimport

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
)

// named is what the rows of a sheet name their records by, each once and in the form in which a store finds it.
type named struct {
	keys, campaigns, names map[string]bool
	targets                map[string]bool // of links: see account.LinkTarget
	handles                map[crm.Handle]bool
	platforms              map[string]bool // those without a site of their own on which rows have accounts
}

func newNamed() *named {
	return &named{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[crm.Handle]bool{}, map[string]bool{}}
}

// add adds what a row names. Its account is found as people.find does: by the handle, be it in a link, and by the identity of
// the link. In the CRM, too, the handle can stand in the link alone.
func (n *named) add(e *entry) {
	n.keys[e.key()] = true
	n.campaigns[crm.Fold(e.campaign)] = true
	n.names[crm.Fold(e.influencer)] = true
	for _, name := range swappedNames(e.influencer) {
		n.names[name] = true
	}
	n.targets[account.LinkTarget(e.link)] = true
	name := e.account().Name()
	switch {
	case name == "":
		return
	case account.HasSite(e.platform):
		n.targets[account.TargetOf(e.platform, name)] = true
	default:
		n.platforms[e.platform] = true
	}
	n.handles[crm.Handle{Platform: e.platform, Handle: name}] = true
}

// needs are the look-ups, as few as the bounds of one allow.
func (n *named) needs(yield func(crm.Need) bool) {
	keys, stopKeys := iter.Pull(slices.Chunk(sortedKeys(n.keys), crm.MaxNeed))
	defer stopKeys()
	campaigns, stopCampaigns := iter.Pull(slices.Chunk(sortedKeys(n.campaigns), crm.MaxNeed))
	defer stopCampaigns()
	names, stopNames := iter.Pull(slices.Chunk(sortedKeys(n.names), crm.MaxNeed))
	defer stopNames()
	targets, stopTargets := iter.Pull(slices.Chunk(sortedKeys(n.targets), crm.MaxNeed))
	defer stopTargets()
	handles, stopHandles := iter.Pull(slices.Chunk(slices.SortedFunc(maps.Keys(n.handles), compareHandles), crm.MaxNeed))
	defer stopHandles()
	for {
		need, more := crm.Need{Parents: true}, [5]bool{}
		need.ImportKeys, more[0] = keys()
		need.CampaignNames, more[1] = campaigns()
		need.InfluencerNames, more[2] = names()
		need.Links, more[3] = targets()
		need.Handles, more[4] = handles()
		if more == [5]bool{} || !yield(need) {
			return
		}
	}
}

func compareHandles(a, b crm.Handle) int {
	return cmp.Or(cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Handle, b.Handle))
}
