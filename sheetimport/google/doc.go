// Package google reads a Google sheet for package sheetimport, and can write beside each row what became of it.
//
// [Open] takes the link that people copy out of their browser, or the id in it, and gives a [Sheet]. That is a
// [sheet.Source], so the import plans and applies it like any other. Who reads is a service account, with which the
// sheet is shared like with a colleague, a person who has signed in (an OAuth token source), or, for public sheets, an
// API key.
//
// [Sheet.Read] asks twice or more: first for the tabs, the locale, the time zone and the merged ranges, then for the
// cells of one tab in blocks of rows, one after the other. One answer with everything would be simpler, but a sheet may
// have ten million cells, and Google advises to stay near two megabytes a request; a block has at most 100,000 cells, so
// that a sheet of 100,000 rows is read with less than the sixty requests that Google allows in a minute. Sheets that
// people keep fit into one block. In a larger one, rows that somebody moves while it is read can be missed or come twice.
//
// Each cell comes with what it shows and with the value behind it, so that a date is a date whatever the sheet's
// language. Numbers are taken over digit by digit.
//
// # What can go wrong
//
// Whatever keeps a sheet from being read is an error of the [sheet.ErrUnreadable] family that says in one sentence
// what to do, and has a [*Error] in its chain if it came from Google. Google's quotas and failures of its own are
// waited for and tried again, within the context (see [Retry]); what cannot get better by itself is not. No key and no
// token stands in an error.
//
// # What it does not do
//
// A link is taken apart and never fetched: requests go to Google's API and to its address for tokens, and redirects are
// not followed. Formulas are not evaluated, links in cells are not followed. Without [Options.WriteStatus] the package
// asks for the right to read only.
//
// # Design
//
// It is plain net/http with golang.org/x/oauth2. Google's own client would bring some sixty modules into the programs of
// everyone who imports this library, and does not try again either.
package google
