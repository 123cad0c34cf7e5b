package main

import (
	"os/exec"
	"strings"
	"testing"
)

// TestProgram runs the program as a newcomer would and looks for the line of its one campaign.
func TestProgram(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "run", ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go run: %v\n%s", err, out)
	}
	const want = "Summer Sale 2026  2,500.00         0.00   0.00   2,500.00  5,000.00           2,500.00        2,500.00  ok"
	if !strings.Contains(string(out), want) {
		t.Errorf("no line %q in\n%s", want, out)
	}
}
