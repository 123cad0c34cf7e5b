// Package storagetest proves that a store keeps the contract of crm.Store and crm.AdminStore. It is
// for those who write a store; the ones in this repository all run it.
//
// A store's test hands Run a Factory, which opens an empty store for each subtest:
//
//	func TestConformance(t *testing.T) {
//		storagetest.Run(t, func(t *testing.T) storagetest.Backend {
//			store, err := mystore.Open(t.Context(), filepath.Join(t.TempDir(), "crm.db"))
//			if err != nil {
//				t.Fatal(err)
//			}
//			return store
//		}, nil)
//	}
//
// The package's example is such a backend, which wraps another one.
//
// Each subtest is named by the sentence of the contract that it proves, below the name of its
// Category. To see the whole contract as the suite reads it:
//
//	go test -v -run TestConformance ./mystore
//
// # What a reader may ask
//
// Why a store per subtest? Checks run in parallel and break things on purpose; none may see what
// another left behind.
//
// Why no checks of the domain's rules? A store writes records as they are. The suite even writes
// records that crm.Service would refuse, such as names with blanks at their ends, because a store
// that mends them hides a mistake of its caller. For what Service has written there is storage/soundness, which
// looks for contradictions in a workspace and which tests of any kind may call.
//
// Why an in-test filter, beside the one of the store? Each list is compared with a naive reading of
// crm's filters over all records, so that two stores cannot be wrong in two ways.
//
// Who tests the tests? The package's own test runs the suite on stores that are broken on purpose,
// each in one way, and demands that the subtest meant for it fails.
package storagetest
