package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"text/tabwriter"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/attribution/orders"
)

// maxMisses is how many explanations are printed, those with most money first.
const maxMisses = 10

// summary is what a file of orders came to.
type summary struct {
	index                            *attribution.Index
	totals                           *attribution.Totals
	misses                           attribution.Misses
	orders, byCode, byUTM, ambiguous int
	nobody, unexplained, unread      int
	earnNothing                      int // of those by a code or a visit: they were cancelled
	cancelled                        int // of those that nobody earned
	lost                             int // refunds that no cooperation gives back
}

func newSummary(x *attribution.Index) (*summary, error) {
	totals, err := attribution.NewTotals(x, nil)
	return &summary{index: x, totals: totals}, err
}

// decide decides a stream of orders. An order that cannot be read is told, and the others still count.
func (s *summary) decide(
	ctx context.Context, stream iter.Seq2[attribution.Order, error], stderr io.Writer, each func(context.Context, attribution.Decided) error,
) error {
	for d, err := range s.index.DecideAll(ctx, stream) {
		switch {
		case errors.Is(err, orders.ErrOrder):
			s.unread++
			_, err = fmt.Fprintln(stderr, "attribution:", err)
		case err == nil:
			err = each(ctx, d)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *summary) add(ctx context.Context, d attribution.Decided) error {
	if err := s.totals.Add(d.Order, d.Decision); err != nil {
		return err
	}
	if d.Order.RefundOf != "" {
		if d.Decision.Cooperation.IsZero() {
			s.lost++
		}
		return nil
	}
	s.orders++
	if d.Decision.Ambiguous {
		s.ambiguous++
	}
	if d.Order.Cancelled && !d.Decision.Cooperation.IsZero() {
		s.earnNothing++
	}
	switch d.Decision.By {
	case attribution.ByCode:
		s.byCode++
		return nil
	case attribution.ByUTM:
		s.byUTM++
		return nil
	}
	s.nobody++
	if d.Order.Cancelled {
		s.cancelled++
		return nil
	}
	findings, err := s.index.Diagnose(ctx, d.Order)
	if err != nil {
		return err
	}
	explained, err := s.misses.Add(d.Order, findings)
	if !explained {
		s.unexplained++
	}
	return err
}

func (s *summary) print(w io.Writer) error {
	var out, rows bytes.Buffer
	fmt.Fprintf(&out, "%d orders: %d by a code, %d by a visit, %d that nobody earned\n", s.orders, s.byCode, s.byUTM, s.nobody)
	if s.ambiguous > 0 {
		fmt.Fprintf(&out, "%d of them could as well be credited to another cooperation\n", s.ambiguous)
	}
	if s.earnNothing > 0 {
		fmt.Fprintf(&out, "cancelled orders by a code or a visit, which earn nothing: %d\n", s.earnNothing)
	}
	if s.cancelled > 0 {
		fmt.Fprintf(&out, "%d of those that nobody earned were cancelled\n", s.cancelled)
	}
	if s.lost > 0 {
		fmt.Fprintf(&out, "refunds of orders that nobody earned or that are not in the file: %d\n", s.lost)
	}
	rows.WriteString("\nCampaign\tOrders\tRevenue\tRefunded\tCost\tPer cost\tTarget\t\n")
	for _, line := range s.totals.Lines(attribution.ByCampaign) {
		if line.Orders+line.Refunds == 0 {
			continue
		}
		fmt.Fprintf(&rows, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t\n", line.Name, line.Orders-line.Cancelled,
			sums(line.Revenue), sums(line.Refunded), sums(line.Costs), s.perCost(line), target(line))
	}
	table := tabwriter.NewWriter(&out, 0, 0, 2, ' ', tabwriter.AlignRight)
	if _, err := table.Write(rows.Bytes()); err != nil {
		return err
	}
	if err := table.Flush(); err != nil {
		return err
	}
	s.printMisses(&out)
	_, err := w.Write(out.Bytes())
	return err
}

// perCost is what a campaign brought for one unit of cost in the workspace's currency, "-" if it had none.
func (s *summary) perCost(line attribution.Line) string {
	ratio, ok := line.RevenuePerCost(s.index.Workspace().Currency)
	if !ok {
		return "-"
	}
	return ratio.StringFixed(4)
}

// target is a campaign's revenue target with the share that is reached, "-" if it has none.
func target(line attribution.Line) string {
	reached, ok := line.TargetReached()
	if !ok {
		return "-"
	}
	return fmt.Sprintf("%s, %s %% reached", line.Target, reached.Shift(2).StringFixed(1))
}

// printMisses says what orders lack that nobody earned.
func (s *summary) printMisses(out *bytes.Buffer) {
	groups := s.misses.Groups(s.index.Workspace().Currency)
	if len(groups) == 0 && s.unexplained == 0 {
		return
	}
	out.WriteString("\nWhat orders that nobody earned lack:\n")
	for n, m := range groups {
		if n == maxMisses {
			fmt.Fprintf(out, "  … and %d more\n", len(groups)-n)
			break
		}
		fmt.Fprintf(out, "  %d× %s: %s\n", m.Orders, sums(m.Amounts), m.Finding.Text())
		for _, fix := range m.Finding.Fixes {
			fmt.Fprintf(out, "     %s\n", s.fix(fix))
		}
	}
	if rest, amounts := s.misses.Rest(); rest > 0 {
		fmt.Fprintf(out, "  %d× %s: something else each\n", rest, sums(amounts))
	}
	if s.unexplained > 0 {
		fmt.Fprintf(out, "  %d that nothing explains\n", s.unexplained)
	}
}

// fix says a change in words.
func (s *summary) fix(f attribution.Fix) string {
	name := s.index.Name(f.Record)
	switch {
	case f.Record.Kind == "":
		return fmt.Sprintf("the link: %s %s → %s", f.Field, f.From, f.To)
	case f.From == "":
		return fmt.Sprintf("%s %q: %s + %s", f.Record.Kind, name, f.Field, f.To)
	case f.To == "":
		return fmt.Sprintf("%s %q: %s − %s", f.Record.Kind, name, f.Field, f.From)
	}
	return fmt.Sprintf("%s %q: %s %s → %s", f.Record.Kind, name, f.Field, f.From, f.To)
}

// sums are amounts in several currencies, "-" for none.
func sums(all []budget.Money) string {
	texts := make([]string, len(all))
	for n, m := range all {
		texts[n] = m.String()
	}
	if len(texts) == 0 {
		return "-"
	}
	return strings.Join(texts, " + ")
}
