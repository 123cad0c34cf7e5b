package sentence

import "errors"

// Error is an error whose text is a sentence.
type Error struct {
	said  Sentence
	wraps []error
}

// Errorf returns an error with the sentence of a format and its values. Errors among the values are wrapped, and said
// with it in the language of the reader, as far as they are sentences.
func Errorf(format string, args ...any) *Error {
	e := &Error{}
	said := make([]any, len(args))
	for i, arg := range args {
		said[i] = arg
		if err, ok := arg.(error); ok {
			said[i], e.wraps = OfError(err), append(e.wraps, err)
		}
	}
	e.said = Of(format, said...)
	return e
}

// Error returns the sentence in English.
func (e *Error) Error() string { return e.said.String() }

// Sentence returns the sentence.
func (e *Error) Sentence() Sentence { return e.said }

// Unwrap returns the errors in the sentence.
func (e *Error) Unwrap() []error { return e.wraps }

// OfError returns the sentence of the first error in err's tree that has one, else err's text, which is in one language
// unless the catalogue has it.
func OfError(err error) Sentence {
	var said interface {
		error
		Sentence() Sentence
	}
	if errors.As(err, &said) {
		return said.Sentence()
	}
	return Of(err.Error())
}
