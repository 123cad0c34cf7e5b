//go:build unix

package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

// SIGTERM in the middle of everything: all that was begun is answered, so that what is stored is just what clients were told.
func TestTerminate(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "crm.db")
	p := start(t, "-db", file)
	l := press(p, p.shop(t), 8, 100)
	<-l.enough
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("the server ended with %v\n%s", err, &p.errors)
	}
	l.running.Wait()
	there := members(t, file)
	for id := range l.made {
		if !there[id] {
			t.Errorf("member %s, which was made, is not there", id)
		}
	}
	if len(there) != len(l.made) {
		t.Errorf("%d members are there, and clients were told of %d", len(there), len(l.made))
	}
	if len(l.statuses) != 1 || l.statuses[http.StatusCreated] != len(l.made) {
		t.Errorf("statuses %v", l.statuses)
	}
}

// SIGKILL in the middle of everything: all that clients were told of is there. CRM_KILL_ROUNDS is how often; 3 if not set.
func TestKill(t *testing.T) {
	t.Parallel()
	rounds := 3
	if text := os.Getenv("CRM_KILL_ROUNDS"); text != "" {
		var err error
		if rounds, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "crm.db")
	made, shop := map[string]bool{}, ""
	for round := range rounds {
		p := start(t, "-db", file)
		if shop == "" {
			shop = p.shop(t)
		}
		l := press(p, shop, 4, 20+17*(round%5))
		<-l.enough
		if err := p.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = p.Wait() // it says that it was killed
		l.running.Wait()
		for id := range l.made {
			made[id] = true
		}
		there := members(t, file)
		for id := range made {
			if !there[id] {
				t.Fatalf("round %d: member %s, which was made, is not there", round, id)
			}
		}
		t.Logf("round %d: %d made, %d there", round, len(made), len(there))
	}
}
