package webhook

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// A name that resolves to this machine leads nowhere: the address is looked at when the connection is made, after the URL has
// passed.
func TestDialPrivate(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a private receiver was reached") }))
	defer server.Close()
	port := server.URL[len("http://127.0.0.1:"):]
	h := New(nil, nil, nil, Options{Timeout: time.Minute})
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]"} {
		how, err := h.attempt(context.Background(), row{URL: "http://" + host + ":" + port + "/", Secret: newSecret()}, "id", []byte("{}"))
		if err != nil || how != (outcome{failure: Private}) {
			t.Errorf("%s: %+v, %v", host, how, err)
		}
	}
}
