package storagetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm"
)

// load reads a need in every way there is, which must agree.
func (s *shop) load(n crm.Need) (found crm.Loaded) {
	s.Helper()
	s.view(func(ctx context.Context, r crm.Reader) (err error) {
		found, err = r.Load(ctx, n)
		return err
	})
	s.returns("Load outside of units of work", found)(s.store.Reader(s.id).Load(s.ctx, n))
	s.update(func(ctx context.Context, tx crm.Tx) error {
		s.returns("Load in an Update", found)(tx.Load(ctx, n))
		return nil
	})
	return found
}

var loadChecks = []check{
	inShop("Load: finds the records that exist, each once, and with Parents what cooperations name", func(s *shop) {
		c := s.cooperation()
		c.Campaign, c.Influencer = s.campaigns[1], s.influencers[1]
		s.insert(c)
		refs := []crm.Ref{
			crm.RefTo(s.members[1]), crm.RefTo(s.campaigns[0]), crm.RefTo(c.ID), crm.RefTo(s.members[0]), crm.RefTo(c.ID),
			crm.RefTo(s.members[1]), crm.RefTo(crm.MemberID(s.newID())), crm.RefTo(crm.InfluencerID(s.newID())),
		}
		without := s.load(crm.Need{Refs: refs})
		s.same("members", len(without.Members), 2)
		s.same("cooperations", without.Cooperations, []crm.Cooperation{stored(c).(crm.Cooperation)})
		s.same("campaigns", without.Campaigns, []crm.Campaign{s.model[crm.RefTo(s.campaigns[0])].(crm.Campaign)})
		s.same("influencers", without.Influencers, []crm.Influencer{})
		with := s.load(crm.Need{Refs: refs, Parents: true})
		s.same("campaigns with parents", len(with.Campaigns), 2)
		s.same("influencers with parents", with.Influencers, []crm.Influencer{s.model[crm.RefTo(s.influencers[1])].(crm.Influencer)})
		many := crm.Need{}
		for range crm.MaxNeed {
			many.Refs = append(many.Refs, crm.RefTo(s.members[0]))
		}
		s.same("the most that can be asked for", len(s.load(many).Members), 1)
	}),
	inShop("Load: finds names by their beginning: the longest first, then the greatest, then by id, at most MaxNames", func(s *shop) {
		campaign, influencer := s.campaign("Sommer"), s.influencer()
		influencer.Name = "STRAUẞ"
		s.insert(campaign, influencer)
		names := []string{
			"sommer - strauss", "Sommer - Strauß - TikTok", "Sommer - Strauss (2)", "Sommer - Strauss (10)", "Sommer - Strauss (11)",
			"Sommer - Stra", "Winter - Strauss", "Sommer - Strauss (2)",
		}
		ids := map[string][]crm.CooperationID{}
		for _, name := range names {
			c := s.cooperation()
			c.Campaign, c.Influencer, c.Name = campaign.ID, influencer.ID, name
			s.insert(c)
			ids[crm.Fold(name)] = append(ids[crm.Fold(name)], c.ID)
		}
		other := s.cooperation() // in another campaign
		other.Name = names[0]
		s.insert(other)
		want := crm.Names{Found: []crm.NameKey{}}
		for _, key := range []string{
			"sommer - strauss - tiktok", "sommer - strauss (11)", "sommer - strauss (10)", "sommer - strauss (2)", "sommer - strauss",
		} {
			for _, id := range ids[key] {
				want.Found = append(want.Found, crm.NameKey{ID: id, Key: key})
			}
		}
		found := s.load(crm.Need{Names: []crm.NameProbe{
			{Campaign: campaign.ID, Influencer: influencer.ID},
			{Campaign: campaign.ID, Prefix: "sommer - strauss"},
			{Campaign: campaign.ID, Prefix: "sommer - strauss ("},
			{Campaign: s.campaigns[1], Prefix: "sommer"},
			{Campaign: campaign.ID, Influencer: crm.InfluencerID(s.newID())},
		}})
		s.same("by influencer", found.Names[0], want)
		s.same("by prefix", found.Names[1], want)
		s.same("numbered", found.Names[2].Found, want.Found[1:5])
		s.same("of another campaign", found.Names[3], crm.Names{Found: []crm.NameKey{}})
		s.same("of nobody", found.Names[4], crm.Names{Found: []crm.NameKey{}})

		var more []crm.Record
		for n := range crm.MaxNames {
			c := s.cooperation()
			c.Campaign, c.Influencer, c.Name = campaign.ID, influencer.ID, fmt.Sprint("Sommer - Strauss, again and again, no. ", 1000+n)
			more = append(more, c)
		}
		s.insert(more...)
		cut := s.load(crm.Need{Names: []crm.NameProbe{{Campaign: campaign.ID, Influencer: influencer.ID}}}).Names[0]
		if !cut.More || len(cut.Found) != crm.MaxNames || cut.Found[0].Key != "sommer - strauss, again and again, no. 1099" {
			s.Errorf("of many: %d names from %v on, more: %v", len(cut.Found), cut.Found[0], cut.More)
		}
	}),
	inShop("Load: finds who has an account by its folded handle", func(s *shop) {
		mira, pam := s.influencer("instagram", "Mira.STRAUß", "tiktok", "mira"), s.influencer("instagram", "pam", "tiktok", "")
		s.insert(mira, pam)
		found := s.load(crm.Need{Handles: []crm.Handle{
			{Platform: "instagram", Handle: "mira.strauss"}, {Platform: "tiktok", Handle: "pam"}, {Platform: "instagram", Handle: "PAM"},
			{Platform: "tiktok", Handle: "mira"}, {Platform: "tiktok"}, {Platform: "instagram", Handle: "nobody"},
			{Platform: "instagram", Handle: "mira.strauss"},
		}})
		s.same("owners", found.Owners, []crm.InfluencerID{mira.ID, {}, pam.ID, mira.ID, {}, {}, mira.ID})
	}),
	inShop("Load: takes the platform of a handle as it is stored", func(s *shop) {
		// A filter takes other spellings of a platform; see CheckFilter.
		mira, zoe := s.influencer("instagram", "mira"), s.influencer("Instagram", "mira", "myspace", "mira", "", "zoe")
		s.insert(mira, zoe)
		found := s.load(crm.Need{Handles: []crm.Handle{
			{Platform: "instagram", Handle: "mira"}, {Platform: "Instagram", Handle: "mira"}, {Platform: "INSTAGRAM", Handle: "mira"},
			{Platform: "insta", Handle: "mira"}, {Platform: "myspace", Handle: "Mira"}, {Platform: "MySpace", Handle: "mira"},
			{Platform: "", Handle: "zoe"}, {Platform: "", Handle: "mira"},
		}})
		s.same("owners", found.Owners, []crm.InfluencerID{mira.ID, zoe.ID, {}, {}, zoe.ID, {}, zoe.ID, {}})
	}),
	inShop("Load: finds records by folded names and targets of links, and cooperations by import keys, archived ones too, by id", func(s *shop) {
		summer, winter := s.campaign("SOMMER"), s.campaign("Winter")
		winter.ArchivedOn = day0
		first, second, other := s.influencer("instagram", "one"), s.influencer(), s.influencer("tiktok", "three")
		first.Name, second.Name, other.Name = "Ana STRAUẞ", "ana strauss", "Zoe"
		first.Profiles[0].Link, other.Profiles[0].Link = "https://example.com/Ana", "https://example.com/"+strings.Repeat("z", 1_500)
		second.ArchivedOn = day0
		s.insert(summer, winter, first, second, other)
		imported := func(key string, campaign crm.CampaignID, one crm.InfluencerID) crm.Cooperation {
			c := s.cooperation()
			c.Campaign, c.Influencer, c.Imported = campaign, one, &crm.Imported{Source: "sheet.csv", Key: key, Values: map[string]string{}}
			s.insert(c)
			return s.model[c.Ref()].(crm.Cooperation)
		}
		a, b := imported("Key 1", summer.ID, other.ID), imported("Key 1", s.campaigns[1], first.ID)
		imported("key 1", s.campaigns[0], s.influencers[0])
		campaigns, people := []crm.Campaign{}, []crm.Influencer{}
		for _, c := range []crm.Campaign{summer, winter} {
			campaigns = append(campaigns, s.model[c.Ref()].(crm.Campaign))
		}
		for _, i := range []crm.Influencer{first, second, other} {
			people = append(people, s.model[i.Ref()].(crm.Influencer))
		}
		found := s.load(crm.Need{
			CampaignNames: []string{"winter", "Sommer", "", "nobody's", "sommer"}, InfluencerNames: []string{"Ana Strauß", " ", "ana strauss"},
			Links: []string{other.Profiles[0].Link, "", "HTTP://www.example.com/ana/?ref=x"}, ImportKeys: []string{"Key 1", "", "Key 2"},
		})
		s.same("campaigns", found.Campaigns, campaigns)
		s.same("influencers", found.Influencers, people)
		s.same("cooperations", found.Cooperations, []crm.Cooperation{a, b})
		found = s.load(crm.Need{Refs: []crm.Ref{b.Ref(), first.Ref()}, Parents: true, ImportKeys: []string{"Key 1"},
			CampaignNames: []string{"winter"}, InfluencerNames: []string{"ana strauss"}})
		s.same("with parents: cooperations", found.Cooperations, []crm.Cooperation{b, a})
		s.same("with parents: campaigns", found.Campaigns,
			[]crm.Campaign{s.model[crm.RefTo(s.campaigns[1])].(crm.Campaign), campaigns[0], campaigns[1]})
		s.same("with parents: influencers", found.Influencers, []crm.Influencer{people[0], people[2], people[1]})
		var many []string
		for n := range crm.MaxNeed {
			many = append(many, fmt.Sprint("no ", n))
		}
		many[crm.MaxNeed-1] = "Zoe"
		s.same("the most that can be asked for", s.load(crm.Need{InfluencerNames: many}).Influencers, people[2:])
	}),
	inShop("Load: sees what its own unit of work has written", func(s *shop) {
		s.update(func(ctx context.Context, tx crm.Tx) error {
			i, c := s.influencer("instagram", "mira"), s.cooperation()
			c.Influencer, c.Name = i.ID, "Campaign 0 - Mira"
			if err := tx.Insert(ctx, i, c); err != nil {
				return err
			}
			named, err := tx.Load(ctx, crm.Need{InfluencerNames: []string{i.Name}})
			if err != nil || !slices.ContainsFunc(named.Influencers, func(o crm.Influencer) bool { return o.ID == i.ID }) {
				s.Errorf("by name: %v, error %v; want %v among them", named.Influencers, err, i.ID)
			}
			found, err := tx.Load(ctx, crm.Need{
				Refs: []crm.Ref{crm.RefTo(c.ID)}, Parents: true, Handles: []crm.Handle{{Platform: "instagram", Handle: "mira"}},
				Names: []crm.NameProbe{{Campaign: c.Campaign, Influencer: i.ID}},
			})
			if err != nil {
				return err
			}
			s.same("cooperations", len(found.Cooperations), 1)
			s.same("influencers", len(found.Influencers), 1)
			s.same("owners", found.Owners, []crm.InfluencerID{i.ID})
			s.same("names", found.Names[0].Found, []crm.NameKey{{ID: c.ID, Key: "campaign 0 - mira"}})
			s.expect(i, c)
			return nil
		})
		s.check("afterwards")
	}),
	inShop("Load: too much, or a kind that it does not read, is an ErrInvalid", func(s *shop) {
		member := crm.RefTo(s.members[0])
		for field, n := range map[string]crm.Need{
			"refs":    {Refs: slices.Repeat([]crm.Ref{member}, crm.MaxNeed+1)},
			"names":   {Names: slices.Repeat([]crm.NameProbe{{Campaign: s.campaigns[0], Prefix: "x"}}, crm.MaxNeed+1)},
			"handles": {Handles: slices.Repeat([]crm.Handle{{Platform: "tiktok", Handle: "x"}}, crm.MaxNeed+1)},

			"campaign_names":   {CampaignNames: slices.Repeat([]string{"x"}, crm.MaxNeed+1)},
			"influencer_names": {InfluencerNames: slices.Repeat([]string{"x"}, crm.MaxNeed+1)},
			"links":            {Links: slices.Repeat([]string{"x"}, crm.MaxNeed+1)},
			"import_keys":      {ImportKeys: slices.Repeat([]string{"x"}, crm.MaxNeed+1)},
			"identities":       {Identities: make([]crm.IdentityKey, crm.MaxNeed+1)},
		} {
			_, err := s.store.Reader(s.id).Load(s.ctx, n)
			s.wantField("Load of too many "+field, err, crm.ErrInvalid, field)
		}
		_, err := s.store.Reader(s.id).Load(s.ctx, crm.Need{Identities: []crm.IdentityKey{{Kind: crm.IdentityEmail, Text: "x"}}, Archive: "x"})
		s.wantField("Load of sharers that are neither archived nor not", err, crm.ErrInvalid, "archive")
		for what, test := range map[string]struct {
			ref          crm.Ref
			field, value string
		}{
			"a workspace":                       {crm.RefTo(s.id), "refs[1].kind", "workspace"},
			"an import run":                     {crm.RefTo(crm.ImportRunID(s.newID())), "refs[1].kind", string(crm.KindImportRun)},
			"an unknown kind":                   {crm.Ref{Kind: "x", ID: s.newID()}, "refs[1].kind", "x"},
			"an unknown kind without an id":     {crm.Ref{Kind: "x"}, "refs[1].kind", "x"},
			"a member without an id":            {crm.RefTo(crm.MemberID{}), "refs[1].id", crm.RefTo(crm.MemberID{}).String()},
			"a cooperation without an id":       {crm.RefTo(crm.CooperationID{}), "refs[1].id", crm.RefTo(crm.CooperationID{}).String()},
			"what has neither a kind nor an id": {crm.Ref{}, "refs[1].kind", ""},
		} {
			need := crm.Need{Refs: []crm.Ref{member, test.ref}}
			check := func(where string, r crm.Reader, ctx context.Context) {
				_, err := r.Load(ctx, need)
				s.wantField("Load of "+what+where, err, crm.ErrInvalid, test.field)
				if found := crm.FieldErrors(err); len(found) == 0 || found[0].Value != test.value {
					s.Errorf("Load of %s%s: no *crm.Error with value %q in %v", what, where, test.value, err)
				}
			}
			check("", s.store.Reader(s.id), s.ctx)
			s.view(func(ctx context.Context, r crm.Reader) error { check(" in a View", r, ctx); return nil })
			s.update(func(ctx context.Context, tx crm.Tx) error { check(" in an Update", tx, ctx); return nil })
		}
	}),
	inShop("Load: records are in the order of Refs, then parents in the order of the cooperations that name them", func(s *shop) {
		var made []crm.Record
		var wanted []crm.Cooperation
		var campaigns []crm.Campaign
		var influencers []crm.Influencer
		for n := range 9 {
			campaign, influencer, c := s.campaign(fmt.Sprint("Order ", n)), s.influencer(), s.cooperation()
			c.Campaign, c.Influencer = campaign.ID, influencer.ID
			made = append(made, campaign, influencer, c)
			wanted = append(wanted, stored(c).(crm.Cooperation))
			campaigns, influencers = append(campaigns, stored(campaign).(crm.Campaign)), append(influencers, stored(influencer).(crm.Influencer))
		}
		s.insert(made...)
		order := func(n int) int { return n * 5 % 9 } // neither that of ids nor its reverse
		var refs []crm.Ref
		for n := range 9 {
			refs = append(refs, wanted[order(n)].Ref(), wanted[order(max(0, n-1))].Ref())
		}
		refs = append(refs, crm.RefTo(s.members[1]), campaigns[8].Ref(), crm.RefTo(s.members[0]), campaigns[3].Ref(), influencers[0].Ref())
		ordered := crm.Loaded{Names: []crm.Names{}, Owners: []crm.InfluencerID{},
			Members: []crm.Member{s.model[crm.RefTo(s.members[1])].(crm.Member), s.model[crm.RefTo(s.members[0])].(crm.Member)},
			// What is asked for by itself comes first.
			Campaigns: []crm.Campaign{campaigns[8], campaigns[3]}, Influencers: []crm.Influencer{influencers[0]},
		}
		for n := range 9 {
			ordered.Cooperations = append(ordered.Cooperations, wanted[order(n)])
		}
		s.same("without parents", s.load(crm.Need{Refs: refs}), ordered)
		for n := range 9 {
			if at := order(n); at != 8 && at != 3 {
				ordered.Campaigns = append(ordered.Campaigns, campaigns[at])
			}
			if at := order(n); at != 0 {
				ordered.Influencers = append(ordered.Influencers, influencers[at])
			}
		}
		s.same("with parents", s.load(crm.Need{Refs: refs, Parents: true}), ordered)
	}),
	inShop("Load: names are ordered by bytes, a prefix is literal, archived ones count, MaxNames are not More", func(s *shop) {
		campaign := s.campaign("C")
		s.insert(campaign)
		want := []crm.NameKey{}
		for _, name := range []string{
			"100% sale", "100%%", "1000 sale", "100%_a", "100% éé", "100% abc", "100% \U0001F600", "100% \uFFFD",
			"100% ae\u0301x", `100%\`, "100%", "100% '", "100",
		} {
			c := s.cooperation()
			c.Campaign, c.Name = campaign.ID, name
			if len(name)%2 == 0 {
				c.ArchivedOn = day0
			}
			s.insert(c)
			if key := crm.Fold(name); strings.HasPrefix(key, "100%") {
				want = append(want, crm.NameKey{ID: c.ID, Key: key})
			}
		}
		slices.SortFunc(want, func(a, b crm.NameKey) int {
			return cmp.Or(cmp.Compare(len(b.Key), len(a.Key)), cmp.Compare(b.Key, a.Key), a.ID.Compare(b.ID))
		})
		found := s.load(crm.Need{Names: []crm.NameProbe{{Campaign: campaign.ID, Prefix: "100%"}}})
		s.same("names", found.Names[0], crm.Names{Found: want})
		exact := s.campaign("D")
		s.insert(exact)
		for n := range crm.MaxNames {
			c := s.cooperation()
			c.Campaign, c.Name = exact.ID, fmt.Sprintf("n %03d", n)
			s.insert(c)
		}
		full := s.load(crm.Need{Names: []crm.NameProbe{{Campaign: exact.ID, Prefix: "n "}}}).Names[0]
		if full.More || len(full.Found) != crm.MaxNames {
			s.Errorf("of exactly MaxNames: %d, more %v", len(full.Found), full.More)
		}
		a, b := s.cooperation(), s.cooperation()
		a.Campaign, b.Campaign, a.Name, b.Name = exact.ID, exact.ID, "same", "SAME"
		s.insert(b, a)
		tie := s.load(crm.Need{Names: []crm.NameProbe{{Campaign: exact.ID, Prefix: "same"}}}).Names[0]
		s.same("by id", tie.Found, []crm.NameKey{{ID: a.ID, Key: "same"}, {ID: b.ID, Key: "same"}})
	}),
	inShop("Load: asking for nothing finds nothing, and what comes back shares no memory", func(s *shop) {
		l := s.load(crm.Need{})
		s.same("nothing", l, crm.Loaded{Members: []crm.Member{}, Campaigns: []crm.Campaign{}, Influencers: []crm.Influencer{},
			Cooperations: []crm.Cooperation{}, Names: []crm.Names{}, Owners: []crm.InfluencerID{}})
		i, c := influencers.full(s), cooperations.full(s)
		s.insert(i, c)
		need := crm.Need{Refs: []crm.Ref{i.Ref(), c.Ref()}}
		scribble(s.load(need))
		got := s.load(need)
		s.same("influencers", got.Influencers, []crm.Influencer{s.model[i.Ref()].(crm.Influencer)})
		s.same("cooperations", got.Cooperations, []crm.Cooperation{s.model[c.Ref()].(crm.Cooperation)})
		s.update(func(ctx context.Context, tx crm.Tx) error {
			first, err := tx.Load(ctx, need)
			scribble(first)
			second, err2 := tx.Load(ctx, need)
			s.same("in an Update", second, got)
			return errors.Join(err, err2)
		})
		s.check("afterwards")
	}),
}
