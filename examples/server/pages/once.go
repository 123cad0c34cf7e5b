package pages

import (
	"crypto/sha256"
	"net/url"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// newOnce is what a form for a new record has, so that a form which is sent twice makes one record.
func newOnce() string { return uuid.Must(uuid.NewV7()).String() } // fails only without a source of randomness

// onceOf is the id of the record that such a form makes: the same one each time it is sent as it is, and another one if
// anything in it was changed, as when somebody goes back to make a similar one. The time in the id is that of the form. It is
// uuid.Nil for a form of another kind, which gets its id from the library.
func onceOf(typed url.Values) uuid.UUID {
	id, err := uuid.Parse(typed.Get("once"))
	if err != nil || id.Version() != 7 {
		return uuid.Nil
	}
	sum := sha256.Sum256([]byte(typed.Encode()))
	copy(id[8:], sum[:])
	id[8] = id[8]&0x3f | 0x80 // the variant, as RFC 9562 has it
	return id
}

// repeated reports whether an error is there because the form was sent before, and has made its record then.
func (v *visit) repeated(err error, made crm.Ref) bool {
	if err == nil || v.once == uuid.Nil {
		return false
	}
	_, there := v.names([]crm.Ref{made})[made]
	return there
}

// deletedSince marks a form that was sent before, and whose record was deleted since. It must not make it again: the
// record would have the id and the versions of the one that is gone, and whoever still has a page of that one open
// would overwrite it. The form is shown with what was typed, and makes another record when it is sent again.
func (v *visit) deletedSince(f *form, made crm.Ref) error {
	if v.once == uuid.Nil {
		return nil
	}
	changes, err := v.crm.Log(v.Context(), v.ws.ID, crm.ChangeFilter{Record: made, Newest: true}, 1)
	if err == nil && len(changes) > 0 && changes[0].Kind == crm.Deleted {
		f.wrong("", v.say("It was created already, and deleted since. Send the form again to create another one."))
	}
	return err
}

// workspaceForm is how long a form for a workspace may be open. The log of a workspace goes with it, so that nothing tells later
// that there was one; tokens, which may be for it alone, stay and would be for another one of its id. So its id is given
// only while the form is young, and not if these pages have deleted it since. What is left is a workspace that is deleted by a
// program, or by another process, and whose form is sent again within the hour.
const workspaceForm = time.Hour

// tooOld reports whether the form of a workspace has been open for too long.
func tooOld(once uuid.UUID) bool {
	made := time.Unix(once.Time().UnixTime())
	return once != uuid.Nil && time.Since(made).Abs() > workspaceForm
}

// deletedWorkspaces are the workspaces that were deleted while a form which has made them may be open.
type deletedWorkspaces struct {
	mu sync.Mutex
	at map[crm.WorkspaceID]time.Time
}

func (d *deletedWorkspaces) add(id crm.WorkspaceID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for other, at := range d.at {
		if time.Since(at) > 2*workspaceForm {
			delete(d.at, other)
		}
	}
	if d.at == nil {
		d.at = map[crm.WorkspaceID]time.Time{}
	}
	d.at[id] = time.Now()
}

func (d *deletedWorkspaces) has(id crm.WorkspaceID) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, ok := d.at[id]
	return ok
}
