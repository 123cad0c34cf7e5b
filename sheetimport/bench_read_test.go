package sheetimport_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/sheetimport"
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
		s, err := sheetimport.CSV("b.csv", strings.NewReader(text.String()), nil).Read(b.Context())
		if err != nil || len(s.Rows) != 10_001 {
			b.Fatal(len(s.Rows), err)
		}
	}
}

func BenchmarkParseDate(b *testing.B) {
	for _, text := range []string{"2026-06-01", "01.06.2026", "1. Juni 2026", "13/04/2026"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := sheetimport.ParseDate(text, sheetimport.OrderUnknown); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParseAmount(b *testing.B) {
	for _, text := range []string{"7500.00", "7.500,00 €"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, _, err := sheetimport.ParseAmount(text, sheetimport.StyleUnknown); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParseCodes(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := sheetimport.ParseCodes("AMELIE15, PAM*"); err != nil {
			b.Fatal(err)
		}
	}
}
