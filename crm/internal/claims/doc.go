// Package claims is an index, in memory, of who lays claim to which discount code or UTM set on which days. A save
// asks it what a cooperation collides with, a report asks it for everything that collides, and attribution asks it
// whose code an order carries.
//
// An [Entry] is one discount rule or UTM set of one cooperation, with the days on which it is live. An [Index] holds
// the entries of a workspace. An [Overlay] is what a unit of work sees: an index that it shares with others, with the
// entries of some cooperations replaced.
//
//	New(entries)               an index of these entries
//	Index.Replace(id, entries) sets the entries of one cooperation
//	Index.Entries(id)          the entries of one cooperation
//	Index.Len()                how many entries there are
//	Index.Satisfied(code)      the entries whose rule a code satisfies, of whomever and whenever
//	Index.Conflicts(mine, n)   the n worst conflicts of the entries of one cooperation, and how many there are
//	Index.Possible(mine, n)    n of the conflicts of one rule that only a glued code brings about
//	Index.Worst()              the worst severity of each cooperation
//	NewOverlay()               Replace, Entries and Conflicts as above, on top of an index
//
// What a cooperation claims, and on which days, is a rule of the record and is decided in package crm: the days of an
// entry include tail days and end with the archive day. Which of several entries earns an order is decided by
// attribution.
//
// # Cost
//
// n is the number of entries, k the length of a code (at most 64 characters), d the number of different days on which
// a pattern begins or ends (hundreds in a year), f the number of entries found.
//
//	Satisfied, Conflicts   O(k² + k·log n + d + f)   some 10 µs among 100,000 entries
//	Replace                O(k·log n)                for each entry that comes or goes
//	Possible               O(p)                      p: all patterns
//	Worst                  O(n·(k² + k·log n))       some 0.5 s for 100,000 entries
//	New                    O(n·k·log(n·k))           some 0.5 s for 100,000 entries
//	memory                 some 420 bytes an entry with a code of 9 characters, 16 to 32 for each further character
//
// # Design
//
// Entries that say the same, which is the same kind and the same key, form one group, so that a code that a thousand
// cooperations share is indexed once. A group is found in three ways: by its key in a map, which answers which
// patterns a code satisfies, because a code has few pieces; by its suffixes in a B-tree, which answers which codes and
// patterns satisfy a pattern; and by kind and length, for the walks over all patterns.
//
// Two patterns that do not satisfy each other can still be satisfied by one code, glued together of both: STARTS… and
// …ENDS. Nearly all pairs of patterns are such [discount.Possible] conflicts, so Conflicts counts them without
// looking at them: the patterns that are live on the days in question, which is a difference of two counts by day,
// without those of the same influencer, those that conflict for certain, and those that are too long to fit into one
// code.
//
// The B-trees are those of tidwall/btree, without their locks: an index may be read by many at once, and by nobody while
// Replace runs. Locks are the caller's, who also knows which state of a workspace the index describes. The trees can be
// copied on write; in a copy-on-write index the maps and the entry lists of groups would have to be trees as well.
package claims
