package orders

import (
	"bufio"
	"errors"
	"io"

	"github.com/getklar/influencercrm/crm/sentence"
)

// valueReader cuts a file into JSON objects, which stand in an array or one after the other. It holds one at a time, which
// json.Decoder would not bound, and goes on behind one that is wrong inside.
type valueReader struct {
	r     *bufio.Reader
	line  int // of the byte that comes next
	array bool
	some  bool // a value stood before in the array
	count int  // of the values of the array so far
	buf   []byte
}

// next returns an object, which stays as it is until the next call, and the line where it begins.
func (v *valueReader) next() (doc []byte, line int, _ error) {
	if err := v.skipToObject(); err != nil {
		return nil, v.line, err
	}
	line, v.buf = v.line, v.buf[:0]
	length, depth, quoted, escaped := 0, 0, false, false
	for length == 0 || depth > 0 {
		b, err := v.read()
		switch {
		case errors.Is(err, io.EOF):
			return nil, line, badFile(line, sentence.Of("ends in the middle of an order; it was not copied whole"))
		case err != nil:
			return nil, line, broken(v.line, err)
		}
		if length++; length <= MaxOrder {
			v.buf = append(v.buf, b)
		}
		switch {
		case escaped:
			escaped = false
		case quoted && b == '\\':
			escaped = true
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '{' || b == '[':
			depth++
		case b == '}' || b == ']':
			depth--
		}
	}
	if v.some = true; v.array {
		v.count++
	}
	if length > MaxOrder {
		return nil, line, wrong("", "", sentence.Of("is longer than %d bytes; an order is much shorter", MaxOrder)).at(line, "").in(v)
	}
	return v.buf, line, nil
}

// in sets the place of an error in the list that a reader is in.
func (e *Error) in(v *valueReader) *Error {
	e.Element = 0
	if v.array {
		e.Element = v.count
	}
	return e
}

func (v *valueReader) read() (byte, error) {
	b, err := v.r.ReadByte()
	if b == '\n' && err == nil {
		v.line++
	}
	return b, err
}

// skipToObject reads what stands between two orders, and returns io.EOF behind the last one.
func (v *valueReader) skipToObject() error {
	comma := false
	for {
		b, err := v.read()
		switch {
		case errors.Is(err, io.EOF) && !v.array:
			return io.EOF
		case errors.Is(err, io.EOF):
			return badFile(v.line, sentence.Of("the file ends before its list of orders does; it was not copied whole"))
		case err != nil:
			return broken(v.line, err)
		case b == ' ' || b == '\t' || b == '\r' || b == '\n':
		case b == '[' && !v.array:
			v.array, v.some, v.count = true, false, 0
		case b == ']' && v.array && !comma:
			v.array = false
		case b == ',' && v.array && v.some && !comma:
			comma = true
		case b == '{' && (!v.array || !v.some || comma):
			return v.r.UnreadByte()
		default:
			e := badFile(v.line, sentence.Of("stands where an order is expected; write the orders as one list, or one after the other"))
			e.Value = shorten(string(rune(b)))
			return e
		}
	}
}
