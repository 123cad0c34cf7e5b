package attribution

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/internal/fieldpath"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
)

// BackTest is what a rule, such as one that is not saved yet, finds in past orders.
type BackTest struct {
	Orders int         `json:"orders"` // that were looked at; refunds are not
	Found  int         `json:"found"`  // of them, by a code that satisfies the rule
	Failed int         `json:"failed"` // that could not be read or decided, or came before
	Codes  []FoundCode `json:"codes"`  // foreign ones first, then those with most money in the workspace's currency
	More   int         `json:"more"`   // codes that are not listed
}

// FoundCode is a code of past orders that satisfies a rule.
type FoundCode struct {
	Code        string            `json:"code"`                 // in its normal form
	Cooperation crm.CooperationID `json:"cooperation,omitzero"` // that the orders are credited to; zero for nobody
	Foreign     bool              `json:"foreign"`              // it is another influencer's, who would share it or lose it
	Orders      int               `json:"orders"`
	Amounts     []budget.Money    `json:"amounts"` // of the orders that were not cancelled, by currency
}

// BackTest says which codes of past orders a rule of an influencer finds, whenever they were used: "contains PAM finds
// PAMELA10, which is Pamela's, 40 orders". A code is foreign if its orders are credited to another influencer, or if it
// is what a rule of another influencer equals. What could not be read or decided is counted, and so is an order whose
// id came before; the end of ctx is an error, and so is a rule that is not valid, a crm.ErrInvalid with the field
// "rule.pattern" or its like.
//
// Whose the orders would be is what Impact says.
func (x *Index) BackTest(ctx context.Context, influencer crm.InfluencerID, rule discount.Rule, orders iter.Seq2[Order, error]) (BackTest, error) {
	if err := validate(rule); err != nil {
		return BackTest{}, err
	}
	t := backTest{
		index: x, influencer: influencer, rule: rule, sums: map[foundKey]*FoundCode{}, ids: newIDs(), seen: map[orderKey]struct{}{},
	}
	err := inBatches(ctx, orders, func(b *batch) bool {
		for n := range b.orders {
			if b.orders[n].RefundOf != "" {
				continue
			}
			if t.Orders++; b.results[0][n].err != nil || t.twice(b.orders[n].ID) {
				t.Failed++
				continue
			}
			if t.err = t.add(&b.orders[n], &b.results[0][n].Decision); t.err != nil {
				return false
			}
		}
		return true
	}, x)
	if err := cmp.Or(t.err, err); err != nil {
		return BackTest{}, err
	}
	return t.list(), nil
}

func validate(rule discount.Rule) error {
	var errs []error
	fieldpath.Each("rule", "", rule.Validate(), func(field, value string, problem sentence.Sentence) {
		errs = append(errs, &crm.Error{Family: crm.ErrInvalid, Field: field, Value: crm.Shorten(value), Problem: problem})
	})
	return errors.Join(errs...)
}

type backTest struct {
	BackTest
	index      *Index
	influencer crm.InfluencerID
	rule       discount.Rule
	sums       map[foundKey]*FoundCode
	ids
	seen map[orderKey]struct{}
	err  error
}

// twice reports whether an order came before, and remembers it.
func (t *backTest) twice(id string) bool {
	if id == "" {
		return false
	}
	key := t.key(id)
	_, twice := t.seen[key]
	t.seen[key] = struct{}{}
	return twice
}

type foundKey struct {
	code        string
	cooperation crm.CooperationID
}

func (t *backTest) add(o *Order, d *Decision) error {
	seen := map[string]bool{}
	for _, code := range o.codes() {
		key := foundKey{discount.Normalize(code), d.Cooperation}
		if seen[key.code] || !t.index.redeems(code, t.rule) {
			continue
		}
		if len(seen) == 0 {
			t.Found++
		}
		seen[key.code] = true
		found := t.sums[key]
		if found == nil {
			foreign := !d.Cooperation.IsZero() && d.Influencer != t.influencer || t.index.isOthers(key.code, t.influencer)
			found = &FoundCode{Code: key.code, Cooperation: d.Cooperation, Foreign: foreign, Amounts: []budget.Money{}}
			t.sums[key] = found
		}
		found.Orders++
		if o.Amount.IsSet() && !o.Cancelled {
			sums, err := addTo(found.Amounts, o.Amount)
			if err != nil {
				return err
			}
			found.Amounts = sums
		}
	}
	return nil
}

// isOthers reports whether a code is what a rule of another influencer equals.
func (x *Index) isOthers(code string, influencer crm.InfluencerID) bool {
	for c := range x.claimsOf(code, budget.Date{}) {
		if c.Influencer != influencer && c.Rules[c.rule].Match == discount.Equals {
			return true
		}
	}
	return false
}

func (t *backTest) list() BackTest {
	currency := t.index.workspace.Currency
	t.Codes = []FoundCode{}
	for _, found := range slices.SortedFunc(maps.Values(t.sums), func(a, b *FoundCode) int {
		return cmp.Or(
			compareBools(b.Foreign, a.Foreign), cmp.Compare(in(b.Amounts, currency), in(a.Amounts, currency)),
			cmp.Compare(b.Orders, a.Orders), cmp.Compare(a.Code, b.Code), a.Cooperation.Compare(b.Cooperation),
		)
	}) {
		t.Codes = append(t.Codes, *found)
	}
	if len(t.Codes) > MaxMoves {
		t.Codes, t.More = t.Codes[:MaxMoves], len(t.Codes)-MaxMoves
	}
	return t.BackTest
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
