package storagetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

func uniquenessChecks() []check {
	return []check{
		{"Insert: an id that is taken is an ErrAlreadyExists", checkIDs},
		{"Insert: ids of different kinds do not meet", checkIDsOfKinds},
		{"Insert: a campaign name that is taken, folded, is an ErrAlreadyExists", checkNameOnInsert},
		{"Update: a campaign name that is taken, folded, is an ErrAlreadyExists", checkNameOnUpdate},
		{"Campaign names are free again after a rename and a delete", checkNameFreed},
		{"Names of other records need not be unique", checkOtherNames},
		{"Insert: a profile that is taken, folded, is an ErrAlreadyExists", checkHandleOnInsert},
		{"Update: a profile that is taken, folded, is an ErrAlreadyExists", checkHandleOnUpdate},
		{"Insert: a profile's id that is taken is an ErrAlreadyExists", checkProfileIDOnInsert},
		{"Update: a profile's id that is taken is an ErrAlreadyExists", checkProfileIDOnUpdate},
		{"Profiles without an id need not be unique", checkNoProfileIDs},
		{"Profiles are free again after a rename, a removal and a delete", checkHandleFreed},
		{"Delete: the profiles of an influencer go with it", checkProfilesGo},
		{"Profiles without a handle, or on other platforms, need not be unique", checkHandlesApart},
	}
}

func checkIDs(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		r, other := k.sample(s, 1), k.sample(s, 2)
		s.insert(r)
		e.wantErr("Insert of a stored "+string(k.name), s.tryInsert(r), crm.ErrAlreadyExists)
		e.wantErr("Insert of the same id with other content", s.tryInsert(backend.AtRevision(k.edited(s, r), 5)), crm.ErrAlreadyExists)
		e.wantErr("Insert of the same id twice", s.tryInsert(other, other), crm.ErrAlreadyExists)
		s.check("afterwards")
	}
}

func checkIDsOfKinds(e *env) {
	s := e.shop()
	id := s.newID()
	s.insert(
		crm.Member{ID: crm.MemberID(id), Version: 1}, crm.Campaign{ID: crm.CampaignID(id), Version: 1, Name: "x"},
		crm.Influencer{ID: crm.InfluencerID(id), Version: 1}, crm.ImportRun{ID: crm.ImportRunID(id), Version: 1},
		crm.Cooperation{ID: crm.CooperationID(id), Version: 1, Campaign: crm.CampaignID(id), Influencer: crm.InfluencerID(id), Responsible: crm.MemberID(id)},
		crm.Member{ID: crm.MemberID(s.id), Version: 1, Name: "with the workspace's id"},
	)
	s.check("afterwards")
}

// equalNames are spellings of one name.
var equalNames = []string{"Straße 1", "STRASSE 1", " strasse  1 ", "Ｓtraße 1", "Stra\u00dfe\u00a01"}

func (s *shop) campaign(name string) crm.Campaign {
	return crm.Campaign{ID: crm.CampaignID(s.newID()), Version: 1, Name: name}
}

func checkNameOnInsert(e *env) {
	s := e.shop()
	first := s.campaign(equalNames[0])
	s.insert(first)
	for _, name := range equalNames {
		e.wantErr("Insert of a campaign "+name, s.tryInsert(s.campaign(name)), crm.ErrAlreadyExists)
	}
	e.wantErr("Insert of two equal names", s.tryInsert(s.campaign("zoë"), s.campaign("ZOE\u0308")), crm.ErrAlreadyExists)
	first.ArchivedOn = day0
	s.change(first)
	e.wantErr("Insert of an archived campaign's name", s.tryInsert(s.campaign(equalNames[1])), crm.ErrAlreadyExists)
	s.insert(s.campaign("Strase 1"), s.campaign("Straße 1."), s.campaign("zoe"), s.campaign("Zoë"), s.campaign("%"), s.campaign("_"))
	s.check("afterwards")
}

func checkNameOnUpdate(e *env) {
	s := e.shop()
	first, second := s.campaign(equalNames[0]), s.campaign("Other")
	s.insert(first, second)
	for _, name := range equalNames {
		second.Name = name
		e.wantErr("Update of a campaign to "+name, s.tryChange(second), crm.ErrAlreadyExists)
	}
	s.check("after refused renames")
	for n, name := range equalNames {
		first.Name, first.Version = name, int64(n+1)
		s.change(first)
	}
	s.check("after a campaign got other spellings of its own name")
}

