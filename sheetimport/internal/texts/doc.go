// Package texts holds the functions on text that the rooms of sheetimport share: what is trimmed, how a value is
// shortened for a message, how lists and numbers of rows are named, and how a text is kept from being run as a formula.
// It needs the standard library only. Like strings and slices it is named in the plural, so that a text can be called
// text.
package texts
