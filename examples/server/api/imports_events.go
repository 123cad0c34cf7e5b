package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/openapi"
	"github.com/getklar/influencercrm/examples/server/sse"
)

// streaming describes an operation that answers with events.
func streaming(o Operation) Operation {
	o.timeout, o.Resumable = streamTime, true
	o.Description = "Events `progress` and at last `result`, each with the job of the plan as its data, and an id that can be sent back " +
		"in `Last-Event-ID`. A client that has the result already is answered 204, upon which browsers do not ask again. The server ends a stream after 15 minutes, and " +
		"when it shuts down."
	o.Answers = []openapi.Answer{
		{Status: http.StatusOK, Content: &openapi.Content{Media: []string{"text/event-stream"}}},
		{Status: http.StatusNoContent, Description: "The client has got the result."},
	}
	return o
}

func (a *API) planEvents(c *call[onePlan]) (any, error) {
	last := int64(-1) // before every revision
	if id, given, err := sse.LastID(c.request); err != nil {
		return nil, err
	} else if given {
		last = int64(id)
	}
	job, err := a.options.Imports.Job(c.ctx(), c.ws, c.params.Plan)
	switch {
	case err != nil:
		return nil, err
	case job.Over() && job.Revision() == last:
		return nothing{}, nil
	}
	return a.streamed(func(ctx context.Context, send func(...sse.Event) error) {
		// An error means that the client is gone or comes again.
		_ = a.options.Imports.Follow(ctx, c.ws, c.params.Plan, last, func(job imports.Job) error {
			doc, err := json.Marshal(job.In(web.Language(c.request)))
			if err != nil {
				return err
			}
			name := "progress"
			if job.Over() {
				name = "result"
			}
			return send(sse.Event{ID: strconv.FormatInt(job.Revision(), 10), Name: name, Data: doc})
		})
	}), nil
}