func checkNameFreed(e *env) {
	s := e.shop()
	first, second := s.campaign("First"), s.campaign("Second")
	s.insert(first, second)
	// Both swap names in one unit of work, by way of a third.
	e.must("Update", s.try(func(ctx context.Context, tx crm.Tx) error {
		a, b := first, second
		a.Name, b.Name = "aside", "FIRST"
		err := errors.Join(tx.Update(ctx, a), tx.Update(ctx, b))
		a.Name, a.Version = "SECOND", 2
		return errors.Join(err, tx.Update(ctx, a))
	}))
	first.Name, first.Version, second.Name, second.Version = "SECOND", 3, "FIRST", 2
	s.model[first.Ref()], s.model[second.Ref()] = first, second
	s.insert(s.campaign("aside"))
	s.remove(first)
	s.insert(s.campaign("second"))
	s.check("afterwards")
	e.wantErr("Insert of a name that is taken again", s.tryInsert(s.campaign("Second")), crm.ErrAlreadyExists)
}

func checkOtherNames(e *env) {
	s := e.shop()
	for range 2 {
		s.insert(
			crm.Member{ID: crm.MemberID(s.newID()), Version: 1, Name: "Mira", Email: "mira@example.com"},
			crm.Influencer{ID: crm.InfluencerID(s.newID()), Version: 1, Name: "Mira", Email: "mira@example.com", Tags: []string{"a", "A", "a"}},
			crm.Cooperation{ID: crm.CooperationID(s.newID()), Version: 1, Campaign: s.campaigns[0], Influencer: s.influencers[0], Name: "Mira",
				Imported: &crm.Imported{Key: "row 1"}},
			crm.ImportRun{ID: crm.ImportRunID(s.newID()), Version: 1, Source: "sheet"},
		)
	}
	s.check("afterwards")
}

// influencer has one profile for each platform and handle.
func (s *shop) influencer(platformsAndHandles ...string) crm.Influencer {
	i := crm.Influencer{ID: crm.InfluencerID(s.newID()), Version: 1, Name: "Mira"}
	for n := 0; n < len(platformsAndHandles); n += 2 {
		i.Profiles = append(i.Profiles, crm.Profile{ID: crm.ProfileID(s.newID()), Platform: platformsAndHandles[n], Handle: platformsAndHandles[n+1]})
	}
	return i
}

var equalHandles = []string{"Straße", "STRASSE", "strasse", "Ｓtrasse"}

func checkHandleOnInsert(e *env) {
	s := e.shop()
	first := s.influencer("tiktok", "else", "instagram", equalHandles[0])
	s.insert(first)
	for _, handle := range equalHandles {
		e.wantField("Insert of handle "+handle, s.tryInsert(s.influencer("youtube", "x", "instagram", handle)), crm.ErrAlreadyExists, "profiles.handle")
	}
	e.wantErr("Insert of one profile twice", s.tryInsert(s.influencer("instagram", "me", "instagram", "ME")), crm.ErrAlreadyExists)
	first.ArchivedOn = day0
	s.change(first)
	e.wantErr("Insert of an archived influencer's handle", s.tryInsert(s.influencer("instagram", "STRASSE")), crm.ErrAlreadyExists)
	s.check("afterwards")
}

func checkHandleOnUpdate(e *env) {
	s := e.shop()
	first, second := s.influencer("instagram", equalHandles[0]), s.influencer("instagram", "other", "tiktok", "strasse")
	s.insert(first, second)
	for _, handle := range equalHandles {
		taken := crm.Clone(second)
		taken.Profiles[0].Handle = handle
		e.wantField("Update to handle "+handle, s.tryChange(taken), crm.ErrAlreadyExists, "profiles.handle")
	}
	s.check("after refused updates")
	for n, handle := range equalHandles {
		first.Profiles[0].Handle, first.Version = handle, int64(n+1)
		s.change(first)
	}
	s.check("after a profile got other spellings of its own handle")
}

