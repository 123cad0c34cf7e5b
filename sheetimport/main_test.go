package sheetimport_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain halves the number of cases that rapid tries if -rapid.checks does not say otherwise: a case here is a whole
// story of a workspace, and most of the tests' time is spent on them.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "50"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
