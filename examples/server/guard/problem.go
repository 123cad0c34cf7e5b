package guard

import (
	"fmt"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

func foreignHost(name string) error {
	return refusal.OtherHost(&crm.Error{
		Family: crm.ErrInvalid, Field: "Host", Value: crm.Shorten(name),
		Problem: sentence.Of("is no name of this server; whoever runs it names those that it has with -host")})
}

func foreignOrigin(origin string) error {
	return refusal.Forbidden(nil, &crm.Error{
		Family: crm.ErrInvalid, Field: "Origin", Value: crm.Shorten(origin),
		Problem: sentence.Of("another site may not send that; whoever runs the server names the addresses of its own " +
			"pages with -origin")})
}

func tooManyAtOnce() error {
	return refusal.Full(sentence.Errorf("the server has too much to do just now; send the request again"))
}

func tooManyRequests(wait time.Duration) error {
	return refusal.TooMany(wait, sentence.Errorf("too many requests came with this token; wait a little"))
}

// badHost is a name that Hosts cannot take.
func badHost(name string) error {
	return fmt.Errorf("%w: host %q: write the name alone, as in crm.example, without scheme, port or path", crm.ErrInvalid, name)
}

func badOrigin(origin string, err error) error {
	return fmt.Errorf("%w: origin %q: write it like https://crm.example: %w", crm.ErrInvalid, origin, err)
}
