package storagetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

var uniquenessChecks = []check{
	forEachKind("Insert: an id that is taken is an ErrAlreadyExists", func(s *shop, k kind) {
		r, other := k.sample(s, 1), k.sample(s, 2)
		s.insert(r)
		s.wantErr("Insert of a stored "+string(k.name), s.tryInsert(r), crm.ErrAlreadyExists)
		edited := backend.AtRevision(k.edited(s, r), 5)
		s.wantErr("Insert of the same id with other content", s.tryInsert(edited), crm.ErrAlreadyExists)
		s.wantErr("Insert of the same id twice", s.tryInsert(other, other), crm.ErrAlreadyExists)
		s.check("afterwards")
	}),
	inShop("Insert: ids of different kinds do not meet", func(s *shop) {
		id := s.newID()
		s.insert(
			crm.Member{ID: crm.MemberID(id), Version: 1}, crm.Campaign{ID: crm.CampaignID(id), Version: 1, Name: "x"},
			crm.Influencer{ID: crm.InfluencerID(id), Version: 1}, crm.ImportRun{ID: crm.ImportRunID(id), Version: 1},
			crm.Cooperation{
				ID: crm.CooperationID(id), Version: 1,
				Campaign: crm.CampaignID(id), Influencer: crm.InfluencerID(id), Responsible: crm.MemberID(id),
			},
			crm.Member{ID: crm.MemberID(s.id), Version: 1, Name: "with the workspace's id"},
		)
		s.check("afterwards")
	}),
	inShop("Insert: a campaign name that is taken, folded, is an ErrAlreadyExists", func(s *shop) {
		first := s.campaign(equalNames[0])
		s.insert(first)
		for _, name := range equalNames {
			s.wantErr("Insert of a campaign "+name, s.tryInsert(s.campaign(name)), crm.ErrAlreadyExists)
		}
		s.wantErr("Insert of two equal names", s.tryInsert(s.campaign("zoë"), s.campaign("ZOE\u0308")), crm.ErrAlreadyExists)
		first.ArchivedOn = day0
		s.change(first)
		s.wantErr("Insert of an archived campaign's name", s.tryInsert(s.campaign(equalNames[1])), crm.ErrAlreadyExists)
		for _, name := range []string{"Strase 1", "Straße 1.", "zoe", "Zoë", "%", "_"} {
			s.insert(s.campaign(name))
		}
		s.check("afterwards")
	}),
	inShop("Update: a campaign name that is taken, folded, is an ErrAlreadyExists", func(s *shop) {
		first, second := s.campaign(equalNames[0]), s.campaign("Other")
		s.insert(first, second)
		for _, name := range equalNames {
			second.Name = name
			s.wantErr("Update of a campaign to "+name, s.tryChange(second), crm.ErrAlreadyExists)
		}
		s.check("after refused renames")
		for n, name := range equalNames {
			first.Name, first.Version = name, int64(n+1)
			s.change(first)
		}
		s.check("after a campaign got other spellings of its own name")
	}),
	inShop("Campaign names are free again after a rename and a delete", func(s *shop) {
		first, second := s.campaign("First"), s.campaign("Second")
		s.insert(first, second)
		// Both swap names in one unit of work, by way of a third.
		s.update(func(ctx context.Context, tx crm.Tx) error {
			a, b := first, second
			a.Name, b.Name = "aside", "FIRST"
			err := errors.Join(tx.Update(ctx, nil, a), tx.Update(ctx, nil, b))
			a.Name, a.Version = "SECOND", 2
			return errors.Join(err, tx.Update(ctx, nil, a))
		})
		first.Name, first.Version, second.Name, second.Version = "SECOND", 3, "FIRST", 2
		s.expect(first, second)
		s.insert(s.campaign("aside"))
		s.remove(first)
		s.insert(s.campaign("second"))
		s.check("afterwards")
		s.wantErr("Insert of a name that is taken again", s.tryInsert(s.campaign("Second")), crm.ErrAlreadyExists)
	}),
	inShop("Names of other records need not be unique", func(s *shop) {
		for range 2 {
			m, i, c := s.member("Mira"), s.influencer(), s.cooperation()
			m.Email, i.Email, i.Tags = "mira@example.com", "mira@example.com", []string{"a", "A", "a"}
			c.Name, c.Imported = "Mira", &crm.Imported{Key: "row 1"}
			s.insert(m, i, c, s.importRun("sheet"))
		}
		s.check("afterwards")
	}),
	inShop("Insert: a profile that is taken, folded, is an ErrAlreadyExists", func(s *shop) {
		first := s.influencer("tiktok", "else", "instagram", equalHandles[0])
		s.insert(first)
		for _, handle := range equalHandles {
			i := s.influencer("youtube", "x", "instagram", handle)
			s.wantField("Insert of handle "+handle, s.tryInsert(i), crm.ErrAlreadyExists, "profiles.handle")
		}
		twice := s.influencer("instagram", "me", "instagram", "ME")
		s.wantErr("Insert of one profile twice", s.tryInsert(twice), crm.ErrAlreadyExists)
		first.ArchivedOn = day0
		s.change(first)
		again := s.influencer("instagram", "STRASSE")
		s.wantErr("Insert of an archived influencer's handle", s.tryInsert(again), crm.ErrAlreadyExists)
		s.check("afterwards")
	}),
	inShop("Update: a profile that is taken, folded, is an ErrAlreadyExists", func(s *shop) {
		first := s.influencer("instagram", equalHandles[0])
		second := s.influencer("instagram", "other", "tiktok", "strasse")
		s.insert(first, second)
		for _, handle := range equalHandles {
			taken := crm.Clone(second)
			taken.Profiles[0].Handle = handle
			s.wantField("Update to handle "+handle, s.tryChange(taken), crm.ErrAlreadyExists, "profiles.handle")
		}
		s.check("after refused updates")
		for n, handle := range equalHandles {
			first.Profiles[0].Handle, first.Version = handle, int64(n+1)
			s.change(first)
		}
		s.check("after a profile got other spellings of its own handle")
	}),
	inTwoShops("Insert: a profile's id that is taken is an ErrAlreadyExists", func(s, elsewhere *shop) {
		first := s.influencer("tiktok", "else", "instagram", "mira")
		s.insert(first)
		refused := func(what string, i crm.Influencer, id crm.ProfileID) {
			i.Profiles[len(i.Profiles)-1].ID = id
			s.wantField("Insert of "+what, s.tryInsert(i), crm.ErrAlreadyExists, "profiles.id")
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
		i := elsewhere.influencer()
		i.Profiles = crm.Clone(first).Profiles
		elsewhere.insert(i)
		elsewhere.check("another workspace")
	}),
	inShop("Update: a profile's id that is taken is an ErrAlreadyExists", func(s *shop) {
		first, second := s.influencer("instagram", "a"), s.influencer("instagram", "b", "tiktok", "c")
		s.insert(first, second)
		for n, id := range []crm.ProfileID{first.Profiles[0].ID, second.Profiles[0].ID} {
			taken := crm.Clone(second)
			taken.Profiles[1].ID = id
			s.wantField(fmt.Sprintf("Update %d to an id that is taken", n), s.tryChange(taken), crm.ErrAlreadyExists, "profiles.id")
		}
		s.check("after refused updates")
		second.Profiles[0].ID, second.Profiles[1].ID = second.Profiles[1].ID, second.Profiles[0].ID
		s.change(second)
		s.check("after two profiles of one influencer swapped ids")
	}),
	inShop("Profiles without an id need not be unique", func(s *shop) {
		a, b := s.influencer("instagram", "a", "instagram", "b"), s.influencer("instagram", "c")
		for _, p := range []*crm.Profile{&a.Profiles[0], &a.Profiles[1], &b.Profiles[0]} {
			p.ID = crm.ProfileID{}
		}
		s.insert(a, b)
		a.Name = "Pam"
		s.change(a)
		s.check("afterwards")
	}),
	inShop("Profiles are free again after a rename, a removal and a delete", func(s *shop) {
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
			return errors.Join(tx.Update(ctx, nil, first), tx.Update(ctx, nil, second))
		})
		s.expect(backend.AtRevision(first, 3), backend.AtRevision(second, 2))
		s.check("after the move")
		s.wantErr("Insert of the moved handle", s.tryInsert(s.influencer("tiktok", "B")), crm.ErrAlreadyExists)
		s.remove(backend.AtRevision(second, 2))
		s.insert(s.influencer("tiktok", "B", "youtube", "C"))
		s.check("after the delete")
	}),
	inShop("Delete: the profiles of an influencer go with it", func(s *shop) {
		i := s.influencer("instagram", "mira", "tiktok", "mira")
		s.insert(i)
		s.remove(i)
		s.view(func(ctx context.Context, r crm.Reader) error {
			filter := crm.InfluencerFilter{Handle: "mira", Archive: crm.ActiveOrNot}
			s.returns("influencers with a deleted profile", 0)(influencers.count(ctx, r, filter))
			return nil
		})
		// The same profiles, ids included, may belong to somebody else now.
		next := s.influencer()
		next.Profiles = i.Profiles
		s.insert(next)
		s.check("afterwards")
	}),
	inShop("Profiles without a handle, or on other platforms, need not be unique", func(s *shop) {
		s.insert(
			s.influencer("instagram", "", "instagram", "", "tiktok", "mira"),
			s.influencer("instagram", " ", "instagram", "\u200b"),
			s.influencer("instagram", "", "instagram", "mira"),
			s.influencer("youtube", "mira", "x", "m_ra", "twitch", "mira%"),
			s.influencer("x", "mira", "instagram", "m", "instagram", "%"),
		)
		s.check("afterwards")
	}),
}

// equalNames and equalHandles are spellings of one name and of one handle.
var (
	equalNames   = []string{"Straße 1", "STRASSE 1", " strasse  1 ", "Ｓtraße 1", "Stra\u00dfe\u00a01"}
	equalHandles = []string{"Straße", "STRASSE", "strasse", "Ｓtrasse"}
)
