// Package render writes a budget report for people: Text as an aligned table for
// a terminal or a mail, Markdown for a wiki or a ticket, CSV as a flat table for a spreadsheet, SVG as charts.
//
// They write the lines of the report as they are and compute nothing of their own.
// Text and Markdown begin with how the next month and the campaigns to come stand and add, below the tables, what
// has no exchange rate and what should be checked; CSV adds the cells of campaign × month and counts what is
// unpriced. They add the lines of axes, such as by category, on request.
// SVG draws months, campaigns and both.
//
// Text, Markdown and SVG speak English and German (Lang), and other languages with a host's words (Say). CSV is for
// programs and is the same for all.
//
// Names come from users, so nothing lets them do more than be read: Text replaces
// control characters, which could move the cursor or hide a line, Markdown escapes its signs, SVG
// is written by html/template, and CSV disarms names that a spreadsheet would run as a formula.
//
// # Design
//
// A drawing is made of rectangles, paths and texts, which charts place in tenths of a pixel: whole numbers, reckoned
// from amounts in minor units, so that a drawing is the same on every machine and no amount goes through a float. The
// template only writes them down.
package render
