package storagetest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
	"github.com/shopspring/decimal"
)

func valueChecks() []check {
	return []check{
		{"Every field of a record comes back as it was written", checkFull},
		{"A record with nothing set comes back with nothing set", checkEmpty},
		{"Every field of the workspace comes back as it was written", checkWorkspaceValues},
		{"Texts are byte for byte as written", checkTexts},
		{"Texts that fold to the same stay apart", checkTwins},
		{"The longest texts and lists are kept whole", checkHuge},
		{"The largest numbers are kept exactly", checkNumbers},
		{"Amounts and UTM fields that are not set differ from zero and empty ones", checkUnset},
		{"Times are UTC in whole microseconds", checkTimes},
		{"Slices and maps are empty but never nil", checkNeverNil},
		{"Raw JSON is byte for byte as written", checkRawJSON},
	}
}

func checkFull(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		r := k.full(s)
		s.insert(r)
		s.check("after Insert")
		s.change(k.edited(s, r))
		s.check("after Update")
	}
}

func checkEmpty(e *env) {
	s := e.shop()
	s.insert(
		crm.Member{ID: crm.MemberID(s.newID()), Version: 1}, crm.Campaign{ID: crm.CampaignID(s.newID()), Version: 1},
		crm.Influencer{ID: crm.InfluencerID(s.newID()), Version: 1}, crm.ImportRun{ID: crm.ImportRunID(s.newID()), Version: 1},
		crm.Cooperation{ID: crm.CooperationID(s.newID()), Version: 1, Campaign: s.campaigns[0], Influencer: s.influencers[0]},
	)
	s.check("after Insert")
	for _, k := range kinds() {
		full := k.full(s)
		s.insert(full)
		s.change(k.edited(s, full))
	}
	s.check("beside full records")
}

func checkWorkspaceValues(e *env) {
	s := e.shop()
	w := fullWorkspace(s.id)
	e.must("Update", s.tryChange(w))
	e.same("workspace", s.contents().Workspace, backend.AtRevision(w, 2))
	e.must("Update", s.tryChange(crm.Workspace{ID: s.id, Version: 2}))
	e.same("empty workspace", s.contents().Workspace, crm.Clone(crm.Workspace{ID: s.id, Version: 3}))
}

func checkTexts(e *env) {
	s := e.shop()
	for _, text := range append([]string{"", " ", "\n\t\r\n", "\u200b", "\u007f\u0001", "\ufeffBOM", "\U0010ffff", awkward}, words...) {
		s.insert(
			crm.Member{ID: crm.MemberID(s.newID()), Version: 1, Name: text, Email: text},
			crm.Campaign{ID: crm.CampaignID(s.newID()), Version: 1, Name: fmt.Sprintf("%d%s", s.made, text), Notes: text},
			crm.Influencer{ID: crm.InfluencerID(s.newID()), Version: 1, Name: text, Category: text, Tags: []string{text, text}, Custom: map[string]string{text: text}},
			crm.Cooperation{ID: crm.CooperationID(s.newID()), Version: 1, Campaign: s.campaigns[0], Influencer: s.influencers[0], Name: text, Notes: text,
				UTM: utm.Params{Campaign: utm.Of(text)}, Rules: []discount.Rule{{Match: discount.Contains, Pattern: "ab" + text}},
				Imported: &crm.Imported{Key: text, Values: map[string]string{text: text}}},
			crm.ImportRun{ID: crm.ImportRunID(s.newID()), Version: 1, Source: text, Actor: text, Counts: map[string]int{text: 1}},
		)
	}
	s.check("afterwards")
}

func checkTwins(e *env) {
	s := e.shop()
	twins := []string{"Zo\u00eb", "Zoe\u0308", "zo\u00eb", "ZOË", " Zo\u00eb", "Zo\u00eb ", "Ｚo\u00eb"}
	custom := map[string]string{}
	for _, text := range twins {
		custom[text] = text
		s.insert(crm.Member{ID: crm.MemberID(s.newID()), Version: 1, Name: text})
	}
	i := s.influencer()
	i.Tags, i.Custom = twins, custom
	s.insert(i)
	s.check("afterwards")
}

func checkHuge(e *env) {
	s := e.shop()
	long := strings.Repeat("👩", crm.MaxNotes)
	name := strings.Repeat("ß", crm.MaxName)
	i := s.influencer()
	i.Name, i.Notes, i.Custom = name, long, map[string]string{}
	for n := range 200 {
		i.Custom[fmt.Sprintf("%d%s", n, name[:300])] = strings.Repeat("x", 500)
	}
	i.Custom["long"] = long
	for n := range 1_000 {
		i.Tags = append(i.Tags, fmt.Sprintf("tag %d %s", n, name[:100]))
		i.Profiles = append(i.Profiles, crm.Profile{ID: crm.ProfileID(number(4, n)), Platform: "instagram", Handle: fmt.Sprintf("handle%d", n), Rules: rules[:1]})
	}
	c := s.cooperation()
	c.Name, c.Notes = name+name, long
	for n := range 500 {
		c.Rules = append(c.Rules, discount.Rule{Match: discount.Equals, Pattern: fmt.Sprintf("%064d", n)})
	}
	c.Period.Start = day0
	run := crm.ImportRun{ID: crm.ImportRunID(s.newID()), Version: 1, Plan: json.RawMessage(`["` + strings.Repeat(long, 20) + `"]`)}
	s.insert(i, c, run)
	s.check("after Insert")
	i.Tags, i.Profiles = i.Tags[1:], i.Profiles[1:]
	s.change(i)
	s.check("after Update")
}

