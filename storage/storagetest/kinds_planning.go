package storagetest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// The kits of members, campaigns and import runs.

func memberKit() kit[crm.Member, crm.MemberFilter] {
	type filter = crm.MemberFilter
	return kit[crm.Member, filter]{
		records: crm.Reader.Members,
		random: func(s *shop, rnd *rand.Rand) crm.Member {
			return crm.Member{ID: crm.MemberID(s.newID()), Version: 1, Name: pick(rnd, words), Email: pick(rnd, words), ArchivedOn: rarely(rnd)}
		},
		full: func(s *shop) crm.Member {
			return crm.Member{ID: crm.MemberID(s.newID()), Version: 1, Name: awkward, Email: "mira+crm@例え.jp", ArchivedOn: day0}
		},
		edited: func(_ *shop, m crm.Member) crm.Member {
			m.Name, m.Email, m.ArchivedOn = m.Name+" edited", "edited@example.com", later(m.ArchivedOn)
			return m
		},
		all: filter{Archive: crm.ActiveOrNot},
		narrow: []func(*shop, *rand.Rand, *filter){
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Name = retyped(rnd, pick(rnd, words)) },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Text = pick(rnd, pieces) },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Archive = pick(rnd, archives) },
		},
		holds: func(_ *shop, f filter, m crm.Member) bool {
			return folded(f.Name, m.Name) && holdsText(f.Text, m) && f.Archive.Selects(m.ArchivedOn)
		},
		sorts: []crm.Sort{crm.SortCreated, crm.SortName},
	}
}

func campaignKit() kit[crm.Campaign, crm.CampaignFilter] {
	type filter = crm.CampaignFilter
	return kit[crm.Campaign, filter]{
		records: crm.Reader.Campaigns,
		random: func(s *shop, rnd *rand.Rand) crm.Campaign {
			id := s.newID()
			return crm.Campaign{
				ID: crm.CampaignID(id), Version: 1, Name: fmt.Sprintf("%s %d", pick(rnd, words), s.made),
				RevenueTarget: pick(rnd, money), Budget: pick(rnd, money), Period: randomPeriod(rnd), Notes: pick(rnd, words), ArchivedOn: rarely(rnd),
			}
		},
		full: func(s *shop) crm.Campaign {
			return crm.Campaign{
				ID: crm.CampaignID(s.newID()), Version: 1, Name: awkward, RevenueTarget: budget.FromMinor(budget.MaxMinor, "EUR"),
				Budget: budget.FromMinor(0, "KWD"), Period: budget.Period{Start: day0, End: day0.AddDays(3_659)}, Notes: awkward, ArchivedOn: day0,
			}
		},
		edited: func(_ *shop, c crm.Campaign) crm.Campaign {
			c.Name, c.Notes, c.ArchivedOn = c.Name+" edited", c.Notes+" edited", later(c.ArchivedOn)
			c.RevenueTarget, c.Budget = more(c.RevenueTarget), more(c.Budget)
			c.Period = budget.Period{Start: later(c.Period.Start), End: later(c.Period.End)}
			return c
		},
		all: filter{Archive: crm.ActiveOrNot},
		narrow: []func(*shop, *rand.Rand, *filter){
			func(s *shop, rnd *rand.Rand, f *filter) {
				f.Name = retyped(rnd, pick(rnd, s.records(crm.KindCampaign)).(crm.Campaign).Name)
			},
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Text = pick(rnd, pieces) },
			func(_ *shop, _ *rand.Rand, f *filter) { f.HasAmount = true },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Archive = pick(rnd, archives) },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.State, f.On = pick(rnd, states), dayIn(rnd) },
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Upcoming, f.On = true, dayIn(rnd) },
		},
		holds: func(_ *shop, f filter, c crm.Campaign) bool {
			state := stateOn(c.Period, f.On)
			later := state == crm.Planned || state == crm.Running || state == crm.Undated && c.ArchivedOn.IsZero()
			return folded(f.Name, c.Name) && holdsText(f.Text, c) && f.Archive.Selects(c.ArchivedOn) &&
				(!f.HasAmount || c.Budget.IsSet() || c.RevenueTarget.IsSet()) &&
				(f.State == "" || f.State == state) && (!f.Upcoming || later)
		},
		sorts: []crm.Sort{crm.SortCreated, crm.SortName, crm.SortStart},
	}
}

