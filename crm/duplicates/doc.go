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
// The time grows with the number of influencers, not with that of pairs. Memory holds what identifies each of them.
package duplicates
