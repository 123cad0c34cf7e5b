package wire

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/internal/fieldpath"
	"github.com/getklar/influencercrm/crm/sentence"
)

// strict adds what encoding/json accepts in a document and reads as something else: of a field that stands there twice
// it takes the last value, and in place of half a surrogate pair it puts U+FFFD. The document is valid JSON. No field of a
// record is deeper than maxDepth; what is deeper belongs to a field that does not exist, which is refused for that.
func (p *problems) strict(doc []byte) {
	s := strictReader{p, doc, json.NewDecoder(bytes.NewReader(doc))}
	s.value("", 0)
}

const maxDepth = 32 // of paths, which would grow with the square of a document's depth

type strictReader struct {
	*problems
	doc    []byte
	tokens *json.Decoder
}

// next returns the next token and how it is written.
func (s strictReader) next() (json.Token, []byte) {
	from := s.tokens.InputOffset()
	token, err := s.tokens.Token()
	if err != nil { // only at the end: the document is valid
		return nil, nil
	}
	return token, s.doc[from:s.tokens.InputOffset()]
}

func (s strictReader) value(path string, depth int) {
	switch token, written := s.next(); token {
	case json.Delim('{'), json.Delim('['):
		switch {
		case depth == maxDepth:
			s.skip()
		case token == json.Delim('{'):
			s.object(path, depth+1)
		default:
			for n := 0; s.tokens.More(); n++ {
				s.value(fieldpath.Index(path, n, ""), depth+1)
			}
			s.next()
		}
	default:
		if text, ok := token.(string); ok {
			s.text(path, text, written)
		}
	}
}

// skip reads to the end of the list or object that has begun.
func (s strictReader) skip() {
	for open := 1; open > 0; {
		switch token, _ := s.next(); token {
		case json.Delim('{'), json.Delim('['):
			open++
		case json.Delim('}'), json.Delim(']'), nil:
			open--
		}
	}
}

func (s strictReader) object(path string, depth int) {
	seen := map[string]bool{}
	for s.tokens.More() {
		token, written := s.next()
		name, _ := token.(string)
		at := strings.TrimPrefix(path+"."+crm.Shorten(name), ".")
		s.text(at, name, written)
		if seen[name] {
			s.say(at, "", sentence.Of("stands there twice; leave one of them out"))
		}
		seen[name] = true
		s.value(at, depth)
	}
	s.next()
}

// text adds the problem of a text that holds half of a surrogate pair.
func (s strictReader) text(path, text string, written []byte) {
	if !bytes.Contains(written, []byte(`\u`)) {
		return
	}
	for rest := written; ; {
		at := bytes.IndexByte(rest, '\\')
		if at < 0 {
			return
		}
		first := escapedUnit(rest[at:])
		if first == noUnit {
			rest = rest[at+2:]
			continue
		}
		rest = rest[at+escapeLength:]
		if !utf16.IsSurrogate(first) {
			continue
		}
		if utf16.DecodeRune(first, escapedUnit(rest)) == '\ufffd' {
			s.say(path, text, sentence.Of(`has half of a character, \u%s without its other half; send the whole character`,
				strconv.FormatInt(int64(first), 16)))
			return
		}
		rest = rest[escapeLength:]
	}
}

const (
	escapeLength = len(`\ud83d`)
	noUnit       = rune(-1)
)

// escapedUnit is the unit of UTF-16 that a text begins with as an escape such as \ud83d, and noUnit if it does not.
func escapedUnit(text []byte) rune {
	if len(text) < escapeLength || text[0] != '\\' || text[1] != 'u' {
		return noUnit
	}
	unit, err := strconv.ParseUint(string(text[2:escapeLength]), 16, 16)
	if err != nil {
		return noUnit
	}
	return rune(unit)
}
