package shops

import (
	"context"
	"errors"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// screen is what a person sees of a program that runs.
type screen struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// waitFor returns what is on the screen once a text is.
func (s *screen) waitFor(t *testing.T, text string) string {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if all := s.String(); strings.Contains(all, text) {
			return all
		}
	}
	t.Fatalf("no %q on the screen:\n%s", text, s)
	return ""
}

// The commands of README.md work as they stand there, and what they do is told.
func TestProgram(t *testing.T) { onBoth(t, testProgram) }

func testProgram(t *testing.T, open engine) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	commands := regexp.MustCompile(`(?m)^curl .*$`).FindAllString(string(readme), -1)
	if len(commands) != 7 {
		t.Fatalf("%d commands in README.md", len(commands))
	}
	ctx, cancel := context.WithCancel(t.Context())
	var out screen
	ended := make(chan error, 1)
	writer, readers, store := open(t)
	go func() { ended <- Run(ctx, writer, readers, store, "127.0.0.1:0", &out) }()
	base := regexp.MustCompile(`http://\S+/shops`).FindString(out.waitFor(t, "What happens:\n"))
	do := func(command string, want int) {
		t.Helper()
		if got := curl(t, strings.ReplaceAll(command, "http://127.0.0.1:8080/shops", base)); got != want {
			t.Errorf("status %d, want %d of %s", got, want, command)
		}
	}
	for n, want := range []int{201, 201, 201, 201, 200, 200, 200} {
		do(commands[n], want)
	}
	do(commands[0], 409)
	do(commands[4], 412)
	out.waitFor(t, `north #1: mira created the workspace "north"`+"\n")
	out.waitFor(t, `north #4: mira created the cooperation "Summer Sale - Pamela Reif - Instagram"`+"\n")
	out.waitFor(t, "north #5: mira moved it from draft to signed and set the cost to 2500.00 EUR\n")
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("it ends with %v", err)
	}
	if err := Run(t.Context(), writer, readers, store, "nowhere at all", &out); err == nil {
		t.Error("it listens nowhere at all")
	}
	if err := errors.Join(store.Close(), readers.Close(), writer.Close()); err != nil {
		t.Error(err)
	}
}

// curl does what a command line of curl says and returns the status.
func curl(t *testing.T, line string) int {
	t.Helper()
	var words []string
	for _, word := range regexp.MustCompile(`'[^']*'|\S+`).FindAllString(line, -1) {
		words = append(words, strings.Trim(word, "'"))
	}
	method, url, body, header := "", "", "", http.Header{}
	for n := 1; n < len(words); n++ {
		switch words[n] {
		case "-i":
		case "-X":
			n++
			method = words[n]
		case "-d":
			n++
			body = words[n]
			if method == "" {
				method = http.MethodPost
			}
		case "-H":
			n++
			name, value, _ := strings.Cut(words[n], ": ")
			header.Set(name, value)
		default:
			url = words[n]
		}
	}
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = header
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Error(err)
	}
	return answer.StatusCode
}
