package main

import (
	"context"
	"net/http"
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

// The commands that the program prints work as they stand there, and what they do is told.
func TestProgram(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	var out screen
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, []string{"-addr", "127.0.0.1:0"}, &out) }()
	commands := regexp.MustCompile(`(?m)^curl .*$`).FindAllString(out.waitFor(t, "This is what happens:\n"), -1)
	if len(commands) != 3 {
		t.Fatalf("%d commands in\n%s", len(commands), &out)
	}
	book, sign, list := commands[0], commands[1], commands[2]
	for _, step := range []struct {
		command string
		status  int
	}{{book, 201}, {sign, 200}, {sign, 412}, {list, 200}, {book, 201}} {
		if got := curl(t, step.command); got != step.status {
			t.Errorf("status %d, want %d of %s", got, step.status, step.command)
		}
	}
	out.waitFor(t, `north #5: mira created the cooperation "Summer Sale - Pamela Reif - Instagram - 2026-08-01"`+"\n")
	out.waitFor(t, "north #6: mira moved it from draft to signed and set the cost to 2500.00 EUR\n")
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("it ends with %v", err)
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

func TestWrongArguments(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"-addr", "nowhere at all"}, {"-address", "x"}} {
		if err := run(t.Context(), args, &screen{}); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
}
