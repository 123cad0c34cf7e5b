package crm

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/getklar/influencercrm/budget"
)

// MaxScenarios is how many scenarios one call of WhatIf takes. Each has MaxBulk changes at most. Only the lines of their
// reports are kept, so that a call never holds more than two plans in memory: that of today, and one scenario at a time.
const MaxScenarios = 10

// WhatIf is a planning report, and the same report with changes that nobody has saved.
type WhatIf struct {
	Now       *budget.Report `json:"now"`
	Scenarios []Scenario     `json:"scenarios"` // as many as were asked for, in their order
}

// Scenario is the report of a scenario, and what differs from today's.
type Scenario struct {
	// Report has its lines but not the items: see budget.Report.WithoutItems. Where those of a scenario are needed, ReadPlan,
	// budget.Plan.With and budget.New make the whole report of one.
	Report  *budget.Report    `json:"report"`
	Differs budget.Comparison `json:"differs"`
}

// WhatIf answers a question like "what if Pam signs for 3,000 and the shoot moves to January": for each scenario, which is a
// list of changes made one after the other, the report as it would be. Items and campaigns are named by the texts
// of their ids. Nothing is saved, and what is saved later in the same way has the same report. A change that cannot be made
// is an ErrInvalid whose field names it, like scenarios[0][2], and so is a value that no save would take, like
// scenarios[0][2].cost.
func (s *Service) WhatIf(ctx context.Context, ws WorkspaceID, scenarios [][]budget.Change, o *ReportOptions) (WhatIf, error) {
	if err := checkScenarios(scenarios); err != nil {
		return WhatIf{}, err
	}
	return view(ctx, s, ws, "what if", func(ctx context.Context, r Reader) (WhatIf, error) {
		plan, err := ReadPlan(ctx, r, s.env.now(), o)
		if err != nil {
			return WhatIf{}, err
		}
		w := WhatIf{Scenarios: []Scenario{}}
		if w.Now, err = reportOf(plan, o); err != nil {
			return WhatIf{}, err
		}
		for n, changes := range scenarios {
			scenario, err := scenarioOf(w.Now, plan, o, n, changes)
			if err != nil {
				return WhatIf{}, err
			}
			w.Scenarios = append(w.Scenarios, scenario)
		}
		return w, nil
	})
}

func checkScenarios(scenarios [][]budget.Change) error {
	p := &problems{}
	if len(scenarios) > MaxScenarios {
		p.addf("scenarios", strconv.Itoa(len(scenarios)), "at most %d can be compared at once", MaxScenarios)
	}
	for n, changes := range scenarios {
		if len(changes) > MaxBulk {
			p.addf(fmt.Sprintf("scenarios[%d]", n), strconv.Itoa(len(changes)), "a scenario has at most %d changes", MaxBulk)
		}
	}
	return p.result()
}

func scenarioOf(now *budget.Report, plan budget.Plan, o *ReportOptions, n int, changes []budget.Change) (Scenario, error) {
	if err := checkChanges(&plan, n, changes); err != nil {
		return Scenario{}, err
	}
	p := &problems{}
	changed, err := plan.With(changes...)
	if err != nil {
		field, value := fmt.Sprintf("scenarios[%d]", n), ""
		var at *budget.ChangeError
		if errors.As(err, &at) {
			field, value, err = fmt.Sprintf("%s[%d]", field, at.Index), string(changes[at.Index].Op), at.Err
		}
		p.err(field, value, err)
		return Scenario{}, p.result()
	}
	report, err := budget.New(changed)
	if err != nil {
		p.err(fmt.Sprintf("scenarios[%d]", n), "", err)
		return Scenario{}, p.result()
	}
	if report, err = o.filtered(report); err != nil {
		return Scenario{}, err
	}
	differs, err := budget.Compare(now, report)
	return Scenario{report.WithoutItems(), differs}, err
}
