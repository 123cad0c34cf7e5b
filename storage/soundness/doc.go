// Package soundness looks for contradictions in a workspace. It is for tests and load generators that work on a store
// through crm.Service: whatever they do, and whatever fails, the workspace must agree with itself afterwards.
//
//	if err := store.View(ctx, workspace, soundness.Check); err != nil {
//		t.Errorf("the workspace contradicts itself: %v", err)
//	}
//
// # Design
//
// Check derives everything anew: it replays the log instead of trusting the records, and derives claims and totals from
// the cooperations. It knows the domain's rules, so it finds nothing wrong with what crm.Service writes. Records that a
// test writes past the service, as the suite in storage/storagetest does, need not be sound.
package soundness
