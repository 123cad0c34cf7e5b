package sheetimport_test

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
)

// benchSizes are the numbers of rows of the benchmarks; CRM_BENCH_MAX bounds them.
func benchSizes(b *testing.B) []int {
	b.Helper()
	largest := 10_000
	if text := os.Getenv("CRM_BENCH_MAX"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			b.Fatalf("CRM_BENCH_MAX %q is no number", text)
		}
		largest = n
	}
	var sizes []int
	for _, n := range []int{1_000, 10_000, 100_000} {
		if n <= largest {
			sizes = append(sizes, n)
		}
	}
	return sizes
}

// benchSheet is a sheet with the columns of Klar's template: 36, and so many rows.
func benchSheet(b *testing.B, rows int) string {
	b.Helper()
	r := csv.NewReader(strings.NewReader(sample(b, "klar-sheet.csv")))
	lines, err := r.ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	var text strings.Builder
	w := csv.NewWriter(&text)
	if err := w.WriteAll(lines[:3]); err != nil {
		b.Fatal(err)
	}
	for n := range rows {
		row := append([]string{}, lines[3+n%240]...)
		one := n / 5 // five rows for each influencer
		row[1], row[2], row[5] = fmt.Sprintf("Ida Castell %d", one), fmt.Sprintf("@ida.%d", one), ""
		row[6], row[17], row[18], row[19], row[33] = "1000", fmt.Sprintf("ida-%d", one), fmt.Sprintf("post-%d", n), fmt.Sprintf("IDA%d", one), ""
		row[4] = "Beauty"
		if err := w.Write(row); err != nil {
			b.Fatal(err)
		}
	}
	w.Flush()
	return text.String()
}

func perSecond(b *testing.B, rows int) {
	b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkFloor is reading the same bytes with encoding/csv, which understands nothing of them.
func BenchmarkFloor(b *testing.B) {
	for _, rows := range benchSizes(b) {
		text := benchSheet(b, rows)
		b.Run(strconv.Itoa(rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := csv.NewReader(strings.NewReader(text))
				for {
					if _, err := r.Read(); err == io.EOF {
						break
					} else if err != nil {
						b.Fatal(err)
					}
				}
			}
			perSecond(b, rows)
		})
	}
}

func BenchmarkPlan(b *testing.B) {
	for _, rows := range benchSizes(b) {
		text := benchSheet(b, rows)
		b.Run(strconv.Itoa(rows), func(b *testing.B) {
			s := memoryShop(b, nil)
			b.ReportAllocs()
			for b.Loop() {
				if plan := s.plan(text); len(plan.Rows) != rows {
					b.Fatal(len(plan.Rows))
				}
			}
			perSecond(b, rows)
		})
	}
}

// BenchmarkPlanAgain plans a sheet that has been imported.
func BenchmarkPlanAgain(b *testing.B) {
	for _, rows := range benchSizes(b) {
		text := benchSheet(b, rows)
		b.Run(strconv.Itoa(rows), func(b *testing.B) {
			s := memoryShop(b, nil)
			s.bring(text)
			b.ReportAllocs()
			for b.Loop() {
				if plan := s.plan(text); len(plan.Rows) != rows {
					b.Fatal(len(plan.Rows))
				}
			}
			perSecond(b, rows)
		})
	}
}

func BenchmarkApply(b *testing.B) {
	for _, rows := range benchSizes(b) {
		text := benchSheet(b, rows)
		b.Run(strconv.Itoa(rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				s := memoryShop(b, nil)
				plan := s.plan(text)
				b.StartTimer()
				if _, err := s.importer().Apply(s.ctx, plan); err != nil {
					b.Fatal(err)
				}
			}
			perSecond(b, rows)
		})
	}
}
