package assistant_test

import (
	"context"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/api"
	"github.com/getklar/influencercrm/examples/server/assistant"
	"github.com/getklar/influencercrm/storage/memory"
)

// A call that the client gives up ends on the server too.
func TestCancelled(t *testing.T) {
	t.Parallel()
	for name, connect := range map[string]func(*shop) client{
		"memory": func(s *shop) client { return s.connect(s.options(api.Read)) },
		"HTTP": func(s *shop) client {
			a := must(assistant.New(s.crm, s.admin, s.options(api.Read)))(s.T)
			server := httptest.NewServer(a.Handler())
			s.Cleanup(server.Close)
			return newClient(s.T, &mcp.StreamableClientTransport{Endpoint: server.URL})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			started, ended := make(chan struct{}, 1), make(chan error, 1)
			s := newShopOn(t, memory.New(nil), func(ctx context.Context, op crm.Operation) (context.Context, func(error)) {
				if op.Name == "list campaigns" {
					started <- struct{}{}
					<-ctx.Done()
					ended <- context.Cause(ctx)
				}
				return ctx, func(error) {}
			})
			c := connect(s)
			ctx, giveUp := context.WithCancel(t.Context())
			go func() {
				<-started
				giveUp()
			}()
			if _, err := c.CallTool(ctx, &mcp.CallToolParams{Name: "find", Arguments: args{"workspace": s.ws.ID.String(), "kind": "campaign"}}); err == nil {
				t.Error("a call that was given up has answered")
			}
			select {
			case err := <-ended:
				if err == nil {
					t.Error("ended without a cause")
				}
			case <-time.After(5 * time.Second): // the call's own timeout is 10
				t.Error("the call goes on")
			}
		})
	}
}
