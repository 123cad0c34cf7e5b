// Package attribution says which cooperation earned an order, by its discount codes and UTM parameters, and why each
// other one did not. It is pure: the host brings its orders, and nothing is stored.
//
// # The story
//
// A [Snapshot] has the records of a workspace. [NewIndex] makes an [Index] of them once, and [Index.Decide] takes an
// [Order] to a [Decision]: the cooperation that earned it, whether by a code or by a visit, and every [Candidate] with
// the [Reason] for which it lost. [Index.DecideAll] does the same with a stream of orders, on all cores, and has refunds
// follow their orders. [Totals] adds decisions up by cooperation, and takes them back.
//
// An index follows its workspace: [Index.Apply] takes the next changes of the log, [Index.Refresh] reads them, and
// [Index.With] tries some that nobody has saved. A snapshot that is read with crm.Service.AsOf has the rules as they were.
//
// Before a rule is saved, [Index.Impact] says which orders it would move from whom to whom, and [Index.BackTest] which
// codes of past orders it would find, and whose they are. [Index.Ledger] says whose a code was and is,
// and a [Radar] which codes are used as leaked ones are. [Index.NewCodes] makes codes that collide with none.
// [Index.LinkOf] makes the link of a cooperation, [Index.CheckLinks] says whom links credit, what they come nearest to and what
// is wrong with them, and [Index.LinkFixes] what to change in one.
//
// # The rules
//
// A code counts more than a visit. The codes of an order compete in one ranking: a rule that equals the code, one for its
// start or end, one that finds a text in it; the longer pattern; rules of the cooperation's own before inherited ones; the
// later start of the cooperation; the earlier code of the order; the lower id. Of visits the last one counts that has a
// match, and there the UTM set with more fields, the later start, the lower id. Where nothing but the id decides, the
// decision is ambiguous and says so.
//
// Where the workspace's shop compares codes loosely (crm.Workspace.CodeComparison), a code counts for each rule that equals
// one which it redeems there, as if that had been typed, and the candidate says the cause. One spelling is preferred: if a rule
// of a cooperation that can earn equals the code as it was typed, those with other spellings lose. Texts that families of codes
// share are compared as they are. In other shops such a code is a diagnosis.
//
// Only a signed cooperation that is not cancelled earns, and only in its period and the tail days of its workspace: a
// code is judged on the day of the order, a visit on its own day, both in the workspace's time zone. A visit after the
// order had no part in it. Codes on the workspace's ignored list, as its shop compares codes, and codes that no rule
// knows, say nothing.
//
// An order is credited whole, to one cooperation. A cancelled one earns nothing, and a refund takes its amount from the
// cooperation that its order went to.
//
// # Design
//
// Rules with the same pattern share one entry of a [discount.Index], equal UTM sets one of a [utm.Index]; under it stand
// the cooperations that have it, also those that cannot earn, because they are the reasons that people ask for. How long a
// decision takes follows the number of its candidates, not that of all rules.
//
// An index that was changed has the changed records in a layer above those it was made of, so that a change costs the
// more the more was changed, up to an eighth of all; then all are put together again.
package attribution
