package crm

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// Status is how firm a cooperation is: draft, negotiating or signed. Planned, running and ended follow from the dates
// and are never stored; cancelled is no status, see Cancellation.
type Status = budget.Stage

// The statuses.
const (
	Draft       = budget.Draft
	Negotiating = budget.Negotiating
	Signed      = budget.Signed
)

// Statuses are all statuses in the order in which a cooperation mostly goes through them, for a box to choose from. (The
// planning report has them the other way round; see budget.Stages.)
func Statuses() []Status { return []Status{Draft, Negotiating, Signed} }

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
	RulesOrigin  Provenance        `json:"rules_origin,omitzero"`
	LastTouch    bool              `json:"last_touch,omitzero"` // a code also counts as the last touchpoint
	Cancellation *Cancellation     `json:"cancellation,omitzero"`
	Responsible  MemberID          `json:"responsible,omitzero"`
	Notes        string            `json:"notes,omitzero"`
	Custom       map[string]string `json:"custom"`
	Imported     *Imported         `json:"imported,omitzero"`
	ArchivedOn   budget.Date       `json:"archived_on,omitzero"`
	// ClaimsUntil is the day on which its campaign or its influencer was archived, the earlier one. Its codes and links
	// match orders up to that day. It follows from the two; what is given is ignored.
	ClaimsUntil budget.Date `json:"claims_until,omitzero"`
	Times
}

// Imported is where an imported cooperation came from: the name of the sheet, the key of its row there, and the values
// on which row and CRM last agreed, by field, so that a later import can tell a change in the sheet from a change in
// the CRM.
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

// AtRevision implements Record.
func (c Cooperation) AtRevision(v int64) Record { c.Version = v; return c }

// AtTimes implements Record.
func (c Cooperation) AtTimes(t Times) Record { c.Times = t; return c }

// SearchText implements Record.
func (c Cooperation) SearchText() string {
	items := []string{c.Name, c.Notes}
	for _, rule := range c.Rules {
		items = append(items, rule.Pattern)
	}
	return searchText(append(items, valuesByKey(c.Custom)...)...)
}

func (c Cooperation) clone() Record {
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
	*c = Clone(*c)
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
	if c.Status.Validate() != nil { // as in a filter; who reads what people type has budget.ParseStage
		p.add("status", string(c.Status), "is no status; use draft, negotiating or signed")
	}
	c.checkDerived(p)
	p.period("period", c.Period)
	p.amount("cost", c.Cost, "", "")
	if c.Spread.Validate() != nil {
		p.add("spread", string(c.Spread), "is no way to spread a cost; use by_day, on_start or on_end")
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

// checkDerived refuses words that are none in fields that follow from others, although what is given there is ignored:
// a caller who writes "Auto" or "given" expects something of it.
func (c *Cooperation) checkDerived(p *problems) {
	if !slices.Contains([]NameMode{"", NameAuto, NameCustom}, c.NameMode) {
		p.add("name_mode", string(c.NameMode), "is no name mode; it follows from the name, so leave it out")
	}
	kinds := []ProvenanceKind{"", Inherited, Pending, Overridden}
	for _, f := range utm.Fields() {
		if kind := c.UTMOrigins[f].Kind; !slices.Contains(kinds, kind) {
			p.add("utm_origins."+f.String(), string(kind), "is no provenance; it follows from the values, so leave it out")
		}
	}
	if kind := c.RulesOrigin.Kind; !slices.Contains(kinds, kind) {
		p.add("rules_origin", string(kind), "is no provenance; it follows from the values, so leave it out")
	}
}

// check bounds what an import leaves behind. The values stay as they were in the sheet, to be compared with it later.
func (i *Imported) check(p *problems) {
	if !utf8.ValidString(i.Source) || strings.ContainsRune(i.Source, 0) || utf8.RuneCountInString(i.Source) > MaxName {
		p.addf("imported.source", i.Source, "is no name of a sheet; it has at most %d characters", MaxName)
	}
	if i.Key == "" || !utf8.ValidString(i.Key) || utf8.RuneCountInString(i.Key) > maxImportKey {
		p.addf("imported.key", i.Key, "is no key of a row; it has 1 to %d characters", maxImportKey)
	}
	if len(i.Values) > maxImportValues {
		p.addf("imported.values", strconv.Itoa(len(i.Values)), "at most %d values of a row are kept", maxImportValues)
	}
	for _, name := range slices.Sorted(maps.Keys(i.Values)) {
		for _, text := range []string{name, i.Values[name]} {
			if !utf8.ValidString(text) || strings.ContainsRune(text, 0) || utf8.RuneCountInString(text) > MaxNotes {
				p.addf("imported.values", text, "is no value of a row; it is text of at most %d characters", MaxNotes)
			}
		}
	}
}