func importRunKit() kit[crm.ImportRun, crm.ImportRunFilter] {
	type filter = crm.ImportRunFilter
	sources := []string{"sheet", "Sheet", "sheet ", "file:June.xlsx", "100%"}
	at := time.Date(2026, 6, 1, 12, 30, 0, 123_456_000, time.UTC)
	return kit[crm.ImportRun, filter]{
		records: crm.Reader.ImportRuns,
		random: func(s *shop, rnd *rand.Rand) crm.ImportRun {
			r := crm.ImportRun{
				ID: crm.ImportRunID(s.newID()), Version: 1, Unit: number(5, rnd.IntN(1_000)), Source: pick(rnd, sources), At: at.Add(time.Duration(rnd.IntN(1_000_000)) * time.Microsecond),
				Actor: pick(rnd, words), Counts: map[string]int{"created": rnd.IntN(1_000_000)},
			}
			if rnd.IntN(2) == 0 {
				r.Plan = json.RawMessage(`{"rows":[]}`)
			}
			if rnd.IntN(2) == 0 {
				r.UndoneAt = r.At.Add(time.Duration(1+rnd.IntN(1_000)) * time.Second)
			}
			return r
		},
		full: func(s *shop) crm.ImportRun {
			return crm.ImportRun{
				ID: crm.ImportRunID(s.newID()), Version: 1, Unit: uuid.Max, Source: awkward, At: at, Actor: awkward,
				Counts: map[string]int{"created": 1 << 40, awkward: -1}, Plan: json.RawMessage(oddJSON), UndoneAt: at.Add(time.Microsecond),
			}
		},
		edited: func(_ *shop, r crm.ImportRun) crm.ImportRun {
			r.Source, r.Actor, r.At, r.UndoneAt = r.Source+" edited", r.Actor+" edited", r.At.Add(time.Hour), at.Add(24*time.Hour)
			r.Unit[0]++
			r.Counts["edited"], r.Plan = 1, json.RawMessage(`["edited"]`)
			return r
		},
		narrow: []func(*shop, *rand.Rand, *filter){
			func(_ *shop, rnd *rand.Rand, f *filter) { f.Source = pick(rnd, sources) },
			func(_ *shop, _ *rand.Rand, f *filter) { f.Standing = true },
		},
		holds: func(_ *shop, f filter, r crm.ImportRun) bool {
			return (f.Source == "" || f.Source == r.Source) && (!f.Standing || r.UndoneAt.IsZero())
		},
		sorts: []crm.Sort{crm.SortCreated},
	}
}

// awkward is a text that a store has to return as it is.
var awkward = "\u00a0 " + strings.Join(words, " | ") + " \u200b "

// oddJSON is a document that changes if somebody reads and writes it again.
const oddJSON = "{ \"b\": 1.50, \"a\" :[1e3,\t\"\\u00e9\",9007199254740993 ],\"b\":\"👩\" }"

// folded reports whether a name is the wanted one, where one is wanted.
func folded(wanted, name string) bool {
	return crm.Fold(wanted) == "" || crm.Fold(wanted) == crm.Fold(name)
}

func holdsText(wanted string, r crm.Record) bool {
	return strings.Contains(r.SearchText(), crm.Fold(wanted))
}

// later is another day, also for none.
func later(d budget.Date) budget.Date {
	if d.IsZero() {
		return day0
	}
	return d.AddDays(1)
}

// more is another amount, also for none.
func more(m budget.Money) budget.Money {
	if !m.IsSet() {
		return budget.FromMinor(0, "EUR")
	}
	return budget.FromMinor(m.Minor()/2+1, m.Currency())
}
