package postgres_test

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/jackc/pgx/v5/pgtype"
)

// message is one of the protocol of PostgreSQL, with its bytes as they came.
type message struct {
	kind  byte // 0 of one that starts a connection
	bytes []byte
	body  []byte
}

// readMessage reads one message; the first one of a client has no kind.
func readMessage(r *bufio.Reader, kinds bool) (m message, err error) {
	size := 4
	if kinds {
		size = 5
	}
	head := make([]byte, size)
	if _, err := io.ReadFull(r, head); err != nil {
		return m, err
	}
	if kinds {
		m.kind = head[0]
	}
	length := int(binary.BigEndian.Uint32(head[size-4:])) - 4
	if length < 0 || length > 1<<30 {
		return m, fmt.Errorf("a message of %d bytes", length)
	}
	m.bytes = make([]byte, size+length)
	copy(m.bytes, head)
	m.body = m.bytes[size:]
	_, err = io.ReadFull(r, m.body)
	return m, err
}

// call is what a client has asked for and has had no answer to.
type call struct {
	kind   byte   // of its message
	text   string // of the statement that it runs
	rows   int    // in the arrays of a statement for many rows
	hidden bool   // the client has not asked, and gets no answer
	fails  bool   // its answer becomes an error
}

func (c call) isCommit() bool {
	return (c.kind == 'E' || c.kind == 'Q') && strings.EqualFold(strings.Trim(c.text, " ;\n"), "commit")
}

// isPing reports whether the pool asks if a connection lives, as it does before it lends one that was idle for a second.
func (c call) isPing() bool { return c.kind == 'Q' && c.text == "-- ping" }

// wire is what goes on between a client and a server: which statement an answer belongs to.
type wire struct {
	citus bool

	mu         sync.Mutex
	deaf       bool // the client hears no more
	skipping   bool // after an error that the server knows nothing of, until it is ready again
	statements map[string]string
	portals    map[string]call
	open       []call
}

// asked notes what a client asks for.
func (w *wire) asked(m message) call {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := call{kind: m.kind}
	switch m.kind {
	case 'P':
		var parse pgproto3.Parse
		must(parse.Decode(m.body))
		w.statements[parse.Name] = parse.Query
	case 'B':
		var bind pgproto3.Bind
		must(bind.Decode(m.body))
		w.portals[bind.DestinationPortal] = call{text: w.statements[bind.PreparedStatement], rows: elements(bind)}
	case 'E':
		var execute pgproto3.Execute
		must(execute.Decode(m.body))
		c = w.portals[execute.Portal]
		c.kind = m.kind
	case 'Q':
		var query pgproto3.Query
		must(query.Decode(m.body))
		c.text = query.String
	case 'D', 'C', 'S':
	default:
		return c // has no answer of its own
	}
	w.open = append(w.open, c)
	return c
}

// elements is how many elements the first parameter of a statement has if it is an array.
func elements(bind pgproto3.Bind) int {
	if len(bind.Parameters) == 0 {
		return 0
	}
	first, codes := bind.Parameters[0], bind.ParameterFormatCodes
	if len(codes) == 0 || codes[0] == pgtype.TextFormatCode {
		var all []*string
		if pgtype.NewMap().Scan(pgtype.TextArrayOID, pgtype.TextFormatCode, first, &all) != nil {
			return 0
		}
		return len(all)
	}
	if len(first) < 16 { // how many dimensions, whether there are NULLs, the type, the length of the first dimension
		return 0
	}
	return int(binary.BigEndian.Uint32(first[12:]))
}

// meets is what follows for the answers from the fate of a COMMIT.
func (w *wire) meets(f fate) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch f {
	case passes:
	case failsDone, failsUndone:
		w.open[len(w.open)-1].fails = true
	default:
		w.deaf = true
	}
}

