package storagetest

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// The specs of members, campaigns and import runs.

func memberSpec() spec[crm.Member, crm.MemberFilter] {
	type filter = crm.MemberFilter
	return spec[crm.Member, filter]{
		records: crm.Reader.Members,
		random: func(d draw) crm.Member {
			m := d.member(pick(d, words))
			m.Email, m.ArchivedOn, m.Times = pick(d, words), d.rarely(), d.times()
			return m
		},
		full: func(s *shop) crm.Member {
			m := s.member(awkward)
			m.Email, m.ArchivedOn, m.Times = "mira+crm@例え.jp", day0, fullTimes
			return m
		},
		edited: func(_ *shop, m crm.Member) crm.Member {
			m.Name, m.Email, m.ArchivedOn = m.Name+" edited", "edited@example.com", later(m.ArchivedOn)
			m.Times = laterTimes(m.Times)
			return m
		},
		all: filter{Archive: crm.ActiveOrNot},
		fields: []func(draw, *filter){
			func(d draw, f *filter) { f.Name = d.retyped(words) },
			func(d draw, f *filter) { f.Text = d.piece() },
			func(d draw, f *filter) { f.Archive = pick(d, archives) },
		},
		matches: func(_ *shop, f filter, m crm.Member) bool {
			return f.Archive.Selects(m.ArchivedOn) && folded(f.Name, m.Name) && hasText(f.Text, m)
		},
		sorts: []crm.Sort{crm.SortCreated, crm.SortName},
	}
}

func campaignSpec() spec[crm.Campaign, crm.CampaignFilter] {
	type filter = crm.CampaignFilter
	return spec[crm.Campaign, filter]{
		records: crm.Reader.Campaigns,
		random: func(d draw) crm.Campaign {
			c := d.campaign("")
			c.Name = fmt.Sprintf("%s %d", pick(d, words), d.made)
			c.RevenueTarget, c.Budget, c.Period = pick(d, money), pick(d, money), d.period()
			c.Notes, c.ArchivedOn, c.Times = pick(d, words), d.rarely(), d.times()
			return c
		},
		full: func(s *shop) crm.Campaign {
			c := s.campaign(awkward)
			c.RevenueTarget, c.Budget = budget.FromMinor(budget.MaxMinor, "EUR"), budget.FromMinor(0, "KWD")
			c.Period, c.Notes, c.ArchivedOn = budget.Period{Start: day0, End: day0.AddDays(3_659)}, awkward, day0
			c.Times = fullTimes
			return c
		},
		edited: func(_ *shop, c crm.Campaign) crm.Campaign {
			c.Name, c.Notes, c.ArchivedOn = c.Name+" edited", c.Notes+" edited", later(c.ArchivedOn)
			c.RevenueTarget, c.Budget, c.Times = more(c.RevenueTarget), more(c.Budget), laterTimes(c.Times)
			c.Period = budget.Period{Start: later(c.Period.Start), End: later(c.Period.End)}
			if c.Period.End.Before(c.Period.Start) {
				c.Period.End = c.Period.Start
			}
			return c
		},
		all: filter{Archive: crm.ActiveOrNot},
		fields: []func(draw, *filter){
			func(d draw, f *filter) {
				f.Name = d.retyped([]string{pick(d, d.records(crm.KindCampaign)).(crm.Campaign).Name})
			},
			func(d draw, f *filter) { f.Text = d.piece() },
			func(_ draw, f *filter) { f.HasAmount = true },
			func(d draw, f *filter) { f.Archive = pick(d, archives) },
			func(d draw, f *filter) { f.State, f.On = pick(d, states), d.today() },
			func(d draw, f *filter) { f.Upcoming, f.On = true, d.today() },
		},
		matches: func(_ *shop, f filter, c crm.Campaign) bool {
			state := stateOn(c.Period, f.On)
			upcoming := state == crm.Planned || state == crm.Running || state == crm.Undated && c.ArchivedOn.IsZero()
			return f.Archive.Selects(c.ArchivedOn) && (!f.HasAmount || c.Budget.IsSet() || c.RevenueTarget.IsSet()) &&
				(f.State == "" || f.State == state) && (!f.Upcoming || upcoming) &&
				folded(f.Name, c.Name) && hasText(f.Text, c)
		},
		sorts: []crm.Sort{crm.SortCreated, crm.SortName, crm.SortStart},
	}
}

