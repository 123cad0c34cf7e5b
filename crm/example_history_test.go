package crm_test

import (
	"context"
	"fmt"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/history"
)

// What became of a record, in words; the undo of a unit of work, first as a preview; and the shop as
// it stood before.
func ExampleService_UndoUnit() {
	ctx := context.Background()
	p, err := paulasShop()
	if err != nil {
		fmt.Println(err)
		return
	}
	reel := p.emmasReel
	reel.Status, reel.Cost = crm.Negotiating, budget.FromMinor(120000, "EUR")
	if _, err := p.crm.UpdateCooperation(ctx, p.ws, reel, "the wrong Emma"); err != nil {
		fmt.Println(err)
		return
	}

	changes, err := p.crm.History(ctx, p.ws, reel.Ref(), 0, 10)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range changes {
		fmt.Println(history.Describe(c, nil))
	}
	last := changes[len(changes)-1]

	plan, err := p.crm.DryRun().UndoUnit(ctx, p.ws, last.Unit, "")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("would restore", len(plan.Restored), "and keep", len(plan.Kept))
	if _, err := p.crm.UndoUnit(ctx, p.ws, last.Unit, ""); err != nil {
		fmt.Println(err)
		return
	}

	err = p.crm.AsOf(ctx, p.ws, last.Seq, func(ctx context.Context, past crm.Reader) error {
		then, err := past.Cooperations().Get(ctx, reel.ID)
		fmt.Println("then", then.Status)
		return err
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	now, err := p.crm.Cooperation(ctx, p.ws, reel.ID)
	fmt.Println("now", now.Status, err)
	// Output:
	// mira@shop.example created the cooperation "Summer Sale - Emma - Instagram"
	// mira@shop.example moved it from draft to negotiating and set the cost to 1200.00 EUR (reason: the wrong Emma)
	// would restore 1 and keep 0
	// then negotiating
	// now draft <nil>
}
