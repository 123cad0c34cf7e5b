package main

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
)

// Everything that is measured is there to be measured: each page has what it is for, and each act is one that the browser
// takes for an interaction. No time is looked at.
func TestEveryPageAndAct(t *testing.T) {
	if testing.Short() {
		t.Skip("it loads every page")
	}
	var out, progress bytes.Buffer
	err := run(t.Context(), options{n: 200, loads: 1, quiet: 50 * time.Millisecond}, &out, &progress)
	if errors.Is(err, errNoBrowser) && !strings.Contains(os.Getenv("CRM_TEST_REQUIRE"), "browser") {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"| PocketBase's list |", "| its timeline |", "| settings |", "choose all of the page: "} {
		if !strings.Contains(out.String(), text) {
			t.Errorf("the tables lack %q:\n%s", text, out.String())
		}
	}
}

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		all  []float64
		want float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{9, 1, 5}, 5}, {[]float64{9, 1, 5, 2}, 3.5}} {
		if got := median(c.all); got != c.want {
			t.Errorf("median(%v) = %v, want %v", c.all, got, c.want)
		}
	}
}

// What the browser does not tell is a bound, and never a number.
func TestTables(t *testing.T) {
	look := act{name: "look", kind: kindOpen}
	floor, peer, ours := page{name: "floor"}, page{name: "peer", acts: []act{look}}, page{name: "ours", acts: []act{look}}
	m := measured{}
	m.add("floor", cold, load{First: 10, Largest: 10, Sent: 100})
	for _, first := range []float64{900, 300, 600} {
		m.add("peer", cold, load{Answer: 1, First: first, Largest: 2 * first, Sent: 1_000_000, Prefetch: 5000})
	}
	m.add("ours", cold, load{Answer: 2, First: 100, Largest: 100, Sent: 50_000})
	m.addAct("peer", look, 64)
	m.addAct("ours", look, 0)
	var out bytes.Buffer
	if err := m.write(&out, floor, peer, []page{ours}); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"| peer | 1 | 600 |  | 1200 |  | 1000 |  | 0 |  | 0 |  |",
		"| ours | 2 | 100 | 6.0 | 100 | 12 | 50 | 20 | 0 | – | 0 | – |",
		"also asks for 5 kB",
		"| ours | look | < 16 | look: 64 | > 4.0 |",
	} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("the tables lack %q:\n%s", line, out.String())
		}
	}
}
