package transfer

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"strconv"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// file reads what Export has written. It keeps one line in memory, and the plan of one import run.
type file struct {
	lines  *bufio.Scanner
	number int // of the present line
	header header

	workspace crm.Workspace
	last      place
	lastSeen  crm.Change
	counts    [numParts]int
	hash      hash.Hash
	ended     bool
}

// openFile reads the header and the workspace.
func openFile(r io.Reader) (*file, error) {
	in := &input{Reader: r}
	f := &file{lines: bufio.NewScanner(in), hash: sha256.New()}
	f.lines.Buffer(make([]byte, 0, 1<<16), MaxLine+1)
	f.lines.Split(in.split)
	text, err := f.next()
	if err != nil {
		return nil, err
	}
	if err := f.readHeader(text); err != nil {
		return nil, err
	}
	first, err := f.entry()
	if err != nil {
		return nil, err
	}
	w, ok := first.value.(crm.Workspace)
	switch {
	case !ok:
		return nil, f.bad("the second line of a file is its workspace")
	case w.ID != f.header.Workspace:
		return nil, f.bad("the workspace is %s, that of the first line %s", w.ID, f.header.Workspace)
	case Unfinished(w):
		return nil, f.bad("the workspace is an unfinished copy, which is never exported")
	}
	f.workspace = w
	return f, nil
}

// input notes a failed read, so that what came before it is not taken for the last line of a file that was cut off.
type input struct {
	io.Reader
	failed bool
}

func (in *input) Read(p []byte) (int, error) {
	n, err := in.Reader.Read(p)
	in.failed = err != nil && !errors.Is(err, io.EOF)
	return n, err
}

func (in *input) split(data []byte, atEOF bool) (int, []byte, error) {
	return bufio.ScanLines(data, atEOF && !in.failed)
}

// damaged is an error of a file's contents, and not of reading it or of a store.
type damaged struct{ err *crm.Error }

func (d damaged) Error() string { return d.err.Error() }
func (d damaged) Unwrap() error { return d.err }

// bad is the error for the present line.
func (f *file) bad(problem string, args ...any) error {
	return damaged{&crm.Error{Family: crm.ErrInvalid, Field: "line", Value: strconv.Itoa(max(f.number, 1)),
		Problem: sentence.Of(problem, args...)}}
}

// next reads a line. The end of the file is an error here: the trailer comes first.
func (f *file) next() ([]byte, error) {
	if f.lines.Scan() {
		f.number++
		return f.lines.Bytes(), nil
	}
	switch err := f.lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		f.number++
		return nil, f.bad("is longer than the %d bytes that a line of a file may have", MaxLine)
	case err != nil:
		return nil, fmt.Errorf("reading the file after line %d: %w", f.number, err)
	case f.number == 0:
		return nil, f.bad("the file is empty; it should be what Export has written")
	}
	return nil, f.bad("the file ends here without its last line: it was cut off; get the whole file")
}

func (f *file) readHeader(text []byte) error {
	if bytes.HasPrefix(text, []byte{0x1f, 0x8b}) {
		return f.bad("the file is compressed by gzip; read it through compress/gzip")
	}
	var version struct {
		Format int `json:"influencercrm_workspace"`
	}
	err := json.Unmarshal(text, &version)
	switch {
	case err != nil || version.Format < 1:
		return f.bad(`is not the first line of an exported workspace, which begins with {"influencercrm_workspace":%d`, format)
	case version.Format > format:
		return f.bad("the file is of format %d, which a newer version of this library has written; this one reads up to format %d",
			version.Format, format)
	}
	if err := strictly(text, &f.header); err != nil {
		return f.bad("cannot be read: %s", sentence.OfError(err))
	}
	if f.header.Head.Workspace != f.header.Workspace {
		return f.bad("is of the workspace %s, its log of %s", f.header.Workspace, f.header.Head.Workspace)
	}
	return nil
}

// strictly decodes the one JSON value of a text, which has no fields that v lacks.
func strictly(text []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return sentence.Errorf("it is not whole; the file is damaged or was cut off")
		}
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return sentence.Errorf("something follows the JSON")
	}
	return nil
}

// line reads a line and decodes it.
func (f *file) line() (l line, text []byte, err error) {
	if text, err = f.next(); err != nil {
		return l, nil, err
	}
	if err := strictly(text, &l); err != nil {
		return l, nil, f.bad("cannot be read: %s", sentence.OfError(err))
	}
	if n := l.fields(); n != 1 {
		return l, nil, f.bad("has %d of the fields of a line instead of one", n)
	}
	return l, text, nil
}

