package budget

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
)

// AlertKind says what an alert is about.
type AlertKind string

// The alerts, the most urgent first. Drafts bind nobody, so that they book no influencer.
const (
	AlertOver         AlertKind = "over"           // a campaign or month is over its budget
	AlertSignedNoDate AlertKind = "signed_undated" // signed without a start: it may be in no month, or in a wrong one
	AlertSignedNoCost AlertKind = "signed_no_cost" // signed without a cost: what is left of the budget is too much
	AlertDraftStarted AlertKind = "draft_started"  // drafts whose start has passed
	AlertAtRisk       AlertKind = "at_risk"        // a campaign or month will be over if everything is signed
	AlertDoubleBooked AlertKind = "double_booked"  // an influencer has to start for several campaigns in one week
	AlertEndsSoon     AlertKind = "ends_soon"      // a campaign ends soon and has drafts
	AlertUndatedCost  AlertKind = "undated_cost"   // what is not signed costs something and has no dates
)

var alertKinds = []AlertKind{
	AlertOver, AlertSignedNoDate, AlertSignedNoCost, AlertDraftStarted, AlertAtRisk, AlertDoubleBooked, AlertEndsSoon, AlertUndatedCost,
}

// AlertKinds returns all kinds of alerts, the most urgent first.
func AlertKinds() []AlertKind { return slices.Clone(alertKinds) }

// MaxAlertItems is how many items an alert names.
const MaxAlertItems = 20

// Alert is something that somebody should do something about.
type Alert struct {
	Kind AlertKind

	// What it concerns: a campaign, a month, or an influencer in a week that begins On. They are empty where they say nothing.
	Campaign   string
	Month      Month
	Influencer string

	// On is the day by which something had or has to be done: the earliest start of drafts, the end of a campaign, the
	// first day of a month or week. It is zero where there is none.
	On Date

	// Items are the cooperations it is about, by start, then ID, at most MaxAlertItems of Count; of a campaign or month
	// over its budget or at risk the one that tipped it.
	Items []string
	Count int

	// Amount is by how much the budget is exceeded, and of other alerts what the items cost, as far as that is known.
	Amount Money

	// Format and Args are its sentence, as those of a Warning are.
	Format string
	Args   []any
}

// String is the sentence in English.
func (a Alert) String() string { return fmt.Sprintf(a.Format, a.Args...) }

type alertJSON struct {
	Kind       AlertKind `json:"kind"`
	Campaign   string    `json:"campaign,omitzero"`
	Month      Month     `json:"month,omitzero"`
	Influencer string    `json:"influencer,omitzero"`
	On         Date      `json:"on,omitzero"`
	Items      []string  `json:"items"`
	Count      int       `json:"count"`
	Amount     Money     `json:"amount"`
	Message    string    `json:"message"`
}

// MarshalJSON writes the sentence in English as message.
func (a Alert) MarshalJSON() ([]byte, error) {
	return json.Marshal(alertJSON{a.Kind, a.Campaign, a.Month, a.Influencer, a.On, a.Items, a.Count, a.Amount, a.String()})
}

// AlertOptions are the choices of Alerts.
type AlertOptions struct {
	// Within is how many days before its end a campaign ends soon, the last day being 0 days before it. 0 and less
	// stand for 14, so that 1, the last two days, is the least that can be asked for.
	Within int

	Limit int // how many alerts are listed; 0 is 100, and no more than 1,000 are
}

const (
	defaultWithin = 14
	defaultLimit  = 100
	maxLimit      = 1_000
)

// Alerts are the most urgent alerts of a report.
type Alerts struct {
	Alerts []Alert `json:"alerts"`
	Count  int     `json:"count"` // of all, also of those that are not listed
}

// Alerts returns what somebody should look at: by kind, in the order of AlertKinds, then by day, those without one last, then
// the larger amount. Nil options are the defaults.
//
// It tells what can still be changed. So it is about months from the report's day on, and campaigns that are upcoming;
// items that have ended, weeks that have passed and archived campaigns are in none. They cost what they cost, so that a
// budget that is over or at risk counts them, and names one of their items where it tipped it. Without a day in the report
// everything is upcoming, and nothing is late or soon. What is cancelled counts no more.
//
// An influencer is booked twice who has two cooperations, signed or in negotiation, in different campaigns whose first days
// are in one week, from Monday to Sunday.
func (r *Report) Alerts(o *AlertOptions) Alerts {
	if o == nil {
		o = &AlertOptions{}
	}
	f := alertFinder{report: r, ledger: r.ledgerOrEmpty(), within: cmp.Or(max(o.Within, 0), defaultWithin)}
	f.findHealth()
	f.findItems()
	f.findDoubleBookings()
	slices.SortStableFunc(f.found, compareAlerts)
	listed := f.found[:min(len(f.found), cmp.Or(min(max(o.Limit, 0), maxLimit), defaultLimit))]
	return Alerts{Alerts: append([]Alert{}, listed...), Count: len(f.found)}
}

func compareAlerts(a, b Alert) int {
	return cmp.Or(
		cmp.Compare(slices.Index(alertKinds, a.Kind), slices.Index(alertKinds, b.Kind)),
		cmp.Compare(a.On.n-1, b.On.n-1), // without a day last
		cmp.Compare(b.Amount.minor, a.Amount.minor),
		cmp.Compare(a.Campaign, b.Campaign), a.Month.Compare(b.Month), cmp.Compare(a.Influencer, b.Influencer),
	)
}