// outgoing is what the server gets of a message.
func (w *wire) outgoing(m message, c call, f fate) []message {
	if f != failsUndone {
		return []message{m}
	}
	if c.kind == 'Q' {
		return []message{encoded(&pgproto3.Query{String: "rollback"})}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	last := len(w.open) - 1
	w.open = append(w.open[:last], call{kind: 'P', hidden: true}, call{kind: 'B', hidden: true}, w.open[last])
	const name = "instead"
	return []message{
		encoded(&pgproto3.Parse{Name: name, Query: "rollback"}),
		encoded(&pgproto3.Bind{DestinationPortal: name, PreparedStatement: name}),
		encoded(&pgproto3.Execute{Portal: name}),
	}
}

// answer passes on what the server answers.
func (w *wire) answer(from *bufio.Reader, to *bufio.Writer) {
	for {
		m, err := readMessage(from, true)
		if err != nil {
			return
		}
		m, passes := w.answered(m)
		if passes {
			if _, err := to.Write(m.bytes); err != nil {
				return
			}
		}
		if from.Buffered() == 0 {
			if err := to.Flush(); err != nil {
				return
			}
		}
	}
}

// answered finds the call that an answer is for, and reports what the client gets, if anything.
func (w *wire) answered(m message) (_ message, passes bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var c call
	if len(w.open) > 0 {
		c = w.open[0]
	}
	skipped := w.skipping
	ends := false
	switch m.kind {
	case '1':
		ends = c.kind == 'P'
	case '2':
		ends = c.kind == 'B'
	case '3':
		ends = c.kind == 'C'
	case 'n', 'T':
		ends = c.kind == 'D'
	case 'C', 'I', 's':
		ends = c.kind == 'E'
	case 'Z':
		ends = c.kind == 'S' || c.kind == 'Q'
		w.skipping = false
	case 'E':
		for len(w.open) > 0 && w.open[0].kind != 'S' && w.open[0].kind != 'Q' {
			w.open = w.open[1:]
		}
	}
	if ends {
		w.open = w.open[1:]
	}
	switch {
	case skipped && m.kind != 'Z' || w.deaf || c.hidden:
		return m, false
	case c.fails && m.kind == 'C':
		w.skipping = true
		return commitFailed, true
	case w.citus && m.kind == 'C':
		return tagOf(c, m), true
	case w.citus && m.kind == 'E':
		return errorOf(c, m), true
	}
	return m, true
}

// commitFailed is how Citus answers a COMMIT when a node is lost meanwhile, whether the node has committed or not.
var commitFailed = encoded(&pgproto3.ErrorResponse{Severity: "ERROR", SeverityUnlocalized: "ERROR", Code: "XX000",
	Message: "could not commit transaction for shard 102168 on at least one active node"})

// tagOf is the end of a statement as Citus has it: it counts of an INSERT … SELECT the rows selected, which are the
// elements of its arrays. That of one with RETURNING is counted so too, so that nobody relies on it.
func tagOf(c call, m message) message {
	if !strings.HasPrefix(c.text, "INSERT ") || !strings.Contains(c.text, ") SELECT ") {
		return m
	}
	return encoded(&pgproto3.CommandComplete{CommandTag: fmt.Appendf(nil, "INSERT 0 %d", c.rows)})
}

var ourNames = regexp.MustCompile(`\bcrm_[a-z0-9_]+\b`)

// errorOf is an error as Citus has it: that of a shard, whose names end in its number, without the fields for names.
// Where Citus copies rows to the shards even its code is lost.
func errorOf(c call, m message) message {
	var failure pgproto3.ErrorResponse
	must(failure.Decode(m.body))
	failure.SchemaName, failure.TableName, failure.ColumnName, failure.ConstraintName = "", "", "", ""
	failure.Message = ourNames.ReplaceAllString(failure.Message, "${0}_102168")
	failure.Detail = ourNames.ReplaceAllString(failure.Detail, "${0}_102168")
	verb, _, _ := strings.Cut(strings.ToUpper(c.text), " ")
	selects := verb == "INSERT" && strings.Contains(c.text, ") SELECT ")
	if verb == "COPY" || selects && !strings.Contains(c.text, " RETURNING ") && !strings.Contains(c.text, " ON CONFLICT ") {
		failure.Code = "XX000"
	}
	return encoded(&failure)
}

type encoder interface {
	Encode(to []byte) ([]byte, error)
}

func encoded(e encoder) message {
	bytes, err := e.Encode(nil)
	must(err)
	return message{kind: bytes[0], bytes: bytes, body: bytes[5:]}
}

// must ends the test's process: the proxy cannot read what pgx and the server have sent.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
