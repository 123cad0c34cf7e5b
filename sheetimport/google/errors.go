package google

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/getklar/influencercrm/crm"
)

// ErrNotWritten is the family of errors of [Sheet.WriteStatus] for a sheet that was read but could not be written.
// What of a large number of texts was sent before stays.
var ErrNotWritten = errors.New("the status was not written into the sheet")

// Error is Google's refusal of a request, or that no answer came.
type Error struct {
	Status  int    // of HTTP, such as 403; 0 if no answer came
	Code    string // Google's word for it, such as "PERMISSION_DENIED"; empty if it gave none
	Problem string // what is wrong and what to do, for people

	again bool          // it may well succeed a little later
	after time.Duration // how long Google asks to wait, 0 if it does not say
}

func (e *Error) Error() string { return e.Problem }

// refusal is the body of an error of Google's APIs.
type refusal struct {
	Error struct {
		Message string `json:"message"`
		Status  string `json:"status"`
		Details []struct {
			Reason string `json:"reason"`
		} `json:"details"`
	} `json:"error"`
}

func (r refusal) hasReason(reasons ...string) bool {
	for _, d := range r.Error.Details {
		for _, reason := range reasons {
			if d.Reason == reason {
				return true
			}
		}
	}
	return false
}

// refused turns an answer that is no success into an error.
func (c *client) refused(status int, header http.Header, body []byte, writes bool) *Error {
	var r refusal
	_ = json.Unmarshal(body, &r) // a proxy's error page is no JSON, and then the status says what there is to say
	return &Error{
		Status: status, Code: crm.Shorten(r.Error.Status), Problem: c.problem(status, r, writes),
		again: isPassing(status), after: retryAfter(header),
	}
}

// problem says what an error means and what to do.
func (c *client) problem(status int, r refusal, writes bool) string {
	switch {
	case status >= 300 && status < 400:
		return "the answer sends to another address, as a sign-in page does, and was not followed; check the endpoint and the network"
	case status == http.StatusTooManyRequests:
		return "Google's quota for requests is used up (60 a minute for each account); try again in a minute"
	case isPassing(status):
		return fmt.Sprintf("Google fails just now (status %d); try again later", status)
	case r.hasReason("API_KEY_INVALID") || status == http.StatusBadRequest && strings.HasPrefix(r.Error.Message, "API key"):
		return "Google does not know the API key, or it has expired; check it in the Google Cloud console"
	case r.hasReason("SERVICE_DISABLED"):
		return "the Google Sheets API is not switched on in the project of the credentials; enable it in the Google Cloud console"
	case r.hasReason("API_KEY_SERVICE_BLOCKED", "API_KEY_HTTP_REFERRER_BLOCKED", "API_KEY_IP_ADDRESS_BLOCKED"):
		return "the restrictions of the API key do not allow this; allow it the Google Sheets API in the Google Cloud console"
	case r.hasReason("ACCESS_TOKEN_SCOPE_INSUFFICIENT"):
		return "the token does not carry the right to this; let the person sign in again with the scope " + c.scope()
	case status == http.StatusUnauthorized:
		return "Google does not accept the credentials; sign in again or make a new key"
	case status == http.StatusForbidden:
		return c.notShared(writes)
	case status == http.StatusNotFound:
		return "there is no sheet with this id, or it was deleted; copy its link again from the address bar"
	case status == http.StatusBadRequest && r.Error.Status == "FAILED_PRECONDITION":
		return `it is an Office file in Google Drive and no Google sheet; open it, choose File → "Save as Google Sheets", and use the link of the new sheet`
	}
	words := strings.TrimSpace(r.Error.Status + " " + r.Error.Message)
	if c.key != "" {
		words = strings.ReplaceAll(words, c.key, "…")
	}
	return fmt.Sprintf("Google refuses the request (status %d): %s", status, crm.Shorten(words))
}

// notShared says to whom a sheet has to be shown.
func (c *client) notShared(writes bool) string {
	as, right := "viewer", "read"
	if writes {
		as, right = "editor", "change"
	}
	switch c.who.kind {
	case byServiceAccount:
		return fmt.Sprintf("the service account may not %s it; share the sheet with %s as %s", right, c.who.address, as)
	case byKey:
		return `an API key reads public sheets only; set the sheet's general access to "Anyone with the link", or read it with a service account`
	}
	return fmt.Sprintf("the account that has signed in may not %s it; share the sheet with it as %s", right, as)
}
