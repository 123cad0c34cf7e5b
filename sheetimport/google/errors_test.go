package google_test

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/oauth2"

	"github.com/getklar/influencercrm/sheetimport/google"
)

func recorded(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestRefusals: each says what to do, is asked for once if it cannot get better by itself, and shows no secret.
func TestRefusals(t *testing.T) {
	t.Parallel()
	const token = "ya29.secret-token-of-this-test"
	withKey := func(t *testing.T, _ *fake) *google.Options { return &google.Options{APIKey: apiKey} }
	withToken := func(t *testing.T, _ *fake) *google.Options {
		return &google.Options{TokenSource: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: token})}
	}
	withAccount := func(t *testing.T, f *fake) *google.Options {
		return &google.Options{ServiceAccount: accountFile(t), TokenURL: newTokens(t).server.URL}
	}
	for name, c := range map[string]struct {
		status int
		body   string
		who    func(*testing.T, *fake) *google.Options
		code   string
		want   string
		again  bool
	}{
		"not shared with the account": {403, "permission_denied.json", withAccount, "PERMISSION_DENIED",
			"share the sheet with crm-import@klar-test.iam.gserviceaccount.com as viewer", false},
		"not shared with the person": {403, "permission_denied.json", withToken, "PERMISSION_DENIED",
			"the account that has signed in may not read it; share the sheet with it as viewer", false},
		"not public": {403, "permission_denied.json", withKey, "PERMISSION_DENIED",
			`an API key reads public sheets only; set the sheet's general access to "Anyone with the link"`, false},
		"the API is off": {403, "service_disabled.json", withAccount, "PERMISSION_DENIED",
			"the Google Sheets API is not switched on", false},
		"the key is for something else": {403, "key_blocked.json", withKey, "PERMISSION_DENIED", "the restrictions of the API key", false},
		"the token is for something else": {403, "scope_insufficient.json", withToken, "PERMISSION_DENIED",
			"sign in again with the scope https://www.googleapis.com/auth/spreadsheets.readonly", false},
		"no such sheet": {404, "not_found.json", withToken, "NOT_FOUND", "there is no sheet with this id", false},
		"an Excel file": {400, "office_file.json", withAccount, "FAILED_PRECONDITION",
			`it is an Office file in Google Drive and no Google sheet; open it, choose File → "Save as Google Sheets"`, false},
		"a wrong key": {400, "api_key_invalid.json", withKey, "INVALID_ARGUMENT", "Google does not know the API key", false},
		"a token that is over": {401, "unauthenticated.json", withToken, "UNAUTHENTICATED",
			"Google does not accept the credentials", false},
		"something else": {400, "invalid_argument.json", withKey, "INVALID_ARGUMENT",
			"Google refuses the request (status 400): INVALID_ARGUMENT", false},
		"the quota":             {429, "quota.json", withToken, "RESOURCE_EXHAUSTED", "Google's quota for requests is used up", true},
		"a failure of Google's": {500, "internal.json", withToken, "INTERNAL", "Google fails just now (status 500)", true},
		"a page of Google's":    {502, "bad_gateway.html", withToken, "", "Google fails just now (status 502)", true},
		"a sign-in page":        {200, "sign_in.html", withKey, "", "a web page came instead of the sheet", false},
		"a broken answer":       {200, "truncated.json", withKey, "", "the answer is broken off", false},
		"nothing":               {200, "empty.json", withKey, "", "the answer is broken off", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			f.refuse = func(_ int, w http.ResponseWriter, _ *http.Request) bool {
				w.WriteHeader(c.status)
				if _, err := w.Write(recorded(t, c.body)); err != nil {
					t.Error(err)
				}
				return true
			}
			o := c.who(t, f)
			o.Retry = google.Retry{Attempts: 3, Wait: new(waitList).wait}
			_, err := f.open(documentID, o).Read(t.Context())
			checkError(t, err, c.want)
			var refused *google.Error
			if !errors.As(err, &refused) || refused.Status != c.status || refused.Code != c.code {
				t.Errorf("err = %#v, want status %d %s", refused, c.status, c.code)
			}
			if want := map[bool]int{false: 1, true: 3}[c.again]; f.count() != want {
				t.Errorf("%d requests, want %d", f.count(), want)
			}
			if strings.ContainsAny(err.Error(), "\n\r") || !strings.HasPrefix(err.Error(), `"`+documentID+`": the sheet cannot be read: `) {
				t.Errorf("err = %v is not one sentence about the sheet", err)
			}
			checkNoSecret(t, err, apiKey, token, "PRIVATE KEY", "ya29.from-google")
		})
	}
}

// checkNoSecret looks for secrets in an error and in all that it wraps.
func checkNoSecret(t *testing.T, err error, secrets ...string) {
	t.Helper()
	if err == nil {
		return
	}
	for _, secret := range secrets {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("err = %v shows %q", err, secret)
		}
	}
	switch e := err.(type) {
	case interface{ Unwrap() []error }:
		for _, each := range e.Unwrap() {
			checkNoSecret(t, each, secrets...)
		}
	case interface{ Unwrap() error }:
		checkNoSecret(t, e.Unwrap(), secrets...)
	}
}
