package wire_test

import (
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/wire"
)

// A host that takes changes from clients as JSON: what is left out stays, and what is wrong is named.
func ExamplePatch() {
	stored := crm.Campaign{Version: 3, Name: "Summer Sale", Notes: "with Pam"}

	changed, err := wire.Patch(stored, []byte(`{"notes": null, "budget": {"amount": "5000.00", "currency": "EUR"}}`))
	fmt.Printf("%q %q %s %v\n", changed.Name, changed.Notes, changed.Budget, err)

	_, err = wire.Patch(stored, []byte(`{"bugdet": "5000", "period": {"start": "June"}}`))
	for _, e := range crm.FieldErrors(err) {
		fmt.Printf("%s: %s\n", e.Field, e.Problem)
	}
	// Output:
	// "Summer Sale" "" 5000.00 EUR <nil>
	// bugdet: is no field here; the fields are id, version, name, revenue_target, budget, period, notes, archived_on, created_at, changed_at
	// period.start: not a date: "June", want year-month-day like 2026-06-01
}
