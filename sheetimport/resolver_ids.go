package sheetimport

import (
	"strings"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// idMaker makes the id of a new record of a kind. The key is what distinguishes the record from others of its kind.
type idMaker func(kind crm.Kind, key ...string) uuid.UUID

// kindProfile is the kind for ids of profiles, which are no records but parts of an influencer.
const kindProfile crm.Kind = "profile"

// derivedIDs makes ids of keys: the same in every reading of a sheet, and others in every workspace.
func derivedIDs(ws crm.WorkspaceID) idMaker {
	return func(kind crm.Kind, key ...string) uuid.UUID {
		return uuid.NewSHA1(ws.UUID(), []byte(string(kind)+"\x00"+strings.Join(key, "\x00")))
	}
}

// influencerID makes the id of a new influencer from the name, and for namesakes from the name and the handle, so that
// the order of the rows does not matter.
func (r *resolver) influencerID(e *entry) crm.InfluencerID {
	name := crm.Fold(e.influencer)
	if !r.namesakes[name] {
		id := crm.InfluencerID(r.newID(crm.KindInfluencer, name))
		if r.people.byID[id] == nil { // as somebody of another name whose rows share a handle with this one's can be
			return id
		}
	}
	return crm.InfluencerID(r.newID(crm.KindInfluencer, name, e.platform, crm.Fold(e.handle)))
}

// namesakes are the folded names with which a sheet has several handles on one platform.
func namesakes(entries []*entry) map[string]bool {
	shared := map[string]bool{}
	handles := map[[2]string]string{} // platform, folded name
	for _, e := range entries {
		if e.handle == "" {
			continue
		}
		at, handle := [2]string{e.platform, crm.Fold(e.influencer)}, crm.Fold(e.handle)
		if other, ok := handles[at]; ok && other != handle {
			shared[at[1]] = true
		}
		handles[at] = handle
	}
	return shared
}

// profileID makes the id of a new profile, of which most people have one on each platform.
func (r *resolver) profileID(one *person, e *entry) crm.ProfileID {
	for _, other := range one.Profiles {
		if other.Platform == e.platform {
			return crm.ProfileID(r.newID(kindProfile, one.ID.String(), e.platform, crm.Fold(e.handle)))
		}
	}
	return crm.ProfileID(r.newID(kindProfile, one.ID.String(), e.platform))
}
