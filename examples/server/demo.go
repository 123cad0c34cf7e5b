package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/examples/server/demo"
)

// demoSeed is what the demo is made of: it is the same everywhere on the same day.
const demoSeed = 1

// demoOptions say whether there is a workspace to try.
type demoOptions struct {
	on     bool
	scale  int
	orders string
}

func (o *demoOptions) define(flags *flag.FlagSet) {
	flags.BoolVar(&o.on, "demo", false, "make a workspace to try, unless the database has it")
	flags.IntVar(&o.scale, "demo-scale", 0, "how many cooperations to make up for -demo, in place of those of a sample sheet")
	flags.StringVar(&o.orders, "demo-orders", "", "a `file` to write a month of the demo's orders to, as JSON lines")
}

func (o *demoOptions) check() error {
	switch {
	case !o.on && o.scale != 0:
		return errors.New("-demo-scale is for the demo; add -demo")
	case !o.on && o.orders != "":
		return errors.New("-demo-orders is for the demo; add -demo")
	case o.scale < 0 || o.scale > demo.MaxCooperations:
		return fmt.Errorf("-demo-scale %d must be between 0, for the sample sheet, and %d", o.scale, demo.MaxCooperations)
	}
	return nil
}

// make fills the workspace and writes its orders.
func (o *demoOptions) make(ctx context.Context, store demo.Store, today budget.Date, out io.Writer) error {
	made, err := demo.Fill(ctx, store, demo.Options{Seed: demoSeed, Today: today, Cooperations: o.scale})
	if err != nil {
		return err
	}
	if made {
		_, _ = fmt.Fprintf(out, "The workspace %s is new, with what there is to try.\n", demo.Workspace)
	}
	if o.orders == "" {
		return nil
	}
	var snapshot attribution.Snapshot
	err = crm.New(store, nil).View(ctx, demo.Workspace, func(ctx context.Context, r crm.Reader) (err error) {
		snapshot, err = attribution.ReadSnapshot(ctx, r)
		return err
	})
	if err != nil {
		return err
	}
	file, err := os.Create(o.orders)
	if err != nil {
		return fmt.Errorf("-demo-orders: %w", err)
	}
	return errors.Join(demo.WriteOrders(file, demo.Orders(snapshot, demo.LastMonth(demoSeed, today))), file.Close())
}
