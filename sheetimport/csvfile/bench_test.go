package csvfile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/sheetimport/csvfile"
)

func BenchmarkCSV(b *testing.B) {
	var text strings.Builder
	text.WriteString("Kampagne;Influencer;Plattform;Startdatum;Honorar;Rabattcode;Notizen\n")
	for i := range 10_000 {
		fmt.Fprintf(&text, "Summer Sale;Ida Castell %d;TikTok;01.06.2026;1.234,50 €;IDA%d;\"a; b\"\n", i, i)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		s, err := csvfile.New("b.csv", strings.NewReader(text.String()), nil).Read(b.Context())
		if err != nil || len(s.Rows) != 10_001 {
			b.Fatal(len(s.Rows), err)
		}
	}
}
