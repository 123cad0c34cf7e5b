package webhook

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/told"
)

// Tested is what became of a message that was sent to try a webhook.
type Tested struct {
	Delivered    bool    `json:"delivered"`
	Status       int     `json:"status,omitzero"` // HTTP status of the answer
	Failure      Failure `json:"failure,omitzero"`
	Milliseconds int64   `json:"milliseconds"` // until the answer came
}

// Test sends a message of the type "test" once, signed as all are, whether the webhook is active or not.
func (h *Hooks) Test(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID) (Tested, error) {
	r, err := h.get(ctx, ws, id)
	if err != nil {
		return Tested{}, err
	}
	body, err := json.Marshal(Message{
		Type: "test", Timestamp: h.o.Now().UTC().Truncate(time.Microsecond), Data: Data{Workspace: ws, Changes: []told.Change{}},
	})
	if err != nil {
		return Tested{}, err
	}
	begun := time.Now()
	how, err := h.attempt(ctx, r, uuid.NewString(), body)
	return Tested{how.failure == "" && err == nil, how.status, how.failure, time.Since(begun).Milliseconds()}, err
}
