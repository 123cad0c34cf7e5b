package orderfile

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution/orders"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

// The sentences of this file are in the catalogue of crm/sentence; a test holds them to it.

// orderError is the error of package orders as one that names a field.
func orderError(e *orders.Error) error {
	problem := e.Problem
	if place := e.Place(); !place.IsZero() {
		problem = sentence.Of("%s: %s", place, problem)
	}
	return refusal.Invalid(e.Field, e.Value, problem)
}

// BodyError is the error of a body that cannot be read as orders at all. What a connection says stays here.
func BodyError(ctx context.Context, err error) error {
	if _, tooLong := errors.AsType[*http.MaxBytesError](err); tooLong {
		return err
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return imports.LateUpload()
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	e, ok := errors.AsType[*orders.Error](err)
	switch {
	case !ok && !errors.Is(err, io.ErrUnexpectedEOF):
		return err
	case !ok || e.Err != nil:
		return refusal.Invalid("", "", sentence.Of("the body of the request did not arrive whole; send it again"))
	}
	return orderError(e)
}

func tooMany() error {
	return refusal.Invalid("orders", "",
		sentence.Of("at most %d orders and refunds are taken at once; send the others in another request", MaxOrders))
}

func notOne() error {
	return refusal.Invalid("", "", sentence.Of("is not one order; send one object in JSON"))
}

func noAxis(axis string) error { return refusal.Invalid("totals", axis, sentence.Of("unknown axis")) }

func noZone(zone string) error {
	return refusal.Invalid("zone", zone, sentence.Of("is no time zone; use a name of the IANA database, like Europe/Berlin"))
}

func noCurrency(code string) error {
	return refusal.Invalid("currency", code, sentence.Of("is not a currency; write a code of three letters, like EUR"))
}

// Failure is an order that could not be read or decided.
type Failure struct {
	Line    int    `json:"line,omitzero"`    // of the body, where it begins
	Element int    `json:"element,omitzero"` // of a list in JSON, from 1
	Order   string `json:"order,omitzero"`   // its id, if that could be read
	Field   string `json:"field,omitzero"`
	Value   string `json:"value,omitzero"` // shortened
	Code    string `json:"code"`           // of the problem, for a program
	Problem string `json:"problem"`        // in the language of the request
}

// FailureOf is the error of an order, whose id is given as far as it is known.
func FailureOf(id string, err error, lang language.Tag) Failure {
	if e, ok := errors.AsType[*orders.Error](err); ok {
		return Failure{e.Line, e.Element, e.Order, e.Field, e.Value, e.Code(), e.Problem.In(lang)}
	}
	f := Failure{Order: crm.Shorten(id), Code: crm.Code(err), Problem: crm.Explain(err, lang)}
	if fields := crm.FieldErrors(err); len(fields) > 0 {
		f.Field, f.Value, f.Problem = fields[0].Field, fields[0].Value, fields[0].Problem.In(lang)
	}
	return f
}
