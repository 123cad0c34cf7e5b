package main

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/attribution/orders"
	"github.com/getklar/influencercrm/storage/memory"
)

func TestDemoFlags(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args []string
		env  map[string]string
		db   string
		err  string
	}{
		{nil, nil, "crm.db", ""},
		{[]string{"-demo"}, nil, "crm-demo.db", ""},
		{nil, map[string]string{"CRM_DEMO": "true", "CRM_DEMO_SCALE": "10"}, "crm-demo.db", ""},
		{[]string{"-demo", "-db", "mine.db", "-demo-scale", "1000000"}, nil, "mine.db", ""},
		{[]string{"-demo-scale", "10"}, nil, "", "-demo-scale is for the demo; add -demo"},
		{[]string{"-demo-orders", "orders.jsonl"}, nil, "", "-demo-orders is for the demo; add -demo"},
		{[]string{"-demo", "-demo-scale", "1000001"}, nil, "", "-demo-scale 1000001 must be between 0"},
		{[]string{"-demo", "-demo-scale", "-1"}, nil, "", "-demo-scale -1 must be between 0"},
		{nil, map[string]string{"CRM_DEMO": "perhaps"}, "", `CRM_DEMO="perhaps"`},
	} {
		var o options
		flags := flag.NewFlagSet("server", flag.ContinueOnError)
		o.define(flags)
		_, err := parseFlags(flags, tt.args, func(name string) (string, bool) { v, ok := tt.env[name]; return v, ok }, io.Discard)
		if err == nil {
			err = o.complete()
		}
		switch {
		case tt.err == "" && (err != nil || o.db != tt.db):
			t.Errorf("%v %v: %q, %v; want %q", tt.args, tt.env, o.db, err, tt.db)
		case tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)):
			t.Errorf("%v %v: error %v; want %q", tt.args, tt.env, err, tt.err)
		}
	}
}

// The orders of the demo are written each time, and can be read; its workspace is made once.
func TestDemoOrders(t *testing.T) {
	t.Parallel()
	o := demoOptions{on: true, scale: 300, orders: filepath.Join(t.TempDir(), "orders.jsonl")}
	store, today := memory.New(nil), budget.MustParseDate("2026-11-29")
	var said bytes.Buffer
	for range 2 {
		if err := o.make(t.Context(), store, today, &said); err != nil {
			t.Fatal(err)
		}
		file, err := os.ReadFile(o.orders)
		if err != nil {
			t.Fatal(err)
		}
		read := 0
		for _, err := range orders.Read(bytes.NewReader(file), nil) {
			if err != nil {
				t.Fatal(err)
			}
			read++
		}
		if read < 1_500 {
			t.Errorf("%d orders were written", read)
		}
	}
	if got := strings.Count(said.String(), "is new"); got != 1 {
		t.Errorf("the workspace was made %d times: %s", got, &said)
	}
	o.orders = filepath.Join(o.orders, "no", "folder")
	if err := o.make(t.Context(), store, today, &said); err == nil || !strings.Contains(err.Error(), "-demo-orders") {
		t.Errorf("orders into no folder: %v", err)
	}
}
