package crm

import (
	"context"
	"errors"
	"strings"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/sentence"
)

// families are the error families, those first that stand beside another one, and the ends of contexts.
var families = []error{
	ErrUnknownOutcome, ErrRetry, ErrBusy, ErrReadOnly, ErrUnavailable, ErrClosed, ErrNestedTx, ErrUnitOver,
	ErrNotFound, ErrAlreadyExists, ErrConflict, ErrReferenced, ErrInvalid, ErrStorage,
	context.DeadlineExceeded, context.Canceled,
}

// familyOf is the sentence of the family of an error, which is empty if it has none.
func familyOf(err error) sentence.Sentence {
	for _, family := range families {
		if errors.Is(err, family) {
			return sentence.Of(family.Error())
		}
	}
	return sentence.Sentence{}
}

// Code returns the stable code of an error, in snake case, for a program that has to tell errors apart: that of the
// first field's problem, else that of the error's own sentence, as those of package sheetimport have one, else that of
// the family, such as "busy"; else "". See [Error.Code].
func Code(err error) string {
	if fields := FieldErrors(err); len(fields) > 0 {
		return fields[0].Code()
	}
	var said saidError
	if errors.As(err, &said) && said.Sentence().Code() != "" {
		return said.Sentence().Code()
	}
	return familyOf(err).Code()
}

// saidError is an error with a sentence of its own, such as a *sentence.Error.
type saidError interface {
	error
	Sentence() sentence.Sentence
}

// Explain says an error in a language, one line for each field that it is about; nothing of nil. What has no field is
// said in its own sentence, as errors of package sheetimport have one, else in the words of its family, without the
// details for operators that Error has.
func Explain(err error, lang language.Tag) string {
	if err == nil {
		return ""
	}
	fields := FieldErrors(err)
	if len(fields) == 0 {
		var said saidError
		if errors.As(err, &said) {
			return said.Sentence().In(lang)
		}
		if family := familyOf(err); !family.IsZero() {
			return family.In(lang)
		}
		return err.Error()
	}
	lines := make([]string, len(fields))
	for n, e := range fields {
		lines[n] = e.In(lang)
	}
	return strings.Join(lines, "\n")
}

// Word is the kind as a word of a sentence.
func (k Kind) Word() sentence.Sentence { return sentence.Of(string(k)) }

func (k Kind) plural() sentence.Sentence { return sentence.Of(string(k) + "s") }
