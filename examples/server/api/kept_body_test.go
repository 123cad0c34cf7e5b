package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// A body is read again as it came; a long one is on disk until it is closed, and what fails leaves nothing there.
func TestKeepBody(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name         string
		size, onDisk int
	}{{"none", 0, 0}, {"short", 10, 0}, {"the longest in memory", shortBody, 0}, {"long", shortBody + 1, 1}, {"longer", 3 * shortBody, 1}} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			sent := bytes.Repeat([]byte("x"), test.size)
			body, err := keepBody(iotest.HalfReader(bytes.NewReader(sent)), dir)
			if err != nil {
				t.Fatal(err)
			}
			if files, err := os.ReadDir(dir); err != nil || len(files) != test.onDisk {
				t.Errorf("%d files, %v", len(files), err)
			}
			got, err := io.ReadAll(body)
			if err != nil || !bytes.Equal(got, sent) {
				t.Errorf("%d bytes of %d, %v", len(got), len(sent), err)
			}
			if err := body.Close(); err != nil {
				t.Error(err)
			}
			if files, err := os.ReadDir(dir); err != nil || len(files) != 0 {
				t.Errorf("%d files are left, %v", len(files), err)
			}
			broken := errors.New("connection reset")
			if _, err := keepBody(io.MultiReader(bytes.NewReader(sent), iotest.ErrReader(broken)), dir); !errors.Is(err, broken) {
				t.Errorf("a body that breaks off: %v", err)
			}
			if files, err := os.ReadDir(dir); err != nil || len(files) != 0 {
				t.Errorf("%d files are left of what failed, %v", len(files), err)
			}
		})
	}
}

// An impact makes an index of its own, so that it waits for those of its workspace that do so, also where it is about now.
func TestImpactIsBounded(t *testing.T) {
	t.Parallel()
	p := newProcess(t, t.TempDir()+"/crm.db", setup{})
	const body = `{"orders":[{"id":"1","at":"2026-06-01T00:00:00Z"}]}`
	ask := func(ctx context.Context) error {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost,
			p.url+root+"/workspaces/"+p.ws.String()+"/attribution/impact", strings.NewReader(body))
		if err != nil {
			return err
		}
		answered, err := http.DefaultClient.Do(r)
		if err != nil {
			return err
		}
		defer func() { _ = answered.Body.Close() }()
		if answered.StatusCode != http.StatusOK {
			return errors.New(answered.Status)
		}
		return nil
	}
	var frees []func()
	for range 2 { // half of all
		free, err := p.api.options.Indexes.Own(t.Context(), p.ws)
		if err != nil {
			t.Fatal(err)
		}
		frees = append(frees, free)
	}
	short, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := ask(short); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("beside two others: %v", err)
	}
	for _, free := range frees {
		free()
	}
	for range 5 { // each gives back what it has taken
		if err := ask(t.Context()); err != nil {
			t.Errorf("alone: %v", err)
		}
	}
}
