package storagetest

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// logStart is a time that no store keeps as it is: nanoseconds, and a zone far from UTC.
var logStart = time.Date(2026, 6, 1, 23, 30, 0, 123_456_789, time.FixedZone("far", 13*60*60+45*60))

// sampleChange is the nth of a series of changes. Every fourth is about the shop's first member.
func sampleChange(s *shop, n int) crm.Change {
	c := crm.Change{
		Seq: crm.Seq(1_000 - n), Unit: number(9, n/2), At: logStart.Add(time.Duration(n) * time.Second), Actor: words[n%len(words)],
		Record: crm.Ref{Kind: crm.KindCampaign, ID: number(1, 500+n)}, Kind: crm.Updated, Reason: words[(n+1)%len(words)],
		Fields: []crm.FieldChange{
			{Field: "name", Before: json.RawMessage(oddJSON), After: json.RawMessage(fmt.Sprintf("[%d ]", n))},
			{Field: "budget", After: json.RawMessage("null")},
			{Field: "notes", Before: json.RawMessage(`"\u00e9é"`)},
		},
	}
	switch n % 4 {
	case 1:
		c.Record, c.Kind = crm.RefTo(s.members[0]), crm.Created
	case 2:
		// The same id, but another kind of record.
		c.Record, c.Kind = crm.Ref{Kind: crm.KindInfluencer, ID: s.members[0].UUID()}, crm.Deleted
		c.Fields, c.Reason, c.Actor = nil, "", ""
	}
	return c
}

// sampleChanges are the first of the series, without the first itself.
func sampleChanges(s *shop, n int) []crm.Change {
	changes := make([]crm.Change, n)
	for i := range changes {
		changes[i] = sampleChange(s, i+1)
	}
	return changes
}

// storedChanges is how the first changes of a log come back.
func storedChanges(changes []crm.Change) []crm.Change {
	all := make([]crm.Change, len(changes))
	for n, c := range changes {
		all[n] = storedChange(c, crm.Seq(n+1))
	}
	return all
}

// headAfter is the head of a shop whose log holds these changes.
func headAfter(s *shop, changes []crm.Change) crm.Head {
	head := crm.Head{Workspace: s.id, Seq: crm.Seq(len(changes))}
	if len(changes) > 0 {
		last := changes[len(changes)-1]
		head.At, head.Unit = backend.StoredTime(last.At), last.Unit
	}
	return head
}

// plainWorkspace is a workspace as most shops have it.
func plainWorkspace(id crm.WorkspaceID) crm.Workspace {
	return crm.Workspace{
		ID: id, Version: 1, Name: "Shop", Currency: "EUR", TimeZone: "Europe/Berlin", UTM: utm.Recommended(),
		Forecast:     crm.ForecastWeights{Negotiating: decimal.New(5, -1), Draft: decimal.New(1, -1)},
		IgnoredCodes: []string{}, MonthBudgets: map[budget.Month]budget.Money{},
	}
}

// fullWorkspace is a workspace in which every field is set, different from plainWorkspace.
func fullWorkspace(id crm.WorkspaceID) crm.Workspace {
	return crm.Workspace{
		ID: id, Version: 1, Name: awkward, Currency: "KWD", TimeZone: "Pacific/Chatham", UTM: templates[3],
		IgnoredCodes: append([]string{""}, words...), TailDays: 365, CodeComparison: discount.General,
		Forecast: crm.ForecastWeights{Negotiating: decimal.RequireFromString("0.123456"), Draft: decimal.RequireFromString("1.000")},
		MonthBudgets: map[budget.Month]budget.Money{
			budget.MustParseMonth("2026-06"): budget.FromMinor(0, "KWD"),
			budget.MustParseMonth("1900-01"): budget.FromMinor(budget.MaxMinor, "KWD"),
		},
		Sources: crm.DataSources{Sheet: crm.DataSource{Connected: true, Link: awkward}, CRM: crm.DataSource{Connected: true, Link: "x"}},
		Times:   crm.Times{CreatedAt: backend.StoredTime(logStart), ChangedAt: backend.StoredTime(logStart.Add(time.Hour))},
	}
}
