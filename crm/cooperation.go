package crm

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// Status is how firm a cooperation is: draft, negotiating or signed. Planned, running and ended
// follow from the dates and are never stored; cancelled is no status, see Cancellation.
type Status = budget.Stage

// The statuses.
const (
	Draft       = budget.Draft
	Negotiating = budget.Negotiating
	Signed      = budget.Signed
)

// NameMode says who names a cooperation.
type NameMode string

// The name modes.
const (
	NameAuto   NameMode = "auto"   // made from campaign, influencer and platform
	NameCustom NameMode = "custom" // given by a person
)

// Cooperation is the work of one influencer in one campaign. Many per pair are fine.
type Cooperation struct {
	ID           CooperationID     `json:"id"`
	Version      int64             `json:"version"`
	Campaign     CampaignID        `json:"campaign"`
	Influencer   InfluencerID      `json:"influencer"`
	Profile      ProfileID         `json:"profile,omitzero"` // of the influencer; optional
	Name         string            `json:"name"`             // clear it to return to the auto name
	NameMode     NameMode          `json:"name_mode"`        // follows from Name; what is given is ignored
	Status       Status            `json:"status"`
	Period       budget.Period     `json:"period,omitzero"`
	Cost         budget.Money      `json:"cost,omitzero"`   // in any currency; not set is not zero
	Spread       budget.Spread     `json:"spread,omitzero"` // how the cost lies over the months
	UTM          utm.Params        `json:"utm,omitzero"`
	UTMOrigins   UTMOrigins        `json:"utm_origins,omitzero"`
	Rules        []discount.Rule   `json:"rules"`
	RulesOrigin  Origin            `json:"rules_origin,omitzero"`
	LastTouch    bool              `json:"last_touch,omitzero"` // a code also counts as the last touchpoint
	Cancellation *Cancellation     `json:"cancellation,omitzero"`
	Responsible  MemberID          `json:"responsible,omitzero"`
	Notes        string            `json:"notes,omitzero"`
	Custom       map[string]string `json:"custom"`
	Imported     *Imported         `json:"imported,omitzero"`
	ArchivedOn   budget.Date       `json:"archived_on,omitzero"`
}

// Cancellation takes a cooperation out of the plan. If it was signed on that day, its fee takes the place
// of its cost on the cancellation's day; otherwise nothing of it remains in the budget.
type Cancellation struct {
	On     budget.Date  `json:"on"`
	Fee    budget.Money `json:"fee,omitzero"`
	Reason string       `json:"reason,omitzero"`
	// Status is the status that the cooperation had when it was cancelled. The cooperation keeps it until it
	// is reinstated, so that a later edit can neither book the fee of a draft nor drop that of a signed one.
	// It follows from the cooperation; what is given is ignored.
	Status Status `json:"status"`
}

// Imported is where an imported cooperation came from: the name of the sheet, the key of its row
// there, and the values on which row and CRM last agreed, by field, so that a later import can tell
// a change in the sheet from a change in the CRM.
type Imported struct {
	Source string            `json:"source,omitzero"` // the name of the sheet, at most MaxName characters; optional
	Key    string            `json:"key"`
	Values map[string]string `json:"values"`
}

const (
	maxCooperationName = 640 // campaign, influencer, platform, and what tells equal names apart; databases index no more
	maxImportKey       = MaxName
	maxImportValues    = 1_000
)

// Ref implements Record.
func (c Cooperation) Ref() Ref { return Ref{KindCooperation, c.ID.UUID()} }

// Revision implements Record.
func (c Cooperation) Revision() int64 { return c.Version }

func (c Cooperation) withRevision(v int64) Record { c.Version = v; return c }

func (c Cooperation) clone() Cooperation {
	c.Rules = cloneSlice(c.Rules)
	c.Custom = cloneMap(c.Custom)
	if c.Cancellation != nil {
		cancellation := *c.Cancellation
		c.Cancellation = &cancellation
	}
	if c.Imported != nil {
		imported := *c.Imported
		imported.Values = cloneMap(imported.Values)
		c.Imported = &imported
	}
	return c
}

