// Package storage is the folder of the stores that an Influencer CRM can be kept in, and of the proof
// that they all do the same. There is nothing to import here; choose one of its packages:
//
//   - storage/memory keeps everything in memory, for tests, demonstrations and trying a plan;
//   - storage/sqlite keeps everything in one file, without a server, for a program that embeds the CRM;
//   - storage/postgres keeps everything in a PostgreSQL database, for programs of which several
//     instances serve the same data, or that have such a database anyway;
//   - storage/transfer copies a workspace from one of them to another, and to a file and back;
//   - storage/storagetest is the conformance suite that each of them passes;
//   - storage/soundness looks for contradictions in a workspace, in tests of whatever uses a store.
//
// All of them implement crm.Store and crm.AdminStore with the same meaning, down to the order of
// lists and the bytes of texts, so that changing the store is changing the lines that open it:
//
//	store := memory.New(nil)
//	service := crm.New(store, nil)
//
// # Why the contract is not here
//
// crm.Store stands in package crm, beside the code that calls it. Its methods take and return the
// records of crm; here it would make crm import storage and storage import crm, which Go forbids,
// or tear the records away from their rules. So arrows point one way: a store knows crm, and crm
// knows no store.
//
// # How much it takes
//
// examples/load fills workspaces, lets clients read, list, book and edit in them, and then looks whether any
// of them contradicts itself. On PostgreSQL 15 with fsync on, on two shared cores with 24 GiB of memory that also ran
// the program itself, with 16 clients for 30 seconds:
//
//	20 workspaces × 500 cooperations: 858 operations a second, get 0.8 ms (p50) and 34 ms (p99), create 35 and 147 ms
//	2,000 workspaces × 500: 142 operations a second, get 33 and 234 ms, create 196 and 642 ms
//
// The second run shared the cores with builds and tests of others, which the first one did less, so the two
// do not show how it scales. Both ended with every workspace sound, and no error.
//
// # What a call takes
//
// The benchmarks in storage/internal/sidebyside and storage/postgres compare calls with the same work by hand, in one run:
// prepared statements through database/sql, without the rules of the domain. Ratios to that floor with 10,000 and 100,000
// cooperations on two shared cores, SQLite and PostgreSQL 15 on the same machine; "before" is the build that began every
// read and write with a transaction of several round trips, at 10,000 and at 100,000 for the last line:
//
//	                               SQLite                       PostgreSQL
//	                               before   10,000   100,000    before   10,000   100,000
//	get, one client                   5.8      1.1       1.2       3.3      1.3       1.2
//	get, sixteen clients              4.3      1.1       1.1       4.0      1.2       1.1
//	first page of fifty               2.4      1.3       1.3       2.7      1.3       1.3
//	last page of fifty                2.2      1.2       1.3       2.4      1.4       1.4
//	first page, with names              –      1.5       1.5         –      1.2       1.5
//	count                               –      1.0       1.0         –      1.0       1.0
//	create, and its reads by hand       –      1.7         –         –      1.5         –
//	create, and its rows alone        3.4      2.8       2.8       2.3      1.8       2.3
//	sums by status                      –        –       1.1         –        –       1.2
//	many creates in one unit          3.3      2.7         –         –      0.8         –
//	planning report                   7.7      1.4       1.6       9.7      1.5       1.6
//	records a second, of COPY's         –        –         –      0.41        –      0.75
//
// The ratio to COPY is that of the store alone, which writes records as they are: without defaults, conflicts and history.
// A create is more than its rows: it reads whom it refers to and which names are free, compares its codes with all others
// and writes what changed into the log. The floor of the first line of creates does that by hand too: it locks and reads
// the workspace, reads campaign, influencer, member, names and claims, and writes the rows, on PostgreSQL in the four round
// trips that a create takes. That line was measured later than the others, while other programs kept the machine busy; so
// measured, the build before had 1.8 to 2.0 on SQLite and 1.6 on PostgreSQL.
//
// A workspace and its log, copied by transfer.Copy into PostgreSQL and compared, takes 1.6 to 2.1 times as long as reading its
// rows bare and COPY of them: of 10,000 cooperations 1.6 from SQLite and 2.1 from PostgreSQL, of 100,000 2.1 from both
// (BenchmarkCopy). Until the server was told of what COPY had added, those of 100,000 took 2.6 to 4.0 times as long.
//
// Two processes that create cooperations in turn, in one workspace, take 1.2 to 1.5 times as long for each as one alone.
// A sheet of 100,000 rows goes into an empty PostgreSQL in 62 seconds; the build before had not ended after 640
// (BenchmarkImport). Of 10,000 rows 1,760 a second go into PostgreSQL and 1,350 into SQLite. Applying the plan takes 2.3 times
// as long as COPY of the rows that it leaves, of 100,000 rows 2.2 times, measured while other programs kept the machine busy.
//
// The report's floor reads the columns that the report is made of, which were more before. On SQLite it took 1.6 and 1.7
// times as long in the same run when each of these was a column of the report's own statements too. On PostgreSQL a get, a page
// or a count is one round trip and a create or an edit four; tests count them, and those of other operations
// (storage/postgres/trips_test.go, storage/sqlite/statements_test.go).
//
// # How to write a store
//
// A store is small where crm has done the thinking: it writes records as they are and knows no rule
// of the domain. What it does hold up is in the comments of crm.Store and crm.Tx. A way to one:
//
//  1. Take crm.Store, crm.Reader, crm.Tx and crm.AdminStore, and let a test run the suite from the
//     first day: it says what is missing, by the sentences of the contract.
//  2. Begin with Update: lock the workspace, call fn, commit only if it returned nil, no write failed
//     and the context is alive; roll back on an error and on a panic. Mark the callback's context, so
//     that nested use is an ErrNestedTx instead of a deadlock.
//  3. View is one snapshot that meets no lock.
//  4. Let the workspace's id lead every key. Ids are unique within a workspace only.
//  5. Store keys of your own beside each record: crm.Fold of names, handles, tags and links for
//     uniqueness and look-ups, Record.SearchText for the free text. No collation of a database folds
//     like crm, so let it compare bytes.
//  6. Lists: backend.NewKeyset checks the options and reads the token, which is one of its workspace; crm.CheckFilter, here and in counts,
//     folds the filter's texts; select from the position on, by Record.SortKey and then id, one record
//     more than the page's size; backend.PageOf makes the page and the next token.
//  7. Derive claims with crm.ClaimsOf whenever a cooperation is written. PlanRows gives what
//     crm.PlanRowOf takes of a cooperation and its influencer, and a page with names what crm.NamesOf
//     reads; both have to be read in one statement, or with few, to be worth their while. Sums and Facets
//     are groups that a database counts itself: add amounts up in two parts, for crm.WholeSum. A store in
//     memory has crm.SumsOf and crm.FacetsOf. A crm.PlanTally says what a write changes of the PlanSums: take the
//     cooperation before out and add the one after, and add what comes of it to the stored sums once, at the end of the unit.
//     In a table that comes later, note up to which seq they are kept, for programs that do not know it. So with what
//     influencers are found by, crm.IdentityKeys: Need.Sharing puts too many of them right, and Need.SharersIn does without.
//  8. Keep pictures in a table of their own, apart from the influencers, so that no list carries
//     bytes: they are added and deleted, never changed, and go with their workspace. PictureIDs reads
//     their keys only.
//  9. Number changes in the transaction that writes them, so that no seq is ever lost.
//  10. Reader is backend.Direct with a function that reads one thing without a unit of work; Load answers several questions,
//     in one round trip if there is a network.
//  11. Insert, Update, Delete and Append may be kept back until something is read that they change.
//  12. Turn each of the driver's errors into one of crm's families, by its code and never by its text.
//
// # How to prove it
//
// The store's own test hands the suite a function that opens an empty store:
//
//	func TestConformance(t *testing.T) {
//		open := func(t *testing.T) storagetest.Backend {
//			store, err := mystore.Open(t.Context(), filepath.Join(t.TempDir(), "crm.db"))
//			if err != nil {
//				t.Fatal(err)
//			}
//			return store
//		}
//		storagetest.Run(t, open, &storagetest.Options{
//			Reopen: func(t *testing.T, old storagetest.Backend) storagetest.Backend { … },
//		})
//	}
//
// What a store cannot do it says by skipping a category, with the reason in its test's output. The
// stores of this folder skip nothing but durability, and only the one in memory.
package storage
