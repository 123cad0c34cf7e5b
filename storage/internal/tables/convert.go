package tables

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Values stand in columns in these forms: ids as their 36 characters, dates as 2026-06-01 or empty, times as
// microseconds since 1970, amounts as minor units beside their currency, nested values as JSON. The zero time is a
// number like any other, so that no time needs a NULL.

// IDText is an id's form in a column; the zero id has one too.
func IDText[R any](id crm.ID[R]) string { return id.UUID().String() }

// RefText is a reference's form in a column; the zero id is NULL.
func RefText[R any](id crm.ID[R]) sql.NullString {
	return sql.NullString{String: id.String(), Valid: !id.IsZero()}
}

func micros(t time.Time) int64 { return backend.StoredTime(t).UnixMicro() }

func timeOf(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

// encoder turns the values of a record into columns, and keeps the error of the first that cannot be stored.
type encoder struct {
	ref crm.Ref
	err error
}

func (e *encoder) bad(field, value string, err error) {
	if e.err == nil {
		e.err = &crm.Error{Family: crm.ErrInvalid, Record: e.ref, Field: field, Value: crm.Shorten(value),
			Problem: sentence.Of("cannot be stored: %s", err.Error())}
	}
}

func (e *encoder) date(field string, d budget.Date) string {
	text, err := d.MarshalText()
	if err != nil {
		e.bad(field, d.String(), err)
	}
	return string(text)
}

// nested returns what a function writes.
func nested(write func(*jsonWriter)) string {
	w := jsonWriter{text: make([]byte, 0, 128)}
	write(&w)
	return string(w.text)
}

// json is for values that are seldom written or read; for the others see details.go.
func (e *encoder) json(field string, v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		e.bad(field, "", err)
	}
	return string(text)
}

// decoder turns columns into values, and keeps the first error: the row was not written by this package.
type decoder struct{ err error }

func (d *decoder) bad(column string, err error) {
	if d.err == nil && err != nil {
		d.err = fmt.Errorf("column %s: %w", column, err)
	}
}

func (d *decoder) date(column, text string) budget.Date {
	if text == "" {
		return budget.Date{}
	}
	date, err := budget.ParseDate(text)
	d.bad(column, err)
	return date
}

func (d *decoder) decimal(column, text string) decimal.Decimal {
	n, err := decimal.NewFromString(text)
	d.bad(column, err)
	return n
}

// nested reads a nested value unless the column is empty.
func (d *decoder) nested(column, text string, read func(*jsonReader)) {
	if text == "" {
		return
	}
	r := jsonReader{text: text}
	read(&r)
	r.end()
	d.bad(column, r.err)
}

// json decodes a nested value into an empty one. Many are empty, which is quicker to see than to decode.
func (d *decoder) json(column, text string, into any) {
	if text == "{}" || text == "[]" {
		return
	}
	d.bad(column, json.Unmarshal([]byte(text), into))
}

// decodeID reads an id column; "" is the zero id.
func decodeID[R any](d *decoder, column, text string) crm.ID[R] {
	if text == "" {
		return crm.ID[R]{}
	}
	id, err := uuid.Parse(text)
	d.bad(column, err)
	return crm.ID[R](id)
}
