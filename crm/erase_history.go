package crm

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/utm"
)

// erasureHistory is what a cooperation said while it was the person's. If it is another influencer's now, what was
// written since is about that one and stays, and what still stands from the person's time goes. Values are told by what
// they are and not by when they stood: one that stood in the person's time goes from all of the log and from the record,
// also where an undo brought it back later. So the log, the record and every past state agree.
type erasureHistory struct {
	state   map[string]json.RawMessage // after the last change that was observed
	owned   bool                       // by the person, after that change
	names   map[string]bool
	lines   map[string]bool // of notes
	custom  map[[2]string]bool
	reasons map[string]bool // of a cancellation
	utm     map[utm.Field]map[string]bool
	rows    map[[2]string]bool // of imports: source and key
	seqs    map[Seq]bool       // of changes that were made when it was the person's, or became or ceased to be
}

func newErasureHistory() *erasureHistory {
	return &erasureHistory{
		state: map[string]json.RawMessage{}, names: map[string]bool{}, lines: map[string]bool{},
		custom: map[[2]string]bool{}, reasons: map[string]bool{}, utm: map[utm.Field]map[string]bool{},
		rows: map[[2]string]bool{}, seqs: map[Seq]bool{},
	}
}

// observe notes the next change of the cooperation.
func (h *erasureHistory) observe(s *erasureSubject, c Change) error {
	owned := h.owned
	for _, f := range c.Fields {
		if f.Field == "influencer" && f.After != nil {
			var id InfluencerID
			owned = decodeField(f.After, &id) && s.influencers[id.UUID()]
		}
		h.state[f.Field] = f.After
	}
	if owned || h.owned {
		h.seqs[c.Seq] = true
	}
	said, becomes := c.Fields, owned && !h.owned
	if h.owned = owned; !owned || c.Kind == Deleted {
		return nil
	}
	if becomes { // what stood before now stands in the person's time
		said = []FieldChange{}
		for field, value := range h.state {
			said = append(said, FieldChange{Field: field, After: value})
		}
	}
	fields := map[string]json.RawMessage{}
	for _, f := range said {
		if f.After != nil {
			fields[f.Field] = f.After
		}
	}
	then, err := rebuild(c.Record, fields, 1)
	if err == nil {
		h.add(then.(Cooperation))
	}
	return err
}

// add notes the values of a state. Fields that are not set add nothing that a cooperation could be recognised by.
func (h *erasureHistory) add(c Cooperation) {
	h.names[c.Name] = true
	for _, line := range strings.Split(c.Notes, "\n") {
		if key := Fold(line); key != "" {
			h.lines[key] = true
		}
	}
	for name, value := range c.Custom {
		h.custom[[2]string{name, value}] = true
	}
	if c.Cancellation != nil {
		h.reasons[c.Cancellation.Reason] = true
	}
	for _, f := range utm.Fields() {
		if h.utm[f] == nil {
			h.utm[f] = map[string]bool{}
		}
		h.utm[f][c.UTM.Get(f).String()] = true
	}
	if c.Imported != nil {
		h.rows[[2]string{c.Imported.Source, c.Imported.Key}] = true
	}
}

// erase takes out of a state of the cooperation what it said in the person's time. Dates, money, status and codes stay:
// they are the shop's books, and orders hold the codes anyway. A UTM set that names the person goes as a whole, because
// without that field it would match the links of others.
func (h *erasureHistory) erase(s *erasureSubject, c Cooperation) Cooperation {
	c = Clone(c)
	if h.names[c.Name] {
		c.Name = erasedName
	}
	if lines := strings.Split(c.Notes, "\n"); slices.ContainsFunc(lines, h.isLine) {
		c.Notes = Clean(strings.Join(slices.DeleteFunc(lines, h.isLine), "\n"))
	}
	for name, value := range c.Custom {
		if h.custom[[2]string{name, value}] {
			delete(c.Custom, name)
		}
	}
	if c.Cancellation != nil && h.reasons[c.Cancellation.Reason] {
		c.Cancellation.Reason = ""
	}
	if c.Imported != nil && h.rows[[2]string{c.Imported.Source, c.Imported.Key}] {
		c.Imported = nil
	}
	for _, f := range utm.Fields() {
		if value := c.UTM.Get(f).String(); h.utm[f][value] && s.isInUTM(value) {
			c.UTM = utm.Params{}
		}
	}
	return c
}

func (h *erasureHistory) isLine(line string) bool { return h.lines[Fold(line)] }
