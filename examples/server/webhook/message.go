package webhook

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/told"
)

// How much a message has.
const (
	maxChanges = 100
	maxBytes   = 512 << 10 // of its changes as JSON; a single one may have more
)

// Message is what is sent, as JSON.
type Message struct {
	Type      string    `json:"type"`      // "changes", or "test"
	Timestamp time.Time `json:"timestamp"` // of the last change; of a test, when it was sent
	Data      Data      `json:"data"`
}

// Data is what a message is about.
type Data struct {
	Workspace crm.WorkspaceID `json:"workspace"`
	Changes   []told.Change   `json:"changes"` // in order, with sentences in English; none in a test
}

// batch is the changes of the next message after a seq: those of the kinds that are wanted, as many as fit. Last is how far
// it has looked; if there are no changes and last is after, there is nothing new.
func (h *Hooks) batch(ctx context.Context, ws crm.WorkspaceID, after crm.Seq, kinds []crm.Kind) (first, last crm.Seq, err error) {
	changes, err := h.crm.Changes(ctx, ws, after, maxChanges)
	if err != nil {
		return 0, 0, err
	}
	size := 0
	for _, c := range changes {
		if wants(kinds, c) {
			doc, err := json.Marshal(c)
			if err != nil {
				return 0, 0, err
			}
			if size += len(doc); size > maxBytes && first > 0 {
				break
			}
			if first == 0 {
				first = c.Seq
			}
		}
		last = c.Seq
	}
	return first, max(last, after), nil
}

// message is the text of a delivery, as the log has it now.
func (h *Hooks) message(ctx context.Context, ws crm.WorkspaceID, d deliveryRow) ([]byte, error) {
	changes, err := h.crm.Changes(ctx, ws, crm.Seq(d.First-1), maxChanges)
	if err != nil {
		return nil, err
	}
	kinds := splitKinds(d.Kinds)
	changes = slices.DeleteFunc(changes, func(c crm.Change) bool { return int64(c.Seq) > d.Last || !wants(kinds, c) })
	said, err := told.Changes(ctx, h.crm, ws, language.English, changes)
	if err != nil {
		return nil, err
	}
	m := Message{Type: "changes", Data: Data{Workspace: ws, Changes: said}}
	if len(said) > 0 {
		m.Timestamp = said[len(said)-1].At
	}
	return json.Marshal(m)
}

func wants(kinds []crm.Kind, c crm.Change) bool {
	return len(kinds) == 0 || slices.Contains(kinds, c.Record.Kind)
}
