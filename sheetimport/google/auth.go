package google

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"net/http"
	"net/mail"
	"net/url"
	"sync"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/jwt"

	"github.com/getklar/influencercrm/crm/sentence"
)

// reader is who reads the sheet.
type reader struct {
	kind    readerKind
	address string // of a service account
	// authorize puts a token or key into the header of a request. In an address it would stand in logs and errors.
	authorize func(ctx context.Context, r *http.Request) error
}

type readerKind int

const (
	byServiceAccount readerKind = iota
	byToken
	byKey
)

// readerOf makes the reader of the options.
func readerOf(o *Options, client *http.Client) (reader, error) {
	given := 0
	for _, is := range []bool{len(o.ServiceAccount) > 0, o.TokenSource != nil, o.APIKey != ""} {
		if is {
			given++
		}
	}
	switch {
	case given != 1:
		return reader{}, invalid("options", "", "name who reads the sheet: exactly one of ServiceAccount, TokenSource and APIKey")
	case o.APIKey != "" && o.WriteStatus:
		return reader{}, invalid("write_status", "true", "an API key can only read; write with a service account or a token source")
	case o.APIKey != "":
		return reader{kind: byKey, authorize: func(_ context.Context, r *http.Request) error {
			r.Header.Set("X-Goog-Api-Key", o.APIKey)
			return nil
		}}, nil
	case o.TokenSource != nil:
		source := oauth2.ReuseTokenSource(nil, o.TokenSource)
		return reader{kind: byToken, authorize: func(_ context.Context, r *http.Request) error {
			token, err := source.Token()
			if err != nil {
				return tokenError(byToken, err)
			}
			token.SetAuthHeader(r)
			return nil
		}}, nil
	}
	return serviceAccount(o, client)
}

// anotherKey is what would be right.
var anotherKey = sentence.Of("download a key of type JSON for the service account in the Google Cloud console")

// serviceAccount reads the key file of a service account. Nothing of the file but the address gets into an error.
func serviceAccount(o *Options, client *http.Client) (reader, error) {
	fail := func(problem string) (reader, error) {
		return reader{}, invalid("service_account", "", "%s; %s", sentence.Of(problem), anotherKey)
	}
	var file struct {
		Type  string `json:"type"`
		Email string `json:"client_email"`
		Key   string `json:"private_key"`
		KeyID string `json:"private_key_id"`
	}
	if json.Unmarshal(o.ServiceAccount, &file) != nil {
		return fail("is no JSON")
	}
	if file.Type != "service_account" {
		return fail("is the JSON of something else than a service account")
	}
	if at, err := mail.ParseAddress(file.Email); err != nil || at.Address != file.Email {
		return fail("has no client_email")
	}
	if !isPrivateKey(file.Key) {
		return fail("has no private_key that can be read")
	}
	tokens, err := address("token_url", o.TokenURL, googleTokens)
	if err != nil {
		return reader{}, err
	}
	a := &account{client: client, config: jwt.Config{
		Email: file.Email, PrivateKey: []byte(file.Key), PrivateKeyID: file.KeyID, TokenURL: tokens, Scopes: []string{ScopeRead},
	}}
	if o.WriteStatus {
		a.config.Scopes = []string{ScopeWrite}
	}
	return reader{kind: byServiceAccount, address: file.Email, authorize: func(ctx context.Context, r *http.Request) error {
		token, err := a.token(ctx)
		if err != nil {
			return tokenError(byServiceAccount, err)
		}
		token.SetAuthHeader(r)
		return nil
	}}, nil
}

// isPrivateKey reports whether a text is an RSA key, so that a broken one is found before it is used.
func isPrivateKey(text string) bool {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return false
	}
	if key, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
		_, ok := key.(*rsa.PrivateKey)
		return ok
	}
	_, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	return err == nil
}

// account gives tokens of a service account and keeps each until it expires. The source of package jwt keeps them too,
// but with the context of the first request for all later ones.
type account struct {
	client *http.Client
	config jwt.Config

	mu   sync.Mutex
	last *oauth2.Token
}

func (a *account) token(ctx context.Context) (*oauth2.Token, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.last.Valid() {
		return a.last, nil
	}
	token, err := a.config.TokenSource(context.WithValue(ctx, oauth2.HTTPClient, a.client)).Token()
	if err == nil {
		a.last = token
	}
	return token, err
}

// tokenError says why there is no token. What the source says is not shown: it may quote what it was given.
func tokenError(kind readerKind, err error) *Error {
	var refused *oauth2.RetrieveError
	var at *url.Error
	if errors.As(err, &at) {
		return unreachable(err)
	}
	if !errors.As(err, &refused) || refused.Response == nil {
		if kind == byToken {
			return &Error{Problem: sentence.Of("the token source gave no token; let the person sign in again")}
		}
		return &Error{Problem: sentence.Of("no token came from Google; try again later"), again: true}
	}
	status := refused.Response.StatusCode
	switch {
	case isPassing(status):
		return &Error{Status: status, Problem: sentence.Of("Google gives no token just now; try again later"), again: true,
			after: retryAfter(refused.Response.Header)}
	case kind == byToken:
		return &Error{Status: status, Problem: sentence.Of("Google does not accept the sign-in any more; let the person sign in again")}
	}
	return &Error{Status: status,
		Problem: sentence.Of("Google does not accept the key of the service account; check that the key and the account still exist, " +
			"and that the clock of this machine is right")}
}
