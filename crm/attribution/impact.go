package attribution

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// The bounds of what an Impact and a BackTest list.
const (
	MaxMoves    = 1_000 // moves, and codes
	MaxExamples = 5     // ids of orders
)

// Impact is what a change of the rules does to who has earned which orders.
type Impact struct {
	Orders int    `json:"orders"` // that were looked at, refunds included
	Moved  int    `json:"moved"`  // of them
	Failed int    `json:"failed"` // that could not be read or decided, or came before
	Moves  []Move `json:"moves"`  // those with most money in the workspace's currency first, then those with most orders
	More   int    `json:"more"`   // moves that are not listed
}

// Move is what goes from one cooperation to another one.
type Move struct {
	From    crm.CooperationID `json:"from,omitzero"` // zero for orders that nobody had
	To      crm.CooperationID `json:"to,omitzero"`   // zero for orders that nobody has then
	Orders  int               `json:"orders"`
	Refunds int               `json:"refunds"`
	// Amounts are what the orders credit, less refunds, by currency. A cancelled order credits nothing.
	Amounts  []budget.Money `json:"amounts"`
	Examples []string       `json:"examples"` // the ids of the first orders
}

// Impact says which orders, and how much of what they brought, go from whom to whom if the rules were those of another
// index, such as one of With: "what if this code were Emma's". It decides the orders by both, refunds with their orders, as
// DecideAll does. What could not be read or decided is counted; the end of ctx is an error.
func (x *Index) Impact(ctx context.Context, after *Index, orders iter.Seq2[Order, error]) (Impact, error) {
	m := moves{sums: map[[2]crm.CooperationID]*Move{}}
	then, now := newRefunds(x, x.options.Remember), newRefunds(after, x.options.Remember)
	err := inBatches(ctx, orders, func(b *batch) bool {
		m.addAll(func(yield func(Decided, error) bool) { then.passAll(b, 0, yield) },
			func(yield func(Decided, error) bool) { now.passAll(b, 1, yield) })
		return m.err == nil
	}, x, after)
	if err == nil {
		m.addAll(func(yield func(Decided, error) bool) { then.passRest(yield) }, func(yield func(Decided, error) bool) { now.passRest(yield) })
	}
	if err := cmp.Or(m.err, err); err != nil {
		return Impact{}, err
	}
	return m.list(x.workspace.Currency), nil
}

// moves adds up what moves.
type moves struct {
	Impact
	sums map[[2]crm.CooperationID]*Move
	err  error
}

// addAll adds orders as they are decided before and after, which is in one order.
func (m *moves) addAll(before, after iter.Seq2[Decided, error]) {
	var all []Decided
	for d, _ := range before { // with the errors that come after, too
		all = append(all, d)
	}
	n := 0
	for d, err := range after {
		was := all[n].Decision
		n++
		m.Orders++
		switch {
		case err != nil:
			m.Failed++
		case was.Cooperation != d.Decision.Cooperation && m.err == nil:
			m.err = m.add(&d.Order, was, d.Decision)
		}
	}
}

func (m *moves) add(o *Order, was, is Decision) error {
	key := [2]crm.CooperationID{was.Cooperation, is.Cooperation}
	move := m.sums[key]
	if move == nil {
		move = &Move{From: was.Cooperation, To: is.Cooperation, Amounts: []budget.Money{}, Examples: []string{}}
		m.sums[key] = move
	}
	credit := is.Credit
	if !credit.IsSet() {
		credit = was.Credit
	}
	if credit.IsSet() {
		sums, err := addTo(move.Amounts, credit)
		if err != nil {
			return err
		}
		move.Amounts = sums
	}
	m.Moved++
	if o.RefundOf != "" {
		move.Refunds++
		return nil
	}
	if move.Orders++; len(move.Examples) < MaxExamples {
		move.Examples = append(move.Examples, o.ID)
	}
	return nil
}

func (m *moves) list(currency budget.Currency) Impact {
	m.Moves = []Move{}
	for _, move := range slices.SortedFunc(maps.Values(m.sums), func(a, b *Move) int {
		return cmp.Or(
			cmp.Compare(in(b.Amounts, currency), in(a.Amounts, currency)), cmp.Compare(b.Orders, a.Orders),
			a.From.Compare(b.From), a.To.Compare(b.To),
		)
	}) {
		move.Amounts = withoutZeros(move.Amounts)
		m.Moves = append(m.Moves, *move)
	}
	if len(m.Moves) > MaxMoves {
		m.Moves, m.More = m.Moves[:MaxMoves], len(m.Moves)-MaxMoves
	}
	return m.Impact
}
