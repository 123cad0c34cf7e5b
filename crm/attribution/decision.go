package attribution

import (
	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// Means is what credits an order to a cooperation.
type Means string

// The means.
const (
	ByCode Means = "code"
	ByUTM  Means = "utm"
)

// MaxCandidates is how many candidates a decision lists.
const MaxCandidates = 50

// Decision says whom an order is credited to, and why.
type Decision struct {
	Order string `json:"order"`
	// Cooperation is the one that the order is credited to, with its campaign and influencer; zero for none.
	Cooperation crm.CooperationID `json:"cooperation,omitzero"`
	Campaign    crm.CampaignID    `json:"campaign,omitzero"`
	Influencer  crm.InfluencerID  `json:"influencer,omitzero"`
	By          Means             `json:"by,omitzero"`
	// Code is the code that credited the order, as it was typed; "" where a visit did.
	Code string `json:"code,omitzero"`
	// Ambiguous says that another cooperation has the same claim, and only the lower id decided.
	Ambiguous bool `json:"ambiguous,omitzero"`
	// Credit is what the cooperation earns: the amount of the order, nothing of a cancelled one, less than nothing for a
	// refund. It is not set if nobody earned the order or it has no amount.
	Credit budget.Money `json:"credit,omitzero"`
	// Candidates are all cooperations that had a claim, each with its strongest one by code and by visit, and with the strongest
	// that cannot earn, such as a visit before its first day: the winner first, then those that lost, the strongest first; at most
	// MaxCandidates, with the number of the others in More.
	Candidates []Candidate `json:"candidates"`
	More       int         `json:"more,omitzero"`
	// LastTouch is the visit that a code counts as, after the last real one, where the cooperation has that set.
	LastTouch *LastTouch `json:"last_touch,omitzero"`
	Ignored   []string   `json:"ignored,omitzero"` // codes of the order that are on the workspace's list, as its shop compares codes
	Unknown   []string   `json:"unknown,omitzero"` // codes of the order that no rule knows, as the shop compares
	// RefundOf is the order that a refund follows.
	RefundOf string `json:"refund_of,omitzero"`
}

// LastTouch is an artificial visit, in the words of advertising: campaign, ad group and ad.
type LastTouch struct {
	Campaign   string `json:"campaign"`
	Influencer string `json:"influencer"`
	Platform   string `json:"platform,omitzero"`
}

// Candidate is a cooperation that has a claim to an order by one of its rules, or by its UTM set.
type Candidate struct {
	Cooperation crm.CooperationID `json:"cooperation"`
	Campaign    crm.CampaignID    `json:"campaign"`
	Influencer  crm.InfluencerID  `json:"influencer"`
	By          Means             `json:"by"`
	Code        string            `json:"code,omitzero"` // of the order, as it was typed
	Rule        discount.Rule     `json:"rule,omitzero"`
	// Cause is what the code differs in from that of the rule, where the workspace's shop takes the two for one. It is ""
	// for a code that satisfies the rule.
	Cause      discount.Cause `json:"cause,omitzero"`
	Touchpoint int            `json:"touchpoint"` // its place in the order's list; -1 for a code
	UTM        utm.Params     `json:"utm,omitzero"`
	Lost       Reason         `json:"lost,omitzero"` // "" of the winner
	// Days is how many days before the first day, or after the last one, the order or the visit was.
	Days int `json:"days,omitzero"`
}
