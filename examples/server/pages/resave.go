package pages

import (
	"crypto/sha256"
	"maps"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// A form about a record that there is has an id of its own, in "opened". Who saves it, goes back and saves it again has
// met nobody but themselves, though the record has another version by then: the second save continues from the first. A
// double click, which sends the same again, saves once. The forms are kept in memory: after a restart, or in another
// process, the second save is compared with the first like that of anybody else.

// Of forms that were saved, so many are kept, for so long.
const (
	maxSavedForms = 10_000
	savedFormFor  = 12 * time.Hour
)

// savedForm is what a form has saved last.
type savedForm struct {
	mu     sync.Mutex // held while the form is being saved, so that a double click is one after the other
	at     time.Time
	by     string // who has saved it
	path   string // where it was saved, which is of one record in one workspace
	sent   [sha256.Size]byte
	answer redirect
	record crm.At // with the version that it has made
	unit   uuid.UUID
	added  map[int]crm.ProfileID
	months map[string]string // the budgets that it has set, by their fields: they have no version each
}

// savedForms are the forms of a server that were saved.
type savedForms struct {
	mu sync.Mutex
	of map[uuid.UUID]*savedForm
}

func (s *savedForms) form(id uuid.UUID) *savedForm {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.of[id]; f != nil {
		return f
	}
	if s.of == nil {
		s.of = map[uuid.UUID]*savedForm{}
	}
	if len(s.of) >= maxSavedForms {
		s.makeRoom()
	}
	f := &savedForm{at: time.Now()}
	s.of[id] = f
	return f
}

// makeRoom forgets forms that are old, or any where all are young.
func (s *savedForms) makeRoom() {
	for id, f := range s.of {
		if time.Since(f.at) > savedFormFor {
			delete(s.of, id)
		}
	}
	for id := range s.of {
		if len(s.of) < maxSavedForms {
			return
		}
		delete(s.of, id)
	}
}

// resaves makes a page that saves a form of a record continue from what the same form has saved before.
func resaves(save func(*visit) (answer, error)) func(*visit) (answer, error) {
	return func(v *visit) (answer, error) {
		opened, err := uuid.Parse(v.PostForm.Get("opened"))
		if err != nil {
			return save(v)
		}
		f := v.pages.saved.form(opened)
		f.mu.Lock()
		defer f.mu.Unlock()
		by := ""
		if v.pages.options.Actor != nil {
			by = v.pages.options.Actor(v.Context())
		}
		if f.path != "" && (f.path != v.URL.Path || f.by != by) { // it is the form of another record, or of somebody else
			return save(v)
		}
		v.addedBefore = f.added // also where somebody else has changed something else since
		sent := sha256.Sum256([]byte(v.URL.Path + "?" + v.PostForm.Encode()))
		if last, ok := v.lastChange(f.record.Ref); ok && last.Unit == f.unit { // and nobody has changed or undone it since
			if f.sent == sent {
				return f.answer, nil
			}
			v.resaved = true
			v.PostForm.Set("version", strconv.FormatInt(f.record.Version, 10))
			for name, text := range f.months {
				v.PostForm.Set("was."+name, text)
			}
		}
		a, err := save(v)
		if to, ok := a.(redirect); ok && err == nil && v.saved.Version > 0 {
			f.by, f.path, f.sent, f.answer, f.record, f.months = by, v.URL.Path, sent, to, v.saved, map[string]string{}
			if f.added == nil {
				f.added = map[int]crm.ProfileID{}
			}
			maps.Copy(f.added, v.added)
			if v.savedUnit != uuid.Nil { // else nothing has changed, and the save before is the last one
				f.unit = v.savedUnit
			}
			for name := range v.PostForm {
				if strings.HasPrefix(name, "month.") {
					f.months[name] = strings.TrimSpace(v.PostForm.Get(name))
				}
			}
		}
		return a, err
	}
}

// savedAs keeps which version of a record a form has made, for its next save.
func (v *visit) savedAs(r crm.Record, did crm.Done) {
	v.saved, v.savedUnit = r.Ref().At(r.Revision()), did.Unit
}

// savedSince says who has saved a record since a form of it was made.
func (v *visit) savedSince(record crm.Ref, version, now int64) string {
	unknown := v.say("This was saved meanwhile, in another tab or by somebody else.")
	if v.pages.options.Actor == nil {
		return unknown
	}
	self := v.pages.options.Actor(v.Context())
	changes, err := v.crm.Log(v.Context(), v.ws.ID, crm.ChangeFilter{Record: record, Newest: true},
		int(min(max(now-version, 1), maxVersionsBack)))
	if err != nil || len(changes) == 0 || version < 1 {
		return unknown
	}
	for _, c := range changes {
		switch c.Actor {
		case "":
			return unknown
		case self:
		default:
			return v.say("Somebody else has saved this meanwhile.")
		}
	}
	return v.say("You have saved this meanwhile, in another tab.")
}
