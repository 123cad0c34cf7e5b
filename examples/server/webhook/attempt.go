package webhook

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

const (
	defaultTimeout = 15 * time.Second
	maxAnswer      = 16 << 10 // bytes of an answer that are read, so that the connection can be used again; the rest is not
)

// newClient follows no redirects and uses no proxy, which would make the connection in its place.
func newClient(o Options) *http.Client {
	dialer := &net.Dialer{Timeout: o.Timeout, Control: only(o.Private)}
	return &http.Client{
		Timeout:       o.Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: o.Timeout, ForceAttemptHTTP2: true, MaxResponseHeaderBytes: maxAnswer,
			MaxIdleConns: 32, MaxIdleConnsPerHost: 1, IdleConnTimeout: 30 * time.Second, DisableCompression: true,
		},
	}
}

// outcome is how an attempt ended.
type outcome struct {
	status  int // of HTTP; 0 if no answer came
	failure Failure
}

// attempt sends a message once. An error is one of the server itself: the attempt does not count.
func (h *Hooks) attempt(ctx context.Context, r row, id string, body []byte) (outcome, error) {
	signer, err := standardwebhooks.NewWebhook(r.Secret)
	if err != nil {
		return outcome{}, err
	}
	now := h.o.Now()
	signature, err := signer.Sign(id, now, body)
	if err != nil {
		return outcome{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.URL, bytes.NewReader(body))
	if err != nil {
		return outcome{}, err
	}
	for name, value := range map[string]string{
		"Content-Type": "application/json", "User-Agent": "influencercrm",
		standardwebhooks.HeaderWebhookID:        id,
		standardwebhooks.HeaderWebhookTimestamp: strconv.FormatInt(now.Unix(), 10),
		standardwebhooks.HeaderWebhookSignature: signature,
	} {
		req.Header.Set(name, value)
	}
	res, err := h.client.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return outcome{}, ctx.Err()
		}
		return outcome{failure: failureOf(err)}, nil
	}
	defer func() { _ = res.Body.Close() }()          // the status is all that counts
	_, _ = io.CopyN(io.Discard, res.Body, maxAnswer) // likewise
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return outcome{res.StatusCode, Refused}, nil
	}
	return outcome{status: res.StatusCode}, nil
}

// failureOf is the kind of an error of a client.
func failureOf(err error) Failure {
	if errors.Is(err, errPrivate) {
		return Private
	}
	if slow, ok := errors.AsType[net.Error](err); ok && slow.Timeout() {
		return TimedOut
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return Untrusted
	}
	return Unreachable
}
