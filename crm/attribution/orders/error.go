package orders

import (
	"errors"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/sentence"
)

// Every error of this package is an [*Error] of one of two families.
var (
	// ErrOrder is about one order. Those after it are still read.
	ErrOrder = errors.New("an order cannot be read")
	// ErrFile is about the file, or about the rest of it. It is the last that [Read] yields.
	ErrFile = errors.New("the file of orders cannot be read")
)

// Error says what is wrong with an order or a file.
type Error struct {
	Family error // ErrOrder or ErrFile
	Line   int   // where the order begins, or the wrong line of it; 0 if the file is wrong as a whole
	// Element is the place of the order in a list in JSON, from 1, because such a list is often one line; else 0.
	Element int
	Order   string // the order's id, if it could be read
	// Field is the column of a CSV file by its header, or the path of a field in JSON: lineItems[2].quantity.
	Field string
	Value string // the wrong value, shortened
	// Problem says what is wrong and what would be right, as the end of a sentence that begins with the value.
	Problem sentence.Sentence
	Err     error // the error of the reader, if that failed
}

// Error reads like `line 12, order #1001, Total: "1.2.3" is not an amount; write it like 1234.50`.
func (e *Error) Error() string { return e.Sentence().String() }

// In is Error in a language; see [sentence.Sentence.In].
func (e *Error) In(lang language.Tag) string { return e.Sentence().In(lang) }

// Sentence is Error as a sentence.
func (e *Error) Sentence() sentence.Sentence {
	s := e.Problem
	if e.Value != "" {
		s = sentence.Of("%q %s", e.Value, s)
	}
	if e.Field != "" {
		s = sentence.Of("%s: %s", e.Field, s)
	}
	place := e.Place()
	switch {
	case place.IsZero():
		return s
	case e.Field != "":
		return sentence.Of("%s, %s", place, s)
	}
	return sentence.Of("%s: %s", place, s)
}

// Place says where the order stands, such as "line 12, order #1001"; it is zero if the file is wrong as a whole.
func (e *Error) Place() sentence.Sentence {
	if e.Line == 0 {
		return sentence.Sentence{}
	}
	place := sentence.Of("line %d", e.Line)
	if e.Element > 0 {
		place = sentence.Of("%s, element %d of the list", place, e.Element)
	}
	if e.Order != "" {
		place = sentence.Of("%s, order %s", place, e.Order)
	}
	return place
}

// Code is the stable code of the problem, in snake case.
func (e *Error) Code() string { return e.Problem.Code() }

// Unwrap returns the family, and the error of the reader.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Family}
	}
	return []error{e.Family, e.Err}
}

// wrong is an error about a value of an order.
func wrong(field, value string, problem sentence.Sentence) *Error {
	return &Error{Family: ErrOrder, Field: shorten(field), Value: shorten(value), Problem: problem}
}

// at sets the place of an error, as far as it is not known yet.
func (e *Error) at(line int, order string) *Error {
	if e.Line == 0 {
		e.Line = line
	}
	if e.Order == "" {
		e.Order = shorten(order)
	}
	return e
}

// badFile is an error about the file, which ends the reading.
func badFile(line int, problem sentence.Sentence) *Error {
	return &Error{Family: ErrFile, Line: line, Problem: problem}
}

// broken is an error of the reader.
func broken(line int, err error) *Error {
	e := badFile(line, sentence.Of("the file could not be read on: %s", err.Error()))
	e.Err = err
	return e
}

// shorten cuts a value to a length that an error can carry, and replaces what is not UTF-8.
func shorten(s string) string {
	const most = 60
	cut := s
	if len(s) > most {
		n := most
		for n > 0 && !utf8.RuneStart(s[n]) {
			n--
		}
		cut = s[:n] + "…"
	}
	if utf8.ValidString(cut) {
		return cut
	}
	return string([]rune(cut)) // each bad byte becomes U+FFFD
}
