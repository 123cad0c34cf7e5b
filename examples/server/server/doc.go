// Package server is the reference server of the CRM as a handler that a host can mount: the HTTP API of package api and,
// at /mcp, the endpoint of package assistant, with what keeps them safe around it.
//
// # Load
//
// Measured beside PocketBase 0.36.8 in one run, on two shared cores of an Intel Xeon with the load generator on the
// same cores: SQLite, 100,000 cooperations of which each has a code and a link of its own, 50 campaigns, 3,000
// influencers; tokens, validation, history and the log of requests on. Requests a second at 1, 8 and 64 connections, as
// a multiple of PocketBase's, and p99 at 64 as a part of its; one connection alone was measured for reads only.
//
//	                              1      8     64    p99
//	get a cooperation           1.2    1.6    2.0   0.36
//	page of 50, filtered        1.6    1.9    2.0   0.47
//	summary of one campaign      21     65    136   0.03
//	create a cooperation          -    0.3    0.3   1.70
//
// Most summaries were kept ones, as for whoever opens a page again: one is made anew after each change, in some 4 ms.
// The whole report, which nobody has changed meanwhile, was given 700 times a second to one client and 1,600 times to
// 64; made anew it takes half a second to a second. The program has 50 MiB without its symbols. At rest it needs 48
// MiB, of which 13 are its own and the others the pages of the program file that it has touched, and its first answer
// comes 53 ms after its start (PocketBase: 33, 22 and 22 in the same run; the build before, which read all templates at
// its start: 69 MiB and 104 ms).
//
// What costs what it costs: a create keeps twelve indexes, history, claims and sums in some 2.4 ms of processor time (PocketBase:
// 0.9), a quarter of it for the commit, and is on disk when it is answered (synchronous FULL), where PocketBase's is not; the first
// one after a start reads all claims, which takes a second or two and makes nobody else wait. A page takes as long for
// its rows as for its JSON, which is half as long again. Half of the start is the initialization of packages, most of
// it phonenumbers and excelize, and half of the program are their tables and those of texts and SQLite.
package server
