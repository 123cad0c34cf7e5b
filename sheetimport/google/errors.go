package google

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// ErrNotWritten is the family of errors of [Sheet.WriteStatus] for a sheet that was read but could not be written.
// What of a large number of texts was sent before stays.
var ErrNotWritten error = sentence.Errorf("the status was not written into the sheet")

// Error is Google's refusal of a request, or that no answer came.
type Error struct {
	Status  int               // of HTTP, such as 403; 0 if no answer came
	Code    string            // Google's word for it, such as "PERMISSION_DENIED"; empty if it gave none
	Problem sentence.Sentence // what is wrong and what to do, for people

	again bool          // it may well succeed a little later
	after time.Duration // how long Google asks to wait, 0 if it does not say
}

// Error returns the problem in English.
func (e *Error) Error() string { return e.Problem.String() }

// Sentence returns the problem.
func (e *Error) Sentence() sentence.Sentence { return e.Problem }

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
func (c *client) problem(status int, r refusal, writes bool) sentence.Sentence {
	switch {
	case status >= 300 && status < 400:
		return sentence.Of("the answer sends to another address, as a sign-in page does, and was not followed; check the endpoint and the network")
	case status == http.StatusTooManyRequests:
		return sentence.Of("Google's quota for requests is used up (60 a minute for each account); try again in a minute")
	case isPassing(status):
		return sentence.Of("Google fails just now (status %d); try again later", status)
	case r.hasReason("API_KEY_INVALID") || status == http.StatusBadRequest && strings.HasPrefix(r.Error.Message, "API key"):
		return sentence.Of("Google does not know the API key, or it has expired; check it in the Google Cloud console")
	case r.hasReason("SERVICE_DISABLED"):
		return sentence.Of("the Google Sheets API is not switched on in the project of the credentials; enable it in the Google Cloud console")
	case r.hasReason("API_KEY_SERVICE_BLOCKED", "API_KEY_HTTP_REFERRER_BLOCKED", "API_KEY_IP_ADDRESS_BLOCKED"):
		return sentence.Of("the restrictions of the API key do not allow this; allow it the Google Sheets API in the Google Cloud console")
	case r.hasReason("ACCESS_TOKEN_SCOPE_INSUFFICIENT"):
		return sentence.Of("the token does not carry the right to this; let the person sign in again with the scope %s", c.scope())
	case status == http.StatusUnauthorized:
		return sentence.Of("Google does not accept the credentials; sign in again or make a new key")
	case status == http.StatusForbidden:
		return c.notShared(writes)
	case status == http.StatusNotFound:
		return sentence.Of("there is no sheet with this id, or it was deleted; copy its link again from the address bar")
	case status == http.StatusBadRequest && r.Error.Status == "FAILED_PRECONDITION":
		return sentence.Of(`it is an Office file in Google Drive and no Google sheet; open it, choose File → "Save as Google Sheets", and use the link of the new sheet`)
	}
	words := strings.TrimSpace(r.Error.Status + " " + r.Error.Message)
	if c.key != "" {
		words = strings.ReplaceAll(words, c.key, "…")
	}
	return sentence.Of("Google refuses the request (status %d): %s", status, crm.Shorten(words))
}

// notShared says to whom a sheet has to be shown.
func (c *client) notShared(writes bool) sentence.Sentence {
	serviceAccount, person := "the service account may not read it; share the sheet with %s as viewer",
		"the account that has signed in may not read it; share the sheet with it as viewer"
	if writes {
		serviceAccount, person = "the service account may not change it; share the sheet with %s as editor",
			"the account that has signed in may not change it; share the sheet with it as editor"
	}
	switch c.who.kind {
	case byServiceAccount:
		return sentence.Of(serviceAccount, c.who.address)
	case byKey:
		return sentence.Of(`an API key reads public sheets only; set the sheet's general access to "Anyone with the link", or read it with a service account`)
	}
	return sentence.Of(person)
}
