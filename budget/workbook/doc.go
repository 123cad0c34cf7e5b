// Package workbook writes a budget report as an Excel workbook (.xlsx): sheets of months, of campaigns, of both, and of the
// cooperations with their share of each month, and a chart of the months with the budgets as a line.
//
// Amounts are numbers, exact to the minor unit, in a format that names the currency and that Excel shows as its user
// writes numbers. An amount that there is not, such as what is left of no budget, is a blank cell and not 0. Names are
// texts: none is run as a formula, not even when somebody edits its cell.
//
// # Design
//
// This is a room beside render because it needs excelize, which nobody should pay for who prints a report. excelize takes
// a number as a float or as the digits that stand in the file; here it is always given the digits.
package workbook