func checkNumbers(e *env) {
	s := e.shop()
	largest := budget.FromMinor(budget.MaxMinor, "EUR")
	precise := decimal.RequireFromString("9007199254740993.0001") // more than a float holds
	i := s.influencer("instagram", "a")
	i.Profiles[0].Followers = &crm.Followers{Count: 10_000_000_000}
	c := s.cooperation()
	c.Cost, c.Rules = largest, []discount.Rule{{Match: discount.Equals, Pattern: "A", Benefit: discount.Benefit{Kind: discount.Amount, Value: precise}}}
	s.insert(
		crm.Campaign{ID: crm.CampaignID(s.newID()), Version: 1, Name: "x", Budget: largest, RevenueTarget: budget.FromMinor(-budget.MaxMinor, "JPY")},
		crm.ImportRun{ID: crm.ImportRunID(s.newID()), Version: 1 << 50, Counts: map[string]int{"a": 1 << 60, "b": -1 << 60}},
		i, c,
	)
	for _, amount := range []int64{9_007_199_254_740_993 / 10, 1, -1, 123_456_789_012_345} {
		c = s.cooperation()
		c.Cost = budget.FromMinor(amount, "KWD")
		s.insert(c)
	}
	s.check("afterwards")
}

func checkUnset(e *env) {
	s := e.shop()
	for n, value := range []utm.Value{{}, utm.Of(""), utm.Of(" ")} {
		for _, f := range utm.Fields() {
			for _, amount := range []budget.Money{{}, budget.FromMinor(0, "EUR"), budget.FromMinor(0, "USD")} {
				c := s.cooperation()
				c.UTM, c.Cost = c.UTM.With(f, value), amount
				c.Cancellation = &crm.Cancellation{Fee: amount}
				template, err := utm.ParseTemplate(utm.Params{}.With(f, value))
				e.must("template", err)
				i := s.influencer()
				i.Profiles = []crm.Profile{{ID: crm.ProfileID(s.newID()), UTM: template}}
				i.Profiles[0].Followers = []*crm.Followers{nil, {}, {Count: 0, On: day0}}[n]
				campaign := s.campaign(fmt.Sprint(s.made))
				campaign.Budget, campaign.RevenueTarget = amount, amount
				s.insert(c, i, campaign)
			}
		}
	}
	s.check("afterwards")
}

func checkTimes(e *env) {
	s := e.shop()
	for _, at := range []time.Time{
		{}, logStart, time.Unix(0, 0), time.Unix(0, 1_000), time.Unix(0, 999), time.Unix(-1, 1_999), time.Date(1969, 12, 31, 23, 59, 59, 999_999_999, time.UTC),
		time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2200, 12, 31, 23, 59, 59, 999_999_000, logStart.Location()),
	} {
		s.insert(crm.ImportRun{ID: crm.ImportRunID(s.newID()), Version: 1, At: at, UndoneAt: at})
		c := sampleChange(s, 1)
		c.At = at
		s.log(c)
		all := s.contents()
		e.same("time of the last change", all.Changes[len(all.Changes)-1].At, backend.StoredTime(at))
		e.same("time of the head", all.Head.At, backend.StoredTime(at))
	}
	s.check("afterwards")
}

func checkNeverNil(e *env) {
	s := e.shop()
	i := s.influencer("instagram", "mira")
	c := s.cooperation()
	c.Imported = &crm.Imported{}
	s.insert(i, c, crm.ImportRun{ID: crm.ImportRunID(s.newID()), Version: 1})
	e.must("Update", s.tryChange(crm.Workspace{ID: s.id, Version: 1}))
	s.check("records without slices and maps")
	e.same("workspace", s.contents().Workspace, crm.Clone(crm.Workspace{ID: s.id, Version: 2}))
	change := sampleChange(s, 1)
	change.Fields = nil
	s.log(change)
	e.same("changes", s.contents().Changes, storedChanges([]crm.Change{change}))
	nothing := s.newID()
	s.view(func(ctx context.Context, r crm.Reader) error {
		for _, k := range kinds() {
			some, err := k.getAll(ctx, r, nil)
			e.same("GetAll of no ids", some, []crm.Record{})
			e.must("GetAll", err)
		}
		claims, err := r.Claims(ctx, crm.ClaimFilter{Key: "nothing of the kind"})
		e.same("claims", claims, []crm.Claim{})
		e.must("Claims", err)
		changes, err := r.Changes(ctx, crm.ChangeFilter{Record: crm.Ref{Kind: crm.KindMember, ID: nothing}}, 1)
		e.same("changes", changes, []crm.Change{})
		e.must("Changes", err)
		page, err := r.Members().List(ctx, crm.MemberFilter{Text: "nothing of the kind"}, crm.ListOptions{})
		e.same("page", page, crm.Page[crm.Member]{Items: []crm.Member{}})
		return err
	})
}

func checkRawJSON(e *env) {
	s := e.shop()
	for _, doc := range []string{oddJSON, "null", "1.0", `"\u0065"`, `"` + "\u2028" + `<>&"`, "[ ]"} {
		s.insert(crm.ImportRun{ID: crm.ImportRunID(s.newID()), Version: 1, Plan: json.RawMessage(doc)})
		change := sampleChange(s, 1)
		change.Fields = []crm.FieldChange{{Field: doc, Before: json.RawMessage(doc), After: json.RawMessage(doc)}, {Field: ""}}
		s.log(change)
		all := s.contents().Changes
		e.same("change", all[len(all)-1], storedChange(change, crm.Seq(len(all))))
	}
	s.check("afterwards")
}
