package assistant

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/utm"
)

// explained is whom an order is credited to, and why.
type explained struct {
	Order      string      `json:"order"`
	By         string      `json:"by,omitzero"` // code or utm
	Code       string      `json:"code,omitzero"`
	Credit     string      `json:"credit,omitzero"`
	Ambiguous  bool        `json:"ambiguous,omitzero"` // only the lower id decided
	Candidates []candidate `json:"candidates"`         // the winner first
	More       int         `json:"more,omitzero"`
	Unknown    []string    `json:"unknown_codes,omitzero"`
	Ignored    []string    `json:"ignored_codes,omitzero"`
	Findings   []finding   `json:"findings,omitzero"` // why nobody earned it, or what else may have been meant
}

type candidate struct {
	Cooperation crm.CooperationID `json:"cooperation"`
	Name        string            `json:"name"`
	Campaign    string            `json:"campaign"`
	Influencer  string            `json:"influencer"`
	By          attribution.Means `json:"by"`
	Rule        string            `json:"rule,omitzero"`
	Lost        string            `json:"lost,omitzero"` // why; the winner has none
}

type finding struct {
	Cooperation crm.CooperationID `json:"cooperation"`
	Name        string            `json:"name"`
	Text        string            `json:"text"`
	Fixes       []attribution.Fix `json:"fixes"` // the smallest changes after which it would earn the order
}

// visit is a touchpoint as an assistant gives it.
type visit struct {
	At  time.Time  `json:"at,omitzero" jsonschema:"When; the time of the order if left out."`
	UTM utm.Params `json:"utm"`
}

func explainOrder() (tool, error) {
	type asked struct {
		place
		ID          string       `json:"id" jsonschema:"The shop's number of the order."`
		At          time.Time    `json:"at" jsonschema:"When it was placed."`
		Codes       []string     `json:"codes,omitzero" jsonschema:"Its discount codes, in the order in which they were given."`
		Touchpoints []visit      `json:"touchpoints,omitzero" jsonschema:"The visits before it, with their UTM fields."`
		Amount      budget.Money `json:"amount,omitzero"`
		Cancelled   bool         `json:"cancelled,omitzero"`
	}
	t, err := reading("explain_order", "Explain an order",
		"Says which cooperation an order is credited to, by which code or link, and why each other one was not; "+
			"for an order that nobody earned, what the smallest change would be that credits it. The order is not kept.",
		func(c *call[asked]) (answer, error) {
			index, err := c.options.Indexes.Get(c.ctx, c.crm, c.ws)
			if err != nil {
				return answer{}, err
			}
			order := attribution.Order{
				ID: c.args.ID, At: c.args.At, Codes: c.args.Codes, Amount: c.args.Amount, Cancelled: c.args.Cancelled,
			}
			for _, v := range c.args.Touchpoints {
				order.Touchpoints = append(order.Touchpoints, attribution.Touchpoint{At: cmp.Or(v.At, order.At), UTM: v.UTM})
			}
			decision, err := index.Decide(order)
			if err != nil {
				return answer{}, err
			}
			about, findings, err := explanations(c.ctx, index, order, decision)
			if err != nil {
				return answer{}, err
			}
			return answer{
				fmt.Sprintf("%s %s, %s.", about,
					counted(len(decision.Candidates)+decision.More, "candidate"), counted(len(findings), "finding")),
				explain(index, decision, findings),
			}, nil
		})
	t.timeout = time.Minute // the first order of a large workspace waits for the index
	return t, err
}

// explanations are the findings about a decision, with what the decision comes to in words.
func explanations(ctx context.Context, index *attribution.Index, o attribution.Order, d attribution.Decision) (string, []attribution.Finding, error) {
	if d.Cooperation.IsZero() {
		findings, err := index.Diagnose(ctx, o)
		return "Credited to nobody.", findings, err
	}
	findings, err := index.Doubts(ctx, o)
	return fmt.Sprintf("Credited by %s.", d.By), findings, err
}

func explain(index *attribution.Index, d attribution.Decision, findings []attribution.Finding) explained {
	e := explained{
		Order: d.Order, By: string(d.By), Code: d.Code, Ambiguous: d.Ambiguous, Candidates: []candidate{}, More: d.More,
		Unknown: d.Unknown, Ignored: d.Ignored,
	}
	if d.Credit.IsSet() {
		e.Credit = d.Credit.String()
	}
	for _, c := range d.Candidates {
		shown := candidate{
			Cooperation: c.Cooperation, Name: index.Name(crm.RefTo(c.Cooperation)), Campaign: index.Name(crm.RefTo(c.Campaign)),
			Influencer: index.Name(crm.RefTo(c.Influencer)), By: c.By, Lost: c.Why().String(),
		}
		if c.By == attribution.ByCode {
			shown.Rule = c.Rule.String()
		}
		e.Candidates = append(e.Candidates, shown)
	}
	for _, f := range findings {
		e.Findings = append(e.Findings, finding{f.Cooperation, index.Name(crm.RefTo(f.Cooperation)), f.Text().String(), f.Fixes})
	}
	return e
}
