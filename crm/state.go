package crm

import (
	"slices"

	"github.com/getklar/influencercrm/budget"
)

// State says where a campaign or cooperation is in time on some day. It follows from the dates and is never stored.
type State string

// The states. What has an end but no start has that one day; what has a start but no end goes on.
const (
	Planned State = "planned" // begins later
	Running State = "running" // has begun and not ended
	Ended   State = "ended"
	Undated State = "undated" // has no dates
)

var states = []State{Planned, Running, Ended, Undated}

// StateOf returns the state of something with this period on a day.
func StateOf(p budget.Period, on budget.Date) State {
	switch {
	case p.IsZero():
		return Undated
	case !p.End.IsZero() && p.End.Before(on):
		return Ended
	case p.Start.After(on), p.Start.IsZero() && p.End.After(on):
		return Planned
	}
	return Running
}

// upcoming reports whether a campaign can still be planned for: it has a day from the given one on, or no dates and is
// not archived.
func upcoming(c Campaign, on budget.Date) bool {
	if state := StateOf(c.Period, on); state != Undated {
		return state != Ended
	}
	return c.ArchivedOn.IsZero()
}

// state checks a wanted state and, where a filter needs it, its day.
func (p *problems) state(s State, needsDay bool, on budget.Date) {
	if s != "" && !slices.Contains(states, s) {
		p.add("state", string(s), "is no state; use planned, running, ended or undated, or leave it out for all")
	}
	if p.day("on", on) && needsDay && on.IsZero() {
		p.add("on", "", "say the day on which the state is wanted")
	}
}
