package assistant

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// planning are the arguments of tools that answer with a part of the plan.
type planning struct {
	On        budget.Date      `json:"on,omitzero" jsonschema:"The day of the report; today if left out."`
	Campaigns []crm.CampaignID `json:"campaigns,omitzero" jsonschema:"Only these campaigns."`
	From      budget.Month     `json:"from,omitzero" jsonschema:"The first month."`
	To        budget.Month     `json:"to,omitzero" jsonschema:"The last month."`
}

func (p planning) options(rates budget.Rates) *crm.ReportOptions {
	o := &crm.ReportOptions{Rates: rates, On: p.On, Filter: budget.Filter{From: p.From, To: p.To}}
	for _, id := range p.Campaigns {
		o.Filter.Campaigns = append(o.Filter.Campaigns, id.String())
	}
	return o
}

// standing is where a plan stands.
type standing struct {
	Today         budget.Date `json:"today"`
	Total         figures     `json:"total"`
	Campaigns     []figures   `json:"campaigns"` // those that are over their budget first
	MoreCampaigns int         `json:"more_campaigns,omitzero"`
	Months        []figures   `json:"months"` // from the current one on, if the caller did not say
	MoreMonths    int         `json:"more_months,omitzero"`
	Unscheduled   figures     `json:"unscheduled"`
	Alerts        []crm.Alert `json:"alerts"`
	MoreAlerts    int         `json:"more_alerts,omitzero"`
}

// maxAlerts is how many alerts an answer has.
const maxAlerts = 10

func whereDoWeStand() (tool, error) {
	type asked struct {
		place
		planning
		Limit int `json:"limit,omitzero" jsonschema:"How many campaigns and how many months are listed: 1 to 100, else 20."`
	}
	return reading("where_do_we_stand", "Where do we stand?",
		"Says how much of the budget is signed, in negotiation or only an idea, what is left of it, in total, by campaign (those over budget "+
			"first) and by month, and what somebody should look at. Amounts of a line without a budget are held against nothing.",
		func(c *call[asked]) (answer, error) {
			limit, err := limited(c.args.Limit)
			if err != nil {
				return answer{}, err
			}
			o := c.args.options(c.options.Rates)
			summary, err := c.crm.Summary(c.ctx, c.ws, o)
			if err != nil {
				return answer{}, err
			}
			alerts, err := c.crm.Alerts(c.ctx, c.ws, &crm.AlertOptions{ReportOptions: *o, AlertOptions: budget.AlertOptions{Limit: maxAlerts}})
			if err != nil {
				return answer{}, err
			}
			months := summary.Months
			if c.args.From.IsZero() && c.args.To.IsZero() {
				months = slices.DeleteFunc(slices.Clone(months), func(l budget.Line) bool { return l.Month.Last().Before(summary.Today) })
			}
			s := standing{
				Today: summary.Today, Total: figuresOf(summary.Total), Unscheduled: figuresOf(summary.Unscheduled),
				Alerts: alerts.Alerts, MoreAlerts: alerts.Count - len(alerts.Alerts),
			}
			s.Campaigns, s.MoreCampaigns = lines(byUrgency(summary.Campaigns), limit)
			s.Months, s.MoreMonths = lines(months, limit)
			return answer{planInWords(summary, alerts.Count), s}, nil
		})
}

// byUrgency puts lines that are over their budget, or may come to be, first.
func byUrgency(all []budget.Line) []budget.Line {
	urgency := []budget.Health{budget.Over, budget.AtRisk, budget.OK, budget.NoBudget}
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b budget.Line) int {
		return cmp.Compare(slices.Index(urgency, a.Health), slices.Index(urgency, b.Health))
	})
	return all
}

// planInWords says a plan without the name of anything.
func planInWords(s *budget.Summary, alerts int) string {
	var w strings.Builder
	t := s.Total
	_, _ = fmt.Fprintf(&w, "On %s, %s signed (%d), %s in negotiation (%d) and %s in drafts (%d): %s allocated.",
		s.Today, t.Signed, t.Counts.Signed, t.Negotiating, t.Counts.Negotiating, t.Draft, t.Counts.Draft, t.Allocated())
	if t.Budget.IsSet() {
		_, _ = fmt.Fprintf(&w, " Of the campaigns' budgets of %s, %s is left after what is signed and %s after everything.",
			t.Budget, t.RemainingAfterSigned(), t.RemainingAfterAllocated())
	} else {
		w.WriteString(" There is no budget for it.")
	}
	if t.Counts.Unpriced > 0 {
		_, _ = fmt.Fprintf(&w, " %s in other currencies without an exchange rate and in no amount.", counted(t.Counts.Unpriced, "cooperation"))
	}
	health := map[budget.Health]int{}
	for _, l := range s.Campaigns {
		health[l.Health]++
	}
	_, _ = fmt.Fprintf(&w, " Of %s, %d over budget, %d at risk, %d without a budget. %s.",
		counted(len(s.Campaigns), "campaign"), health[budget.Over], health[budget.AtRisk], health[budget.NoBudget], counted(alerts, "alert"))
	return w.String()
}
