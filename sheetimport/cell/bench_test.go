package cell_test

import (
	"testing"

	"github.com/getklar/influencercrm/sheetimport/cell"
)

func BenchmarkParseDate(b *testing.B) {
	for _, text := range []string{"2026-06-01", "01.06.2026", "1. Juni 2026", "13/04/2026"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := cell.ParseDate(text, cell.OrderUnknown); err != nil {
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
				if _, err := cell.ParseAmount(text, cell.StyleUnknown, ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParseCodes(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := cell.ParseCodes("AMELIE15, PAM*"); err != nil {
			b.Fatal(err)
		}
	}
}
