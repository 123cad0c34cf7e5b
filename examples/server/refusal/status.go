package refusal

import (
	"net/http"
	"time"

	"github.com/getklar/influencercrm/crm/web"
)

// Unauthorized is a call by nobody that the server knows, with what it has to show in WWW-Authenticate.
func Unauthorized(challenge http.Header, reason error) error {
	return &web.Refusal{Status: http.StatusUnauthorized, Header: challenge, Reason: reason}
}

// Forbidden is a call that its caller may not make. The header may be nil.
func Forbidden(header http.Header, reason error) error {
	return &web.Refusal{Status: http.StatusForbidden, Header: header, Reason: reason}
}

// Late is a body that did not arrive in time.
func Late(reason error) error { return &web.Refusal{Status: http.StatusRequestTimeout, Reason: reason} }

// Occupied is a call for which there is no place beside what is there or goes on.
func Occupied(reason error) error { return &web.Refusal{Status: http.StatusConflict, Reason: reason} }

// OccupiedFor is Occupied for a time, after which the client may call again.
func OccupiedFor(wait time.Duration, reason error) error {
	return &web.Refusal{Status: http.StatusConflict, Header: web.RetryAfter(wait), Reason: reason}
}

// OtherMedia is a body of a kind that is not taken.
func OtherMedia(reason error) error {
	return &web.Refusal{Status: http.StatusUnsupportedMediaType, Reason: reason}
}

// OtherHost is a call to a name that the server does not have.
func OtherHost(reason error) error {
	return &web.Refusal{Status: http.StatusMisdirectedRequest, Reason: reason}
}

// TooMany is one more call of a client that has made too many, with the time after which it may call again.
func TooMany(wait time.Duration, reason error) error {
	return &web.Refusal{Status: http.StatusTooManyRequests, Header: web.RetryAfter(wait), Reason: reason}
}

// Full is a server that does as much as it can.
func Full(reason error) error {
	return &web.Refusal{Status: http.StatusServiceUnavailable, Reason: reason}
}
