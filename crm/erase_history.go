package crm

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

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

	// A merge of the person and somebody else that was undone does not make it another one's.
	brought *erasureHistory // what was said before such a merge gave it to the person
	since   []Change        // that one and those since, which are held back; nil if none has given or taken it
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
	owned, wrongly := s.ownerAfter(h.owned, c)
	moved := owned != h.owned
	if h.owned = owned; owned || moved {
		h.seqs[c.Seq] = true
	}
	if moved {
		if err := h.endWrongMerge(s, c.Unit); err != nil {
			return err
		}
		if wrongly {
			if err := h.beginWrongMerge(c.Record); err != nil {
				return err
			}
		}
	}
	if h.since != nil {
		h.since = append(h.since, c)
	}
	for _, f := range c.Fields {
		h.state[f.Field] = f.After
	}
	switch {
	case !owned || c.Kind == Deleted || h.since != nil:
		return nil
	case moved: // what stood before now stands in the person's time
		return h.addFields(c.Record, h.state)
	}
	return h.addChange(s, c)
}

// beginWrongMerge begins to hold back what is said of a cooperation that a wrong merge has given to the person or taken from
// them, until it is known whether it went back.
func (h *erasureHistory) beginWrongMerge(ref Ref) error {
	h.since = []Change{}
	if !h.owned {
		return nil
	}
	h.brought = newErasureHistory()
	return h.brought.addFields(ref, h.state)
}

// endWrongMerge notes what was held back, when a unit of work moves the cooperation on. If that undoes the merge it is about
// whose cooperation it was all the time, but for what the merge made of the person's name. If not, it is about the one who had
// it meanwhile, but for what had been said before.
func (h *erasureHistory) endWrongMerge(s *erasureSubject, unit uuid.UUID) error {
	since, was := h.since, h.brought
	h.since = nil
	defer func() { h.brought = nil }()
	for _, c := range since {
		var err error
		switch undone := s.wrong.undos[unit]; {
		case undone && was != nil:
			err = h.addNames(s, c)
		case undone:
			h.seqs[c.Seq] = true
			err = h.addChange(s, c)
		case was != nil:
			err = h.addChange(s, c)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// addNames notes the name and the UTM parameters that a change has set, if they are made of the person's name.
func (h *erasureHistory) addNames(s *erasureSubject, c Change) error {
	then, err := setBy(c)
	if err != nil {
		return err
	}
	if then.Influencer.IsZero() && !s.isInText(then.Name) { // people may give it any name; a merge names it anew
		then.Name = ""
	}
	h.add(Cooperation{Name: then.Name, UTM: then.UTM})
	return nil
}

// ownerAfter reports whether a cooperation is the person's after a change, from whether it was before, and whether a merge
// that was undone has changed that.
func (s *erasureSubject) ownerAfter(owned bool, c Change) (after, wrongly bool) {
	for _, f := range c.Fields {
		var from, to InfluencerID
		if f.Field == "influencer" && f.After != nil && decodeField(f.Before, &from) {
			owned = decodeField(f.After, &to) && s.influencers[to.UUID()]
			wrongly = s.wrong.moves[[3]uuid.UUID{c.Unit, from.UUID(), to.UUID()}]
		}
	}
	return owned, wrongly
}

// addChange notes what a change has set, but for what another one's cooperation had brought with it.
func (h *erasureHistory) addChange(s *erasureSubject, c Change) error {
	then, err := setBy(c)
	if err == nil && h.brought != nil {
		then = h.brought.erase(s, then)
	}
	if err == nil {
		h.add(then)
	}
	return err
}

// addFields notes the values of a state in the log.
func (h *erasureHistory) addFields(ref Ref, state map[string]json.RawMessage) error {
	then, err := cooperationWith(ref, maps.Clone(state))
	if err == nil {
		h.add(then)
	}
	return err
}

// setBy is a cooperation that has only what a change has set.
func setBy(c Change) (Cooperation, error) {
	set := map[string]json.RawMessage{}
	for _, f := range c.Fields {
		set[f.Field] = f.After
	}
	return cooperationWith(c.Record, set)
}

// cooperationWith is one with some fields of the log.
func cooperationWith(ref Ref, fields map[string]json.RawMessage) (Cooperation, error) {
	overlay(fields, nil) // drops what is not set
	r, err := rebuild(ref, fields, 1)
	if err != nil {
		return Cooperation{}, err
	}
	return r.(Cooperation), nil
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
