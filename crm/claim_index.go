package crm

import (
	"cmp"
	"slices"

	"github.com/getklar/influencercrm/crm/internal/claims"
	"github.com/getklar/influencercrm/discount"
)

// ClaimIndex holds claims in memory, to find the conflicts of many cooperations without asking the store for each. The
// time for one follows from the length of its rules and from how many conflicts it has, not from how many claims there
// are. A claim takes some 300 bytes; see package claims.
type ClaimIndex struct {
	hidden any // see indexOf
	claimSettings
}

// indexOf is what the hidden field holds. Who imports this package pays for all types that its own lead to, through fields
// that nobody outside can name and through methods: of generic ones the compiler makes every method anew in each package.
// Of the trees of a claims.Index those are fifteen hundred functions and seconds for each package of a host, none of which is
// called there. So the field is an any, and this is no method.
func indexOf(x *ClaimIndex) *claims.Index { return x.hidden.(*claims.Index) }

func newClaimIndex(index *claims.Index, s claimSettings) *ClaimIndex { return &ClaimIndex{index, s} }

// claimSettings are what conflicts depend on of a workspace.
type claimSettings struct {
	tailDays   int
	comparison discount.Comparison
}

func (w Workspace) claimSettings() claimSettings {
	return claimSettings{w.TailDays, cmp.Or(w.CodeComparison, discount.Exact)}
}

// NewClaimIndex returns an index of claims in a workspace. Of the workspace its tail days and its comparison of codes
// count.
func NewClaimIndex(all []Claim, ws Workspace) *ClaimIndex {
	s := ws.claimSettings()
	return newClaimIndex(claims.New(entriesOf(all, s.tailDays), s.comparison), s)
}

// Conflicts finds what a cooperation conflicts with. OtherName is left empty.
func (x *ClaimIndex) Conflicts(c Cooperation) Conflicts {
	found := indexOf(x).Conflicts(x.entriesOf(c), maxConflicts)
	return Conflicts{List: listConflicts(found.Worst), More: found.Total - len(found.Worst), Possible: found.Possible}
}

// possible lists the possible conflicts of one claim, and how many there are beyond the limit.
func (x *ClaimIndex) possible(mine Claim, limit int) (list []Conflict, more int) {
	found, more := indexOf(x).Possible(entryOf(mine, x.tailDays), limit)
	return listConflicts(found), more
}

// replace sets the claims of a cooperation.
func (x *ClaimIndex) replace(id CooperationID, now []Claim) {
	indexOf(x).Replace(claims.ID(id), entriesOf(now, x.tailDays))
}

// has reports whether a cooperation claims in the index what it claims now.
func (x *ClaimIndex) has(id CooperationID, now []Claim) bool {
	return indexOf(x).Has(claims.ID(id), entriesOf(now, x.tailDays))
}

// copy returns the next version of the index.
func (x *ClaimIndex) copy() *ClaimIndex { return newClaimIndex(indexOf(x).Copy(), x.claimSettings) }

func (x *ClaimIndex) entriesOf(c Cooperation) []claims.Entry {
	return entriesOf(ClaimsOf(c), x.tailDays)
}

// entriesOf writes claims as entries of an index, those of one cooperation by kind and key.
func entriesOf(all []Claim, tailDays int) []claims.Entry {
	entries := make([]claims.Entry, len(all))
	for n, c := range all {
		entries[n] = entryOf(c, tailDays)
	}
	slices.SortFunc(entries, claims.Entry.Compare)
	return slices.CompactFunc(entries, func(a, b claims.Entry) bool { return a.Compare(b) == 0 })
}

func entryOf(c Claim, tailDays int) claims.Entry {
	return claims.Entry{
		Cooperation: claims.ID(c.Cooperation), Influencer: claims.ID(c.Influencer), Kind: claims.Kind(c.Kind), Key: c.Key,
		Days: c.live(tailDays),
	}
}

// listConflicts writes conflicts of entries as those of cooperations, without the names of the others.
func listConflicts(found []claims.Conflict) []Conflict {
	list := make([]Conflict, len(found))
	for n, c := range found {
		list[n] = Conflict{
			Severity: c.Severity, Kind: ClaimKind(c.Mine.Kind), Other: CooperationID(c.Other.Cooperation),
			OtherInfluencer: InfluencerID(c.Other.Influencer), Witness: c.Witness(), Cause: c.Cause(), During: c.Days,
		}
		if c.Mine.Kind != claims.UTM {
			list[n].Rule, list[n].OtherRule = c.Mine.Rule().String(), c.Other.Rule().String()
		}
	}
	return list
}