func importRunSpec() spec[crm.ImportRun, crm.ImportRunFilter] {
	type filter = crm.ImportRunFilter
	sources := []string{"sheet", "Sheet", "sheet ", "file:June.xlsx", "100%"}
	at := time.Date(2026, 6, 1, 12, 30, 0, 123_456_000, time.UTC)
	return spec[crm.ImportRun, filter]{
		records: crm.Reader.ImportRuns,
		random: func(d draw) crm.ImportRun {
			r := d.importRun(pick(d, sources))
			r.At = at.Add(time.Duration(d.IntN(1_000_000)) * time.Microsecond)
			for range d.IntN(4) {
				r.Units = append(r.Units, number(5, d.IntN(1_000)))
			}
			r.Actor, r.Counts = pick(d, words), map[string]int{"created": d.IntN(1_000_000)}
			if d.IntN(2) == 0 {
				r.Plan = json.RawMessage(`{"rows":[]}`)
			}
			if d.IntN(2) == 0 {
				r.UndoneAt, r.Undos = r.At.Add(time.Duration(1+d.IntN(1_000))*time.Second), []uuid.UUID{number(5, d.IntN(1_000))}
			}
			return r
		},
		full: func(s *shop) crm.ImportRun {
			r := s.importRun(awkward)
			r.At, r.Actor, r.UndoneAt = at, awkward, at.Add(time.Microsecond)
			r.Units = []uuid.UUID{uuid.Max, number(5, 1), uuid.Nil}
			r.Undos = []uuid.UUID{number(5, 3), uuid.Nil, uuid.Max}
			r.Counts, r.Plan = map[string]int{"created": 1 << 40, awkward: -1}, json.RawMessage(oddJSON)
			return r
		},
		edited: func(_ *shop, r crm.ImportRun) crm.ImportRun {
			r.Source, r.Actor, r.At, r.UndoneAt = r.Source+" edited", r.Actor+" edited", r.At.Add(time.Hour), at.Add(24*time.Hour)
			r.Units, r.Undos = append(r.Units, number(5, 2)), append(r.Undos, number(5, 4))
			r.Counts["edited"], r.Plan = 1, json.RawMessage(`["edited"]`)
			return r
		},
		other: filter{Source: "sheet"},
		fields: []func(draw, *filter){
			func(d draw, f *filter) { f.Source = pick(d, sources) },
			func(_ draw, f *filter) { f.Standing = true },
		},
		matches: func(_ *shop, f filter, r crm.ImportRun) bool {
			return (f.Source == "" || f.Source == r.Source) && (!f.Standing || r.UndoneAt.IsZero())
		},
		sorts: []crm.Sort{crm.SortCreated},
	}
}

// folded reports whether a name is the wanted one, where one is wanted.
func folded(wanted, name string) bool {
	return crm.Fold(wanted) == "" || crm.Fold(wanted) == crm.Fold(name)
}

// hasText reports whether a record holds a text, where one is wanted.
func hasText(wanted string, r crm.Record) bool {
	return wanted == "" || strings.Contains(r.SearchText(), crm.Fold(wanted))
}

// later is another day, also for none.
func later(d budget.Date) budget.Date {
	if d.IsZero() {
		return day0
	}
	return d.AddDays(1)
}

// fullTimes are times that no store keeps as they are.
var fullTimes = crm.Times{CreatedAt: logStart.Add(-time.Nanosecond), ChangedAt: logStart.Add(36 * time.Hour)}

// laterTimes are other ones.
func laterTimes(t crm.Times) crm.Times {
	return crm.Times{CreatedAt: t.CreatedAt.Add(time.Microsecond), ChangedAt: t.ChangedAt.Add(25 * time.Hour)}
}

// more is another amount, also for none.
func more(m budget.Money) budget.Money {
	if !m.IsSet() {
		return budget.FromMinor(0, "EUR")
	}
	return budget.FromMinor(m.Minor()/2+1, m.Currency())
}
