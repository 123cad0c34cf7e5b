// Package duplicates finds influencers that are probably one person.
//
// [Find] lists a [Pair] of influencers for each suspicion, with a score and with each [Reason] for it, and
// crm.Service.MergeInfluencers makes one of the two. Find reads what a crm.Reader shows: the present in
// crm.Service.View, the past in crm.Service.AsOf.
//
// # Design
//
// The table of evidence in reasons.go is the only place that knows what counts and how much. The points of a pair are
// combined as independent evidence. What more than [MaxSharing] influencers share, such as the phone number of an agency
// or a name like "Unknown", counts for nothing. Two influencers with different handles on one platform are not
// duplicates by their names alone.
//
// The time for all grows with the number of influencers, not with that of pairs. Memory holds what identifies each of them.
//
// Whatever two influencers share of the evidence, they share a crm.IdentityKey too. So duplicates of one influencer are looked
// up by its keys, a few of each, and only they are weighed: the check of a form takes as long among ten thousand as among
// one thousand. In a past, and for somebody with hundreds of profiles, all are compared with the one. The time of a check in
// milliseconds, before the keys and with them (BenchmarkDuplicates here, BenchmarkInfluencer in storage/internal/sidebyside):
//
//	influencers      memory           SQLite           PostgreSQL
//	                 before    now    before    now    before    now
//	1,000               3.5   0.04        28    0.3        25    0.4
//	10,000               58   0.04       108    0.3       174    0.4
package duplicates
