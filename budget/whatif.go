package budget

import (
	"maps"
	"slices"
	"strconv"
)

// Change is one change to a plan that nobody has saved: a question of "what if". Op says
// which; the fields beside it that are read are named there.
type Change struct {
	Op       Op     `json:"op"`
	Item     string `json:"item,omitzero"`     // the ID of an item
	Campaign string `json:"campaign,omitzero"` // the ID of a campaign

	Add    *Item  `json:"add,omitzero"`
	Stage  Stage  `json:"stage,omitzero"`
	Cost   Money  `json:"cost,omitzero"`
	Period Period `json:"period,omitzero"`
	On     Date   `json:"on,omitzero"`
	Fee    Money  `json:"fee,omitzero"`
	Month  Month  `json:"month,omitzero"`
	Budget Money  `json:"budget,omitzero"`
}

// Op is what a change does.
type Op string

// The changes.
const (
	AddItem        Op = "add"          // Add, in one of the plan's campaigns, with an ID of its own
	DropItem       Op = "drop"         // Item
	MoveItem       Op = "move"         // Item, to Campaign
	RepriceItem    Op = "reprice"      // Item, at Cost; unset is none
	RedateItem     Op = "redate"       // Item, to Period; unset is none
	StageItem      Op = "stage"        // Item, which is not cancelled, to Stage: signed, say
	CancelItem     Op = "cancel"       // Item, on the day On with Fee
	SetBudget      Op = "budget"       // of Campaign, to Budget; unset is none
	RedateCampaign Op = "dates"        // of Campaign, to Period; unset is none
	SetMonthBudget Op = "month_budget" // of Month, to Budget; unset is none
)

// With returns the plan after some changes, one after the other; the plan itself stays as it is. A change
// that names what is not in the plan is ErrPlan.
func (p Plan) With(changes ...Change) (Plan, error) {
	p.Items, p.Campaigns, p.MonthBudgets = slices.Clone(p.Items), slices.Clone(p.Campaigns), maps.Clone(p.MonthBudgets)
	s := scenario{plan: &p, items: map[string]int{}, campaigns: map[string]int{}}
	for n := range p.Items {
		s.items[p.Items[n].ID] = n
	}
	for n := range p.Campaigns {
		s.campaigns[p.Campaigns[n].ID] = n
	}
	for n, c := range changes {
		if err := s.apply(c); err != nil {
			return Plan{}, &ChangeError{n, err}
		}
	}
	p.Items = slices.DeleteFunc(p.Items, func(it Item) bool { return s.dropped[it.ID] })
	return p, nil
}

// ChangeError says which of the changes cannot be made.
type ChangeError struct {
	Index int // from 0
	Err   error
}

// Error begins with the number of the change, from 1.
func (e *ChangeError) Error() string {
	return "change " + strconv.Itoa(e.Index+1) + ": " + e.Err.Error()
}

// Unwrap returns what is wrong with it.
func (e *ChangeError) Unwrap() error { return e.Err }

// scenario is a plan being changed.
type scenario struct {
	plan             *Plan
	items, campaigns map[string]int // positions by ID
	dropped          map[string]bool
}

func (s *scenario) apply(c Change) error {
	switch c.Op {
	case AddItem:
		return s.add(c.Add)
	case SetBudget, RedateCampaign:
		n, known := s.campaigns[c.Campaign]
		if !known {
			return wrong(ErrPlan, "campaign %q is not in the plan", short(c.Campaign))
		}
		if c.Op == SetBudget {
			s.plan.Campaigns[n].Budget = c.Budget
		} else {
			s.plan.Campaigns[n].Period = c.Period
		}
		return nil
	case SetMonthBudget:
		if s.plan.MonthBudgets == nil {
			s.plan.MonthBudgets = map[Month]Money{}
		}
		s.plan.MonthBudgets[c.Month] = c.Budget
		return nil
	case DropItem, MoveItem, RepriceItem, RedateItem, StageItem, CancelItem:
		n, known := s.items[c.Item]
		if !known || s.dropped[c.Item] {
			return wrong(ErrPlan, "item %q is not in the plan", short(c.Item))
		}
		return s.change(&s.plan.Items[n], c)
	}
	return wrong(ErrPlan, "%q is no change to a plan", short(string(c.Op)))
}

func (s *scenario) add(it *Item) error {
	if it == nil || it.ID == "" {
		return wrong(ErrPlan, "an item that is added needs an id")
	}
	if _, known := s.items[it.ID]; known {
		return wrong(ErrPlan, "item %q is in the plan already", short(it.ID))
	}
	if _, known := s.campaigns[it.Campaign]; !known {
		return wrong(ErrPlan, "campaign %q is not in the plan", short(it.Campaign))
	}
	s.items[it.ID] = len(s.plan.Items)
	s.plan.Items = append(s.plan.Items, *it)
	return nil
}

// change changes a copy of an item; what is wrong with the outcome is New's to say.
func (s *scenario) change(it *Item, c Change) error {
	switch c.Op {
	case DropItem:
		if s.dropped == nil {
			s.dropped = map[string]bool{}
		}
		s.dropped[it.ID] = true
	case MoveItem:
		if _, known := s.campaigns[c.Campaign]; !known {
			return wrong(ErrPlan, "campaign %q is not in the plan", short(c.Campaign))
		}
		it.Campaign = c.Campaign
	case RepriceItem:
		it.Cost = c.Cost
	case RedateItem:
		it.Period = c.Period
	case StageItem:
		if it.Cancellation != nil {
			return wrong(ErrPlan, "item %q is cancelled, and keeps the stage that it had", short(it.ID))
		}
		it.Stage = c.Stage
	case CancelItem:
		if c.On.IsZero() {
			return wrong(ErrPlan, "item %q is cancelled on no day", short(it.ID))
		}
		it.Cancellation = &Cancellation{On: c.On, Fee: c.Fee}
	}
	return nil
}
