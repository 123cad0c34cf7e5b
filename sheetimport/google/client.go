package google

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// client asks the API about one document.
type client struct {
	http     *http.Client
	who      reader
	document string // its address: endpoint, path and id
	key      string // of the API, which must not get into an error
	writes   bool
	retry    Retry
	maxBytes int64
}

func (c *client) scope() string {
	if c.writes {
		return ScopeWrite
	}
	return ScopeRead
}

// get reads a part of the document into out.
func (c *client) get(ctx context.Context, query url.Values, out any) error {
	query.Set("prettyPrint", "false")
	return c.call(ctx, http.MethodGet, c.document+"?"+query.Encode(), nil, out)
}

// call does one request as often as [Retry] has it. Every request of this package may be repeated: it reads, or writes
// fixed texts into fixed cells.
func (c *client) call(ctx context.Context, method, address string, body []byte, out any) error {
	for attempt := 1; ; attempt++ {
		err := c.once(ctx, method, address, body, out)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var e *Error
		if !errors.As(err, &e) {
			return err
		}
		pause, again := c.retry.pause(attempt, e)
		if !again {
			return e
		}
		if err := c.retry.Wait(ctx, pause); err != nil {
			return err
		}
	}
}

func (c *client) once(ctx context.Context, method, address string, body []byte, out any) error {
	r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if err := c.who.authorize(ctx, r); err != nil {
		return err
	}
	answer, err := c.http.Do(r)
	if err != nil {
		return unreachable(err)
	}
	defer func() { _ = answer.Body.Close() }()
	data, err := io.ReadAll(io.LimitReader(answer.Body, c.maxBytes+1))
	switch {
	case answer.StatusCode != http.StatusOK:
		return c.refused(answer.StatusCode, answer.Header, data, method != http.MethodGet)
	case err != nil:
		return unreachable(err)
	case int64(len(data)) > c.maxBytes:
		return sentence.Errorf("%s: an answer has more than %d bytes; split the sheet", sheet.ErrTooLarge, c.maxBytes)
	case json.Unmarshal(data, out) == nil:
		return nil
	case bytes.HasPrefix(bytes.TrimSpace(data), []byte("<")):
		return &Error{Status: answer.StatusCode,
			Problem: sentence.Of("a web page came instead of the sheet, as from a sign-in page or a proxy; check the endpoint and the network")}
	}
	return &Error{Status: answer.StatusCode,
		Problem: sentence.Of("the answer is broken off or is not what the Google Sheets API sends; try again")}
}

// unreachable is for a connection that failed. The address of the request is left out: it is long and helps nobody.
func unreachable(err error) *Error {
	var at *url.Error
	if errors.As(err, &at) {
		err = at.Err
	}
	return &Error{Problem: sentence.Of("Google cannot be reached (%s); check the network and try again", err.Error()), again: true}
}
