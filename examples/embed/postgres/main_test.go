package main

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

// What keeps the program from starting is said without secrets; package shops tests what it serves, and how.
func TestRunRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		dsn    string
		family error
	}{
		{"postgres://shop:secret@127.0.0.1:1/shop?sslmode=disable&connect_timeout=5", crm.ErrUnavailable},
		{"postgres://shop:secret@:no port/shop", crm.ErrInvalid},
	} {
		err := run(t.Context(), test.dsn, "127.0.0.1:0", io.Discard)
		if !errors.Is(err, test.family) || strings.Contains(err.Error(), "secret") {
			t.Errorf("error %v, want %v", err, test.family)
		}
	}
}
