package storagetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
)

// sharersOf are the influencers that share an identity key with one.
func (s *shop) sharersOf(i crm.Influencer, among crm.Archive) []crm.Influencer {
	s.Helper()
	return s.load(crm.Need{Identities: crm.IdentityKeys(i), Archive: among}).Influencers
}

// among are the influencers that the model has.
func (s *shop) among(ids ...crm.InfluencerID) []crm.Influencer {
	all := []crm.Influencer{}
	for _, id := range ids {
		all = append(all, s.model[crm.RefTo(id)].(crm.Influencer))
	}
	return all
}

var sharerChecks = []check{
	inShop("Load: finds the influencers that have an identity key, those that Archive selects, by id", func(s *shop) {
		long := strings.Repeat("z", 1_500)
		made := map[string]crm.InfluencerID{}
		add := func(what string, i crm.Influencer) {
			i.ID, i.Version = crm.InfluencerID(s.newID()), 1
			if i.Name == "" {
				i.Name = "Nobody " + what
			}
			s.insert(i)
			made[what] = i.ID
		}
		profile := func(platform, handle, link string) []crm.Profile {
			return []crm.Profile{{ID: crm.ProfileID(s.newID()), Platform: platform, Handle: handle, Link: link}}
		}
		add("umlaut", crm.Influencer{Name: "Änne MÜLLER"})
		add("spelled", crm.Influencer{Name: "Mueller, Aenne"})
		add("plain", crm.Influencer{Name: "muller anne"})
		add("flower", crm.Influencer{Name: "🌸"})
		add("phone", crm.Influencer{PhoneE164: "+491701234567"})
		add("email", crm.Influencer{Email: "Mira@MAIL.example"})
		add("handle", crm.Influencer{Profiles: profile("instagram", "Mira.STRAUß", "")})
		add("similar", crm.Influencer{Profiles: profile("tiktok", "mira_strauss-", "")})
		add("linked", crm.Influencer{Profiles: profile("instagram", "", "https://www.instagram.com/mirastrauss/?igsh=1")})
		add("page", crm.Influencer{Profiles: profile("blog", "", "https://www.Pam.example/Me/?ref=1")})
		add("long", crm.Influencer{Name: "N " + long, Profiles: profile("blog", "", "https://pam.example/"+long)})
		add("nul", crm.Influencer{Profiles: profile("facebook", "", "https://facebook.com/profile.php?id=%00%ff")})
		add("another nul", crm.Influencer{Profiles: profile("instagram", "", "https://www.instagram.com/%00%ff/")})
		archived := crm.Influencer{Email: "mira@mail.example", Phone: "+49 170 1234567", PhoneE164: "+491701234567", ArchivedOn: day0}
		archived.Profiles = profile("youtube", "mira-strauss", "https://pam.example/me")
		add("archived", archived)
		for what, test := range map[string]struct {
			keys  crm.Influencer
			among crm.Archive
			want  []string
		}{
			"the words of a name":                  {crm.Influencer{Name: "anne Müller"}, crm.ActiveOnly, []string{"umlaut", "plain"}},
			"the words of a name, spelled out":     {crm.Influencer{Name: "Aenne Mueller"}, crm.ActiveOnly, []string{"umlaut", "spelled"}},
			"a name":                               {crm.Influencer{Name: "ÄNNE müller"}, crm.ActiveOnly, []string{"umlaut", "spelled", "plain"}},
			"a name without words":                 {crm.Influencer{Name: "🌸"}, crm.ActiveOnly, []string{"flower"}},
			"a phone number":                       {crm.Influencer{PhoneE164: "+491701234567"}, crm.ActiveOnly, []string{"phone"}},
			"a phone number of all":                {crm.Influencer{PhoneE164: "+491701234567"}, crm.ActiveOrNot, []string{"phone", "archived"}},
			"an email address":                     {crm.Influencer{Email: "MIRA@mail.example"}, crm.ActiveOnly, []string{"email"}},
			"an email address of what is archived": {crm.Influencer{Email: "MIRA@mail.example"}, crm.ArchivedOnly, []string{"archived"}},
			"a handle": {crm.Influencer{Profiles: profile("x", "mirastrauss", "")},
				crm.ActiveOnly, []string{"handle", "similar", "linked"}},
			"a handle of what is archived": {crm.Influencer{Profiles: profile("x", "mirastrauss", "")},
				crm.ArchivedOnly, []string{"archived"}},
			"a handle of all": {crm.Influencer{Profiles: profile("x", "mirastrauss", "")}, crm.ActiveOrNot,
				[]string{"handle", "similar", "linked", "archived"}},
			"a page":        {crm.Influencer{Profiles: profile("x", "", "http://pam.example/me")}, crm.ActiveOnly, []string{"page"}},
			"a page of all": {crm.Influencer{Profiles: profile("x", "", "http://pam.example/me")}, crm.ActiveOrNot, []string{"page", "archived"}},
			"a page with a NUL": {crm.Influencer{Profiles: profile("x", "", "https://www.facebook.com/profile.php?id=%00%ff")}, crm.ActiveOnly,
				[]string{"nul"}},
			"a long page":            {crm.Influencer{Profiles: profile("x", "", "http://pam.example/"+long)}, crm.ActiveOnly, []string{"long"}},
			"long words":             {crm.Influencer{Name: long + ", N"}, crm.ActiveOnly, []string{"long"}},
			"several, each once":     {archived, crm.ActiveOnly, []string{"phone", "email", "handle", "similar", "linked", "page"}},
			"what nobody has":        {crm.Influencer{Name: "Zoë", Email: "zoe@mail.example", PhoneE164: "+1"}, crm.ActiveOrNot, nil},
			"what has no identity":   {crm.Influencer{}, crm.ActiveOrNot, nil},
			"the beginning of words": {crm.Influencer{Name: "Änne"}, crm.ActiveOrNot, nil},
		} {
			var ids []crm.InfluencerID
			for _, name := range test.want {
				ids = append(ids, made[name])
			}
			slices.SortFunc(ids, crm.InfluencerID.Compare)
			s.same(what, s.sharersOf(test.keys, test.among), s.among(ids...))
		}
		blank := []crm.IdentityKey{{Kind: crm.IdentityEmail}, {Kind: crm.IdentityHandle}, {Kind: crm.IdentityPhone}, {Kind: "x", Text: "x"}}
		s.same("blank texts", s.load(crm.Need{Identities: blank}).Influencers, []crm.Influencer{})
		s.same("beside records", s.load(crm.Need{
			Refs: []crm.Ref{crm.RefTo(made["phone"]), crm.RefTo(made["email"])}, InfluencerNames: []string{"muller anne"},
			Identities: []crm.IdentityKey{{Kind: crm.IdentityEmail, Text: "mira@mail.example"}, {Kind: crm.IdentityName, Text: "🌸"}},
		}).Influencers, slices.Concat(s.among(made["phone"], made["email"]), s.among(inOrder(made["plain"], made["flower"])...)))
	}),
	inShop("Load: finds the first MaxSharers by id that Archive selects of each identity key", func(s *shop) {
		var all []crm.InfluencerID
		var records []crm.Record
		for n := range crm.MaxSharers + 3 {
			i := s.influencer(fmt.Sprint("platform ", n), "agency")
			i.Name, i.Email, i.PhoneE164 = "Agency", "agency@mail.example", "+491701234567"
			if i.Profiles[0].Link = "https://agency.example"; n%5 == 1 {
				i.ArchivedOn = day0
			}
			records, all = append(records, i), append(all, i.ID)
		}
		s.insert(records...)
		slices.SortFunc(all, crm.InfluencerID.Compare)
		for _, among := range []crm.Archive{crm.ActiveOnly, crm.ArchivedOnly, crm.ActiveOrNot} {
			var want []crm.InfluencerID
			for _, i := range s.among(all...) {
				if among.Selects(i.ArchivedOn) && len(want) < crm.MaxSharers {
					want = append(want, i.ID)
				}
			}
			for _, key := range crm.IdentityKeys(s.among(all[0])[0]) {
				found := s.load(crm.Need{Identities: []crm.IdentityKey{key}, Archive: among}).Influencers
				s.same(fmt.Sprintf("%s of %q", key.Kind, among), found, s.among(want...))
			}
		}
		last := s.among(all[len(all)-1])[0]
		last.Email = "last@mail.example"
		s.change(last)
		wanted := append(crm.IdentityKeys(last), crm.IdentityKey{Kind: crm.IdentityName, Text: "nobody"})
		s.same("and by another key", s.load(crm.Need{Identities: wanted, Archive: crm.ActiveOrNot}).Influencers,
			s.among(append(all[:crm.MaxSharers:crm.MaxSharers], last.ID)...))
	}),
	inShop("Load: identity keys are those of the records as they are, in the unit of work that writes them too", func(s *shop) {
		first, second := s.influencer("instagram", "mira"), s.influencer("tiktok", "pam", "instagram", "pam")
		first.Email, second.Name = "mira@mail.example", "Pam Müller"
		s.insert(first, second)
		s.same("at first", s.sharersOf(second, crm.ActiveOnly), s.among(second.ID))
		next, other := crm.Clone(second), second
		next.Name, next.Email, next.PhoneE164 = "Pamela", "mira@mail.example", "+491701234567"
		next.Profiles[0].Handle, next.Profiles[1].Link = "m.ira", "https://mira.example"
		find := func(ctx context.Context, r crm.Reader, by crm.Influencer) []crm.Influencer {
			found, err := r.Load(ctx, crm.Need{Identities: crm.IdentityKeys(by)})
			s.must("Load", err)
			return found.Influencers
		}
		s.update(func(ctx context.Context, tx crm.Tx) error {
			third := s.influencer("youtube", "mira")
			err := errors.Join(tx.Insert(ctx, third), tx.Update(ctx, second, next))
			s.expect(third)
			next.Version++
			s.expect(next)
			wanted := s.among(inOrder(first.ID, next.ID, third.ID)...)
			s.same("in its own unit", find(ctx, tx, first), wanted)
			s.same("by what was", find(ctx, tx, other), s.among(next.ID)) // by the other handle
			return err
		})
		s.check("afterwards")
		alone := next
		alone.Profiles = alone.Profiles[1:]
		s.change(alone)
		alone.Version++
		s.same("by a handle that is gone", s.sharersOf(crm.Influencer{Profiles: next.Profiles[:1]}, crm.ActiveOnly),
			s.sharersOf(crm.Influencer{Profiles: first.Profiles}, crm.ActiveOnly))
		s.same("by the new name", s.sharersOf(crm.Influencer{Name: "PAMELA"}, crm.ActiveOnly), s.among(next.ID))
		s.update(func(ctx context.Context, tx crm.Tx) error {
			err := tx.Delete(ctx, alone)
			s.same("of what is deleted", find(ctx, tx, crm.Influencer{Name: "PAMELA", PhoneE164: alone.PhoneE164}), []crm.Influencer{})
			return err
		})
		s.same("of what was deleted", s.sharersOf(alone, crm.ActiveOrNot), s.among(first.ID)) // by the email address
	}),
}

func inOrder(ids ...crm.InfluencerID) []crm.InfluencerID {
	slices.SortFunc(ids, crm.InfluencerID.Compare)
	return ids
}
