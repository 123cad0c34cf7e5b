package webhook

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/paging"
)

// State is how far a delivery has come.
type State string

// The states.
const (
	Pending   State = "pending" // it is tried, or waits for the next attempt
	Delivered State = "delivered"
	Dead      State = "dead" // given up; it can be replayed
)

// Failure is why an attempt failed.
type Failure string

// The failures.
const (
	Refused     Failure = "refused"     // the receiver answered with another status than 200 to 299
	TimedOut    Failure = "timed_out"   // no answer came within 15 seconds
	Unreachable Failure = "unreachable" // no connection, or one that was lost
	Untrusted   Failure = "untrusted"   // no valid certificate
	Private     Failure = "private"     // the address leads into a private network
)

// Delivery is a message to a webhook.
type Delivery struct {
	ID         uuid.UUID `json:"id"` // that of the message, in the header webhook-id
	First      crm.Seq   `json:"first"`
	Last       crm.Seq   `json:"last"` // the changes of the message are those from first to last that the webhook wants
	State      State     `json:"state"`
	Replay     bool      `json:"replay"`           // it was asked for again
	Attempts   int       `json:"attempts"`         // since it was made or asked for again
	Status     int       `json:"status,omitzero"`  // HTTP status of the last attempt
	Failure    Failure   `json:"failure,omitzero"` // of the last attempt
	CreatedAt  time.Time `json:"created_at"`       // UTC
	DueAt      time.Time `json:"due_at,omitzero"`  // of the next attempt
	FinishedAt time.Time `json:"finished_at,omitzero"`
}

type deliveryRow struct {
	ID         string `db:"id"`
	Webhook    string `db:"webhook"`
	First      int64  `db:"first_seq"`
	Last       int64  `db:"last_seq"`
	Kinds      string `db:"kinds"`
	State      string `db:"state"`
	Replay     int64  `db:"replay"`
	Attempts   int64  `db:"attempts"`
	Status     int64  `db:"status"`
	Problem    string `db:"problem"`
	CreatedAt  int64  `db:"created_at"`
	BegunAt    int64  `db:"begun_at"`
	DueAt      int64  `db:"due_at"`
	FinishedAt int64  `db:"finished_at"`
}

const deliveryColumns = "id, webhook, first_seq, last_seq, kinds, state, replay, attempts, status, problem, created_at, begun_at, due_at, finished_at"

func (r deliveryRow) delivery() (Delivery, error) {
	id, err := uuid.Parse(r.ID)
	d := Delivery{
		ID: id, First: crm.Seq(r.First), Last: crm.Seq(r.Last), State: State(r.State), Replay: r.Replay != 0, Attempts: int(r.Attempts),
		Status: int(r.Status), Failure: Failure(r.Problem), CreatedAt: time.UnixMicro(r.CreatedAt).UTC(),
	}
	if d.State == Pending {
		d.DueAt = time.UnixMicro(r.DueAt).UTC()
	} else {
		d.FinishedAt = time.UnixMicro(r.FinishedAt).UTC()
	}
	return d, err
}

// DeliveryFilter selects deliveries.
type DeliveryFilter struct {
	// States are the only ones that are listed; all if there are none.
	States []State `json:"state,omitzero"`
	paging.Options
}

// Deliveries lists the deliveries of a webhook, the newest first. Delivered ones are kept for three days and dead ones for
// thirty.
func (h *Hooks) Deliveries(ctx context.Context, ws crm.WorkspaceID, id uuid.UUID, f DeliveryFilter) (crm.Page[Delivery], error) {
	page := crm.Page[Delivery]{Items: []Delivery{}}
	if _, err := h.Get(ctx, ws, id); err != nil {
		return page, err
	}
	wanted := map[State]string{Pending: "", Delivered: "", Dead: ""} // no state is ""
	for _, s := range f.States {
		if _, known := wanted[s]; !known {
			return page, noState(s)
		}
	}
	for s := range wanted {
		if len(f.States) == 0 || slices.Contains(f.States, s) {
			wanted[s] = string(s)
		}
	}
	k, err := f.Keyset("deliveries", id, wanted)
	if err != nil {
		return page, err
	}
	before := "~" // behind all ids
	if k.After != uuid.Nil {
		before = k.After.String()
	}
	var rows []deliveryRow
	if err := h.db.Select(ctx, "list deliveries", &rows, `SELECT `+deliveryColumns+` FROM server_deliveries
		WHERE webhook = $1 AND state IN ($2, $3, $4) AND id < $5 ORDER BY id DESC LIMIT $6`,
		id.String(), wanted[Pending], wanted[Delivered], wanted[Dead], before, k.Size+1); err != nil {
		return page, err
	}
	all := make([]Delivery, len(rows))
	for n, r := range rows {
		d, err := r.delivery()
		if err != nil {
			return page, err
		}
		all[n] = d
	}
	return paging.PageOf(k, all, func(d Delivery) uuid.UUID { return d.ID }), nil
}

// Replay sends a delivery again that is delivered or dead, with the text that the log has now. It holds up no others. One that
// is pending stays as it is.
func (h *Hooks) Replay(ctx context.Context, ws crm.WorkspaceID, id, delivery uuid.UUID) (Delivery, error) {
	if _, err := h.Get(ctx, ws, id); err != nil {
		return Delivery{}, err
	}
	if _, err := h.db.Exec(ctx, "send a delivery again", `UPDATE server_deliveries SET state = 'pending', replay = 1, attempts = 0, status = 0, problem = '', begun_at = $1,
		due_at = $1, finished_at = 0 WHERE id = $2 AND webhook = $3 AND state <> 'pending'`, h.micros(), delivery.String(), id.String()); err != nil {
		return Delivery{}, err
	}
	var r deliveryRow
	found, err := h.db.Get(ctx, "read a delivery", &r,
		`SELECT `+deliveryColumns+` FROM server_deliveries WHERE id = $1 AND webhook = $2`,
		delivery.String(), id.String())
	if err != nil {
		return Delivery{}, err
	}
	if !found {
		return Delivery{}, noDelivery(delivery.String())
	}
	return r.delivery()
}
