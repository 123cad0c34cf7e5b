package api

import (
	"strconv"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

// The sentences of this file are in the catalogue of crm/sentence; a test holds them to it.

func noDetail(d detail) error {
	return refusal.Invalid("detail", string(d), sentence.Of("is no level of detail; use full or short"))
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