func checkProfileIDOnInsert(e *env) {
	s := e.shop()
	first := s.influencer("tiktok", "else", "instagram", "mira")
	s.insert(first)
	refused := func(what string, i crm.Influencer, id crm.ProfileID) {
		i.Profiles[len(i.Profiles)-1].ID = id
		e.wantField("Insert of "+what, s.tryInsert(i), crm.ErrAlreadyExists, "profiles.id")
	}
	refused("an id with another handle", s.influencer("youtube", "x", "instagram", "other"), first.Profiles[1].ID)
	refused("an id with the same handle", s.influencer("instagram", "mira"), first.Profiles[1].ID)
	refused("an id without a handle", s.influencer("instagram", ""), first.Profiles[0].ID)
	twice := s.influencer("instagram", "a", "tiktok", "b")
	refused("one id twice", twice, twice.Profiles[0].ID)
	first.ArchivedOn = day0
	s.change(first)
	refused("an archived influencer's id", s.influencer("youtube", "x"), first.Profiles[0].ID)
	s.check("afterwards")
	// Another workspace has its own.
	elsewhere := e.shop()
	i := elsewhere.influencer()
	i.Profiles = crm.Clone(first).Profiles
	elsewhere.insert(i)
	elsewhere.check("another workspace")
}

func checkProfileIDOnUpdate(e *env) {
	s := e.shop()
	first, second := s.influencer("instagram", "a"), s.influencer("instagram", "b", "tiktok", "c")
	s.insert(first, second)
	for n, id := range []crm.ProfileID{first.Profiles[0].ID, second.Profiles[0].ID} {
		taken := crm.Clone(second)
		taken.Profiles[1].ID = id
		e.wantField(fmt.Sprintf("Update %d to an id that is taken", n), s.tryChange(taken), crm.ErrAlreadyExists, "profiles.id")
	}
	s.check("after refused updates")
	second.Profiles[0].ID, second.Profiles[1].ID = second.Profiles[1].ID, second.Profiles[0].ID
	s.change(second)
	s.check("after two profiles of one influencer swapped ids")
}

func checkNoProfileIDs(e *env) {
	s := e.shop()
	a, b := s.influencer("instagram", "a", "instagram", "b"), s.influencer("instagram", "c")
	for _, i := range []crm.Influencer{a, b} {
		for n := range i.Profiles {
			i.Profiles[n].ID = crm.ProfileID{}
		}
	}
	s.insert(a, b)
	a.Name = "Pam"
	s.change(a)
	s.check("afterwards")
}

func checkHandleFreed(e *env) {
	s := e.shop()
	first, second := s.influencer("instagram", "a", "tiktok", "b"), s.influencer("youtube", "c")
	s.insert(first, second)
	first.Profiles[0].Handle = "renamed"
	s.change(first)
	s.insert(s.influencer("instagram", "A"))
	// A profile moves from one influencer to another in one unit of work.
	moved := first.Profiles[1]
	first.Profiles, first.Version = first.Profiles[:1], 2
	second.Profiles = append(second.Profiles, moved)
	s.update(func(ctx context.Context, tx crm.Tx) error {
		return errors.Join(tx.Update(ctx, first), tx.Update(ctx, second))
	})
	s.model[first.Ref()], s.model[second.Ref()] = stored(backend.AtRevision(first, 3)), stored(backend.AtRevision(second, 2))
	s.check("after the move")
	e.wantErr("Insert of the moved handle", s.tryInsert(s.influencer("tiktok", "B")), crm.ErrAlreadyExists)
	s.remove(backend.AtRevision(second, 2))
	s.insert(s.influencer("tiktok", "B", "youtube", "C"))
	s.check("after the delete")
}

func checkProfilesGo(e *env) {
	s := e.shop()
	i := s.influencer("instagram", "mira", "tiktok", "mira")
	s.insert(i)
	s.remove(i)
	s.view(func(ctx context.Context, r crm.Reader) error {
		n, err := r.Influencers().Count(ctx, crm.InfluencerFilter{Handle: "mira", Archive: crm.ActiveOrNot})
		e.same("influencers with a deleted profile", n, 0)
		return err
	})
	// The same profiles, ids included, may belong to somebody else now.
	heir := s.influencer()
	heir.Profiles = i.Profiles
	s.insert(heir)
	s.check("afterwards")
}

func checkHandlesApart(e *env) {
	s := e.shop()
	s.insert(
		s.influencer("instagram", "", "instagram", "", "tiktok", "mira"),
		s.influencer("instagram", " ", "instagram", "\u200b"),
		s.influencer("instagram", "", "instagram", "mira"),
		s.influencer("youtube", "mira", "x", "m_ra", "twitch", "mira%"),
		s.influencer("x", "mira", "instagram", "m", "instagram", "%"),
	)
	s.check("afterwards")
}
