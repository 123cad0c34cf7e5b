package crm

import (
	"fmt"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
)

// scenarioCheck looks for values in the changes of a scenario that no save would take.
type scenarioCheck struct {
	*problems
	plan  *budget.Plan
	items map[string]*budget.Item // those that are changed, as they are then
}

// checkChanges checks the n-th scenario. Items and campaigns that are not there are Plan.With's to say.
func checkChanges(plan *budget.Plan, n int, changes []budget.Change) error {
	s := scenarioCheck{&problems{}, plan, map[string]*budget.Item{}}
	for m, c := range changes {
		s.change(fmt.Sprintf("scenarios[%d][%d]", n, m), c)
	}
	return s.result()
}

func (s *scenarioCheck) change(field string, c budget.Change) {
	it := s.item(c.Item)
	switch c.Op {
	case budget.AddItem:
		if c.Add != nil {
			added := *c.Add
			s.items[added.ID] = &added
			s.whole(field+".add", &added)
		}
	case budget.RepriceItem:
		it.Cost = c.Cost
		if it.Cancellation == nil {
			s.amount(field+".cost", c.Cost, "", "")
		} else {
			s.amount(field+".cost", c.Cost, it.Cancellation.Fee.Currency(), "the currency of the cancellation fee")
		}
	case budget.RedateItem, budget.RedateCampaign:
		s.period(field+".period", c.Period)
	case budget.StageItem:
		s.err(field+".stage", string(c.Stage), c.Stage.Validate())
	case budget.CancelItem:
		it.Cancellation = &budget.Cancellation{On: c.On, Fee: c.Fee}
		s.cancellation(field, it)
	case budget.SetBudget:
		s.amount(field+".budget", c.Budget, s.plan.Currency, currencyOfWorkspace)
	case budget.SetMonthBudget:
		if c.Month.IsZero() {
			s.addf(field+".month", "", "is no month of a plan; use one like %s", s.plan.Today.Month().String())
		}
		s.amount(field+".budget", c.Budget, s.plan.Currency, currencyOfWorkspace)
	}
}

// whole checks an item that is added.
func (s *scenarioCheck) whole(field string, it *budget.Item) {
	s.err(field+".stage", string(it.Stage), it.Stage.Validate())
	s.err(field+".spread", string(it.Spread), it.Spread.Validate())
	s.period(field+".period", it.Period)
	s.amount(field+".cost", it.Cost, "", "")
	if it.Cancellation != nil {
		s.cancellation(field+".cancellation", it)
	}
}

func (s *scenarioCheck) cancellation(field string, it *budget.Item) {
	if it.Cancellation.On.IsZero() {
		s.add(field+".on", "", "a cancellation needs its day")
	}
	s.day(field+".on", it.Cancellation.On)
	s.amount(field+".fee", it.Cancellation.Fee, it.Cost.Currency(), "the currency of the cost")
}

// item is an item as the changes before have left it. One that is not there is empty.
func (s *scenarioCheck) item(id string) *budget.Item {
	if it, changed := s.items[id]; changed {
		return it
	}
	it := &budget.Item{}
	at, found := slices.BinarySearchFunc(s.plan.Items, id, func(it budget.Item, id string) int { return strings.Compare(it.ID, id) })
	if found {
		*it = s.plan.Items[at]
	}
	s.items[id] = it
	return it
}
