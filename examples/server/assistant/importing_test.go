package assistant_test

import (
	"context"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/getklar/influencercrm/examples/server/api"
	"github.com/getklar/influencercrm/examples/server/slots"
)

// A sheet waits while as many are in memory as there may be, and the call that waits can be given up.
func TestSheetsAtOnce(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	o := s.options(api.Read)
	o.Sheets = slots.New(1)
	c := s.connect(o)
	free, err := o.Sheets.Take(t.Context(), s.ws.ID)
	if err != nil {
		t.Fatal(err)
	}
	sheet := args{"workspace": s.ws.ID.String(), "csv": "Influencer,Platform,Posting date\nOla,instagram,2026-06-05\n"}
	ended := make(chan *mcp.CallToolResult, 1)
	go func() {
		done, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: "plan_import", Arguments: sheet})
		if err != nil {
			t.Error(err)
		}
		ended <- done
	}()
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if done, err := c.CallTool(gone, &mcp.CallToolParams{Name: "plan_import", Arguments: sheet}); err == nil {
		t.Errorf("a call that was given up: %+v", done)
	}
	select {
	case done := <-ended:
		t.Errorf("planned while another sheet is in memory: %+v", done)
	default:
	}
	free()
	if r := read(t, <-ended); r.refused {
		t.Errorf("refused: %s", r.text)
	}
	for range 3 { // each gives its slot back
		if r := s.ask(c, "plan_import", sheet); r.refused {
			t.Errorf("refused: %s", r.text)
		}
	}
}
