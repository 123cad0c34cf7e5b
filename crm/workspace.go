package crm

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/internal/fieldpath"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// Workspace is the named Influencer CRM of one shop, and the tenant: nothing crosses it.
type Workspace struct {
	ID           WorkspaceID     `json:"id"`
	Version      int64           `json:"version"`
	Name         string          `json:"name"`
	Currency     budget.Currency `json:"currency"`      // fixed once an amount exists
	TimeZone     string          `json:"time_zone"`     // IANA, "Europe/Berlin"
	UTM          utm.Template    `json:"utm"`           // where new cooperations take what profiles leave open
	IgnoredCodes []string        `json:"ignored_codes"` // codes that credit nobody, like a newsletter's
	TailDays     int             `json:"tail_days"`     // days that rules stay live after a cooperation's end, 0 to 365
	// CodeComparison is how the shop compares codes; discount.Exact if it is not given. It says which conflicts there are
	// of codes that are not the same, which codes are ignored, and whom attribution credits with a code that is typed in
	// another way.
	CodeComparison discount.Comparison           `json:"code_comparison,omitzero"`
	Forecast       ForecastWeights               `json:"forecast"`
	MonthBudgets   map[budget.Month]budget.Money `json:"month_budgets"` // replaces the campaigns' spread budgets of that month
	Sources        DataSources                   `json:"sources"`
	Times
}

// ForecastWeights say how much of the unsigned amounts a forecast counts, each from 0 to 1.
type ForecastWeights = budget.Weights

const (
	maxTailDays     = 365
	maxIgnoredCodes = 1_000
	maxMonthBudgets = 1_200
)

// Ref implements Record.
func (w Workspace) Ref() Ref { return Ref{KindWorkspace, w.ID.UUID()} }

// Revision implements Record.
func (w Workspace) Revision() int64 { return w.Version }

// AtRevision implements Record.
func (w Workspace) AtRevision(v int64) Record { w.Version = v; return w }

// AtTimes implements Record.
func (w Workspace) AtTimes(t Times) Record { w.Times = t; return w }

// SortKey implements Record.
func (w Workspace) SortKey(s Sort) string { return sortKey(s, w.Name, budget.Date{}, w.Times) }

// SearchText implements Record.
func (w Workspace) SearchText() string { return "" }

// Location is the workspace's time zone. A zone that this machine does not know is an ErrInvalid, and so is that of an
// unfinished copy, which has none.
func (w Workspace) Location() (*time.Location, error) {
	zone, err := loadZone(w.TimeZone)
	if err != nil {
		return nil, &Error{Family: ErrInvalid, Record: w.Ref(), Field: "time_zone", Value: Shorten(w.TimeZone),
			Problem: sentence.Of(notAZone)}
	}
	return zone, nil
}

func (w Workspace) clone() Record {
	w.IgnoredCodes = cloneSlice(w.IgnoredCodes)
	w.MonthBudgets = cloneMap(w.MonthBudgets)
	return w
}

func (w *Workspace) normalize() error {
	*w = Clone(*w)
	p := &problems{record: w.Ref()}
	p.name("name", &w.Name, "a workspace")
	if c, err := budget.ParseCurrency(string(w.Currency)); err != nil {
		p.add("currency", string(w.Currency), "is no currency; use its three letters, like EUR")
	} else {
		w.Currency = c
	}
	if _, err := loadZone(w.TimeZone); err != nil {
		p.add("time_zone", w.TimeZone, notAZone)
	}
	if w.TailDays < 0 || w.TailDays > maxTailDays {
		p.addf("tail_days", strconv.Itoa(w.TailDays), "must be between 0 and %d days", maxTailDays)
	}
	w.CodeComparison = cmp.Or(w.CodeComparison, discount.Exact)
	p.err("code_comparison", string(w.CodeComparison), w.CodeComparison.Validate())
	w.normalizeCodes(p)
	w.normalizeMoney(p)
	p.text("sources.sheet.link", &w.Sources.Sheet.Link, MaxLink, false) // what it may be is checked when it is new
	p.text("sources.crm.link", &w.Sources.CRM.Link, MaxLink, false)
	return p.result()
}

func (w *Workspace) normalizeCodes(p *problems) {
	if p.tooMany("ignored_codes", len(w.IgnoredCodes), maxIgnoredCodes, "ignored codes") {
		return
	}
	seen := map[string]bool{}
	kept := w.IgnoredCodes[:0]
	for i, code := range w.IgnoredCodes {
		code = Clean(code)
		if err := discount.ValidateCode(code); err != nil {
			p.err(fieldpath.Index("ignored_codes", i, ""), code, err)
		}
		if key := discount.Normalize(code); !seen[key] {
			seen[key] = true
			kept = append(kept, code)
		}
	}
	w.IgnoredCodes = kept
}

func (w *Workspace) normalizeMoney(p *problems) {
	if err := w.Forecast.Validate(); err != nil {
		p.add("forecast", fmt.Sprintf("negotiating %s, draft %s", decimalText(w.Forecast.Negotiating),
			decimalText(w.Forecast.Draft)),
			"each weight must be a number from 0 to 1, like 0.5, with at most 9 decimals")
	}
	if len(w.MonthBudgets) > maxMonthBudgets {
		p.addf("month_budgets", strconv.Itoa(len(w.MonthBudgets)), "at most %d months can have a budget", maxMonthBudgets)
		return
	}
	for _, month := range slices.SortedFunc(maps.Keys(w.MonthBudgets), budget.Month.Compare) {
		field := "month_budgets." + month.String()
		if month.IsZero() {
			p.add("month_budgets", "", "a month budget needs its month, like 2026-06")
			continue
		}
		p.amount(field, w.MonthBudgets[month], w.Currency, currencyOfWorkspace)
		if !w.MonthBudgets[month].IsSet() {
			p.add(field, "", "needs an amount; leave the month out to have none")
		}
	}
}

// decimalText writes a number that is not validated yet. It does not write out exponents, because a few bytes of input
// can stand for a billion digits.
func decimalText(d decimal.Decimal) string {
	if e := d.Exponent(); e < -20 || e > 20 {
		return fmt.Sprintf("%se%d", Shorten(d.Coefficient().String()), e)
	}
	return d.String()
}

const notAZone = `is no time zone; it looks like "Europe/Berlin"`

func loadZone(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("time zone %q", name)
	}
	return time.LoadLocation(name)
}
