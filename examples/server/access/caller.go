package access

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/crm"
)

// Caller is who calls. The zero Caller is somebody without a token.
type Caller struct {
	Token      string            // the id of the token, for logs and limits; empty if there is none
	Name       string            // for the log of changes
	Scope      Scope             // the most that is allowed
	Workspaces []crm.WorkspaceID // the only ones; empty for all
}

// Allow decides whether the caller may do what needs a scope in a workspace, which is zero for what is in none. A workspace
// that the caller is not for is not found, like one that does not exist.
func (c Caller) Allow(scope Scope, ws crm.WorkspaceID) error {
	switch {
	case scope == Public:
		return nil
	case c.Scope == Public:
		return noToken()
	case ws != crm.WorkspaceID{} && !c.Sees(ws):
		return crm.Ref{Kind: crm.KindWorkspace, ID: ws.UUID()}.NotFound()
	case scope > c.Scope:
		return lacks(scope)
	case ws == crm.WorkspaceID{} && scope > Read && len(c.Workspaces) > 0:
		return someWorkspacesOnly()
	}
	return nil
}

// Sees reports whether a workspace is one that the caller's token is for.
func (c Caller) Sees(ws crm.WorkspaceID) bool {
	return c.Scope > Public && (len(c.Workspaces) == 0 || slices.Contains(c.Workspaces, ws))
}

// AllowAll decides whether the caller may see what is about all workspaces together.
func (c Caller) AllowAll() error {
	if err := c.Allow(Read, crm.WorkspaceID{}); err != nil {
		return err
	}
	if len(c.Workspaces) > 0 {
		return someWorkspacesOnly()
	}
	return nil
}

type callerKey struct{}

// WithCaller returns a context with who calls.
func WithCaller(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// CallerOf returns who calls; the zero Caller if nobody has said so.
func CallerOf(ctx context.Context) Caller {
	c, _ := ctx.Value(callerKey{}).(Caller)
	return c
}

// Allow is Caller.Allow of the caller in a context, for api.Options.
func Allow(ctx context.Context, scope Scope, ws crm.WorkspaceID) error {
	return CallerOf(ctx).Allow(scope, ws)
}

// Actor is the name of the caller in a context, for crm.Options.
func Actor(ctx context.Context) string { return CallerOf(ctx).Name }
