package shops

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A host is no more than this. Where it grows, the library lacks something: lines count with blank ones and comments.
func TestSize(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		files string
		lines int
	}{
		{"*.go", 250},            // the host
		{"../sqlite/*.go", 50},   // and the
		{"../postgres/*.go", 50}, // programs around it
	} {
		files, err := filepath.Glob(test.files)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", test.files, len(files), err)
		}
		lines := 0
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			lines += bytes.Count(text, []byte("\n"))
			for _, line := range strings.Split(string(text), "\n") {
				if width := len([]rune(strings.ReplaceAll(line, "\t", "    "))); width > 120 {
					t.Errorf("%s has a line of %d columns: %s", file, width, line)
				}
			}
		}
		if lines > test.lines {
			t.Errorf("%s has %d lines, more than %d", test.files, lines, test.lines)
		}
	}
}
