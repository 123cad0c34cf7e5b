package google

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// Options say who reads a sheet, which tab, and how much at most. Exactly one of ServiceAccount, TokenSource and APIKey
// is set.
type Options struct {
	// ServiceAccount is the JSON key file of a service account. The sheet has to be shared with its address. Tokens come
	// from Google's own address whatever the file says.
	ServiceAccount []byte
	// TokenSource gives tokens of a person who has signed in, with the scope [ScopeRead] or, with WriteStatus,
	// [ScopeWrite]. It is asked before each request and not told about contexts.
	TokenSource oauth2.TokenSource
	// APIKey reads sheets that anyone with the link may see. It cannot write.
	APIKey string

	// Name is what messages call the sheet, and under which its import is remembered: an import under another name is
	// one of another sheet. Empty means the id, with the tab where the link or Tab names one. Unlike the title of the
	// document, that stays.
	Name string
	// Tab is the name of the tab to read. Empty means the one that the link names or else the only one whose first
	// rows have the headers that a sheet needs.
	Tab string
	// Mapping is that of the import, where the headers alone do not tell what the columns mean: see
	// sheetimport.Options.
	Mapping column.Mapping
	// WriteStatus allows [Sheet.WriteStatus], and asks for the right to write.
	WriteStatus bool

	// Limits bound what is read; nil means the defaults. Bytes is for each answer of Google's, and also for the text of
	// all cells together.
	Limits *sheet.Limits
	// Retry says how often and how long to wait for Google; the zero value is right for most.
	Retry Retry
	// HTTPClient does the requests; nil means one with a timeout of two minutes a request. Its redirects and cookies are
	// not used.
	HTTPClient *http.Client
	// Endpoint and TokenURL are for tests and for networks with a gateway of their own. Empty means Google's.
	Endpoint, TokenURL string
}

// The scopes of a token.
const (
	ScopeRead  = "https://www.googleapis.com/auth/spreadsheets.readonly"
	ScopeWrite = "https://www.googleapis.com/auth/spreadsheets"
)

const (
	googleEndpoint = "https://sheets.googleapis.com"
	googleTokens   = "https://oauth2.googleapis.com/token"
)

// httpClient returns the client for requests: a token or a key must not follow a redirect to somewhere else.
func (o *Options) httpClient() *http.Client {
	client := http.Client{Timeout: 2 * time.Minute}
	if o.HTTPClient != nil {
		client = *o.HTTPClient
	}
	client.Jar = nil
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client
}

// address checks an address of the options and returns it without a slash at the end.
func address(field, given, google string) (string, error) {
	text := cmp.Or(given, google)
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", invalid(field, "", "is no address to send requests to; leave it empty, or write it like %s", google)
	}
	return strings.TrimRight(text, "/"), nil
}

func invalid(field, value, problem string, args ...any) error {
	return &crm.Error{Family: crm.ErrInvalid, Field: field, Value: crm.Shorten(value), Problem: sentence.Of(problem, args...)}
}
