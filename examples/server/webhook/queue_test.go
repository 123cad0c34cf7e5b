package webhook

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A workspace with many webhooks takes no more turns than one with a single one, and leaves room when it could have all.
func TestQueueTakesTurns(t *testing.T) {
	t.Parallel()
	const most, ofWorkspace = 16, 4
	q := newQueue(most, ofWorkspace)
	takeAll := func() (all []candidate) {
		for c, ok := q.take(); ok; c, ok = q.take() {
			all = append(all, c)
		}
		return all
	}
	names := func(all []candidate) (names []string) {
		for _, c := range all {
			names = append(names, c.ID)
		}
		return names
	}
	for n := range 20 {
		q.put(candidate{fmt.Sprint("a", n), "a"})
	}
	first := takeAll()
	if diff := cmp.Diff([]string{"a0", "a1", "a2", "a3"}, names(first)); diff != "" {
		t.Errorf("one workspace alone (-want +got):\n%s", diff)
	}
	for _, ws := range []string{"b", "c", "d"} {
		for n := range 5 {
			q.put(candidate{fmt.Sprint(ws, n), ws})
		}
	}
	others := []string{"b0", "c0", "d0", "b1", "c1", "d1", "b2", "c2", "d2", "b3", "c3", "d3"}
	if diff := cmp.Diff(others, names(takeAll())); diff != "" {
		t.Errorf("the others (-want +got):\n%s", diff)
	}
	q.put(candidate{"late", "e"})
	if !q.contended(first[0]) {
		t.Error("nobody waits for a place, though somebody does")
	}
	q.done(first[0], true)
	if diff := cmp.Diff([]string{"a4"}, names(takeAll())); diff != "" {
		t.Errorf("whose workspace has waited longest (-want +got):\n%s", diff)
	}
}

// Whatever comes and goes: the bounds hold, nobody has two places, room is never left while somebody may have it, and a
// workspace waits for at most one turn of each of the others that wait.
func TestQueue(t *testing.T) {
	t.Parallel()
	const most, ofWorkspace = 5, 2
	rapid.Check(t, func(t *rapid.T) {
		q := newQueue(most, ofWorkspace)
		var sending []candidate
		ahead := map[string]int{} // turns that others took while a workspace could have had one
		waits := map[string][]string{}
		take := func() bool {
			room := func(ws string) bool {
				own := slices.DeleteFunc(slices.Clone(sending), func(c candidate) bool { return c.Workspace != ws })
				return len(sending) < most && len(own) < ofWorkspace
			}
			able := map[string]bool{}
			for ws, all := range waits {
				if len(all) > 0 && room(ws) {
					able[ws] = true
				}
			}
			c, ok := q.take()
			if ok != (len(able) > 0) {
				t.Fatalf("took %+v, %t; able are %v", c, ok, able)
			}
			if !ok {
				return false
			}
			if !able[c.Workspace] || waits[c.Workspace][0] != c.ID {
				t.Fatalf("took %+v; able are %v, and %v wait", c, able, waits)
			}
			for ws := range able {
				if ahead[ws]++; ahead[ws] > 6 {
					t.Fatalf("%s waits, and others had %d turns", ws, ahead[ws])
				}
			}
			ahead[c.Workspace] = 0
			waits[c.Workspace] = waits[c.Workspace][1:]
			sending = append(sending, c)
			return true
		}
		for range rapid.IntRange(1, 200).Draw(t, "steps") {
			switch rapid.IntRange(0, 2).Draw(t, "step") {
			case 0:
				ws := fmt.Sprint(rapid.IntRange(1, 6).Draw(t, "workspace"))
				c := candidate{ws + "/" + fmt.Sprint(rapid.IntRange(1, 8).Draw(t, "webhook")), ws}
				if !slices.Contains(sending, c) && !slices.Contains(waits[ws], c.ID) {
					waits[ws] = append(waits[ws], c.ID)
				}
				q.put(c)
			case 1:
				take()
			case 2:
				if len(sending) == 0 {
					continue
				}
				for take() {
				}
				n := rapid.IntRange(0, len(sending)-1).Draw(t, "done")
				c := sending[n]
				contended := q.contended(c)
				sending = slices.Delete(sending, n, n+1)
				more := rapid.Bool().Draw(t, "more")
				q.done(c, more)
				if more {
					waits[c.Workspace] = append(waits[c.Workspace], c.ID)
				}
				before := len(sending)
				took := take()
				if want := contended || more; took != want {
					t.Fatalf("%+v was contended: %t, had more: %t; somebody took its place: %t", c, contended, more, took)
				}
				if took && more && contended && sending[before] == c {
					t.Fatalf("%+v was contended and took its own place", c)
				}
			}
		}
	})
}
