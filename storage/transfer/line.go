package transfer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

const (
	// format is the version of the files that this package writes, and the newest that it reads.
	format = 1
	// MaxLine is the length of the longest line in a file, in bytes. Export writes none that is longer.
	MaxLine = 64 << 20
	// maxPlan is that of crm.ImportRun.Plan; planLine is how much of it stands on one line.
	maxPlan  = 256 << 20
	planLine = 1 << 20
)

// header is the first line of a file.
type header struct {
	Format    int             `json:"influencercrm_workspace"`
	Workspace crm.WorkspaceID `json:"workspace"`
	Head      crm.Head        `json:"head"`
	Counts    Counts          `json:"counts"`
}

// trailer is the last line of a file.
type trailer struct {
	Counts Counts `json:"counts"`
	SHA256 string `json:"sha256"` // of the lines between
}

// line is any other line, with one of its fields.
type line struct {
	Workspace   *crm.Workspace   `json:"workspace"`
	Member      *crm.Member      `json:"member"`
	Campaign    *crm.Campaign    `json:"campaign"`
	Influencer  *crm.Influencer  `json:"influencer"`
	Cooperation *crm.Cooperation `json:"cooperation"`
	ImportRun   *importRunLine   `json:"import_run"`
	Plan        *string          `json:"plan"`
	PlanBytes   *[]byte          `json:"plan_base64"`
	Picture     *crm.Picture     `json:"picture"`
	Change      *changeLine      `json:"change"`
	End         *trailer         `json:"end"`
}

// importRunLine is an import run without its plan, which may be longer than a line and stands on the lines after it.
type importRunLine struct {
	crm.ImportRun
	PlanLength int `json:"plan_length,omitzero"` // in bytes
}

// changeLine is a crm.Change whose values come back byte for byte.
type changeLine struct {
	Seq    crm.Seq        `json:"seq"`
	Unit   uuid.UUID      `json:"unit"`
	At     time.Time      `json:"at"`
	Actor  string         `json:"actor,omitzero"`
	Record crm.Ref        `json:"record"`
	Kind   crm.ChangeKind `json:"kind"`
	Fields []fieldLine    `json:"fields"`
	Reason string         `json:"reason,omitzero"`
}

// fieldLine is a crm.FieldChange. A value is JSON if encoding/json, which leaves out blanks, keeps every byte of it, and
// else a text.
type fieldLine struct {
	Field      string          `json:"field"`
	Before     json.RawMessage `json:"before,omitzero"`
	After      json.RawMessage `json:"after,omitzero"`
	BeforeText string          `json:"before_text,omitzero"`
	AfterText  string          `json:"after_text,omitzero"`
}

// encoder turns entries into lines.
type encoder struct {
	lines  bytes.Buffer
	json   *json.Encoder
	strict bool // refuse what would not come back as it is
}

func newEncoder(strict bool) *encoder {
	e := &encoder{strict: strict}
	e.json = json.NewEncoder(&e.lines)
	e.json.SetEscapeHTML(false)
	return e
}

// encode returns the lines of an entry. They are overwritten by the next call.
func (e *encoder) encode(en entry) ([]byte, error) {
	e.lines.Reset()
	var err error
	switch v := en.value.(type) {
	case crm.ImportRun:
		err = e.importRun(en, v)
	case crm.Change:
		err = e.change(en, v)
	default:
		err = e.line(en, partKeys[en.part], v)
	}
	return e.lines.Bytes(), err
}

// line writes one line with one field.
func (e *encoder) line(en entry, key string, value any) error {
	start := e.lines.Len()
	e.lines.WriteString(`{"` + key + `":`)
	if err := e.json.Encode(value); err != nil {
		return e.refuse(en, "", sentence.Of("cannot be written as JSON: %s", err.Error()))
	}
	e.lines.Truncate(e.lines.Len() - 1) // the end of a line
	e.lines.WriteString("}\n")
	written := e.lines.Bytes()[start:]
	if e.strict && hasReplaced(written) {
		return e.notText(en)
	}
	return e.checkLength(en, len(written))
}

