// Package export writes the cooperations of a workspace as a sheet in the layout of Klar's template.
//
// [CSV] and [XLSX] write the cooperations that a filter selects: descriptions in row 1, headers in row 3, data from row
// 4, columns A to AJ as Klar has them. Columns after AJ hold what the CRM knows beyond that: the status of the deal,
// currency, cancellation, responsible member, tags, phone, the budget, revenue target and days of the campaign, and one
// column for each custom field. [Result] says how many rows were written and what a sheet could not hold.
//
// A custom field with the name of a column of Klar's stands there; one whose name would be read as another field has
// "Custom: " in front of it. The column "CRM ID" names the cooperation of a row and the version in which the row shows
// it, so that exporting and importing changes nothing: see package sheetimport.
//
// A text that a spreadsheet program would run, such as =1+1 or +49 170, is written with an apostrophe in front, and the
// import of any sheet takes that one away. A text that is too long for a cell, and the custom fields beyond the columns
// that an import reads, are left out with a note. As blank cells they change nothing.
//
// [CampaignsCSV] and [MonthsCSV] write the tables of budgets that an import takes beside the sheet: all campaigns, and
// the months. [Workbook] writes them and all cooperations into one file.
//
// Imported into another workspace, an export does not carry: campaigns (but for CampaignsCSV and Workbook) and
// influencers without a cooperation, and what of those with one is no column here; cooperations without a profile,
// which lack the platform that every row needs; names of one's own, how a cost is spread, where a UTM field or rule
// was inherited from, and that a cooperation is archived; benefits of codes other than one percentage for all; tags
// with a comma inside; namesakes whom no handle tells apart; and texts that a sheet reads as nothing or as an error,
// such as "n/a" and "#REF!".
//
// # Design
//
// Everything comes from one snapshot, a page at a time. It is read twice: the header stands above all rows, and the
// columns of custom fields are known only when all cooperations have been seen.
//
// The workbook is written straight into its ZIP file and not with excelize, which takes the number of a cell as a float
// or not at all while it streams: here an amount goes into the file as its digits.
package export
