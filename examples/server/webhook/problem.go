package webhook

import (
	"strconv"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

func noURL(text string) error {
	return &crm.Error{Family: crm.ErrInvalid, Field: "url", Value: crm.Shorten(text),
		Problem: sentence.Of("is no address for messages; use https://, a host, and no user or #")}
}

func longURL(text string) error {
	return &crm.Error{Family: crm.ErrInvalid, Field: "url", Value: crm.Shorten(text),
		Problem: sentence.Of("is too long; an address has at most %d bytes", maxURL)}
}

// privateURL is an address to which no message may go, also where private networks are allowed.
func privateURL(text string, private bool) error {
	problem := sentence.Of("leads into a private network; messages go to public addresses only")
	if private {
		problem = sentence.Of("leads to an address to which no message goes; use one of the internet, of a private network or of this machine")
	}
	return &crm.Error{Family: crm.ErrInvalid, Field: "url", Value: crm.Shorten(text), Problem: problem}
}

func noKind(n int, kind crm.Kind) error {
	return &crm.Error{Family: crm.ErrInvalid, Field: "kinds[" + strconv.Itoa(n) + "]", Value: crm.Shorten(string(kind)),
		Problem: sentence.Of("is no kind of records with changes; use workspace, member, campaign, influencer or cooperation")}
}

func noState(state State) error {
	return &crm.Error{Family: crm.ErrInvalid, Field: "state", Value: crm.Shorten(string(state)),
		Problem: sentence.Of("is no state of a delivery; use pending, delivered or dead")}
}

func noSeq(after, last crm.Seq) error {
	e := &crm.Error{Family: crm.ErrInvalid, Field: "after", Value: strconv.FormatInt(int64(after), 10),
		Problem: sentence.Of("is past the end of the log, which is at %d; follow it from its beginning", int64(last))}
	if after < 0 {
		e.Problem = sentence.Of("must not be negative; 0 is the beginning of the log")
	}
	return e
}

func tooMany() error {
	return &crm.Error{Family: crm.ErrAlreadyExists, Field: "url",
		Problem: sentence.Of("the workspace has %d webhooks already, which is as many as it may have; delete one", MaxWebhooks)}
}

func noWebhook(id string) error {
	return &crm.Error{Family: crm.ErrNotFound, Field: "id", Value: id, Problem: sentence.Of("there is no such webhook in this workspace")}
}

func noDelivery(id string) error {
	return &crm.Error{Family: crm.ErrNotFound, Field: "delivery", Value: id, Problem: sentence.Of("there is no such delivery of this webhook")}
}
