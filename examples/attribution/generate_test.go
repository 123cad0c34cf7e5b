package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/schollz/progressbar/v3"

	"github.com/getklar/influencercrm/crm/attribution"
)

// What is held for a stream does not grow with it: neither objects nor bytes that are alive after so many orders. It runs alone,
// because others would be counted, too.
func TestGeneratedOrdersAreNotHeld(t *testing.T) {
	snapshot, _, err := openSnapshot(t.Context(), sampleDatabase(t), "")
	if err != nil {
		t.Fatal(err)
	}
	index, err := attribution.NewIndex(snapshot, &attribution.Options{Remember: 1_000})
	if err != nil {
		t.Fatal(err)
	}
	s, err := newSummary(index)
	if err != nil {
		t.Fatal(err)
	}
	const orders = 40_000
	stream, err := generated(snapshot, orders, newProgressBar(io.Discard, orders, true, progressbar.OptionShowCount()))
	if err != nil {
		t.Fatal(err)
	}
	var early, late runtime.MemStats
	encoder, n := json.NewEncoder(io.Discard), 0
	if err := s.decide(t.Context(), stream, io.Discard, func(_ context.Context, d attribution.Decided) error {
		if d.Order.RefundOf == "" {
			n++
		}
		switch {
		case n == orders/8 && early.NumGC == 0:
			runtime.GC()
			runtime.ReadMemStats(&early)
		case n == orders && late.NumGC == 0:
			runtime.GC()
			runtime.ReadMemStats(&late)
		}
		return encoder.Encode(d.Decision)
	}); err != nil {
		t.Fatal(err)
	}
	grown, bytes := int(late.HeapObjects)-int(early.HeapObjects), int(late.HeapAlloc)-int(early.HeapAlloc)
	t.Logf("%d orders later there are %d objects and %d bytes more", orders-orders/8, grown, bytes)
	if n != orders || grown > orders/8 || bytes > orders*16 { // one order takes some ten objects and a kilobyte
		t.Errorf("%d orders; %d objects and %d bytes more are held at the end than after %d", n, grown, bytes, orders/8)
	}
}

func TestRunGenerates(t *testing.T) {
	t.Parallel()
	db := sampleDatabase(t)
	outs := map[string]bool{}
	for _, remember := range []string{"100", "1000000"} { // a made up refund is next to its order
		var out, stderr bytes.Buffer
		if err := run(t.Context(), []string{"-db", db, "-generate", "5000", "-remember", remember}, &out, &stderr); err != nil || stderr.Len() > 0 {
			t.Fatal(err, stderr.String())
		}
		outs[out.String()] = true
		for _, want := range []string{"5000 orders: ", "Campaign  Orders", "only by blanks or dashes", "before the cooperation begins"} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%q is missing:\n%s", want, out.String())
			}
		}
	}
	if len(outs) != 1 {
		t.Errorf("what it remembers changes what it says: %d outputs", len(outs))
	}
	for _, test := range []struct {
		args    []string
		message string
	}{
		{[]string{"-db", db, "-generate", "-1"}, "-generate -1 is no number of orders from 1 to 10000000"},
		{[]string{"-db", db, "-generate", "10000001"}, "-generate 10000001 is no number"},
		{[]string{"-db", db, "-generate", "5", "orders.csv"}, `"orders.csv" has some; choose one`},
		{[]string{"-db", db, "-remember", "0"}, "-remember 0 is no number of orders from 1 to 50000000"},
	} {
		if err := run(t.Context(), test.args, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), test.message) {
			t.Errorf("%v: %v, want %s", test.args, err, test.message)
		}
	}
}
