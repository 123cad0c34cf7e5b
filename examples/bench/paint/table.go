package main

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
)

// measured is what was measured of each page, by its name.
type measured map[string]*samples

// samples are those of a page.
type samples struct {
	loads [2][]load
	acts  map[string][]float64 // by the name of the act
}

// Loads of a page: the first, and one more with what the browser kept.
const cold, warm = 0, 1

func (m measured) of(page string) *samples {
	if m[page] == nil {
		m[page] = &samples{acts: map[string][]float64{}}
	}
	return m[page]
}

func (m measured) add(page string, temperature int, l load) {
	s := m.of(page)
	s.loads[temperature] = append(s.loads[temperature], l)
}

func (m measured) addAct(page string, a act, took float64) {
	s := m.of(page)
	s.acts[a.name] = append(s.acts[a.name], took)
}

// median is that of a figure of the loads.
func (s *samples) median(temperature int, figure func(load) float64) float64 {
	var all []float64
	for _, l := range s.loads[temperature] {
		all = append(all, figure(l))
	}
	return median(all)
}

// median is the middle one of some numbers, or the mean of the two in the middle; 0 of none.
func median(all []float64) float64 {
	all = slices.Sorted(slices.Values(all))
	n := len(all)
	if n == 0 {
		return 0
	}
	return (all[(n-1)/2] + all[n/2]) / 2
}

func answer(l load) float64  { return l.Answer }
func first(l load) float64   { return l.First }
func largest(l load) float64 { return l.Largest }
func sent(l load) float64    { return l.Sent }

// write writes the tables: medians of each page, and how many times as much the peer's page takes.
func (m measured) write(out io.Writer, floor, peer page, pages []page) error {
	w := bufio.NewWriter(out)
	theirs := m.of(peer.name)
	fmt.Fprintln(w,
		"| page | first byte, ms | first paint, ms | × | largest paint, ms | × | sent, kB | × | again: first paint, ms | × | again: sent, kB | × |")
	fmt.Fprintln(w, "|---|"+strings.Repeat("---:|", 11))
	for _, p := range append([]page{floor, peer}, pages...) {
		s := m.of(p.name)
		fmt.Fprintf(w, "| %s | %.0f |", p.name, s.median(cold, answer))
		for _, column := range []struct {
			temperature int
			figure      func(load) float64
			unit        float64
		}{{cold, first, 1}, {cold, largest, 1}, {cold, sent, 1000}, {warm, first, 1}, {warm, sent, 1000}} {
			mine := s.median(column.temperature, column.figure)
			ratio := times(theirs.median(column.temperature, column.figure), mine)
			if s == theirs || p.name == floor.name {
				ratio = ""
			}
			fmt.Fprintf(w, " %.0f | %s |", mine/column.unit, ratio)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "\nPocketBase's page also asks for %.0f kB that only its forms need, which are not in the table.\n\n",
		theirs.median(cold, func(l load) float64 { return l.Prefetch })/1000)

	fmt.Fprintln(w, "| page | what is done | next paint, ms | PocketBase's, ms | × |")
	fmt.Fprintln(w, "|---|---|---:|---:|---:|")
	for _, p := range pages {
		for _, a := range p.acts {
			mine := median(m.of(p.name).acts[a.name])
			for _, b := range peer.acts {
				if b.kind == a.kind {
					other := median(theirs.acts[b.name])
					fmt.Fprintf(w, "| %s | %s | %s | %s: %s | %s |\n", p.name, a.name, paint(mine), b.name, paint(other), paints(other, mine))
				}
			}
		}
	}
	return w.Flush()
}

// times is how many times as much the peer takes.
func times(theirs, ours float64) string {
	if ours <= 0 {
		return "–"
	}
	if theirs >= 10*ours {
		return fmt.Sprintf("%.0f", theirs/ours)
	}
	return fmt.Sprintf("%.1f", theirs/ours)
}

// leastPaint is the least that the browser tells of an interaction, in milliseconds.
const leastPaint = 16

func paint(took float64) string {
	if took < leastPaint {
		return fmt.Sprintf("< %d", leastPaint)
	}
	return fmt.Sprintf("%.0f", took)
}

// paints is how many times as long the peer takes to paint: a bound, if the browser does not tell one of the two.
func paints(theirs, ours float64) string {
	switch {
	case theirs < leastPaint && ours < leastPaint:
		return "–"
	case ours < leastPaint:
		return "> " + times(theirs, leastPaint)
	case theirs < leastPaint:
		return "< " + times(leastPaint, ours)
	}
	return times(theirs, ours)
}