func (c *Cooperation) normalize(currency budget.Currency) error {
	*c = c.clone()
	p := &problems{record: c.Ref()}
	if c.Campaign.IsZero() {
		p.add("campaign", "", "a cooperation belongs to a campaign; choose one")
	}
	if c.Influencer.IsZero() {
		p.add("influencer", "", "a cooperation belongs to an influencer; choose one")
	}
	p.text("name", &c.Name, maxCooperationName, false)
	if c.Status == "" {
		c.Status = Draft
	}
	if status, err := budget.ParseStage(string(c.Status)); err != nil {
		p.add("status", string(c.Status), "is no status; use draft, negotiating or signed")
	} else {
		c.Status = status
	}
	p.period("period", c.Period)
	p.amount("cost", c.Cost, "", "")
	if spread, err := budget.ParseSpread(string(c.Spread)); err != nil {
		p.add("spread", string(c.Spread), "is no way to spread a cost; use by_day, on_start or on_end")
	} else {
		c.Spread = spread
	}
	p.err("utm", "", c.UTM.Validate())
	c.Rules = p.rules("rules", c.Rules, currency)
	p.text("notes", &c.Notes, MaxNotes, true)
	c.Custom = p.custom("custom", c.Custom)
	if c.Cancellation != nil {
		c.Cancellation.normalize(p, c.Status, c.Cost.Currency())
	}
	if c.Imported != nil {
		c.Imported.check(p)
	}
	return p.result()
}

// freezeStatus notes the status that a cancelled cooperation keeps: the one it had before the save that cancels it. A
// sheet may say both at once, that a deal was signed and that it was cancelled.
func (c *Cooperation) freezeStatus(before Cooperation, by author) {
	if c.Cancellation == nil {
		return
	}
	cancellation := *c.Cancellation
	switch {
	case before.Cancellation != nil:
		cancellation.Status = before.Cancellation.Status
	case by == byPerson:
		cancellation.Status = before.Status
	default:
		cancellation.Status = c.Status
	}
	c.Cancellation = &cancellation
}

func (c *Cancellation) normalize(p *problems, status Status, currency budget.Currency) {
	if c.Status == "" {
		c.Status = status
	}
	if c.Status != status {
		p.addf("status", string(status), "a cancelled cooperation keeps the status that it had, %s; reinstate it first", c.Status)
	}
	if c.On.IsZero() {
		p.add("cancellation.on", "", "a cancellation needs its day")
	}
	p.day("cancellation.on", c.On)
	p.amount("cancellation.fee", c.Fee, currency, "the currency of the cost")
	p.text("cancellation.reason", &c.Reason, MaxNotes, true)
}

// check bounds what an import leaves behind. The values stay as they were in the sheet, to be
// compared with it later.
func (i *Imported) check(p *problems) {
	if !utf8.ValidString(i.Source) || strings.ContainsRune(i.Source, 0) || utf8.RuneCountInString(i.Source) > MaxName {
		p.addf("imported.source", i.Source, "is no name of a sheet; it has at most %d characters", MaxName)
	}
	if i.Key == "" || !utf8.ValidString(i.Key) || utf8.RuneCountInString(i.Key) > maxImportKey {
		p.addf("imported.key", i.Key, "is no key of a row; it has 1 to %d characters", maxImportKey)
	}
	if len(i.Values) > maxImportValues {
		p.addf("imported.values", itoa(len(i.Values)), "at most %d values of a row are kept", maxImportValues)
	}
	for _, name := range slices.Sorted(maps.Keys(i.Values)) {
		for _, text := range []string{name, i.Values[name]} {
			if !utf8.ValidString(text) || strings.ContainsRune(text, 0) || utf8.RuneCountInString(text) > MaxNotes {
				p.addf("imported.values", text, "is no value of a row; it is text of at most %d characters", MaxNotes)
			}
		}
	}
}
