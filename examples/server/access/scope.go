package access

import (
	"fmt"
	"slices"
)

// Scope is what a caller must be allowed to do. Each one includes those before it.
type Scope int

// The scopes.
const (
	Public Scope = iota // needs nothing
	Read
	Write
	Admin // workspaces themselves, and tokens
)

var scopeNames = []string{"public", "read", "write", "admin"}

// String returns the name of the scope.
func (s Scope) String() string {
	if s < Public || s > Admin {
		return fmt.Sprintf("Scope(%d)", int(s))
	}
	return scopeNames[s]
}

// ParseScope reads the scope of a token: read, write or admin. What is none of them is a *crm.Error.
func ParseScope(text string) (Scope, error) {
	if n := Scope(slices.Index(scopeNames, text)); n > Public {
		return n, nil
	}
	return Public, notAScope(text)
}

// MarshalText returns the name of the scope.
func (s Scope) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a scope as ParseScope does.
func (s *Scope) UnmarshalText(text []byte) (err error) {
	*s, err = ParseScope(string(text))
	return err
}