// entry reads the next entry, or io.EOF after the trailer.
func (f *file) entry() (entry, error) {
	if f.ended {
		return entry{}, io.EOF
	}
	l, text, err := f.line()
	switch {
	case err != nil:
		return entry{}, err
	case l.End != nil:
		return entry{}, f.end(*l.End)
	}
	f.add(text)
	e, ok := l.entry()
	if !ok {
		return entry{}, f.bad("a part of a plan follows no import run that misses one")
	}
	if err := f.check(e); err != nil {
		return entry{}, err
	}
	f.counts[e.part]++
	f.last = e.place()
	switch v := e.value.(type) {
	case crm.ImportRun:
		if v.Plan != nil {
			return entry{}, f.bad("the plan of an import run stands on lines of its own")
		}
		v.Plan, err = f.plan(l.ImportRun.PlanLength)
		return entry{e.part, v}, err
	case crm.Change:
		f.lastSeen = v
	}
	return e, nil
}

func (f *file) add(text []byte) {
	f.hash.Write(text)
	f.hash.Write([]byte{'\n'})
}

// check compares an entry with the one before: they stand in order, each once, and the log has no gap.
func (f *file) check(e entry) error {
	at := e.place()
	switch {
	case e.part == workspacePart && f.counts[workspacePart] > 0:
		return f.bad("is a second workspace; a file has one")
	case e.part != changePart && at.id == uuid.Nil:
		return f.bad("has no id")
	case e.part < f.last.part:
		return f.bad("is of kind %s and comes after one of kind %s; lines must stand as they were written",
			partKeys[e.part], partKeys[f.last.part])
	case e.part == changePart && at.seq != crm.Seq(f.counts[changePart]+1):
		return f.bad("is change %d of the log where change %d was expected; a line is missing or too many",
			at.seq, f.counts[changePart]+1)
	case e.part == f.last.part && at.compare(f.last) <= 0 && f.counts[e.part] > 0:
		return f.bad("has an id that does not come after the one before; lines must stand as they were written, each once")
	}
	return nil
}

// plan reads the plan of an import run from the lines after it.
func (f *file) plan(length int) (json.RawMessage, error) {
	if length < 0 || length > maxPlan {
		return nil, f.bad("a plan of %d bytes is too long; it has at most %d", length, maxPlan)
	}
	var plan json.RawMessage
	for len(plan) < length {
		l, text, err := f.line()
		if err != nil {
			return nil, err
		}
		f.add(text)
		var some []byte
		switch {
		case l.Plan != nil:
			some = []byte(*l.Plan)
		case l.PlanBytes != nil:
			some = *l.PlanBytes
		}
		if len(some) == 0 || len(plan)+len(some) > length {
			return nil, f.bad("the plan of the import run before has %d bytes, of which %d are there; its lines are missing or damaged",
				length, len(plan))
		}
		plan = append(plan, some...)
	}
	return plan, nil
}

// end checks the trailer, after which nothing follows.
func (f *file) end(want trailer) error {
	f.ended = true
	d := digest{counts: f.counts}
	counts := d.total()
	switch sum := hex.EncodeToString(f.hash.Sum(nil)); {
	case want.Counts != f.header.Counts || counts != want.Counts:
		return f.bad("the file has %+v, its first line says %+v and its last %+v; lines are missing or too many",
			counts, f.header.Counts, want.Counts)
	case want.SHA256 != sum:
		return f.bad("the SHA-256 of the lines is %s, this line says %s: one of them is damaged; take another copy of the file",
			sum, crm.Shorten(want.SHA256))
	case !sameHead(f.header.Head, f.endOfLog()):
		return f.bad("the log ends with change %d, the first line says %d, or with another unit or time", f.lastSeen.Seq, f.header.Head.Seq)
	}
	for f.lines.Scan() {
		f.number++
		if len(bytes.TrimSpace(f.lines.Bytes())) > 0 {
			return f.bad("something follows the end of the workspace; a file has one workspace")
		}
	}
	if err := f.lines.Err(); err != nil {
		return fmt.Errorf("reading the file after line %d: %w", f.number, err)
	}
	return io.EOF
}

func (f *file) endOfLog() crm.Head {
	return crm.Head{Workspace: f.header.Workspace, Seq: f.lastSeen.Seq, At: f.lastSeen.At, Unit: f.lastSeen.Unit}
}

const filePage = 100 // entries

// walk is the file as a source.
func (f *file) walk(ctx context.Context, fn func([]entry) error) error {
	var page []entry
	size := 0
	for {
		e, err := f.entry()
		if errors.Is(err, io.EOF) {
			return fn(page)
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		page = append(page, e)
		switch v := e.value.(type) {
		case crm.Picture:
			size += len(v.Data)
		case crm.ImportRun:
			size += len(v.Plan)
		}
		if len(page) < filePage && size < 1<<20 {
			continue
		}
		if err := fn(page); err != nil {
			return err
		}
		page, size = nil, 0
	}
}
