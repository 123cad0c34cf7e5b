package crm

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Entries of the log are never earlier than the one before, so one that is written with a clock of the year 9999 would stamp
// all that follow. A clock may be ahead of the log and of this machine's, because hosts try out what will be next year; in
// their tests this machine's clock may stand still in the past.
const (
	maxAhead = 10 * 366 * 24 * time.Hour
	lastYear = 2199
)

// stamp is who does something, when and in which unit of work, as the log keeps it.
type stamp struct {
	unit  uuid.UUID
	at    time.Time
	actor string
}

// stamp checks what the functions of Options returned. Head is the end of the log before.
func (e environment) stamp(ctx context.Context, unit uuid.UUID, head Head) (stamp, error) {
	s := stamp{unit: unit, at: e.timestamp(), actor: e.actor(ctx)}
	p := &problems{record: Ref{Kind: KindWorkspace, ID: uuid.UUID(head.Workspace)}}
	p.text("actor", &s.actor, MaxName, false)
	if unit == uuid.Nil || unit == head.Unit {
		p.add("unit", unit.String(), "is no new id; Options.NewID has to return another one at each call")
	}
	jumped := head.Seq > 0 && s.at.After(head.At.Add(maxAhead)) && s.at.After(time.Now().Add(maxAhead))
	if jumped || s.at.Year() > lastYear {
		p.add("at", s.at.Format(time.RFC3339),
			"is more than ten years ahead of the last change and of this machine's clock, or after 2199; look at Options.Now")
	}
	// The clocks of two machines may differ; the log's never runs backwards.
	if s.at.Before(head.At) {
		s.at = head.At
	}
	return s, p.result()
}
