package google_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"golang.org/x/oauth2"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/google"
)

// accountKey is the key of the service account of the tests.
var accountKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

const accountAddress = "crm-import@klar-test.iam.gserviceaccount.com"

// accountFile is the file that the Google Cloud console gives for a service account.
func accountFile(t testing.TB) []byte {
	t.Helper()
	key, err := x509.MarshalPKCS8PrivateKey(accountKey())
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(map[string]string{
		"type": "service_account", "project_id": "klar-test", "private_key_id": "0123456789abcdef",
		"private_key":  string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})),
		"client_email": accountAddress, "client_id": "1", "auth_uri": "https://accounts.google.com/o/oauth2/auth",
		"token_uri": "http://169.254.169.254/token", // not asked: whoever brings a file does not choose who is asked
	})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// tokens is a server that gives tokens for a service account.
type tokens struct {
	server *httptest.Server
	given  atomic.Int32
	scope  atomic.Value
	refuse func(n int32, w http.ResponseWriter) bool
}

func newTokens(t testing.TB) *tokens {
	t.Helper()
	k := &tokens{}
	k.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := k.given.Add(1)
		if k.refuse != nil && k.refuse(n, w) {
			return
		}
		k.scope.Store(scopeOf(t, r.FormValue("assertion")))
		w.Header().Set("Content-Type", "application/json")
		if _, err := w.Write([]byte(`{"access_token":"ya29.from-google","expires_in":3599,"token_type":"Bearer"}`)); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(k.server.Close)
	return k
}

// scopeOf checks an assertion, a JSON web token that the account has signed, and returns the scope that it asks for.
func scopeOf(t testing.TB, assertion string) string {
	t.Helper()
	dot := strings.LastIndex(assertion, ".")
	if dot < 0 {
		t.Errorf("%q is no assertion", assertion)
		return ""
	}
	signed, signature := assertion[:dot], assertion[dot+1:]
	sum := sha256.Sum256([]byte(signed))
	if err := rsa.VerifyPKCS1v15(&accountKey().PublicKey, crypto.SHA256, sum[:], decoded(t, signature)); err != nil {
		t.Errorf("the assertion is not signed with the account's key: %v", err)
	}
	_, payload, _ := strings.Cut(signed, ".")
	var claims struct{ Iss, Scope string }
	if err := json.Unmarshal(decoded(t, payload), &claims); err != nil || claims.Iss != accountAddress {
		t.Errorf("claims %+v, %v", claims, err)
	}
	return claims.Scope
}

func decoded(t testing.TB, part string) []byte {
	t.Helper()
	data, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		t.Error(err)
	}
	return data
}

