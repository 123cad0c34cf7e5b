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
		t.covers(months, "Budgets cover %d of %d months, %s of %s planned.",
			"Budgets cover %d of %d months; nothing else has an amount yet.")
	case campaigns.Budgeted > 0 && !campaigns.Whole():
		t.covers(campaigns, "Budgets cover %d of %d campaigns, %s of %s planned.",
			"Budgets cover %d of %d campaigns; nothing else has an amount yet.")
	}
}

// covers says how much budgets cover that are not for everything.
func (t *text) covers(c budget.Covers, part, allAmounts string) {
	if c.Covered == c.Planned {
		fmt.Fprintln(t.w, t.say(allAmounts, c.Budgeted, c.Lines))
		return
	}
	fmt.Fprintln(t.w, t.say(part, c.Budgeted, c.Lines, t.amount(c.Covered), t.amount(c.Planned)))
}

// headline answers what a person asks first: how the next month and the campaigns to come stand.
func (t *text) headline(r *budget.Report) {
	if r.Today.IsZero() {
		return
	}
	t.nextMonth(r)
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

// nextMonth says how the month after the report's day stands.
func (t *text) nextMonth(r *budget.Report) {
	next := r.Today.Month().Next()
	fmt.Fprintln(t.w)
	at := slices.IndexFunc(r.Months, func(l budget.Line) bool { return l.Month == next })
	if at < 0 {
		t.wrapped("", t.month(next)+": "+t.say("nothing planned"))
		return
	}
	l := r.Months[at]
	t.wrapped("", t.month(next)+": "+t.standing(l))
	t.wrapped("  ", t.say("budget %s, signed %s, negotiating %s, draft %s, forecast %s",
		t.amount(l.Budget), t.amount(l.Signed), t.amount(l.Negotiating), t.amount(l.Draft), t.amount(l.Forecast)))
}

// standing says in one sentence how a line stands against its budget: after each stage that has something held against it,
// selected or not.
func (t *text) standing(l budget.Line) string {
	if !l.Budget.IsSet() {
		if l.Allocated().Sign() == 0 && l.Counts.Unpriced == 0 {
			return t.say("no budget; no cost planned")
		}
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
	if l.RemainingAfterNegotiating() != l.RemainingAfterSigned() {
		say(l.RemainingAfterNegotiating(), "if all negotiations close, %s left", "if all negotiations close, %s over")
	}
	if l.RemainingAfterAllocated() != l.RemainingAfterNegotiating() {
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
