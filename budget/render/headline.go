package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
)

const maxHeadlines = 10 // campaigns

// coverage says how much of the plan has a budget, unless all of it has.
func (t *text) coverage(r *budget.Report) {
	campaigns, months := r.Coverage.Campaigns, r.Coverage.Months
	switch {
	case campaigns.Lines == 0:
	case campaigns.Budgeted == 0 && months.Budgeted == 0:
		fmt.Fprintln(t.w, t.say("No campaign and no month has a budget."))
	case campaigns.Budgeted == 0 && !months.Whole():
		fmt.Fprintln(t.w, t.say("Budgets cover %d of %d months, %s of %s planned.",
			months.Budgeted, months.Lines, t.amount(months.Covered), t.amount(months.Planned)))
	case campaigns.Budgeted > 0 && !campaigns.Whole():
		fmt.Fprintln(t.w, t.say("Budgets cover %d of %d campaigns, %s of %s planned.",
			campaigns.Budgeted, campaigns.Lines, t.amount(campaigns.Covered), t.amount(campaigns.Planned)))
	}
}

// headline answers what a person asks first: how the next month and the campaigns to come stand.
func (t *text) headline(r *budget.Report) {
	if r.Today.IsZero() {
		return
	}
	next := r.Today.Month().Next()
	for _, l := range r.Months {
		if l.Month == next {
			fmt.Fprintln(t.w)
			t.wrapped("", t.month(l.Month)+": "+t.standing(l))
			t.wrapped("  ", t.say("budget %s, signed %s, negotiating %s, draft %s, forecast %s",
				t.amount(l.Budget), t.amount(l.Signed), t.amount(l.Negotiating), t.amount(l.Draft), t.amount(l.Forecast)))
		}
	}
	upcoming := r.Upcoming(r.Today).Campaigns
	budgeted := slices.DeleteFunc(slices.Clone(upcoming), func(l budget.Line) bool { return !l.Budget.IsSet() })
	if len(budgeted) == 0 {
		return
	}
	fmt.Fprintf(t.w, "\n%s\n", t.say("Campaigns that go on or are to come:"))
	for _, l := range budgeted[:min(len(budgeted), maxHeadlines)] {
		t.wrapped("  ", fit(visible(cmp.Or(l.Label, l.Key)), maxLabel)+": "+t.standing(l))
	}
	t.more(len(budgeted), maxHeadlines)
	if without := len(upcoming) - len(budgeted); without > 0 {
		fmt.Fprintf(t.w, "  %s\n", t.say("and %d without a budget", without))
	}
}

// standing says in one sentence how a line stands against its budget.
func (t *text) standing(l budget.Line) string {
	if !l.Budget.IsSet() {
		if l.Signed == l.Allocated() {
			return t.say("no budget; %s planned, all of it signed", t.amount(l.Signed))
		}
		return t.say("no budget; %s planned, %s of it signed", t.amount(l.Allocated()), t.amount(l.Signed))
	}
	var parts []string
	say := func(left budget.Money, enough, over string) {
		if left.Sign() < 0 {
			enough = over
		}
		parts = append(parts, t.say(enough, t.owed(left)))
	}
	say(l.RemainingAfterSigned(), "%s left after signed", "%s over with what is signed")
	if l.Covered.Negotiating.Sign() != 0 {
		say(l.RemainingAfterNegotiating(), "if all negotiations close, %s left", "if all negotiations close, %s over")
	}
	if l.Covered.Draft.Sign() != 0 {
		say(l.RemainingAfterAllocated(), "with all drafts, %s left", "with all drafts, %s over")
	}
	if l.Unbudgeted().Sign() != 0 {
		parts = append(parts, t.say("%s more has no budget", t.amount(l.Unbudgeted())))
	}
	return strings.Join(parts, "; ")
}

// wrapped writes a sentence in lines that fit, the later ones with a deeper indent.
func (t *text) wrapped(indent, sentence string) {
	line := indent
	for n, word := range strings.Split(sentence, " ") {
		switch {
		case n == 0:
			line += word
		case columnsOf(line)+1+columnsOf(word) > t.width:
			fmt.Fprintln(t.w, line)
			line = indent + "  " + word
		default:
			line += " " + word
		}
	}
	fmt.Fprintln(t.w, line)
}
