// Package claims is an index, in memory, of who lays claim to which discount code or UTM set on which days. A save
// asks it what a cooperation collides with, a report asks it for everything that collides, and attribution asks it
// whose code an order carries.
//
// An [Entry] is one discount rule or UTM set of one cooperation, with the days on which it is live. An [Index] is one
// version of the entries of a workspace.
//
//	New(entries, comparison)   an index of these entries, for a shop that compares codes in one way
//	Index.Copy()               the next version, to be changed while others read this one
//	Index.Replace(id, entries) sets the entries of one cooperation
//	Index.Entries(id)          the entries of one cooperation; Has compares them
//	Index.Len()                how many entries there are
//	Index.Satisfied(code)      the entries whose rule a code satisfies, of whomever and whenever
//	Index.Conflicts(mine, n)   the n worst conflicts of the entries of one cooperation, and how many there are
//	Index.Blocking(mine, before, n)
//	                           the blocking ones that other entries, before, do not have
//	Index.Possible(mine, n)    n of the conflicts of one rule that only a glued code brings about
//	Index.Severities(ctx)      the worst severity of each cooperation
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
//	Copy                   O(1)
//	Severities             O(n·(k² + k·log n))       once; after few changes in a copy, those that may have changed
//	                       of a contains or ends_with rule O(n) the first times, some 5 ms among 100,000 entries
//	New                    O(n·log n)                some 0.2 s for 100,000 entries
//	memory                 some 280 bytes an entry; for a code that is not its own loose key, as one in ASCII is, some
//	                       100 more; once suffixes are made, 16 to 32 for each character of a code
//
// # Design
//
// Entries that say the same, which is the same kind and the same key, form one group, so that a code that a thousand
// cooperations share is indexed once. A group is found in three ways: by the hash of its key, which answers which
// patterns a code satisfies, because a code has few pieces; by the whole key, or its suffixes, in a B-tree, which answers
// which codes and patterns satisfy a pattern; and by kind and length, for the walks over all patterns. There are ten
// times as many suffixes as keys, and only contains and ends_with need them: they are made when looking at all keys has
// cost as much.
//
// Codes that a shop may take for one have one loose key (discount.Comparison.LooseKey). Those that are their own key, as
// all in ASCII are, are found by it in their group; only the others stand in a list by that key.
//
// Two patterns that do not satisfy each other can still be satisfied by one code, glued together of both: STARTS… and
// …ENDS. Nearly all pairs of patterns are such [discount.Possible] conflicts, so Conflicts counts them without
// looking at them: the patterns that are live on the days in question, which is a difference of two counts by day,
// without those of the same influencer, those that conflict for certain, and those that are too long to fit into one
// code.
//
// The B-trees are those of tidwall/btree, without their locks. They are copied on write, and what they hold is never
// changed: lists of claims and groups are replaced by others. So any number of versions share what they have in common
// and are read without locks. Which state of a workspace a version describes is known to the caller.
//
// The severities of a version are found when somebody asks. A version remembers which cooperations were changed since
// the one that it was copied from, so the severities follow from those of an earlier version: a cooperation that did
// not change can be better off only if it conflicted with claims that have gone, and worse off only by conflicts with
// the claims of those that did change.
package claims
