package guard

import (
	"fmt"
	"net/http"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/web"
)

func foreignHost(name string) error {
	return &web.Refusal{Status: http.StatusMisdirectedRequest, Reason: &crm.Error{
		Family: crm.ErrInvalid, Field: "Host", Value: crm.Shorten(name),
		Problem: sentence.Of("is no name of this server; whoever runs it names those that it has with -host")}}
}

func foreignOrigin(origin string) error {
	return &web.Refusal{Status: http.StatusForbidden, Reason: &crm.Error{
		Family: crm.ErrInvalid, Field: "Origin", Value: crm.Shorten(origin),
		Problem: sentence.Of("another site may not send that; whoever runs the server names the addresses of its own " +
			"pages with -origin")}}
}

func tooManyAtOnce() error {
	return &web.Refusal{Status: http.StatusServiceUnavailable,
		Reason: sentence.Errorf("the server has too much to do just now; send the request again")}
}

func tooManyRequests(wait time.Duration) error {
	return &web.Refusal{Status: http.StatusTooManyRequests, Header: web.RetryAfter(wait),
		Reason: sentence.Errorf("too many requests came with this token; wait a little")}
}

// badHost is a name that Hosts cannot take.
func badHost(name string) error {
	return fmt.Errorf("%w: host %q: write the name alone, as in crm.example, without scheme, port or path", crm.ErrInvalid, name)
}

func badOrigin(origin string, err error) error {
	return fmt.Errorf("%w: origin %q: write it like https://crm.example: %w", crm.ErrInvalid, origin, err)
}
