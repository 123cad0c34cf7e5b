// Package sample has the sheets that the examples begin with.
package sample

import _ "embed"

// SheetName is what messages call the sheet.
const SheetName = "klar-sheet.csv"

// Sheet is a shop's sheet of cooperations in Klar's template, as CSV. Its cooperations begin between May 2026 and March 2027.
//
//go:embed klar-sheet.csv
var Sheet []byte

// PlanSheetName is what messages call the sheet with statuses.
const PlanSheetName = "plan-sheet.csv"

// PlanSheet is the same sheet with a column of statuses, which Klar's template lacks: what begins before December 2026 is signed,
// later cooperations are signed, negotiated or ideas.
//
//go:embed plan-sheet.csv
var PlanSheet []byte

// CampaignsName is what messages call the table of campaigns.
const CampaignsName = "campaigns.csv"

// Campaigns is a table of the campaigns of the sheets, with their budgets, revenue targets and days, as CSV.
//
//go:embed campaigns.csv
var Campaigns []byte
