package access

import (
	"strconv"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/examples/server/refusal"
)

// noToken is a request without a token, where one is needed.
func noToken() error {
	return refusal.Unauthorized(challenge("", Public),
		sentence.Errorf("send a token of this server in the header Authorization, after the word Bearer"))
}

// badToken is a token that is unknown, expired or revoked. Which of them it is nobody is told who does not have a good one.
func badToken() error {
	return refusal.Unauthorized(challenge("invalid_token", Public),
		sentence.Errorf("this token is not valid, or not any more; ask for a new one"))
}

// notABearer is a header Authorization that holds no token.
func notABearer() error {
	return refusal.Unauthorized(challenge("invalid_request", Public),
		sentence.Errorf("the header Authorization is not of the form Bearer and a token"))
}

func lacks(s Scope) error {
	return refusal.Forbidden(challenge("insufficient_scope", s), sentence.Errorf("this token may not do that; it needs the scope %s", s))
}

// someWorkspacesOnly is a call about no single workspace, by a token that is for some of them.
func someWorkspacesOnly() error {
	return refusal.Forbidden(challenge("insufficient_scope", Public),
		sentence.Errorf("this token is for some workspaces only, and that is about all of them"))
}

// tooManyFailures is one more try of a token after many that failed.
func tooManyFailures(wait time.Duration) error {
	return refusal.TooMany(wait, sentence.Errorf("too many tokens that are not valid came from this address; wait a little"))
}

func notAScope(text string) error {
	return refusal.Invalid("scope", text, sentence.Of("is no scope; use read, write or admin"))
}

func badName(name string) error {
	return refusal.Invalid("name", name,
		sentence.Of("a token needs a name of 1 to %d characters, which stands in the log of changes", maxName))
}

func tooManyWorkspaces(n int) error {
	return refusal.Invalid("workspaces", strconv.Itoa(n),
		sentence.Of("a token is for at most %d workspaces, or for all if none is named", maxWorkspaces))
}

func workspaceTwice(ws crm.WorkspaceID) error {
	return refusal.Invalid("workspaces", ws.String(), sentence.Of("stands there twice"))
}

func noWorkspace(ws crm.WorkspaceID) error {
	return refusal.Invalid("workspaces", ws.String(), sentence.Of("there is no such workspace"))
}

func alreadyOver(at time.Time) error {
	return refusal.Invalid("expires_at", at.Format(time.RFC3339),
		sentence.Of("is over already; a token expires in the future, or never if no time is given"))
}

func tooManyTokens() error {
	return refusal.Occupied(sentence.Errorf("there are %d valid tokens already, which is as many as there may be; revoke one", maxTokens))
}

func noSuchToken(id string) error {
	return &crm.Error{Family: crm.ErrNotFound, Field: "id", Value: crm.Shorten(id),
		Problem: sentence.Of("there is no such token, or it was revoked before")}
}
