package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/google/uuid"
)

// document is what the server says of its API. Requests and answers are held against it.
type document struct{ router routers.Router }

func init() {
	// Of other media than JSON the document says no more than that they are texts or bytes.
	for _, media := range []string{
		"text/event-stream", "text/csv", "text/markdown", "text/html", "image/svg+xml", "image/png", "image/jpeg", "image/gif",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	} {
		openapi3filter.RegisterBodyDecoder(media, openapi3filter.FileBodyDecoder)
	}
	openapi3.DefineStringFormatValidator("uuid", openapi3.NewCallbackValidator(func(text string) error { // its own knows no version 7
		id, err := uuid.Parse(text)
		if err == nil && id.String() != text {
			err = fmt.Errorf("want %s", id)
		}
		return err
	}))
}

func readDocument(t *testing.T, text []byte) *document {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Errorf("the document: %v", err)
	}
	doc.Servers = nil // requests of httptest name a host
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	return &document{router}
}

var documentOptions = &openapi3filter.Options{
	MultiError: true, IncludeResponseStatus: true, RejectWhenRequestBodyNotSpecified: true, SkipSettingDefaults: true,
	AuthenticationFunc: openapi3filter.NoopAuthenticationFunc,
}

func (d *document) input(r *http.Request) (*openapi3filter.RequestValidationInput, error) {
	route, params, err := d.router.FindRoute(r)
	return &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route, Options: documentOptions}, err
}

// allows returns why the document does not allow a request.
func (d *document) allows(ctx context.Context, r *http.Request) error {
	in, err := d.input(r)
	if err != nil {
		return err
	}
	return openapi3filter.ValidateRequest(ctx, in)
}

// has returns why the document does not have an answer to a request.
func (d *document) has(ctx context.Context, r *http.Request, answer *http.Response, body []byte) error {
	in, err := d.input(r)
	if errors.Is(err, routers.ErrMethodNotAllowed) && answer.StatusCode == http.StatusMethodNotAllowed {
		return nil
	}
	if err != nil {
		return err
	}
	return openapi3filter.ValidateResponse(ctx, &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: answer.StatusCode, Header: answer.Header, Body: io.NopCloser(bytes.NewReader(body)),
		Options: documentOptions,
	})
}

// What the answers are held against would find what is wrong with one.
func TestDocumentFindsWrongAnswers(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	c.ws = "/v1/workspaces/" + c.do(201, "POST", "/v1/workspaces", `{"name":"Shop","currency":"EUR"}`).text("id")
	campaign := c.do(201, "POST", "campaigns",
		`{"name":"Sale","budget":{"amount":"100","currency":"EUR"},"period":{"start":"2026-06-01"}}`).text("id")
	right := c.raw("GET", "campaigns/"+campaign, "")
	const media = "application/json"
	for _, test := range []struct {
		name, old, new string // in the body
		status         int
		media          string
		want           string // in the error; "" for none
	}{
		{"as it is", "", "", 200, media, ""},
		{"another status", "", "", 299, media, "status is not supported"},
		{"another type", "", "", 200, "text/plain", "Content-Type"},
		{"no type", "", "", 200, "", "Content-Type"},
		{"no body", right.Body.String(), "", 200, media, "EOF"},
		{"null", right.Body.String(), "null", 200, media, "object"},
		{"a list", right.Body.String(), "[]", 200, media, "object"},
		{"a field is missing", `"name":"Sale"`, `"nom":"Sale"`, 200, media, "name"},
		{"a number for a text", `"name":"Sale"`, `"name":1`, 200, media, "/name"},
		{"no id", campaign, "1", 200, media, "/id"},
		{"an id in capitals", campaign, strings.ToUpper(campaign), 200, media, "/id"},
		{"no day", "2026-06-01", "2026-06-31", 200, media, "start"},
		{"no currency", `"currency":"EUR"`, `"currency":"euro"`, 200, media, "currency"},
		{"a number for an amount", `"100.00"`, `100`, 200, media, "amount"},
	} {
		t.Run(test.name, func(t *testing.T) {
			body := strings.ReplaceAll(right.Body.String(), test.old, test.new)
			if test.old == "" {
				body = right.Body.String()
			}
			answer := right.Result()
			answer.StatusCode = test.status
			answer.Header.Set("Content-Type", test.media)
			err := c.document.has(t.Context(), c.request("GET", "campaigns/"+campaign, ""), answer, []byte(body))
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v, want %q in it", err, test.want)
			}
		})
	}
}

// Each format of the document is one that is checked.
func TestFormatsAreChecked(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	newClient(t).handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/openapi.json", nil))
	var doc any
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	checked := []string{"binary", "int64"} // any text, and any whole number that Go reads
	for format := range openapi3.SchemaStringFormats {
		checked = append(checked, format)
	}
	found := 0
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, each := range v {
				walk(each)
			}
		case map[string]any:
			if format, is := v["format"].(string); is {
				if found++; !slices.Contains(checked, format) {
					t.Errorf("nobody checks the format %s", format)
				}
			}
			for _, each := range v {
				walk(each)
			}
		}
	}
	walk(doc)
	if found == 0 {
		t.Error("the document has no formats")
	}
}
