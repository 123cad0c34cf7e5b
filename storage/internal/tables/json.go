package tables

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// jsonWriter writes JSON by hand: encoding/json takes several times as long, mostly to find out about types.
type jsonWriter struct{ text []byte }

func (w *jsonWriter) open(bracket byte)  { w.text = append(w.text, bracket) }
func (w *jsonWriter) close(bracket byte) { w.text = append(w.text, bracket) }

// next begins an item of an array or, with a name, a field of an object. The value must follow.
func (w *jsonWriter) next() {
	if last := w.text[len(w.text)-1]; last != '{' && last != '[' {
		w.text = append(w.text, ',')
	}
}

func (w *jsonWriter) field(name string) {
	w.next()
	w.string(name)
	w.text = append(w.text, ':')
}

// string writes a text. What needs to be escaped is left to encoding/json, which also replaces what is no UTF-8.
func (w *jsonWriter) string(s string) {
	if needsEscape(s) {
		escaped, _ := json.Marshal(s) // no text fails
		w.text = append(w.text, escaped...)
		return
	}
	w.text = append(w.text, '"')
	w.text = append(w.text, s...)
	w.text = append(w.text, '"')
}

func needsEscape(s string) bool {
	ascii := true
	for i := range len(s) {
		if s[i] < ' ' || s[i] == '"' || s[i] == '\\' {
			return true
		}
		ascii = ascii && s[i] < utf8.RuneSelf
	}
	return !ascii && !utf8.ValidString(s)
}

// optional writes a field with a text unless that is empty.
func (w *jsonWriter) optional(name, s string) {
	if s != "" {
		w.field(name)
		w.string(s)
	}
}

func (w *jsonWriter) int(n int64) { w.text = strconv.AppendInt(w.text, n, 10) }

// texts writes a map in the order of its keys, so that equal records are equal rows.
func (w *jsonWriter) texts(values map[string]string) {
	w.open('{')
	for _, name := range slices.Sorted(maps.Keys(values)) {
		w.field(name)
		w.string(values[name])
	}
	w.close('}')
}

// jsonReader reads JSON whose shape is known, in one pass and without reflection. Texts that it returns are parts of
// what it reads. After the first error it reads nothing more.
type jsonReader struct {
	text string
	at   int
	err  error
}

// object calls field with the name of each field, whose value it must read.
func (r *jsonReader) object(field func(name string)) {
	r.expect('{')
	for first := true; r.more('}', first); first = false {
		name := r.string()
		r.expect(':')
		field(name)
	}
}

// array calls item for each item, which it must read.
func (r *jsonReader) array(item func()) {
	r.expect('[')
	for first := true; r.more(']', first); first = false {
		item()
	}
}

// more reports whether another item follows, and reads the comma before it or the bracket in its place.
func (r *jsonReader) more(bracket byte, first bool) bool {
	switch {
	case r.peek() == bracket:
		r.at++
		return false
	case !first:
		r.expect(',')
	}
	return r.err == nil
}

// string reads a text.
func (r *jsonReader) string() string {
	r.expect('"')
	if r.err != nil {
		return ""
	}
	rest := r.text[r.at:]
	end := strings.IndexByte(rest, '"')
	if end >= 0 && strings.IndexByte(rest[:end], '\\') < 0 {
		r.at += end + 1
		return rest[:end]
	}
	return r.escaped()
}

// escaped reads a text with escapes, after its first quote.
func (r *jsonReader) escaped() (s string) {
	start := r.at - 1
	for ; r.at < len(r.text) && r.text[r.at] != '"'; r.at++ {
		if r.text[r.at] == '\\' {
			r.at++
		}
	}
	r.expect('"')
	if r.err == nil {
		r.bad(json.Unmarshal([]byte(r.text[start:r.at]), &s))
	}
	return s
}

// int reads a whole number.
func (r *jsonReader) int() int64 {
	r.peek()
	start := r.at
	for r.at < len(r.text) && (r.text[r.at] == '-' || '0' <= r.text[r.at] && r.text[r.at] <= '9') {
		r.at++
	}
	n, err := strconv.ParseInt(r.text[start:r.at], 10, 64)
	r.bad(err)
	return n
}

// bool reads true or false.
func (r *jsonReader) bool() bool {
	r.peek()
	for _, value := range []bool{true, false} {
		if rest, found := strings.CutPrefix(r.text[r.at:], strconv.FormatBool(value)); found {
			r.at = len(r.text) - len(rest)
			return value
		}
	}
	r.bad(fmt.Errorf("neither true nor false at byte %d of the JSON text", r.at))
	return false
}

// skip reads a value of any kind.
func (r *jsonReader) skip() {
	switch r.peek() {
	case '{':
		r.object(func(string) { r.skip() })
	case '[':
		r.array(r.skip)
	case '"':
		r.string()
	default:
		r.int()
	}
}

// texts reads a map. It is not nil.
func (r *jsonReader) texts() map[string]string {
	values := map[string]string{}
	r.object(func(name string) { values[name] = r.string() })
	return values
}

func (r *jsonReader) date() (d budget.Date) {
	if text := r.string(); text != "" {
		var err error
		d, err = budget.ParseDate(text)
		r.bad(err)
	}
	return d
}

// readID reads an id; "" is the zero id.
func readID[R any](r *jsonReader) (id crm.ID[R]) {
	if text := r.string(); text != "" {
		parsed, err := uuid.Parse(text)
		r.bad(err)
		id = crm.ID[R](parsed)
	}
	return id
}

// peek returns the next byte that is no blank, 0 at the end or after an error.
func (r *jsonReader) peek() byte {
	for r.at < len(r.text) && r.err == nil {
		switch c := r.text[r.at]; c {
		case ' ', '\t', '\r', '\n':
			r.at++
		default:
			return c
		}
	}
	return 0
}

func (r *jsonReader) expect(c byte) {
	if r.peek() == c {
		r.at++
		return
	}
	r.bad(fmt.Errorf("no %q at byte %d of the JSON text", c, r.at))
}

// unknown refuses a field: dropping it would lose it with the next write.
func (r *jsonReader) unknown(field string) {
	r.bad(fmt.Errorf("unknown field %q in the JSON text", field))
}

// end refuses anything that follows.
func (r *jsonReader) end() {
	if r.peek(); r.at < len(r.text) {
		r.bad(fmt.Errorf("more than one value in the JSON text, at byte %d", r.at))
	}
}

func (r *jsonReader) bad(err error) {
	if r.err == nil {
		r.err = err
	}
}
