package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// programVariable turns the test binary into the program.
const programVariable = "QUICKSTART_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(programVariable) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// TestProgram runs the program as a newcomer would and looks for the line of its one campaign.
func TestProgram(t *testing.T) {
	t.Parallel()
	program := exec.CommandContext(t.Context(), os.Args[0])
	program.Env = append(os.Environ(), programVariable+"=1")
	out, err := program.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	const want = "Summer Sale 2026: 2,500.00 left after signed\n"
	if !strings.Contains(string(out), want) {
		t.Errorf("no line %q in\n%s", want, out)
	}
}

// TestReadme keeps the README's copy of the program true.
func TestReadme(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	_, body, found := strings.Cut(string(program), "\npackage main\n")
	if !found || !strings.Contains(string(readme), body) {
		t.Error("README.md does not show main.go")
	}
}
