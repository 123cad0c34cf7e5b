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
// # Design
//
// A check is a sentence of the contract and the function that proves it, one above the other: units.go has those of the
// category Units, and so on. Most checks get a shop, which is a workspace with a model of what should be in it, and end
// by comparing the two. What is the same for every kind of record is proved once, for each kind.
//
// There is a store per subtest, because checks run in parallel and break things on purpose; none may see what another
// left behind.
//
// The rules of the domain are not checked. A store writes records as they are. The suite even writes records that
// crm.Service would refuse, such as names with blanks at their ends, because a store that mends them hides a mistake of
// its caller. For what Service has written there is storage/soundness, which looks for contradictions in a workspace.
//
// The suite has filters of its own. Each list is compared with a naive reading of crm's filters over all records, so that
// a mistake which a store shares with crm is seen too.
//
// The suite is tested itself, on stores that are broken on purpose, each in one way (bugs_*_test.go): the subtest that is
// meant for a bug has to fail.
package storagetest