func TestServiceAccount(t *testing.T) {
	t.Parallel()
	for _, writes := range []bool{false, true} {
		k := newTokens(t)
		k.refuse = func(n int32, w http.ResponseWriter) bool {
			if n == 1 {
				w.WriteHeader(http.StatusServiceUnavailable)
			}
			return n == 1
		}
		f := newFake(t, tab(0, "Plan", []string{"Ida"}))
		s := f.open(documentID, &google.Options{
			ServiceAccount: accountFile(t), TokenURL: k.server.URL, WriteStatus: writes, Retry: google.Retry{Wait: new(waitList).wait},
		})
		for range 2 {
			if _, err := s.Read(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if n := k.given.Load(); n != 2 {
			t.Errorf("%d requests for a token, want one that failed and one", n)
		}
		if want := map[bool]string{false: google.ScopeRead, true: google.ScopeWrite}[writes]; k.scope.Load() != want {
			t.Errorf("scope %v, want %s", k.scope.Load(), want)
		}
		for _, r := range f.requests {
			if got := r.Header.Get("Authorization"); got != "Bearer ya29.from-google" {
				t.Errorf("Authorization: %q", got)
			}
		}
	}
}

func TestAServiceAccountThatIsGone(t *testing.T) {
	t.Parallel()
	k := newTokens(t)
	k.refuse = func(_ int32, w http.ResponseWriter) bool {
		w.WriteHeader(http.StatusBadRequest)
		if _, err := w.Write(recorded(t, "invalid_grant.json")); err != nil {
			t.Error(err)
		}
		return true
	}
	f := newFake(t, tab(0, "Plan", []string{"Ida"}))
	_, err := f.open(documentID, &google.Options{ServiceAccount: accountFile(t), TokenURL: k.server.URL}).Read(t.Context())
	checkError(t, err, "Google does not accept the key of the service account")
	if k.given.Load() != 1 || f.count() != 0 {
		t.Errorf("%d requests for a token, %d for the sheet; want 1 and 0", k.given.Load(), f.count())
	}
}

func TestAPIKeyStandsInTheHeaderOnly(t *testing.T) {
	t.Parallel()
	f := newFake(t, tab(0, "Plan", []string{"Ida"}))
	f.read(&google.Options{APIKey: apiKey})
	for _, r := range f.requests {
		if r.Header.Get("X-Goog-Api-Key") != apiKey || strings.Contains(r.URL.String(), apiKey) || r.Header.Get("Authorization") != "" {
			t.Errorf("%s %v", r.URL, r.Header)
		}
	}
}

// brokenSource is a token source that fails and says too much.
type brokenSource struct{ err error }

func (b brokenSource) Token() (*oauth2.Token, error) { return nil, b.err }

func TestATokenSourceThatFails(t *testing.T) {
	t.Parallel()
	const secret = "1//secret-refresh-token"
	refused := func(status int) error {
		return &oauth2.RetrieveError{Response: &http.Response{StatusCode: status, Header: http.Header{}}, Body: []byte(secret)}
	}
	for name, c := range map[string]struct {
		err      error
		want     string
		attempts int // beside the first
	}{
		"it says too much": {errors.New("refresh_token=" + secret + " was refused"), "let the person sign in again", 0},
		"it was revoked":   {refused(400), "Google does not accept the sign-in any more", 0},
		"Google fails":     {refused(503), "Google gives no token just now", 2},
		"it cannot be reached": {&url.Error{Op: "Post", URL: "https://oauth2.example/?code=" + secret,
			Err: errors.New("no route to host")}, "Google cannot be reached (no route to host)", 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, tab(0, "Plan", []string{"Ida"}))
			var waits waitList
			_, err := f.open(documentID, &google.Options{TokenSource: brokenSource{c.err},
				Retry: google.Retry{Attempts: 3, Wait: waits.wait}}).Read(t.Context())
			checkError(t, err, c.want)
			checkNoSecret(t, err, secret)
			if len(waits.list) != c.attempts || f.count() != 0 {
				t.Errorf("%d waits and %d requests, want %d and none", len(waits.list), f.count(), c.attempts)
			}
		})
	}
}

func TestBadOptions(t *testing.T) {
	t.Parallel()
	key := string(accountFile(t))
	static := oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "t"})
	for name, c := range map[string]struct {
		o     *google.Options
		field string
		want  string
	}{
		"nobody":                 {nil, "options", "exactly one of ServiceAccount, TokenSource and APIKey"},
		"two":                    {&google.Options{APIKey: apiKey, TokenSource: static}, "options", "exactly one of"},
		"a key that shall write": {&google.Options{APIKey: apiKey, WriteStatus: true}, "write_status", "an API key can only read"},
		"no JSON":                {&google.Options{ServiceAccount: []byte("secret")}, "service_account", "is no JSON"},
		"a client for sign-in": {&google.Options{ServiceAccount: []byte(`{"installed":{"client_secret":"secret"}}`)},
			"service_account", "something else than a service account"},
		"no address": {&google.Options{ServiceAccount: []byte(`{"type":"service_account","private_key":"secret"}`)},
			"service_account", "has no client_email"},
		"no key": {&google.Options{ServiceAccount: []byte(`{"type":"service_account","client_email":"a@b.example","private_key":"secret"}`)},
			"service_account", "has no private_key that can be read"},
		"a broken key": {&google.Options{ServiceAccount: []byte(strings.Replace(key, "MII", "MIJ", 1))},
			"service_account", "has no private_key that can be read"},
		"an endpoint of no kind": {&google.Options{APIKey: apiKey, Endpoint: "file:///etc/passwd"}, "endpoint",
			"is no address to send requests to"},
		"an endpoint with a query": {&google.Options{APIKey: apiKey, Endpoint: "https://example.com/?key=secret"}, "endpoint", "is no address"},
		"tokens from nowhere":      {&google.Options{ServiceAccount: []byte(key), TokenURL: "tokens"}, "token_url", "is no address"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := google.Open(documentID, c.o)
			var bad *crm.Error
			if !errors.As(err, &bad) || !errors.Is(err, crm.ErrInvalid) || bad.Field != c.field || !strings.Contains(bad.Problem.String(), c.want) {
				t.Errorf("err = %v, want field %s: %q", err, c.field, c.want)
			}
			checkNoSecret(t, err, "secret", apiKey, "BEGIN")
		})
	}
}
