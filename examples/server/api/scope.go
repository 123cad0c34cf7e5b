package api

import "github.com/getklar/influencercrm/examples/server/access"

// Scope is what a caller must be allowed to do.
type Scope = access.Scope

// The scopes; each one includes those before it.
const (
	Public = access.Public // needs nothing
	Read   = access.Read
	Write  = access.Write
	Admin  = access.Admin // workspaces themselves, and tokens
)
