package pages

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/orderfile"
)

const (
	maxMisses   = 50 // groups of orders that nobody earned, on a page
	maxFailures = 50 // orders that could not be read
)

// orderTotals are what the orders of a file came to.
type orderTotals struct {
	orderfile.Results
	Lines      []totalsLine // by campaign
	People     []totalsLine // by influencer, who earned most first
	MorePeople int
	Groups     []findingRow
	More       int
	Failures   []orderfile.Failure
}

// maxPeople is how many influencers have a line.
const maxPeople = 50

// totalsLine is what the orders of a campaign or an influencer came to.
type totalsLine struct {
	attribution.Line
	Net, Cost budget.Money // in the currency of the workspace
	Others    string       // what else was earned, in other currencies
	Costs     string       // other costs, in other currencies
	Reached   string       // how much of the target, in percent
}

// orderUpload adds up the orders of a shop's export, and groups those that nobody earned. The file is not kept.
func (v *visit) orderUpload() (answer, error) {
	f := newForm(map[string][]string{"at": {v.wallClock(v.crm.Now())}})
	d := orderData{Form: f, MaxMB: orderfile.MaxBytes >> 20}
	size := 0
	u, remove, err := imports.ReadForm(v.Request, v.pages.options.TempDir, func(name, text string) error {
		if size += len(name) + len(text); size > maxForm {
			return &http.MaxBytesError{Limit: maxForm}
		}
		f.Values.Add(name, text)
		return nil
	})
	defer remove()
	switch {
	case err != nil:
	case u.Sheet == nil:
		f.wrong("file", v.say("Choose the export of the orders first."))
	default:
		d.File, err = v.totalsOf(u.Sheet)
		if err == nil {
			return view{page: "orders", title: v.say("Check an order"), data: d}, nil
		}
	}
	if err != nil && !f.refused(v, err) {
		return nil, err
	}
	for n, p := range f.Problems {
		if p.Field != "file" { // the place in the file is part of the text, and the form has no field for it
			f.Problems[n].Problem = strings.TrimSpace(v.OrderField(p.Field) + " " + p.Problem)
			f.Problems[n].Field = "file"
		}
	}
	return view{page: "orders", title: v.say("Check an order"), data: d}.again(), nil
}

func (v *visit) totalsOf(file *imports.File) (*orderTotals, error) {
	if _, err := file.Content.Seek(0, 0); err != nil {
		return nil, err
	}
	x, err := v.pages.options.Indexes.Get(v.Context(), v.crm, v.ws.ID)
	if err != nil {
		return nil, err
	}
	all, err := orderfile.Read(v.Context(), file.Content, orderfile.File{}, v.ws)
	if err != nil {
		return nil, err
	}
	sums, err := orderfile.NewTally(x, []attribution.Axis{attribution.ByCampaign, attribution.ByInfluencer}, v.pages.options.Rates)
	if err != nil {
		return nil, err
	}
	t := &orderTotals{}
	for decided, err := range sums.Decide(v.Context(), all) {
		if v.Context().Err() != nil {
			return nil, v.Context().Err()
		}
		if err == nil {
			err = sums.Add(v.Context(), decided)
		}
		if err == nil {
			continue
		}
		if sums.Failed++; len(t.Failures) < maxFailures {
			t.Failures = append(t.Failures, orderfile.FailureOf(decided.Order.ID, err, v.face.Lang))
		}
	}
	t.Results = sums.Result(v.face.Lang)
	for _, line := range t.Totals[0].Lines {
		t.Lines = append(t.Lines, v.totalsLine(line))
	}
	for _, line := range t.Totals[1].Lines {
		t.People = append(t.People, v.totalsLine(line))
	}
	slices.SortStableFunc(t.People, func(a, b totalsLine) int { return cmp.Compare(b.Net.Minor(), a.Net.Minor()) })
	t.MorePeople = max(0, len(t.People)-maxPeople)
	t.People = t.People[:len(t.People)-t.MorePeople]
	for n, m := range t.Misses {
		if n == maxMisses {
			t.More = len(t.Misses) - n
			break
		}
		row := v.findingRow(x, m.Finding.Finding, nil)
		row.Orders, row.Amounts = m.Orders, v.amounts(m.Amounts)
		if row.Fix != nil {
			row.Fix.Orders, row.Fix.Amounts = m.Orders, row.Amounts
		}
		t.Groups = append(t.Groups, row)
	}
	t.More += t.MoreMisses
	return t, nil
}

// Earned is how many orders the line earned: a cancelled one earns nothing.
func (l totalsLine) Earned() int { return l.Orders - l.Cancelled }

func (v *visit) totalsLine(line attribution.Line) totalsLine {
	l := totalsLine{Line: line, Net: line.Net(v.ws.Currency)}
	var costs, others []budget.Money
	for _, cost := range line.Costs {
		if cost.Currency() == v.ws.Currency {
			l.Cost = cost
		} else {
			costs = append(costs, cost)
		}
	}
	counted := map[budget.Currency]bool{v.ws.Currency: true}
	for _, m := range slices.Concat(line.Revenue, line.Refunded) {
		if !counted[m.Currency()] {
			counted[m.Currency()] = true
			others = append(others, line.Net(m.Currency()))
		}
	}
	l.Others, l.Costs = v.amounts(others), v.amounts(costs)
	if share, ok := line.TargetReached(); ok {
		l.Reached = v.say("%s%%", v.face.Number(share.Shift(2).Round(0).IntPart()))
	}
	return l
}

// OrderField is what a field of an order is called; a column of a file has its own name.
func (v *visit) OrderField(name string) string {
	switch {
	case name == "id":
		return v.say("Id of the order")
	case name == "at":
		return v.say("Placed at")
	case name == "codes" || strings.HasPrefix(name, "codes["):
		return v.say("Discount codes")
	case name == "amount" || strings.HasPrefix(name, "amount."):
		return v.say("Amount")
	case name == "touchpoints" || strings.HasPrefix(name, "touchpoints["):
		return v.say("Visits")
	}
	return name
}

// amounts are amounts of several currencies.
func (v *visit) amounts(all []budget.Money) string {
	texts := make([]string, len(all))
	for n, m := range all {
		texts[n] = v.face.Amount(m) + " " + string(m.Currency())
	}
	return strings.Join(texts, ", ")
}
