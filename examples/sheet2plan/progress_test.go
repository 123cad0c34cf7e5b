//go:build linux

package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/getklar/influencercrm/sheetimport"
)

// terminal opens a pseudo-terminal: what a program writes to tty can be read from screen.
func terminal(t *testing.T) (screen, tty *os.File) {
	t.Helper()
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = screen.Close() })
	var n int
	conn, err := screen.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	controlErr := conn.Control(func(fd uintptr) {
		if err = unix.IoctlSetPointerInt(int(fd), unix.TIOCSPTLCK, 0); err == nil {
			n, err = unix.IoctlGetInt(int(fd), unix.TIOCGPTN)
		}
	})
	if controlErr != nil || err != nil {
		t.Fatal(controlErr, err)
	}
	tty, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tty.Close() })
	return screen, tty
}

// drawn returns what show and clear draw on w, read from the other end.
func drawn(t *testing.T, read, w *os.File, steps []sheetimport.Progress) string {
	t.Helper()
	bar := newProgressBar(w)
	for _, now := range steps {
		bar.show(now)
	}
	bar.clear()
	const end = "<end>"
	if _, err := w.WriteString(end); err != nil {
		t.Fatal(err)
	}
	_ = read.SetReadDeadline(time.Now().Add(5 * time.Second))
	var text strings.Builder
	for buffer := make([]byte, 4096); !strings.Contains(text.String(), end); {
		n, err := read.Read(buffer)
		text.Write(buffer[:n])
		if err != nil {
			t.Fatalf("%q: %v", text.String(), err)
		}
	}
	before, _, _ := strings.Cut(text.String(), end)
	return before
}

func TestProgressBar(t *testing.T) {
	t.Parallel()
	whole := []sheetimport.Progress{{Attempt: 1, Done: 1, Total: 2}, {Attempt: 1, Done: 2, Total: 2}}
	for _, c := range []struct {
		name  string
		steps []sheetimport.Progress
	}{
		{"to the end", whole},
		{"up to a failure", whole[:1]},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			screen, tty := terminal(t)
			text := drawn(t, screen, tty, c.steps)
			if !strings.Contains(text, "importing") {
				t.Errorf("no bar was drawn: %q", text)
			}
			// What is left on the line after the last return to its beginning is what the user sees.
			if line := text[strings.LastIndex(text, "\r")+1:]; strings.TrimSpace(line) != "" {
				t.Errorf("the bar stays on the terminal: %q of %q", line, text)
			}
		})
	}
	t.Run("nothing to import", func(t *testing.T) {
		t.Parallel()
		screen, tty := terminal(t)
		if text := drawn(t, screen, tty, nil); text != "" {
			t.Errorf("drawn: %q", text)
		}
	})
	t.Run("a pipe", func(t *testing.T) {
		t.Parallel()
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _, _ = r.Close(), w.Close() })
		if text := drawn(t, r, w, whole); text != "" {
			t.Errorf("a pipe is no terminal, and got %q", text)
		}
	})
}
