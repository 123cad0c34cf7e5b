package render

import (
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
)

// Speaker says the parts of a report in words, for a page that lays them out itself. It is safe for concurrent use.
type Speaker struct {
	speech speech
}

// NewSpeaker returns a speaker of a language that TextOptions.Lang can be.
func NewSpeaker(lang language.Tag) *Speaker { return &Speaker{newSpeech(lang, nil, false)} }

// Amount returns the number of an amount, such as "16,114.81", without its currency; "-" for no amount.
func (s *Speaker) Amount(m budget.Money) string { return s.speech.amount(m) }

// Month returns a month such as "June 2026".
func (s *Speaker) Month(m budget.Month) string { return s.speech.month(m) }

// Standing says in one sentence how a line stands against its budget: "3,200.00 left after signed; if all negotiations
// close, 1,150.00 over".
func (s *Speaker) Standing(l budget.Line) string {
	t := text{speech: s.speech}
	return t.standing(l)
}

// Coverage says how much of a plan has a budget to be held against; nothing where all of it has.
func (s *Speaker) Coverage(c budget.Coverage) string {
	return s.speech.covered(&budget.Report{Coverage: c})
}

// CostShare returns the planned cost of a line as a part of its revenue target, such as "12.5%"; "-" without a target.
func (s *Speaker) CostShare(l budget.Line) string { return s.speech.costShare(l) }
