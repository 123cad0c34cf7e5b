package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/openapi"
	"github.com/getklar/influencercrm/examples/server/sse"
	"github.com/getklar/influencercrm/examples/server/told"
)

const (
	streamBatch = 100         // changes that are held for a client at once
	outage      = time.Second // between attempts while the database is away
)

func (a *API) events() []Operation {
	o := operation("GET /events", "followChanges", "Follow the changes as they are made, as server-sent events", a.follow)
	o.Description = "A stream of events named `change`: each has the `seq` of a change as its id, and as its data the change with " +
		"its sentence, as in the list of changes. First come those that are there already, then each new one, in order and without " +
		"a gap. A client that comes back with the header `Last-Event-ID` goes on after it; EventSource does so by itself. The " +
		"server ends a stream after 15 minutes, and when it shuts down. A comment comes every 15 seconds.\n\n" +
		"A change of the kind `erase` tells that a person was removed from the records and from earlier changes: who has kept " +
		"those must read the record again and remove what it no longer has."
	o.timeout = streamTime
	o.Answers[0].Content = &openapi.Content{Media: []string{"text/event-stream"}}
	o.Answers[0].Description = "The stream."
	return tagged("History", o)
}

type following struct {
	// After selects changes with a larger seq; 0 begins with the first one. The header Last-Event-ID counts more.
	After crm.Seq `json:"after,omitzero"`
}

func (a *API) follow(c *call[following]) (http.Handler, error) {
	field, after := "after", c.params.After
	last, given, err := sse.LastID(c.request)
	if err != nil {
		return nil, err
	}
	if given {
		field, after = "Last-Event-ID", last
	}
	var head crm.Head
	if err := c.crm.View(c.ctx(), c.ws, func(ctx context.Context, r crm.Reader) (err error) {
		head, err = r.Head(ctx)
		return err
	}); err != nil {
		return nil, err
	}
	if after < 0 || after > head.Seq {
		return nil, noSeq(field, after, head.Seq)
	}
	return a.streamed(func(ctx context.Context, send func(...sse.Event) error) {
		a.sendChanges(ctx, c.ws, after, web.Language(c.request), send)
	}), nil
}

// sendChanges sends changes until the context ends, the client is gone or there is no such workspace any more. While the
// database is away it waits.
func (a *API) sendChanges(ctx context.Context, ws crm.WorkspaceID, after crm.Seq, lang language.Tag, send func(...sse.Event) error) {
	for gone := false; !gone; {
		err := a.crm.Follow(ctx, ws, after, &crm.FollowOptions{Limit: streamBatch}, func(ctx context.Context, changes []crm.Change) error {
			batch, err := eventsOf(ctx, a.crm, ws, lang, changes)
			if err != nil {
				return err
			}
			if err := send(batch...); err != nil {
				gone = true
				return err
			}
			after = changes[len(changes)-1].Seq
			return nil
		})
		if gone || ctx.Err() != nil || errors.Is(err, crm.ErrNotFound) || errors.Is(err, crm.ErrInvalid) || errors.Is(err, crm.ErrClosed) {
			return
		}
		a.options.Logger.WarnContext(ctx, "a stream of changes waits for the database", "error", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(outage):
		}
	}
}

func eventsOf(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, lang language.Tag, changes []crm.Change) ([]sse.Event, error) {
	said, err := told.Changes(ctx, service, ws, lang, changes)
	if err != nil {
		return nil, err
	}
	events := make([]sse.Event, len(said))
	for n, one := range said {
		doc, err := json.Marshal(one)
		if err != nil {
			return nil, err
		}
		events[n] = sse.Event{ID: strconv.FormatInt(int64(one.Seq), 10), Name: "change", Data: doc}
	}
	return events, nil
}
