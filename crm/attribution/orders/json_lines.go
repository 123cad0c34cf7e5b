package orders

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/utm"
)

// lineReader reads lines of at most MaxOrder bytes.
type lineReader struct {
	r    *bufio.Reader
	line int // of the line that comes next
	buf  []byte
}

// next returns a line that is not blank, and its number. It stays as it is until the next call. A line that is too long is
// passed over.
func (l *lineReader) next() (text []byte, line int, _ error) {
	for {
		l.buf = l.buf[:0]
		length := 0
		var err error
		for more := true; more; {
			var part []byte
			part, err = l.r.ReadSlice('\n')
			if length += len(part); length <= MaxOrder {
				l.buf = append(l.buf, part...)
			}
			more = errors.Is(err, bufio.ErrBufferFull)
		}
		line = l.line
		l.line++
		text = bytes.TrimSpace(l.buf)
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			return nil, line, broken(line, err)
		case length > MaxOrder:
			return nil, line, wrong("", "", sentence.Of("is longer than %d bytes; an order is much shorter", MaxOrder)).at(line, "")
		case len(text) > 0:
			return text, line, nil
		case err != nil:
			return nil, line, io.EOF
		}
	}
}

// jsonOrders reads attribution.Orders in JSON, of which documents has one after the other.
type jsonOrders struct {
	documents interface {
		// next returns a document, which stays as it is until the next call, and the line where it begins.
		next() (doc []byte, line int, _ error)
	}
	options *Options
}

func (j *jsonOrders) next() ([]attribution.Order, error) {
	text, line, err := j.documents.next()
	if err != nil {
		return nil, err
	}
	var o attribution.Order
	if bad := j.order(text, &o); bad != nil {
		if bad = bad.at(line, o.ID); errors.Is(bad.Family, ErrOrder) {
			if list, ok := j.documents.(*valueReader); ok {
				bad = bad.in(list)
			}
		}
		return nil, bad
	}
	return []attribution.Order{o}, nil
}

// The fields of an order and of its parts, in the order in which they are read.
var (
	orderFields      = []string{"id", "at", "codes", "touchpoints", "amount", "cancelled", "refund_of"}
	touchpointFields = []string{"at", "utm"}
	moneyFields      = []string{"amount", "currency"}
	utmFields        = func() (names []string) {
		for _, f := range utm.Fields() {
			names = append(names, f.String())
		}
		return names
	}()
)

// order reads an order. The fields are those of attribution.Order; a test holds them to it.
func (j *jsonOrders) order(text []byte, o *attribution.Order) *Error {
	if bad := checkJSON(text); bad != nil {
		return bad
	}
	fields, bad := object("", text, orderFields)
	if bad != nil {
		return bad
	}
	if bad = value("id", fields[0], &o.ID); bad != nil {
		return bad
	}
	if _, bad = orderID("id", o.ID); bad != nil {
		return bad
	}
	if bad = timeOf("at", fields[1], &o.At); bad != nil {
		return bad
	}
	if bad = j.codes(fields[2], o); bad != nil {
		return bad
	}
	if bad = j.touchpoints(fields[3], o); bad != nil {
		return bad
	}
	if bad = moneyOf("amount", fields[4], &o.Amount); bad != nil {
		return bad
	}
	if bad = value("cancelled", fields[5], &o.Cancelled); bad != nil {
		return bad
	}
	if bad = value("refund_of", fields[6], &o.RefundOf); bad != nil {
		return bad
	}
	switch {
	case o.At.IsZero():
		return wrong("at", "", sentence.Of("the time of the order is missing; write it like 2026-06-01T10:00:00+02:00"))
	case o.RefundOf != "" && o.Amount.Sign() <= 0:
		return wrong("amount", o.Amount.Amount(), sentence.Of("is not above zero, as what a refund takes back must be"))
	}
	return notBelowZero("amount", o.Amount.Amount(), o.Amount)
}

func (j *jsonOrders) codes(doc json.RawMessage, o *attribution.Order) *Error {
	var typed []string
	if bad := value("codes", doc, &typed); bad != nil {
		return bad
	}
	found := newCodes(j.options)
	for n, code := range typed {
		if bad := found.addOne(itemPath("codes", n, ""), code); bad != nil {
			return bad
		}
	}
	o.Codes = found.all
	return nil
}

func (j *jsonOrders) touchpoints(doc json.RawMessage, o *attribution.Order) *Error {
	var visits []json.RawMessage
	if bad := value("touchpoints", doc, &visits); bad != nil {
		return bad
	}
	if len(visits) > MaxTouches {
		return wrong("touchpoints", "", sentence.Of("has %d touchpoints; at most %d are read", len(visits), MaxTouches))
	}
	for n, visit := range visits {
		var t attribution.Touchpoint
		fields, bad := object(itemPath("touchpoints", n, ""), visit, touchpointFields)
		if bad != nil {
			return bad
		}
		if bad = timeOf(itemPath("touchpoints", n, "at"), fields[0], &t.At); bad != nil {
			return bad
		}
		if bad = utmOf(itemPath("touchpoints", n, "utm"), fields[1], &t.UTM); bad != nil {
			return bad
		}
		o.Touchpoints = append(o.Touchpoints, t)
	}
	return nil
}

func utmOf(path string, doc json.RawMessage, p *utm.Params) *Error {
	if isNull(doc) {
		return nil
	}
	fields, bad := object(path, doc, utmFields)
	if bad != nil {
		return bad
	}
	for n, f := range utm.Fields() {
		if isNull(fields[n]) {
			continue
		}
		var v string
		if bad := value(path+"."+utmFields[n], fields[n], &v); bad != nil {
			return bad
		}
		*p = p.With(f, utm.Of(v))
	}
	return nil
}

func timeOf(path string, doc json.RawMessage, at *time.Time) *Error {
	var text string
	if bad := value(path, doc, &text); bad != nil || text == "" {
		return bad
	}
	read, err := time.Parse(time.RFC3339Nano, text)
	if err != nil || !inTime(read) {
		return wrong(path, text, sentence.Of("is not a time; write it like 2026-06-01T10:00:00+02:00"))
	}
	*at = read
	return nil
}

func moneyOf(path string, doc json.RawMessage, m *budget.Money) *Error {
	if isNull(doc) {
		return nil
	}
	fields, bad := object(path, doc, moneyFields)
	if bad != nil {
		return bad
	}
	var number, code string
	if bad = value(path+".amount", fields[0], &number); bad != nil {
		return bad
	}
	if bad = value(path+".currency", fields[1], &code); bad != nil {
		return bad
	}
	c, bad := (&Options{}).currency(path+".currency", code)
	if bad != nil {
		return bad
	}
	read, err := budget.ParseMoney(number, c)
	if errors.Is(err, budget.ErrPrecision) {
		return wrong(path+".amount", number, sentence.Of("has more decimals than %s, which has %d", string(c), c.Digits()))
	}
	if err != nil {
		_, bad = parseAmount(path+".amount", number, number, c)
		return bad
	}
	*m = read
	return nil
}
