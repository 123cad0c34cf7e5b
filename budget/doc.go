// Package budget plans influencer budgets: how much of a campaign's or a month's
// budget is signed, in negotiation or in draft, before the month begins.
//
// A [Plan] holds campaigns with their budgets and items, which are cooperations
// with a [Stage], a cost and a [Period]. [New] makes a [Report] of it: a [Line] for
// the totals, for every campaign, for every month and for every campaign in every
// month, each with the amounts by stage, the budget, what is left of it and its
// [Health]. From there [Report.Items] lists what a line is made of, [Report.By]
// breaks the items down by influencer, platform and so on, [Report.Filter] selects a part, [Report.Alerts] says
// what somebody should look at, [Report.Upcoming] picks what can still be changed, and
// [Line.Forecast] weighs what is not signed yet. A [Summary] has the lines alone, and
// [Summarize] makes one of sums that a store keeps. The package does no input or output
// and asks no clock; the sub-package render writes reports for people.
//
// Below that are the values that the rest of a CRM shares: [Date] and [Month],
// calendar days without time or zone; [Period], inclusive on both ends; [Currency]
// and [Money], exact amounts; and [Shares], which cuts a cost into months.
//
// # Design
//
// Money is a whole number of minor units, never a float, and is never rounded
// silently: an amount with more decimals than its currency has is refused. The
// decimals of a currency are those of ISO 4217.
//
// No amount and no date are values of their own, the zero values. A campaign
// without a budget has nothing left and no health; one with a budget of 0.00 is
// over with the first cent.
//
// A cost is spread evenly over the calendar days of its period, because
// the days of a cooperation that crosses a month's end are as much of it on one
// side as on the other. Rounding is done on the running total, so that the shares
// sum exactly to the cost, and the months of a report to its total. [OnStart] and
// [OnEnd] book a cost on one day instead. Campaign budgets are always spread by day.
//
// A budget is held against what it is for. In the line of a campaign that is all of its
// cost. A month's own budget is for all of the month; a month without one has what the
// campaigns' budgets come to in it, and that is for those campaigns only. The rest of a
// line is [Line.Unbudgeted], and [Report.Coverage] says how much of the plan has a
// budget. In June, say, campaign A has a budget of 1,000 with 400 signed and 700 in negotiation,
// and campaign B has none and 5,000 signed:
//
//	           signed  allocated  budget  unbudgeted  left after signed  left after all
//	A             400      1,100   1,000           0                600            -100  at risk
//	B           5,000      5,000       -       5,000                  -               -  no budget
//	June        5,400      6,100   1,000       5,000                600            -100  at risk
//
// June is not over by 4,400: nobody gave a budget for B. Budgets cover one of two
// campaigns, 1,100 of 6,100. The total of each table is the sum of its own lines, so
// that of the months has the months' budgets and that of the campaigns the campaigns'.
//
// Coverage counts magnitudes: had B a refund of 5,000 in place of its cost, the budgets would still cover 1,100 of
// 6,100, and not 1,100 of -3,900. It is whole when no cooperation counts where there is no budget, whatever it costs: one
// that has no amount yet, or no exchange rate, will have one.
//
// A filtered report shows a part of the spend, and a budget is for all of it: of a campaign with a budget of 1,000,
// of which 400 are signed on TikTok and 500 elsewhere, the part on TikTok has 400 signed, 500 in [Line.Others], and 100 left.
// Its health and the item that tipped it are those of the whole campaign.
//
// Overspending is shown as it is: negative remainders are not clamped to zero.
// Budgets themselves cannot be negative, costs can (a refund).
//
// A sum that does not fit 64 bits is an error, never a wrong number. New ensures
// it with one check: the magnitudes of all amounts of a plan have to fit together,
// and then every sum and difference of some of them does too.
//
// An item in a currency that cannot be converted is counted, listed as [Unpriced]
// and in no sum: a line that has one says so in its [Counts], for its amounts are
// then too low.
package budget
