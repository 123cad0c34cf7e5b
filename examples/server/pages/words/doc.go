// Package words is how the pages speak: their texts in English and German, and numbers, days, amounts and words of the domain
// as the reader's language writes them, also in fields that people type into.
//
// Each text stands once in the catalogue, under what it is in English. Templates and code say it by that, so that they read
// as the page does; a test finds what is said and missing, and what nobody says.
package words
