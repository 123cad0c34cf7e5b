package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"

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

// bodyError is the error of a body that cannot be read as orders at all. What a connection says stays here.
func bodyError(ctx context.Context, err error) error {
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

func tooManyOrders() error {
	return refusal.Invalid("orders", "",
		sentence.Of("at most %d orders and refunds are taken at once; send the others in another request", maxOrders))
}

func notOneOrder() error {
	return refusal.Invalid("", "", sentence.Of("is not one order; send one object in JSON"))
}

func noDetail(d detail) error {
	return refusal.Invalid("detail", string(d), sentence.Of("is no level of detail; use full or short"))
}

func noAxis(axis string) error { return refusal.Invalid("totals", axis, sentence.Of("unknown axis")) }

func noZone(zone string) error {
	return refusal.Invalid("zone", zone, sentence.Of("is no time zone; use a name of the IANA database, like Europe/Berlin"))
}

func noCurrency(code string) error {
	return refusal.Invalid("currency", code, sentence.Of("is not a currency; write a code of three letters, like EUR"))
}

func beforeAll(at time.Time) error {
	return refusal.Invalid("at", at.Format(time.RFC3339), sentence.Of("is before the first change of the workspace; use a later time"))
}

func withoutID(field string) error {
	return refusal.Invalid(field, "",
		sentence.Of("a record that is not saved yet needs an id as well, by which the answer names it; give it any UUID"))
}

func twice(field string, record crm.Ref, before string) error {
	return refusal.Invalid(field, record.IDString(), sentence.Of("is that of %s as well; name each record once", before))
}

func missing(field string) error {
	return refusal.Invalid(field, "", sentence.Of("is missing; say which one"))
}

func outOfRange(field string, value, most int) error {
	return refusal.Invalid(field, strconv.Itoa(value), sentence.Of("must be between 1 and %d", most))
}

func noPicture(f qrFormat) error {
	return refusal.Invalid("format", string(f), sentence.Of("is no format of a QR code; use png or svg"))
}

// failure is an order that could not be read or decided.
type failure struct {
	Line    int    `json:"line,omitzero"`    // of the body, where it begins
	Element int    `json:"element,omitzero"` // of a list in JSON, from 1
	Order   string `json:"order,omitzero"`   // its id, if that could be read
	Field   string `json:"field,omitzero"`
	Value   string `json:"value,omitzero"` // shortened
	Code    string `json:"code"`           // of the problem, for a program
	Problem string `json:"problem"`        // in the language of the request
}

func failureOf(id string, err error, lang language.Tag) failure {
	if e, ok := errors.AsType[*orders.Error](err); ok {
		return failure{e.Line, e.Element, e.Order, e.Field, e.Value, e.Code(), e.Problem.In(lang)}
	}
	f := failure{Order: crm.Shorten(id), Code: crm.Code(err), Problem: crm.Explain(err, lang)}
	if fields := crm.FieldErrors(err); len(fields) > 0 {
		f.Field, f.Value, f.Problem = fields[0].Field, fields[0].Value, fields[0].Problem.In(lang)
	}
	return f
}
