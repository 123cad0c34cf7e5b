package storagetest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

var valueChecks = []check{
	forEachKind("Every field of a record comes back as it was written", func(s *shop, k kind) {
		r := k.full(s)
		s.insert(r)
		s.check("after Insert")
		s.change(k.edited(s, r))
		s.check("after Update")
	}),
	inShop("A record with nothing set comes back with nothing set", func(s *shop) {
		s.insert(
			s.member(""), s.campaign(""), crm.Influencer{ID: crm.InfluencerID(s.newID()), Version: 1}, s.importRun(""),
			crm.Cooperation{
				ID: crm.CooperationID(s.newID()), Version: 1, Campaign: s.campaigns[0], Influencer: s.influencers[0],
			},
		)
		s.check("after Insert")
		for _, k := range kinds {
			full := k.full(s)
			s.insert(full)
			s.change(k.edited(s, full))
		}
		s.check("beside full records")
	}),
	inShop("Every field of the workspace comes back as it was written", func(s *shop) {
		w := fullWorkspace(s.id)
		s.must("Update", s.tryChange(w))
		s.same("workspace", s.contents().Workspace, backend.AtRevision(w, 2))
		s.must("Update", s.tryChange(crm.Workspace{ID: s.id, Version: 2}))
		s.same("empty workspace", s.contents().Workspace, crm.Clone(crm.Workspace{ID: s.id, Version: 3}))
	}),
	inShop("Texts are byte for byte as written", func(s *shop) {
		texts := []string{"", " ", "\n\t\r\n", "\u200b", "\u007f\u0001", "\ufeffBOM", "\U0010ffff", awkward}
		for _, text := range append(texts, words...) {
			m, campaign, i, c, run := s.member(text), s.campaign(""), s.influencer(), s.cooperation(), s.importRun(text)
			custom := map[string]string{text: text}
			m.Email = text
			campaign.Name, campaign.Notes = fmt.Sprintf("%d%s", s.made, text), text
			i.Name, i.Category, i.Tags, i.Custom = text, text, []string{text, text}, custom
			c.Name, c.Notes, c.UTM = text, text, utm.Params{Campaign: utm.Of(text)}
			c.Rules = []discount.Rule{{Match: discount.Contains, Pattern: "ab" + text}}
			c.Imported = &crm.Imported{Key: text, Values: custom}
			run.Actor, run.Counts = text, map[string]int{text: 1}
			s.insert(m, campaign, i, c, run)
		}
		s.check("afterwards")
	}),
	inShop("Texts that fold to the same stay apart", func(s *shop) {
		twins := []string{"Zo\u00eb", "Zoe\u0308", "zo\u00eb", "ZOË", " Zo\u00eb", "Zo\u00eb ", "Ｚo\u00eb"}
		i := s.influencer()
		i.Tags, i.Custom = twins, map[string]string{}
		for _, text := range twins {
			i.Custom[text] = text
			s.insert(s.member(text))
		}
		s.insert(i)
		s.check("afterwards")
	}),
	inShop("The longest texts and lists are kept whole", func(s *shop) {
		long, name := strings.Repeat("👩", crm.MaxNotes), strings.Repeat("ß", crm.MaxName)
		i, c, run := s.influencer(), s.cooperation(), s.importRun("")
		i.Name, i.Notes, i.Custom = name, long, map[string]string{"long": long}
		for n := range 200 {
			i.Custom[fmt.Sprintf("%d%s", n, name[:300])] = strings.Repeat("x", 500)
		}
		for n := range 1_000 {
			i.Tags = append(i.Tags, fmt.Sprintf("tag %d %s", n, name[:100]))
			i.Profiles = append(i.Profiles, crm.Profile{
				ID: crm.ProfileID(number(4, n)), Platform: "instagram", Handle: fmt.Sprintf("handle%d", n), Rules: rules[:1],
			})
		}
		c.Name, c.Notes, c.Period.Start = name+name, long, day0
		for n := range 500 {
			c.Rules = append(c.Rules, discount.Rule{Match: discount.Equals, Pattern: fmt.Sprintf("%064d", n)})
		}
		run.Plan = json.RawMessage(`["` + strings.Repeat(long, 20) + `"]`)
		s.insert(i, c, run)
		s.check("after Insert")
		i.Tags, i.Profiles = i.Tags[1:], i.Profiles[1:]
		s.change(i)
		s.check("after Update")
	}),
	inShop("The largest numbers are kept exactly", func(s *shop) {
		campaign, run, i, c := s.campaign("x"), s.importRun(""), s.influencer("instagram", "a"), s.cooperation()
		campaign.Budget = budget.FromMinor(budget.MaxMinor, "EUR")
		campaign.RevenueTarget = budget.FromMinor(-budget.MaxMinor, "JPY")
		run.Version, run.Counts = 1<<50, map[string]int{"a": 1 << 60, "b": -1 << 60}
		i.Profiles[0].Followers = &crm.Followers{Count: 10_000_000_000}
		precise := decimal.RequireFromString("9007199254740993.0001") // more than a float holds
		c.Cost = campaign.Budget
		c.Rules = []discount.Rule{{Match: discount.Equals, Pattern: "A", Benefit: discount.Benefit{Kind: discount.Amount, Value: precise}}}
		s.insert(campaign, run, i, c)
		for _, amount := range []int64{9_007_199_254_740_993 / 10, 1, -1, 123_456_789_012_345} {
			c := s.cooperation()
			c.Cost = budget.FromMinor(amount, "KWD")
			s.insert(c)
		}
		s.check("afterwards")
	}),
	inShop("Amounts and UTM fields that are not set differ from zero and empty ones", func(s *shop) {
		followers := []*crm.Followers{nil, {}, {Count: 0, On: day0}}
		for n, value := range []utm.Value{{}, utm.Of(""), utm.Of(" ")} {
			for _, f := range utm.Fields() {
				for _, amount := range []budget.Money{{}, budget.FromMinor(0, "EUR"), budget.FromMinor(0, "USD")} {
					c, i, campaign := s.cooperation(), s.influencer("", ""), s.campaign(fmt.Sprint(s.made))
					c.UTM, c.Cost, c.Cancellation = c.UTM.With(f, value), amount, &crm.Cancellation{Fee: amount}
					i.Profiles[0].UTM = utm.MustParseTemplate(utm.Params{}.With(f, value))
					i.Profiles[0].Followers = followers[n]
					campaign.Budget, campaign.RevenueTarget = amount, amount
					s.insert(c, i, campaign)
				}
			}
		}
		s.check("afterwards")
	}),
	inShop("Times are UTC in whole microseconds", func(s *shop) {
		for _, at := range []time.Time{
			{}, logStart, time.Unix(0, 0), time.Unix(0, 1_000), time.Unix(0, 999), time.Unix(-1, 1_999),
			time.Date(1969, 12, 31, 23, 59, 59, 999_999_999, time.UTC), time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC),
			time.Date(2200, 12, 31, 23, 59, 59, 999_999_000, logStart.Location()),
		} {
			run, c, made := s.importRun(""), sampleChange(s, 1), s.campaign(fmt.Sprint(s.made))
			run.At, run.UndoneAt, c.At = at, at, at
			made.Times = crm.Times{CreatedAt: at, ChangedAt: at}
			s.insert(run, made)
			s.log(c)
			all := s.contents()
			s.same("time of the last change", all.Changes[len(all.Changes)-1].At, backend.StoredTime(at))
			s.same("time of the head", all.Head.At, backend.StoredTime(at))
		}
		s.check("afterwards")
	}),
	inShop("Slices and maps are empty but never nil", func(s *shop) {
		c := s.cooperation()
		c.Imported = &crm.Imported{}
		s.insert(s.influencer("instagram", "mira"), c, s.importRun(""))
		s.must("Update", s.tryChange(crm.Workspace{ID: s.id, Version: 1}))
		s.check("records without slices and maps")
		s.same("workspace", s.contents().Workspace, crm.Clone(crm.Workspace{ID: s.id, Version: 2}))
		change := sampleChange(s, 1)
		change.Fields = nil
		s.log(change)
		s.same("changes", s.contents().Changes, storedChanges([]crm.Change{change}))
		missing := crm.Ref{Kind: crm.KindMember, ID: s.newID()}
		s.view(func(ctx context.Context, r crm.Reader) error {
			for _, k := range kinds {
				s.returns("GetAll of no ids", []crm.Record{})(k.getAll(ctx, r, nil))
			}
			s.returns("claims", []crm.Claim{})(r.Claims(ctx, crm.ClaimFilter{Key: "nothing of the kind"}))
			s.returns("changes", []crm.Change{})(r.Changes(ctx, crm.ChangeFilter{Record: missing}, 1))
			page := crm.Page[crm.Member]{Items: []crm.Member{}}
			s.returns("page", page)(r.Members().List(ctx, crm.MemberFilter{Text: "nothing of the kind"}, crm.ListOptions{}))
			return nil
		})
	}),
	inShop("Raw JSON is byte for byte as written", func(s *shop) {
		for _, doc := range []string{oddJSON, "null", "1.0", `"\u0065"`, `"` + "\u2028" + `<>&"`, "[ ]"} {
			raw := json.RawMessage(doc)
			run, change := s.importRun(""), sampleChange(s, 1)
			run.Plan, change.Fields = raw, []crm.FieldChange{{Field: doc, Before: raw, After: raw}, {Field: ""}}
			s.insert(run)
			s.log(change)
			all := s.contents().Changes
			s.same("change", all[len(all)-1], storedChange(change, crm.Seq(len(all))))
		}
		s.check("afterwards")
	}),
}
