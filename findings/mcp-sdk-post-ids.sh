#!/usr/bin/env bash
# github.com/modelcontextprotocol/go-sdk v1.8.0: ids of posts, which have 17 to 19 digits, in tools made by mcp.AddTool.
#
# The guess: a field of the type int64 gets the digits that the client sent, as with encoding/json. What reads them into
# float64 are handlers without types, and the typed tool is there so that nobody has to.
# What happens: arguments go through a map[string]any on their way to the type, to apply defaults, and results take the
# same way back. 7123456789012345678, the id of a video, becomes 7123456789012346000 in both, without an error, and the
# schema says integer. Short ids pass, so tests with 42 do. The request beside the typed value still has all digits. A
# client loses them once more, as StructuredContent is a float64 there, whoever wrote it. Issues 1201 and 1236 of the
# SDK, of August and September 2026, tell of it; its documentation does not, and v1.8.0 is the newest release.
# The way out: ids as texts, or Server.AddTool and one's own reading of Params.Arguments. Our tools do both.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type post struct {
	ID int64 `json:"id"`
}

func main() {
	ctx := context.Background()
	server := mcp.NewServer(&mcp.Implementation{Name: "posts", Version: "1"}, nil)
	mcp.AddTool(server, &mcp.Tool{Name: "typed"},
		func(_ context.Context, r *mcp.CallToolRequest, in post) (*mcp.CallToolResult, any, error) {
			fmt.Printf("sent %s, typed %d", r.Params.Arguments, in.ID)
			return nil, nil, nil
		})
	mcp.AddTool(server, &mcp.Tool{Name: "result"},
		func(context.Context, *mcp.CallToolRequest, struct{}) (*mcp.CallToolResult, post, error) {
			return nil, post{7123456789012345678}, nil
		})
	server.AddTool(&mcp.Tool{Name: "plain", InputSchema: json.RawMessage(`{"type": "object"}`)},
		func(_ context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			var in post
			err := json.Unmarshal(r.Params.Arguments, &in)
			fmt.Printf(", plain %d", in.ID)
			return &mcp.CallToolResult{
				Content:           []mcp.Content{&mcp.TextContent{Text: string(r.Params.Arguments)}},
				StructuredContent: in,
			}, err
		})

	here, there := mcp.NewInMemoryTransports()
	if _, err := server.Connect(ctx, there, nil); err != nil {
		panic(err)
	}
	client, err := mcp.NewClient(&mcp.Implementation{Name: "client", Version: "1"}, nil).Connect(ctx, here, nil)
	if err != nil {
		panic(err)
	}
	call := func(tool, arguments string) (text string, structured any) {
		result, err := client.CallTool(ctx, &mcp.CallToolParams{Name: tool, Arguments: json.RawMessage(arguments)})
		if err != nil {
			panic(err)
		}
		if len(result.Content) > 0 {
			text = result.Content[0].(*mcp.TextContent).Text
		}
		return text, result.StructuredContent
	}
	for _, sent := range []string{`{"id":42}`, `{"id":17841400000000001}`, `{"id":7123456789012345678}`} {
		call("typed", sent)
		call("plain", sent)
		fmt.Println()
	}
	text, _ := call("result", `{}`)
	fmt.Println("returned 7123456789012345678, typed", text)
	fmt.Print("sent the same")
	text, structured := call("plain", `{"id":7123456789012345678}`)
	fmt.Printf(", returned %s, to the client %.0f\n", text, structured.(map[string]any)["id"])
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/modelcontextprotocol/go-sdk@v1.8.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
sent {"id":42}, typed 42, plain 42
sent {"id":17841400000000001}, typed 17841400000000000, plain 17841400000000001
sent {"id":7123456789012345678}, typed 7123456789012346000, plain 7123456789012345678
returned 7123456789012345678, typed {"id":7123456789012346000}
sent the same, plain 7123456789012345678, returned {"id":7123456789012345678}, to the client 7123456789012345856
SEEN
