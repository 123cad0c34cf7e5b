// Package demo fills a workspace to try the CRM with: a shop's sheet that was imported two months ago, budgets, two members,
// talks about further cooperations, and orders with the faults that shops see.
//
// [Fill] makes the workspace through the calls that any client has, [Orders] the orders of its last month. Both follow from a
// seed and a day: the same two give the same ids, times and amounts.
package demo
