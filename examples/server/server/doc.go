// Package server is the reference server of the CRM as a handler that a host can mount: the HTTP API of package api and,
// at /mcp, the endpoint of package assistant, with what keeps them safe around it.
//
// # Load
//
// Measured beside PocketBase 0.36.8 in one run, on two shared cores of an AMD EPYC with the load generator on the same cores:
// SQLite, 100,000 cooperations (the demo at -demo-scale 100000), 50 campaigns, 3,000 influencers; tokens, validation, history
// and the log of requests on. Requests a second at 1, 8 and 64 connections, as a multiple of PocketBase's, and p99 at 64 as a
// part of its; one connection alone was measured for reads only.
//
//	                              1      8     64    p99
//	get a cooperation           1.1    1.6    2.4   0.23
//	page of 50, filtered        0.8    1.1    1.4   0.25
//	summary of one campaign      12    102    195   0.01
//	create a cooperation          -    0.2    0.3   0.74
//
// Most summaries were kept ones, as for whoever opens a page again: one is made anew after each change, in some 4 ms. The
// whole report, which nobody has changed meanwhile, is given 500 times a second to one client and 1,000 times to 64, in at
// most 124 MiB; made anew it takes half a second. The program has 48 MiB without its symbols, needs 43 MiB at rest, and gives its
// first answer 32 ms after its start (PocketBase: 33, 22 and 16).
//
// What costs what it costs: a create keeps twelve indexes, history, claims and sums, and is on disk when it is answered
// (synchronous FULL), where PocketBase's is not; the first one after a start reads all claims, which takes a second and makes
// nobody else wait. A page looks up each row that the index of its campaign names, to see its status, and is half as long
// again in JSON. Half of the start is the initialization of packages.
package server