func (e *encoder) checkLength(en entry, length int) error {
	if !e.strict || length <= MaxLine {
		return nil
	}
	return e.refuse(en, fmt.Sprintf("%d bytes", length),
		sentence.Of("is longer than a line of a file, which has at most %d bytes; copy the workspace into another store instead", MaxLine))
}

func (e *encoder) refuse(en entry, value string, problem sentence.Sentence) error {
	err := &crm.Error{Family: crm.ErrInvalid, Record: en.ref(), Value: value, Problem: problem}
	if c, ok := en.value.(crm.Change); ok {
		err.Field, err.Value = "seq", strconv.FormatInt(int64(c.Seq), 10)
	}
	return err
}

func (e *encoder) notText(en entry) error {
	return e.refuse(en, "", sentence.Of("holds bytes that are no UTF-8 text, which JSON cannot hold; "+
		"change the text, or copy the workspace into another store"))
}

// replaced is what encoding/json writes for bytes that are no UTF-8. For the character U+FFFD itself it writes its bytes.
const replaced = `\ufffd`

// hasReplaced reports whether a line without raw JSON has lost bytes. A text may hold the six characters itself: then
// another backslash comes before them.
func hasReplaced(line []byte) bool {
	for {
		at := bytes.Index(line, []byte(replaced))
		if at < 0 {
			return false
		}
		before := line[:at]
		if backslashes := len(before) - len(bytes.TrimRight(before, `\`)); backslashes%2 == 0 {
			return true
		}
		line = line[at+1:]
	}
}

func (e *encoder) importRun(en entry, r crm.ImportRun) error {
	plan := r.Plan
	r.Plan = nil
	if e.strict && len(plan) > maxPlan {
		return e.refuse(en, fmt.Sprintf("%d bytes", len(plan)), sentence.Of("has a plan of more than %d bytes", maxPlan))
	}
	if err := e.line(en, partKeys[importRunPart], importRunLine{r, len(plan)}); err != nil {
		return err
	}
	for len(plan) > 0 {
		n := min(len(plan), planLine)
		for back := 1; back < utf8.UTFMax && n < len(plan) && !utf8.RuneStart(plan[n]); back++ {
			n--
		}
		some := plan[:n]
		plan = plan[n:]
		var err error
		if utf8.Valid(some) {
			err = e.line(en, "plan", string(some))
		} else {
			err = e.line(en, "plan_base64", []byte(some))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// change writes a changeLine. A log is most of what a workspace has, so this is done by hand: values that were read as
// JSON are not read once more, and names and ids need no escapes.
func (e *encoder) change(en entry, c crm.Change) error {
	e.lines.WriteString(`{"change":{"seq":`)
	e.lines.Write(strconv.AppendInt(e.lines.AvailableBuffer(), int64(c.Seq), 10))
	e.text(`,"unit":`, c.Unit.String())
	at, err := c.At.MarshalJSON()
	if err != nil {
		return e.refuse(en, "", sentence.Of("cannot be written as JSON: %s", err.Error()))
	}
	e.lines.WriteString(`,"at":`)
	e.lines.Write(at)
	if c.Actor != "" {
		e.text(`,"actor":`, c.Actor)
	}
	e.text(`,"record":{"kind":`, string(c.Record.Kind))
	if c.Record.ID != uuid.Nil {
		e.text(`,"id":`, c.Record.ID.String())
	}
	e.text(`},"kind":`, string(c.Kind))
	e.lines.WriteString(`,"fields":[`)
	valid := utf8.ValidString(c.Actor) && utf8.ValidString(string(c.Record.Kind)) && utf8.ValidString(string(c.Kind)) &&
		utf8.ValidString(c.Reason)
	for n, f := range c.Fields {
		if n > 0 {
			e.lines.WriteByte(',')
		}
		e.text(`{"field":`, f.Field)
		before, after := e.value("before", f.Before), e.value("after", f.After)
		valid = valid && before && after && utf8.ValidString(f.Field)
		e.lines.WriteByte('}')
	}
	e.lines.WriteByte(']')
	if c.Reason != "" {
		e.text(`,"reason":`, c.Reason)
	}
	e.lines.WriteString("}}\n")
	if e.strict && !valid {
		return e.notText(en)
	}
	return e.checkLength(en, e.lines.Len())
}

// text writes a field whose value is a text.
func (e *encoder) text(field, value string) {
	e.lines.WriteString(field)
	for n := range len(value) {
		if c := value[n]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			// A text can be written as JSON, whatever is in it.
			_ = e.json.Encode(value)
			e.lines.Truncate(e.lines.Len() - 1) // the end of a line
			return
		}
	}
	e.lines.WriteByte('"')
	e.lines.WriteString(value)
	e.lines.WriteByte('"')
}

// value writes a value of the log, as JSON or else as a text, and reports whether it comes back as it is.
func (e *encoder) value(name string, value json.RawMessage) bool {
	switch {
	case len(value) == 0:
	case isCompact(value):
		e.lines.WriteString(`,"` + name + `":`)
		e.lines.Write(value)
	default:
		e.text(`,"`+name+`_text":`, string(value))
		return utf8.Valid(value)
	}
	return true
}

// isCompact reports whether a value is JSON without blanks between its parts, which comes back byte for byte.
func isCompact(value []byte) bool {
	quoted := false
	for n := 0; n < len(value); n++ {
		switch c := value[n]; {
		case c == '"':
			quoted = !quoted
		case quoted && c == '\\':
			n++
		case !quoted && c <= ' ':
			return false
		}
	}
	return json.Valid(value)
}

// crm is the change of a line.
func (l *changeLine) crm() crm.Change {
	c := crm.Change{
		Seq: l.Seq, Unit: l.Unit, At: l.At, Actor: l.Actor, Record: l.Record, Kind: l.Kind, Reason: l.Reason,
		Fields: make([]crm.FieldChange, len(l.Fields)),
	}
	for n, f := range l.Fields {
		c.Fields[n] = crm.FieldChange{Field: f.Field, Before: f.Before, After: f.After}
		if f.BeforeText != "" {
			c.Fields[n].Before = json.RawMessage(f.BeforeText)
		}
		if f.AfterText != "" {
			c.Fields[n].After = json.RawMessage(f.AfterText)
		}
	}
	return c
}

// entry is what the line holds, and whether it is an entry. An import run has no plan yet.
func (l *line) entry() (entry, bool) {
	switch {
	case l.Workspace != nil:
		return entry{workspacePart, *l.Workspace}, true
	case l.Member != nil:
		return entry{memberPart, *l.Member}, true
	case l.Campaign != nil:
		return entry{campaignPart, *l.Campaign}, true
	case l.Influencer != nil:
		return entry{influencerPart, *l.Influencer}, true
	case l.Cooperation != nil:
		return entry{cooperationPart, *l.Cooperation}, true
	case l.ImportRun != nil:
		return entry{importRunPart, l.ImportRun.ImportRun}, true
	case l.Picture != nil:
		return entry{picturePart, *l.Picture}, true
	case l.Change != nil:
		return entry{changePart, l.Change.crm()}, true
	}
	return entry{}, false
}

// fields counts what the line holds.
func (l *line) fields() (n int) {
	for _, there := range []bool{
		l.Workspace != nil, l.Member != nil, l.Campaign != nil, l.Influencer != nil, l.Cooperation != nil,
		l.ImportRun != nil, l.Plan != nil, l.PlanBytes != nil, l.Picture != nil, l.Change != nil, l.End != nil,
	} {
		if there {
			n++
		}
	}
	return n
}
