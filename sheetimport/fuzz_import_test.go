package sheetimport_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// FuzzImport plans and applies any bytes as a CSV file: it never panics, a sheet that can be read is accounted for to
// the last row, and what was planned can be carried out.
func FuzzImport(f *testing.F) {
	// Short seeds: the fuzzer minimises what it finds, which takes the square of the length.
	for _, seed := range []string{
		"Name,Platform,Fee\nA,ig,1\n,,\nTotal,,2\nA,ig,2\n",
		"Name;Plattform;Datum;Code\nA;IG;1.6.26;X\nB;IG;;X, Y*\n",
		"Name,Handle,Platform\nA,a,x\nA,b,x\nA,,x\nA,a,y\n",
		"Name,Link,Platform,Tags\nA,e.de/a,x,\"a,b\"\nB,e.de/A,y,c\n",
		"Name,Platform,Status,Fee\nA,x,abgesagt,1 USD\n",
		"Name,Platform,utm_term,Tracking link\nA,x,,?utm_term=%ff\nB,y,#,\n",
		"Name,Platform,\"a\nb\",c,c\n\u00ad,\u00ad,1,2,3\n\u212a,\u212a,,,\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<14 {
			return
		}
		s := memoryShop(t, nil)
		limits := &sheet.Limits{Rows: 200, Columns: 60}
		plan, err := s.importer().Plan(s.ctx, s.ws, csvfile.New("fuzz.csv", bytes.NewReader(data), limits))
		if err != nil {
			if !errors.Is(err, sheet.ErrUnreadable) {
				t.Fatalf("error %v is not ErrUnreadable", err)
			}
			return
		}
		checkCounts(t, plan)
		if _, err := s.importer().Apply(s.ctx, plan); err != nil {
			t.Fatalf("the plan cannot be carried out: %v", err)
		}
		head := s.contents().Head
		again, err := s.importer().Plan(s.ctx, s.ws, csvfile.New("fuzz.csv", bytes.NewReader(data), limits))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.importer().Apply(s.ctx, again); err != nil {
			t.Fatalf("the same sheet cannot be imported again: %v", err)
		}
		if after := s.contents().Head; after != head {
			t.Fatalf("the same sheet again made %d changes: %q", after.Seq-head.Seq, account(again))
		}
	})
}
