// Package sidebyside holds the stores beside each other. It has tests and benchmarks only:
//
//   - TestStoresSideBySide does the same random things through crm.Service over memory and over a database, and compares
//     every answer: compare_test.go asks the questions, generator*_test.go draws the values, operations*_test.go are what
//     can be done.
//   - limits*_test.go take each store to the longest texts, the longest lists and the largest campaign.
//   - feed*_test.go follow the log while many write.
//   - join*_test.go run units of work inside a host's own transaction; what a joined store does keeps the contract too.
//   - bench*_test.go measure the databases beside a floor: the same rows, read and written without the library.
//
// What one store alone must do is tested in its own package, by storage/storagetest first of all.
package sidebyside
